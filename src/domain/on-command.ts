import type { Change, Conversation } from './conversation.js';
import { dataMessage, type Said } from './held-data.js';
import { type Message, paragraph, say } from './message.js';
import { ASK_ERASE, stoppedMessage } from './on-opt-out.js';
import { resumeAll } from './on-press.js';
import { ME_KEY } from './pressed.js';
import { inZone, zoneNamed } from './time-zone.js';
import { paused, stopped, zoneOf } from './transitions.js';
import { dayIn, pausedText, zoneSetText } from './wording.js';

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
  readonly words: readonly Said[];
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
      return { changes: [], answer: ASK_ERASE };
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
