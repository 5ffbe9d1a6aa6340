import { isKnownTrack, KNOWN_TRACKS, type KnownTrack } from './main-activity.js';
import { flagsIn } from './organiser-words.js';
import type { Programme } from './people.js';
import { type Comparator, type PredictedClass, parseShare, parseThreshold } from './prediction.js';
import { fail, ok, type Result } from './result.js';
import { listInWords } from './wording.js';

/** Those that take no further words. */
type PlainCommand =
  | 'check'
  | 'asks'
  | 'import'
  | 'invite'
  | 'cohorts'
  | 'predict_help'
  | 'predictions'
  | 'digest'
  | 'organisers'
  | 'log'
  | 'help';

/** What an organiser may ask for behind `/alumni`. Names are as they were typed; which wave or cohort they mean is decided where those are known. */
export type OrganiserCommand =
  | { readonly kind: PlainCommand }
  | { readonly kind: 'status'; readonly cohort: string | null }
  | { readonly kind: 'add'; readonly name: string; readonly endedOn: string }
  | { readonly kind: 'pause' | 'resume'; readonly cohort: string }
  /** The words may end with a wave, or that number may belong to the cohort's name. */
  | { readonly kind: 'ask_now'; readonly words: readonly string[] }
  | {
      readonly kind: 'report';
      readonly words: readonly string[];
      readonly cohorts: readonly string[];
      readonly waveMonths: number | null;
      readonly asOf: string | null;
    }
  | { readonly kind: 'predict'; readonly forecast: Forecast }
  /** `value` null: only shown. */
  | { readonly kind: 'settings'; readonly name: string | null; readonly value: string | null; readonly isConfirmed: boolean };

/** A report that an organiser opens; no cohorts: all of them, no wave: the newest that anybody was asked about. */
export type WantedReport = {
  readonly programme: Programme;
  readonly cohorts: readonly string[];
  readonly waveMonths?: number;
  readonly asOf?: string;
  readonly audience: 'organisers';
  readonly openedBy: string;
};

/** A prediction as it was typed, with everything in it readable. */
export type Forecast = {
  readonly cohorts: readonly string[];
  readonly waveMonths: number;
  readonly class: PredictedClass;
  readonly comparator: Comparator;
  readonly threshold: number;
  readonly probability: number;
  readonly closesOn: string;
  readonly author: string | null;
  readonly text: string | null;
  readonly seenData: boolean;
};

type Read = (words: readonly string[]) => Result<OrganiserCommand, string>;
const plain =
  (kind: PlainCommand): Read =>
  () =>
    ok({ kind });

const COMMANDS: Readonly<Record<string, Read>> = {
  status: (words) => ok({ kind: 'status', cohort: words.length > 0 ? words.join(' ') : null }),
  check: plain('check'),
  asks: plain('asks'),
  import: plain('import'),
  invite: plain('invite'),
  cohorts: plain('cohorts'),
  add: readAdd,
  pause: (words) => readCohort('pause', words),
  resume: (words) => readCohort('resume', words),
  'ask-now': (words) =>
    words.length > 0
      ? ok({ kind: 'ask_now', words })
      : fail('Which cohort? Write “ask-now” and its name, such as: ask-now ARENA 2.0'),
  report: readReport,
  predict: readPredict,
  predictions: plain('predictions'),
  digest: plain('digest'),
  settings: readSettings,
  organisers: plain('organisers'),
  log: plain('log'),
  help: plain('help'),
};

export const isCommandWord = (word: string): boolean => Object.hasOwn(COMMANDS, word.toLowerCase());

/** Reads what stands behind `/alumni`, or says in a sentence what is wrong with it. */
export function organiserCommand(words: readonly string[]): Result<OrganiserCommand, string> {
  const [first = 'help', ...rest] = words;
  const read = isCommandWord(first) ? COMMANDS[first.toLowerCase()] : undefined;
  return read ? read(rest) : fail(`I do not know “${first}”. “help” lists what you can ask for.`);
}

/** Which programme is meant, and the words without its name. Null: none is named. */
export function programmeIn(
  words: readonly string[],
  names: readonly string[],
): { readonly name: string; readonly rest: readonly string[] } | null {
  if (words[0] === undefined || isCommandWord(words[0])) return null;
  const found = leadingName(words, names);
  return found && (found.rest[0] === undefined || isCommandWord(found.rest[0])) ? found : null;
}

/** The longest of these names that the words begin with. */
function leadingName(words: readonly string[], names: readonly string[]) {
  for (let length = words.length; length > 0; length -= 1) {
    const name = named(words.slice(0, length), names);
    if (name !== undefined) return { name, rest: words.slice(length) };
  }
  return null;
}

const named = (words: readonly string[], names: readonly string[]) =>
  names.find((each) => each.toLowerCase() === words.join(' ').toLowerCase());

/** A cohort and a wave out of words such as `ARENA 2.0 6`: as much of them as is a name, and a number behind it. */
export function cohortAndWave(
  words: readonly string[],
  cohorts: readonly string[],
): Result<{ readonly cohort: string | null; readonly waveMonths: number | null }, string> {
  if (words.length === 0) return ok({ cohort: null, waveMonths: null });
  const whole = named(words, cohorts);
  if (whole !== undefined) return ok({ cohort: whole, waveMonths: null });
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const cohort = before.length === 0 ? null : named(before, cohorts);
  if (/^\d{1,3}$/.test(last) && cohort !== undefined) return ok({ cohort, waveMonths: Number(last) });
  return fail(`I know no cohort “${words.join(' ')}”. ${cohortsThereAre(cohorts)}`);
}

