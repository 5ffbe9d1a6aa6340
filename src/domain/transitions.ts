import { isOpen, isUnsent, servedTogether } from './check-in.js';
import type { Change, CheckIn, Conversation } from './conversation.js';
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

/** The check-in is answered, and so are those that its question serves; nothing more goes out for them. */
export function answered(conversation: Conversation, checkInId: CheckInId, now: Date): readonly Change[] {
  return moveTogether(conversation, checkInId, (checkIn) => ({
    ...checkIn,
    state: 'answered',
    reason: null,
    lookAt: null,
    answeredAt: checkIn.answeredAt ?? now,
  }));
}

/** An answer was taken back: as before it, without a further reminder. A check-in that was never asked is planned again. */
export function unanswered(conversation: Conversation, checkInId: CheckInId, now: Date): readonly Change[] {
  return moveTogether(conversation, checkInId, (checkIn) => {
    if (checkIn.state !== 'answered') return checkIn;
    if (checkIn.deliveredAt === null && checkIn.servedBy === null) {
      return { ...checkIn, state: 'planned', answeredAt: null, lookAt: checkIn.dueAt > now ? checkIn.dueAt : now };
    }
    return { ...checkIn, state: 'lapsed', reason: 'taken_back', answeredAt: null, lookAt: null };
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

/** Starts again what a stop ended and is still to come; what was due meanwhile stays stopped. */
export function resumed(conversation: Conversation, programmeIds: readonly ProgrammeId[], now: Date): readonly Change[] {
  const coming = conversation.checkIns.filter(
    (each) =>
      each.state === 'stopped' && programmeIds.includes(each.programmeId) && each.dueAt > now && each.deliveredAt === null,
  );
  const waiting = conversation.checkIns.filter((each) => each.state === 'snoozed' && each.notBefore !== null && each.asks === 0);
  return [
    ...programmeIds.map(
      (programmeId): Change => ({ kind: 'participation', programmeId, patch: { stoppedAt: null, pausedUntil: null } }),
    ),
    ...coming.map((checkIn): Change => ({ kind: 'check_in', checkIn: { ...checkIn, state: 'planned', lookAt: checkIn.dueAt } })),
    ...waiting.map(
      (checkIn): Change => ({
        kind: 'check_in',
        checkIn: { ...checkIn, state: 'planned', notBefore: null, lookAt: checkIn.dueAt > now ? checkIn.dueAt : now },
      }),
    ),
  ];
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
