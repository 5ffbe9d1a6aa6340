import type { Track } from '../domain/career-update.js';
import type { PersonId } from '../domain/ids.js';
import type { Programme } from '../domain/people.js';
import {
  type Claim,
  closeDateProblem,
  isProbability,
  type PredictedClass,
  type Resolution,
  resolve as resolveClaim,
} from '../domain/prediction.js';
import { memberCommitment } from '../domain/prediction-chain.js';
import { type PredictionView, viewOf } from '../domain/prediction-record.js';
import { addPerson, emptyTally, type Tally } from '../domain/report-tally.js';
import { claimWords, waveWords } from '../domain/report-words.js';
import { fail, ok, type Result } from '../domain/result.js';
import { addDays } from '../domain/schedule-days.js';
import { instantOf } from '../domain/schedule-zones.js';
import { firstSlot } from '../domain/send-window.js';
import { trackNamed, tracksOf } from '../domain/tracks.js';
import { waveDueOn } from '../domain/wave.js';
import { dayIn, dayInWords, listInWords } from '../domain/wording.js';
import type { DatedCohort, PeopleQuery, RegisteredPrediction, ReportPorts } from '../report-ports.js';

export type PredictRequest = Claim & {
  readonly programme: Programme;
  /** By name; at least one. */
  readonly cohorts: readonly string[];
  readonly waveMonths: number;
  readonly class: PredictedClass;
  /** From 0 to 1. */
  readonly probability: number;
  /** ISO day. */
  readonly closesOn: string;
  readonly author: string;
  /** Other names under which the author may have opened reports, such as `slack:U123`. */
  readonly authorAlso?: readonly string[];
  /** Left out: made from the claim. */
  readonly text?: string;
  /** The author says that they have seen data. */
  readonly seenData: boolean;
  readonly codebookVersion: string;
  readonly readerVersion: string;
};

export type PredictRefusal = {
  readonly kind:
    | 'no_such_cohort'
    | 'no_cohort'
    | 'no_such_wave'
    | 'no_such_track'
    | 'nobody'
    | 'bad_number'
    | 'no_author'
    | 'bad_close_date'
    | 'no_such_prediction'
    | 'withdrawn'
    | 'too_early';
  /** A sentence for who asked. */
  readonly message: string;
};

type Needs = Pick<ReportPorts, 'reports' | 'predictions' | 'clock'>;

const BATCH = 1_000;

/** Puts a forecast on record, beyond anybody's power to change: who is on the list, what is claimed, and what its author could have known. */
export async function registerPrediction(
  ports: Needs & Pick<ReportPorts, 'random'>,
  request: PredictRequest,
): Promise<Result<PredictionView, PredictRefusal>> {
  const now = ports.clock.now();
  const { programme, waveMonths } = request;
  const problem = problemWith(request);
  if (problem) return fail(problem);
  const predicted = classIn(request);
  if (!predicted.ok) return predicted;
  const cohorts = chosenCohorts(await ports.reports.cohorts(programme.id), request);
  if (!cohorts.ok) return cohorts;
  const lapsesOn = await lapseDay(ports, cohorts.value, request);
  const dates = { closesOn: request.closesOn, lapsesOn, today: dayIn(programme.settings.timeZone, now) };
  const dateProblem = closeDateProblem(dates);
  if (dateProblem !== null) return refused('bad_close_date', `${capitalised(dateProblem)}.`);
  const cohortIds = cohorts.value.map((cohort) => cohort.id);
  const query = { programmeId: programme.id, cohortIds, waveMonths, asOf: now, batch: BATCH };
  const people = await countPeople(ports, query, predicted.value.track);
  if (people.roster === 0) return refused('nobody', 'Nobody is on the list of these cohorts yet: import them first.');
  const actors = [request.author, ...(request.authorAlso ?? [])].map((each) => each.trim());
  const reportsOpened = await ports.predictions.reportsOpened({ programmeId: programme.id, cohortIds, waveMonths, actors });
  const salt = ports.random.token();
  const names = cohorts.value.map((cohort) => cohort.name);
  const draft = {
    programmeId: programme.id,
    cohortIds,
    salt,
    text: request.text?.trim() || claimText({ ...request, class: predicted.value }, names),
    author: request.author.trim(),
    cohorts: names,
    roster: people.roster,
    memberCommitment: memberCommitment(people.members, salt),
    class: predicted.value,
    comparator: request.comparator,
    threshold: request.threshold,
    waveMonths,
    probability: request.probability,
    closesOn: request.closesOn,
    seenData: { declared: request.seenData, computed: { answers: people.answers, reportsOpened } },
    codebookVersion: codebookIn(request),
    readerVersion: request.readerVersion,
    createdAt: now.toISOString(),
  };
  return ok(viewOf(await ports.predictions.register(draft, people.members)));
}

