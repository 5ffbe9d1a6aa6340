import { and, eq, gte, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Conversation } from '../src/domain/conversation.js';
import type { Message } from '../src/domain/message.js';
import type { Tokens } from './changes.js';
import type { Db } from './connect.js';
import { TRIES_ANEW } from './deliveries.js';
import { takeOffLists } from './prediction-chain.js';
import {
  accounts,
  careerUpdates,
  checkInEvents,
  checkIns,
  deliveries,
  drafts,
  erasedIdentifiers,
  installation,
  linkCodes,
  messages,
  participations,
  people,
  replies,
} from './schema.js';

/** A keyed hash of an identifier such as `slack:U123` or `email:ada@example.org`; the key is never in the database. */
export type Fingerprint = (identifier: string) => string;

export const identifiersOf = (person: {
  readonly email: string | null;
  readonly accounts: Conversation['person']['accounts'];
}): string[] => [
  ...person.accounts.map((each) => `${each.platform}:${each.id}`),
  ...(person.email === null ? [] : [`email:${person.email.toLowerCase()}`]),
];

type Erasure = {
  readonly conversation: Conversation;
  readonly now: Date;
  readonly token: Tokens;
  readonly fingerprint: Fingerprint;
  /** The last message; null where nobody is to be told. */
  readonly farewell: Message | null;
};

/**
 * Removes everything about a person: words, records, names and addresses, also in deliveries. Our own messages are taken off the
 * platform by the outbox. What stays is a number in each cohort's count, and a keyed hash an identifier.
 */
export async function erasePerson(tx: Db, { conversation, now, token, fingerprint, farewell }: Erasure): Promise<void> {
  const { person } = conversation;
  const hashes = identifiersOf(person).map(fingerprint);
  if (hashes.length > 0) {
    const erasedAt = await momentOfItsOwn(tx, now);
    await tx
      .insert(erasedIdentifiers)
      .values(hashes.map((hash) => ({ hash, erasedAt })))
      .onConflictDoUpdate({ target: erasedIdentifiers.hash, set: { erasedAt } });
    await countErasure(tx);
  }
  await emptyOutbox(tx, person.id);
  await forgetInDigests(tx, conversation);
  await tx.delete(careerUpdates).where(eq(careerUpdates.personId, person.id));
  await tx.delete(messages).where(eq(messages.personId, person.id));
  await tx.delete(replies).where(eq(replies.personId, person.id));
  await closeCheckIns(tx, person.id, now);
  await takeOffLists(tx, person.id);
  await tx.delete(linkCodes).where(eq(linkCodes.personId, person.id));
  await dropDrafts(tx, person);
  await tx.delete(participations).where(eq(participations.personId, person.id));
  await tx.delete(accounts).where(eq(accounts.personId, person.id));
  await tx
    .update(people)
    .set({ name: null, email: null, timeZone: null, timeZoneFrom: null, erasedAt: now })
    .where(eq(people.id, person.id));
  const lastAddress = await farewellAddress(tx, conversation);
  if (farewell && lastAddress) {
    await tx.insert(deliveries).values({
      what: `farewell:${person.id}:${token()}`,
      kind: 'farewell',
      payload: farewell,
      ...lastAddress,
      key: token(),
      state: 'queued',
      dueAt: now,
      createdAt: now,
    });
  }
}

/** How often the list of erased people has changed. */
export const ERASURES = 'erasures';

/** By this a database that is older than the copy beside it is told. */
async function countErasure(tx: Db): Promise<void> {
  await tx
    .insert(installation)
    .values({ name: ERASURES, value: '1' })
    .onConflictDoUpdate({ target: installation.name, set: { value: sql`(${installation.value}::bigint + 1)::text` } });
}

/** Their own, and those of organisers in which they stand, such as a list under review: that one has to be begun again. */
async function dropDrafts(tx: Db, { accounts: theirs, email }: Conversation['person']): Promise<void> {
  for (const { platform, id } of theirs)
    await tx.delete(drafts).where(and(eq(drafts.platform, platform), eq(drafts.account, id)));
  for (const word of [...theirs.map(({ id }) => id), ...(email === null ? [] : [email])])
    await tx.delete(drafts).where(sql`position(lower(${word}) in lower(${drafts.payload}::text)) > 0`);
}

