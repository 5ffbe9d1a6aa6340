import { createHash } from 'node:crypto';
import { asc, inArray } from 'drizzle-orm';
import type { NewDelivery } from '../src/domain/conversation.js';
import type { Db } from './connect.js';
import type { Fingerprint } from './erase.js';
import { fact } from './platform-memory.js';
import { installation, messages } from './schema.js';

/** The key of a delivery, from what it is. */
export type Keys = (what: string) => string;

const KEY_LENGTH = 22;
const SEED = 'delivery_seed';

/**
 * The same thing bears the same key however often it is written down: what was sent after the backup that a database was restored
 * from is known again on the platform. Nobody without the key of the hash can guess one.
 */
export const deliveryKeys =
  (keyedHash: Fingerprint): Keys =>
  (what) =>
    createHash('sha256')
      .update(keyedHash(`delivery:${what}`))
      .digest('base64url')
      .slice(0, KEY_LENGTH);

/** What the keys of this database's deliveries are made with: chosen once, and part of a backup, since what was sent must be known again. */
export async function deliverySeed(db: Db, fresh: string): Promise<string> {
  await db.insert(installation).values({ name: SEED, value: fresh }).onConflictDoNothing();
  const seed = await fact(db, SEED);
  if (seed === null) throw new Error('the database kept no seed for the keys of deliveries');
  return seed;
}

/**
 * What each of these is, in words that outlive the database. A reply that is read from the platform's history again after a restore
 * gets another number here, but its first message is the same there.
 */
export async function lastingNames(tx: Db, news: readonly NewDelivery[]): Promise<ReadonlyMap<NewDelivery, string>> {
  const isOfReply = ({ what, replyId }: NewDelivery) => replyId !== null && what.split(':').includes(String(replyId));
  const ids = news.filter(isOfReply).flatMap(({ replyId }) => replyId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ replyId: messages.replyId, platform: messages.platform, id: messages.externalId })
    .from(messages)
    .where(inArray(messages.replyId, ids))
    .orderBy(asc(messages.sentAt), asc(messages.externalId));
  const first = new Map<number, string>();
  for (const { replyId, platform, id } of rows)
    if (replyId !== null && !first.has(replyId)) first.set(replyId, `${platform}/${id}`);
  return new Map(
    news.filter(isOfReply).flatMap((each) => {
      const name = first.get(Number(each.replyId));
      const named = (part: string) => (part === String(each.replyId) ? name : part);
      return name === undefined ? [] : [[each, each.what.split(':').map(named).join(':')]];
    }),
  );
}
