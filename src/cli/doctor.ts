import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.js';
import { readConfig } from '../config.js';
import type { Platform } from '../domain/people.js';
import type { Check } from '../platform-ports.js';
import { carryOut } from './carry-out.js';
import { machineChecks } from './doctor-machine.js';
import { environmentOf } from './environment.js';
import { NO_SECRET } from './open.js';
import { DONE, FAILED, jsonText, Refusal, type Shell } from './shell.js';

/** A programme that sends, with the channel of its digests. */
type Programmed = { readonly name: string; readonly channel: { readonly platform: Platform; readonly id: string } | null };

/** A bot that only just took the folder answers within this. */
const PATIENCE_MS = 5_000;

/** Looks at everything that can be wrong with an installation, and says how to mend it. It sends nothing to anybody. */
export async function doctor(shell: Shell, json: boolean): Promise<number> {
  const checks = await allChecks(shell);
  shell.out(json ? jsonText(checks) : `${checks.map(inWords).join('\n')}\n`);
  const failing = checks.filter((each) => each.state === 'fail').length;
  if (!json) shell.err(failing === 0 ? 'Nothing is in the way.\n' : `${failing} of ${checks.length} to mend.\n`);
  return failing === 0 ? DONE : FAILED;
}

const MARKS = { ok: 'ok   ', warn: 'note ', fail: 'WRONG' } as const;

function inWords({ what, state, detail, mend }: Check): string {
  const line = `${MARKS[state]}  ${what}: ${detail}`;
  return mend === undefined ? line : `${line}\n       ${state === 'fail' ? 'To mend it: ' : ''}${mend}`;
}

async function allChecks(shell: Shell): Promise<readonly Check[]> {
  const config = readConfig(environmentOf(shell));
  if (!config.ok)
    return config.error.map((problem) => {
      const [detail = problem, ...mend] = problem.split(': ');
      return { what: 'Settings', state: 'fail' as const, detail, ...(mend.length > 0 ? { mend: mend.join(': ') } : {}) };
    });
  const { checks, programmes } = await databaseChecks(shell, config.value);
  const [machine, onPlatforms] = [await machineChecks(config.value, shell.cwd), await platformChecks(config.value, programmes)];
  return [...checks, ...machine, ...onPlatforms, ...(await modelCheck(config.value))];
}

type Database = { readonly checks: readonly Check[]; readonly programmes: readonly Programmed[] };

async function databaseChecks(shell: Shell, { database, secret }: Config): Promise<Database> {
  const folder = database.kind === 'embedded' ? resolve(shell.cwd, database.folder) : null;
  const secretCheck = { what: 'AFTERWARDS_SECRET', ...secretState(folder, secret) };
  const what = folder === null ? 'Database' : `Database in ${folder}`;
  if (folder !== null && !existsSync(join(folder, 'database')))
    return {
      checks: [{ what, state: 'ok', detail: 'is not there yet, and made at the first start' }, secretCheck],
      programmes: [],
    };
  const said: string[] = [];
  try {
    const voice = { ...shell, out: (text: string) => void said.push(text), err: () => {} };
    await carryOut(voice, { kind: 'programme_list', json: true }, PATIENCE_MS);
    const programmes = programmesSchema.parse(JSON.parse(said.join('')));
    const detail = `opens, its tables are up to date, and it holds ${programmes.length} programme${programmes.length === 1 ? '' : 's'}`;
    return { checks: [{ what, state: 'ok', detail }, secretCheck], programmes: programmes.flatMap(programmed) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.message === NO_SECRET) return { checks: [secretCheck], programmes: [] };
    return { checks: [{ what, state: 'fail', detail: error.message }, secretCheck], programmes: [] };
  }
}

function secretState(folder: string | null, secret: string | null): Pick<Check, 'state' | 'detail' | 'mend'> {
  if (secret !== null) return { state: 'ok', detail: 'is set' };
  if (folder !== null) return { state: 'ok', detail: `is kept in ${join(folder, 'secret')}; put it into your backups too` };
  const [, mend = ''] = NO_SECRET.split(': ');
  return { state: 'fail', detail: 'is missing', mend };
}

const programmesSchema = z.array(
  z.object({ name: z.string(), archivedAt: z.string().nullable(), settings: z.object({ channel: z.string() }) }),
);

function programmed({ name, archivedAt, settings }: z.infer<typeof programmesSchema>[number]): readonly Programmed[] {
  if (archivedAt !== null) return [];
  const [, platform, id] = /^(slack|discord):(.+)$/.exec(settings.channel) ?? [];
  return [{ name, channel: platform && id ? { platform: platform as Platform, id } : null }];
}

const NO_PLATFORM: Check = {
  what: 'Platforms',
  state: 'warn',
  detail: 'neither Slack nor Discord is set up, so that "start" opens a chat in the terminal',
  mend: 'the README says how to set one up, under "Slack" and "Discord"',
};

/** Without one there is nothing to say: replies are read by rules. */
async function modelCheck({ model }: Config): Promise<readonly Check[]> {
  if (model === null) return [];
  return (await import('../../adapters/llm/doctor.js')).modelChecks(model);
}

/** Each platform that is configured looks at itself; only its own library is loaded. */
async function platformChecks(config: Config, programmes: readonly Programmed[]): Promise<readonly Check[]> {
  const channelsOn = (platform: Platform) =>
    programmes.flatMap(({ name, channel }) => (channel?.platform === platform ? [{ programme: name, id: channel.id }] : []));
  const checks: Check[] = [];
  if (config.discord) {
    const { discordChecks } = await import('../../adapters/discord/doctor.js');
    checks.push(...(await discordChecks(config.discord, channelsOn('discord'))));
  }
  if (config.slack) {
    const { slackChecks } = await import('../../adapters/slack/doctor.js');
    checks.push(...(await slackChecks(config.slack, channelsOn('slack'))));
  }
  return config.slack || config.discord ? checks : [NO_PLATFORM];
}
