import { hasBeenHeard, isUnsent, servedTogether } from './check-in.js';
import type { Change, CheckIn, Conversation, NewDelivery } from './conversation.js';
import type { CheckInId } from './ids.js';
import { decideOpen } from './reminders.js';
import { decideQuestions } from './schedule.js';
import type { Decision, LastQuestion, PersonSchedule, ProgrammeSchedule, ScheduledCheckIn } from './schedule-person.js';
import { DAY_MS } from './settings.js';
import { zoneOf } from './transitions.js';
import { dayIn } from './wording.js';

/** What a person's slot in the window is drawn from. */
export const slotSeedOf = (personId: number): string => `person ${personId}`;

/** All that is due for one person at this moment: questions, reminders, lapses, and when to look again. Deciding twice changes nothing more. */
export function decideDue(conversation: Conversation, now: Date): readonly Change[] {
  if (conversation.person.erasedAt !== null) return [];
  const isDue = (checkIn: CheckIn) => checkIn.lookAt !== null && checkIn.lookAt <= now;
  const closing = conversation.checkIns.filter((each) => each.state === 'delivered' && each.servedBy === null && isDue(each));
  const changes = [...settledByNow(conversation, isDue), ...closing.flatMap((each) => onOpen(conversation, each, now))];
  const unsent = conversation.checkIns.filter((each) => isUnsent(each) && each.servedBy === null && isDue(each));
  if (unsent.length === 0) return changes;
  // What somebody is writing just now may answer it.
  const settleAt = beingWritten(conversation, now);
  if (settleAt !== null) return [...changes, ...unsent.map((each) => changed(each, { lookAt: settleAt }))];
  const decisions = decideQuestions(scheduleOf(conversation, now), now);
  return [...changes, ...decisions.flatMap((decision) => onDecision(conversation, decision, now))];
}

/** Nothing is left to decide of these, so they are not looked at in a circle. */
function settledByNow(conversation: Conversation, isDue: (checkIn: CheckIn) => boolean): readonly Change[] {
  const isUndecided = (each: CheckIn) => each.servedBy === null && (isUnsent(each) || each.state === 'delivered');
  return conversation.checkIns.filter((each) => isDue(each) && !isUndecided(each)).map((each) => changed(each, { lookAt: null }));
}

const LONGEST_WRITING_MS = DAY_MS;

/** When the reply that is being given will have been read; null where there is none, or it cannot be read for a day already. */
function beingWritten(conversation: Conversation, now: Date): Date | null {
  const writing = conversation.replies.filter(
    (each) => each.settleAt !== null && now.getTime() - each.openedAt.getTime() < LONGEST_WRITING_MS,
  );
  const last = Math.max(...writing.map((each) => each.settleAt?.getTime() ?? 0));
  return writing.length === 0 ? null : new Date(Math.max(last, now.getTime()) + 1_000);
}

export function scheduleOf(conversation: Conversation, now: Date): PersonSchedule {
  const { person, checkIns } = conversation;
  return {
    personId: person.id,
    slotSeed: slotSeedOf(person.id),
    timeZone: person.timeZone,
    unsent: checkIns.filter((each) => isUnsent(each) && each.servedBy === null).map(scheduled),
    lastQuestions: lastQuestions(checkIns),
    open: checkIns
      .filter((each) => (each.state === 'delivered' || each.state === 'sending') && each.servedBy === null)
      .map(({ programmeId, id: checkInId }) => ({ programmeId, checkInId })),
    programmes: conversation.participations.map((each): ProgrammeSchedule => {
      const { programme, cohorts } = each;
      const today = dayIn(person.timeZone ?? programme.settings.timeZone, now);
      return {
        id: programme.id,
        settings: programme.settings,
        paused: programme.pausedAt !== null || (each.pausedUntil !== null && each.pausedUntil > today),
        archived: programme.archivedAt !== null,
        stopped: each.stoppedAt !== null,
        pausedCohorts: cohorts.filter((cohort) => cohort.pausedAt !== null).map((cohort) => cohort.id),
        archivedCohorts: cohorts.filter((cohort) => cohort.archivedAt !== null).map((cohort) => cohort.id),
      };
    }),
  };
}

const scheduled = (checkIn: CheckIn): ScheduledCheckIn => ({
  ...checkIn,
  state: checkIn.state === 'snoozed' ? 'snoozed' : 'planned',
});

function lastQuestions(checkIns: readonly CheckIn[]): readonly LastQuestion[] {
  const latest = new Map<number, LastQuestion>();
  for (const { programmeId, id: checkInId, asks, state, deliveredAt, dueAt, servedBy } of checkIns) {
    if (asks === 0 || servedBy !== null) continue;
    // One that is asked again after a snooze still carries its first delivery while it is on its way.
    const at = state === 'sending' ? dueAt : (deliveredAt ?? dueAt);
    const known = latest.get(programmeId);
    if (!known || known.at < at) latest.set(programmeId, { programmeId, checkInId, at });
  }
  return [...latest.values()];
}

