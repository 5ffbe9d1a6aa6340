import { activityLine } from './activity-line.js';
import type { CareerUpdate } from './career-update.js';
import type { CheckInState } from './check-in-state.js';
import { type Message, note, type Part, paragraph, say } from './message.js';
import type { Cohort, Programme } from './people.js';
import { counted } from './report-layout.js';
import { waveWords } from './report-words.js';
import { whatHelps, whyUnreachable } from './unreachable-words.js';
import { dayIn, dayInWords } from './wording.js';

/** How many people of a cohort are in which state at a wave. */
export type WaveState = {
  readonly cohort: string;
  readonly waveMonths: number;
  readonly state: CheckInState;
  readonly people: number;
};

/** Where somebody stands: their last wave that was looked at, else the next one. */
export type PersonState = {
  readonly name: string | null;
  readonly waveMonths: number;
  readonly state: CheckInState;
  readonly reason: string | null;
  readonly dueAt: Date;
  readonly deliveredAt: Date | null;
  readonly remindersSent: number;
};

/** What was read of somebody who agreed to be named, and has not said whether it is right. */
export type Unconfirmed = {
  readonly name: string;
  readonly cohort: string | null;
  readonly storedAt: Date;
  readonly update: CareerUpdate;
};

/** What organisers entered of somebody. */
export type EnteredOf = {
  readonly name: string;
  readonly cohort: string;
  readonly storedAt: Date;
  readonly update: CareerUpdate;
};

export type NeedsHuman = {
  readonly name: string | null;
  readonly cohort: string;
  readonly state: 'unreachable' | 'unsure';
  readonly reason: string | null;
};

/** In their own words, from somebody who agreed to have them passed on. */
export type HelpAsked = { readonly name: string | null; readonly words: string };

const NAMELESS = 'Somebody without a name on the list';

const STATE_WORDS: Readonly<Record<CheckInState, string>> = {
  planned: 'still to come',
  sending: 'on its way',
  delivered: 'not answered yet',
  answered: 'answered',
  lapsed: 'silent',
  snoozed: 'asked to be asked later',
  stopped: 'do not want to be asked',
  unreachable: 'could not be reached',
  not_asked: 'not asked',
  unsure: 'perhaps asked, it cannot be told',
  erased: 'erased',
};

/** Every wave that has begun, and the next one, a cohort after the other. */
export function statusMessage(programme: string, cohorts: readonly string[], states: readonly WaveState[]): Message {
  if (cohorts.length === 0) return say(`${programme} has nobody on its lists yet. “import” brings them in.`);
  return {
    parts: [
      { kind: 'heading', text: `Where ${programme} stands` },
      ...cohorts.flatMap((cohort) =>
        cohortParts(
          cohort,
          states.filter((each) => each.cohort === cohort),
        ),
      ),
      note('“status” and a cohort shows its people. “report” shows what they do.'),
    ],
  };
}

function cohortParts(cohort: string, states: readonly WaveState[]): readonly Part[] {
  const waves = [...new Set(states.map((each) => each.waveMonths))].sort((a, b) => a - b);
  const hasBegun = (wave: number) => states.some((each) => each.waveMonths === wave && each.state !== 'planned');
  const next = waves.find((wave) => !hasBegun(wave));
  const shown = waves.filter((wave) => hasBegun(wave) || wave === next);
  const fields = shown.map((wave) => {
    const inWave = states.filter((each) => each.waveMonths === wave);
    const roster = inWave.reduce((sum, each) => sum + each.people, 0);
    const answered = inWave.find((each) => each.state === 'answered')?.people ?? 0;
    const others = inWave.filter((each) => each.state !== 'answered').map((each) => `${each.people} ${STATE_WORDS[each.state]}`);
    return { label: waveWords(wave), value: [`${answered} of ${roster} answered`, ...others].join(', ') };
  });
  return [
    { kind: 'heading', text: cohort },
    { kind: 'fields', fields },
  ];
}

/** Where everybody of a cohort stands, with a note to those who stay silent or cannot be reached. */
export function peopleMessage(programme: Programme, cohort: Cohort, people: readonly PersonState[]): Message {
  if (people.length === 0) return say(`Nobody is in ${cohort.name} yet. “import” brings them in.`);
  const { timeZone } = programme.settings;
  const fields = people.map((each) => ({ label: each.name ?? NAMELESS, value: personWords(each, timeZone) }));
  const needsNote = people.some(({ state }) => state === 'lapsed' || state === 'unreachable');
  return {
    parts: [
      { kind: 'heading', text: `${cohort.name}, which ended on ${dayInWords(cohort.endedOn)}` },
      { kind: 'fields', fields },
      ...(needsNote
        ? [
            paragraph('To those who stay silent or could not be reached you could write yourself:'),
            { kind: 'quote', text: personalNote(programme.name, { name: null, cohort: cohort.name }) } as const,
          ]
        : []),
      note('Whether somebody was asked is shown to you with their name; what they answered only where they agreed to that.'),
    ],
  };
}

function personWords({ waveMonths, state, reason, dueAt, deliveredAt, remindersSent }: PersonState, zone: string): string {
  const reminded = remindersSent === 0 ? '' : `, reminded ${remindersSent === 1 ? 'once' : `${remindersSent} times`}`;
  const on = (at: Date) => dayInWords(dayIn(zone, at));
  const wave = waveWords(waveMonths);
  switch (state) {
    case 'planned':
      return `next asked around ${on(dueAt)} (${wave})`;
    case 'delivered':
    case 'lapsed':
      return `asked${deliveredAt ? ` on ${on(deliveredAt)}` : ''} (${wave}), silent${state === 'delivered' ? ' so far' : ''}${reminded}`;
    case 'stopped':
      return 'does not want to be asked';
    case 'unreachable':
      return `could not be reached (${wave}): ${whyUnreachable(reason) ?? 'the message did not go through'}`;
    default:
      return `${STATE_WORDS[state]} (${wave})`;
  }
}

