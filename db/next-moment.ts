import { sql } from 'drizzle-orm';
import type { Db } from './connect.js';

/** The next instant after `now` at which there is something to do; null where nothing is to come. For clocks that are turned, not waited for. */
export async function nextMoment(db: Db, now: Date): Promise<Date | null> {
  const after = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.select({ at: sql<string | Date | null>`min(t.at)` }).from(sql`(
    select min(look_at) as at from check_ins where look_at > ${after}
    union all select min(settle_at) from replies where settle_at > ${after}
    union all select min(due_at) from deliveries where state in ('queued', 'remove') and due_at > ${after}) t`);
  return row?.at ? new Date(row.at) : null;
}
