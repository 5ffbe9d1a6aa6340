import type { CheckIn, Conversation, Participation, Reply } from './conversation.js';
import type { CheckInId, ProgrammeId } from './ids.js';

/** News that nobody asked for counts for a wave that opens so soon. */
export const NEAR_MS = 28 * 86_400_000;

/** Whether its question is out and may still be answered in the ordinary way. */
export function isOpen(checkIn: CheckIn): boolean {
  return checkIn.state === 'delivered' || checkIn.state === 'sending' || checkIn.state === 'unsure';
}

/** Whether nothing of it has gone out yet, or it is to go out again. */
export function isUnsent(checkIn: CheckIn): boolean {
  return checkIn.state === 'planned' || checkIn.state === 'snoozed';
}

/** The check-ins that one question stands for: the one asked, and those it serves. */
export function servedTogether(conversation: Conversation, checkInId: CheckInId): readonly CheckIn[] {
  return conversation.checkIns.filter((each) => each.id === checkInId || each.servedBy === checkInId);
}

export function participationIn(conversation: Conversation, programmeId: ProgrammeId): Participation {
  const found = conversation.participations.find((each) => each.programme.id === programmeId);
  if (!found) throw new Error(`person ${conversation.person.id} takes no part in programme ${programmeId}`);
  return found;
}

/** Whether anything was said since its question last came: whoever is in conversation is not reminded. */
export function hasBeenHeard(conversation: Conversation, { id, deliveredAt }: CheckIn): boolean {
  return conversation.replies.some((reply) => reply.checkInId === id && deliveredAt !== null && reply.openedAt >= deliveredAt);
}

/** The last thing somebody let stand about themselves in this programme, among those that count; never one that they took back. */
export function lastKnown(
  conversation: Conversation,
  programmeId: ProgrammeId,
  counts: (reply: Reply) => boolean = () => true,
): Reply | null {
  const known = conversation.replies.filter(
    (reply) =>
      reply.programmeId === programmeId &&
      reply.stored !== null &&
      reply.stored.basis !== 'taken_back' &&
      reply.stored.update.activities.length > 0 &&
      counts(reply),
  );
  return known.at(-1) ?? null;
}

const latest = (checkIns: readonly CheckIn[], by: (checkIn: CheckIn) => number) =>
  checkIns.reduce<CheckIn | null>((best, each) => (best === null || by(each) >= by(best) ? each : best), null);

/**
 * The check-in that something said now counts for: the open one; else the last one asked, while it is unanswered and
 * until the next opens; else one that opens within 28 days; else the last one answered. Null: news of no wave.
 */
export function checkInFor(conversation: Conversation, now: Date, programmeId?: ProgrammeId): CheckIn | null {
  const isEnded = (id: ProgrammeId) =>
    conversation.participations.some((each) => each.programme.id === id && each.programme.archivedAt);
  const own = conversation.checkIns.filter(
    (each) =>
      each.servedBy === null &&
      (programmeId === undefined || each.programmeId === programmeId) &&
      !(isUnsent(each) && isEnded(each.programmeId)),
  );
  const asked = (checkIn: CheckIn) => checkIn.deliveredAt?.getTime() ?? checkIn.dueAt.getTime();
  const open = latest(own.filter(isOpen), asked);
  if (open) return open;
  const last = latest(
    own.filter((each) => each.deliveredAt !== null),
    asked,
  );
  if (last?.state === 'lapsed' || last?.state === 'snoozed' || last?.state === 'unreachable') return last;
  const coming = own.find((each) => isUnsent(each) && each.dueAt.getTime() - now.getTime() <= NEAR_MS);
  return (
    coming ??
    latest(
      own.filter((each) => each.state === 'answered'),
      (each) => each.answeredAt?.getTime() ?? 0,
    )
  );
}

/** The next question that is planned, whichever programme it is of. */
export function nextPlanned(conversation: Conversation): CheckIn | null {
  return conversation.checkIns.find((each) => isUnsent(each) && each.servedBy === null) ?? null;
}
