import { type InviteCommand, type PauseCommand, readInvite, readPause } from './cohort-commands.js';
import { type CompareCommand, readCompare } from './compare-command.js';
import type { EntryCommand } from './entry-form.js';
import { isDay } from './iso-day.js';
import { nearestTo } from './nearest.js';
import { type Forecast, readForecast } from './organiser-forecast.js';
import { flagsIn, leadingName, named } from './organiser-words.js';
import { nameProblem, type Programme } from './people.js';
import { PREDICTION_VERBS, type PredictionCommand, readPredictionVerb } from './prediction-commands.js';
import { type ReportSelection, readSelection } from './report-selection.js';
import { fail, ok, type Result } from './result.js';
import { listInWords } from './wording.js';

/** Those that take no further words. */
type PlainCommand = 'check' | 'asks' | 'cohorts' | 'predictions' | 'digest' | 'export' | 'organisers' | 'log' | 'help';

/** The forms that an organiser can be given. */
export const FORM_NAMES = ['add', 'settings', 'predict', 'import', 'entry', 'amend'] as const;
export type FormName = (typeof FORM_NAMES)[number];

/** Whom an import brings in: those in a file, everybody in the channel it is written in or in another, everybody with a role or user group. */
export type ImportFrom =
  | { readonly kind: 'file' }
  | { readonly kind: 'channel'; readonly channel: string | null }
  | { readonly kind: 'group'; readonly group: string };

/** What an organiser may ask for behind `/alumni`. Names are as they were typed; which wave or cohort they mean is decided where those are known. */
export type OrganiserCommand =
  | { [Kind in PlainCommand]: { readonly kind: Kind } }[PlainCommand]
  /** `who`: whom it is about, where that was said already. */
  | { readonly kind: 'form'; readonly form: FormName; readonly who?: string }
  | EntryCommand
  | PredictionCommand
  | { readonly kind: 'status'; readonly cohort: string | null }
  | { readonly kind: 'add'; readonly name: string; readonly endedOn: string }
  | { readonly kind: 'import'; readonly from: ImportFrom; readonly cohort: string | null; readonly endedOn: string | null }
  | PauseCommand
  | CompareCommand
  | InviteCommand
  /** The words may end with a wave, or that number may belong to the cohort's name. */
  | { readonly kind: 'ask_now'; readonly words: readonly string[] }
  | (ReportSelection & { readonly kind: 'report' })
  | { readonly kind: 'predict'; readonly forecast: Forecast }
  /** Null: all of them. */
  | { readonly kind: 'show_settings'; readonly name: string | null }
  | { readonly kind: 'settings'; readonly wanted: readonly WantedSetting[]; readonly isConfirmed: boolean }
  | { readonly kind: 'organiser_add' | 'organiser_remove'; readonly who: string };

/** A setting by its name, and the value as it was typed. */
export type WantedSetting = { readonly name: string; readonly value: string };

/** A report that an organiser opens; no cohorts: all of them, no wave: the newest that anybody was asked about. */
export type WantedReport = {
  readonly programme: Programme;
  readonly cohorts: readonly string[];
  readonly waveMonths?: number;
  readonly asOf?: string;
  readonly audience: 'organisers';
  readonly openedBy: string;
};

type Read = (words: readonly string[]) => Result<OrganiserCommand, string>;
const plain =
  (kind: PlainCommand): Read =>
  () =>
    ok({ kind });

const COMMANDS: Readonly<Record<string, Read>> = {
  status: (words) => ok({ kind: 'status', cohort: words.length > 0 ? words.join(' ') : null }),
  check: (words) => ok(words.length === 0 ? { kind: 'check' } : { kind: 'form', form: 'entry', who: words.join(' ') }),
  asks: plain('asks'),
  import: readImport,
  invite: readInvite,
  cohorts: plain('cohorts'),
  add: readAdd,
  pause: (words) => readPause('pause', words),
  resume: (words) => readPause('resume', words),
  'ask-now': (words) =>
    words.length > 0
      ? ok({ kind: 'ask_now', words })
      : fail('Which cohort? Write “ask-now” and its name, such as: ask-now ARENA 2.0'),
  report: readReport,
  compare: readCompare,
  predict: readPredict,
  predictions: plain('predictions'),
  digest: plain('digest'),
  export: plain('export'),
  settings: readSettings,
  organisers: readOrganisers,
  log: plain('log'),
  help: plain('help'),
};

