import {
  formatDigestTime,
  formatDuration,
  formatReminders,
  formatSendDays,
  formatSendWindow,
  formatWaves,
  parseDigestTime,
  parseDuration,
  parseReminders,
  parseSendDays,
  parseSendWindow,
  parseTimeZone,
  parseWaves,
  settingsProblems,
} from './durations.js';
import { type Message, note, type Part, paragraph, say } from './message.js';
import { PLATFORMS, type Programme } from './people.js';
import { counted } from './report-layout.js';
import { fail, ok, type Result, unreachable } from './result.js';
import type { PlanChangeLine } from './schedule-changes.js';
import type { Settings } from './settings.js';
import { dayInWords, listInWords } from './wording.js';

type Setting = {
  readonly meaning: string;
  readonly show: (settings: Settings) => string;
  readonly change: (settings: Settings, text: string) => Result<Settings, string>;
};

function setting<T>(
  meaning: string,
  show: (settings: Settings) => string,
  parse: (text: string) => Result<T, string>,
  put: (value: T) => Partial<Settings>,
): Setting {
  const change = (settings: Settings, text: string) => {
    const read = parse(text);
    return read.ok ? ok({ ...settings, ...put(read.value) }) : read;
  };
  return { meaning, show, change };
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

const SETTINGS: Readonly<Record<string, Setting>> = {
  timezone: setting(
    'whose clock counts where somebody has none of their own',
    (all) => all.timeZone,
    parseTimeZone,
    (timeZone) => ({ timeZone }),
  ),
  waves: setting(
    'months after the end',
    (all) => formatWaves(all.waves),
    parseWaves,
    (waves) => ({ waves }),
  ),
  window: setting(
    'when questions leave',
    (all) => formatSendWindow(all.window),
    parseSendWindow,
    (window) => ({ window }),
  ),
  days: setting(
    'on which days',
    (all) => formatSendDays(all.sendDays),
    parseSendDays,
    (sendDays) => ({ sendDays: [...sendDays] }),
  ),
  spread: setting(
    'over how much of the window they are spread',
    (all) => formatDuration(all.spreadMs),
    duration,
    (spreadMs) => ({ spreadMs }),
  ),
  settle: setting(
    'how long somebody must be quiet before I answer',
    (all) => formatDuration(all.settleMs),
    duration,
    (settleMs) => ({ settleMs }),
  ),
  reminders: setting(
    'after the question',
    (all) => formatReminders(all.reminderAfterMs),
    parseReminders,
    (after) => ({ reminderAfterMs: [...after] }),
  ),
  lapse: setting(
    'when a question lapses',
    (all) => formatDuration(all.lapseMs),
    someTime,
    (lapseMs) => ({ lapseMs }),
  ),
  digest: setting(
    'when the digest is posted',
    (all) => formatDigestTime(all.digest),
    parseDigestTime,
    (digest) => ({ digest }),
  ),
  channel: setting(
    'where the digest is posted',
    (all) => (all.channel === null ? 'none' : `${all.channel.platform}:${all.channel.id}`),
    channel,
    (found) => ({ channel: found }),
  ),
  audience: setting(
    'who may read that channel',
    (all) => all.channelAudience,
    audience,
    (channelAudience) => ({ channelAudience }),
  ),
  'min-cell': setting(
    'fewer people than this are not shown in public',
    (all) => String(all.minCell),
    cellSize,
    (minCell) => ({ minCell }),
  ),
};
/** As the command line calls them. */
const ALIASES: Readonly<Record<string, string>> = {
  'send-window': 'window',
  'send-days': 'days',
  'channel-audience': 'audience',
  'time-zone': 'timezone',
};

export type SettingRequest = { readonly name: string | null; readonly value: string | null };
/** One setting as it is to be; `typed` is how it was written. */
export type SettingChange = {
  readonly kind: 'change';
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly typed: string;
  readonly settings: Settings;
};

/** What to show of the settings, or the one that is to be changed. */
export function decideOnSetting(
  programme: Programme,
  request: SettingRequest,
): SettingChange | { readonly kind: 'say'; readonly message: Message } {
  const answer = (...texts: readonly string[]) => ({ kind: 'say', message: say(...texts) }) as const;
  if (request.name === null) return { kind: 'say', message: settingsMessage(programme) };
  const name = ALIASES[request.name] ?? request.name;
  const found = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (!found) return answer(`There is no setting “${request.name}”. There are ${listInWords(Object.keys(SETTINGS))}.`);
  const { settings } = programme;
  const from = found.show(settings);
  if (request.value === null)
    return answer(`${name} is ${from} (${found.meaning}). To change it: settings ${name} and the new value.`);
  if (programme.archivedAt) return answer(`${programme.name} is archived, so nothing about it can be changed.`);
  const changed = found.change(settings, request.value);
  const problem = changed.ok ? settingsProblems(changed.value)[0] : changed.error;
  if (!changed.ok || problem !== undefined) return answer(sentence(problem ?? ''), 'Nothing was changed.');
  const to = found.show(changed.value);
  if (from === to) return answer(`${name} is ${to} already.`);
  return { kind: 'change', name, from, to, typed: request.value, settings: changed.value };
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function settingsMessage({ name, settings }: Programme): Message {
  return {
    parts: [
      { kind: 'heading', text: `How ${name} asks` },
      {
        kind: 'fields',
        fields: Object.entries(SETTINGS).map(([label, each]) => ({ label, value: `${each.show(settings)}  (${each.meaning})` })),
      },
      note('To change one, write its name and the new value, such as: settings waves 3,6,12'),
    ],
  };
}

/** What a change would do to questions that have not been sent, before it is made. */
export function previewMessage({ name, from, to, typed }: SettingChange, lines: readonly PlanChangeLine[]): Message {
  return {
    parts: [
      paragraph(`${name} would go from ${from} to ${to}. What was sent stays; of the rest:`),
      planPart(lines),
      paragraph(`If you want that, write: settings ${name} ${typed} --yes`),
    ],
  };
}

export function changedMessage({ name, from, to }: SettingChange, lines: readonly PlanChangeLine[]): Message {
  const replanned = lines.length > 0 ? [paragraph('Of what has not been sent yet:'), planPart(lines)] : [];
  return { parts: [paragraph(`Done: ${name} was ${from}, and is ${to} from now on.`), ...replanned] };
}

const planPart = (lines: readonly PlanChangeLine[]): Part => ({ kind: 'list', items: lines.map(planLine) });

function planLine({ kind, waveMonths, people, from, to }: PlanChangeLine): string {
  const who = `Wave ${waveMonths}: ${counted(people, 'person', 'people')}`;
  switch (kind) {
    case 'added':
      return `${who} will be asked around ${dayInWords(to ?? '')}`;
    case 'moved':
      return `${who} will be asked around ${dayInWords(to ?? '')}, not ${dayInWords(from ?? '')}`;
    case 'removed':
      return `${who} will not be asked (it was due on ${dayInWords(from ?? '')})`;
    default:
      return unreachable(kind);
  }
}
