import { activityLine } from './activity-line.js';
import { isOpen, lastKnown, participationIn } from './check-in.js';
import type { CheckIn, Conversation, DeliveryKind, Participation } from './conversation.js';
import { mainActivity } from './main-activity.js';
import { button, controlId, controls, type Message, note, OWN_KEY, type Part, paragraph } from './message.js';
import { zoneOf } from './transitions.js';
import {
  dayIn,
  greeting,
  LABELS,
  LATER_CHOICES,
  listInWords,
  monthInWords,
  type NoticeFacts,
  noticeParts,
  nudge,
  snoozedText,
  stoppedText,
  theQuestion,
  whoReads,
  whyNow,
} from './wording.js';

export function noticeFacts(participation: Participation, cohortId: number, model: string | null): NoticeFacts {
  const cohort = participation.cohorts.find((each) => each.id === cohortId) ?? participation.cohorts[0];
  return {
    programme: participation.programme.name,
    cohort: cohort?.name ?? participation.programme.name,
    endedOn: cohort?.endedOn ?? '1970-01-01',
    waves: participation.programme.settings.waves,
    model,
  };
}

/** "Last time (July 2023): research engineer at Conjecture." */
function lastTime(conversation: Conversation, checkIn: CheckIn): readonly Part[] {
  const stored = lastKnown(conversation, checkIn.programmeId)?.stored;
  const main = stored && (mainActivity(stored.update.activities) ?? stored.update.activities[0]);
  if (!stored || !main) return [];
  const when = monthInWords(dayIn(zoneOf(conversation, checkIn.programmeId), stored.storedAt));
  return [paragraph(`Last time (${when}): ${activityLine(main)}.`)];
}

const choices = controls(
  button('no_change', OWN_KEY, LABELS.noChange),
  button('later', OWN_KEY, LABELS.later),
  button('stop', OWN_KEY, LABELS.stop),
);

/** What stands under a question: the choices while it can be answered, else what became of it. */
function footing(conversation: Conversation, checkIn: CheckIn): readonly Part[] {
  const newer = conversation.checkIns.some(
    (each) =>
      each.programmeId === checkIn.programmeId &&
      isOpen(each) &&
      each.servedBy === null &&
      each.id !== checkIn.id &&
      each.dueAt > checkIn.dueAt,
  );
  if (newer) return [note('A newer question has come since. Whatever you answer now counts for that one.')];
  switch (checkIn.state) {
    case 'answered':
      return [note('Answered, thank you.')];
    case 'stopped':
      return [
        note(stoppedText([participationIn(conversation, checkIn.programmeId).programme.name])),
        controls(button('resume', OWN_KEY, LABELS.resume)),
      ];
    case 'snoozed':
      return [
        note(snoozedText(checkIn.notBefore ?? checkIn.dueOn)),
        controls({
          kind: 'select',
          id: controlId('later', OWN_KEY),
          prompt: 'Another time?',
          choices: LATER_CHOICES,
          chosen: null,
        }),
      ];
    default:
      return [choices, note(whoReads(participationIn(conversation, checkIn.programmeId).programme.name))];
  }
}

/** The question of a check-in as it stands, with the notice where it is the first message ever to this person. */
export function questionMessage(conversation: Conversation, checkIn: CheckIn, model: string | null): Message {
  const participation = participationIn(conversation, checkIn.programmeId);
  const isFirst = participation.noticedAt === null || participation.noticedAt.getTime() === checkIn.deliveredAt?.getTime();
  const cohorts = conversation.checkIns
    .filter((each) => each.id === checkIn.id || each.servedBy === checkIn.id)
    .flatMap((each) => participation.cohorts.filter((cohort) => cohort.id === each.cohortId).map((cohort) => cohort.name));
  const about = listInWords([...new Set(cohorts)]);
  const facts = noticeFacts(participation, checkIn.cohortId, model);
  const hello = greeting(conversation.person.name);
  return {
    parts: [
      ...(isFirst ? [paragraph(`${hello}.`), ...noticeParts(facts), controls(button('more', OWN_KEY, LABELS.more))] : []),
      paragraph(`${isFirst ? '' : `${hello}. `}${whyNow(about, checkIn.waveMonths)}`),
      ...lastTime(conversation, checkIn),
      paragraph(theQuestion(checkIn.waveMonths)),
      ...footing(conversation, checkIn),
    ],
  };
}

/** The nth reminder of a question that is still open. */
export function reminderMessage(conversation: Conversation, checkIn: CheckIn, kind: DeliveryKind, nth: number): Message {
  if (kind !== 'reminder' || checkIn.deliveredAt === null)
    throw new Error(`check-in ${checkIn.id} was not asked, so there is nothing to remind of`);
  const { programme } = participationIn(conversation, checkIn.programmeId);
  const askedOn = dayIn(zoneOf(conversation, checkIn.programmeId), checkIn.deliveredAt);
  const isLast = nth >= programme.settings.reminderAfterMs.length;
  return {
    parts: [
      paragraph(`${greeting(conversation.person.name)}, this is about ${programme.name}. ${nudge(askedOn, isLast)}`),
      ...footing(conversation, checkIn),
    ],
  };
}
