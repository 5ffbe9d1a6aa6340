import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Change, Conversation } from '../src/domain/conversation.js';
import { type Recorded, TRIES_COUNTED } from '../src/domain/delivery.js';
import type { DeliveryKey, PersonId, ProgrammeId } from '../src/domain/ids.js';
import type { Address, Platform } from '../src/domain/people.js';
import type { Begun, ClaimedDelivery, LastLook } from '../src/ports.js';
import { applyChanges } from './changes.js';
import type { Db } from './connect.js';
import { loadConversations } from './conversations.js';
import type { Keys } from './delivery-keys.js';
import { asBrand } from './rows.js';
import { deliveries } from './schema.js';

/** From this moment, not from the beginning of the transaction: that may have waited for somebody's lock longer than a lease lasts. */
const inMs = (ms: number) => sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;

/** The outcome of the last try is known: tries count anew, and the number still only grows. */
export const TRIES_ANEW = sql`(attempt / ${TRIES_COUNTED} + 1) * ${TRIES_COUNTED}`;

const isToNobodyKnown = sql`(person_id is null and address_kind = 'person')`;
/** What goes to somebody on no roster, or not any more, leaves nothing of them behind once it is over. */
const forgetNobody = {
  address: sql`case when ${isToNobodyKnown} then null else address end`,
  payload: sql`case when ${isToNobodyKnown} then null else payload end`,
};

/** Takes up to `limit` due deliveries for this worker alone until the lease runs out (the database's clock: copies of the process may disagree on the time). */
export async function claimDue(db: Db, now: Date, limit: number, leaseMs: number): Promise<readonly ClaimedDelivery[]> {
  const isFree = or(isNull(deliveries.leaseUntil), lt(deliveries.leaseUntil, sql`now()`));
  const isEdit = and(eq(deliveries.state, 'sent'), sql`${deliveries.revisionWanted} > ${deliveries.revisionShown}`);
  const due = db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        lte(deliveries.dueAt, now),
        // As in the index, so that the planner takes it.
        sql`(state in ('queued', 'sending', 'remove') or (state = 'sent' and revision_wanted > revision_shown))`,
        or(eq(deliveries.state, 'queued'), and(or(inArray(deliveries.state, ['sending', 'remove']), isEdit), isFree)),
      ),
    )
    .orderBy(asc(deliveries.dueAt), asc(deliveries.id))
    .limit(limit)
    .for('update', { skipLocked: true });
  const rows = await db
    .update(deliveries)
    .set({
      state: sql`case when ${deliveries.state} = 'queued' then 'sending' else ${deliveries.state} end`,
      attempt: sql`${deliveries.attempt} + 1`,
      leaseUntil: inMs(leaseMs),
    })
    .where(sql`${deliveries.id} in ${due}`)
    .returning();
  return rows.map(asClaimed).sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.id - b.id);
}

function asClaimed(row: typeof deliveries.$inferSelect): ClaimedDelivery {
  const todo = row.state === 'sending' ? 'send' : row.state === 'remove' ? 'remove' : 'edit';
  return {
    id: asBrand(row.id),
    key: asBrand<DeliveryKey>(row.key),
    what: row.what,
    kind: row.kind as ClaimedDelivery['kind'],
    todo,
    attempt: row.attempt,
    personId: row.personId === null ? null : asBrand<PersonId>(row.personId),
    programmeId: row.programmeId === null ? null : asBrand<ProgrammeId>(row.programmeId),
    checkInId: row.checkInId === null ? null : asBrand(row.checkInId),
    replyId: row.replyId === null ? null : asBrand(row.replyId),
    payload: row.payload,
    publicPayload: row.publicPayload,
    address: addressOf(row),
    messageRef: row.messageRef,
    attemptedAt: row.attemptedAt,
    dueAt: row.dueAt,
    createdAt: row.createdAt,
    revision: row.revisionWanted,
  };
}

function addressOf(row: typeof deliveries.$inferSelect): Address | null {
  if (row.platform === null || row.address === null) return null;
  const what = row.addressKind === 'channel' ? 'channel' : 'person';
  const thread = row.thread === null ? {} : { thread: row.thread };
  return { platform: row.platform as Platform, id: row.address, what, ...thread };
}

/** Whose person row is locked first: every other writer takes the locks in this order. */
async function conversationOf(tx: Db, personId: PersonId | null): Promise<Conversation | null> {
  if (personId === null) return null;
  return (await loadConversations(tx, [personId], true)).get(personId) ?? null;
}

/** Still ours: claimed by this try and not taken over after its lease ran out. */
const isMine = (claimed: ClaimedDelivery) => and(eq(deliveries.id, claimed.id), eq(deliveries.attempt, claimed.attempt));

