import { and, asc, eq, exists, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { Conversation } from '../src/domain/conversation.js';
import type { PersonId, ReplyId } from '../src/domain/ids.js';
import type { Account } from '../src/domain/people.js';
import type { Placement } from '../src/domain/placement.js';
import type { ReplyText } from '../src/domain/reply.js';
import { dayIn } from '../src/domain/wording.js';
import type { IncomingMessage, Kept, OldReply, SettledReply } from '../src/ports.js';
import type { Db } from './connect.js';
import { loadConversations } from './conversations.js';
import { personAt, usedNow } from './people.js';
import { asBrand } from './rows.js';
import { checkIns, cohorts, messages, people, programmes, replies } from './schema.js';

type Place = (conversation: Conversation, now: Date) => Placement | null;

/** Stores a message, its edit or its deletion; the same one twice, or an edit that leaves the text alone, changes nothing. */
export async function keepMessage(db: Db, incoming: IncomingMessage, now: Date, place: Place): Promise<Kept> {
  return db.transaction(async (tx) => {
    const personId = await personAt(tx, incoming.from);
    if (personId === null) return { kind: 'stranger' };
    const conversation = (await loadConversations(tx, [personId], true)).get(personId);
    // Erased while this waited for the lock: nothing of them is stored again.
    if (!conversation || conversation.person.erasedAt !== null) return { kind: 'stranger' };
    await usedNow(tx, incoming.from, now);
    const [known] = await tx
      .select()
      .from(messages)
      .where(and(eq(messages.platform, incoming.from.platform), eq(messages.externalId, incoming.externalId)));
    if (known) return changeMessage(tx, conversation, known, incoming, now);
    // An edit can overtake its message: it carries the whole text, so it stands for both. A deletion leaves a mark for the same reason.
    return newMessage(tx, conversation, incoming, now, place);
  });
}

async function newMessage(tx: Db, conversation: Conversation, incoming: IncomingMessage, now: Date, place: Place): Promise<Kept> {
  const personId = conversation.person.id;
  const isGone = incoming.kind === 'deleted';
  const placement = isGone ? null : place(conversation, now);
  const replyId = placement === null ? null : await replyFor(tx, personId, placement, now);
  await tx.insert(messages).values({
    personId,
    platform: incoming.from.platform,
    externalId: incoming.externalId,
    replyId,
    text: isGone ? '' : storable(incoming.text),
    sentAt: incoming.sentAt,
    keptAt: now,
    deletedAt: isGone ? now : null,
  });
  if (placement === null || replyId === null) return { kind: 'seen_before' };
  const [later] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.replyId, replyId), gt(messages.sentAt, incoming.sentAt)))
    .limit(1);
  // It was sent before one that came first: the whole is read again, in the order in which it was written.
  if (later) await tx.update(replies).set({ readMessages: 0 }).where(eq(replies.id, replyId));
  await grow(tx, conversation, replyId, now);
  return { kind: 'kept', personId, replyId };
}

/** PostgreSQL stores every character but this one. */
const storable = (text: string) => text.replaceAll('\u0000', '\uFFFD');

async function replyFor(tx: Db, personId: PersonId, placement: Placement, now: Date): Promise<ReplyId> {
  if (placement.kind === 'join') return placement.replyId;
  const { programmeId, checkInId } = placement;
  const [row] = await tx
    .insert(replies)
    .values({ personId, programmeId, checkInId, openedAt: now, state: 'collecting' })
    .returning({ id: replies.id });
  if (!row) throw new Error('the database gave no id to a reply');
  return asBrand<ReplyId>(row.id);
}

async function changeMessage(
  tx: Db,
  conversation: Conversation,
  known: typeof messages.$inferSelect,
  incoming: IncomingMessage,
  now: Date,
): Promise<Kept> {
  const isSame = incoming.kind === 'new' || (incoming.kind === 'edited' && storable(incoming.text) === known.text);
  if (isSame || known.deletedAt !== null || known.personId !== conversation.person.id) return { kind: 'seen_before' };
  const news = incoming.kind === 'deleted' ? { deletedAt: now, text: '' } : { text: storable(incoming.text) };
  await tx.update(messages).set(news).where(eq(messages.id, known.id));
  if (known.replyId === null) return { kind: 'seen_before' };
  const replyId = asBrand<ReplyId>(known.replyId);
  // What was read before is not what stands there now: the whole is read again.
  await tx.update(replies).set({ readMessages: 0 }).where(eq(replies.id, replyId));
  await grow(tx, conversation, replyId, now);
  return { kind: 'kept', personId: conversation.person.id, replyId };
}

/** One more thing to read, once the person has been quiet for as long as their programme says. */
async function grow(tx: Db, conversation: Conversation, replyId: ReplyId, now: Date): Promise<void> {
  const [reply] = await tx.select({ programmeId: replies.programmeId }).from(replies).where(eq(replies.id, replyId));
  const programme = conversation.participations.find((each) => each.programme.id === reply?.programmeId)?.programme;
  const settleAt = new Date(now.getTime() + (programme?.settings.settleMs ?? 45_000));
  await tx
    .update(replies)
    .set({ version: sql`${replies.version} + 1`, settleAt, attempts: 0 })
    .where(eq(replies.id, replyId));
}

