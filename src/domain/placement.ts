import { checkInFor, isOpen } from './check-in.js';
import type { CheckIn, Conversation, Reply } from './conversation.js';
import type { ReplyId } from './ids.js';
import { DAY_MS } from './settings.js';

/** Where a new message belongs: to the reply that is being given, or to a new one. */
export type Placement =
  | { readonly kind: 'join'; readonly replyId: ReplyId }
  | { readonly kind: 'open'; readonly programmeId: Reply['programmeId']; readonly checkInId: Reply['checkInId'] };

const JOIN_WITHIN_MS = 28 * DAY_MS;
/** What comes so soon after a card is about that card, even where another wave is about to open. */
const SOON_MS = DAY_MS;

/** Null where the person takes part in nothing. */
export function placeMessage(conversation: Conversation, now: Date): Placement | null {
  const last = conversation.replies.at(-1);
  const checkIn = checkInFor(conversation, now);
  if (last && isGoingOn(last, checkIn, now)) return { kind: 'join', replyId: last.id };
  if (checkIn) return { kind: 'open', programmeId: checkIn.programmeId, checkInId: checkIn.id };
  const programmeId = last?.programmeId ?? conversation.participations[0]?.programme.id;
  return programmeId === undefined ? null : { kind: 'open', programmeId, checkInId: null };
}

function isGoingOn(last: Reply, checkIn: CheckIn | null, now: Date): boolean {
  const age = now.getTime() - last.openedAt.getTime();
  if (last.state === 'collecting') return age < JOIN_WITHIN_MS;
  if (last.state !== 'read') return false;
  if (last.checkInId === (checkIn?.id ?? null)) return age < JOIN_WITHIN_MS;
  return age < SOON_MS && !(checkIn && isOpen(checkIn));
}
