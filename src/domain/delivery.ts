import { cardMessage } from './card.js';
import { participationIn, servedTogether } from './check-in.js';
import type { Change, CheckIn, Conversation, DeliveryKind, Participation } from './conversation.js';
import type { CheckInId, DeliveryKey, ProgrammeId, ReplyId } from './ids.js';
import { type Message, withKey } from './message.js';
import { modelFor, noticeMessage } from './notice.js';
import { slotSeedOf } from './plan.js';
import { questionMessage, reminderMessage } from './question.js';
import type { SendFailure } from './send-failure.js';
import { isInWindow, nextOpening, slotMinute } from './send-window.js';
import { DAY_MS } from './settings.js';

/** A delivery that is about to go out, as far as the last look must know it. */
export type Outgoing = {
  readonly what: string;
  readonly key: DeliveryKey;
  readonly kind: DeliveryKind;
  readonly todo: 'send' | 'edit' | 'remove';
  readonly programmeId: ProgrammeId | null;
  readonly checkInId: CheckInId | null;
  readonly replyId: ReplyId | null;
  readonly payload: Message | null;
};

/** What the last look before sending says. `wait` puts it back; `drop` ends it. */
export type Look =
  | { readonly kind: 'send'; readonly message: Message }
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'drop'; readonly why: string; readonly changes: readonly Change[] };

const drop = (why: string, changes: readonly Change[] = []): Look => ({ kind: 'drop', why, changes });
const sendNow = (outgoing: Outgoing, message: Message): Look => ({ kind: 'send', message: withKey(message, outgoing.key) });

/** Whether it should still go out to this person, and with which words: a stop, an answer or a pause since it was written down counts. */
export function lookOnceMore(conversation: Conversation, outgoing: Outgoing, now: Date, model: string | null): Look {
  switch (outgoing.kind) {
    case 'question':
    case 'reminder':
      return lookAtQuestion(conversation, outgoing, now, model);
    case 'card': {
      const reply = conversation.replies.find((each) => each.id === outgoing.replyId);
      return reply ? sendNow(outgoing, cardMessage(conversation, reply)) : drop('reply_gone');
    }
    case 'notice':
      return lookAtNotice(conversation, outgoing, model);
    case 'note':
    case 'digest':
    case 'chart':
    case 'farewell':
    case 'invitation':
      return outgoing.payload ? sendNow(outgoing, outgoing.payload) : drop('nothing_to_say');
  }
}

/** A question that came first has said it all already. */
function lookAtNotice(conversation: Conversation, outgoing: Outgoing, model: string | null): Look {
  const participation = conversation.participations.find((each) => each.programme.id === outgoing.programmeId);
  if (!participation) return drop('takes_no_part');
  const isOver = participation.stoppedAt !== null || participation.noticedAt !== null;
  if (outgoing.todo === 'send' && isOver) return drop('no_longer_wanted');
  return sendNow(outgoing, noticeMessage(conversation, participation.programme.id, told(participation, outgoing, model)));
}

/** What was said when it was sent stays said: an edit names no reader that came later. */
const told = ({ programme, toldModel }: Participation, { todo }: Outgoing, model: string | null) =>
  todo === 'edit' ? toldModel : modelFor(programme, model);

function lookAtQuestion(conversation: Conversation, outgoing: Outgoing, now: Date, model: string | null): Look {
  const checkIn = conversation.checkIns.find((each) => each.id === outgoing.checkInId);
  if (!checkIn) return drop('check_in_gone');
  const nth = Number(outgoing.what.split(':').at(-1));
  const participation = participationIn(conversation, checkIn.programmeId);
  const words = () =>
    outgoing.kind === 'question'
      ? questionMessage(conversation, checkIn, told(participation, outgoing, model), nth)
      : reminderMessage(conversation, checkIn, 'reminder', nth);
  if (outgoing.todo === 'edit') return sendNow(outgoing, words());
  const isWanted =
    outgoing.kind === 'question' ? checkIn.state === 'sending' && checkIn.asks === nth : isReminderWanted(conversation, checkIn);
  if (!isWanted) return drop(checkIn.state);
  return lookAtProgramme(conversation, checkIn, outgoing, now) ?? sendNow(outgoing, words());
}