export type CheckItem =
  | ({ readonly kind: 'unconfirmed' } & Unconfirmed)
  | ({ readonly kind: 'entered' } & EnteredOf)
  | ({ readonly kind: 'problem' } & NeedsHuman)
  /** Questions that wait because their platform lets a bot begin only a few conversations at a time. */
  | { readonly kind: 'waiting'; readonly people: number };

export function checkMessage(programme: string, items: readonly CheckItem[]): Message {
  if (items.length === 0)
    return say(
      'Nothing waits for you: every answer that may be shown with a name is confirmed, and everybody could be reached.',
      HOW_TO_ENTER,
    );
  const unconfirmed = items.filter((each) => each.kind === 'unconfirmed');
  const entered = items.filter((each) => each.kind === 'entered');
  const problems = items.filter((each) => each.kind === 'problem');
  const waiting = items.filter((each) => each.kind === 'waiting');
  return {
    parts: [
      ...waiting.map((each) => paragraph(waitingWords(each.people))),
      ...section(
        'Read, and not confirmed by them yet',
        unconfirmed.map(
          (each) =>
            `${each.name}${each.cohort ? ` (${each.cohort})` : ''}: ${each.update.activities.map(activityLine).join('; ')}`,
        ),
        'If you know better, ask them to press “Looks right” or to write again. Answers of people who did not agree to be named are not listed, nor are yours.',
      ),
      ...section(
        'Could not be reached',
        problems.map(
          (each) =>
            `${each.name ?? NAMELESS} (${each.cohort}): ${problemWords(each)}. You could write: “${personalNote(programme, each)}”`,
        ),
        whatHelps(problems.map(({ reason }) => reason)).join(' ') || null,
      ),
      ...section(
        'Entered by organisers, and shown apart',
        entered.map((each) => `${each.name} (${each.cohort}): ${each.update.activities.map(activityLine).join('; ')}`),
        null,
      ),
      note(HOW_TO_ENTER),
    ],
  };
}

const waitingWords = (people: number) =>
  `${counted(people, 'person', 'people')} ${people === 1 ? 'waits' : 'wait'} to be written to for the first time: Discord lets a bot begin only a few conversations at a time. Whoever presses “Keep in touch” under an invitation need not wait.`;
const HOW_TO_ENTER = 'To note what you know of somebody yourself, write their name behind it, such as: check Mira Solberg';

function problemWords({ state, reason }: NeedsHuman): string {
  if (state === 'unsure') return 'it cannot be told whether the question reached them';
  return whyUnreachable(reason) ?? 'the question did not go through';
}

/** Ready to copy. */
function personalNote(programme: string, { name, cohort }: Pick<NeedsHuman, 'name' | 'cohort'>): string {
  const first = name?.trim().split(/\s+/)[0];
  return `Hi${first ? ` ${first}` : ''}, how have you been since ${cohort}? ${programme} would like to hear from you. Where can I reach you?`;
}

export function asksMessage(asks: readonly HelpAsked[]): Message {
  if (asks.length === 0) return say('Nobody has asked for anything in the last ninety days that they agreed to have passed on.');
  return {
    parts: [
      { kind: 'heading', text: 'Where you could help' },
      ...asks.flatMap((each): readonly Part[] => [
        paragraph(each.name ?? NAMELESS),
        { kind: 'quote', text: shortened(each.words) },
      ]),
      note('They agreed to have this passed on to you. I tell them nothing back: answer them yourself.'),
    ],
  };
}

const LONGEST_WORDS = 400;
const shortened = (text: string) =>
  [...text].length <= LONGEST_WORDS ? text : `${[...text].slice(0, LONGEST_WORDS - 1).join('')}…`;

function section(heading: string, items: readonly string[], small: string | null): readonly Part[] {
  if (items.length === 0) return [];
  return [{ kind: 'heading', text: heading }, { kind: 'list', items }, ...(small === null ? [] : [note(small)])];
}

export function cohortsMessage(
  programme: string,
  cohorts: readonly { readonly cohort: Cohort; readonly people: number }[],
): Message {
  if (cohorts.length === 0) return say(`${programme} has no cohorts yet. Make one: add ARENA 2.0 --ended 2023-06-30`);
  const fields = cohorts.map(({ cohort, people }) => {
    const mark = cohort.archivedAt ? ', archived' : cohort.pausedAt ? ', paused' : '';
    return { label: cohort.name, value: `${counted(people, 'person', 'people')}, ended on ${dayInWords(cohort.endedOn)}${mark}` };
  });
  return {
    parts: [
      { kind: 'heading', text: `Cohorts of ${programme}` },
      { kind: 'fields', fields },
    ],
  };
}

/** Things that are written down, newest first. */
export function logMessage(
  entries: readonly { readonly at: Date; readonly actor: string; readonly what: string }[],
  zone: string,
): Message {
  if (entries.length === 0) return say('Nothing is written down yet.');
  const items = entries.map((each) => `${dayInWords(dayIn(zone, each.at))}: ${each.what.replaceAll('_', ' ')}, by ${each.actor}`);
  return {
    parts: [
      { kind: 'heading', text: 'What was done last' },
      { kind: 'list', items },
      note('It never holds a name or an answer of an alumnus.'),
    ],
  };
}
