import type { CohortId, PersonId, ProgrammeId } from '../domain/ids.js';
import { type Message, note, say } from '../domain/message.js';
import { type AskedNow, askNow, askNowMessage, waveToAsk, whyNotNow } from '../domain/on-organiser-ask-now.js';
import {
  addedMessage,
  INVITE,
  importMessage,
  NO_PROGRAMME_YET,
  NOT_AN_ORGANISER,
  ORGANISER_HELP,
  organisersMessage,
  PREDICT_HELP,
  programmeMeant,
} from '../domain/on-organiser-help.js';
import {
  asksMessage,
  checkMessage,
  cohortsMessage,
  type HelpAsked,
  logMessage,
  MOST_LISTED,
  type NeedsHuman,
  type PersonState,
  peopleMessage,
  statusMessage,
  type Unconfirmed,
  type WaveState,
} from '../domain/on-organiser-lists.js';
import { type Forecasted, type NewForecast, predictionsMessage, registeredMessage } from '../domain/on-organiser-predictions.js';
import { changedMessage, decideOnSetting, previewMessage } from '../domain/on-organiser-settings.js';
import {
  cohortAndWave,
  cohortsThereAre,
  type Forecast,
  type OrganiserCommand,
  organiserCommand,
  type WantedReport,
} from '../domain/organiser-command.js';
import { wordsOf } from '../domain/organiser-words.js';
import type { Account, Cohort, Programme } from '../domain/people.js';
import type { Report } from '../domain/report.js';
import { reportText } from '../domain/report-text.js';
import { type Result, unreachable } from '../domain/result.js';
import type { RosterOutcome, RosterRow } from '../domain/roster.js';
import type { PlanChangeLine } from '../domain/schedule-changes.js';
import { DAY_MS, type Settings } from '../domain/settings.js';
import { dayIn, dayInWords } from '../domain/wording.js';
import type { Ports } from '../ports.js';

/** Reads for lists. `asker` never sees what concerns themselves. */
export type OrganiserLists = {
  waveStates(programmeId: ProgrammeId): Promise<readonly WaveState[]>;
  personStates(cohortId: CohortId, limit: number): Promise<{ readonly people: readonly PersonState[]; readonly all: number }>;
  unconfirmed(programmeId: ProgrammeId, since: Date, asker: Asker, limit: number): Promise<readonly Unconfirmed[]>;
  needsHuman(programmeId: ProgrammeId, asker: Asker, limit: number): Promise<readonly NeedsHuman[]>;
  asks(programmeId: ProgrammeId, span: { readonly since: Date; readonly until: Date }): Promise<readonly HelpAsked[]>;
  /** People of the cohort whose question of that wave has not left, by number. */
  stillToAsk(cohortId: CohortId, waveMonths: number, after: number, limit: number): Promise<readonly PersonId[]>;
  /** What new settings would change in the plan, without changing it. */
  previewSettings(programme: Programme, settings: Settings, now: Date): Promise<readonly PlanChangeLine[]>;
};
type Asker = { readonly account: Account; readonly email: string | null };

type Refused = { readonly message: string };
/** The flows on reports, predictions and digests, bound to their ports. */
export type OrganiserNumbers = {
  report(wanted: WantedReport): Promise<Result<Report, Refused>>;
  predict(forecast: NewForecast): Promise<Result<Forecasted, Refused>>;
  predictions(programme: Programme): Promise<readonly Forecasted[]>;
  /** What has come in since the last digest; null where that is nothing. */
  digest(programme: Programme, now: Date): Promise<Message | null>;
};

export type OrganiserPorts = Pick<Ports, 'programmes' | 'conversations' | 'clock' | 'log' | 'wakeSender'> & {
  readonly lists: OrganiserLists;
  readonly numbers: OrganiserNumbers;
  readonly importRoster: (order: {
    readonly programme: Programme;
    readonly cohortName: string;
    readonly endedOn: string;
    readonly rows: readonly RosterRow[];
    readonly now: Date;
    readonly dryRun: boolean;
  }) => Promise<RosterOutcome>;
};

export type OrganiserRequest = {
  readonly from: Account;
  /** The address that the platform vouches for. */
  readonly email: string | null;
  /** What stands behind `/alumni`. */
  readonly text: string;
  /** The programme it is about, where that is known without the words. */
  readonly programme?: string | null;
  /** Whoever sits at the terminal of the process itself may ask about every programme. */
  readonly isLocalOrganiser?: boolean;
};

/** To the asker alone. */
export type OrganiserAnswer = { readonly message: Message };

type Place = { readonly ports: OrganiserPorts; readonly programme: Programme; readonly asker: Asker; readonly now: Date };

