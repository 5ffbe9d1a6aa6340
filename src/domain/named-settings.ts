import {
  formatDigestTime,
  formatDuration,
  formatReminders,
  formatRetention,
  formatSendDays,
  formatSendWindow,
  formatWaves,
  parseDigestTime,
  parseDuration,
  parseReminders,
  parseRetention,
  parseSendDays,
  parseSendWindow,
  parseTimeZone,
  parseWaves,
} from './durations.js';
import { nearestTo } from './nearest.js';
import { formatOrganisations, formatTriggers, parseOrganisations, parseTriggers } from './own-words.js';
import { PLATFORMS } from './people.js';
import { fail, ok, type Result } from './result.js';
import type { Settings } from './settings.js';
import { formatTracks, parseTracks } from './tracks.js';
import { listInWords } from './wording.js';

/** A setting as organisers name, read and write it. */
export type Setting = {
  /** As a form calls it. */
  readonly label: string;
  readonly meaning: string;
  /** How it is written. */
  readonly hint: string;
  readonly show: (settings: Settings) => string;
  readonly change: (settings: Settings, text: string) => Result<Settings, string>;
};

function setting<T>(
  [label, meaning, hint]: readonly [label: string, meaning: string, hint: string],
  show: (settings: Settings) => string,
  parse: (text: string) => Result<T, string>,
  put: (value: T) => Partial<Settings>,
): Setting {
  const change = (settings: Settings, text: string) => {
    const read = parse(text);
    return read.ok ? ok({ ...settings, ...put(read.value) }) : read;
  };
  return { label, meaning, hint, show, change };
}

function duration(text: string): Result<number, string> {
  const ms = parseDuration(text);
  return ms === null ? fail(`“${text}” is not a length of time: write 45s, 10m, 6h or 4d`) : ok(ms);
}

/** A length of time that cannot be none. */
function someTime(text: string): Result<number, string> {
  const ms = duration(text);
  return ms.ok && ms.value === 0 ? fail('A question that lapses at once could not be answered: write 28d or so') : ms;
}

function channel(text: string): Result<Settings['channel'], string> {
  if (text.trim().toLowerCase() === 'none') return ok(null);
  const [, name, id] = /^(\w+):(\S+)$/.exec(text.trim()) ?? [];
  const platform = PLATFORMS.find((each) => each === name?.toLowerCase());
  return platform && id ? ok({ platform, id }) : fail(`“${text}” is not a channel: write slack:C0123 or discord:123, or none`);
}

function audience(text: string): Result<Settings['channelAudience'], string> {
  const found = (['public', 'organisers'] as const).find((each) => each === text.trim().toLowerCase());
  return found ? ok(found) : fail(`“${text}” is not an audience: write public or organisers`);
}

function cellSize(text: string): Result<number, string> {
  const size = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return size >= 1 && size <= 100 ? ok(size) : fail(`“${text}” is not a size: write a number from 1 to 100, such as 5`);
}

function onOrOff(text: string): Result<'on' | 'off', string> {
  const found = (['on', 'off'] as const).find((each) => each === text.trim().toLowerCase());
  return found ? ok(found) : fail(`“${text}” is neither on nor off`);
}

