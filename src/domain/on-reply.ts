import type { CareerUpdate } from './career-update.js';
import { isOpen, isUnsent, lastKnown } from './check-in.js';
import type { Change, CheckIn, Conversation, StoredUpdate } from './conversation.js';
import type { ReplyId } from './ids.js';
import { button, controls, type Message, note, OWN_KEY, paragraph, say } from './message.js';
import { askBack, onOptOut } from './on-opt-out.js';
import type { Reading } from './reply.js';
import { closeCheckIn, type Place, readNow, showCard, takenBack, tell } from './reply-changes.js';
import { asPut, carriedForward, inWords, keepingTaps, type NewRecord, record, withMore } from './reply-record.js';
import { DAY_MS } from './settings.js';
import { cancelReminders, laterDay, snoozed, unanswered, zoneOf } from './transitions.js';
import {
  CARD_STANDS,
  CARD_STILL_ASKS,
  LABELS,
  NOTHING_TO_MOVE,
  PASS_QUESTION_ON_TEXT,
  STAYS_TAKEN_BACK,
  snoozedText,
  WHAT_MORE_TELLS,
  WHAT_NOW,
} from './wording.js';

/** What was read of a reply that has been quiet long enough. */
export type Read =
  /** Every message was deleted. */
  | { readonly kind: 'nothing' }
  /** All of its messages together. */
  | { readonly kind: 'whole'; readonly reading: Reading }
  /** Only what came after the card: the record as corrected by it, or null where it is no correction. */
  | { readonly kind: 'more'; readonly reading: Reading; readonly corrected: CareerUpdate | null }
  /** Something said after a record was confirmed, that corrects it. */
  | { readonly kind: 'afterthought'; readonly about: ReplyId; readonly corrected: CareerUpdate };

/** The reply as it was when it was read; `seen` is the record that stood on its card then. */
type Settled = {
  readonly replyId: ReplyId;
  readonly version: number;
  readonly messages: number;
  readonly seen: StoredUpdate | null;
};

/** What follows from a reply as it was read; nothing where it has grown or was tapped at since, for then it settles again. */
export function decideOnReply(conversation: Conversation, settled: Settled, read: Read, now: Date): readonly Change[] {
  const reply = conversation.replies.find((each) => each.id === settled.replyId);
  // Without a time to settle it has been settled by another copy of the bot.
  if (!reply || reply.settleAt === null) return [];
  if (reply.version !== settled.version || !isSame(reply.stored, settled.seen)) return [];
  const place: Place = { conversation, reply, now, messages: settled.messages };
  // Whatever came of it: they have written, so nobody is reminded.
  const cancelled = cancelReminders(conversation, reply.checkInId);
  switch (read.kind) {
    case 'nothing':
      return [...onNothingLeft(place), ...cancelled];
    case 'afterthought':
      return [...onAfterthought(place, read.about, read.corrected), ...cancelled];
    case 'more':
      return [...onRead(place, read, () => onMore(place, read.reading, read.corrected)), ...cancelled];
    case 'whole':
      return [...onRead(place, read, () => onWhole(place, read.reading)), ...cancelled];
  }
}

const isSame = (a: StoredUpdate | null, b: StoredUpdate | null) => JSON.stringify(a) === JSON.stringify(b);

/** A wish to be left alone comes before everything else that was said. */
function onRead(
  place: Place,
  { kind, reading }: Extract<Read, { readonly reading: Reading }>,
  otherwise: () => readonly Change[],
): readonly Change[] {
  const { optOut, update } = reading;
  const { stored, state } = place.reply;
  if (optOut === null) return otherwise();
  if (optOut.certainty === 'clear') {
    const isOver = state === 'confirmed' || state === 'taken_back';
    const told = stored && kind === 'more' ? withMore(stored, asPut(reading)) : keepingTaps(stored, asPut(reading));
    return onOptOut(place, optOut.wants, update.activities.length > 0 && !isOver ? told : null);
  }
  const isTold = update.intent === 'update' || update.intent === 'no_change';
  const rest = isTold ? otherwise() : [readNow(place, stored ? state : 'closed')];
  return [...rest, ...askBack(place, optOut.wants)];
}

/** What a person confirmed or took back is theirs: a changed message does not undo it. */
function onWhole(place: Place, reading: Reading): readonly Change[] {
  const { state } = place.reply;
  if (state === 'taken_back') return [readNow(place, state), ...tell(place, STAYS_TAKEN_BACK)];
  if (state === 'confirmed') return [readNow(place, state)];
  return onIntent(place, reading);
}

function onNothingLeft(place: Place): readonly Change[] {
  const { conversation, reply, now } = place;
  if (reply.stored === null) return [readNow(place, 'closed')];
  return [readNow(place, 'taken_back'), ...takenBack(conversation, { ...reply, state: 'taken_back' }, now)];
}

function onIntent(place: Place, reading: Reading): readonly Change[] {
  const { conversation, reply } = place;
  switch (reading.update.intent) {
    case 'snooze':
      return onSnooze(place, reading.snoozeUntil);
    case 'question':
      return onQuestion(place);
    case 'no_change': {
      const known = lastKnown(conversation, reply.programmeId, (each) => each.id !== reply.id)?.stored;
      return cardFor(place, known ? carriedForward(known) : asPut(reading));
    }
    case 'other':
      return onOther(place, reading);
    default:
      return cardFor(place, keepingTaps(reply.stored, asPut(reading)));
  }
}