/** No two erasures bear the same moment: it alone tells which fingerprints are of one person. */
async function momentOfItsOwn(tx: Db, now: Date): Promise<Date> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('erased_identifiers'))`);
  const [row] = await tx
    .select({ last: sql<string | Date | null>`max(${erasedIdentifiers.erasedAt})` })
    .from(erasedIdentifiers)
    .where(gte(erasedIdentifiers.erasedAt, now));
  return row?.last ? new Date(new Date(row.last).getTime() + 1) : now;
}

/** Where they were written to last, else any account of theirs; a terminal knows people by their number. */
async function farewellAddress(tx: Db, { person }: Conversation): Promise<{ platform: string; address: string } | null> {
  const [last] = await tx
    .select({ platform: deliveries.platform, address: deliveries.address })
    .from(deliveries)
    .where(and(eq(deliveries.state, 'remove'), sql`${deliveries.what} like ${`erased:${person.id}:%`}`))
    .orderBy(sql`id desc`)
    .limit(1);
  if (last?.platform && last.address) return { platform: last.platform, address: last.address };
  const account = person.accounts[0];
  return account ? { platform: account.platform, address: account.id } : null;
}

/** What was sent is to be taken off the platform, what was not is forgotten; neither keeps a word, nor whose it was. */
async function emptyOutbox(tx: Db, personId: number): Promise<void> {
  const own = eq(deliveries.personId, personId);
  const cleared = { personId: null, checkInId: null, replyId: null, payload: null, problem: null };
  await tx
    .update(deliveries)
    .set({
      ...cleared,
      state: 'remove',
      dueAt: sql`least(due_at, sent_at)`,
      leaseUntil: null,
      attempt: TRIES_ANEW,
      what: sql`'erased:' || ${personId}::text || ':' || id`,
    })
    .where(and(own, eq(deliveries.state, 'sent'), isNotNull(deliveries.messageRef)));
  // What may stand on the platform is looked up there, and removed where it does.
  const mayHaveGoneOut = or(
    eq(deliveries.state, 'unsure'),
    and(eq(deliveries.state, 'queued'), isNotNull(deliveries.attemptedAt), isNotNull(deliveries.address)),
  );
  await tx
    .update(deliveries)
    .set({ ...cleared, state: 'queued', attempt: TRIES_ANEW, what: sql`'erased:' || ${personId}::text || ':' || id` })
    .where(and(own, mayHaveGoneOut));
  await tx.delete(deliveries).where(and(own, inArray(deliveries.state, ['queued', 'failed', 'cancelled'])));
  await tx
    .update(deliveries)
    .set({ ...cleared, what: sql`'erased:' || id` })
    .where(own);
}

/** A digest for organisers names people: what is kept of one forgets its words, and one that is yet to be posted is the public one. */
async function forgetInDigests(tx: Db, { person, participations: taking }: Conversation): Promise<void> {
  const name = person.name?.trim();
  const ids = taking.map((each) => each.programme.id);
  if (!name || ids.length === 0) return;
  await tx
    .update(deliveries)
    .set({
      payload: sql`case when ${deliveries.state} in ('queued', 'sending') then coalesce(${deliveries.publicPayload}, ${deliveries.payload}) end`,
    })
    .where(
      and(
        eq(deliveries.kind, 'digest'),
        inArray(deliveries.programmeId, ids),
        sql`position(trim(both '"' from to_jsonb(${name}::text)::text) in ${deliveries.payload}::text) > 0`,
      ),
    );
}

async function closeCheckIns(tx: Db, personId: number, now: Date): Promise<void> {
  const closed = await tx
    .update(checkIns)
    .set({ state: 'erased', reason: null, lookAt: null, notBefore: null, servedBy: null })
    .where(eq(checkIns.personId, personId))
    .returning({ id: checkIns.id, deliveredAt: checkIns.deliveredAt });
  if (closed.length === 0) return;
  await tx
    .insert(checkInEvents)
    .values(closed.map((each) => ({ checkInId: each.id, at: now, state: 'erased', asked: each.deliveredAt !== null })));
}

/** Drops all that an erasure left of whoever has this fingerprint; true where there was something. */
export async function forgetFingerprint(db: Db, hash: string): Promise<boolean> {
  const same = db.select({ at: erasedIdentifiers.erasedAt }).from(erasedIdentifiers).where(eq(erasedIdentifiers.hash, hash));
  const rows = await db.delete(erasedIdentifiers).where(inArray(erasedIdentifiers.erasedAt, same)).returning();
  if (rows.length > 0) await countErasure(db);
  return rows.length > 0;
}