/** Answers `/alumni …`, to organisers of the programme and to nobody else; of what others asked for nothing is kept. */
export async function answerOrganiser(ports: OrganiserPorts, request: OrganiserRequest): Promise<OrganiserAnswer> {
  const { from, email, isLocalOrganiser = false } = request;
  const theirs = isLocalOrganiser
    ? await ports.programmes.allProgrammes()
    : await ports.programmes.programmesOrganisedBy(from, email);
  if (theirs.length === 0 && !isLocalOrganiser) return { message: NOT_AN_ORGANISER };
  const programmes = theirs.filter((each) => each.archivedAt === null || theirs.length === 1);
  const words = wordsOf(request.text);
  const chosen = programmeMeant(programmes, words, request.programme ?? null);
  const command = organiserCommand(chosen.words);
  if (!command.ok) return { message: say(command.error) };
  if (command.value.kind === 'help') return { message: ORGANISER_HELP };
  if (chosen.programme === null) return { message: programmes.length === 0 ? NO_PROGRAMME_YET : chosen.problem };
  const place: Place = { ports, programme: chosen.programme, asker: { account: from, email }, now: ports.clock.now() };
  return { message: await carryOut(place, command.value) };
}

async function carryOut(place: Place, command: OrganiserCommand): Promise<Message> {
  const { ports, programme, now } = place;
  const zone = programme.settings.timeZone;
  switch (command.kind) {
    case 'status':
      return command.cohort === null
        ? statusMessage(programme.name, await ports.lists.waveStates(programme.id))
        : withCohort(place, command.cohort, async (cohort) => {
            const { people, all } = await ports.lists.personStates(cohort.id, MOST_LISTED);
            return peopleMessage(cohort, people, all, zone);
          });
    case 'check':
      return check(place);
    case 'asks':
      return asksMessage(await ports.lists.asks(programme.id, { since: daysBefore(now, ASKS_DAYS), until: now }));
    case 'import':
      return importMessage(programme);
    case 'invite':
      return INVITE;
    case 'cohorts':
      return cohortsMessage(programme.name, await ports.programmes.cohortsOf(programme.id));
    case 'add':
      return add(place, command.name, command.endedOn);
    case 'pause':
    case 'resume':
      return withCohort(place, command.cohort, (cohort) => mark(place, cohort, command.kind));
    case 'ask_now':
      return askCohort(place, command.words);
    case 'report':
      return report(place, command);
    case 'predict':
      return predict(place, command.forecast);
    case 'predict_help':
      return PREDICT_HELP;
    case 'predictions':
      return predictionsMessage(programme.name, await ports.numbers.predictions(programme));
    case 'digest':
      return (await ports.numbers.digest(programme, now)) ?? say('Nothing has come in since the last digest.');
    case 'settings':
      return settings(place, command);
    case 'organisers':
      return organisersMessage(programme, await ports.programmes.organisersOf(programme.id));
    case 'log':
      return logMessage(await ports.programmes.readLog(programme.id, LOG_ENTRIES), zone);
    case 'help':
      return ORGANISER_HELP;
    default:
      return unreachable(command);
  }
}

const ASKS_DAYS = 90;
const CHECK_DAYS = 400;
const LOG_ENTRIES = 20;
const ASK_BATCH = 100;
const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS);
const actorOf = ({ account }: Asker) => `${account.platform}:${account.id}`;

function writeLog({ ports, programme, asker, now }: Place, what: string, detail: Record<string, unknown>): Promise<void> {
  return ports.programmes.writeLog({ programmeId: programme.id, at: now, actor: actorOf(asker), what, detail });
}

async function withCohort(place: Place, name: string, answer: (cohort: Cohort) => Promise<Message>): Promise<Message> {
  const { ports, programme } = place;
  const cohort = await ports.programmes.cohortNamed(programme.id, name);
  if (cohort) return answer(cohort);
  const all = await ports.programmes.cohortsOf(programme.id);
  return say(`${programme.name} has no cohort “${name}”. ${cohortsThereAre(all.map((each) => each.cohort.name))}`);
}

async function check({ ports, programme, asker, now }: Place): Promise<Message> {
  const limit = MOST_LISTED + 1;
  const unconfirmed = await ports.lists.unconfirmed(programme.id, daysBefore(now, CHECK_DAYS), asker, limit);
  return checkMessage(programme.name, unconfirmed, await ports.lists.needsHuman(programme.id, asker, limit));
}

async function add(place: Place, name: string, endedOn: string): Promise<Message> {
  const { ports, programme, now } = place;
  if (programme.archivedAt) return say(`${programme.name} is archived, so nothing can be added to it.`);
  const known = await ports.programmes.cohortNamed(programme.id, name);
  if (known) return say(`There is a cohort ${known.name} already, which ended on ${dayInWords(known.endedOn)}.`);
  const outcome = await ports.importRoster({ programme, cohortName: name, endedOn, rows: [], now, dryRun: false });
  if (outcome.kind === 'refused') return say(...outcome.problems.map((each) => each.message));
  await writeLog(place, 'cohort_added', { cohortId: outcome.cohortId });
  return addedMessage(name, programme);
}