/** The last look: decides on what is true now, and writes the try down before it is made. */
export async function beginTry(
  db: Db,
  keys: Keys,
  claimed: ClaimedDelivery,
  now: Date,
  leaseMs: number,
  look: (conversation: Conversation | null) => LastLook,
): Promise<Begun> {
  return db.transaction(async (tx) => {
    const conversation = await conversationOf(tx, claimed.personId);
    const [row] = await tx.select({ id: deliveries.id }).from(deliveries).where(isMine(claimed)).for('update');
    if (!row) return { kind: 'nothing', why: 'lost' };
    const looked = look(conversation);
    switch (looked.kind) {
      case 'send': {
        const { platform, id: address, what: addressKind } = looked.address;
        await tx
          .update(deliveries)
          .set({ platform, address, addressKind, attemptedAt: sql`clock_timestamp()`, leaseUntil: inMs(leaseMs) })
          .where(eq(deliveries.id, claimed.id));
        return { kind: 'go', message: looked.message, address: looked.address };
      }
      case 'wait':
        await tx
          .update(deliveries)
          .set({
            dueAt: looked.until,
            leaseUntil: null,
            attempt: TRIES_ANEW,
            state: claimed.todo === 'send' ? 'queued' : sql`state`,
          })
          .where(eq(deliveries.id, claimed.id));
        return { kind: 'nothing', why: 'waits' };
      case 'drop':
        await tx
          .update(deliveries)
          .set({
            leaseUntil: null,
            problem: looked.why,
            ...(claimed.todo === 'send' ? { state: 'cancelled', ...forgetNobody } : {}),
            ...(claimed.todo === 'edit' ? { revisionShown: sql`revision_wanted` } : {}),
            ...(claimed.todo === 'remove' ? REMOVED : {}),
          })
          .where(eq(deliveries.id, claimed.id));
        if (claimed.personId !== null)
          await applyChanges(tx, now, keys, [{ personId: claimed.personId, changes: looked.changes }]);
        return { kind: 'nothing', why: looked.why };
    }
  });
}

/** Records a try; false where the lease was lost and another worker goes on with it. */
export async function recordTry(
  db: Db,
  keys: Keys,
  claimed: ClaimedDelivery,
  recorded: Recorded,
  now: Date,
  changes: (conversation: Conversation) => readonly Change[],
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const conversation = await conversationOf(tx, claimed.personId);
    const rows = await tx
      .update(deliveries)
      .set(recordedColumns(claimed, recorded, now))
      .where(isMine(claimed))
      .returning({ id: deliveries.id });
    if (rows.length === 0) return false;
    if (conversation) await applyChanges(tx, now, keys, [{ personId: conversation.person.id, changes: changes(conversation) }]);
    return true;
  });
}

const REMOVED = { state: 'removed', address: null, messageRef: null };

function recordedColumns(claimed: ClaimedDelivery, recorded: Recorded, now: Date) {
  const isSend = claimed.todo === 'send';
  const over = claimed.todo === 'remove' ? REMOVED : { revisionShown: claimed.revision };
  switch (recorded.kind) {
    case 'sent':
      if (!isSend)
        return {
          ...over,
          leaseUntil: null,
          problem: null,
          attempt: TRIES_ANEW,
          ...(claimed.todo === 'edit' ? { messageRef: recorded.ref } : {}),
        };
      return {
        // Erased while it was on its way: it is taken off the platform again.
        state: sql`case when ${deliveries.what} like 'erased:%' then 'remove' else 'sent' end`,
        sentAt: now,
        leaseUntil: null,
        attempt: TRIES_ANEW,
        problem: null,
        revisionShown: claimed.revision,
        ...(isToNobody(claimed) ? { payload: null, address: null } : { messageRef: recorded.ref }),
      };
    case 'again':
      return {
        dueAt: recorded.at,
        leaseUntil: null,
        problem: recorded.problem,
        ...(isSend ? { state: 'queued' } : {}),
        ...(recorded.mayHaveGoneOut ? {} : { attemptedAt: null, attempt: TRIES_ANEW }),
      };
    case 'failed':
    case 'unsure':
      // An edit or a removal that cannot be made is given up: the message itself stands.
      return { leaseUntil: null, problem: recorded.problem, ...(isSend ? { state: recorded.kind, ...forgetNobody } : over) };
  }
}

/** To somebody who is on no roster, or not any more: nothing of them stays behind once it is sent. */
const isToNobody = ({ personId, what, address }: ClaimedDelivery) =>
  personId === null && address?.what === 'person' && !what.startsWith('erased:');
