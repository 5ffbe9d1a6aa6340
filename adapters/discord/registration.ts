import { Routes } from 'discord.js';
import { z } from 'zod';
import { ok, type Result } from '../../src/domain/result.js';
import type { ApiFailure, DiscordApi } from './api.js';
import { type Definition, GLOBAL_COMMANDS, SERVER_COMMANDS } from './commands.js';

const registered = z.array(z.record(z.string(), z.unknown()));

type Where = { readonly applicationId: string; readonly guildId: string };

const scopes = ({ applicationId, guildId }: Where) =>
  [
    { route: Routes.applicationCommands(applicationId), wanted: GLOBAL_COMMANDS },
    { route: Routes.applicationGuildCommands(applicationId, guildId), wanted: SERVER_COMMANDS },
  ] as const;

/** Whether Discord knows the commands as they are now. */
export async function areCommandsRegistered(api: DiscordApi, where: Where): Promise<Result<boolean, ApiFailure>> {
  for (const { route, wanted } of scopes(where)) {
    const known = await api('get', route);
    if (!known.ok) return known;
    if (!areSame(wanted, known.value)) return ok(false);
  }
  return ok(true);
}

/** Registers the commands where they are not what Discord knows: it counts registrations, and allows 200 a day. */
export async function registerCommands(api: DiscordApi, where: Where): Promise<Result<number, ApiFailure>> {
  let changed = 0;
  for (const { route, wanted } of scopes(where)) {
    const known = await api('get', route);
    if (!known.ok) return known;
    if (areSame(wanted, known.value)) continue;
    const put = await api('put', route, { body: wanted });
    if (!put.ok) return put;
    changed += 1;
  }
  return ok(changed);
}

function areSame(wanted: readonly Definition[], known: unknown): boolean {
  const parsed = registered.safeParse(known);
  if (!parsed.success || parsed.data.length !== wanted.length) return false;
  return wanted.every((each) => {
    const found = parsed.data.find(({ name }) => name === each.name);
    return found !== undefined && JSON.stringify(canonical(found)) === JSON.stringify(canonical(each));
  });
}

/** Of what Discord adds on its own, and of what is left out because it is not so, nothing is compared. */
const COMPARED = [
  'name',
  'description',
  'type',
  'contexts',
  'integration_types',
  'options',
  'required',
  'autocomplete',
  'choices',
  'value',
  'min_value',
  'max_value',
];

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const isSaid = (each: unknown) =>
    each !== undefined && each !== null && each !== false && !(Array.isArray(each) && each.length === 0);
  return COMPARED.flatMap((name) => {
    const own = (value as Readonly<Record<string, unknown>>)[name];
    return isSaid(own) ? [[name, canonical(own)]] : [];
  });
}
