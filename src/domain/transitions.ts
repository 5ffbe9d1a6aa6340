import { isOpen, isUnsent, NEAR_MS, servedTogether } from './check-in.js';
import type { Change, CheckIn, Conversation, Participation } from './conversation.js';
import type { CheckInId, ProgrammeId } from './ids.js';
import { snoozeUntil } from './schedule-changes.js';
import { dayIn, LATER_CHOICES } from './wording.js';

/** Takes back questions and reminders that wait to be sent. One that is on its way is caught by the last look before sending. */
export function cancelUnsent(conversation: Conversation, checkIns: readonly CheckIn[]): readonly Change[] {
  const ids = new Set(checkIns.map((each) => each.id));
  return conversation.sent
    .filter((own) => own.state === 'queued' && (own.kind === 'question' || own.kind === 'reminder'))
    .filter((own) => own.checkInId !== null && ids.has(own.checkInId))
    .map((own) => ({ kind: 'cancel', deliveryId: own.id }));
}

/** Shows a check-in's question anew wherever it stands already. */
export function refreshQuestions(conversation: Conversation, checkInId: CheckInId): readonly Change[] {
  return conversation.sent
    .filter((own) => own.checkInId === checkInId && (own.kind === 'question' || own.kind === 'reminder') && own.state === 'sent')
    .map((own) => ({ kind: 'refresh', deliveryId: own.id }));
}

function moveTogether(conversation: Conversation, checkInId: CheckInId, move: (checkIn: CheckIn) => CheckIn): readonly Change[] {
  const moved = servedTogether(conversation, checkInId);
  return [
    ...moved.map((checkIn): Change => ({ kind: 'check_in', checkIn: move(checkIn) })),
    ...cancelUnsent(conversation, moved),
    ...refreshQuestions(conversation, checkInId),
  ];
}

/** Somebody who has written is not reminded. */
export function cancelReminders(conversation: Conversation, checkInId: CheckInId | null): readonly Change[] {
  return conversation.sent
    .filter((own) => own.kind === 'reminder' && own.state === 'queued' && own.checkInId === checkInId && checkInId !== null)
    .map((own) => ({ kind: 'cancel', deliveryId: own.id }));
}

/** The check-in is answered, and so are those that its question serves; nothing more goes out for them. */
export function answered(conversation: Conversation, checkInId: CheckInId, now: Date): readonly Change[] {
  const together = moveTogether(conversation, checkInId, (checkIn) => ({
    ...checkIn,
    state: 'answered',
    reason: null,
    lookAt: null,
    answeredAt: checkIn.answeredAt ?? now,
  }));
  const leader = conversation.checkIns.find((each) => each.id === checkInId);
  if (!leader || leader.asks > 0) return together;
  return [...together, ...alsoAnswered(conversation, leader, now)];
}

/** Unasked news answers every wave of the programme that was about to be asked: one question would have served them all. */
function alsoAnswered(conversation: Conversation, leader: CheckIn, now: Date): readonly Change[] {
  const isComing = (each: CheckIn) =>
    isUnsent(each) && each.asks === 0 && each.servedBy === null && each.dueAt.getTime() - now.getTime() <= NEAR_MS;
  return conversation.checkIns
    .filter((each) => each.programmeId === leader.programmeId && each.id !== leader.id && isComing(each))
    .map((each) => ({
      kind: 'check_in',
      checkIn: {
        ...each,
        state: 'answered',
        reason: 'served_by_another',
        servedBy: leader.id,
        lookAt: null,
        answeredAt: now,
      },
    }));
}

/** An answer was taken back: as before it, without a further reminder. Check-ins that were never asked are planned again. */
export function unanswered(conversation: Conversation, checkInId: CheckInId, now: Date): readonly Change[] {
  const wasAsked = conversation.checkIns.some((each) => each.id === checkInId && (each.asks > 0 || each.deliveredAt !== null));
  return moveTogether(conversation, checkInId, (checkIn) => {
    if (checkIn.state !== 'answered') return checkIn;
    if (wasAsked) return { ...checkIn, state: 'lapsed', reason: 'taken_back', answeredAt: null, lookAt: null };
    const lookAt = checkIn.dueAt > now ? checkIn.dueAt : now;
    return { ...checkIn, state: 'planned', reason: null, servedBy: null, answeredAt: null, lookAt };
  });
}

/** Ends everything that is planned or open in these programmes; answers given stay. */
export function stopped(conversation: Conversation, programmeIds: readonly ProgrammeId[], now: Date): readonly Change[] {
  const within = (id: ProgrammeId | null) => id !== null && programmeIds.includes(id);
  const ending = conversation.checkIns.filter((each) => within(each.programmeId) && (isUnsent(each) || isOpen(each)));
  return [
    ...programmeIds.map((programmeId): Change => ({ kind: 'participation', programmeId, patch: { stoppedAt: now } })),
    ...programmeIds.map((programmeId): Change => ({ kind: 'log', programmeId, what: 'alumnus_stopped', detail: {} })),
    ...ending.map(
      (checkIn): Change => ({ kind: 'check_in', checkIn: { ...checkIn, state: 'stopped', lookAt: null, servedBy: null } }),
    ),
    ...cancelUnsent(conversation, ending),
    ...ending.flatMap((checkIn) => refreshQuestions(conversation, checkIn.id)),
  ];
}

