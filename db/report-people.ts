import { type SQL, sql } from 'drizzle-orm';
import { type CareerUpdate, careerUpdateSchema } from '../src/domain/career-update.js';
import type { PersonId } from '../src/domain/ids.js';
import type { NamesConsent } from '../src/domain/people.js';
import type { PeopleQuery } from '../src/report-ports.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import type { RecordVersion } from './report-records.js';
import { asBrand } from './rows.js';
import { careerUpdates, checkIns, deliveries, participations, people } from './schema.js';

export type RosterRow = {
  readonly personId: PersonId;
  readonly alumnusId: number;
  readonly cohortName: string;
  readonly name: string | null;
  readonly isErased: boolean;
  readonly namesConsent: NamesConsent;
};

export type CheckInAsOf = {
  readonly id: number;
  readonly alumnusId: number;
  readonly waveMonths: number;
  /** The check-in whose question served it by then. */
  readonly servedBy: number | null;
  /** Null where nothing had happened to it: it was planned. */
  readonly state: string | null;
  readonly asked: boolean;
};

export type RecordRow = RecordVersion & { readonly checkInId: number };
export type RecordsAsOf = {
  readonly own: readonly RecordRow[];
  /** By check-in, what an organiser entered, unless the person has rejected it. */
  readonly thirdParty: ReadonlyMap<number, CareerUpdate>;
};

/** An instant as a parameter of plain SQL. */
export const instantParam = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** Everybody of these cohorts, each once, by the cohort they count in. */
export function rosterOf({ cohortIds, waveMonths, asOf, memberOf }: PeopleQuery): SQL {
  return sql`
    select distinct on (a.person_id) a.person_id, a.id as alumnus_id
    from cohorts c join alumni a on a.cohort_id = c.id
    where c.id = any(${idList(cohortIds)}) and a.added_at <= ${instantParam(asOf)} ${onList(memberOf)}
    order by a.person_id, ${latestFirst(waveMonths, asOf)}`;
}

const onList = (memberOf: string | undefined): SQL =>
  memberOf
    ? sql`and exists (select 1 from prediction_members m where m.prediction_id = ${numberOf(memberOf)} and m.person_id = a.person_id)`
    : sql``;

/** The latest cohort that has come to the wave, else the latest. */
const latestFirst = (waveMonths: number | null, asOf: Date): SQL =>
  sql`(c.ended_on + make_interval(months => ${waveMonths ?? 0}::int) <= ${asOf.toISOString().slice(0, 10)}::date) desc, c.ended_on desc, c.id desc`;

/**
 * The next people by number, each once. Every cohort gives its own next people from its index, so that a batch costs the same wherever it begins;
 * whoever is among the first of all is among the first of each cohort they are in.
 */
export async function rosterBatch(db: Db, query: PeopleQuery, after: number): Promise<readonly RosterRow[]> {
  const { programmeId, cohortIds, waveMonths, asOf, batch, memberOf } = query;
  const nextPeople = sql`(
    select distinct on (near.person_id) near.person_id, near.alumnus_id, c.name as cohort_name
    from cohorts c cross join lateral (
      select a.id as alumnus_id, a.person_id from alumni a
      where a.cohort_id = c.id and a.person_id > ${after}::bigint and a.added_at <= ${instantParam(asOf)} ${onList(memberOf)}
      order by a.person_id limit ${batch}::int) near
    where c.id = any(${idList(cohortIds)})
    order by near.person_id, ${latestFirst(waveMonths, asOf)}
    limit ${batch}::int) r`;
  const rows = await db
    .select({
      personId: people.id,
      alumnusId: sql`r.alumnus_id`.mapWith(Number),
      cohortName: sql<string>`r.cohort_name`,
      name: people.name,
      erasedAt: people.erasedAt,
      namesConsent: participations.namesConsent,
    })
    .from(nextPeople)
    .innerJoin(people, sql`${people.id} = r.person_id`)
    .leftJoin(participations, sql`${participations.personId} = r.person_id and ${participations.programmeId} = ${programmeId}`)
    .orderBy(sql`r.person_id`);
  return rows.map(({ personId, alumnusId, cohortName, name, erasedAt, namesConsent }) => ({
    personId: asBrand<PersonId>(personId),
    alumnusId,
    cohortName,
    name,
    isErased: erasedAt !== null,
    namesConsent: (namesConsent ?? 'not_asked') as NamesConsent,
  }));
}