const isReminderWanted = (conversation: Conversation, checkIn: CheckIn) =>
  checkIn.state === 'delivered' && !conversation.replies.some((each) => each.checkInId === checkIn.id && each.settleAt !== null);

/** Pauses, archives, a stop and the window, as they are now. */
function lookAtProgramme(conversation: Conversation, checkIn: CheckIn, outgoing: Outgoing, now: Date): Look | null {
  const { programme, cohorts, stoppedAt } = participationIn(conversation, checkIn.programmeId);
  const cohort = cohorts.find((each) => each.id === checkIn.cohortId);
  if (stoppedAt !== null) return drop('stopped', together(conversation, checkIn, { state: 'stopped', lookAt: null }));
  if (programme.archivedAt || cohort?.archivedAt) {
    const ended: Partial<CheckIn> = { state: 'not_asked', reason: 'archived', lookAt: null };
    return drop('archived', outgoing.kind === 'question' ? together(conversation, checkIn, ended) : []);
  }
  if (programme.pausedAt || cohort?.pausedAt) return { kind: 'wait', until: new Date(now.getTime() + DAY_MS) };
  const zone = conversation.person.timeZone;
  if (isInWindow(now, zone, programme.settings)) return null;
  const slot = slotMinute(slotSeedOf(conversation.person.id), programme.settings);
  return { kind: 'wait', until: nextOpening(now, zone, slot, programme.settings) };
}

function together(conversation: Conversation, checkIn: CheckIn, patch: Partial<CheckIn>): readonly Change[] {
  return servedTogether(conversation, checkIn.id).map((each) => ({ kind: 'check_in', checkIn: { ...each, ...patch } }));
}

/** What a try came to. */
export type Tried =
  | { readonly kind: 'sent'; readonly ref: string }
  | { readonly kind: 'failed'; readonly failure: SendFailure }
  /** An earlier try may have gone out, and the platform cannot say. */
  | { readonly kind: 'cannot_tell' };

/** What is written down about a try. `mayHaveGoneOut`: before any other try the platform is asked. */
export type Recorded =
  | { readonly kind: 'sent'; readonly ref: string }
  | { readonly kind: 'again'; readonly at: Date; readonly mayHaveGoneOut: boolean; readonly problem: string }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'unsure'; readonly problem: string };

/**
 * A claim's number only ever grows, so that a worker that lost its lease is told apart. Its last two digits count the tries since
 * the last known outcome: neither a month's edits nor a month's pause are held against the next try.
 */
export const TRIES_COUNTED = 100;

/** The problem of what waits because its platform lets a bot begin only a few conversations at a time. */
export const OPENED_SLOWLY = 'opened_slowly';

const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;
const MOST_TRIES = 12;
/** A platform that asks for no wait at all would be tried in a circle. */
const SHORTEST_WAIT_MS = 1_000;

