import { activityLine } from './activity-line.js';
import { nextPlanned, participationIn } from './check-in.js';
import type { Conversation, Participation, StoredUpdate } from './conversation.js';
import { button, type Control, controlId, controls, type Message, note, type Part, paragraph, say } from './message.js';
import { ME_KEY } from './pressed.js';
import { standingEntries } from './third-party.js';
import { zoneOf } from './transitions.js';
import { dayIn, dayInWords, LABELS, monthsInWords, PAUSE_CHOICES } from './wording.js';

/** Something that they wrote, on this ISO day. */
export type Said = { readonly day: string; readonly text: string };

/** `isOneOfSeveral`: the button says which programme it is for, since a platform may put all of them below the words. */
function consentPart({ programme, namesConsent }: Participation, isOneOfSeveral: boolean): readonly Part[] {
  const isNamed = namesConsent === 'named';
  const labelled = (label: string) => (isOneOfSeveral ? `${programme.name}: ${label.toLowerCase()}` : label);
  const other = isNamed
    ? button('names', ME_KEY, labelled(LABELS.totalsOnly), { choice: `totals-${programme.id}` })
    : button('names', ME_KEY, labelled(LABELS.withName), { choice: `named-${programme.id}` });
  const state = isNamed ? 'with your name' : 'only in totals';
  return [paragraph(`The organisers of ${programme.name} see your answers ${state}.`), controls(other)];
}

function recordLines({ update, storedAt }: StoredUpdate, zone: string): readonly string[] {
  const { rating } = update.influence;
  const when = dayInWords(dayIn(zone, storedAt));
  const lines = update.activities.map((activity) => `${activityLine(activity)} (${when})`);
  return rating === null ? lines : [...lines, `How much the programme had to do with it: ${rating} of 5 (${when})`];
}

/** What organisers entered, each with a way to say that it is not so. */
function entryParts(conversation: Conversation, zone: string): readonly Part[] {
  const entries = standingEntries(conversation);
  if (entries.length === 0) return [];
  return [
    paragraph('What organisers noted of you. It is not your answer, and counts as none:'),
    ...entries.flatMap(({ programmeId, checkInId, storedAt, update }): readonly Part[] => {
      const { name } = participationIn(conversation, programmeId).programme;
      const what = update.activities.map(activityLine).join('; ');
      return [
        { kind: 'quote', text: `${name}, ${dayInWords(dayIn(zone, storedAt))}: ${what}` },
        controls(button('undo', ME_KEY, LABELS.notSo, { choice: `entry-${checkInId}` })),
      ];
    }),
    note('A line from you about what you do is your own answer, and counts instead.'),
  ];
}

/** Everything that is held about somebody, to them alone. */
export function dataMessage(conversation: Conversation, words: readonly Said[]): Message {
  return { parts: heldParts(conversation, words, words.length) };
}

/** `all`: how much they have written, of which only some may be shown. */
function heldParts(conversation: Conversation, words: readonly Said[], all: number): readonly Part[] {
  const { person } = conversation;
  const zone = zoneOf(conversation);
  const cohorts = conversation.participations.flatMap((each) =>
    each.cohorts.map((cohort) => `${each.programme.name}: ${cohort.name}`),
  );
  const records = conversation.replies.flatMap(({ stored }) =>
    stored && stored.basis !== 'taken_back' ? recordLines(stored, zone) : [],
  );
  const next = nextPlanned(conversation);
  return [
    { kind: 'heading', text: 'What I hold about you' },
    {
      kind: 'fields',
      fields: [
        { label: 'Name', value: person.name ?? 'none' },
        { label: 'E-mail', value: person.email ?? 'none' },
        { label: 'Accounts', value: person.accounts.map((each) => `${each.platform} ${each.id}`).join(', ') || 'none' },
        { label: 'Time zone', value: person.timeZone ?? `not known, so I go by ${zone}` },
        { label: 'Cohorts', value: cohorts.join(', ') },
        { label: 'Next question', value: next ? `around ${dayInWords(dayIn(zone, next.dueAt))}` : 'none is planned' },
      ],
    },
    ...(records.length > 0 ? [paragraph('What I noted down of your answers:'), { kind: 'list' as const, items: records }] : []),
    ...(words.length > 0
      ? [
          paragraph(all > words.length ? `What you wrote last, of ${all} messages (“data” shows them all):` : 'What you wrote:'),
          ...words.map((each): Part => ({ kind: 'quote', text: `${dayInWords(each.day)}: ${each.text}` })),
        ]
      : [paragraph('You have not written anything yet.')]),
    ...conversation.participations.flatMap((each) => consentPart(each, conversation.participations.length > 1)),
    ...entryParts(conversation, zone),
    note('“erase” removes all of this, “stop” ends the check-ins and keeps it.'),
  ];
}

/** How many of a cohort have answered at a wave. */
export type Response = {
  readonly cohort: string;
  readonly waveMonths: number;
  readonly answered: number;
  readonly people: number;
  /** Fewer than this are never shown. */
  readonly minCell: number;
  /** What they mainly do, as everybody may see it. */
  readonly picture: readonly string[];
};

const WORDS_SHOWN = 5;

/** The same as `data`, with everything that can be done about it to press, and what came of the answers where they gave one. */
export function homeMessage(conversation: Conversation, words: readonly Said[], responses: readonly Response[]): Message {
  const isOver = conversation.participations.every((each) => each.stoppedAt !== null || each.pausedUntil !== null);
  const pause: Control = {
    kind: 'select',
    id: controlId('pause', ME_KEY),
    prompt: 'Be left alone for a while',
    choices: PAUSE_CHOICES,
    chosen: null,
  };
  const leaving = isOver ? [button('resume', ME_KEY, LABELS.resume)] : [pause, button('stop', ME_KEY, LABELS.stop)];
  return {
    parts: [
      paragraph('Write me a line whenever something changes, and I note it down.'),
      ...responses.filter((each) => each.people >= each.minCell).flatMap(responseParts),
      ...heldParts(conversation, words.slice(-WORDS_SHOWN), words.length),
      controls(
        ...changeButton(conversation),
        ...leaving,
        button('erase', ME_KEY, LABELS.erase, { choice: 'ask', style: 'danger' }),
      ),
    ],
  };
}

/** Opens the form of the last record that stands. */
function changeButton({ sent, replies }: Conversation): readonly Control[] {
  const card = sent.findLast(
    (own) =>
      own.kind === 'card' &&
      own.state === 'sent' &&
      replies.some((each) => each.id === own.replyId && each.stored !== null && each.stored.basis !== 'taken_back'),
  );
  return card ? [button('change', card.key, LABELS.changeLast)] : [];
}

function responseParts(response: Response): readonly Part[] {
  const { picture } = response;
  return [paragraph(responseText(response)), ...(picture.length > 0 ? [{ kind: 'list' as const, items: picture }] : [])];
}

function responseText({ cohort, waveMonths, answered, people, minCell }: Response): string {
  const who = answered > 0 && answered < minCell ? `Fewer than ${minCell}` : String(answered);
  const when = waveMonths === 0 ? 'at its end' : `${monthsInWords(waveMonths)} after its end`;
  return `${cohort}, ${when}: ${who} of ${people} have answered.`;
}

export const STRANGERS_HOME = say(
  'I am Afterwards, a bot. I ask alumni of training programmes now and then what they are doing these days, and tell their organisers honestly what became of them.',
  'You are on no list of mine, so I hold nothing about you. If you took part in a programme, its organisers can add you.',
);
