import { checkInFor, isOpen, lastKnown, nextPlanned, participationIn } from './check-in.js';
import type { Change, CheckIn, Conversation } from './conversation.js';
import type { ProgrammeId } from './ids.js';
import { type Message, say } from './message.js';
import { moreAbout, noticeFacts } from './notice.js';
import { onCard } from './on-card.js';
import { ASK_ERASE } from './on-opt-out.js';
import { done, ME_KEY, NOT_YOURS, only, type Place, type Press, type Pressed } from './pressed.js';
import { carriedForward } from './reply-record.js';
import { unreachable } from './result.js';
import { reject } from './third-party.js';
import { inZone, zoneNamed } from './time-zone.js';
import { answered, laterDay, paused, resumed, snoozed, stopped, withChanges, zoneOf } from './transitions.js';
import { waveDueOn } from './wave.js';
import {
  ALREADY_ANSWERED,
  dayIn,
  NOTHING_ON_RECORD,
  PAUSE_MONTHS,
  pausedText,
  resumedText,
  STOPPED_ALREADY,
  snoozedText,
  stoppedText,
  zoneSetText,
} from './wording.js';

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
      if (press.ref.choice === 'ask') return done([], ASK_ERASE);
      return press.ref.choice === 'no' ? only('All right, everything stays as it is.') : done([{ kind: 'erase' }]);
    case 'names':
      return onNames(place);
    case 'more':
      return onMore(place);
    case 'zone':
      return onZone(place);
    case 'pause':
      return onPause(place);
    case 'undo':
      return press.ref.key === ME_KEY ? onEntry(place) : onCard(place);
    case 'right':
    case 'change':
    case 'kind':
    case 'track':
    case 'influence':
    case 'channels':
    case 'help':
      return onCard(place);
    case 'keep':
    case 'form':
    case 'ask':
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

/** What an organiser entered is not so. Questions that tell of it tell of it no more. */
function onEntry({ conversation, ref }: Place): Pressed {
  const checkInId = Number(/^entry-(\d{1,15})$/.exec(ref.choice ?? '')?.[1] ?? 0);
  const changes = reject(conversation, checkInId);
  if (changes === null) return only('That has been put right already.');
  const questions = conversation.sent.filter((each) => each.kind === 'question' && each.state === 'sent').slice(-1);
  return done(
    [...changes, ...questions.map((each): Change => ({ kind: 'refresh', deliveryId: each.id }))],
    say('Noted: that is not so, and it counts nowhere. Write me a line if you like to say what is.'),
  );
}

function onZone({ conversation, own, value, now }: Place): Pressed {
  const zone = zoneNamed(value ?? '');
  if (zone === null) return NOT_YOURS;
  const shown: readonly Change[] = own ? [{ kind: 'refresh', deliveryId: own.id }] : [];
  return done([...inZone(conversation, zone, 'person', now), ...shown], own ? null : say(zoneSetText(zone)));
}

function onPause({ conversation, value, now }: Place): Pressed {
  const months = PAUSE_MONTHS[value ?? ''];
  if (months === undefined) return NOT_YOURS;
  const until = waveDueOn(dayIn(zoneOf(conversation), now), months);
  return done(paused(conversation, until, now), say(pausedText(until)));
}

function onMore({ conversation, own }: Place): Pressed {
  const checkIn = conversation.checkIns.find((each) => each.id === own?.checkInId);
  const participation = checkIn ? participationIn(conversation, checkIn.programmeId) : conversation.participations[0];
  if (!participation) return NOT_YOURS;
  return done(
    [],
    moreAbout(noticeFacts(participation, checkIn?.cohortId ?? participation.cohorts[0]?.id ?? 0, participation.toldModel)),
  );
}
