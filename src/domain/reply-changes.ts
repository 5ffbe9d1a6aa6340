import type { Change, Conversation, NewDelivery, Reply } from './conversation.js';
import type { Message } from './message.js';
import { record } from './reply-record.js';
import { answered, unanswered } from './transitions.js';

/** A reply that is being settled; `messages` is how many it has. */
export type Place = { readonly conversation: Conversation; readonly reply: Reply; readonly now: Date; readonly messages: number };

export const readNow = (place: Place, state: Reply['state']): Change => ({
  kind: 'reply',
  reply: { ...place.reply, state, settleAt: null, readVersion: place.reply.version, readMessages: place.messages },
});

/** Somebody who has stopped since they wrote has heard the last of it. */
const hasStoppedSince = (conversation: Conversation, reply: Reply): boolean => {
  const stoppedAt = conversation.participations.find((each) => each.programme.id === reply.programmeId)?.stoppedAt ?? null;
  return stoppedAt !== null && reply.openedAt <= stoppedAt;
};

/** A message of its own, once for this version of the reply. */
export function tell(place: Place, payload: Message): readonly Change[] {
  const { conversation, reply } = place;
  if (hasStoppedSince(conversation, reply)) return [];
  const delivery: NewDelivery = {
    what: `note:reply:${reply.id}:${reply.version}`,
    kind: 'note',
    programmeId: reply.programmeId,
    checkInId: null,
    replyId: reply.id,
    payload,
    dueAt: place.now,
  };
  return [{ kind: 'deliver', delivery }];
}

/** The card of a reply: written down once, edited in place afterwards. */
export function showCard(conversation: Conversation, reply: Reply, now: Date): readonly Change[] {
  const card = conversation.sent.find((own) => own.kind === 'card' && own.replyId === reply.id);
  if (card) return [{ kind: 'refresh', deliveryId: card.id }];
  if (hasStoppedSince(conversation, reply)) return [];
  const delivery: NewDelivery = {
    what: `card:${reply.id}`,
    kind: 'card',
    programmeId: reply.programmeId,
    checkInId: null,
    replyId: reply.id,
    payload: null,
    dueAt: now,
  };
  return [{ kind: 'deliver', delivery }];
}

/** The record counts for nothing from now on, and its check-in is as if unanswered. */
export function takenBack(conversation: Conversation, reply: Reply, now: Date): readonly Change[] {
  if (reply.stored === null || reply.stored.basis === 'taken_back') return [];
  const others = conversation.replies.some(
    (each) =>
      each.id !== reply.id && each.checkInId === reply.checkInId && each.stored !== null && each.stored.basis !== 'taken_back',
  );
  return [
    record(reply, { ...reply.stored, basis: 'taken_back' }),
    ...(reply.checkInId !== null && !others ? unanswered(conversation, reply.checkInId, now) : []),
    ...showCard(conversation, reply, now),
  ];
}

export const closeCheckIn = ({ conversation, reply, now }: Place): readonly Change[] =>
  reply.checkInId === null ? [] : answered(conversation, reply.checkInId, now);
