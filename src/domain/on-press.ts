import { selectedActivity } from './card.js';
import { type CareerUpdate, CHANNELS, KINDS, TRACKS } from './career-update.js';
import { checkInFor, isOpen, lastKnown, nextPlanned, participationIn } from './check-in.js';
import type { Change, CheckIn, Conversation, OwnMessage, Reply } from './conversation.js';
import { formFor, readForm } from './form.js';
import type { ProgrammeId } from './ids.js';
import { type ControlRef, type Form, type FormError, type FormValues, type Message, say } from './message.js';
import { noticeFacts } from './question.js';
import { showCard, takenBack } from './reply-changes.js';
import { carriedForward, record } from './reply-record.js';
import { unreachable } from './result.js';
import { answered, laterDay, resumed, snoozed, stopped, withChanges, zoneOf } from './transitions.js';
import {
  ALREADY_ANSWERED,
  moreAbout,
  NOTHING_ON_RECORD,
  resumedText,
  STOPPED_ALREADY,
  snoozedText,
  stoppedText,
} from './wording.js';

/** Stands in for a message's key in answers that are no delivery of their own: whoever presses speaks for themselves. */
export const ME_KEY = 'me';

/** What follows from a press: what changes, what to say to the presser alone, and a form to open. */
export type Pressed = { readonly changes: readonly Change[]; readonly answer: Message | null; readonly form: Form | null };

export type Press = {
  readonly ref: ControlRef;
  readonly value: string | null;
  readonly now: Date;
  readonly model: string | null;
};
type Place = Press & { readonly conversation: Conversation; readonly own: OwnMessage | null };

const done = (changes: readonly Change[], answer: Message | null = null): Pressed => ({ changes, answer, form: null });
const only = (...texts: readonly string[]): Pressed => done([], say(...texts));
export const NOT_YOURS = only('That button belongs to a message I no longer know, so nothing has changed.');

/** Decides on a press of somebody on one of their own messages. A key that is not theirs changes nothing. */
export function decideOnPress(conversation: Conversation, press: Press): Pressed {
  const own = conversation.sent.find((each) => each.key === press.ref.key) ?? null;
  if (own === null && press.ref.key !== ME_KEY) return NOT_YOURS;
  const place: Place = { ...press, conversation, own };
  switch (press.ref.verb) {
    case 'no_change':
      return onNoChange(place);
    case 'later':
      return onLater(place);
    case 'stop':
      return press.ref.choice === 'no' ? only('All right, we carry on as before.') : onStop(place);
    case 'resume':
      return onResume(place);
    case 'erase':
      return press.ref.choice === 'no' ? only('All right, everything stays as it is.') : done([{ kind: 'erase' }]);
    case 'names':
      return onNames(place);
    case 'more':
      return onMore(place);
    case 'right':
    case 'undo':
    case 'change':
    case 'kind':
    case 'track':
    case 'influence':
    case 'channels':
    case 'help':
      return onCard(place);
    case 'keep':
    case 'form':
      return NOT_YOURS;
    default:
      return unreachable(press.ref.verb);
  }
}

/** What a press under a question is about: the open check-in of its programme, however old the question. */
function askedAbout({ conversation, own, now }: Place): CheckIn | null {
  const asked = conversation.checkIns.find((each) => each.id === own?.checkInId);
  const current = checkInFor(conversation, now, asked?.programmeId);
  if (current && (isOpen(current) || current.state === 'lapsed' || current.state === 'snoozed')) return current;
  return asked ?? current;
}

function onNoChange(place: Place): Pressed {
  const { conversation, own } = place;
  const checkIn = askedAbout(place);
  if (!checkIn) return NOT_YOURS;
  if (checkIn.state === 'answered') return done(own ? [{ kind: 'refresh', deliveryId: own.id }] : [], ALREADY_ANSWERED);
  if (checkIn.state === 'stopped') return only(STOPPED_ALREADY);
  const known = lastKnown(conversation, checkIn.programmeId)?.stored;
  if (!known) return done([], NOTHING_ON_RECORD);
  const answeredWith: Change = {
    kind: 'pressed_answer',
    programmeId: checkIn.programmeId,
    checkInId: checkIn.id,
    stored: { ...carriedForward(known), basis: 'confirmed' },
  };
  return done([answeredWith, ...answered(conversation, checkIn.id, place.now), ...showOld(place, checkIn)]);
}

/** An old message that was pressed says that another one counts now. */
const showOld = ({ own }: Place, checkIn: CheckIn): readonly Change[] =>
  own && own.checkInId !== checkIn.id ? [{ kind: 'refresh', deliveryId: own.id }] : [];