async function mark(place: Place, cohort: Cohort, to: 'pause' | 'resume'): Promise<Message> {
  if (cohort.archivedAt) return say(`${cohort.name} is archived, and stays so.`);
  if ((cohort.pausedAt !== null) === (to === 'pause'))
    return say(`${cohort.name} is ${to === 'pause' ? 'paused already' : 'not paused'}.`);
  await place.ports.programmes.markCohort(cohort.id, to, place.now);
  await writeLog(place, `cohort_${to}d`, { cohortId: cohort.id });
  place.ports.wakeSender();
  return to === 'pause'
    ? say(`${cohort.name} is paused: I send them nothing until you write: resume ${cohort.name}`)
    : say(`${cohort.name} goes on. What fell due meanwhile is asked now, unless it is more than sixty days late.`);
}

/** By the rules that hold for every question, only at once instead of at each person's own hour. */
async function askCohort(place: Place, words: readonly string[]): Promise<Message> {
  const { ports, programme, now } = place;
  const { timeZone } = programme.settings;
  const all = (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort);
  const named = cohortAndWave(
    words,
    all.map((each) => each.name),
  );
  if (!named.ok) return say(named.error);
  const cohort = all.find((each) => each.name === named.value.cohort);
  if (!cohort) return say(`Which cohort? ${cohortsThereAre(all.map((each) => each.name))}`);
  const today = dayIn(timeZone, now);
  const waveMonths = named.value.waveMonths ?? waveToAsk(programme, cohort, today);
  const refusal = whyNotNow(programme, cohort, waveMonths, today);
  if (refusal !== null) return say(refusal);
  const outcomes: AskedNow[] = [];
  for (let after = 0; ; ) {
    const people = await ports.lists.stillToAsk(cohort.id, waveMonths, after, ASK_BATCH);
    for (const personId of people) {
      const asked = await ports.conversations.change(personId, now, (each) =>
        askNow(each, { cohortId: cohort.id, waveMonths }, now),
      );
      if (asked) outcomes.push(asked.outcome);
    }
    after = people.at(-1) ?? after;
    if (people.length < ASK_BATCH) break;
  }
  if (outcomes.some((each) => each.kind === 'asked')) ports.wakeSender();
  await writeLog(place, 'asked_now', { cohortId: cohort.id, waveMonths });
  return askNowMessage({ cohort: cohort.name, waveMonths, zone: timeZone }, outcomes);
}

async function report(place: Place, command: Extract<OrganiserCommand, { kind: 'report' }>): Promise<Message> {
  const { ports, programme, asker } = place;
  const all = (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort.name);
  const named = cohortAndWave(command.words, all);
  if (!named.ok) return say(named.error);
  const waveMonths = command.waveMonths ?? named.value.waveMonths;
  const made = await ports.numbers.report({
    programme,
    cohorts: [...command.cohorts, ...(named.value.cohort === null ? [] : [named.value.cohort])],
    ...(waveMonths === null ? {} : { waveMonths }),
    ...(command.asOf === null ? {} : { asOf: command.asOf }),
    audience: 'organisers',
    openedBy: actorOf(asker),
  });
  if (!made.ok) return say(made.error.message);
  return {
    parts: [
      { kind: 'preformatted', text: reportText(made.value).trimEnd() },
      note('That you opened it is in the log, since a prediction says what its author had seen.'),
    ],
  };
}

async function predict({ ports, programme, asker }: Place, forecast: Forecast): Promise<Message> {
  const { author, text, ...rest } = forecast;
  const actor = actorOf(asker);
  const made = await ports.numbers.predict({
    ...rest,
    programme,
    author: author ?? actor,
    authorAlso: [actor],
    ...(text === null ? {} : { text }),
  });
  return made.ok ? registeredMessage(made.value) : say(made.error.message);
}

async function settings(place: Place, command: Extract<OrganiserCommand, { kind: 'settings' }>): Promise<Message> {
  const { ports, programme, now } = place;
  const decided = decideOnSetting(programme, command);
  if (decided.kind === 'say') return decided.message;
  const preview = await ports.lists.previewSettings(programme, decided.settings, now);
  if (preview.length > 0 && !command.isConfirmed) return previewMessage(decided, preview);
  const lines = await ports.programmes.saveSettings(programme, decided.settings, now);
  await writeLog(place, 'settings_changed', { [decided.name]: { from: decided.from, to: decided.to } });
  return changedMessage(decided, lines);
}
