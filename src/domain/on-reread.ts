import type { CareerUpdate } from './career-update.js';
import { participationIn } from './check-in.js';
import type { Change, Conversation, Reply, StoredUpdate } from './conversation.js';
import type { ReplyId } from './ids.js';
import { mayModelRead } from './notice.js';
import { SURE_ENOUGH } from './partition.js';
import type { Reading, ReplyText } from './reply.js';
import { closeCheckIn, showCard } from './reply-changes.js';
import { asPut, record } from './reply-record.js';

/** What a reader is to be told of an old reply, as of a new one. `model`: the one that is set up. */
export function textAgain(conversation: Conversation, { programmeId }: Reply, text: ReplyText, model: string | null): ReplyText {
  const participation = participationIn(conversation, programmeId);
  return { ...text, writer: conversation.person.name, mayUseModel: mayModelRead(participation, model) };
}

/** Why an old reply is left as it is. */
export type LeftAlone =
  /** Confirmed, put right or taken back, or its writer has stopped since: it is the person's word. */
  | 'settled_by_the_person'
  /** Nothing was made of it at the time: thanks, a question, a wish to be left alone. */
  | 'no_record'
  /** It says that nothing changed: what was known before stands. */
  | 'carried_forward';

/** The record that may be read again; else why not. */
export function rereadable(
  conversation: Conversation,
  replyId: ReplyId,
): { readonly reply: Reply; readonly stored: StoredUpdate } | LeftAlone {
  const reply = conversation.replies.find((each) => each.id === replyId);
  if (!reply?.stored) return 'no_record';
  const { stored } = reply;
  const hasStopped = participationIn(conversation, reply.programmeId).stoppedAt !== null;
  if (hasStopped || reply.state !== 'read' || stored.basis !== 'read') return 'settled_by_the_person';
  return stored.carriedForward ? 'carried_forward' : { reply, stored };
}

/** What reading it again would change; null: nothing that is shown or counted. */
export type Reread = { readonly before: CareerUpdate; readonly after: CareerUpdate; readonly isSurer: boolean };

export function rereadOf(stored: StoredUpdate, reading: Reading): Reread | null {
  const anew = asPut(reading);
  const isSame = JSON.stringify(inOrder(stored.update)) === JSON.stringify(inOrder(anew.update));
  const wasSure = stored.trackConfidence >= SURE_ENOUGH;
  const isSure = anew.trackConfidence >= SURE_ENOUGH;
  if (isSame && wasSure === isSure) return null;
  return { before: stored.update, after: anew.update, isSurer: isSure && !wasSure };
}

/** The database gives a record's fields back in an order of its own. */
const inOrder = ({ intent, activities, influence, helpWanted }: CareerUpdate) => [
  intent,
  helpWanted,
  influence.rating,
  influence.channels,
  activities.map((each) => [
    each.kind,
    each.status,
    each.track,
    each.organisation,
    each.role,
    each.topic,
    each.start,
    each.end,
    each.commitment,
    each.funder,
    each.people,
    each.evidence,
  ]),
];

/**
 * Puts what was read again in the place of what was read before, on the card too; the earlier record stays in the database. Nothing
 * where the person has touched the card, or written more, since it was read.
 */
export function decideOnReread(
  conversation: Conversation,
  seen: { readonly replyId: ReplyId; readonly version: number; readonly stored: StoredUpdate },
  reading: Reading,
  now: Date,
): readonly Change[] {
  const current = rereadable(conversation, seen.replyId);
  if (typeof current === 'string') return [];
  const { reply, stored } = current;
  const hasGrown = reply.version !== seen.version || reply.settleAt !== null;
  if (hasGrown || stored.storedAt.getTime() !== seen.stored.storedAt.getTime()) return [];
  const anew = asPut(reading);
  const place = { conversation, reply, now, messages: reply.readMessages };
  return [
    record(reply, anew),
    ...(anew.update.activities.length > 0 && stored.update.activities.length === 0 ? closeCheckIn(place) : []),
    ...showCard(conversation, reply, now),
  ];
}
