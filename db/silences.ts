import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PersonId } from '../src/domain/ids.js';
import type { Account, Platform } from '../src/domain/people.js';
import type { Silences, Unread } from '../src/ports.js';
import type { Db } from './connect.js';
import { fact, keepFact } from './platform-memory.js';
import { instantParam } from './report-people.js';
import { accounts, silences } from './schema.js';

export function silencesIn(db: Db): Silences {
  return {
    heardNow: (platform, now) => keepFact(db, signOf(platform), now.toISOString()),
    endSilence: (platform, now, heardUntil = now) => endSilence(db, platform, now, heardUntil),
    unreadOfAsked: (platform, after, limit) => unreadOfAsked(db, platform, after, limit),
    unreadOfEverybody: (platform, longerThanMs, limit) => unreadOfEverybody(db, platform, longerThanMs, limit),
    readUntil: (account, until) => readUntil(db, account, until),
    isUnread: (personId, platforms, until) => isUnread(db, personId, platforms, until),
  };
}

const signOf = (platform: Platform) => `heard:${platform}`;

async function endSilence(db: Db, platform: Platform, now: Date, heardUntil: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const last = await fact(tx, signOf(platform));
    const from = last === null ? now : new Date(Math.min(Date.parse(last), heardUntil.getTime()));
    if (from < now) await tx.insert(silences).values({ platform, from, to: now });
    await keepFact(tx, signOf(platform), now.toISOString());
  });
}

const heardUntil = sql`coalesce(${accounts.heardUntil}, ${accounts.linkedAt})`;
/** What was written before that has been read, or was written to nobody yet. */
const since =
  sql`(select min(s.from_at) from silences s where s.platform = ${accounts.platform} and s.to_at > ${heardUntil})`.mapWith(
    (value: string | Date) => new Date(value),
  );

/** The end of the last silence that was longer than this; null where there was none. */
async function lastSilence(db: Db, platform: Platform, longerThanMs: number): Promise<Date | null> {
  const isLong = sql`${silences.to} - ${silences.from} > ${longerThanMs} * interval '1 millisecond'`;
  const [row] = await db
    .select({ to: silences.to })
    .from(silences)
    .where(and(eq(silences.platform, platform), isLong))
    .orderBy(sql`${silences.to} desc`)
    .limit(1);
  return row?.to ?? null;
}

async function unreadOfAsked(
  db: Db,
  platform: Platform,
  after: number,
  limit: number,
): Promise<{ readonly unread: readonly Unread[]; readonly last: number | null }> {
  const until = await lastSilence(db, platform, 0);
  if (until === null) return { unread: [], last: null };
  // In the order of the index on open check-ins, of which there are few.
  const asked = await db
    .select({ id: sql`c.person_id`.mapWith(Number) })
    .from(
      sql`(select distinct person_id from check_ins where state in ('sending', 'delivered') and served_by is null
        and person_id > ${after}::bigint order by person_id limit ${limit}::int) c`,
    )
    .orderBy(sql`c.person_id`);
  const last = asked.at(-1)?.id ?? null;
  if (last === null) return { unread: [], last };
  const rows = await db
    .select({ id: accounts.account, since })
    .from(accounts)
    .where(
      and(
        eq(accounts.platform, platform),
        inArray(
          accounts.personId,
          asked.map((each) => each.id),
        ),
        sql`${heardUntil} < ${instantParam(until)}`,
      ),
    );
  return { unread: rows.map((row) => ({ account: { platform, id: row.id }, since: row.since, until })), last };
}

async function unreadOfEverybody(db: Db, platform: Platform, longerThanMs: number, limit: number): Promise<readonly Unread[]> {
  const until = await lastSilence(db, platform, longerThanMs);
  if (until === null) return [];
  const rows = await db
    .select({ id: accounts.account, since })
    .from(accounts)
    .where(and(eq(accounts.platform, platform), sql`${heardUntil} < ${instantParam(until)}`))
    .orderBy(heardUntil)
    .limit(limit);
  return rows.map((row) => ({ account: { platform, id: row.id }, since: row.since, until }));
}

async function readUntil(db: Db, { platform, id }: Account, until: Date): Promise<void> {
  await db
    .update(accounts)
    .set({ heardUntil: until })
    .where(and(eq(accounts.platform, platform), eq(accounts.account, id), sql`${heardUntil} < ${instantParam(until)}`));
}

async function isUnread(db: Db, personId: PersonId, platforms: readonly Platform[], until: Date): Promise<boolean> {
  if (platforms.length === 0) return false;
  const rows = await db
    .select({ id: accounts.account })
    .from(accounts)
    .where(
      and(
        eq(accounts.personId, personId),
        inArray(accounts.platform, [...platforms]),
        sql`${heardUntil} < ${instantParam(until)}`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}