/** Every word that a command begins with. */
export const COMMAND_WORDS: readonly string[] = Object.keys(COMMANDS);

export const isCommandWord = (word: string): boolean => Object.hasOwn(COMMANDS, word.toLowerCase());

/** A command as it may look. */
const EXAMPLES: Readonly<Record<string, string>> = {
  status: 'status ARENA 2.0',
  add: 'add ARENA 2.0 --ended 2023-06-30',
  import: 'import members ARENA 2.0',
  invite: 'invite ARENA 2.0',
  pause: 'pause ARENA 2.0',
  resume: 'resume ARENA 2.0',
  'ask-now': 'ask-now ARENA 2.0',
  report: 'report ARENA 2.0 6',
  compare: 'compare "ARENA 2.0" "ARENA 3.0"',
  settings: 'settings waves 3,6,12',
  organisers: 'organisers add ada@example.org',
};

/** Reads what stands behind `/alumni`, or says in a sentence what is wrong with it, and what was probably meant. */
export function organiserCommand(words: readonly string[]): Result<OrganiserCommand, string> {
  const [first = 'help', ...rest] = words;
  const read = isCommandWord(first) ? COMMANDS[first.toLowerCase()] : undefined;
  if (read) return read(rest);
  const near = nearestTo(first, Object.keys(COMMANDS));
  if (near === null) return fail(`I do not know “${first}”. “help” lists what you can ask for.`);
  return fail(`I do not know “${first}”. Did you mean “${near}”? Write it so: /alumni ${EXAMPLES[near] ?? near}`);
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
  return fail(noSuchCohort(words.join(' '), cohorts));
}

export const cohortsThereAre = (cohorts: readonly string[]): string =>
  cohorts.length === 0
    ? 'There are none yet; “add” makes one.'
    : `There ${cohorts.length === 1 ? 'is' : 'are'} ${listInWords(cohorts.slice(0, MOST_NAMED))}${cohorts.length > MOST_NAMED ? ` and ${cohorts.length - MOST_NAMED} more; “cohorts” lists them` : ''}.`;

const MOST_NAMED = 12;

/** That there is no such cohort, with the one that was probably meant. */
export function noSuchCohort(typed: string, cohorts: readonly string[], programme?: string): string {
  const near = nearestTo(typed, cohorts);
  const none = programme === undefined ? `I know no cohort “${typed}”.` : `${programme} has no cohort “${typed}”.`;
  return `${none} ${near === null ? cohortsThereAre(cohorts) : `Did you mean ${near}?`}`;
}

function readAdd(words: readonly string[]): Result<OrganiserCommand, string> {
  if (words.length === 0) return ok({ kind: 'form', form: 'add' });
  const flags = flagsIn(words, ['--ended'], []);
  if (!flags.ok) return flags;
  const name = flags.value.words.join(' ').trim();
  const endedOn = flags.value.values.get('--ended')?.at(-1);
  if (name === '' || endedOn === undefined)
    return fail('Say what the cohort is called and when it ended: add ARENA 2.0 --ended 2023-06-30');
  return readCohortMade(name, endedOn);
}

function readCohortMade(name: string, endedOn: string): Result<Extract<OrganiserCommand, { kind: 'add' }>, string> {
  const problem = nameProblem('cohort', name, 'ARENA 2.0');
  if (problem !== null) return fail(`${problem}.`);
  if (!isDay(endedOn)) return fail(`“${endedOn}” is not a day: write it as 2023-06-30.`);
  return ok({ kind: 'add', name, endedOn });
}

