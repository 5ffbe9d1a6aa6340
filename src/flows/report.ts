import type { Audience, Programme } from '../domain/people.js';
import { reported as asReported } from '../domain/prediction.js';
import { hideSmallCells } from '../domain/public-report.js';
import { isOutdated } from '../domain/public-snapshot.js';
import { finishReport, type Report } from '../domain/report.js';
import { addPeople, emptyTally } from '../domain/report-tally.js';
import { fail, ok, type Result } from '../domain/result.js';
import { addDays } from '../domain/schedule-days.js';
import { instantOf } from '../domain/schedule-zones.js';
import { inTracks, tracksOf } from '../domain/tracks.js';
import { listInWords } from '../domain/wording.js';
import type { DatedCohort, KnownWave, ReportPorts } from '../report-ports.js';

export type ReportRequest = {
  readonly programme: Programme;
  /** By name, whatever the capitals; none: all of the programme's. */
  readonly cohorts?: readonly string[];
  /** Left out: the newest wave at which anybody has been asked. */
  readonly waveMonths?: number;
  /** An ISO day, which counts to its end on the programme's clock, or an ISO instant. Left out: now. */
  readonly asOf?: string;
  readonly audience: Audience;
  /** The organiser who looks: `slack:U123`, or a name. Written into the log, since a prediction says what its author had seen. */
  readonly openedBy?: string;
};

export type ReportRefusal = {
  readonly kind: 'no_such_cohort' | 'no_such_wave' | 'bad_date' | 'as_of_for_public';
  /** A sentence for who asked. */
  readonly message: string;
};

type Moment = { readonly at: Date; readonly label: string };
type Needs = Pick<ReportPorts, 'reports' | 'predictions' | 'clock'>;

const BATCH = 1_000;

/** What became of a cohort, or of several pooled, at a wave. Holds a batch of people in memory, however many there are. */
export async function makeReport(ports: Needs, request: ReportRequest): Promise<Result<Report, ReportRefusal>> {
  const { programme, audience } = request;
  const now = ports.clock.now();
  const moment = momentOf(request, now);
  if (!moment.ok) return moment;
  const asOf = moment.value.at;
  const cohorts = chosenCohorts(await ports.reports.cohorts(programme.id), request, asOf);
  if (!cohorts.ok) return cohorts;
  const cohortIds = cohorts.value.map((cohort) => cohort.id);
  const wave = chosenWave(await ports.reports.waves(cohortIds, asOf), request);
  if (!wave.ok) return wave;
  const waveMonths = wave.value;
  const scope = { programme, waveMonths, asOf: moment.value };
  if (audience === 'public') return ok(await publicly(ports, cohorts.value, scope));
  const report = await reportOn(ports, cohorts.value, scope);
  if (request.openedBy !== undefined) {
    const detail = { cohortIds, waveMonths };
    await ports.reports.writeLog({
      programmeId: programme.id,
      at: now,
      actor: request.openedBy,
      what: 'report_opened',
      detail,
    });
  }
  return ok(report);
}

type Scope = { readonly programme: Programme; readonly waveMonths: number | null; readonly asOf: Moment };

/** With every number in it. */
async function reportOn(ports: Needs, cohorts: readonly DatedCohort[], { programme, waveMonths, asOf }: Scope): Promise<Report> {
  const { at, label } = asOf;
  const cohortIds = cohorts.map((cohort) => cohort.id);
  const names = cohorts.map((cohort) => cohort.name);
  const tracks = tracksOf(programme.settings.tracks);
  const told = new Set(tracks);
  const scoped = { programme: programme.name, cohorts: names, waveMonths, asOf: label, audience: 'organisers' } as const;
  const tally = emptyTally(scoped, tracks);
  const all = ports.reports.alikeAtWave({ programmeId: programme.id, cohortIds, waveMonths, asOf: at, batch: BATCH });
  for await (const { person, people } of all) addPeople(tally, inTracks(told, person), people);
  return finishReport(tally, await predictionsOn(ports, programme, cohortIds, at));
}

/** The public may ask for each cohort by itself too, so what is hidden there is hidden in all of them together. */
async function takenNow(ports: Needs, cohorts: readonly DatedCohort[], scope: Scope): Promise<Report> {
  const k = scope.programme.settings.minCell;
  const report = await reportOn(ports, cohorts, scope);
  const parts: Report[] = [];
  for (const cohort of cohorts.length > 1 && k > 1 ? cohorts : [])
    parts.push(hideSmallCells(await reportOn(ports, [cohort], scope), k));
  return hideSmallCells(report, k, parts);
}