/** Replies that have been quiet long enough, with all that a reader must know. */
export async function settledReplies(db: Db, now: Date, limit: number): Promise<readonly SettledReply[]> {
  const rows = await repliesToRead(db)
    .where(and(isNotNull(replies.settleAt), lte(replies.settleAt, now)))
    .orderBy(asc(replies.settleAt))
    .limit(limit);
  const settled: SettledReply[] = [];
  for (const row of rows) {
    const { readMessages, attempts } = row.reply;
    const { text, ...named } = await withWords(db, row);
    settled.push({ ...named, messages: text.messages, readMessages, attempts, text });
  }
  return settled;
}

/** Replies that are not being collected and whose words are still there, by id. */
export async function repliesOf(db: Db, programmeId: number, after: number, limit: number): Promise<readonly OldReply[]> {
  const hasWords = exists(
    db
      .select({ one: sql`1` })
      .from(messages)
      .where(and(eq(messages.replyId, replies.id), isNull(messages.deletedAt))),
  );
  const rows = await repliesToRead(db)
    .where(and(eq(replies.programmeId, programmeId), gt(replies.id, after), isNull(replies.settleAt), hasWords))
    .orderBy(asc(replies.id))
    .limit(limit);
  const old: OldReply[] = [];
  for (const row of rows) old.push({ ...(await withWords(db, row)), cohort: row.cohort, waveMonths: row.waveMonths });
  return old;
}

const repliesToRead = (db: Db) =>
  db
    .select({
      reply: replies,
      programme: programmes,
      zone: people.timeZone,
      cohort: cohorts.name,
      endedOn: cohorts.endedOn,
      waveMonths: checkIns.waveMonths,
    })
    .from(replies)
    .innerJoin(people, eq(people.id, replies.personId))
    .innerJoin(programmes, eq(programmes.id, replies.programmeId))
    .leftJoin(checkIns, eq(checkIns.id, replies.checkInId))
    .leftJoin(cohorts, eq(cohorts.id, checkIns.cohortId))
    .$dynamic();

type ToRead = Awaited<ReturnType<typeof repliesToRead>>[number];

async function withWords(db: Db, { reply, programme, zone, cohort, endedOn }: ToRead) {
  const text: ReplyText = {
    programme: programme.name,
    cohort: cohort ?? programme.name,
    cohortEnd: endedOn ?? dayIn('Etc/UTC', programme.createdAt),
    received: dayIn(zone ?? programme.settings.timeZone, reply.openedAt),
    messages: await wordsOfReply(db, reply.id),
  };
  return {
    replyId: asBrand<ReplyId>(reply.id),
    personId: asBrand<PersonId>(reply.personId),
    version: reply.version,
    text,
  };
}

async function wordsOfReply(db: Db, replyId: number): Promise<readonly string[]> {
  const rows = await db
    .select({ text: messages.text })
    .from(messages)
    .where(and(eq(messages.replyId, replyId), isNull(messages.deletedAt)))
    .orderBy(asc(messages.sentAt), asc(messages.id));
  return rows.map((row) => row.text);
}

/** Looks at a reply again later; it counts how often that was needed. */
export async function putOffReply(db: Db, replyId: ReplyId, until: Date): Promise<void> {
  await db
    .update(replies)
    .set({ settleAt: until, attempts: sql`${replies.attempts} + 1` })
    .where(and(eq(replies.id, replyId), isNotNull(replies.settleAt)));
}

/** How often the time of quiet can begin anew while somebody types, counted from their last message. */
const MOST_WAITS = 5;

/** Somebody who types has not said all: what of theirs is about to settle waits as long again, but not for ever. */
export async function waitWhileTyping(db: Db, account: Account, now: Date): Promise<void> {
  const personId = await personAt(db, account);
  if (personId === null) return;
  const settle = sql`coalesce((${programmes.settings}->>'settleMs')::double precision, 45000) * interval '1 millisecond'`;
  const lastKept = sql`(select max(${messages.keptAt}) from ${messages} where ${messages.replyId} = ${replies.id})`;
  const until = sql`least(${now.toISOString()}::timestamptz + ${settle}, ${lastKept} + ${MOST_WAITS} * ${settle})`;
  await db
    .update(replies)
    .set({ settleAt: until })
    .from(programmes)
    .where(
      and(
        eq(programmes.id, replies.programmeId),
        eq(replies.personId, personId),
        // What is put off already is waiting for something else, and what is due is not taken back.
        eq(replies.attempts, 0),
        gt(replies.settleAt, now),
        sql`${until} > ${replies.settleAt}`,
      ),
    );
}

/** Everything that somebody wrote, oldest first. */
export async function wordsOf(db: Db, personId: PersonId): Promise<readonly { readonly at: Date; readonly text: string }[]> {
  return db
    .select({ at: messages.sentAt, text: messages.text })
    .from(messages)
    .where(and(eq(messages.personId, personId), isNull(messages.deletedAt)))
    .orderBy(asc(messages.sentAt), asc(messages.id));
}