/** `import`, `import ARENA 2.0` beside a file, `import members ARENA 2.0`, `import --channel #alumni ARENA 2.0`, `import --role @alumni ARENA 2.0`; with --ended the cohort may be new. */
function readImport(words: readonly string[]): Result<OrganiserCommand, string> {
  const [first = '', ...others] = words;
  const isHere = /^(members|--channel)$/i.test(first);
  const flags = flagsIn(isHere ? others : words, ['--role', '--group', '--ended'], []);
  if (!flags.ok) return flags;
  const { values, words: rest } = flags.value;
  const group = values.get('--role')?.at(-1) ?? values.get('--group')?.at(-1);
  const channel = isHere ? (/^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(rest[0] ?? '')?.[1] ?? null) : null;
  const cohort = (channel === null ? rest : rest.slice(1)).join(' ').trim() || null;
  const endedOn = values.get('--ended')?.at(-1) ?? null;
  const made = cohort !== null && endedOn !== null ? readCohortMade(cohort, endedOn) : null;
  if (made && !made.ok) return made;
  const from: ImportFrom =
    group !== undefined ? { kind: 'group', group } : isHere ? { kind: 'channel', channel } : { kind: 'file' };
  return ok({ kind: 'import', from, cohort, endedOn });
}

const ORGANISER_VERBS: Readonly<Record<string, 'organiser_add' | 'organiser_remove' | undefined>> = {
  add: 'organiser_add',
  remove: 'organiser_remove',
};

function readOrganisers(words: readonly string[]): Result<OrganiserCommand, string> {
  const [verb, ...rest] = words;
  if (verb === undefined || /^list$/i.test(verb)) return ok({ kind: 'organisers' });
  const kind = ORGANISER_VERBS[verb.toLowerCase()];
  if (kind === undefined)
    return fail(`I do not know “organisers ${verb}”. There are “organisers”, “organisers add …” and “organisers remove …”.`);
  const who = rest.join(' ').trim();
  if (who === '')
    return fail(`Who? Write: organisers ${verb.toLowerCase()} @ada, or an e-mail address, or a user group or role.`);
  return ok({ kind, who });
}

function readReport(words: readonly string[]): Result<OrganiserCommand, string> {
  const selection = readSelection(words);
  return selection.ok ? ok({ kind: 'report', ...selection.value }) : selection;
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
  if (words.length === 0) return ok({ kind: 'form', form: 'predict' });
  const verb = PREDICTION_VERBS.find((each) => each === words[0]?.toLowerCase());
  if (verb !== undefined) return readPredictionVerb(verb, words.slice(1));
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
  const [less, more] = [value('--less-than'), value('--more-than')];
  if ((less === undefined) === (more === undefined))
    return fail('Say either --less-than or --more-than, with a share such as 10%.');
  const forecast = readForecast({
    cohorts: values.get('--cohort') ?? [],
    wave: value('--wave') ?? '',
    track: value('--track') ?? '',
    scope: on.has('--any') ? 'any' : 'main',
    comparator: less === undefined ? 'more_than' : 'less_than',
    share: less ?? more ?? '',
    probability: value('--probability') ?? '',
    closes: value('--closes') ?? '',
    author: value('--author') ?? null,
    text: value('--text') ?? null,
    seenData: on.has('--seen-data'),
  });
  return forecast.ok
    ? ok({ kind: 'predict', forecast: forecast.value })
    : fail(forecast.error.map(({ message }) => message).join(' '));
}

function readSettings(words: readonly string[]): Result<OrganiserCommand, string> {
  const isConfirmed = words.some((word) => word.toLowerCase() === '--yes');
  const [first, ...rest] = words.filter((word) => word.toLowerCase() !== '--yes');
  if (first === undefined) return ok({ kind: 'form', form: 'settings' });
  const name = first.toLowerCase().replace(/^--/, '');
  if (name === 'show' && rest.length === 0) return ok({ kind: 'show_settings', name: null });
  if (rest.length === 0) return ok({ kind: 'show_settings', name });
  return ok({ kind: 'settings', wanted: [{ name, value: rest.join(' ') }], isConfirmed });
}
