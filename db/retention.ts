import { and, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm';
import type { Db } from './connect.js';
import { instantParam } from './report-people.js';
import { messages, programmes, replies } from './schema.js';

const AT_ONCE = 1_000;
const QUOTES = sql`jsonb_path_exists(record, '$.activities[*].evidence ? (@ != "")')`;

/**
 * Takes the words away that have been kept for as long as their programme says: messages, and the quotes from them in records. What was
 * noted down stays. A message's number stays too, so that it is not taken in anew from the platform's history. Returns how many messages
 * and records lost their words; a thousand of each at a time.
 */
export async function dropOldWords(db: Db, now: Date): Promise<number> {
  let dropped = 0;
  for (const { id, retainMs } of await programmesThatForget(db)) {
    const before = new Date(now.getTime() - retainMs);
    dropped += await emptyMessages(db, id, before, now);
    dropped += await emptyQuotes(db, id, before);
  }
  return dropped;
}

async function programmesThatForget(db: Db): Promise<readonly { readonly id: number; readonly retainMs: number }[]> {
  const retainMs = sql`(${programmes.settings}->>'retainMs')::bigint`;
  return db
    .select({ id: programmes.id, retainMs: retainMs.mapWith(Number) })
    .from(programmes)
    .where(sql`${retainMs} is not null`);
}

async function emptyMessages(db: Db, programmeId: number, before: Date, now: Date): Promise<number> {
  const old = db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(replies, eq(replies.id, messages.replyId))
    .where(
      and(eq(replies.programmeId, programmeId), isNull(replies.settleAt), lt(messages.sentAt, before), ne(messages.text, '')),
    )
    .limit(AT_ONCE);
  const rows = await db
    .update(messages)
    .set({ text: '', deletedAt: sql`coalesce(${messages.deletedAt}, ${instantParam(now)})` })
    .where(inArray(messages.id, old))
    .returning({ id: messages.id });
  return rows.length;
}

async function emptyQuotes(db: Db, programmeId: number, before: Date): Promise<number> {
  const result = await db.execute(sql`
    update career_updates set record = jsonb_set(record, '{activities}', (
      select coalesce(jsonb_agg(a.activity || '{"evidence":""}' order by a.nth), '[]')
      from jsonb_array_elements(record->'activities') with ordinality as a(activity, nth)))
    where id in (
      select id from career_updates
      where programme_id = ${programmeId} and stored_at < ${instantParam(before)} and ${QUOTES} limit ${sql.raw(String(AT_ONCE))})
    returning id`);
  return (result as unknown as { readonly rows: readonly unknown[] }).rows.length;
}