function onLater(place: Place): Pressed {
  const { conversation, now } = place;
  const checkIn = askedAbout(place);
  if (!checkIn) return NOT_YOURS;
  if (checkIn.state === 'answered') return done([], ALREADY_ANSWERED);
  if (checkIn.state === 'stopped') return only(STOPPED_ALREADY);
  const day = laterDay(place.value ?? 'two_weeks', zoneOf(conversation, checkIn.programmeId), now);
  const old = showOld(place, checkIn);
  return done([...snoozed(conversation, checkIn, day, now), ...old], old.length > 0 ? say(snoozedText(day)) : null);
}

function onStop({ conversation, now }: Place): Pressed {
  const programmes = conversation.participations.map((each) => each.programme);
  const changes = stopped(
    conversation,
    programmes.map((each) => each.id),
    now,
  );
  return done(changes, say(stoppedText(programmes.map((each) => each.name))));
}

function onResume({ conversation, now }: Place): Pressed {
  const { changes, answer } = resumeAll(conversation, now);
  return done(changes, answer);
}

/** Starts again whatever of theirs was stopped or paused. */
export function resumeAll(
  conversation: Conversation,
  now: Date,
): { readonly changes: readonly Change[]; readonly answer: Message } {
  const programmes = conversation.participations
    .filter((each) => each.stoppedAt !== null || each.pausedUntil !== null)
    .map((each) => each.programme);
  if (programmes.length === 0) return { changes: [], answer: say('The check-ins are on, so there is nothing to start again.') };
  const ids = programmes.map((each) => each.id);
  const names = programmes.map((each) => each.name);
  const changes = resumed(conversation, ids, now);
  const after = withChanges(conversation, changes);
  const isAnyOpen = after.checkIns.some((each) => isOpen(each) && ids.includes(each.programmeId));
  return { changes, answer: say(resumedText(names, nextPlanned(after)?.dueOn ?? null, isAnyOpen)) };
}

/** The choice is `named` or `totals`; in an answer about several programmes with the programme's id behind it. */
function onNames({ conversation, own, ref }: Place): Pressed {
  const [consent, id] = (ref.choice ?? '').split('-');
  const programmeId = id === undefined ? own?.programmeId : (Number(id) as ProgrammeId);
  const participation = conversation.participations.find((each) => each.programme.id === programmeId);
  if (!participation || (consent !== 'named' && consent !== 'totals')) return NOT_YOURS;
  const name = participation.programme.name;
  const cards = conversation.sent
    .filter((each) => each.kind === 'card' && each.programmeId === programmeId && each.state === 'sent')
    .slice(0, 1);
  return done(
    [
      { kind: 'participation', programmeId: participation.programme.id, patch: { namesConsent: consent } },
      { kind: 'log', programmeId: participation.programme.id, what: 'alumnus_consent', detail: { consent } },
      ...cards.map((card): Change => ({ kind: 'refresh', deliveryId: card.id })),
    ],
    own?.kind === 'card'
      ? null
      : say(
          consent === 'named'
            ? `The organisers of ${name} see your answers with your name.`
            : `The organisers of ${name} see your answers only in totals.`,
        ),
  );
}

function onMore({ conversation, own, model }: Place): Pressed {
  const checkIn = conversation.checkIns.find((each) => each.id === own?.checkInId);
  const participation = checkIn ? participationIn(conversation, checkIn.programmeId) : conversation.participations[0];
  if (!participation) return NOT_YOURS;
  return done([], moreAbout(noticeFacts(participation, checkIn?.cohortId ?? participation.cohorts[0]?.id ?? 0, model)));
}

function onCard(place: Place): Pressed {
  const { conversation, own, now, ref } = place;
  const reply = conversation.replies.find((each) => each.id === own?.replyId);
  if (!reply) return NOT_YOURS;
  if (ref.verb === 'help') return onHelp(place, reply);
  if (reply.stored === null || reply.stored.basis === 'taken_back')
    return only('That was taken back. Write again whenever you like.');
  if (ref.verb === 'right') return done(confirmed(conversation, reply, reply.stored.update, now));
  if (ref.verb === 'undo') {
    return done([
      { kind: 'reply', reply: { ...reply, state: 'taken_back', settleAt: null } },
      ...takenBack(conversation, reply, now),
    ]);
  }
  if (ref.verb === 'change') return { changes: [], answer: null, form: formFor(ref.key, reply.stored.update) };
  if (ref.verb === 'influence' || ref.verb === 'channels') return onInfluence(place, reply);
  return onSelect(place, reply);
}