export const SETTINGS: Readonly<Record<string, Setting>> = {
  timezone: setting(
    ['Time zone', 'whose clock counts where somebody has none of their own', 'such as Europe/London'],
    (all) => all.timeZone,
    parseTimeZone,
    (timeZone) => ({ timeZone }),
  ),
  waves: setting(
    ['Waves', 'months after the end', 'months after the end, such as 3,6,12,24'],
    (all) => formatWaves(all.waves),
    parseWaves,
    (waves) => ({ waves }),
  ),
  window: setting(
    ['Hours', 'when questions leave', 'on the clock of whoever is asked, such as 10:00-16:00'],
    (all) => formatSendWindow(all.window),
    parseSendWindow,
    (window) => ({ window }),
  ),
  days: setting(
    ['Days', 'on which days', 'such as mon-fri, or mon,wed'],
    (all) => formatSendDays(all.sendDays),
    parseSendDays,
    (sendDays) => ({ sendDays: [...sendDays] }),
  ),
  spread: setting(
    ['Spread', 'over how much of the window they are spread', 'such as 6h; 0s is everybody at once'],
    (all) => formatDuration(all.spreadMs),
    duration,
    (spreadMs) => ({ spreadMs }),
  ),
  settle: setting(
    ['Quiet time', 'how long somebody must be quiet before I answer', 'such as 45s'],
    (all) => formatDuration(all.settleMs),
    duration,
    (settleMs) => ({ settleMs }),
  ),
  reminders: setting(
    ['Reminders', 'after the question', 'such as 4d,11d, or none'],
    (all) => formatReminders(all.reminderAfterMs),
    parseReminders,
    (after) => ({ reminderAfterMs: [...after] }),
  ),
  lapse: setting(
    ['Lapse', 'when a question lapses', 'such as 28d'],
    (all) => formatDuration(all.lapseMs),
    someTime,
    (lapseMs) => ({ lapseMs }),
  ),
  digest: setting(
    ['Digest', 'when the digest is posted', 'such as mon 09:00'],
    (all) => formatDigestTime(all.digest),
    parseDigestTime,
    (digest) => ({ digest }),
  ),
  channel: setting(
    ['Digest channel', 'where the digest is posted', 'such as slack:C0123 or discord:123, or none'],
    (all) => (all.channel === null ? 'none' : `${all.channel.platform}:${all.channel.id}`),
    channel,
    (found) => ({ channel: found }),
  ),
  audience: setting(
    ['Readers', 'who may read that channel', 'public or organisers'],
    (all) => all.channelAudience,
    audience,
    (channelAudience) => ({ channelAudience }),
  ),
  'min-cell': setting(
    ['Smallest group', 'fewer people than this are not shown in public', 'a number from 1 to 100, such as 5'],
    (all) => String(all.minCell),
    cellSize,
    (minCell) => ({ minCell }),
  ),
  retain: setting(
    [
      'Replies kept',
      'how long what people wrote is kept; what was noted down of it stays',
      'such as 5y, or none for as long as they want',
    ],
    (all) => formatRetention(all.retainMs),
    parseRetention,
    (retainMs) => ({ retainMs }),
  ),
  tracks: setting(
    ['Fields', 'the fields of work that are told apart', 'name: words; name: words, or default'],
    (all) => formatTracks(all.tracks),
    parseTracks,
    (tracks) => ({ tracks }),
  ),
  model: setting(
    ['Language model', 'whether a language model may read what people write, where the server has one', 'on or off'],
    (all) => all.model,
    onOrOff,
    (model) => ({ model }),
  ),
  organisations: setting(
    ['Organisations', 'bodies that I am to know', 'NAME = OTHER NAME: FIELD; NAME, or none'],
    (all) => formatOrganisations(all.organisations),
    parseOrganisations,
    (organisations) => ({ organisations }),
  ),
  words: setting(
    ['Words', 'words that say a field or a kind', 'FIELD: WORD, WORD; KIND: WORD, or none'],
    (all) => formatTriggers(all.triggers),
    parseTriggers,
    (triggers) => ({ triggers }),
  ),
};
/** As the command line calls them. */
const ALIASES: Readonly<Record<string, string>> = {
  'send-window': 'window',
  'send-days': 'days',
  'channel-audience': 'audience',
  'time-zone': 'timezone',
};

/** By its name, or by what the command line calls it. */
export const settingCalled = (typed: string): { readonly name: string; readonly found: Setting | undefined } => {
  const name = ALIASES[typed] ?? typed;
  return { name, found: Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined };
};

/** That there is none of this name, with the one that was probably meant. */
export function noSuchSetting(typed: string): string {
  const near = nearestTo(typed, Object.keys(SETTINGS));
  return `There is no setting “${typed}”. ${near === null ? `There are ${listInWords(Object.keys(SETTINGS))}.` : `Did you mean ${near}?`}`;
}
