import { and, countDistinct, eq, sql } from 'drizzle-orm';
import { careerUpdateSchema } from '../src/domain/career-update.js';
import type { CheckInState } from '../src/domain/check-in-state.js';
import { OPENED_SLOWLY } from '../src/domain/delivery.js';
import type { CohortId, PersonId, ProgrammeId } from '../src/domain/ids.js';
import type { EnteredOf, HelpAsked, NeedsHuman, PersonState, Unconfirmed, WaveState } from '../src/domain/on-organiser-lists.js';
import type { Asker, Programme } from '../src/domain/people.js';
import { changeLines, type PlanChange, type PlanChangeLine } from '../src/domain/schedule-changes.js';
import type { Settings } from '../src/domain/settings.js';
import type { Called } from '../src/organiser-ports.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import { replanCohort } from './replan.js';
import { helpAsked } from './report-facts.js';
import { instantParam } from './report-people.js';
import { asBrand, asCohort } from './rows.js';
import { cohorts, deliveries } from './schema.js';

/** What organisers are shown in lists. */
export function organiserListsIn(db: Db) {
  return {
    waveStates: (programmeId: ProgrammeId) => waveStates(db, programmeId),
    personStates: (cohortId: CohortId, limit: number, offset = 0) => personStates(db, cohortId, limit, offset),
    unconfirmed: (programmeId: ProgrammeId, since: Date, asker: Asker, limit: number) =>
      unconfirmed(db, programmeId, since, asker, limit),
    needsHuman: (programmeId: ProgrammeId, asker: Asker, limit: number) => needsHuman(db, programmeId, asker, limit),
    waitingToBeOpened: (programmeId: ProgrammeId) => waitingToBeOpened(db, programmeId),
    entered: (programmeId: ProgrammeId, since: Date, asker: Asker, limit: number) =>
      entered(db, programmeId, since, asker, limit),
    peopleCalled: (programmeId: ProgrammeId, who: string) => peopleCalled(db, programmeId, who),
    asks: (programmeId: ProgrammeId, span: { readonly since: Date; readonly until: Date }): Promise<readonly HelpAsked[]> =>
      helpAsked(db, programmeId, span),
    stillToAsk: (cohortId: CohortId, waveMonths: number, after: number, limit: number) =>
      stillToAsk(db, cohortId, waveMonths, after, limit),
    previewSettings: (programme: Programme, settings: Settings, now: Date) => previewSettings(db, programme, settings, now),
    namesBeginning: (ids: readonly ProgrammeId[], start: string, limit: number) => namesBeginning(db, ids, start, limit),
    findPeople: (start: string, limit: number) => findPeople(db, start, limit),
  };
}

async function waveStates(db: Db, programmeId: ProgrammeId): Promise<readonly WaveState[]> {
  const rows = await db
    .select({
      cohort: sql<string>`n.name`,
      waveMonths: sql`n.wave_months`.mapWith(Number),
      state: sql<CheckInState>`n.state`,
      people: sql`n.people`.mapWith(Number),
    })
    .from(sql`(
      select c.name, c.ended_on, c.id, i.wave_months, i.state, count(*) as people
      from cohorts c join check_ins i on i.cohort_id = c.id
      where c.programme_id = ${programmeId} and c.archived_at is null
      group by c.id, c.name, c.ended_on, i.wave_months, i.state) n`)
    .orderBy(sql`n.ended_on, n.id, n.wave_months, n.state`);
  return rows;
}

/** By name. Erased people are in the totals alone. */
async function personStates(
  db: Db,
  cohortId: CohortId,
  limit: number,
  offset: number,
): Promise<{ readonly people: readonly PersonState[]; readonly all: number }> {
  const rows = await db
    .select({
      name: sql<string | null>`s.name`,
      waveMonths: sql`s.wave_months`.mapWith(Number),
      state: sql<CheckInState>`s.state`,
      reason: sql<string | null>`s.reason`,
      dueAt: sql`s.due_at`.mapWith(asDate),
      deliveredAt: sql`s.delivered_at`.mapWith(asDate),
      remindersSent: sql`s.reminders_sent`.mapWith(Number),
      all: sql`s.everybody`.mapWith(Number),
    })
    .from(sql`(
      select p.name, i.*, count(*) over () as everybody
      from alumni a
      join people p on p.id = a.person_id
      cross join lateral (
        select wave_months, state, reason, due_at, delivered_at, reminders_sent from check_ins i where i.alumnus_id = a.id
        order by (state = 'planned'), case when state = 'planned' then wave_months else -wave_months end limit 1) i
      where a.cohort_id = ${cohortId} and p.erased_at is null
      order by lower(p.name), a.id limit ${limit}::int offset ${offset}::int) s`);
  return { people: rows.map(({ all: _, ...row }) => row), all: rows[0]?.all ?? 0 };
}

