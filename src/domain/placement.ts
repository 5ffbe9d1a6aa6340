import { checkInFor } from './check-in.js';
import type { Conversation, Reply } from './conversation.js';
import type { ReplyId } from './ids.js';

/** Where a new message belongs: to the reply that is being given, or to a new one. */
export type Placement =
  | { readonly kind: 'join'; readonly replyId: ReplyId }
  | { readonly kind: 'open'; readonly programmeId: Reply['programmeId']; readonly checkInId: Reply['checkInId'] };

const JOIN_WITHIN_MS = 28 * 86_400_000;

/** Null where the person takes part in nothing. */
export function placeMessage(conversation: Conversation, now: Date): Placement | null {
  const last = conversation.replies.at(-1);
  const checkIn = checkInFor(conversation, now);
  const isGoingOn = last && (last.state === 'collecting' || (last.state === 'read' && last.checkInId === (checkIn?.id ?? null)));
  if (last && isGoingOn && now.getTime() - last.openedAt.getTime() < JOIN_WITHIN_MS) return { kind: 'join', replyId: last.id };
  if (checkIn) return { kind: 'open', programmeId: checkIn.programmeId, checkInId: checkIn.id };
  const programmeId = last?.programmeId ?? conversation.participations[0]?.programme.id;
  return programmeId === undefined ? null : { kind: 'open', programmeId, checkInId: null };
}