const changed = (checkIn: CheckIn, patch: Partial<CheckIn>): Change => ({ kind: 'check_in', checkIn: { ...checkIn, ...patch } });

function onDecision(conversation: Conversation, decision: Decision, now: Date): readonly Change[] {
  const checkIn = conversation.checkIns.find((each) => each.id === decision.checkInId);
  if (!checkIn) return [];
  switch (decision.kind) {
    case 'ask':
      return ask(checkIn, now);
    case 'serve':
      return serve(conversation, checkIn, decision.by);
    case 'not_asked':
      return [changed(checkIn, { state: 'not_asked', reason: decision.reason, lookAt: null })];
    case 'stopped':
      return [changed(checkIn, { state: 'stopped', lookAt: null })];
    case 'wait': {
      const isItsTime = decision.why !== 'paused' && decision.why !== 'newer_wave_first';
      const dueAt = isItsTime ? decision.until : checkIn.dueAt;
      const isSame = checkIn.lookAt?.getTime() === decision.until.getTime() && checkIn.dueAt.getTime() === dueAt.getTime();
      return isSame ? [] : [changed(checkIn, { lookAt: decision.until, dueAt })];
    }
  }
}

function ask(checkIn: CheckIn, now: Date): readonly Change[] {
  const asks = checkIn.asks + 1;
  return [
    changed(checkIn, { state: 'sending', reason: null, dueAt: now, lookAt: null, asks }),
    { kind: 'deliver', delivery: messageOf(checkIn, 'question', `question:${checkIn.id}:${asks}`, now) },
  ];
}

function messageOf(checkIn: CheckIn, kind: 'question' | 'reminder', what: string, dueAt: Date): NewDelivery {
  return { what, kind, programmeId: checkIn.programmeId, checkInId: checkIn.id, replyId: null, payload: null, dueAt };
}

/** It goes the way of the question that serves it, and so does all that it served itself. */
function serve(conversation: Conversation, checkIn: CheckIn, by: CheckInId): readonly Change[] {
  const leader = conversation.checkIns.find((each) => each.id === by);
  if (!leader) return [];
  const isLeaving = isUnsent(leader);
  return servedTogether(conversation, checkIn.id).map((each) =>
    changed(each, {
      servedBy: by,
      state: isLeaving ? 'sending' : leader.state,
      reason: 'served_by_another',
      lookAt: null,
      deliveredAt: isLeaving ? each.deliveredAt : leader.deliveredAt,
      answeredAt: leader.answeredAt,
    }),
  );
}

function onOpen(conversation: Conversation, checkIn: CheckIn, now: Date): readonly Change[] {
  const participation = conversation.participations.find((each) => each.programme.id === checkIn.programmeId);
  if (!participation || checkIn.deliveredAt === null) return [];
  const { programme, cohorts, pausedUntil } = participation;
  const cohort = cohorts.find((each) => each.id === checkIn.cohortId);
  const decision = decideOpen(
    {
      deliveredAt: checkIn.deliveredAt,
      remindersSent: checkIn.remindersSent,
      lastMessageAt: checkIn.lastMessageAt ?? checkIn.deliveredAt,
      hasUnsettledReply: conversation.replies.some((each) => each.checkInId === checkIn.id && each.settleAt !== null),
      isPaused:
        [programme.pausedAt, programme.archivedAt, cohort?.pausedAt, cohort?.archivedAt].some((each) => each != null) ||
        (pausedUntil !== null && pausedUntil > dayIn(zoneOf(conversation, programme.id), now)) ||
        hasBeenHeard(conversation, checkIn),
      slotSeed: slotSeedOf(conversation.person.id),
    },
    conversation.person.timeZone,
    programme.settings,
    now,
  );
  switch (decision.kind) {
    case 'wait':
      return [changed(checkIn, { lookAt: decision.until })];
    case 'lapse':
      return lapse(conversation, checkIn);
    case 'remind':
      return [
        changed(checkIn, { remindersSent: decision.nth, lastMessageAt: now, lookAt: now }),
        {
          kind: 'deliver',
          delivery: messageOf(checkIn, 'reminder', `reminder:${checkIn.id}:${checkIn.asks}:${decision.nth}`, now),
        },
      ];
  }
}

function lapse(conversation: Conversation, checkIn: CheckIn): readonly Change[] {
  const waiting = conversation.sent.filter(
    (own) => own.kind === 'reminder' && own.checkInId === checkIn.id && own.state === 'queued',
  );
  return [
    ...servedTogether(conversation, checkIn.id).map((each) => changed(each, { state: 'lapsed', lookAt: null })),
    ...waiting.map((own): Change => ({ kind: 'cancel', deliveryId: own.id })),
  ];
}
