import { selectedActivity } from './card.js';
import { type CareerUpdate, CHANNELS, EMPTY_ACTIVITY, KINDS } from './career-update.js';
import { participationIn } from './check-in.js';
import type { Change, Conversation, Reply } from './conversation.js';
import { formFor, readForm } from './form.js';
import { type FormError, type FormValues, say } from './message.js';
import { done, NOT_YOURS, only, type Place, type Pressed } from './pressed.js';
import { showCard, takenBack } from './reply-changes.js';
import { record } from './reply-record.js';
import { tracksOf } from './tracks.js';
import { answered } from './transitions.js';

/** A press under the card of a reply. */
export function onCard(place: Place): Pressed {
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
  if (ref.verb === 'change')
    return { changes: [], answer: null, form: formFor(ref.key, reply.stored.update, tracksIn(conversation, reply)) };
  if (ref.verb === 'influence' || ref.verb === 'channels') return onInfluence(place, reply);
  return onSelect(place, reply);
}

const tracksIn = (conversation: Conversation, reply: Reply) =>
  participationIn(conversation, reply.programmeId).programme.settings.tracks;

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

/** One tap in a select puts one field right, and is the person's own word for it. */
function onSelect({ conversation, ref, value, now }: Place, reply: Reply): Pressed {
  if (reply.stored === null) return NOT_YOURS;
  const { stored } = reply;
  const kind = ref.verb === 'kind' ? KINDS.find((each) => each === value) : undefined;
  const track =
    ref.verb === 'track' ? [...tracksOf(tracksIn(conversation, reply)), 'unclear'].find((each) => each === value) : undefined;
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
  const read = readForm(reply.stored.update, sent, tracksIn(conversation, reply));
  if (!read.ok) return { kind: 'errors', errors: read.error };
  const certain = { ...reply, stored: { ...reply.stored, kindConfidence: 1, trackConfidence: 1 } };
  return { kind: 'saved', changes: confirmed(conversation, certain, read.value, now) };
}