/** Instants come as text or as a date, by driver. */
const asDate = (value: string | Date): Date => new Date(value);

/** Somebody's own number, whichever way the platform knows them. */
const isAsker = ({ account, email }: Asker) => sql`(
  exists (select 1 from accounts a where a.person_id = p.id and a.platform = ${account.platform} and a.account = ${account.id})
  or (${account.platform}::text = 'terminal' and p.id::text = ${account.id}::text)
  or lower(p.email) = lower(${email}::text))`;

/** The newest version of each reply, of people who agreed to be named, that nobody has confirmed; never the asker's own. Newest first. */
async function unconfirmed(
  db: Db,
  programmeId: ProgrammeId,
  since: Date,
  asker: Asker,
  limit: number,
): Promise<readonly Unconfirmed[]> {
  const rows = await db
    .select({
      name: sql<string>`p.name`,
      cohort: sql<string | null>`c.name`,
      storedAt: sql`u.stored_at`.mapWith(asDate),
      record: sql<unknown>`u.record`,
    })
    .from(sql`career_updates u
      join people p on p.id = u.person_id
      join participations t on t.person_id = u.person_id and t.programme_id = u.programme_id
      left join check_ins i on i.id = u.check_in_id
      left join cohorts c on c.id = i.cohort_id`)
    .where(
      sql`u.programme_id = ${programmeId} and u.stored_at > ${instantParam(since)} and u.basis in ('read', 'corrected')
        and jsonb_array_length(u.record->'activities') > 0
        and not exists (select 1 from career_updates l where l.reply_id = u.reply_id and l.id > u.id)
        and t.names_consent = 'named' and p.erased_at is null and p.name is not null and (${isAsker(asker)}) is not true`,
    )
    .orderBy(sql`u.stored_at desc, u.id desc`)
    .limit(limit);
  return rows.map(({ record, ...row }) => ({ ...row, update: careerUpdateSchema.parse(record) }));
}

/** The last entry at each check-in, unless the person has rejected it. */
async function entered(
  db: Db,
  programmeId: ProgrammeId,
  since: Date,
  asker: Asker,
  limit: number,
): Promise<readonly EnteredOf[]> {
  const rows = await db
    .select({
      name: sql<string>`p.name`,
      cohort: sql<string>`c.name`,
      storedAt: sql`u.stored_at`.mapWith(asDate),
      record: sql<unknown>`u.record`,
    })
    .from(sql`career_updates u
      join people p on p.id = u.person_id
      join check_ins i on i.id = u.check_in_id
      join cohorts c on c.id = i.cohort_id`)
    .where(
      sql`u.programme_id = ${programmeId} and u.stored_at > ${instantParam(since)} and u.basis = 'organiser' and u.reply_id is null
        and not exists (select 1 from career_updates l where l.check_in_id = u.check_in_id and l.reply_id is null and l.id > u.id)
        and p.erased_at is null and p.name is not null and (${isAsker(asker)}) is not true`,
    )
    .orderBy(sql`u.stored_at desc, u.id desc`)
    .limit(limit);
  return rows.map(({ record, ...row }) => ({ ...row, update: careerUpdateSchema.parse(record) }));
}

const MOST_OF_ONE_NAME = 20;

async function peopleCalled(db: Db, programmeId: ProgrammeId, who: string): Promise<readonly Called[]> {
  const [, platform, account] = /^(slack|discord|terminal):(\S+)$/i.exec(who.trim()) ?? [];
  const isMeant =
    platform !== undefined && account !== undefined
      ? sql`exists (select 1 from accounts a where a.person_id = p.id and a.platform = ${platform.toLowerCase()}::text and a.account = ${account}::text)`
      : sql`lower(p.name) = lower(${who.trim().replaceAll(/\s+/g, ' ')}::text)`;
  const rows = await db
    .select({
      personId: sql`p.id`.mapWith((value) => asBrand<PersonId>(Number(value))),
      name: sql<string>`p.name`,
      cohorts: sql<
        string[]
      >`(select array_agg(c.name order by c.ended_on, c.id) from alumni a join cohorts c on c.id = a.cohort_id
        where a.person_id = p.id and c.programme_id = ${programmeId})`,
      accounts: sql<
        string[]
      >`(select coalesce(array_agg(a.platform || ':' || a.account order by a.platform, a.account), '{}') from accounts a where a.person_id = p.id)`,
    })
    .from(sql`people p join participations t on t.person_id = p.id and t.programme_id = ${programmeId}`)
    .where(sql`p.erased_at is null and p.name is not null and ${isMeant}`)
    .orderBy(sql`p.id`)
    .limit(MOST_OF_ONE_NAME);
  return rows.map((row) => ({ ...row, cohorts: row.cohorts ?? [] }));
}

