import { ownWordsProblem } from './own-words.js';
import { fail, ok, type Result } from './result.js';
import { DAY_MS, isTimeZone, type Settings, WEEKDAYS } from './settings.js';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;
const CENTURY_MS = 36_525 * 86_400_000;
/** A shorter window could not be told from a slip, and leaves no slot that ends in time. */
const SHORTEST_WINDOW_MINUTES = 30;
const MOST_REMINDERS = 3;
const MOST_MONTHS = 600;

/** Milliseconds of `45s`, `10m`, `2h` or `4d`; null for anything else: fractions, signs, more than a century. A day is 24 hours. */
export function parseDuration(text: string): number | null {
  const [, digits, unit] = /^(\d{1,9})([dhms])$/.exec(text.trim().toLowerCase()) ?? [];
  const unitMs = UNITS.find(([name]) => name === unit)?.[1];
  if (digits === undefined || unitMs === undefined) return null;
  const ms = Number(digits) * unitMs;
  // Beyond that, adding it to a date soon makes none.
  return ms <= CENTURY_MS ? ms : null;
}

/** In the largest unit that leaves no rest, so that it reads back the same; less than a second is dropped. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const [unit, unitMs] = UNITS.find(([, each]) => seconds > 0 && (seconds * 1_000) % each === 0) ?? (['s', 1_000] as const);
  return `${(seconds * 1_000) / unitMs}${unit}`;
}

const YEAR_MS = 365 * DAY_MS;
/** An answer must have been read, confirmed and reported before its words go. */
const SHORTEST_RETENTION_DAYS = 90;

/** How long words are kept, in years of 365 days or in days: `5y`, `1825d`; `none`: until they are erased. */
export function parseRetention(text: string): Result<number | null, string> {
  if (text.trim().toLowerCase() === 'none') return ok(null);
  const [, digits, unit] = /^(\d{1,5})([dy])$/.exec(text.trim().toLowerCase()) ?? [];
  const ms = Number(digits) * (unit === 'y' ? YEAR_MS : DAY_MS);
  if (digits === undefined || ms > CENTURY_MS)
    return fail(`"${text}" is not a time for which replies are kept: write 5y, 730d or none`);
  if (ms < SHORTEST_RETENTION_DAYS * DAY_MS)
    return fail(
      `"${text}" is too short: replies are kept for at least ${SHORTEST_RETENTION_DAYS}d, so that they can be read and put right`,
    );
  return ok(ms);
}

export function formatRetention(ms: number | null): string {
  if (ms === null) return 'none';
  return ms % YEAR_MS === 0 ? `${ms / YEAR_MS}y` : `${ms / DAY_MS}d`;
}

/** Minutes from midnight on the person's own clock; 24:00 is the end of the day. */
export function parseSendWindow(text: string): Result<Settings['window'], string> {
  const [from, to, ...rest] = text.trim().split(/\s*[-–]\s*/);
  const fromMinute = parseClock(from ?? '');
  const toMinute = parseClock(to ?? '');
  if (fromMinute === null || toMinute === null || rest.length > 0)
    return fail(
      `"${text}" is not a send window: give two times of day on a 24-hour clock, such as 10:00-16:00 (00:00-24:00 is the whole day)`,
    );
  if (toMinute <= fromMinute)
    return fail(
      `The send window ${text} ends before it starts: put the earlier time first, such as 10:00-16:00; it cannot run past midnight`,
    );
  if (toMinute - fromMinute < SHORTEST_WINDOW_MINUTES)
    return fail(`The send window ${text} is too short: it must last at least ${SHORTEST_WINDOW_MINUTES} minutes`);
  return ok({ fromMinute, toMinute });
}

export function formatSendWindow({ fromMinute, toMinute }: Settings['window']): string {
  return `${formatClock(fromMinute)}-${formatClock(toMinute)}`;
}

/** Days of the week, 1 is Monday, ascending. Ranges may run over the week's end: `sat-mon`. */
export function parseSendDays(text: string): Result<readonly number[], string> {
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [from, to, ...rest] = part.split('-').map(parseWeekday);
    if (!from || to === null || rest.length > 0)
      return fail(`"${part.trim()}" is not a day to send on: write mon-fri, or mon,wed,fri (days are ${WEEKDAYS.join(', ')})`);
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === (to ?? from)) break;
    }
  }
  return ok([...days].sort((a, b) => a - b));
}

/** Runs of three and more as a range: `mon-fri`, `mon,wed,fri`. */
export function formatSendDays(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => (run.length > 2 ? `${nameOf(run[0])}-${nameOf(run.at(-1))}` : run.map(nameOf).join(','))).join(',');
}

