import { activityLine } from './activity-line.js';
import { nextPlanned } from './check-in.js';
import type { Change, Conversation, Participation, StoredUpdate } from './conversation.js';
import { button, controls, type Message, note, type Part, paragraph, say, withKey } from './message.js';
import { stoppedMessage, yesOrNo } from './on-opt-out.js';
import { resumeAll } from './on-press.js';
import { ME_KEY } from './pressed.js';
import { inZone, zoneNamed } from './time-zone.js';
import { paused, stopped, zoneOf } from './transitions.js';
import { ASK_ERASE_TEXT, dayIn, dayInWords, LABELS, pausedText, zoneSetText } from './wording.js';

/** What an alumnus may ask of the bot, as a slash command or as a plain word in the DM. */
export const ALUMNUS_COMMANDS = ['data', 'pause', 'stop', 'resume', 'erase', 'link', 'timezone', 'forget', 'help'] as const;
export type AlumnusCommand = { readonly name: (typeof ALUMNUS_COMMANDS)[number]; readonly rest: string };

const SYNONYMS: Readonly<Record<string, AlumnusCommand['name']>> = {
  unsubscribe: 'stop',
  delete: 'erase',
  'my data': 'data',
  start: 'resume',
  unpause: 'resume',
  '?': 'help',
};
/** What may stand behind a command; whatever else does makes it a sentence, and so a reply. */
const TAKES: Readonly<Partial<Record<AlumnusCommand['name'], RegExp>>> = {
  pause:
    /^(?:(?:for|until|till|to|in|next|the|a|an|one|two|three|four|five|six|nine|twelve|\d{1,4}(?:-\d\d){0,2}|days?|weeks?|months?|years?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|spring|summer|autumn|winter|tomorrow)[ ,]*){1,5}$/,
  link: /^[a-z0-9]{4,16}$/,
  timezone: /^(?:(?:is|in|to) )?[\p{L}_/+-]{2,40}(?: [\p{L}]{2,20})?$/u,
};

/** The command that a message is, where it is nothing but one: a sentence that begins with "stop" is a reply, not a command. */
export function alumnusCommand(text: string): AlumnusCommand | null {
  const words = text
    .trim()
    .replace(/^\/checkin\s+/i, '')
    .replace(/[.!]+$/, '')
    .toLowerCase()
    .replace(/^time zone\b/, 'timezone');
  const [first = '', ...rest] = words.split(/\s+/);
  const name = SYNONYMS[words] ?? ALUMNUS_COMMANDS.find((each) => each === first);
  if (name === undefined) return null;
  if (SYNONYMS[words] !== undefined) return { name, rest: '' };
  const behind = rest.join(' ');
  return behind === '' || TAKES[name]?.test(behind) ? { name, rest: behind } : null;
}

export type Commanded = { readonly changes: readonly Change[]; readonly answer: Message };
export type CommandFacts = {
  readonly now: Date;
  /** The day that a "pause until" names; null where it names none. */
  readonly until: string | null;
  /** Everything that the person wrote, oldest first. */
  readonly words: readonly { readonly day: string; readonly text: string }[];
  readonly linkCode: string;
};

/** Decides on a command of somebody who is known. */
export function decideOnCommand(conversation: Conversation, command: AlumnusCommand, facts: CommandFacts): Commanded {
  const programmes = conversation.participations.map((each) => each.programme);
  const ids = programmes.map((each) => each.id);
  const names = programmes.map((each) => each.name);
  switch (command.name) {
    case 'data':
      return { changes: [], answer: dataMessage(conversation, facts.words) };
    case 'pause':
      return onPause(conversation, facts);
    case 'stop':
      return { changes: stopped(conversation, ids, facts.now), answer: stoppedMessage(names, ME_KEY) };
    case 'resume':
      return resumeAll(conversation, facts.now);
    case 'erase':
      return { changes: [], answer: forPresser(yesOrNo('erase', ASK_ERASE_TEXT, LABELS.yesErase, LABELS.noErase)) };
    case 'link':
      return { changes: [], answer: linkMessage(facts.linkCode) };
    case 'timezone':
      return onTimeZone(conversation, command.rest, facts.now);
    case 'forget':
      return {
        changes: [],
        answer: say('You are not erased, so there is no fingerprint to drop. “erase” removes everything I hold about you.'),
      };
    case 'help':
      return { changes: [], answer: HELP };
  }
}

