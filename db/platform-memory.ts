import { and, eq, sql } from 'drizzle-orm';
import type { Account } from '../src/domain/people.js';
import type { PlatformMemory } from '../src/platform-ports.js';
import type { Db } from './connect.js';
import { accounts, installation, leases } from './schema.js';

/** What of the platforms is kept, on an open database. */
export function platformMemoryIn(db: Db): PlatformMemory {
  return {
    directChannel: (account) => directChannel(db, account),
    keepDirectChannel: (account, channelId) => keepDirectChannel(db, account, channelId),
    fact: (name) => fact(db, name),
    keepFact: (name, value) => keepFact(db, name, value),
    holdLease: (name, holder, leaseMs) => holdLease(db, name, holder, leaseMs),
    dropLease: async (name, holder) =>
      void (await db.delete(leases).where(and(eq(leases.name, name), eq(leases.holder, holder)))),
  };
}

const isAccount = ({ platform, id }: Account) => and(eq(accounts.platform, platform), eq(accounts.account, id));

async function directChannel(db: Db, account: Account): Promise<string | null> {
  const [row] = await db.select({ channel: accounts.directChannel }).from(accounts).where(isAccount(account));
  return row?.channel ?? null;
}

/** Of somebody who is on no list nothing is kept. */
async function keepDirectChannel(db: Db, account: Account, channelId: string): Promise<void> {
  await db.update(accounts).set({ directChannel: channelId }).where(isAccount(account));
}

async function fact(db: Db, name: string): Promise<string | null> {
  const [row] = await db.select({ value: installation.value }).from(installation).where(eq(installation.name, name));
  return row?.value ?? null;
}

async function keepFact(db: Db, name: string, value: string): Promise<void> {
  await db.insert(installation).values({ name, value }).onConflictDoUpdate({ target: installation.name, set: { value } });
}

async function holdLease(db: Db, name: string, holder: string, leaseMs: number): Promise<boolean> {
  const until = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;
  const rows = await db
    .insert(leases)
    .values({ name, holder, until })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder, until },
      setWhere: sql`${leases.holder} = ${holder} or ${leases.until} < clock_timestamp()`,
    })
    .returning({ name: leases.name });
  return rows.length > 0;
}
