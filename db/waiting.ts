import { min, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from './connect.js';
import { replies } from './schema.js';

const waitingSchema = z.object({
  rows: z.array(z.object({ state: z.string(), count: z.coerce.number(), first: z.string().nullable(), due: z.coerce.number() })),
});

/** Deliveries still to go out, by state, with when the first of them was due, and for how many that time has come. Read by its index, however many there have been. */
export async function waitingDeliveries(
  db: Db,
  now: Date,
): Promise<ReadonlyMap<string, { readonly count: number; readonly firstDue: Date | null; readonly due: number }>> {
  const result = await db.execute(
    sql`select state, count(*) as count, min(due_at)::text as first,
      count(*) filter (where due_at <= ${now.toISOString()}::timestamptz) as due from deliveries where state in ('queued', 'sending', 'remove') group by state`,
  );
  return new Map(
    waitingSchema
      .parse(result)
      .rows.map(({ state, count, first, due }) => [state, { count, firstDue: first === null ? null : new Date(first), due }]),
  );
}

/** When the next reply is to be read; null where none waits. */
export async function nextSettling(db: Db): Promise<Date | null> {
  const [next] = await db.select({ at: min(replies.settleAt) }).from(replies);
  return next?.at ?? null;
}
