import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Activity, COMMITMENTS, INTENTS, influenceSchema, KINDS, STATUSES } from '../src/domain/career-update.js';
import { CHECK_IN_STATES } from '../src/domain/check-in-state.js';
import { type PersonAtWave, STANDS_AFTER_MS, SURE_ENOUGH } from '../src/domain/partition.js';
import type { Alike, PeopleQuery } from '../src/report-ports.js';
import type { Db } from './connect.js';
import { instantParam, rosterOf } from './report-people.js';

/** `others`: by their number as alumni, living people in whose records there is more to weigh than one query should. */
export type Grouped = { readonly alike: readonly Alike[]; readonly others: readonly number[] };

/**
 * What is read of a record: of each activity its kind, status, track and commitment, one behind the other. All that a report counts hangs on
 * these, see `positionOf`, and there are few different ones of them, however many people there are.
 */
const GIST = sql.raw(
  ['kind', 'status', 'track', 'commitment']
    .map((key) => `jsonb_path_query_array(u.record, '$.activities[*].${key}')`)
    .join(' || '),
);

/**
 * The people of a wave, counted by what a report counts, in one query: a report over a hundred thousand people must not fetch each. It says the same as
 * `peopleAtWave` of everybody whose check-in was served by no other and of whom nobody else has entered anything; the rest are left to that.
 * Not for a wave at which, or before which, people were asked for their plans.
 */
