import { and, eq, gte, lt } from 'drizzle-orm';
import { DRAFT_MS, type Draft, draftSchema } from '../src/domain/drafts.js';
import type { Account } from '../src/domain/people.js';
import type { Drafts } from '../src/organiser-ports.js';
import type { Tokens } from './changes.js';
import type { Db } from './connect.js';
import { drafts, inboundEvents } from './schema.js';

/** What organisers have begun and not finished. */
export function draftsIn(db: Db, token: Tokens): Drafts {
  return {
    keep: async (from, draft, now) => {
      const key = token();
      await db.insert(drafts).values({ key, ...madeBy(from), kind: draft.kind, payload: draft, madeAt: now });
      return key;
    },
    find: (from, key, now) => findDraft(db, from, key, now),
    replace: async (from, key, draft) =>
      void (await db.update(drafts).set({ kind: draft.kind, payload: draft }).where(isTheirs(from, key))),
    drop: async (from, key) => {
      const rows = await db.delete(drafts).where(isTheirs(from, key)).returning({ key: drafts.key });
      return rows.length > 0;
    },
    firstHeard: async (event, now) => {
      const rows = await db
        .insert(inboundEvents)
        .values({ ...event, at: now })
        .onConflictDoNothing()
        .returning({ id: inboundEvents.eventId });
      return rows.length > 0;
    },
  };
}

const madeBy = ({ platform, id }: Account) => ({ platform, account: id });
const isTheirs = ({ platform, id }: Account, key: string) =>
  and(eq(drafts.key, key), eq(drafts.platform, platform), eq(drafts.account, id));
const lastKept = (now: Date) => new Date(now.getTime() - DRAFT_MS);

async function findDraft(db: Db, from: Account, key: string, now: Date): Promise<Draft | null> {
  const [row] = await db
    .select({ payload: drafts.payload })
    .from(drafts)
    .where(and(isTheirs(from, key), gte(drafts.madeAt, lastKept(now))));
  return row ? draftSchema.parse(row.payload) : null;
}

/** Drops what nobody has finished within a day; returns how many. */
export async function sweepDrafts(db: Db, now: Date): Promise<number> {
  const rows = await db
    .delete(drafts)
    .where(lt(drafts.madeAt, lastKept(now)))
    .returning({ key: drafts.key });
  return rows.length;
}
