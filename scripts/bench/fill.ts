import { sql } from 'drizzle-orm';
import type { Db } from '../../db/connect.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';

/** A programme with one cohort of so many people, all on Slack and without a check-in yet; everybody's slot is the start of the window. */
export async function fillPeople(db: Db, people: number): Promise<void> {
  const settings = JSON.stringify({ ...DEFAULT_SETTINGS, spreadMs: 0 });
  await db.execute(sql`insert into programmes (name, settings, created_at) values ('Bench', ${settings}::jsonb, '2024-01-01Z')`);
  await db.execute(
    sql`insert into cohorts (programme_id, name, ended_on, created_at) values (1, 'All', '2024-06-04', '2024-06-05Z')`,
  );
  await db.execute(
    sql`insert into people (name, time_zone, created_at) select 'P' || n, 'Etc/UTC', '2024-06-05Z' from generate_series(1, ${people}::int) n`,
  );
  await db.execute(
    sql`insert into accounts (platform, account, person_id, linked_at) select 'slack', 'U' || id, id, '2024-06-05Z' from people`,
  );
  await db.execute(sql`insert into alumni (cohort_id, person_id, added_at) select 1, id, '2024-06-05Z' from people`);
  await db.execute(sql`insert into participations (person_id, programme_id) select id, 1 from people`);
}
