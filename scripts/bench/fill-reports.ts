import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';

/** The waves that everybody has been asked at. */
export const WAVES = [3, 6, 12, 24, 36, 48] as const;

/**
 * A programme with so many people in one cohort, asked at six waves and with a confirmed record of each: what happened is drawn from their numbers, so
 * that every run has the same. One in six never answers, one in twenty has only been read.
 */
export async function fillReports(db: Db, people: number): Promise<void> {
  const settings = JSON.stringify({ ...DEFAULT_SETTINGS, waves: WAVES });
  await db.execute(sql`insert into programmes (name, settings, created_at) values ('Bench', ${settings}::jsonb, '2020-01-01Z')`);
  await db.execute(
    sql`insert into cohorts (programme_id, name, ended_on, created_at) values (1, 'All', '2021-06-04', '2021-06-05Z')`,
  );
  await db.execute(
    sql`insert into people (name, created_at) select 'P' || n, '2021-06-05Z' from generate_series(1, ${people}::int) n`,
  );
  await db.execute(sql`insert into alumni (cohort_id, person_id, added_at) select 1, id, '2021-06-05Z' from people order by id`);
  await db.execute(sql`insert into participations (person_id, programme_id) select id, 1 from people`);
  for (const wave of WAVES) {
    await db.execute(sql`
      insert into check_ins (alumnus_id, person_id, programme_id, cohort_id, wave_months, state, due_on, due_at, asks, delivered_at)
      select a.id, a.person_id, 1, 1, ${wave}::int, case when a.id % 6 = 0 then 'lapsed' else 'answered' end,
        date '2021-06-04' + make_interval(months => ${wave}::int), timestamptz '2021-06-04 10:00Z' + make_interval(months => ${wave}::int), 1,
        timestamptz '2021-06-04 10:00Z' + make_interval(months => ${wave}::int)
      from alumni a order by a.id`);
  }
  await db.execute(sql`
    insert into check_in_events (check_in_id, at, state, asked)
    select c.id, c.delivered_at + s.after, s.state, true from check_ins c
    cross join lateral (values (interval '0', 'delivered'), (interval '1 hour', c.state)) s (after, state)
    order by c.id, s.after`);
  await db.execute(sql`
    insert into replies (person_id, programme_id, check_in_id, opened_at, state)
    select person_id, 1, id, delivered_at, 'read' from check_ins where state = 'answered' order by id`);
  await db.execute(sql`
    insert into career_updates (reply_id, person_id, programme_id, check_in_id, stored_at, record, basis, carried_forward, kind_confidence, track_confidence, reader, reader_version)
    select r.id, r.person_id, 1, r.check_in_id, r.opened_at + interval '1 hour',
      jsonb_build_object('intent', 'update', 'helpWanted', false,
        'influence', jsonb_build_object('rating', case when i.wave_months = 3 then 1 + i.person_id % 5 end, 'channels', jsonb_build_array()),
        'activities', jsonb_build_array(jsonb_build_object(
          'kind', (array['employment', 'study', 'independent_research', 'job_search'])[1 + (i.person_id + i.wave_months) % 4],
          'status', 'current', 'organisation', 'Organisation ' || i.person_id % 997, 'role', 'research engineer', 'topic', 'interpretability',
          'track', (array['alignment', 'governance', 'capabilities', 'non_ai', 'unclear'])[1 + (i.person_id / 7 + i.wave_months / 6) % 5],
          'start', '2022-02', 'end', null, 'commitment', (array['full_time', null, 'part_time'])[1 + i.person_id % 3], 'funder', null, 'people', jsonb_build_array(),
          'evidence', 'since February I am a research engineer there, number ' || i.id))),
      case when i.person_id % 20 = 1 then 'read' else 'confirmed' end, false, 950, 950, 'offline', '1'
    from replies r join check_ins i on i.id = r.check_in_id order by r.id`);
  await db.execute(sql`analyze`);
}
