import { asc, eq, sql } from 'drizzle-orm';
import type { CheckInState } from '../src/domain/check-in-state.js';
import type { CohortId, ProgrammeId } from '../src/domain/ids.js';
import { intended } from '../src/domain/main-activity.js';
import type { OwnRecord } from '../src/domain/partition.js';
import type { Alike, DatedCohort, KnownWave, PeopleQuery, PersonInReport, ReportStore } from '../src/report-ports.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import { writeLog } from './programmes.js';
import { changedSince, keepPublicSnapshot, publicSnapshot } from './public-reports.js';
import { groupsAtWave } from './report-groups.js';
import {
  type CheckInAsOf,
  checkInsAsOf,
  instantParam,
  type RecordRow,
  type RecordsAsOf,
  type RosterRow,
  recordsAsOf,
  rosterBatch,
} from './report-people.js';
import { standingRecord } from './report-records.js';
import { asCohort } from './rows.js';
import { checkIns, cohorts } from './schema.js';

export function reportStoreIn(db: Db): ReportStore {
  return {
    cohorts: (programmeId) => datedCohorts(db, programmeId),
    waves: (cohortIds, asOf) => knownWaves(db, cohortIds, asOf),
    peopleAtWave: (query) => peopleAtWave(db, query),
    alikeAtWave: (query) => alikeAtWave(db, query),
    writeLog: (entry) => writeLog(db, entry),
    publicSnapshot: (place) => publicSnapshot(db, place),
    keepPublicSnapshot: (place, snapshot) => keepPublicSnapshot(db, place, snapshot),
    changedSince: (place, since) => changedSince(db, place, since),
  };
}

async function datedCohorts(db: Db, programmeId: ProgrammeId): Promise<readonly DatedCohort[]> {
  const rows = await db
    .select()
    .from(cohorts)
    .where(eq(cohorts.programmeId, programmeId))
    .orderBy(asc(cohorts.endedOn), asc(cohorts.id));
  return rows.map((row) => ({ ...asCohort(row), createdAt: row.createdAt }));
}

/** Steps from wave to wave through the index: there are few waves, and many check-ins. */
async function knownWaves(db: Db, cohortIds: readonly CohortId[], asOf: Date): Promise<readonly KnownWave[]> {
  if (cohortIds.length === 0) return [];
  const waves = sql`(
    with recursive steps (cohort_id, wave) as (
      select c.id, (select min(wave_months) from check_ins where cohort_id = c.id) from cohorts c where c.id = any(${idList(cohortIds)})
      union all
      select s.cohort_id, (select min(wave_months) from check_ins where cohort_id = s.cohort_id and wave_months > s.wave)
      from steps s where s.wave is not null)
    select wave, bool_or(exists (
      select 1 from check_ins c join check_in_events e on e.check_in_id = c.id
      where c.cohort_id = s.cohort_id and c.wave_months = s.wave and e.at <= ${instantParam(asOf)} and e.asked)) as asked
    from steps s where wave is not null group by wave) w`;
  return db
    .select({ waveMonths: sql`w.wave`.mapWith(Number), asked: sql<boolean>`w.asked` })
    .from(waves)
    .orderBy(sql`w.wave`);
}

/** In batches, four queries each; nobody is counted twice. */
export async function* peopleAtWave(db: Db, query: PeopleQuery): AsyncGenerator<PersonInReport> {
  const { cohortIds, waveMonths, asOf, batch } = query;
  if (cohortIds.length === 0) return;
  for (let after = 0; ; ) {
    const roster = await rosterBatch(db, query, after);
    yield* waveMonths === null ? roster.map((row) => personOf(row, null)) : await atWave(db, roster, waveMonths, asOf);
    if (roster.length < batch) return;
    after = roster.at(-1)?.personId ?? after;
  }
}

/** Counted by the database where it can; one by one where people were asked for their plans, which are weighed in another way. */
async function* alikeAtWave(db: Db, query: PeopleQuery): AsyncGenerator<Alike> {
  const { cohortIds, waveMonths, asOf, batch } = query;
  if (cohortIds.length === 0) return;
  if (waveMonths === null || (await isPlanningAsked(db, cohortIds))) {
    for await (const person of peopleAtWave(db, query)) yield { person, people: 1 };
    return;
  }
  const { alike, others } = await groupsAtWave(db, { ...query, waveMonths });
  yield* alike;
  for (let from = 0; from < others.length; from += batch) {
    const standings = await standingsAtWave(db, others.slice(from, from + batch), waveMonths, asOf);
    for (const standing of standings.values()) yield { person: { erased: false, ...standing }, people: 1 };
  }
}