export const cohortsThereAre = (cohorts: readonly string[]): string =>
  cohorts.length === 0
    ? 'There are none yet; “add” makes one.'
    : `There ${cohorts.length === 1 ? 'is' : 'are'} ${listInWords(cohorts)}.`;

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text);
function isRealDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function readAdd(words: readonly string[]): Result<OrganiserCommand, string> {
  const flags = flagsIn(words, ['--ended'], []);
  if (!flags.ok) return flags;
  const name = flags.value.words.join(' ').trim();
  const endedOn = flags.value.values.get('--ended')?.at(-1);
  if (name === '' || endedOn === undefined)
    return fail('Say what the cohort is called and when it ended: add ARENA 2.0 --ended 2023-06-30');
  if (!isDay(endedOn)) return fail(`“${endedOn}” is not a day: write it as 2023-06-30.`);
  return ok({ kind: 'add', name, endedOn });
}

function readCohort(kind: 'pause' | 'resume', words: readonly string[]): Result<OrganiserCommand, string> {
  if (words.length === 0) return fail(`Which cohort? Write “${kind}” and its name, such as: ${kind} ARENA 2.0`);
  return ok({ kind, cohort: words.join(' ') });
}

const months = (text: string): Result<number, string> =>
  /^\d{1,3}$/.test(text) ? ok(Number(text)) : fail(`“${text}” is not a wave: write the months after the end, such as 6.`);

function readReport(words: readonly string[]): Result<OrganiserCommand, string> {
  const flags = flagsIn(words, ['--cohort', '--wave', '--as-of'], []);
  if (!flags.ok) return flags;
  const { values, words: rest } = flags.value;
  const wave = values.get('--wave')?.at(-1);
  const waveMonths = wave === undefined ? ok(null) : months(wave);
  if (!waveMonths.ok) return waveMonths;
  const asOf = values.get('--as-of')?.at(-1) ?? null;
  return ok({ kind: 'report', words: rest, cohorts: values.get('--cohort') ?? [], waveMonths: waveMonths.value, asOf });
}

const PREDICT_VALUES = [
  '--cohort',
  '--wave',
  '--track',
  '--less-than',
  '--more-than',
  '--probability',
  '--closes',
  '--author',
  '--text',
] as const;
export const PREDICT_EXAMPLE =
  'predict --cohort "ARENA 2.0" --wave 12 --track capabilities --less-than 10% --probability 80% --closes 2024-08-31';

function readPredict(words: readonly string[]): Result<OrganiserCommand, string> {
  if (words.length === 0) return ok({ kind: 'predict_help' });
  const flags = flagsIn(words, PREDICT_VALUES, ['--any', '--seen-data']);
  if (!flags.ok) return flags;
  const { values, on, words: rest } = flags.value;
  const value = (flag: (typeof PREDICT_VALUES)[number]) => values.get(flag)?.at(-1);
  if (rest.length > 0)
    return fail(`I do not know what to do with “${rest.join(' ')}”. A prediction looks like this: ${PREDICT_EXAMPLE}`);
  const needed = (['--cohort', '--wave', '--track', '--probability', '--closes'] as const).filter(
    (flag) => value(flag) === undefined,
  );
  if (needed.length > 0) return fail(`A prediction also needs ${listInWords(needed)}. It looks like this: ${PREDICT_EXAMPLE}`);
  const claim = readClaim(value('--less-than'), value('--more-than'));
  const waveMonths = months(value('--wave') ?? '');
  const probability = parseShare(value('--probability') ?? '');
  const track = readTrack(value('--track') ?? '');
  const closesOn = value('--closes') ?? '';
  if (!claim.ok) return claim;
  if (!waveMonths.ok) return waveMonths;
  if (!probability.ok) return fail(`${probability.error}.`);
  if (!track.ok) return track;
  if (!isDay(closesOn)) return fail(`“${closesOn}” is not a day: write it as 2024-08-31.`);
  return ok({
    kind: 'predict',
    forecast: {
      ...claim.value,
      cohorts: values.get('--cohort') ?? [],
      waveMonths: waveMonths.value,
      class: { track: track.value, scope: on.has('--any') ? 'any' : 'main' },
      probability: probability.value,
      closesOn,
      author: value('--author') ?? null,
      text: value('--text') ?? null,
      seenData: on.has('--seen-data'),
    },
  });
}

function readClaim(
  less: string | undefined,
  more: string | undefined,
): Result<Pick<Forecast, 'comparator' | 'threshold'>, string> {
  if ((less === undefined) === (more === undefined))
    return fail('Say either --less-than or --more-than, with a share such as 10%.');
  const comparator = less === undefined ? 'more_than' : 'less_than';
  const threshold = parseThreshold(comparator, less ?? more ?? '');
  return threshold.ok ? ok({ comparator, threshold: threshold.value }) : fail(`${threshold.error}.`);
}

function readTrack(text: string): Result<KnownTrack, string> {
  const track = KNOWN_TRACKS.find((each) => each === text.toLowerCase().replaceAll(/[- ]/g, '_'));
  return track !== undefined && isKnownTrack(track)
    ? ok(track)
    : fail(`“${text}” is not a field: there are ${listInWords(KNOWN_TRACKS)}.`);
}

function readSettings(words: readonly string[]): Result<OrganiserCommand, string> {
  const isConfirmed = words.some((word) => word.toLowerCase() === '--yes');
  const [name, ...rest] = words.filter((word) => word.toLowerCase() !== '--yes');
  return ok({
    kind: 'settings',
    name: name?.toLowerCase().replace(/^--/, '') ?? null,
    value: rest.length > 0 ? rest.join(' ') : null,
    isConfirmed,
  });
}