/** Each person once, at their newest wave, where that did not reach them. */
async function needsHuman(db: Db, programmeId: ProgrammeId, asker: Asker, limit: number): Promise<readonly NeedsHuman[]> {
  return db
    .select({
      name: sql<string | null>`n.name`,
      cohort: sql<string>`n.cohort`,
      state: sql<NeedsHuman['state']>`n.state`,
      reason: sql<string | null>`n.reason`,
    })
    .from(sql`(
      select distinct on (i.person_id) p.name, c.name as cohort, i.state, i.reason
      from cohorts c join check_ins i on i.cohort_id = c.id join people p on p.id = i.person_id
      where c.programme_id = ${programmeId} and c.archived_at is null and p.erased_at is null
        and i.state in ('unreachable', 'unsure') and i.served_by is null and (${isAsker(asker)}) is not true
      order by i.person_id, i.due_at desc) n`)
    .orderBy(sql`lower(n.name)`)
    .limit(limit);
}

async function waitingToBeOpened(db: Db, programmeId: ProgrammeId): Promise<number> {
  const [row] = await db
    .select({ people: countDistinct(deliveries.personId) })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.state, 'queued'),
        eq(deliveries.problem, OPENED_SLOWLY),
        eq(deliveries.kind, 'question'),
        eq(deliveries.programmeId, programmeId),
      ),
    );
  return row?.people ?? 0;
}

/** By number, so that the next batch begins after the last one. */
async function stillToAsk(
  db: Db,
  cohortId: CohortId,
  waveMonths: number,
  after: number,
  limit: number,
): Promise<readonly PersonId[]> {
  const rows = await db
    .select({ id: sql`i.person_id`.mapWith(Number) })
    .from(sql`check_ins i`)
    .where(
      sql`i.cohort_id = ${cohortId} and i.wave_months = ${waveMonths}::int and i.state in ('planned', 'snoozed')
        and i.served_by is null and i.person_id > ${after}::bigint`,
    )
    .orderBy(sql`i.person_id`)
    .limit(limit);
  return rows.map((row) => asBrand<PersonId>(row.id));
}

/** What `saveSettings` would change in the plan; nothing is written. */
async function previewSettings(db: Db, programme: Programme, settings: Settings, now: Date): Promise<readonly PlanChangeLine[]> {
  return db.transaction(async (tx) => {
    const rows = await tx.select().from(cohorts).where(sql`${cohorts.programmeId} = ${programme.id}`);
    const changes: PlanChange[] = [];
    for (const row of rows) changes.push(...(await replanCohort(tx, { ...programme, settings }, asCohort(row), now, true)));
    return changeLines(changes);
  });
}

/** What stands before `%` matches as it is. */
const beginning = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`;

/** By name, each once. */
async function namesBeginning(db: Db, ids: readonly ProgrammeId[], start: string, limit: number): Promise<readonly string[]> {
  const pattern = beginning(start.trim().toLowerCase());
  const rows = await db
    .select({ name: sql<string>`n.name` })
    .from(sql`(
      select distinct p.name from participations t join people p on p.id = t.person_id
      where t.programme_id = any(${idList(ids)}) and p.erased_at is null
        and (lower(p.name) like ${pattern} or lower(p.name) like ${`% ${pattern}`})) n`)
    .orderBy(sql`lower(n.name)`)
    .limit(limit);
  return rows.map(({ name }) => name);
}

/** Those whose name, or a word of it, begins so, or whose number it is; everybody for ''. By name. */
async function findPeople(
  db: Db,
  start: string,
  limit: number,
): Promise<readonly { readonly id: number; readonly name: string; readonly cohorts: readonly string[] }[]> {
  const wanted = start.trim().toLowerCase();
  const pattern = beginning(wanted);
  const rows = await db
    .select({
      id: sql`p.id`.mapWith(Number),
      name: sql<string | null>`p.name`,
      cohorts: sql<string[] | null>`(
        select json_agg(c.name order by c.ended_on, c.id) from alumni a join cohorts c on c.id = a.cohort_id where a.person_id = p.id)`,
    })
    .from(sql`people p`)
    .where(
      sql`p.erased_at is null and (lower(p.name) like ${pattern} or lower(p.name) like ${`% ${pattern}`} or p.id::text = ${wanted})`,
    )
    .orderBy(sql`lower(p.name), p.id`)
    .limit(limit);
  return rows.map((row) => ({ id: row.id, name: row.name ?? '', cohorts: row.cohorts ?? [] }));
}
