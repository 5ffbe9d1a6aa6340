import { asc, sql } from 'drizzle-orm';
import { careerUpdateSchema } from '../src/domain/career-update.js';
import type { DigestInput } from '../src/domain/digest.js';
import type { CheckInId, PersonId, ProgrammeId } from '../src/domain/ids.js';
import type { NewsItem, Span, Unreached } from '../src/report-ports.js';
import type { Db } from './connect.js';
import { instantParam } from './report-people.js';
import { asBrand } from './rows.js';
import { people } from './schema.js';

const within = (column: ReturnType<typeof sql>, { since, until }: Span) =>
  sql`${column} > ${instantParam(since)} and ${column} <= ${instantParam(until)}`;

/** The newest version by the span's end of every reply whose first came in it, unless it was taken back. */
const cameIn = (programmeId: ProgrammeId, span: Span) => sql`(
  select distinct on (u.reply_id) u.* from career_updates u
  where u.reply_id in (
      select reply_id from career_updates
      where programme_id = ${programmeId} and ${within(sql`stored_at`, span)} and reply_id is not null and basis <> 'organiser')
    and u.basis <> 'organiser' and u.stored_at <= ${instantParam(span.until)}
    and not exists (
      select 1 from career_updates f where f.reply_id = u.reply_id and f.basis <> 'organiser' and f.stored_at <= ${instantParam(span.since)})
  order by u.reply_id, u.id desc)`;

const isAnswered = sql`(u.record->>'intent' in ('update', 'no_change') or jsonb_array_length(u.record->'activities') > 0)`;

/** People, each once in each count. */
export async function digestCounts(db: Db, programmeId: ProgrammeId, span: Span): Promise<DigestInput['counts']> {
  const [row] = await db
    .select({
      asked: sql`n.asked`.mapWith(Number),
      answered: sql`n.answered`.mapWith(Number),
      confirmed: sql`n.confirmed`.mapWith(Number),
    })
    .from(sql`(select
      (select count(distinct i.person_id) from cohorts c join check_ins i on i.cohort_id = c.id
        where c.programme_id = ${programmeId} and ${within(sql`i.delivered_at`, span)}) as asked,
      (select count(distinct u.person_id) from ${cameIn(programmeId, span)} u where u.basis <> 'taken_back' and ${isAnswered}) as answered,
      (select count(distinct person_id) from career_updates
        where programme_id = ${programmeId} and basis = 'confirmed' and ${within(sql`stored_at`, span)}) as confirmed) n`);
  return row ?? { asked: 0, answered: 0, confirmed: 0 };
}

/** The record, and the name, only of those who agreed to be named beside it. */
export async function digestNews(db: Db, programmeId: ProgrammeId, span: Span): Promise<readonly NewsItem[]> {
  const isNamed = sql`(t.names_consent = 'named' and p.erased_at is null and p.name is not null)`;
  const rows = await db
    .select({
      personId: sql`p.id`.mapWith(Number),
      name: sql<string | null>`case when ${isNamed} then p.name end`,
      record: sql<unknown>`case when ${isNamed} then u.record end`,
      basis: sql<string>`u.basis`,
      carriedForward: sql<boolean>`u.carried_forward`,
      cohort: sql<string | null>`c.name`,
      waveMonths: sql<number | null>`i.wave_months`,
    })
    .from(sql`${cameIn(programmeId, span)} u
      join people p on p.id = u.person_id
      left join participations t on t.person_id = u.person_id and t.programme_id = u.programme_id
      left join check_ins i on i.id = u.check_in_id
      left join cohorts c on c.id = coalesce(i.cohort_id, (
        select a.cohort_id from alumni a join cohorts o on o.id = a.cohort_id and o.programme_id = u.programme_id
        where a.person_id = u.person_id order by o.ended_on desc, o.id desc limit 1))`)
    .where(sql`u.basis <> 'taken_back' and ${isAnswered}`)
    .orderBy(sql`u.reply_id`);
  return rows.map(({ personId, name, record, basis, ...row }) => ({
    ...row,
    personId: asBrand<PersonId>(personId),
    name,
    update: name === null ? null : careerUpdateSchema.parse(record),
    isConfirmed: basis === 'confirmed',
  }));
}