async function isPlanningAsked(db: Db, cohortIds: readonly CohortId[]): Promise<boolean> {
  const [first] = await db
    .select({ id: checkIns.id })
    .from(checkIns)
    .where(sql`${checkIns.cohortId} = any(${idList(cohortIds)}) and ${checkIns.waveMonths} = 0`)
    .limit(1);
  return first !== undefined;
}

async function atWave(db: Db, roster: readonly RosterRow[], waveMonths: number, asOf: Date): Promise<readonly PersonInReport[]> {
  const living = roster.flatMap((row) => (row.isErased ? [] : row.alumnusId));
  const standings = await standingsAtWave(db, living, waveMonths, asOf);
  return roster.map((row) => personOf(row, standings.get(row.alumnusId) ?? null));
}

/** Of living people, by their number as alumni. */
async function standingsAtWave(
  db: Db,
  alumnusIds: readonly number[],
  waveMonths: number,
  asOf: Date,
): Promise<ReadonlyMap<number, Standing>> {
  const checkIns = groupedBy(await checkInsAsOf(db, alumnusIds, waveMonths, asOf), (checkIn) => checkIn.alumnusId);
  const chosen = new Map(alumnusIds.map((alumnusId) => [alumnusId, thisAndBefore(checkIns.get(alumnusId) ?? [], waveMonths)]));
  const ids = [...chosen.values()].flatMap(({ current, before, atEnd }) => [current, before, atEnd].flatMap(countingFor));
  const records = await recordsAsOf(db, ids, asOf);
  const ownOf = groupedBy(records.own, (record) => record.checkInId);
  return new Map([...chosen].map(([alumnusId, each]) => [alumnusId, standingOf(each, ownOf, records, asOf)]));
}

function groupedBy<T>(rows: readonly T[], by: (row: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(row);
    else groups.set(by(row), [row]);
  }
  return groups;
}

/** `atEnd`: where they were asked what they plan. */
type Chosen = { readonly current: CheckInAsOf | null; readonly before: CheckInAsOf | null; readonly atEnd: CheckInAsOf | null };
type Standing = Pick<PersonInReport, 'checkIn' | 'record' | 'previous' | 'planned' | 'thirdParty'>;

/** The check-in of a wave, that of the last wave asked before it about what they do, and that at the cohort's end, each by another question. */
function thisAndBefore(all: readonly CheckInAsOf[], waveMonths: number): Chosen {
  const current = all.find((each) => each.waveMonths === waveMonths) ?? null;
  if (current === null) return { current, before: null, atEnd: null };
  const question = (checkIn: CheckInAsOf) => checkIn.servedBy ?? checkIn.id;
  const earlier = all
    .filter((each) => each.waveMonths < waveMonths && each.asked && question(each) !== question(current))
    .sort((a, b) => b.waveMonths - a.waveMonths);
  const isAtEnd = (each: CheckInAsOf) => each.waveMonths === 0;
  return { current, before: earlier.find((each) => !isAtEnd(each)) ?? null, atEnd: earlier.find(isAtEnd) ?? null };
}

/** The check-ins whose records count for this one. */
function countingFor(checkIn: CheckInAsOf | null): readonly number[] {
  if (checkIn === null) return [];
  return checkIn.servedBy === null ? [checkIn.id] : [checkIn.id, checkIn.servedBy];
}

function standingOf(
  { current, before, atEnd }: Chosen,
  ownOf: ReadonlyMap<number, readonly RecordRow[]>,
  { thirdParty }: RecordsAsOf,
  asOf: Date,
): Standing {
  const recordOf = (checkIn: CheckInAsOf | null): OwnRecord | null => {
    const versions = countingFor(checkIn).flatMap((id) => ownOf.get(id) ?? []);
    const record = standingRecord(versions, asOf);
    return record && checkIn?.waveMonths === 0 ? { ...record, activities: intended(record.activities) } : record;
  };
  const entries = countingFor(current).flatMap((id) => thirdParty.get(id) ?? []);
  return {
    // The states in the table are those of the domain: a constraint says so.
    checkIn: current && { state: (current.state ?? 'planned') as CheckInState, asked: current.asked },
    record: recordOf(current),
    previous: recordOf(before),
    planned: recordOf(atEnd),
    thirdParty: entries.at(-1) ?? null,
  };
}

const NOTHING: Standing = { checkIn: null, record: null, previous: null, planned: null, thirdParty: null };

function personOf({ personId, name, namesConsent, cohortName, isErased }: RosterRow, standing: Standing | null): PersonInReport {
  return { personId, name, namesConsent, cohortName, erased: isErased, ...(standing ?? NOTHING) };
}