/** The record is what the person says it is. */
function confirmed(conversation: Conversation, reply: Reply, update: CareerUpdate, now: Date): readonly Change[] {
  if (reply.stored === null) return [];
  const helpConsent = update.helpWanted && reply.helpConsent === 'not_asked' ? 'asked' : reply.helpConsent;
  return [
    { kind: 'reply', reply: { ...reply, state: 'confirmed', helpConsent } },
    record(reply, { ...reply.stored, update, basis: 'confirmed' }),
    ...answeredBy(conversation, reply, update, now),
    ...showCard(conversation, reply, now),
  ];
}

/** What could not be read answered nothing; a tap or a form that says something does. */
function answeredBy(conversation: Conversation, reply: Reply, update: CareerUpdate, now: Date): readonly Change[] {
  const checkIn = conversation.checkIns.find((each) => each.id === reply.checkInId);
  if (!checkIn || checkIn.state === 'answered' || update.activities.length === 0) return [];
  return answered(conversation, checkIn.id, now);
}

function onInfluence({ conversation, value, ref, now }: Place, reply: Reply): Pressed {
  if (reply.stored === null) return NOT_YOURS;
  const { update } = reply.stored;
  const asked: Change = { kind: 'participation', programmeId: reply.programmeId, patch: { influenceAskedAt: now } };
  const channel = CHANNELS.find((each) => each === value);
  const rating = value === 'skip' ? null : Number(value);
  if (ref.verb === 'influence' && rating !== null && ![1, 2, 3, 4, 5].includes(rating)) return NOT_YOURS;
  const influence =
    ref.verb === 'influence' ? { ...update.influence, rating } : { ...update.influence, channels: channel ? [channel] : [] };
  return done([
    asked,
    record(reply, { ...reply.stored, update: { ...update, influence } }),
    ...showCard(conversation, reply, now),
  ]);
}

function onHelp({ conversation, own, ref, now }: Place, reply: Reply): Pressed {
  const helpConsent = ref.choice === 'yes' ? 'yes' : 'no';
  const changes: readonly Change[] = [{ kind: 'reply', reply: { ...reply, helpConsent } }];
  if (own?.kind === 'card') return done([...changes, ...showCard(conversation, reply, now)]);
  return done(
    changes,
    say(helpConsent === 'yes' ? 'Passed on to the organisers, with your name.' : 'All right, it stays between us.'),
  );
}

const EMPTY_ACTIVITY = {
  status: 'current',
  organisation: null,
  role: null,
  topic: null,
  track: 'unclear',
  start: null,
  end: null,
  commitment: null,
  funder: null,
  people: [],
  evidence: '',
} as const;

/** One tap in a select puts one field right, and is the person's own word for it. */
function onSelect({ conversation, ref, value, now }: Place, reply: Reply): Pressed {
  if (reply.stored === null) return NOT_YOURS;
  const { stored } = reply;
  const kind = ref.verb === 'kind' ? KINDS.find((each) => each === value) : undefined;
  const track = ref.verb === 'track' ? TRACKS.find((each) => each === value) : undefined;
  if (!kind && !track) return NOT_YOURS;
  const patch = { ...(kind ? { kind } : {}), ...(track ? { track } : {}) };
  const selected = selectedActivity(stored.update);
  const activities =
    selected === null
      ? [{ ...EMPTY_ACTIVITY, kind: 'other' as const, ...patch }]
      : stored.update.activities.map((each, at) => (at === selected ? { ...each, ...patch } : each));
  const isConfirmed = stored.basis === 'confirmed';
  const update: CareerUpdate = { ...stored.update, intent: 'update', activities };
  const changes: readonly Change[] = [
    ...answeredBy(conversation, reply, update, now),
    record(reply, {
      ...stored,
      update,
      basis: isConfirmed ? 'confirmed' : 'corrected',
      kindConfidence: kind ? 1 : stored.kindConfidence,
      trackConfidence: track ? 1 : stored.trackConfidence,
    }),
    ...showCard(conversation, reply, now),
  ];
  return done(changes);
}

export type Submitted =
  | { readonly kind: 'saved'; readonly changes: readonly Change[] }
  | { readonly kind: 'errors'; readonly errors: readonly FormError[] }
  | { readonly kind: 'not_yours' };

/** A form that was sent for a card: the record as filled in and thereby confirmed, or what is wrong with it. */
export function decideOnForm(conversation: Conversation, key: string, sent: FormValues, now: Date): Submitted {
  const own = conversation.sent.find((each) => each.key === key);
  const reply = conversation.replies.find((each) => each.id === own?.replyId);
  if (!reply?.stored || reply.stored.basis === 'taken_back') return { kind: 'not_yours' };
  const read = readForm(reply.stored.update, sent);
  if (!read.ok) return { kind: 'errors', errors: read.error };
  const certain = { ...reply, stored: { ...reply.stored, kindConfidence: 1, trackConfidence: 1 } };
  return { kind: 'saved', changes: confirmed(conversation, certain, read.value, now) };
}
