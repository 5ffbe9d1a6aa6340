import { and, asc, eq, gt, inArray, isNotNull, lte } from 'drizzle-orm';
import type { Change, Conversation } from '../src/domain/conversation.js';
import type { PersonId } from '../src/domain/ids.js';
import type { Message } from '../src/domain/message.js';
import type { Account } from '../src/domain/people.js';
import { ERASED } from '../src/domain/wording.js';
import type { Conversations, InboundEvent } from '../src/ports.js';
import { applyChanges, type Tokens } from './changes.js';
import type { Db } from './connect.js';
import { loadConversations } from './conversations.js';
import { deliveryKeys, type Keys } from './delivery-keys.js';
import { erasePerson, type Fingerprint, forgetFingerprint } from './erase.js';
import { joinByEmail, ownerOf, personAt, usedNow } from './people.js';
import { keepMessage, putOffReply, repliesOf, settledReplies, waitWhileTyping, wordsOf } from './replies.js';
import { asBrand } from './rows.js';
import { accounts, alumni, checkIns, deliveries, inboundEvents, linkCodes, people } from './schema.js';

export type Tools = {
  readonly db: Db;
  readonly token: Tokens;
  readonly fingerprint: Fingerprint;
  /** Left out: made from the fingerprints' secret. */
  readonly keys?: Keys;
};

export const keysOf = ({ keys, fingerprint }: Pick<Tools, 'keys' | 'fingerprint'>): Keys => keys ?? deliveryKeys(fingerprint);

export function conversationsIn(tools: Tools): Conversations {
  const { db } = tools;
  return {
    personAt: (account) => personAt(db, account),
    joinByEmail: (email, account, now) => joinByEmail(db, email, account, now),
    ownerOf: (key) => ownerOf(db, key),
    conversation: async (personId) => (await loadConversations(db, [personId])).get(personId) ?? null,
    change: (personId, now, decide, event) => change(tools, personId, now, decide, event),
    changeDue: (now, limit, decide) => changeDue(tools, now, limit, decide),
    keepMessage: (incoming, now, place) => keepMessage(db, incoming, now, place),
    settled: (now, limit) => settledReplies(db, now, limit),
    repliesOf: (programmeId, after, limit) => repliesOf(db, programmeId, after, limit),
    putOffReply: (replyId, until) => putOffReply(db, replyId, until),
    waitWhileTyping: (account, now) => waitWhileTyping(db, account, now),
    wordsOf: (personId) => wordsOf(db, personId),
    tellStranger: (account, what, payload, now) => tellStranger(tools, account, what, payload, now),
    makeLinkCode: (personId, code, expiresAt, now) => makeLinkCode(db, { personId, code, expiresAt }, now),
    useLinkCode: (code, account, now) => useLinkCode(db, code, account, now),
    forget: (account) => forgetFingerprint(db, tools.fingerprint(`${account.platform}:${account.id}`)),
  };
}

/** True the first time this event is seen. */
export async function isNew(tx: Db, { platform, eventId }: InboundEvent, now: Date): Promise<boolean> {
  const rows = await tx
    .insert(inboundEvents)
    .values({ platform, eventId, at: now })
    .onConflictDoNothing()
    .returning({ id: inboundEvents.eventId });
  return rows.length > 0;
}

async function change<T extends { readonly changes: readonly Change[] }>(
  tools: Tools,
  personId: PersonId,
  now: Date,
  decide: (conversation: Conversation) => T,
  event?: InboundEvent,
): Promise<T | null> {
  return tools.db.transaction(async (tx) => {
    if (event && !(await isNew(tx, event, now))) return null;
    const conversation = (await loadConversations(tx, [personId], true)).get(personId);
    if (!conversation || conversation.person.erasedAt !== null) return null;
    if (event?.accountId) await usedNow(tx, { platform: event.platform, id: event.accountId }, now);
    const decided = decide(conversation);
    await applyChanges(tx, now, keysOf(tools), [{ personId, changes: decided.changes }]);
    if (decided.changes.some((each) => each.kind === 'erase')) {
      await erasePerson(tx, { conversation, now, token: tools.token, fingerprint: tools.fingerprint, farewell: ERASED });
    }
    return decided;
  });
}

async function changeDue(
  tools: Tools,
  now: Date,
  limit: number,
  decide: (conversation: Conversation) => readonly Change[],
): Promise<number> {
  return tools.db.transaction(async (tx) => {
    const due = await tx
      .select({ personId: checkIns.personId })
      .from(checkIns)
      .where(and(isNotNull(checkIns.lookAt), lte(checkIns.lookAt, now)))
      .orderBy(asc(checkIns.lookAt))
      .limit(limit);
    const ids = [...new Set(due.map((row) => row.personId))];
    if (ids.length === 0) return 0;
    // Another copy that looks at the same people has them locked: they are left to it.
    const free = await tx
      .select({ id: people.id })
      .from(people)
      .where(inArray(people.id, ids))
      .orderBy(asc(people.id))
      .for('update', { skipLocked: true });
    const mine = free.map((row) => asBrand<PersonId>(row.id));
    const conversations = await loadConversations(tx, mine);
    const changes = [...conversations.values()].map((each) => ({ personId: each.person.id, changes: decide(each) }));
    await applyChanges(tx, now, keysOf(tools), changes);
    return mine.length;
  });
}

async function tellStranger(tools: Tools, account: Account, what: string, payload: Message, now: Date): Promise<boolean> {
  const { platform, id: address } = account;
  // Who a stranger is stays unknown here as well: the same is said once, and a fingerprint is enough to know that.
  const said = `${what}:${tools.fingerprint(`${platform}:${address}`)}`;
  const rows = await tools.db
    .insert(deliveries)
    .values({
      what: said,
      kind: 'note',
      payload,
      platform,
      address,
      key: keysOf(tools)(said),
      state: 'queued',
      dueAt: now,
      createdAt: now,
    })
    .onConflictDoNothing({ target: deliveries.what })
    .returning({ id: deliveries.id });
  return rows.length > 0;
}

async function makeLinkCode(db: Db, link: typeof linkCodes.$inferInsert, now: Date): Promise<void> {
  await db.delete(linkCodes).where(lte(linkCodes.expiresAt, now));
  await db.insert(linkCodes).values(link);
}

async function useLinkCode(
  db: Db,
  code: string,
  account: Account,
  now: Date,
): Promise<'joined' | 'no_such_code' | 'account_taken'> {
  return db.transaction(async (tx) => {
    const [link] = await tx
      .select()
      .from(linkCodes)
      .where(and(eq(linkCodes.code, code), gt(linkCodes.expiresAt, now)))
      .for('update');
    const name = `${account.platform}:${account.id}`;
    // The account that used it may be told again: the first answer can have been lost.
    if (!link || (link.usedBy !== null && link.usedBy !== name)) return 'no_such_code';
    const holder = await personAt(tx, account);
    if (holder === link.personId) return 'joined';
    if (holder !== null) {
      const takesPart = await tx.select({ id: alumni.id }).from(alumni).where(eq(alumni.personId, holder)).limit(1);
      if (takesPart.length > 0) return 'account_taken';
      await tx.delete(accounts).where(and(eq(accounts.platform, account.platform), eq(accounts.account, account.id)));
    }
    await tx.update(linkCodes).set({ usedBy: name }).where(eq(linkCodes.code, code));
    await tx.insert(accounts).values({ platform: account.platform, account: account.id, personId: link.personId, linkedAt: now });
    return 'joined';
  });
}
