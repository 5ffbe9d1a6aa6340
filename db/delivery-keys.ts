import { createHash } from 'node:crypto';
import { asc, inArray } from 'drizzle-orm';
import type { NewDelivery } from '../src/domain/conversation.js';
import type { Db } from './connect.js';
import type { Fingerprint } from './erase.js';
import { messages } from './schema.js';

/** The key of a delivery, from what it is. */
export type Keys = (what: string) => string;

const KEY_LENGTH = 22;

/**
 * The same thing bears the same key however often it is written down: what was sent after the backup that a database was restored
 * from is known again on the platform. Nobody without the secret can guess one.
 */
export const deliveryKeys =
  (fingerprint: Fingerprint): Keys =>
  (what) =>
    createHash('sha256')
      .update(fingerprint(`delivery:${what}`))
      .digest('base64url')
      .slice(0, KEY_LENGTH);

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
