import { and, eq, gte, sql } from 'drizzle-orm';
import type { Account } from '../src/domain/people.js';
import type { PlatformMemory } from '../src/platform-ports.js';
import type { Db } from './connect.js';
import { accounts, drafts, installation, leases } from './schema.js';

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
    keepDraft: (account, name, payload, now) => keepDraft(db, { account, name, payload, now }),
    draft: (account, name, now) => draft(db, { account, name, now }),
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

export async function fact(db: Db, name: string): Promise<string | null> {
  const [row] = await db.select({ value: installation.value }).from(installation).where(eq(installation.name, name));
  return row?.value ?? null;
}

export async function keepFact(db: Db, name: string, value: string): Promise<void> {
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

const DRAFT_MS = 86_400_000;

type Named = { readonly account: Account; readonly name: string; readonly now: Date };

const draftKey = ({ account: { platform, id }, name }: Named) => `${platform}:${id}:${name}`;

async function keepDraft(db: Db, named: Named & { readonly payload: unknown }): Promise<void> {
  const { payload, now: madeAt } = named;
  const { platform, id } = named.account;
  await db
    .insert(drafts)
    .values({ key: draftKey(named), platform, account: id, kind: 'platform', payload, madeAt })
    .onConflictDoUpdate({ target: drafts.key, set: { payload, madeAt } });
}

async function draft(db: Db, named: Named): Promise<unknown> {
  const youngEnough = gte(drafts.madeAt, new Date(named.now.getTime() - DRAFT_MS));
  const [row] = await db
    .select({ payload: drafts.payload })
    .from(drafts)
    .where(and(eq(drafts.key, draftKey(named)), youngEnough));
  return row?.payload ?? null;
}