/** For each cohort that goes on, its newest wave with a question out: how many people there are, were asked and have answered. */
export async function standings(db: Db, programmeId: ProgrammeId, at: Date): Promise<DigestInput['standings']> {
  const moment = instantParam(at);
  const rows = await db
    .select({
      cohort: sql<string>`s.name`,
      waveMonths: sql`s.wave`.mapWith(Number),
      answered: sql`s.answered`.mapWith(Number),
      asked: sql`s.asked`.mapWith(Number),
      roster: sql`s.roster`.mapWith(Number),
    })
    .from(sql`(
      select c.name, c.ended_on, c.id, w.wave, n.asked, n.answered,
        (select count(*) from alumni a where a.cohort_id = c.id and a.added_at <= ${moment}) as roster
      from cohorts c
      cross join lateral (
        select i.wave_months as wave from check_ins i
        where i.cohort_id = c.id and exists (select 1 from check_in_events e where e.check_in_id = i.id and e.at <= ${moment} and e.asked)
        order by i.wave_months desc limit 1) w
      cross join lateral (
        select count(*) filter (where e.asked) as asked, count(*) filter (where e.state = 'answered') as answered
        from check_ins i cross join lateral (
          select state, asked from check_in_events where check_in_id = i.id and at <= ${moment} order by at desc, id desc limit 1) e
        where i.cohort_id = c.id and i.wave_months = w.wave) n
      where c.programme_id = ${programmeId} and c.archived_at is null) s`)
    .orderBy(sql`s.ended_on, s.id`);
  return rows;
}

/** In their own words, with their name: that is what they were asked about. */
export async function helpAsked(
  db: Db,
  programmeId: ProgrammeId,
  span: Span,
): Promise<readonly { readonly name: string | null; readonly words: string }[]> {
  return db
    .select({ name: people.name, words: sql<string>`w.words` })
    .from(sql`replies r cross join lateral (
        select string_agg(m.text, ' ' order by m.sent_at, m.id) as words from messages m where m.reply_id = r.id and m.deleted_at is null) w`)
    .innerJoin(people, sql`${people.id} = r.person_id`)
    .where(
      sql`r.programme_id = ${programmeId} and r.help_consent = 'yes' and r.state <> 'taken_back' and ${within(sql`r.help_consent_at`, span)}
        and w.words is not null and ${people.erasedAt} is null`,
    )
    .orderBy(asc(sql`r.id`));
}

/** Each person once, whose question failed in the span and still has at its end. */
export async function unreached(db: Db, programmeId: ProgrammeId, span: Span): Promise<readonly Unreached[]> {
  const rows = await db
    .select({
      checkInId: sql`u.id`.mapWith(Number),
      name: sql<string | null>`u.name`,
      state: sql<Unreached['state']>`u.state`,
      reason: sql<string | null>`u.reason`,
      cohort: sql<string>`u.cohort`,
    })
    .from(sql`(
      select distinct on (i.person_id) i.id, p.name, e.state, e.reason, c.name as cohort
      from cohorts c
      join check_ins i on i.cohort_id = c.id
      join people p on p.id = i.person_id
      cross join lateral (
        select state, reason, at from check_in_events where check_in_id = i.id and at <= ${instantParam(span.until)}
        order by at desc, id desc limit 1) e
      where c.programme_id = ${programmeId} and i.state in ('unreachable', 'unsure') and p.erased_at is null
        and e.state in ('unreachable', 'unsure') and e.at > ${instantParam(span.since)}
      order by i.person_id, e.at desc, i.id desc) u`)
    .orderBy(sql`u.id`);
  return rows.map((row) => ({ ...row, checkInId: asBrand<CheckInId>(row.checkInId) }));
}
