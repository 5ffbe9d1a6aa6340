import { activityLine } from './activity-line.js';
import type { Activity, CareerUpdate } from './career-update.js';
import { nextPlanned, participationIn } from './check-in.js';
import type { Conversation, Reply, StoredUpdate } from './conversation.js';
import { mainActivity } from './main-activity.js';
import { button, type Control, controlId, controls, type Message, note, OWN_KEY, type Part, paragraph } from './message.js';
import type { OwnTracks } from './tracks.js';
import { zoneOf } from './transitions.js';
import {
  CHANNEL_CHOICES,
  choicesOf,
  dayIn,
  INFLUENCE_CHOICES,
  KIND_LABELS,
  LABELS,
  monthInWords,
  trackChoices,
} from './wording.js';

/** Below this the reader's guess is not shown: the select stands empty and asks. */
export const ASK_BELOW = 0.5;

/** The place of the activity that the two selects are about: the main one, else what else they do now, else the first. Null where there is none. */
export function selectedActivity({ activities }: CareerUpdate): number | null {
  const selected = mainActivity(activities) ?? activities.find((each) => each.status === 'current') ?? activities[0];
  return selected === undefined ? null : activities.indexOf(selected);
}

function selects(stored: StoredUpdate, own: OwnTracks): readonly Control[] {
  const place = selectedActivity(stored.update);
  const activity = place === null ? null : (stored.update.activities[place] ?? null);
  const tracks = trackChoices(own);
  const isThere = tracks.some(({ value }) => value === activity?.track);
  const isSureOfTrack =
    isThere && stored.trackConfidence >= ASK_BELOW && (activity?.track !== 'unclear' || stored.trackConfidence === 1);
  return [
    {
      kind: 'select',
      id: controlId('kind', OWN_KEY),
      prompt: 'What kind of thing is it?',
      choices: choicesOf(KIND_LABELS),
      chosen: activity && stored.kindConfidence >= ASK_BELOW ? activity.kind : null,
    },
    {
      kind: 'select',
      id: controlId('track', OWN_KEY),
      prompt: 'Which field comes closest?',
      choices: tracks,
      chosen: activity && isSureOfTrack ? activity.track : null,
    },
  ];
}

function activityParts(activity: Activity): readonly Part[] {
  const line = paragraph(activityLine(activity));
  return activity.evidence === '' ? [line] : [line, { kind: 'quote', text: activity.evidence }];
}

function recordParts(stored: StoredUpdate, own: OwnTracks): readonly Part[] {
  const { activities } = stored.update;
  if (activities.length === 0) return [controls(...selects(stored, own))];
  const selected = selectedActivity(stored.update);
  return activities.flatMap((activity, place) => [
    ...activityParts(activity),
    ...(place === selected ? [controls(...selects(stored, own))] : []),
  ]);
}

const isFirstCard = (conversation: Conversation, reply: Reply) =>
  conversation.replies.find(
    (each) => each.programmeId === reply.programmeId && each.stored !== null && each.stored.basis !== 'taken_back',
  )?.id === reply.id;

function consentParts(conversation: Conversation, reply: Reply): readonly Part[] {
  const { namesConsent } = participationIn(conversation, reply.programmeId);
  if (!isFirstCard(conversation, reply)) return [];
  switch (namesConsent) {
    case 'not_asked':
      return [
        paragraph('May the organisers see your answers with your name, or only in totals?'),
        controls(
          button('names', OWN_KEY, LABELS.withName, { choice: 'named' }),
          button('names', OWN_KEY, LABELS.totalsOnly, { choice: 'totals' }),
        ),
      ];
    case 'named':
      return [note('The organisers see your answers with your name. “data” changes that.')];
    case 'totals':
      return [note('The organisers see your answers only in totals. “data” changes that.')];
  }
}

const isFirstConfirmed = (conversation: Conversation, reply: Reply) =>
  conversation.replies.find((each) => each.programmeId === reply.programmeId && each.state === 'confirmed')?.id === reply.id;

function influenceParts(conversation: Conversation, reply: Reply, stored: StoredUpdate): readonly Part[] {
  if (!isFirstConfirmed(conversation, reply)) return [];
  const { programme, influenceAskedAt } = participationIn(conversation, reply.programmeId);
  const { rating, channels } = stored.update.influence;
  if (influenceAskedAt !== null && rating === null) return [];
  const ratingSelect: Control = {
    kind: 'select',
    id: controlId('influence', OWN_KEY),
    prompt: 'How much, from 1 to 5?',
    choices: INFLUENCE_CHOICES,
    chosen: rating === null ? null : String(rating),
  };
  const channelSelect: Control = {
    kind: 'select',
    id: controlId('channels', OWN_KEY),
    prompt: 'Through what, mostly?',
    choices: CHANNEL_CHOICES,
    chosen: channels[0] ?? null,
  };
  return [
    paragraph(`One last thing, if you like: how much did ${programme.name} have to do with it?`),
    controls(ratingSelect, ...(rating !== null && rating > 1 ? [channelSelect] : [])),
  ];
}

function helpParts(reply: Reply): readonly Part[] {
  if (!reply.stored?.update.helpWanted) return [];
  if (reply.helpConsent === 'yes') return [note('Your request is passed on to the organisers, with your name.')];
  if (reply.helpConsent === 'no') return [note('Your request stays between us.')];
  return [
    paragraph('You ask for something the organisers might help with. Shall I pass your message on to them, with your name?'),
    controls(
      button('help', OWN_KEY, LABELS.passOn, { choice: 'yes' }),
      button('help', OWN_KEY, LABELS.keepPrivate, { choice: 'no' }),
    ),
  ];
}

function heading(reply: Reply, stored: StoredUpdate): string {
  if (reply.state === 'confirmed') return stored.carriedForward ? 'Noted: nothing changed. Thank you.' : 'Saved, thank you.';
  if (stored.update.activities.length === 0) return 'Thank you for writing. Which comes closest to what you do now?';
  if (stored.carriedForward) return 'So this still holds:';
  return 'This is what I understood:';
}

function buttons(reply: Reply, stored: StoredUpdate): Part {
  const change = button('change', OWN_KEY, LABELS.change);
  const undo = button('undo', OWN_KEY, LABELS.undo);
  const isDone = reply.state === 'confirmed' || stored.update.activities.length === 0;
  return isDone ? controls(change, undo) : controls(button('right', OWN_KEY, LABELS.right, { style: 'primary' }), change, undo);
}

function comingNext(conversation: Conversation, reply: Reply): readonly Part[] {
  const next = nextPlanned(conversation);
  if (reply.state !== 'confirmed' || next === null) return [];
  const when = monthInWords(dayIn(zoneOf(conversation, next.programmeId), next.dueAt));
  return [note(`I will ask again around ${when}. Write before then if something changes.`)];
}

/** The one card that answers a reply, edited in place from then on. */
export function cardMessage(conversation: Conversation, reply: Reply): Message {
  const { stored } = reply;
  if (stored === null || stored.basis === 'taken_back') {
    return {
      parts: [
        paragraph(
          'Taken back: it is not counted, and nobody sees it. You can write again whenever you like; “erase” removes everything I hold about you.',
        ),
      ],
    };
  }
  return {
    parts: [
      { kind: 'heading', text: heading(reply, stored) },
      ...recordParts(stored, participationIn(conversation, reply.programmeId).programme.settings.tracks),
      buttons(reply, stored),
      ...consentParts(conversation, reply),
      ...helpParts(reply),
      ...(reply.state === 'confirmed' ? influenceParts(conversation, reply, stored) : []),
      ...comingNext(conversation, reply),
    ],
  };
}