export async function groupsAtWave(db: Db, query: PeopleQuery & { readonly waveMonths: number }): Promise<Grouped> {
  const { waveMonths, asOf } = query;
  const at = instantParam(asOf);
  const stoodSince = instantParam(new Date(asOf.getTime() - STANDS_AFTER_MS));
  const eventOf = (checkIn: ReturnType<typeof sql>) =>
    sql`select state, asked from check_in_events where check_in_id = ${checkIn} and at <= ${at} order by at desc, id desc limit 1`;
  // As `standingRecord` has it: what was confirmed last, else the newest, of what was not taken back since.
  const standing = (checkIn: ReturnType<typeof sql>) => sql`
    select ${GIST} as gist, u.record->>'intent' as intent, u.record->'influence' as influence, u.carried_forward as carried,
      case when u.basis = 'confirmed' then 'confirmed'
        when u.track_confidence >= ${SURE_ENOUGH * 1000}::int and exists (
          select 1 from deliveries d where d.person_id = u.person_id and d.kind = 'card' and d.reply_id = u.reply_id
            and greatest(d.sent_at, u.stored_at) <= ${stoodSince} and d.sent_at is not null) then 'shown'
        else 'read' end as basis
    from career_updates u
    where u.check_in_id = ${checkIn} and u.stored_at <= ${at} and u.basis not in ('taken_back', 'organiser')
      and not exists (
        select 1 from career_updates t
        where t.reply_id = u.reply_id and t.basis = 'taken_back' and t.id > u.id and t.check_in_id = ${checkIn} and t.stored_at <= ${at})
    order by (u.basis = 'confirmed') desc, u.id desc limit 1`;
  const counted = (tx: Parameters<Parameters<Db['transaction']>[0]>[0]) =>
    tx
      .select({
        alumnusId: sql<unknown>`g.other`,
        erased: sql<unknown>`g.erased`,
        planned: sql<unknown>`g.planned`,
        state: sql<unknown>`g.state`,
        asked: sql<unknown>`g.asked`,
        gist: sql<unknown>`g.gist`,
        intent: sql<unknown>`g.intent`,
        influence: sql<unknown>`g.influence`,
        carried: sql<unknown>`g.carried`,
        basis: sql<unknown>`g.basis`,
        beforeGist: sql<unknown>`g.before_gist`,
        beforeBasis: sql<unknown>`g.before_basis`,
        people: sql<unknown>`g.people`,
      })
      .from(sql`(
      with roster as (${rosterOf(query)}),
      chosen as (
        select r.alumnus_id, p.erased_at is not null as erased, c.id, c.id is not null as planned, coalesce(e.state, 'planned') as state,
          coalesce(e.asked, false) as asked, b.id as before_id,
          c.served_by is not null or b.served_by is not null or coalesce(entered.is_there, false) as is_other
        from roster r
        join people p on p.id = r.person_id
        left join check_ins c on c.alumnus_id = r.alumnus_id and c.wave_months = ${waveMonths}::int and p.erased_at is null
        left join lateral (${eventOf(sql`c.id`)}) e on true
        left join lateral (
          select w.id, w.served_by from check_ins w
          where w.alumnus_id = c.alumnus_id and w.wave_months < ${waveMonths}::int and (select asked from (${eventOf(sql`w.id`)}) f)
          order by w.wave_months desc limit 1) b on true
        left join (
          select distinct check_in_id, true as is_there from career_updates
          where reply_id is null and basis in ('organiser', 'taken_back')) entered on entered.check_in_id = c.id),
      weighed as (
        select case when is_other then alumnus_id end as other, erased, planned, state, asked,
          case when is_other then null else id end as id, case when is_other then null else before_id end as before_id
        from chosen)
      select w.other, w.erased, w.planned, w.state, w.asked, n.gist, n.intent, n.influence, n.carried, n.basis,
        o.gist as before_gist, o.basis as before_basis, count(*) as people
      from weighed w
      left join lateral (${standing(sql`w.id`)}) n on true
      left join lateral (${standing(sql`w.before_id`)}) o on true
      group by w.other, w.erased, w.planned, w.state, w.asked, n.gist, n.intent, n.influence, n.carried, n.basis, o.gist, o.basis) g`);
  const rows = await db.transaction(async (tx) => {
    // The groups fit into memory, which the planner does not know; to compile a query that runs for a second takes longer than it saves.
    await tx.execute(sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`);
    return counted(tx);
  });
  const groups = rows.map((row) => rowSchema.parse(row));
  return {
    alike: groups.flatMap((group) => (group.alumnusId === null ? [{ person: asPerson(group), people: group.people }] : [])),
    others: groups.flatMap(({ alumnusId }) => alumnusId ?? []),
  };
}

const basis = z.enum(['confirmed', 'shown', 'read']);
const gist = z.array(z.string().nullable());
const rowSchema = z.object({
  alumnusId: z.coerce.number().nullable(),
  erased: z.boolean(),
  /** There is a check-in. */
  planned: z.boolean(),
  state: z.enum(CHECK_IN_STATES),
  asked: z.boolean(),
  gist: gist.nullable(),
  intent: z.enum(INTENTS).nullable(),
  influence: influenceSchema.nullable(),
  carried: z.boolean().nullable(),
  basis: basis.nullable(),
  beforeGist: gist.nullable(),
  beforeBasis: basis.nullable(),
  people: z.coerce.number(),
});
type Group = z.infer<typeof rowSchema>;

function asPerson({ erased, planned, state, asked, ...said }: Group): PersonAtWave {
  const { intent, influence, carried, beforeBasis, beforeGist } = said;
  return {
    erased,
    checkIn: planned ? { state, asked } : null,
    record:
      said.gist && intent && influence && said.basis
        ? { activities: activitiesOf(said.gist), intent, influence, basis: said.basis, carriedForward: carried === true }
        : null,
    previous: beforeGist && beforeBasis ? { activities: activitiesOf(beforeGist), basis: beforeBasis } : null,
    planned: null,
    thirdParty: null,
  };
}

const partsSchema = z.object({
  kind: z.enum(KINDS),
  status: z.enum(STATUSES),
  track: z.string(),
  commitment: z.enum(COMMITMENTS).nullable(),
});

function activitiesOf(parts: readonly (string | null)[]): readonly Activity[] {
  const count = parts.length / 4;
  return Array.from({ length: count }, (_, nth) => {
    const [kind, status, track, commitment] = [0, 1, 2, 3].map((key) => parts[key * count + nth]);
    return {
      ...partsSchema.parse({ kind, status, track, commitment: commitment ?? null }),
      organisation: null,
      role: null,
      topic: null,
      start: null,
      end: null,
      funder: null,
      people: [],
      evidence: '',
    };
  });
}