/** The card with this record. What says nothing of what they do answers nothing, and the card asks for it. */
function cardFor(place: Place, stored: NewRecord): readonly Change[] {
  return [
    readNow(place, 'read'),
    record(place.reply, stored),
    ...(stored.update.activities.length > 0 ? closeCheckIn(place) : []),
    ...showCard(place.conversation, place.reply, place.now),
  ];
}

function onSnooze(place: Place, until: string | null): readonly Change[] {
  const { conversation, reply, now } = place;
  const state = reply.stored && reply.stored.update.activities.length > 0 ? reply.state : 'closed';
  const wave = conversation.checkIns.find((each) => each.id === reply.checkInId);
  if (!wave || !(isOpen(wave) || isUnsent(wave) || wave.state === 'lapsed'))
    return [readNow(place, state), ...tell(place, NOTHING_TO_MOVE)];
  const day = until ?? laterDay('two_weeks', zoneOf(conversation, reply.programmeId), now);
  return [readNow(place, state), ...snoozed(conversation, wave, day, now), ...tell(place, say(snoozedText(day)))];
}

function onQuestion(place: Place): readonly Change[] {
  const { reply } = place;
  const message: Message = {
    parts: [
      paragraph(PASS_QUESTION_ON_TEXT),
      controls(
        button('help', OWN_KEY, LABELS.passOn, { choice: 'yes' }),
        button('help', OWN_KEY, LABELS.keepPrivate, { choice: 'no' }),
        button('more', OWN_KEY, LABELS.more),
      ),
      note(WHAT_MORE_TELLS),
    ],
  };
  return [readNow(place, reply.stored ? reply.state : 'closed'), ...tell(place, message)];
}

const AFTER_CARD_MS = 28 * DAY_MS;

/** Whether they answered lately, and nothing was asked since. */
function isAfterCard({ conversation, reply, now }: Place): boolean {
  const before = conversation.replies.findLast(
    (each) => each.id !== reply.id && each.programmeId === reply.programmeId && each.stored !== null,
  );
  if (!before || now.getTime() - before.openedAt.getTime() > AFTER_CARD_MS) return before?.checkInId === reply.checkInId;
  return !conversation.checkIns.some((each) => each.programmeId === reply.programmeId && isAskedSince(each, before.openedAt));
}

const isAskedSince = (checkIn: CheckIn, then: Date) => checkIn.deliveredAt !== null && checkIn.deliveredAt > then;

/** Thanks after a card ends the matter; words that cannot be read get the same card as any, empty. */
function onOther(place: Place, reading: Reading): readonly Change[] {
  const { conversation, reply, now } = place;
  const hadSaid = reply.stored !== null && reply.stored.update.activities.length > 0;
  if (!hadSaid && isAfterCard(place)) return [readNow(place, 'closed')];
  const wave = conversation.checkIns.find((each) => each.id === reply.checkInId);
  if (!hadSaid && !wave?.deliveredAt) return [readNow(place, 'closed'), ...tell(place, WHAT_NOW)];
  // It answers nothing, so the check-in stays open, or is as if unanswered; the card asks for it with two taps.
  return [
    readNow(place, 'read'),
    record(reply, keepingTaps(reply.stored, asPut(reading))),
    ...(hadSaid && wave && reply.stored?.basis === 'read' ? unanswered(conversation, wave.id, now) : []),
    ...showCard(conversation, reply, now),
  ];
}

/** A further message before the record was confirmed. */
function onMore(place: Place, reading: Reading, corrected: CareerUpdate | null): readonly Change[] {
  const { conversation, reply, now } = place;
  const { stored } = reply;
  if (stored === null) return onIntent(place, reading);
  if (corrected !== null)
    return [readNow(place, 'read'), record(reply, inWords(stored, corrected)), ...showCard(conversation, reply, now)];
  const isEmpty = stored.update.activities.length === 0;
  switch (reading.update.intent) {
    case 'other':
      return [readNow(place, reply.state), ...tell(place, isEmpty ? CARD_STILL_ASKS : CARD_STANDS)];
    case 'no_change':
      return isEmpty ? onIntent(place, reading) : [readNow(place, reply.state), ...tell(place, CARD_STANDS)];
    case 'question':
      return onQuestion(place);
    case 'snooze':
      return onSnooze(place, reading.snoozeUntil);
    default:
      return cardFor(place, withMore(stored, asPut(reading)));
  }
}

function onAfterthought(place: Place, about: ReplyId, corrected: CareerUpdate): readonly Change[] {
  const { conversation, now } = place;
  const earlier = conversation.replies.find((each) => each.id === about);
  if (!earlier?.stored) return [readNow(place, 'closed')];
  return [
    readNow(place, 'closed'),
    { kind: 'reply', reply: { ...earlier, state: 'read' } },
    record(earlier, inWords(earlier.stored, corrected)),
    ...showCard(conversation, earlier, now),
  ];
}