/**
 * Starts again what a stop or a pause ended and is still to come. The last question counts anew where it would not have lapsed yet;
 * what was due meanwhile stays stopped.
 */
export function resumed(conversation: Conversation, programmeIds: readonly ProgrammeId[], now: Date): readonly Change[] {
  const participations = conversation.participations.filter((each) => programmeIds.includes(each.programme.id));
  const again = participations.flatMap((each) => comingBack(conversation, each, now));
  const stoppedQuestions = conversation.checkIns.filter(
    (each) => each.state === 'stopped' && programmeIds.includes(each.programmeId),
  );
  return [
    ...participations.map(
      ({ programme }): Change => ({
        kind: 'participation',
        programmeId: programme.id,
        patch: { stoppedAt: null, pausedUntil: null },
      }),
    ),
    ...again.map((checkIn): Change => ({ kind: 'check_in', checkIn })),
    ...[...stoppedQuestions, ...again].flatMap((each) => refreshQuestions(conversation, each.id)),
  ];
}

function comingBack(conversation: Conversation, participation: Participation, now: Date): readonly CheckIn[] {
  const { programme, pausedUntil } = participation;
  const own = conversation.checkIns.filter((each) => each.programmeId === programme.id);
  const planned = (each: CheckIn): CheckIn => ({ ...each, lookAt: each.dueAt > now ? each.dueAt : now });
  const coming = own.filter((each) => each.state === 'stopped' && each.deliveredAt === null && each.dueAt > now);
  const paused = own.filter((each) => each.state === 'snoozed' && each.servedBy === null && each.notBefore === pausedUntil);
  const isAlive = (each: CheckIn) =>
    each.state === 'stopped' &&
    each.deliveredAt !== null &&
    each.answeredAt === null &&
    now.getTime() - each.deliveredAt.getTime() < programme.settings.lapseMs;
  const last = own.some((each) => isOpen(each)) ? undefined : own.filter(isAlive).at(-1);
  return [
    ...coming.map((each) => planned({ ...each, state: 'planned' })),
    ...paused.map((each): CheckIn => ({ ...each, state: each.asks > 0 ? 'snoozed' : 'planned', notBefore: null, lookAt: now })),
    ...(last ? [{ ...last, state: 'delivered' as const, lookAt: now }] : []),
  ];
}

/** The conversation as it is once these check-ins have changed. */
export function withChanges(conversation: Conversation, changes: readonly Change[]): Conversation {
  const changed = new Map(
    changes.flatMap((each) => (each.kind === 'check_in' ? [[each.checkIn.id, each.checkIn] as const] : [])),
  );
  return { ...conversation, checkIns: conversation.checkIns.map((each) => changed.get(each.id) ?? each) };
}

/** Moves a check-in to a later day at the person's own wish. */
export function snoozed(conversation: Conversation, checkIn: CheckIn, until: string, now: Date): readonly Change[] {
  return moveTogether(conversation, checkIn.id, (each) => ({
    ...each,
    state: 'snoozed',
    reason: null,
    notBefore: until,
    lookAt: each.servedBy === null ? now : null,
    remindersSent: 0,
  }));
}

/** Leaves somebody alone until a day: the open question and all that would come before then move to it. */
export function paused(conversation: Conversation, until: string, now: Date): readonly Change[] {
  const moving = conversation.checkIns.filter(
    (each) => each.servedBy === null && (isOpen(each) || (isUnsent(each) && each.dueOn < until)),
  );
  return [
    ...conversation.participations.map(
      (each): Change => ({ kind: 'participation', programmeId: each.programme.id, patch: { pausedUntil: until } }),
    ),
    ...moving.flatMap((checkIn) => snoozed(conversation, checkIn, until, now)),
  ];
}

/** The day that a choice of "ask me later" means, on the clock of the zone; anything else counts as two weeks. */
export function laterDay(choice: string, zone: string, now: Date): string {
  const known = LATER_CHOICES.some((each) => each.value === choice) ? choice : 'two_weeks';
  return snoozeUntil(known, dayIn(zone, now));
}

/** Whose clock counts for somebody: their own zone, else that of the programme. */
export function zoneOf(conversation: Conversation, programmeId?: ProgrammeId): string {
  const programme = conversation.participations.find(
    (each) => programmeId === undefined || each.programme.id === programmeId,
  )?.programme;
  return conversation.person.timeZone ?? programme?.settings.timeZone ?? 'Etc/UTC';
}