const refused = (kind: PredictRefusal['kind'], message: string) => fail<PredictRefusal>({ kind, message });
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const isShare = (value: number) => value >= 0 && value <= 1;

function problemWith(request: PredictRequest): PredictRefusal | null {
  const { comparator, threshold, probability, author, waveMonths, programme } = request;
  const say = (kind: PredictRefusal['kind'], message: string) => ({ kind, message });
  if (author.trim() === '') return say('no_author', 'Say whose prediction it is.');
  if (!isProbability(probability))
    return say('bad_number', `A probability is more than 0 and less than 1, not ${probability}: nobody can be quite sure.`);
  if (!isShare(threshold)) return say('bad_number', `A threshold is between 0 and 1, not ${threshold}.`);
  if (threshold === (comparator === 'less_than' ? 0 : 1))
    return say(
      'bad_number',
      `No share is ${comparator === 'less_than' ? 'less than 0%' : 'more than 100%'}: choose another threshold.`,
    );
  if (!programme.settings.waves.includes(waveMonths)) {
    const waves = listInWords(programme.settings.waves.map(String));
    return say(
      'no_such_wave',
      `There is no wave ${waveMonths} months after the end. ${programme.name} asks after ${waves} months.`,
    );
  }
  return null;
}

/** With the track by its id. */
function classIn({ programme, class: { track, scope } }: PredictRequest): Result<PredictedClass, PredictRefusal> {
  const own = programme.settings.tracks;
  const found = trackNamed(track, own);
  return found === undefined
    ? refused('no_such_track', `“${track}” is not a field of ${programme.name}: there are ${listInWords(tracksOf(own))}.`)
    : ok({ track: found, scope });
}

/** With the tracks that were told apart, where they are the programme's own. */
function codebookIn({ programme, codebookVersion }: PredictRequest): string {
  const { tracks } = programme.settings;
  return tracks === null ? codebookVersion : `${codebookVersion}, with the tracks ${tracksOf(tracks).join(', ')}`;
}

function chosenCohorts(
  all: readonly DatedCohort[],
  { cohorts: names, programme }: PredictRequest,
): Result<readonly DatedCohort[], PredictRefusal> {
  if (names.length === 0) return refused('no_cohort', 'Name at least one cohort.');
  const known = new Map(all.map((cohort) => [cohort.name.toLowerCase(), cohort]));
  const missing = names.find((name) => !known.has(name.trim().toLowerCase()));
  if (missing !== undefined) {
    const there =
      all.length === 0
        ? 'It has no cohorts yet'
        : `There ${all.length === 1 ? 'is' : 'are'} ${listInWords(all.map((cohort) => cohort.name))}`;
    return refused('no_such_cohort', `${programme.name} has no cohort "${missing.trim()}". ${there}.`);
  }
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
  return ok(all.filter((cohort) => wanted.has(cohort.name.toLowerCase())));
}

/** The day, on the programme's clock, on which the last question of the wave lapses, wherever on earth it was asked. */
async function lapseDay(ports: Needs, cohorts: readonly DatedCohort[], request: PredictRequest): Promise<string> {
  const { settings } = request.programme;
  const lastMinute = settings.window.toMinute - 1;
  const days: string[] = [];
  for (const cohort of cohorts) {
    const dueOn = waveDueOn(cohort.endedOn, request.waveMonths);
    for (const zone of [null, ...(await ports.predictions.timeZones(cohort.id))]) {
      const lastAsked = firstSlot(dueOn, zone, lastMinute, settings);
      days.push(dayIn(settings.timeZone, new Date(lastAsked.getTime() + settings.lapseMs)));
    }
  }
  return days.reduce((latest, day) => (day > latest ? day : latest));
}

type Counted = {
  readonly members: readonly PersonId[];
  readonly roster: number;
  readonly answers: number;
  readonly tally: Tally;
};