/** Months after the cohort's end, ascending and without repeats, in whatever order they were given. */
export function parseWaves(text: string): Result<readonly number[], string> {
  const parts = text.split(',').map((part) => part.trim());
  const wrong = parts.find((part) => !/^\d{1,4}$/.test(part) || Number(part) > MOST_MONTHS);
  if (wrong !== undefined)
    return fail(
      `"${wrong}" is not a wave: waves are whole months after the end of a cohort, 0 to ${MOST_MONTHS}, such as 3,6,12`,
    );
  return ok([...new Set(parts.map(Number))].sort((a, b) => a - b));
}

export const formatWaves = (waves: readonly number[]): string => waves.join(',');

/** Milliseconds after delivery, ascending; `none` for no reminders. */
export function parseReminders(text: string): Result<readonly number[], string> {
  if (text.trim().toLowerCase() === 'none') return ok([]);
  const afterMs: number[] = [];
  for (const part of text.split(',')) {
    const ms = parseDuration(part);
    if (!ms) return fail(`"${part.trim()}" is not a time after which to remind: write 4d,11d (or none)`);
    afterMs.push(ms);
  }
  const problem = reminderProblem(afterMs);
  return problem === null ? ok(afterMs) : fail(problem);
}

export function formatReminders(afterMs: readonly number[]): string {
  return afterMs.length === 0 ? 'none' : afterMs.map(formatDuration).join(',');
}

/** A day of the week and a time of day, `mon 09:00`, on the programme's clock. */
export function parseDigestTime(text: string): Result<Settings['digest'], string> {
  const [day, time, ...rest] = text.trim().split(/\s+/);
  const weekday = parseWeekday(day ?? '');
  const minute = parseClock(time ?? '');
  if (weekday === null || minute === null || minute >= 1440 || rest.length > 0)
    return fail(`"${text}" is not a time for the digest: give a day and a time on a 24-hour clock, such as "mon 09:00"`);
  return ok({ weekday, minute });
}

export function formatDigestTime({ weekday, minute }: Settings['digest']): string {
  return `${nameOf(weekday)} ${formatClock(minute)}`;
}

export function parseTimeZone(text: string): Result<string, string> {
  const zone = text.trim();
  return isTimeZone(zone) ? ok(zone) : fail(`"${zone}" is not a time zone: use a name such as Europe/London or America/New_York`);
}

/** What no single setting shows: how they fit together. Empty when all is well; each sentence says what to change. */
export function settingsProblems(settings: Settings): string[] {
  const { window, reminderAfterMs, lapseMs } = settings;
  const windowProblem = parseSendWindow(formatSendWindow(window));
  const lastReminder = reminderAfterMs.at(-1) ?? 0;
  return [
    ownWordsProblem(settings.organisations, settings.triggers, settings.tracks),
    windowProblem.ok ? null : windowProblem.error,
    isAscending(settings.waves) ? null : `The waves ${formatWaves(settings.waves)} must ascend, each named once`,
    reminderProblem(reminderAfterMs),
    settings.settleMs <= DAY_MS
      ? null
      : `A settle of ${formatDuration(settings.settleMs)} is too long: a reply has to be answered within a day (1d)`,
    lastReminder < lapseMs
      ? null
      : `The last reminder (${formatDuration(lastReminder)}) must come before the question lapses (${formatDuration(lapseMs)}): choose an earlier reminder or a later lapse`,
  ].filter((problem) => problem !== null);
}

/** A spread that somebody asks for must fit; one that was chosen for a longer window simply fills the shorter one. */
export function spreadProblem({ spreadMs, window }: Pick<Settings, 'spreadMs' | 'window'>): string | null {
  const windowMs = (window.toMinute - window.fromMinute) * 60_000;
  if (spreadMs <= windowMs) return null;
  return `A spread of ${formatDuration(spreadMs)} is longer than the window ${formatSendWindow(window)}: choose at most ${formatDuration(windowMs)}`;
}

function reminderProblem(afterMs: readonly number[]): string | null {
  if (afterMs.length > MOST_REMINDERS)
    return `At most ${MOST_REMINDERS} reminders: more cost goodwill and bring next to no answers`;
  return isAscending(afterMs) ? null : `The reminders ${formatReminders(afterMs)} must ascend, such as 4d,11d`;
}

const isAscending = (numbers: readonly number[]) => numbers.every((each, i) => i === 0 || each > (numbers[i - 1] ?? 0));

function parseClock(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && Number(minutes) < 60 && minute <= 1440 ? minute : null;
}

const formatClock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function parseWeekday(text: string): number | null {
  const name = text.trim().toLowerCase();
  // "monday" too, but not "month".
  const index = WEEKDAYS.findIndex((each) => name === each || name === LONG_NAMES[each]);
  return index < 0 ? null : index + 1;
}

const LONG_NAMES = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
} as const;
const nameOf = (day: number | undefined) => WEEKDAYS[(day ?? 1) - 1] ?? 'mon';
