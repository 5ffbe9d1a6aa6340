import { participationIn } from './check-in.js';
import type { Conversation, Participation } from './conversation.js';
import type { ProgrammeId } from './ids.js';
import { button, controlId, controls, type Message, note, OWN_KEY, type Part, paragraph, say } from './message.js';
import type { Person, Programme, WayIn } from './people.js';
import { DAY_MS } from './settings.js';
import { COMMON_ZONES } from './time-zone.js';
import { dayInWords, greeting, LABELS, listInWords, monthsInWords, SMALL_NUMBERS } from './wording.js';

export type NoticeFacts = {
  readonly programme: string;
  readonly cohort: string;
  readonly cameBy: WayIn;
  readonly endedOn: string;
  readonly waves: readonly number[];
  /** How many reminders may follow a question. */
  readonly reminders: number;
  /** How long what they write is kept; null: until they erase it. */
  readonly retainMs: number | null;
  /** Who reads replies, "a language model of ..." where one does; null: the offline reader. */
  readonly model: string | null;
};

const WHERE_FROM: Readonly<Record<WayIn, string>> = {
  roster: 'your address comes from their list',
  channel: 'I know of you as a member of its channel here',
  role: 'I know of you by its role here',
  invitation: 'you pressed “Keep in touch” yourself',
};

/** The language model that may read what is written to a programme, of the one that is set up. */
export const modelFor = ({ settings }: Pick<Programme, 'settings'>, model: string | null): string | null =>
  settings.model === 'on' ? model : null;

/** Whether a model may read what they write: where their programme lets it, and they were told of it before. */
export function mayModelRead({ programme, toldModel }: Participation, model: string | null): boolean {
  const reader = modelFor(programme, model);
  return reader !== null && reader === toldModel;
}

/** `model`: whom they are told of. */
export function noticeFacts(participation: Participation, cohortId: number, model: string | null): NoticeFacts {
  const cohort = participation.cohorts.find((each) => each.id === cohortId) ?? participation.cohorts[0];
  return {
    programme: participation.programme.name,
    cohort: cohort?.name ?? participation.programme.name,
    cameBy: cohort?.cameBy ?? 'roster',
    endedOn: cohort?.endedOn ?? '1970-01-01',
    waves: participation.programme.settings.waves,
    reminders: participation.programme.settings.reminderAfterMs.length,
    retainMs: participation.programme.settings.retainMs,
    model,
  };
}

/** The first message ever to a person says what this is; four lines, and more on request. */
export function noticeParts(facts: NoticeFacts): readonly Part[] {
  return [
    paragraph(
      `I am Afterwards, a bot. The organisers of ${facts.programme} asked me to keep in touch with everybody who took part; you were in ${facts.cohort}, and ${WHERE_FROM[facts.cameBy]}.`,
    ),
    paragraph(
      `I ask a few times over the years${atMostReminded(facts.reminders)}. The organisers see answers in totals, or with your name if you agree to that. What you write is kept ${keptFor(facts.retainMs)}.`,
    ),
    paragraph(
      facts.model === null
        ? 'No language model reads what you write, only a small program on the organisers’ own machine.'
        : `What you write is read by ${facts.model}. ${MASKED}`,
    ),
    paragraph('Write “stop” and I never write again; write “erase” and everything I hold about you is gone.'),
  ];
}

const MASKED = 'Your name, addresses, links and phone numbers are masked before.';
const keptFor = (ms: number | null) =>
  ms === null
    ? 'until you erase it'
    : `for ${monthsInWords(Math.max(1, Math.round(ms / (30.44 * DAY_MS))))} or until you erase it, the short record longer`;

const atMostReminded = (n: number) =>
  n === 0 ? '' : `, with at most ${SMALL_NUMBERS[n] ?? n} reminder${n === 1 ? '' : 's'} each time`;

/** What "Tell me more" answers. */
export function moreAbout(facts: NoticeFacts): Message {
  const waves = listInWords(facts.waves.filter((months) => months > 0).map(monthsInWords));
  return say(
    `${facts.cohort} ended on ${dayInWords(facts.endedOn)}. I ask one question${waves && ` after ${waves}`}: what are you doing these days? One line is enough.`,
    'I turn your answer into a short record, show it to you, and you put it right. Only what you confirm, or let stand, is counted.',
    `The organisers of ${facts.programme} see totals, such as how many work in which field. They see your name beside an answer only if you say so, and you can change your mind at any time.`,
    facts.model === null
      ? 'Your words are read by a program on the organisers’ own machine and go nowhere else.'
      : `Your words are read by ${facts.model}. ${MASKED} Whoever writes “stop” or “erase” is read by a program on the organisers’ own machine alone.`,
    'You can write “data” to see everything that is held about you, “pause” to be left alone for a while, “stop” to end it, and “erase” to remove it all.',
  );
}

/** What stands on the first message ever besides the question: who this is, and where the clock of theirs is to be read. */
export const introduction = (person: Person, facts: NoticeFacts): readonly Part[] => [
  paragraph(`${greeting(person.name)}.`),
  ...noticeParts(facts),
  controls(button('more', OWN_KEY, LABELS.more)),
  ...zoneParts(person),
];

/** Discord does not tell where somebody lives, so that is asked once; on Slack it stands in the profile. */
function zoneParts({ accounts, timeZone, timeZoneFrom }: Person): readonly Part[] {
  if (!accounts.some((each) => each.platform === 'discord')) return [];
  if (timeZoneFrom === 'person')
    return [note(`I go by the clock of ${timeZone}. “timezone” and the name of a city changes that.`)];
  if (timeZone !== null) return [];
  return [
    paragraph(
      'Whose clock shall I go by, so that I never write at night? Choose, or write “timezone” and the name of your city.',
    ),
    controls({ kind: 'select', id: controlId('zone', OWN_KEY), prompt: 'Where are you?', choices: COMMON_ZONES, chosen: null }),
  ];
}

/** The notice alone, to somebody who asked to be kept in touch with before there is anything to ask. */
export function noticeMessage(conversation: Conversation, programmeId: ProgrammeId, model: string | null): Message {
  const participation = participationIn(conversation, programmeId);
  const newest = participation.cohorts.findLast((each) => each.cameBy === 'invitation');
  const facts = noticeFacts(participation, newest?.id ?? 0, model);
  return {
    parts: [
      ...introduction(conversation.person, facts),
      paragraph('There is nothing to do now. You can write to me at any time, and I note down what you tell me.'),
    ],
  };
}