function momentOf({ asOf, audience, programme }: ReportRequest, now: Date): Result<Moment, ReportRefusal> {
  if (asOf === undefined) return ok({ at: now, label: now.toISOString() });
  if (audience === 'public')
    return refused(
      'as_of_for_public',
      'A public report is always as of now: leave the date out, or ask for the organisers’ one.',
    );
  const moment = pastMoment(asOf.trim(), programme.settings.timeZone);
  if (moment === null) return refused('bad_date', `"${asOf}" is not a date: write it as 2024-06-30.`);
  if (moment.start > now) return refused('bad_date', `${asOf} has not come yet: choose today or a day before.`);
  return ok({ at: moment.end > now ? now : moment.end, label: asOf.trim() });
}

/** The first and the last moment that a text means; a day on the clock of the zone. */
function pastMoment(text: string, zone: string): { readonly start: Date; readonly end: Date } | null {
  if (isDay(text)) {
    const [start, next] = [text, addDays(text, 1)].map((day) => instantOf({ day, minute: 0 }, zone).at.getTime());
    return start === undefined || next === undefined ? null : { start: new Date(start), end: new Date(next - 1) };
  }
  const at = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? new Date(text) : null;
  return at === null || Number.isNaN(at.getTime()) ? null : { start: at, end: at };
}

/** A day that no calendar has is read as another one, or as none. */
function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

const refused = (kind: ReportRefusal['kind'], message: string) => fail<ReportRefusal>({ kind, message });

function chosenCohorts(
  all: readonly DatedCohort[],
  { cohorts: names, programme }: ReportRequest,
  asOf: Date,
): Result<readonly DatedCohort[], ReportRefusal> {
  if (!names || names.length === 0) return ok(all.filter((cohort) => cohort.createdAt <= asOf));
  const wanted = names.map((name) => ({ name, cohort: all.find((each) => isSameName(each.name, name)) }));
  const missing = wanted.find(({ cohort }) => cohort === undefined);
  if (missing) {
    const known =
      all.length === 0
        ? 'It has no cohorts yet'
        : `There ${all.length === 1 ? 'is' : 'are'} ${listInWords(all.map((cohort) => cohort.name))}`;
    return refused('no_such_cohort', `${programme.name} has no cohort "${missing.name.trim()}". ${known}.`);
  }
  return ok(all.filter((cohort) => wanted.some((each) => each.cohort === cohort)));
}

const isSameName = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

function chosenWave(known: readonly KnownWave[], { waveMonths, programme }: ReportRequest): Result<number | null, ReportRefusal> {
  if (waveMonths === undefined) return ok(known.findLast(({ asked }) => asked)?.waveMonths ?? null);
  const waves = new Set([...programme.settings.waves, ...known.map((wave) => wave.waveMonths)]);
  if (waves.has(waveMonths)) return ok(waveMonths);
  const listed = listInWords([...waves].sort((a, b) => a - b).map(String));
  return refused(
    'no_such_wave',
    `There is no wave ${waveMonths} months after the end. ${programme.name} asks after ${listed} months.`,
  );
}

/** What the public was shown last, until so much has changed that the difference tells of nobody. */
async function publicly(ports: Needs, cohorts: readonly DatedCohort[], scope: Scope): Promise<Report> {
  const { programme, waveMonths, asOf } = scope;
  const { settings } = programme;
  if (waveMonths === null || settings.minCell <= 1) return takenNow(ports, cohorts, scope);
  const place = { programmeId: programme.id, cohortIds: cohorts.map((cohort) => cohort.id), waveMonths };
  const last = await ports.reports.publicSnapshot(place);
  if (last) {
    const changed = await ports.reports.changedSince(place, last.takenAt);
    const state = { ...last, changedPeople: changed.people };
    if (!isOutdated(state, { cohorts, waveMonths, settings, now: asOf.at }))
      return { ...last.report, newAnswers: changed.answers };
  }
  const report = { ...(await takenNow(ports, cohorts, scope)), newAnswers: 0 };
  await ports.reports.keepPublicSnapshot(place, { takenAt: asOf.at, minCell: settings.minCell, report });
  return report;
}

/** Every prediction about these very cohorts, at whichever wave: a later report is where one looks how an earlier one came out. */
async function predictionsOn(ports: Needs, programme: Programme, cohortIds: readonly number[], asOf: Date) {
  const all = await ports.predictions.list(programme.id);
  const isSameScope = (ids: readonly number[]) => ids.length === cohortIds.length && ids.every((id) => cohortIds.includes(id));
  return all
    .filter(({ cohortIds: ids }) => isSameScope(ids))
    .filter(({ prediction, withdrawal }) => isBy(prediction.createdAt, asOf) && !(withdrawal && isBy(withdrawal.at, asOf)))
    .map(({ prediction, reported, resolution }) => {
      const isOpen = resolution !== null && !isBy(resolution.resolvedAt, asOf);
      return isOpen ? asReported(prediction, null) : reported;
    });
}

const isBy = (instant: string, asOf: Date) => new Date(instant) <= asOf;