/** The row's number out of an id such as `p12`; 0, which no row has, for anything else. */
export function numberOf(predictionId: string): number {
  return Number(/^p?(\d{1,15})$/i.exec(predictionId.trim())?.[1] ?? 0);
}

/** These people's check-ins of this wave and the ones before, as they stood at a moment. */
export async function checkInsAsOf(
  db: Db,
  alumnusIds: readonly number[],
  waveMonths: number,
  asOf: Date,
): Promise<readonly CheckInAsOf[]> {
  const at = instantParam(asOf);
  return db
    .select({
      id: sql`c.id`.mapWith(checkIns.id),
      alumnusId: sql`c.alumnus_id`.mapWith(checkIns.alumnusId),
      waveMonths: sql`c.wave_months`.mapWith(checkIns.waveMonths),
      servedBy: sql<number | null>`s.served_by`.mapWith((value) => Number(value)),
      state: sql<string | null>`e.state`,
      asked: sql<boolean>`coalesce(e.asked, false)`,
    })
    .from(sql`check_ins c
      left join lateral (select state, asked from check_in_events where check_in_id = c.id and at <= ${at} order by at desc, id desc limit 1) e on true
      left join lateral (select c.served_by where exists (
        select 1 from check_in_events where check_in_id = c.id and at <= ${at} and reason = 'served_by_another')) s on true`)
    .where(sql`c.alumnus_id = any(${idList(alumnusIds)}) and c.wave_months <= ${waveMonths}`);
}

/** All versions of the records that count for these check-ins and were stored by then. */
export async function recordsAsOf(db: Db, checkInIds: readonly number[], asOf: Date): Promise<RecordsAsOf> {
  const rows = await db
    .select({ update: careerUpdates, cardSentAt: deliveries.sentAt })
    .from(careerUpdates)
    .leftJoin(
      deliveries,
      // By person, since that is what deliveries have an index for.
      sql`${deliveries.personId} = ${careerUpdates.personId} and ${deliveries.kind} = 'card' and ${deliveries.replyId} = ${careerUpdates.replyId}`,
    )
    .where(sql`${careerUpdates.checkInId} = any(${idList(checkInIds)}) and ${careerUpdates.storedAt} <= ${instantParam(asOf)}`);
  const own = rows.flatMap(({ update, cardSentAt }): RecordRow[] => {
    const { id, replyId, checkInId, basis, storedAt, trackConfidence, record, carriedForward } = update;
    if (isThirdParty(update) || checkInId === null) return [];
    return [
      {
        id,
        replyId,
        checkInId,
        basis: basis as RecordVersion['basis'],
        storedAt,
        cardSentAt,
        trackConfidence: trackConfidence / 1000,
        record: careerUpdateSchema.parse(record),
        carriedForward,
      },
    ];
  });
  const thirdParty = new Map<number, CareerUpdate>();
  for (const { update } of rows.filter((row) => isThirdParty(row.update)).sort((a, b) => a.update.id - b.update.id)) {
    if (update.checkInId === null) continue;
    if (update.basis === 'organiser') thirdParty.set(update.checkInId, careerUpdateSchema.parse(update.record));
    else thirdParty.delete(update.checkInId);
  }
  return { own, thirdParty };
}

/** What an organiser entered, or the person's word that it is not so: it belongs to no reply of theirs. */
const isThirdParty = ({ replyId, basis }: typeof careerUpdates.$inferSelect) =>
  replyId === null && (basis === 'organiser' || basis === 'taken_back');
