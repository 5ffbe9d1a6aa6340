import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readRosterCsv } from '../../adapters/roster-csv.js';
import {
  parseDigestTime,
  parseDuration,
  parseReminders,
  parseRetention,
  parseSendDays,
  parseSendWindow,
  parseTimeZone,
  parseWaves,
  settingsProblems,
} from '../domain/durations.js';
import { isDay } from '../domain/iso-day.js';
import { readOrganiserName } from '../domain/organiser-names.js';
import { parseOrganisations, parseTriggers } from '../domain/own-words.js';
import { type Account, nameProblem, type OrganiserName } from '../domain/people.js';
import { fail, ok, type Result } from '../domain/result.js';
import { rosterText } from '../domain/roster.js';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.js';
import { parseTracks } from '../domain/tracks.js';
import type { Request } from './request.js';
import { failed, type Shell, wrongUse } from './shell.js';

export type SettingsOptions = {
  readonly timezone?: string;
  readonly waves?: string;
  readonly sendWindow?: string;
  readonly sendDays?: string;
  readonly spread?: string;
  readonly settle?: string;
  readonly reminders?: string;
  readonly lapse?: string;
  readonly digest?: string;
  readonly channel?: string;
  readonly channelAudience?: string;
  readonly minCell?: string;
  readonly tracks?: string;
  readonly model?: string;
  readonly organisations?: string;
  readonly words?: string;
  readonly retain?: string;
  readonly json?: boolean;
};

const duration =
  (option: string, example: string, isNoneFine: boolean) =>
  (text: string): Result<number, string> => {
    const ms = parseDuration(text);
    if (ms !== null && (ms > 0 || isNoneFine)) return ok(ms);
    return fail(`--${option} ${text} is not a duration that can be used: write it like ${example}`);
  };

function channel(text: string): Result<Settings['channel'], string> {
  if (text.trim().toLowerCase() === 'none') return ok(null);
  const account = accountIn(text);
  return account ? ok(account) : fail(`--channel ${text} is not a channel: write slack:C0123ABCD or discord:1234567890, or none`);
}

function audience(text: string): Result<Settings['channelAudience'], string> {
  if (text === 'public' || text === 'organisers') return ok(text);
  return fail(`--channel-audience ${text} is not an audience: write public or organisers`);
}

function onOrOff(text: string): Result<Settings['model'], string> {
  if (text === 'on' || text === 'off') return ok(text);
  return fail(`--model ${text} is neither on nor off: off keeps language models from reading what people write`);
}

function minCell(text: string): Result<number, string> {
  const people = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return people >= 1 && people <= 100 ? ok(people) : fail(`--min-cell ${text} is not a number of people from 1 to 100`);
}

/** Every option that is wrong, at once: those that are wrong by themselves, and those that do not go together. */
export function settingsRequest(name: string, options: SettingsOptions): Request {
  const problem = nameProblem('programme', name, 'ARENA');
  if (problem !== null) throw wrongUse(problem);
  const problems: string[] = [];
  const read = <T>(text: string | undefined, parse: (text: string) => Result<T, string>): T | undefined => {
    if (text === undefined) return undefined;
    const value = parse(text);
    if (value.ok) return value.value;
    problems.push(value.error);
    return undefined;
  };
  const changes = {
    timeZone: read(options.timezone, parseTimeZone),
    waves: read(options.waves, parseWaves),
    window: read(options.sendWindow, parseSendWindow),
    sendDays: read(options.sendDays, parseSendDays),
    spreadMs: read(options.spread, duration('spread', '6h, or 0s to send to everybody at once', true)),
    settleMs: read(options.settle, duration('settle', '45s', true)),
    reminderAfterMs: read(options.reminders, parseReminders),
    lapseMs: read(options.lapse, duration('lapse', '28d', false)),
    digest: read(options.digest, parseDigestTime),
    channel: read(options.channel, channel),
    channelAudience: read(options.channelAudience, audience),
    minCell: read(options.minCell, minCell),
    tracks: read(options.tracks, parseTracks),
    model: read(options.model, onOrOff),
    organisations: read(options.organisations, parseOrganisations),
    triggers: read(options.words, parseTriggers),
    retainMs: read(options.retain, parseRetention),
  };
  if (problems.length > 0) {
    // What is set already is not known here: only what was typed together is held against each other.
    if (changes.reminderAfterMs && changes.lapseMs) {
      const { reminderAfterMs, lapseMs } = changes;
      problems.push(...settingsProblems({ ...DEFAULT_SETTINGS, reminderAfterMs, lapseMs }));
    }
    throw wrongUse(...problems, 'Nothing was changed.');
  }
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { kind: 'programme_set', name, changes: given, json: options.json === true };
}