/** Whether there is another try, and when: backing off by halves, obeying the platform, and never before `firstRetryMs` where the outcome is unknown. */
export function afterTry(tried: Tried, attempt: number, now: Date, firstRetryMs = FIRST_RETRY_MS): Recorded {
  if (tried.kind === 'sent') return tried;
  if (tried.kind === 'cannot_tell') return { kind: 'unsure', problem: 'may_have_gone_out' };
  const { failure } = tried;
  switch (failure.kind) {
    case 'rate_limited':
      return {
        kind: 'again',
        at: new Date(now.getTime() + Math.max(failure.retryAfterMs, SHORTEST_WAIT_MS)),
        mayHaveGoneOut: false,
        problem: failure.what === 'opening' ? OPENED_SLOWLY : 'rate_limited',
      };
    case 'unreachable':
      return { kind: 'failed', problem: failure.why };
    case 'refused':
      return { kind: 'failed', problem: `refused: ${failure.detail}` };
    case 'no_answer': {
      const tries = attempt % TRIES_COUNTED;
      if (tries >= MOST_TRIES) return { kind: 'unsure', problem: 'no_answer' };
      const waitMs = Math.min(firstRetryMs * 2 ** Math.max(0, tries - 1), LONGEST_RETRY_MS);
      return { kind: 'again', at: new Date(now.getTime() + waitMs), mayHaveGoneOut: true, problem: 'no_answer' };
    }
  }
}

/** What the outcome of a question or reminder means for its check-in, and that of a notice for what is said with the next question. */
export function onRecorded(
  conversation: Conversation,
  outgoing: Outgoing,
  recorded: Recorded,
  { now, model }: { readonly now: Date; readonly model: string | null },
): readonly Change[] {
  if (outgoing.kind === 'notice' && outgoing.todo === 'send' && outgoing.programmeId !== null && recorded.kind === 'sent')
    return noticed(conversation, outgoing.programmeId, now, model);
  const checkIn = conversation.checkIns.find((each) => each.id === outgoing.checkInId);
  if (!checkIn || outgoing.todo !== 'send' || conversation.person.erasedAt !== null) return [];
  if (outgoing.kind === 'reminder') {
    return recorded.kind === 'sent' ? [{ kind: 'check_in', checkIn: { ...checkIn, lastMessageAt: now } }] : [];
  }
  if (outgoing.kind !== 'question') return [];
  switch (recorded.kind) {
    case 'again':
      return [];
    case 'sent':
      return [...onDelivered(conversation, checkIn, outgoing, now), ...noticed(conversation, checkIn.programmeId, now, model)];
    case 'failed':
      return notDelivered(conversation, checkIn, { state: 'unreachable', reason: recorded.problem, lookAt: null });
    case 'unsure':
      return notDelivered(conversation, checkIn, { state: 'unsure', reason: recorded.problem, lookAt: null });
  }
}

/** What became of it meanwhile stands: whoever answered or stopped is neither unreachable nor unsure. */
const notDelivered = (conversation: Conversation, checkIn: CheckIn, patch: Partial<CheckIn>) =>
  checkIn.state === 'sending' ? together(conversation, checkIn, patch) : [];

/** A question that reached somebody after they answered or stopped is recorded as delivered, opens nothing, and says so at once. */
function onDelivered(conversation: Conversation, checkIn: CheckIn, outgoing: Outgoing, now: Date): readonly Change[] {
  const isStillWanted = checkIn.state === 'sending';
  const delivered: readonly Change[] = servedTogether(conversation, checkIn.id).map((each) => ({
    kind: 'check_in',
    checkIn: {
      ...each,
      state: isStillWanted ? 'delivered' : each.state,
      deliveredAt: now,
      lastMessageAt: now,
      lookAt: isStillWanted && each.id === checkIn.id ? now : each.lookAt,
    },
  }));
  const own = conversation.sent.find((each) => each.key === outgoing.key);
  const refreshed: readonly Change[] = isStillWanted || !own ? [] : [{ kind: 'refresh', deliveryId: own.id }];
  return [...delivered, ...refreshed];
}

/** They have been told what this is, and who reads what they write. */
function noticed(conversation: Conversation, programmeId: ProgrammeId, now: Date, model: string | null): readonly Change[] {
  const { noticedAt, toldModel, programme } = participationIn(conversation, programmeId);
  const reader = modelFor(programme, model);
  if (noticedAt !== null && toldModel === reader) return [];
  return [{ kind: 'participation', programmeId, patch: { noticedAt: noticedAt ?? now, toldModel: reader } }];
}
