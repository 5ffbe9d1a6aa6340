import { Temporal } from 'temporal-polyfill';
import type { Kind, TRACKS } from './career-update.js';
import { type Choice, say } from './message.js';
import type { NamesConsent } from './people.js';
import { type OwnTracks, trackId } from './tracks.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
export const SMALL_NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const;

/** `2023-06-30` as "30 June 2023". */
export function dayInWords(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return `${date.day} ${MONTHS[date.month - 1]} ${date.year}`;
}

/** `2023-06-30` as "June 2023". */
export function monthInWords(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return `${MONTHS[date.month - 1]} ${date.year}`;
}

/** The calendar day of an instant on the clock of a zone, as an ISO day. */
export function dayIn(zone: string, instant: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

const counted = (n: number, word: string) => (n === 1 ? `a ${word}` : `${SMALL_NUMBERS[n] ?? n} ${word}s`);

/** 12 as "a year", 6 as "six months", 24 as "two years". */
export function monthsInWords(months: number): string {
  return months > 0 && months % 12 === 0 ? counted(months / 12, 'year') : counted(months, 'month');
}

/** Names joined as people do: "ARENA", "ARENA and MATS", "ARENA, MATS and SPAR". */
export function listInWords(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

export const KIND_LABELS: Readonly<Record<Kind, string>> = {
  employment: 'A job',
  internship: 'An internship',
  work_trial: 'A work trial',
  fellowship: 'A fellowship or research programme',
  study: 'Studying for a degree',
  independent_research: 'Research of my own',
  collaboration: 'Working with people, not employed',
  publication: 'A paper or report',
  community_building: 'Running a group or community',
  founding: 'Starting an organisation',
  volunteering: 'Volunteering',
  job_search: 'Looking for work',
  career_break: 'A break',
  other: 'Something else',
};

const TRACK_LABELS: Readonly<Record<(typeof TRACKS)[number], string>> = {
  alignment: 'Technical AI safety',
  governance: 'AI policy and governance',
  field_building: 'Growing the AI safety field',
  capabilities: 'Making AI more capable',
  applied_ai: 'Using AI in a product or science',
  non_ai: 'Something other than AI',
  unclear: 'Hard to say',
};

/** The tracks as alumni are shown them, in their fixed neutral order, with "hard to say" at the end. */
export function trackChoices(own: OwnTracks): readonly Choice[] {
  if (own === null) return choicesOf(TRACK_LABELS);
  const named = own.map(({ name }) => ({ value: trackId(name), label: `${name.charAt(0).toUpperCase()}${name.slice(1)}` }));
  return [...named, { value: 'unclear', label: TRACK_LABELS.unclear }];
}

/** Labels as choices, in the order of the record they come from. */
export function choicesOf<K extends string>(labels: Readonly<Record<K, string>>): readonly Choice[] {
  return Object.entries<string>(labels).map(([value, label]) => ({ value, label }));
}

export const LATER_CHOICES: readonly Choice[] = [
  { value: 'two_weeks', label: 'In two weeks' },
  { value: 'month', label: 'In a month' },
  { value: 'three_months', label: 'In three months' },
];

export const INFLUENCE_CHOICES: readonly Choice[] = [
  { value: '1', label: '1: nothing' },
  { value: '2', label: '2: a little' },
  { value: '3', label: '3: something' },
  { value: '4', label: '4: a lot' },
  { value: '5', label: '5: it would not have happened otherwise' },
  { value: 'skip', label: 'I would rather not say' },
];

export const CHANNEL_CHOICES: readonly Choice[] = [
  { value: 'connections', label: 'The people I met' },
  { value: 'motivation', label: 'Motivation and belonging' },
  { value: 'skills', label: 'What I learned' },
  { value: 'credential', label: 'The name on my CV' },
  { value: 'skip', label: 'None of these' },
];

/** What the buttons say. Their ids are contract, their words are not. */
export const LABELS = {
  noChange: 'Nothing changed',
  later: 'Ask me later',
  stop: 'Stop these',
  right: 'Looks right',
  change: 'Change something',
  undo: 'Take it back',
  more: 'Tell me more',
  withName: 'With my name',
  totalsOnly: 'Only in totals',
  passOn: 'Yes, pass it on',
  keepPrivate: 'No, leave it',
  yesStop: 'Yes, stop',
  noStop: 'No, carry on',
  yesErase: 'Yes, erase everything',
  noErase: 'No, keep it',
  resume: 'Start again',
  keep: 'Keep in touch',
  changeLast: 'Change my last record',
  notSo: 'That is not so',
  erase: 'Erase everything',
} as const;

export function greeting(name: string | null): string {
  const first = name?.trim().split(/\s+/)[0];
  return first ? `Hi ${first}` : 'Hi';
}

/** Why now: "It has been a year since ARENA 2.0 ended", "... a year since ARENA 2.0 and three months since ARENA 3.0 ended". */
export function whyNow(cohorts: readonly { readonly name: string; readonly waveMonths: number }[]): string {
  const past = cohorts.filter((each) => each.waveMonths > 0);
  const fresh = cohorts.filter((each) => each.waveMonths === 0).map((each) => each.name);
  const spans = [...new Set(past.map((each) => each.waveMonths))].map(
    (months) =>
      `${monthsInWords(months)} since ${listInWords(past.filter((each) => each.waveMonths === months).map((each) => each.name))}`,
  );
  const ended = spans.length === 0 ? [] : [`It has been ${listInWords(spans)} ended.`];
  const justEnded = fresh.length === 0 ? [] : [`${listInWords(fresh)} ${fresh.length === 1 ? 'has' : 'have'} just ended.`];
  return [...ended, ...justEnded].join(' ');
}

/** Asked again, because they wished to be asked later. */
export function askedLater(programme: string): string {
  return `You asked me to come back around now. This is about ${programme}.`;
}

export function theQuestion(waveMonths: number): string {
  return waveMonths === 0
    ? 'What are you planning to do next? One line is enough.'
    : 'What are you doing these days? One line is enough.';
}

export function whoReads(programme: string, consent: NamesConsent): string {
  const how = consent === 'named' ? 'your answer with your name' : 'answers only in totals, unless you allow your name';
  return `The organisers of ${programme} see ${how}. “stop” ends this at any time.`;
}

/** The notice says more of it. */
export const modelReads = (model: string) => `What you write is read by ${model}, with your name masked.`;

/** The words of a reminder; `hasRecord`: something of them is on record, so that "nothing changed" says something. */
export function nudge(
  askedOn: string,
  waveMonths: number,
  { isLast, hasRecord }: { readonly isLast: boolean; readonly hasRecord: boolean },
): string {
  const what = waveMonths === 0 ? 'what you are planning to do next' : 'what you are doing these days';
  const enough = waveMonths > 0 && hasRecord ? 'A line is enough, and “nothing changed” counts too.' : 'A line is enough.';
  const question = `I asked on ${dayInWords(askedOn)} ${what}. ${enough}`;
  return isLast ? `${question} I will not ask again this time.` : question;
}

export const STRANGER = say(
  'Hello, I am Afterwards, a bot that keeps in touch with the alumni of training programmes. I do not find you on any list of mine. If you have a link code, write “link” and the code.',
);

export function stoppedText(programmes: readonly string[]): string {
  const about = programmes.length === 0 ? '' : ` about ${listInWords(programmes)}`;
  return `Done: I will not write to you${about} again. What you told me so far stays; “erase” removes it, “resume” starts the check-ins again.`;
}

export function snoozedText(day: string): string {
  return `All right, I will ask again around ${dayInWords(day)}.`;
}

export const pausedText = (until: string): string =>
  `All right, I will be quiet until ${dayInWords(until)}. “resume” ends the pause.`;

/** How long a pause can be chosen to be, in months. */
export const PAUSE_MONTHS: Readonly<Record<string, number>> = { month: 1, three_months: 3, six_months: 6, year: 12 };
export const PAUSE_CHOICES: readonly Choice[] = [
  { value: 'month', label: 'For a month' },
  { value: 'three_months', label: 'For three months' },
  { value: 'six_months', label: 'For six months' },
  { value: 'year', label: 'For a year' },
];

export const zoneSetText = (zone: string): string => `Noted: I go by the clock of ${zone} from now on.`;

/** `isOpen`: the last question can still be answered. */
export function resumedText(programmes: readonly string[], nextOn: string | null, isOpen: boolean): string {
  const planned = nextOn === null ? 'Nothing is planned at the moment.' : `The next question comes around ${dayInWords(nextOn)}.`;
  const next = isOpen ? 'My last question still stands: a line is enough.' : planned;
  return `Good to have you back. Check-ins for ${listInWords(programmes)} are on again. ${next}`;
}

export const ASK_ERASE_TEXT =
  'Shall I erase everything I hold about you: your answers, your name, and my own messages here? This cannot be undone. Your own messages stay on this platform until you delete them.';

export const ERASED = say(
  'Everything I held about you is erased, and I am removing my messages here. Your own messages stay on this platform until you delete them. Only a scrambled fingerprint of your address remains, so that a new list does not make me write to you; “forget” drops that too. Goodbye, and all the best.',
);

export const ASK_STOP_TEXT = 'Do you want me to stop writing to you?';
export const NOTHING_ON_RECORD = say(
  'I have nothing from before to carry forward. What are you doing these days? One line is enough.',
);
export const ALREADY_ANSWERED = say('You have answered this one already, thank you. Write again any time if something changes.');
export const WHAT_NOW = say(
  'Thanks for writing. Tell me in a line what you are doing these days, and I note it down. “data” shows what I hold about you; “pause”, “stop” and “erase” do what they say.',
);
export const CARD_STANDS = say(
  'Thank you. The card above stands as it is: “Looks right” settles it, and any line about what you do corrects it.',
);
export const CARD_STILL_ASKS = say(
  'Thank you. One tap in the card above, or a line about what you are doing these days, is all I need.',
);
export const STAYS_TAKEN_BACK = say('You took that back, so I leave it be. Write it as a new message, and I note it down.');
export const STOPPED_ALREADY = 'The check-ins are stopped. Write “resume” to start them again.';
export const NOTHING_TO_MOVE = say('All right. Nothing is waiting for an answer, so I will be quiet until the next question.');
export const WHAT_MORE_TELLS = '“Tell me more” says who I am and who reads this.';
export const PASS_QUESTION_ON_TEXT =
  'I cannot answer that myself. Shall I pass your message on to the organisers, with your name?';