function onPause(conversation: Conversation, { now, until }: CommandFacts): Commanded {
  const today = dayIn(zoneOf(conversation), now);
  if (until === null || until <= today) {
    return { changes: [], answer: say('Until when? Write for example “pause 3 months” or “pause until May”.') };
  }
  return {
    changes: paused(conversation, until, now),
    answer: say(pausedText(until)),
  };
}

function onTimeZone(conversation: Conversation, named: string, now: Date): Commanded {
  const zone = zoneNamed(named);
  if (zone !== null) return { changes: inZone(conversation, zone, 'person', now), answer: say(zoneSetText(zone)) };
  const how = 'Write “timezone” and a city or a zone, such as “timezone Berlin” or “timezone America/New_York”.';
  if (named === '') return { changes: [], answer: say(`I go by the clock of ${zoneOf(conversation)}. ${how}`) };
  return { changes: [], answer: say(`I do not know a time zone “${named}”, so nothing has changed. ${how}`) };
}

const linkMessage = (code: string): Message =>
  say(
    `Your code is ${code}. It works once, for a day. From your other account, send me a direct message that says “link ${code}”, and I know that both are you.`,
  );

export const HELP: Message = {
  parts: [
    paragraph('Write what you are doing these days whenever you like, and I note it down. Besides, you can write:'),
    {
      kind: 'fields',
      fields: [
        { label: 'data', value: 'see everything I hold about you, and decide about your name' },
        { label: 'pause', value: 'be left alone for a while: “pause 3 months”' },
        { label: 'stop', value: 'never be asked again' },
        { label: 'resume', value: 'start again' },
        { label: 'erase', value: 'remove everything I hold about you' },
        { label: 'timezone', value: 'say where you are: “timezone Berlin”' },
        { label: 'link', value: 'use another account as well' },
      ],
    },
  ],
};

function consentPart({ programme, namesConsent }: Participation): readonly Part[] {
  const isNamed = namesConsent === 'named';
  const other = isNamed
    ? button('names', ME_KEY, LABELS.totalsOnly, { choice: `totals-${programme.id}` })
    : button('names', ME_KEY, LABELS.withName, { choice: `named-${programme.id}` });
  const state = isNamed ? 'with your name' : 'only in totals';
  return [paragraph(`The organisers of ${programme.name} see your answers ${state}.`), controls(other)];
}

function recordLines({ update, storedAt }: StoredUpdate, zone: string): readonly string[] {
  const { rating } = update.influence;
  const when = dayInWords(dayIn(zone, storedAt));
  const lines = update.activities.map((activity) => `${activityLine(activity)} (${when})`);
  return rating === null ? lines : [...lines, `How much the programme had to do with it: ${rating} of 5 (${when})`];
}

/** Everything that is held about somebody, to them alone. */
function dataMessage(conversation: Conversation, words: CommandFacts['words']): Message {
  const { person } = conversation;
  const zone = zoneOf(conversation);
  const cohorts = conversation.participations.flatMap((each) =>
    each.cohorts.map((cohort) => `${each.programme.name}: ${cohort.name}`),
  );
  const records = conversation.replies.flatMap(({ stored }) =>
    stored && stored.basis !== 'taken_back' ? recordLines(stored, zone) : [],
  );
  const next = nextPlanned(conversation);
  return {
    parts: [
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
            paragraph('What you wrote:'),
            ...words.map((each): Part => ({ kind: 'quote', text: `${dayInWords(each.day)}: ${each.text}` })),
          ]
        : [paragraph('You have not written anything yet.')]),
      ...conversation.participations.flatMap(consentPart),
      note('“erase” removes all of this, “stop” ends the check-ins and keeps it.'),
    ],
  };
}

/** An answer that is no delivery of its own speaks for whoever presses it. */
const forPresser = (message: Message): Message => withKey(message, ME_KEY);