/** Of a predicted track, as it was told apart when that was predicted, whatever the programme tells apart now. */
async function countPeople(ports: Needs, query: PeopleQuery, track: Track): Promise<Counted> {
  const members: PersonId[] = [];
  let roster = 0;
  const scope = { programme: '', cohorts: [], waveMonths: query.waveMonths, asOf: '', audience: 'organisers' } as const;
  const tally = emptyTally(scope, [track]);
  for await (const person of ports.reports.peopleAtWave(query)) {
    roster += 1;
    if (!person.erased) members.push(person.personId);
    addPerson(tally, person);
  }
  return { members, roster, answers: tally.groups.answered + tally.groups.partial, tally };
}

function claimText(request: PredictRequest, cohorts: readonly string[]): string {
  return `${capitalised(claimWords(request, request.class))}: ${listInWords(cohorts)}, ${waveWords(request.waveMonths)}`;
}

/** Oldest first. */
export async function listPredictions(
  ports: Pick<ReportPorts, 'predictions'>,
  programme: Programme,
): Promise<readonly PredictionView[]> {
  return (await ports.predictions.list(programme.id)).map(viewOf);
}

export async function showPrediction(
  ports: Pick<ReportPorts, 'predictions'>,
  id: string,
): Promise<Result<PredictionView, PredictRefusal>> {
  const found = await ports.predictions.find(id);
  return found ? ok(viewOf(found)) : noSuchPrediction(id);
}

const noSuchPrediction = (id: string) =>
  refused('no_such_prediction', `There is no prediction "${id.trim()}": the list of predictions shows their ids, such as p3.`);

/** Resolves by rule, once: what was stored by the end of the close date counts, on the programme's clock. A repeat returns what stands. */
export async function resolvePrediction(ports: Needs, id: string): Promise<Result<PredictionView, PredictRefusal>> {
  const now = ports.clock.now();
  const found = await ports.predictions.find(id);
  if (!found) return noSuchPrediction(id);
  if (found.resolution) return ok(viewOf(found));
  if (found.withdrawal !== null) return refused('withdrawn', 'That prediction was withdrawn, so it is not resolved.');
  const { timeZone } = (await ports.predictions.programmeOf(found.programmeId)).settings;
  const { closesOn } = found.prediction;
  if (now <= endOf(closesOn, timeZone)) {
    const when = `the end of ${dayInWords(closesOn)} (${timeZone})`;
    return refused('too_early', `Answers count until ${when}: it is resolved by itself after that, and not before.`);
  }
  return ok(viewOf(await resolveAt(ports, found, endOf(closesOn, timeZone), now)));
}

/** Resolves everything whose close date is over; returns how many. One that fails does not hold up the rest. */
export async function resolveDue(ports: Needs & Pick<ReportPorts, 'log'>): Promise<number> {
  const now = ports.clock.now();
  let resolved = 0;
  for (const { registered, programme } of await ports.predictions.closingBy(dayIn(EARLIEST_ZONE, now))) {
    const end = endOf(registered.prediction.closesOn, programme.settings.timeZone);
    if (now <= end) continue;
    try {
      await resolveAt(ports, registered, end, now);
      resolved += 1;
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      ports.log.error('resolve_failed', { predictionId: registered.prediction.id, error: name });
    }
  }
  return resolved;
}

/** Where every day begins first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

/** The last moment of a day on the clock of a zone. */
function endOf(day: string, zone: string): Date {
  return new Date(instantOf({ day: addDays(day, 1), minute: 0 }, zone).at.getTime() - 1);
}

/** On the list that was committed to, whoever has joined since; who was erased stays in its number. */
async function resolveAt(ports: Needs, registered: RegisteredPrediction, asOf: Date, now: Date): Promise<RegisteredPrediction> {
  const { prediction, programmeId, cohortIds } = registered;
  const { waveMonths, roster, id } = prediction;
  const { track, scope } = prediction.class;
  const { tally } = await countPeople(ports, { programmeId, cohortIds, waveMonths, asOf, batch: BATCH, memberOf: id }, track);
  const { known, count } = tally.tracks.get(track)?.[scope] ?? { known: 0, count: 0 };
  const counts = { roster, known, count };
  const resolution: Resolution = resolveClaim(prediction, counts);
  return ports.predictions.resolve(id, { ...resolution, counts, asOf: asOf.toISOString(), resolvedAt: now.toISOString() });
}