function accountIn(text: string): Account | null {
  const [, platform, id] = /^(slack|discord):([A-Za-z0-9]+)$/.exec(text.trim()) ?? [];
  if ((platform !== 'slack' && platform !== 'discord') || id === undefined) return null;
  const isId = platform === 'discord' ? /^\d+$/ : /^[A-Z][A-Z0-9]+$/; // Slack's begin with the letter of their kind: U, W, C, G, D
  if (!isId.test(id)) return null;
  return { platform, id };
}

function account(text: string): Account {
  const found = accountIn(text);
  if (!found) throw wrongUse(`"${text}" is not an account: write slack:U0123ABCD or discord:1234567890`);
  return found;
}

export function organiserName(text: string): OrganiserName {
  const name = readOrganiserName(text);
  if (name) return name;
  throw wrongUse(
    `"${text}" is not an organiser: write slack:U0123ABCD, discord:1234567890 or an e-mail address; slack:S0123ABCD for a user group, discord:role:1234567890 for a role`,
  );
}

export type ImportOptions = {
  readonly programme: string;
  readonly cohort: string;
  readonly ended: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
};

export async function importRequest(shell: Shell, file: string, options: ImportOptions): Promise<Request> {
  if (!isDay(options.ended)) throw wrongUse(`--ended ${options.ended} is not a day: write it as 2023-06-30`);
  const problem = nameProblem('cohort', options.cohort, '"ARENA 2.0"');
  if (problem !== null) throw wrongUse(problem);
  const bytes = await readFile(resolve(shell.cwd, file)).catch((error: NodeJS.ErrnoException) => {
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'it may not be read by you' }[
      error.code ?? ''
    ];
    throw failed(`${file} cannot be read: ${why ?? error.code}`);
  });
  const table = readRosterCsv(bytes);
  if (!table.ok) throw failed(rosterText(table.error), 'Nothing was imported.');
  const { lines, notes, unreadable } = table.value;
  return {
    kind: 'cohort_import',
    programme: options.programme,
    cohort: options.cohort,
    endedOn: options.ended,
    table: { lines: [...lines], notes: [...notes], unreadable: [...unreadable] },
    dryRun: options.dryRun === true,
    json: options.json === true,
  };
}

export function markRequest(mark: 'archive' | 'pause' | 'resume', programme: string, cohort: string | undefined): Request {
  if (cohort === undefined) throw wrongUse(`Which cohort? afterwards cohort ${mark} "NAME" --programme "${programme}"`);
  return { kind: 'cohort_mark', programme, cohort, mark };
}

export function eraseRequest(text: string, isMeant: boolean): Request {
  const erased = account(text);
  if (isMeant) return { kind: 'erase', account: erased };
  throw wrongUse(
    `This erases every message, record and name of ${text}, and there is no way back. If you mean it, add --yes. Nothing was erased.`,
  );
}

/** Whoever holds the database writes the file: named so that it is the same one from any folder. */
export const backupRequest = ({ cwd }: Shell, file: string): Request => ({ kind: 'backup', file: resolve(cwd, file) });
