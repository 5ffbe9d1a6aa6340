import { activityLine } from './activity-line.js';
import { isOpen, lastKnown, participationIn } from './check-in.js';
import type { CheckIn, Conversation, DeliveryKind, Reply } from './conversation.js';
import { mainActivity } from './main-activity.js';
import { button, controlId, controls, type Message, note, OWN_KEY, type Part, paragraph } from './message.js';
import { introduction, noticeFacts } from './notice.js';
import { ME_KEY } from './pressed.js';
import { standingEntries } from './third-party.js';
import { zoneOf } from './transitions.js';
import {
  askedLater,
  dayIn,
  greeting,
  LABELS,
  LATER_CHOICES,
  modelReads,
  monthInWords,
  nudge,
  snoozedText,
  stoppedText,
  theQuestion,
  whoReads,
  whyNow,
} from './wording.js';

/** "Last time (July 2023): research engineer at Conjecture.": what was known when it was asked, whatever has been said since. */
function lastTime(conversation: Conversation, checkIn: CheckIn): readonly Part[] {
  const isBefore = (reply: Reply) =>
    reply.checkInId !== checkIn.id && (checkIn.deliveredAt === null || reply.openedAt < checkIn.deliveredAt);
  const stored = lastKnown(conversation, checkIn.programmeId, isBefore)?.stored;
  const main = stored && (mainActivity(stored.update.activities) ?? stored.update.activities[0]);
  if (!stored || !main) return [];
  const when = monthInWords(dayIn(zoneOf(conversation, checkIn.programmeId), stored.storedAt));
  return [paragraph(`Last time (${when}): ${activityLine(main)}.`)];
}

/** What an organiser noted since they last said something themselves: they can put it right by answering, or say that it is not so. */
function notedByOrganisers(conversation: Conversation, checkIn: CheckIn): readonly Part[] {
  const { programme } = participationIn(conversation, checkIn.programmeId);
  const last = lastKnown(conversation, checkIn.programmeId)?.stored?.storedAt;
  const entry = standingEntries(conversation).findLast((each) => each.programmeId === programme.id);
  if (!entry || (last && last > entry.storedAt)) return [];
  const what = entry.update.activities.map(activityLine).join('; ');
  return [
    note(`An organiser of ${programme.name} noted of you: ${what}. That is not your answer, and counts as none.`),
    controls(button('undo', ME_KEY, LABELS.notSo, { choice: `entry-${entry.checkInId}` })),
  ];
}

const choices = controls(
  button('no_change', OWN_KEY, LABELS.noChange),
  button('later', OWN_KEY, LABELS.later),
  button('stop', OWN_KEY, LABELS.stop),
);

/** What stands under a question: the choices while it can be answered, else what became of it. */
function footing(conversation: Conversation, checkIn: CheckIn, model: string | null): readonly Part[] {
  const participation = participationIn(conversation, checkIn.programmeId);
  const { programme, namesConsent, stoppedAt } = participation;
  const isNewer = (each: CheckIn) =>
    each.programmeId === checkIn.programmeId && each.servedBy === null && each.id !== checkIn.id && each.dueAt > checkIn.dueAt;
  const newer = conversation.checkIns.some((each) => isNewer(each) && (isOpen(each) || each.deliveredAt !== null));
  if (newer && checkIn.state !== 'answered')
    return [note('A newer question has come since, and what you answer counts for that one.')];
  switch (checkIn.state) {
    case 'answered':
      return [note('Answered, thank you.')];
    case 'stopped':
      return stoppedAt === null
        ? [note('The check-ins are on again. Write whenever you like.')]
        : [note(stoppedText([programme.name])), controls(button('resume', OWN_KEY, LABELS.resume))];
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
      return [choices, note(whoReads(programme.name, namesConsent)), ...(model === null ? [] : [note(modelReads(model))])];
  }
}

/** The cohort that is asked about first, then those that its question serves too; each once, by its latest wave. */
function cohortsAskedAbout(conversation: Conversation, checkIn: CheckIn) {
  const { cohorts } = participationIn(conversation, checkIn.programmeId);
  const served = conversation.checkIns.filter((each) => each.servedBy === checkIn.id).reverse();
  const waves = new Map<number, number>();
  for (const each of [checkIn, ...served]) waves.set(each.cohortId, waves.get(each.cohortId) ?? each.waveMonths);
  return [...waves].flatMap(([id, waveMonths]) => {
    const name = cohorts.find((cohort) => cohort.id === id)?.name;
    return name === undefined ? [] : [{ name, waveMonths }];
  });
}

/**
 * The question of a check-in as it stands, with the notice where it is the first message ever to this person. `ask` counts how often
 * it was asked: more than once only where they wished to be asked later. `model`: the one that they are told reads their answer.
 */
export function questionMessage(conversation: Conversation, checkIn: CheckIn, model: string | null, ask: number): Message {
  const participation = participationIn(conversation, checkIn.programmeId);
  const isTheNotice = participation.noticedAt?.getTime() === checkIn.deliveredAt?.getTime() && ask === 1;
  const isFirst = participation.noticedAt === null || isTheNotice;
  const facts = noticeFacts(participation, checkIn.cohortId, model);
  const hello = greeting(conversation.person.name);
  return {
    parts: [
      ...(isFirst ? introduction(conversation.person, facts) : []),
      paragraph(
        `${isFirst ? '' : `${hello}. `}${ask > 1 ? askedLater(participation.programme.name) : whyNow(cohortsAskedAbout(conversation, checkIn))}`,
      ),
      ...lastTime(conversation, checkIn),
      ...notedByOrganisers(conversation, checkIn),
      paragraph(theQuestion(checkIn.waveMonths)),
      ...footing(conversation, checkIn, isFirst ? null : model),
    ],
  };
}

/** The nth reminder of a question that is still open. */
export function reminderMessage(conversation: Conversation, checkIn: CheckIn, kind: DeliveryKind, nth: number): Message {
  if (kind !== 'reminder' || checkIn.deliveredAt === null)
    throw new Error(`check-in ${checkIn.id} was not asked, so there is nothing to remind of`);
  const { programme, toldModel } = participationIn(conversation, checkIn.programmeId);
  const askedOn = dayIn(zoneOf(conversation, checkIn.programmeId), checkIn.deliveredAt);
  const isLast = nth >= programme.settings.reminderAfterMs.length;
  const hasRecord = lastKnown(conversation, checkIn.programmeId) !== null;
  return {
    parts: [
      paragraph(
        `${greeting(conversation.person.name)}, this is about ${programme.name}. ${nudge(askedOn, checkIn.waveMonths, { isLast, hasRecord })}`,
      ),
      ...footing(conversation, checkIn, toldModel),
    ],
  };
}
