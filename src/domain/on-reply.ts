import { ASK_BELOW, selectedActivity } from './card.js';
import { type CareerUpdate, NO_INFLUENCE } from './career-update.js';
import { checkInFor, isOpen, isUnsent, lastKnown } from './check-in.js';
import type { Change, Conversation, NewDelivery, Reply, StoredUpdate } from './conversation.js';
import type { ReplyId } from './ids.js';
import { button, controls, type Message, note, OWN_KEY, paragraph, say } from './message.js';
import type { Reading } from './reply.js';
import { answered, laterDay, snoozed, stopped, unanswered, zoneOf } from './transitions.js';
import { ASK_ERASE_TEXT, ASK_STOP_TEXT, LABELS, PASS_QUESTION_ON_TEXT, snoozedText, stoppedText, WHAT_NOW } from './wording.js';

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
type Place = { readonly conversation: Conversation; readonly reply: Reply; readonly now: Date; readonly messages: number };
type Record = Omit<StoredUpdate, 'storedAt'>;

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

const readNow = (place: Place, state: Reply['state']): Change => ({
  kind: 'reply',
  reply: { ...place.reply, state, settleAt: null, readVersion: place.reply.version, readMessages: place.messages },
});

/** A message of its own, once for this version of the reply. */
function tell(place: Place, payload: Message): Change {
  const { reply } = place;
  const delivery: NewDelivery = {
    what: `note:reply:${reply.id}:${reply.version}`,
    kind: 'note',
    programmeId: reply.programmeId,
    checkInId: null,
    replyId: reply.id,
    payload,
    dueAt: place.now,
  };
  return { kind: 'deliver', delivery };
}

/** The card of a reply: written down once, edited in place afterwards. */
export function showCard(conversation: Conversation, reply: Reply, now: Date): readonly Change[] {
  const card = conversation.sent.find((own) => own.kind === 'card' && own.replyId === reply.id);
  if (card) return [{ kind: 'refresh', deliveryId: card.id }];
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

export const record = (reply: Reply, stored: Record): Change => ({
  kind: 'record',
  replyId: reply.id,
  programmeId: reply.programmeId,
  checkInId: reply.checkInId,
  stored,
});

/** Where the reader is not sure of the main track, the record does not claim it: the card asks. */
function asPut(reading: Reading): Record {
  const { update, confidence } = reading;
  const selected = selectedActivity(update);
  const isSure = confidence.track >= ASK_BELOW;
  const activities = update.activities.map((each, place) =>
    place === selected && !isSure ? { ...each, track: 'unclear' as const } : each,
  );
  return {
    update: { ...update, activities },
    basis: 'read',
    carriedForward: false,
    kindConfidence: confidence.kind,
    trackConfidence: confidence.track,
    reader: reading.reader,
    readerVersion: reading.readerVersion,
  };
}

function onNothingLeft(place: Place): readonly Change[] {
  const { conversation, reply, now } = place;
  if (reply.stored === null) return [readNow(place, 'closed')];
  return [readNow(place, 'taken_back'), ...takenBack(conversation, { ...reply, state: 'taken_back' }, now)];
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

function onOptOut(place: Place, reading: Reading): readonly Change[] {
  const { conversation, reply, now } = place;
  const wants = reading.optOut?.wants ?? 'stop';
  const isClear = reading.optOut?.certainty === 'clear';
  const told = reading.update.activities.length > 0;
  const kept = told ? [record(reply, asPut(reading)), ...closeCheckIn(place)] : [];
  if (wants === 'stop' && isClear) {
    const all = conversation.participations.map((each) => each.programme);
    const ending = stopped(
      conversation,
      all.map((each) => each.id),
      now,
    ).filter((change) => !(change.kind === 'check_in' && told && change.checkIn.id === reply.checkInId));
    const message = {
      parts: [paragraph(stoppedText(all.map((each) => each.name))), controls(button('resume', OWN_KEY, LABELS.resume))],
    };
    return [readNow(place, told ? 'read' : 'closed'), ...kept, ...ending, tell(place, message)];
  }
  const question =
    wants === 'erase'
      ? yesOrNo('erase', ASK_ERASE_TEXT, LABELS.yesErase, LABELS.noErase)
      : yesOrNo('stop', ASK_STOP_TEXT, LABELS.yesStop, LABELS.noStop);
  return [
    readNow(place, told ? 'read' : 'closed'),
    ...kept,
    tell(place, question),
    ...(told ? showCard(conversation, reply, now) : []),
  ];
}

export function yesOrNo(verb: 'erase' | 'stop', text: string, yes: string, no: string): Message {
  return {
    parts: [
      paragraph(text),
      controls(button(verb, OWN_KEY, yes, { choice: 'yes', style: 'danger' }), button(verb, OWN_KEY, no, { choice: 'no' })),
    ],
  };
}

const closeCheckIn = ({ conversation, reply, now }: Place): readonly Change[] =>
  reply.checkInId === null ? [] : answered(conversation, reply.checkInId, now);

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

/** The last record again, as the answer to this check-in. Help that was wanted then is not wanted anew. */
export function carriedForward(known: StoredUpdate): Record {
  const isTheirs = known.basis === 'confirmed' || known.basis === 'corrected';
  return {
    update: { ...known.update, intent: 'no_change', influence: NO_INFLUENCE, helpWanted: false },
    basis: 'read',
    carriedForward: true,
    kindConfidence: isTheirs ? 1 : known.kindConfidence,
    trackConfidence: isTheirs ? 1 : known.trackConfidence,
    reader: known.reader,
    readerVersion: known.readerVersion,
  };
}

function cardFor(place: Place, stored: Record): readonly Change[] {
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

/** A record put right in the person's own words: what they changed is theirs, and so certain. */
function inWords(stored: StoredUpdate, corrected: CareerUpdate): Record {
  const place = selectedActivity(stored.update);
  const before = place === null ? undefined : stored.update.activities[place];
  const after = place === null ? undefined : corrected.activities[place];
  return {
    ...stored,
    update: corrected,
    basis: 'corrected',
    kindConfidence: before?.kind === after?.kind ? stored.kindConfidence : 1,
    trackConfidence: before?.track === after?.track ? stored.trackConfidence : 1,
  };
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
