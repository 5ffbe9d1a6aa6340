import type { Suggested } from '../../src/platform-ports.js';
import type { ApiOption } from './payloads.js';

/** Discord's numbers for what an option takes. */
const TYPES = { subcommand: 1, text: 3, number: 4, user: 6, channel: 7, role: 8, file: 11 } as const;
/** Where a command can be used: on the server, and in the bot's own direct messages. */
const CONTEXTS = { server: 0, bot: 1 } as const;
const ON_SERVER = 0;

type Option = {
  readonly name: string;
  readonly description: string;
  readonly takes: Exclude<keyof typeof TYPES, 'subcommand'>;
  readonly isNeeded?: true;
  readonly suggests?: Suggested;
  readonly choices?: readonly string[];
  /** What it comes to in the words of the command; a file comes beside them. */
  readonly word: (value: string) => string;
};
type Subcommand = {
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
  /** What the words begin with, where that is not its name. */
  readonly begins?: string;
};

/** A name of several words as one, as the commands read it. */
const quoted = (value: string) => (/[\s"“”„]/.test(value) ? `"${value.replaceAll(/["“”„]/g, '')}"` : value);
const plain = (value: string) => value;
const flag = (name: string) => (value: string) => `--${name} ${quoted(value)}`;
const silent = () => '';

const cohort: Option = { name: 'cohort', description: 'Which cohort', takes: 'text', suggests: 'cohort', word: plain };
const neededCohort: Option = { ...cohort, isNeeded: true };
const wave: Option = { name: 'wave', description: 'Months after the end, such as 12', takes: 'number', word: plain };
const ended: Option = {
  name: 'ended',
  description: 'The day it ended, such as 2023-06-30; for a cohort that is new',
  takes: 'text',
  word: flag('ended'),
};

const ALUMNI: readonly Subcommand[] = [
  { name: 'status', description: 'Who was asked, and who has answered', options: [cohort] },
  {
    name: 'check',
    description: 'Answers nobody has confirmed, people I cannot reach; with a name: note what you know of them',
    options: [{ name: 'name', description: 'Whose name', takes: 'text', suggests: 'person', word: plain }],
  },
  { name: 'asks', description: 'Where somebody would like your help', options: [] },
  {
    name: 'import',
    description: 'Bring people in: from a file, from this channel, or with a role',
    options: [
      { ...cohort, description: 'Into which cohort' },
      { name: 'file', description: 'A CSV with the columns name, discord, email, timezone', takes: 'file', word: silent },
      {
        name: 'from',
        description: 'Without a file: whom to take',
        takes: 'text',
        choices: ['everybody in this channel'],
        word: silent,
      },
      { name: 'role', description: 'Everybody with this role', takes: 'role', word: (id) => `--role <@&${id}>` },
      ended,
    ],
  },
  { name: 'invite', description: 'Post an invitation with a button here', options: [cohort] },
  { name: 'cohorts', description: 'All cohorts', options: [] },
  {
    name: 'add',
    description: 'A new cohort; alone, it opens a form',
    options: [{ name: 'name', description: 'Such as ARENA 2.0', takes: 'text', word: plain }, ended],
  },
  { name: 'pause', description: 'Send a cohort nothing for a while', options: [neededCohort] },
  { name: 'resume', description: 'Go on with a cohort that was paused', options: [neededCohort] },
  { name: 'ask-now', description: 'Ask today rather than at everybody’s own hour', options: [neededCohort, wave] },
  {
    name: 'report',
    description: 'What became of them, and how sure that is',
    options: [
      cohort,
      wave,
      { name: 'as-of', description: 'As it was known on a day, such as 2024-03-31', takes: 'text', word: flag('as-of') },
    ],
  },
  {
    name: 'compare',
    description: 'Cohorts side by side; all of them, where none is named',
    options: [
      ...['cohort', 'second', 'third'].map((name) => ({ ...cohort, name, word: quoted })),
      { ...wave, word: flag('wave') },
    ],
  },
  {
    name: 'predict',
    description: 'Put a forecast on record; alone, it opens a form',
    options: [
      {
        name: 'words',
        description: 'The forecast in words, or show, amend, withdraw and an id, or verify',
        takes: 'text',
        word: plain,
      },
    ],
  },
  { name: 'predictions', description: 'All forecasts, and how they came out', options: [] },
  { name: 'digest', description: 'This week so far', options: [] },
  { name: 'export', description: 'All of it as files, in a direct message', options: [] },
  {
    name: 'settings',
    description: 'When and how I ask; alone, it opens a form',
    options: [
      { name: 'name', description: 'Which one, such as waves', takes: 'text', word: plain },
      { name: 'value', description: 'To what it is to be set, such as 3,6,12', takes: 'text', word: plain },
    ],
  },
  {
    name: 'organisers',
    description: 'Who may ask all this; also adds and removes',
    options: [
      { name: 'add', description: 'Put somebody on the list', takes: 'user', word: (id) => `add <@${id}>` },
      { name: 'add-role', description: 'Put everybody with a role on it', takes: 'role', word: (id) => `add <@&${id}>` },
      { name: 'remove', description: 'Take somebody off it', takes: 'user', word: (id) => `remove <@${id}>` },
      { name: 'remove-role', description: 'Take a role off it', takes: 'role', word: (id) => `remove <@&${id}>` },
    ],
  },
  { name: 'log', description: 'What was done last, and by whom', options: [] },
  { name: 'help', description: 'What can be asked for', options: [] },
];

const PROGRAMME: Option = {
  name: 'programme',
  description: 'Which programme, where you organise several',
  takes: 'text',
  suggests: 'programme',
  word: quoted,
};

const CHECKIN: readonly Subcommand[] = [
  {
    name: 'say',
    description: 'Tell what you are doing now',
    begins: '',
    options: [{ name: 'text', description: 'In your own words', takes: 'text', isNeeded: true, word: plain }],
  },
  { name: 'data', description: 'See everything that is held about you, and change it', options: [] },
  {
    name: 'pause',
    description: 'Hear nothing for a while',
    options: [{ name: 'for', description: 'Such as 3 months, or until May', takes: 'text', word: plain }],
  },
  { name: 'stop', description: 'Hear nothing any more', options: [] },
  { name: 'resume', description: 'Be asked again', options: [] },
  { name: 'erase', description: 'Have everything about you erased', options: [] },
  {
    name: 'link',
    description: 'Join another account of yours, here or elsewhere',
    options: [{ name: 'code', description: 'The code that the other account was given', takes: 'text', word: plain }],
  },
  {
    name: 'timezone',
    description: 'Say where you live, so that you are asked at a good hour',
    options: [{ name: 'place', description: 'Such as Berlin, or Europe/Berlin', takes: 'text', isNeeded: true, word: plain }],
  },
  { name: 'forget', description: 'Drop the fingerprint that an erasure left', options: [] },
  { name: 'help', description: 'What you can ask for', options: [] },
];

/** What is registered with Discord, as it takes it. */
export type Definition = {
  readonly name: string;
  readonly description: string;
  readonly type: 1;
  readonly contexts: readonly number[];
  readonly integration_types: readonly number[];
  readonly options: readonly unknown[];
};

const definition = (name: string, description: string, contexts: readonly number[], all: readonly Subcommand[]): Definition => ({
  name,
  description,
  type: 1,
  contexts,
  integration_types: [ON_SERVER],
  options: all.map((each) => ({
    type: TYPES.subcommand,
    name: each.name,
    description: each.description,
    options: each.options.map(optionOf),
  })),
});

function optionOf({ name, description, takes, isNeeded, suggests, choices }: Option) {
  return {
    type: TYPES[takes],
    name,
    description,
    ...(isNeeded ? { required: true } : {}),
    ...(suggests ? { autocomplete: true } : {}),
    ...(choices ? { choices: choices.map((each) => ({ name: each, value: each })) } : {}),
    ...(takes === 'number' ? { min_value: 0, max_value: 999 } : {}),
  };
}

const isForProgramme = ({ name }: Subcommand) => name !== 'help';
const WITH_PROGRAMME = ALUMNI.map((each) => (isForProgramme(each) ? { ...each, options: [...each.options, PROGRAMME] } : each));

/** `/checkin` for everybody, in the bot's direct messages too: a server's commands do not exist there. */
export const GLOBAL_COMMANDS: readonly Definition[] = [
  definition('checkin', 'Tell what you are doing now, and see what is held about you', [CONTEXTS.server, CONTEXTS.bot], CHECKIN),
];
/** `/alumni` for organisers, on the server. */
export const SERVER_COMMANDS: readonly Definition[] = [
  definition('alumni', 'For the organisers of a programme', [CONTEXTS.server], WITH_PROGRAMME),
];

export type Called = {
  readonly command: 'checkin' | 'alumni';
  /** What would stand behind the command, were it typed as words. */
  readonly text: string;
  /** The id of the file that came with it. */
  readonly fileId: string | null;
};

type Given = { readonly name: string; readonly options?: readonly ApiOption[] | undefined };

/** A command as the words that it stands for; null for one that is not ours. */
export function calledIn(command: string | undefined, given: Given | undefined): Called | null {
  if (command !== 'checkin' && command !== 'alumni') return null;
  const all = command === 'checkin' ? CHECKIN : WITH_PROGRAMME;
  const subcommand = all.find((each) => each.name === given?.name);
  if (!subcommand) return null;
  const options = given?.options ?? [];
  const givenFor = (name: string) => options.find((each) => each.name === name)?.value;
  const words = subcommand.options.flatMap((option) => {
    const value = givenFor(option.name);
    return value === undefined || option === PROGRAMME ? [] : [option.word(String(value))];
  });
  const programme = givenFor(PROGRAMME.name);
  const isFromChannel = givenFor('from') !== undefined;
  const text = [
    command === 'alumni' && programme !== undefined ? quoted(String(programme)) : '',
    subcommand.begins ?? subcommand.name,
    isFromChannel ? 'members' : '',
    ...words,
  ];
  const file = subcommand.options.find((each) => each.takes === 'file');
  const fileId = file && givenFor(file.name);
  return { command, text: text.filter((each) => each !== '').join(' '), fileId: fileId === undefined ? null : String(fileId) };
}

/** What is being completed, and what stands there so far; null where nothing of ours is. */
export function completedIn(given: Given | undefined): { readonly what: Suggested; readonly start: string } | null {
  const focused = given?.options?.find((each) => each.focused === true);
  const subcommand = WITH_PROGRAMME.find((each) => each.name === given?.name);
  const what = subcommand?.options.find((each) => each.name === focused?.name)?.suggests;
  return focused && what ? { what, start: String(focused.value ?? '') } : null;
}
