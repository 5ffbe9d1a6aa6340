import type { CareerUpdate } from './career-update.js';
import { isOpen, isUnsent, lastKnown } from './check-in.js';
import type { Change, Conversation } from './conversation.js';
import type { ReplyId } from './ids.js';
import { button, controls, type Message, note, OWN_KEY, paragraph, say } from './message.js';
import { onOptOut } from './on-opt-out.js';
import type { Reading } from './reply.js';
import { closeCheckIn, type Place, readNow, showCard, takenBack, tell } from './reply-changes.js';
import { asPut, carriedForward, inWords, type NewRecord, record } from './reply-record.js';
import { laterDay, snoozed, zoneOf } from './transitions.js';
import { LABELS, PASS_QUESTION_ON_TEXT, snoozedText, WHAT_NOW } from './wording.js';

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

type Settled = { readonly replyId: ReplyId; readonly version: number; readonly messages: number };

/** What follows from a reply as it was read; nothing where it has grown since, for then it settles again. */
export function decideOnReply(conversation: Conversation, settled: Settled, read: Read, now: Date): readonly Change[] {
  const reply = conversation.replies.find((each) => each.id === settled.replyId);
  if (!reply || reply.version !== settled.version) return [];
  const place: Place = { conversation, reply, now, messages: settled.messages };
  switch (read.kind) {
    case 'nothing':
      return onNothingLeft(place);
    case 'afterthought':
      return onAfterthought(place, read.about, read.corrected);
    case 'more':
      return read.reading.optOut !== null ? onOptOut(place, read.reading) : onMore(place, read.reading, read.corrected);
    case 'whole':
      return read.reading.optOut !== null ? onOptOut(place, read.reading) : onIntent(place, read.reading);
  }
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
      const known = lastKnown(conversation, reply.programmeId)?.stored;
      return known ? cardFor(place, carriedForward(known)) : cardFor(place, asPut(reading));
    }
    case 'other':
      return onOther(place, reading);
    default:
      return cardFor(place, asPut(reading));
  }
}

function cardFor(place: Place, stored: NewRecord): readonly Change[] {
  return [
    readNow(place, 'read'),
    record(place.reply, stored),
    ...closeCheckIn(place),
    ...showCard(place.conversation, place.reply, place.now),
  ];
}

function onSnooze(place: Place, until: string | null): readonly Change[] {
  const { conversation, reply, now } = place;
  const open = conversation.checkIns.find((each) => each.id === reply.checkInId && (isOpen(each) || isUnsent(each)));
  const day = until ?? laterDay('two_weeks', zoneOf(conversation, reply.programmeId), now);
  if (!open)
    return [
      readNow(place, 'closed'),
      tell(place, say('All right. There is no open question at the moment, so I will be quiet until the next one.')),
    ];
  return [readNow(place, 'closed'), ...snoozed(conversation, open, day, now), tell(place, say(snoozedText(day)))];
}

function onQuestion(place: Place): readonly Change[] {
  const message: Message = {
    parts: [
      paragraph(PASS_QUESTION_ON_TEXT),
      controls(
        button('help', OWN_KEY, LABELS.passOn, { choice: 'yes' }),
        button('help', OWN_KEY, LABELS.keepPrivate, { choice: 'no' }),
        button('more', OWN_KEY, LABELS.more),
      ),
      note('“Tell me more” says who I am and who reads this.'),
    ],
  };
  return [readNow(place, 'closed'), tell(place, message)];
}

/** Thanks after a card ends the matter; words that cannot be read get the same card as any, empty. */
function onOther(place: Place, reading: Reading): readonly Change[] {
  const { conversation, reply } = place;
  const isAfterCard = conversation.replies.some(
    (each) => each.id !== reply.id && each.checkInId === reply.checkInId && each.stored !== null,
  );
  if (isAfterCard) return [readNow(place, 'closed')];
  const isAsked = conversation.checkIns.some((each) => each.id === reply.checkInId && each.deliveredAt !== null);
  if (!isAsked) return [readNow(place, 'closed'), tell(place, WHAT_NOW)];
  // It answers nothing yet, so the check-in stays open; the card asks for it with two taps.
  return [readNow(place, 'read'), record(reply, asPut(reading)), ...showCard(conversation, reply, place.now)];
}

/** A further message before the record was confirmed. */
function onMore(place: Place, reading: Reading, corrected: CareerUpdate | null): readonly Change[] {
  const { conversation, reply, now } = place;
  const { stored } = reply;
  if (stored === null) return onIntent(place, reading);
  if (corrected !== null)
    return [readNow(place, 'read'), record(reply, inWords(stored, corrected)), ...showCard(conversation, reply, now)];
  switch (reading.update.intent) {
    case 'other':
    case 'no_change':
      return [readNow(place, reply.state)];
    case 'question':
      return [...onQuestion(place).slice(1), readNow(place, reply.state)];
    case 'snooze':
      return [readNow(place, reply.state)];
    default: {
      const added = asPut(reading);
      const isOnlyRead = stored.basis === 'read' && stored.update.activities.length === 0;
      const update = { ...stored.update, activities: [...stored.update.activities, ...added.update.activities] };
      const merged = isOnlyRead ? added : { ...stored, update };
      return [readNow(place, 'read'), record(reply, merged), ...showCard(conversation, reply, now)];
    }
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
