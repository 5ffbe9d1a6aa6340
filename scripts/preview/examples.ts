import { cardMessage } from '../../src/domain/card.js';
import type { CareerUpdate } from '../../src/domain/career-update.js';
import type { CheckIn, Conversation, Participation, Reply, StoredUpdate } from '../../src/domain/conversation.js';
import { digestMessage } from '../../src/domain/digest.js';
import { formFor } from '../../src/domain/form.js';
import type { CheckInId, CohortId, PersonId, ProgrammeId, ReplyId } from '../../src/domain/ids.js';
import { type Form, type Message, withKey } from '../../src/domain/message.js';
import { decideOnCommand } from '../../src/domain/on-command.js';
import { statusMessage } from '../../src/domain/on-organiser-lists.js';
import { organiserForm } from '../../src/domain/organiser-forms.js';
import { questionMessage } from '../../src/domain/question.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';

/** A message as somebody gets it; `key` is null for an answer to the asker alone. */
export type Example = { readonly name: string; readonly title: string; readonly key: string | null; readonly message: Message };
export type FormExample = { readonly name: string; readonly title: string; readonly form: Form };

export const KEY = 'aG3x_9-kQ2mPz7LrT0vYbw';
const id = <T>(number: number) => number as T;
export const THEN = new Date('2024-07-01T10:00:00Z');

const programme = (number: number, name: string) => ({
  id: id<ProgrammeId>(number),
  name,
  settings: DEFAULT_SETTINGS,
  archivedAt: null,
  pausedAt: null,
});
export const ARENA = programme(1, 'ARENA');

const participation = (of: typeof ARENA, cohort: string): Participation => ({
  programme: of,
  cohorts: [
    {
      id: id<CohortId>(of.id),
      programmeId: of.id,
      name: cohort,
      endedOn: '2023-06-30',
      archivedAt: null,
      pausedAt: null,
      cameBy: 'roster',
    },
  ],
  namesConsent: 'not_asked',
  noticedAt: null,
  influenceAskedAt: null,
  toldModel: null,
  stoppedAt: null,
  pausedUntil: null,
});

export const checkIn: CheckIn = {
  id: id<CheckInId>(1),
  alumnusId: 1,
  programmeId: ARENA.id,
  cohortId: id<CohortId>(1),
  waveMonths: 12,
  state: 'delivered',
  reason: null,
  dueOn: '2024-06-30',
  dueAt: THEN,
  lookAt: null,
  notBefore: null,
  servedBy: null,
  asks: 1,
  deliveredAt: THEN,
  lastMessageAt: THEN,
  remindersSent: 0,
  answeredAt: null,
  addedAt: THEN,
};

export const update: CareerUpdate = {
  intent: 'update',
  activities: [
    {
      kind: 'employment',
      status: 'current',
      organisation: 'EleutherAI',
      role: 'research engineer',
      topic: 'interpretability',
      track: 'alignment',
      start: '2024-02',
      end: null,
      commitment: 'full_time',
      funder: null,
      people: [],
      evidence: "since February I'm a research engineer at EleutherAI, working on interp full time",
    },
    {
      kind: 'publication',
      status: 'upcoming',
      organisation: null,
      role: null,
      topic: 'sparse autoencoders',
      track: 'alignment',
      start: null,
      end: null,
      commitment: null,
      funder: null,
      people: ['Emmy'],
      evidence: 'a paper on SAEs with Emmy should be out soon',
    },
  ],
  influence: { rating: null, channels: [] },
  helpWanted: false,
};

export const stored: StoredUpdate = {
  update,
  basis: 'read',
  carriedForward: false,
  kindConfidence: 0.97,
  trackConfidence: 0.94,
  reader: 'offline',
  readerVersion: '1',
  storedAt: THEN,
};
export const reply: Reply = {
  id: id<ReplyId>(1),
  programmeId: ARENA.id,
  checkInId: checkIn.id,
  openedAt: THEN,
  settleAt: null,
  version: 1,
  readVersion: 1,
  readMessages: 1,
  state: 'read',
  helpConsent: 'not_asked',
  stored,
};

export const conversation: Conversation = {
  person: {
    id: id<PersonId>(1),
    name: 'Ada Lovelace',
    email: 'ada@example.org',
    timeZone: 'Europe/London',
    timeZoneFrom: 'person',
    accounts: [{ platform: 'discord', id: '100000000000000001' }],
    erasedAt: null,
  },
  participations: [participation(ARENA, 'ARENA 2.0')],
  checkIns: [checkIn],
  replies: [reply],
  sent: [],
  entries: [],
};

export const answered = (of: Reply): Conversation => ({
  ...conversation,
  checkIns: [
    { ...checkIn, state: 'answered', answeredAt: THEN },
    {
      ...checkIn,
      id: id<CheckInId>(2),
      waveMonths: 24,
      state: 'planned',
      dueOn: '2025-06-30',
      dueAt: new Date('2025-06-30T10:00:00Z'),
    },
  ],
  replies: [of],
});
export const confirmed: Reply = {
  ...reply,
  state: 'confirmed',
  stored: { ...stored, basis: 'confirmed', kindConfidence: 1, trackConfidence: 1 },
};
const crowded: Reply = {
  ...confirmed,
  stored: {
    ...stored,
    basis: 'confirmed',
    kindConfidence: 1,
    trackConfidence: 1,
    update: {
      ...update,
      influence: { ...update.influence, rating: 4 },
      helpWanted: true,
    },
  },
};
const unread: Reply = {
  ...reply,
  stored: { ...stored, update: { ...update, activities: [] }, kindConfidence: 0, trackConfidence: 0 },
};

const twoProgrammes: Conversation = {
  ...answered(confirmed),
  participations: [
    participation(ARENA, 'ARENA 2.0'),
    { ...participation(programme(2, 'MATS'), 'MATS 5'), namesConsent: 'named' },
  ],
};
const data = decideOnCommand(
  twoProgrammes,
  { name: 'data', rest: '' },
  {
    now: THEN,
    until: null,
    linkCode: '',
    words: [
      { day: '2024-07-01', text: "since February I'm a research engineer at EleutherAI, working on interp full time" },
      { day: '2024-07-01', text: '@everyone **this** is <@100000000000000002> from https://example.org :tada:' },
    ],
  },
);

const digest = digestMessage({
  programme: 'ARENA',
  weekLabel: '1 to 7 July 2024',
  audience: 'organisers',
  newUpdates: [
    {
      who: 'Ada Lovelace',
      personId: 1,
      cohort: 'ARENA 2.0',
      waveMonths: 12,
      lines: ['Research engineer at EleutherAI on interpretability, since Feb 2024, full time'],
      carriedForward: false,
    },
    { who: null, personId: 2, cohort: 'ARENA 2.0', waveMonths: 12, lines: [], carriedForward: false },
  ],
  counts: { asked: 12, answered: 5, confirmed: 4 },
  standings: [
    { cohort: 'ARENA 2.0', waveMonths: 12, answered: 20, asked: 27, roster: 28 },
    { cohort: 'ARENA 3.0', waveMonths: 6, answered: 11, asked: 24, roster: 24 },
  ],
  asks: [{ who: 'Ada Lovelace', text: 'an introduction at CHAI' }],
  needsHuman: [{ name: 'Charles Babbage', why: 'direct messages are closed', cohort: 'ARENA 2.0' }],
  comingUp: [{ cohort: 'ARENA 3.0', waveMonths: 12, dueOn: '2024-07-30', people: 24 }],
  resolved: [],
  reportLine: 'The whole picture: /alumni report',
});

export const sent = (name: string, title: string, message: Message): Example => ({
  name,
  title,
  key: KEY,
  message: withKey(message, KEY),
});

/** What people see of the bot, each from the function that says it. */
export const EXAMPLES: readonly Example[] = [
  sent(
    'question',
    'The first question, which is the notice too',
    questionMessage({ ...conversation, replies: [] }, checkIn, null, 1),
  ),
  sent('card', 'The card that answers a reply', cardMessage(conversation, reply)),
  sent('card-unread', 'A reply that could not be read', cardMessage({ ...conversation, replies: [unread] }, unread)),
  sent('card-confirmed', 'The same card, confirmed', cardMessage(answered(confirmed), confirmed)),
  sent('card-crowded', 'Everything a card can ask at once', cardMessage(answered(crowded), crowded)),
  { name: 'data', title: '/checkin data, in two programmes', key: null, message: data.answer },
  ...(digest ? [sent('digest', 'The weekly digest', digest)] : []),
  {
    name: 'status',
    title: '/alumni status',
    key: null,
    message: statusMessage(
      'ARENA',
      ['ARENA 2.0'],
      [
        { cohort: 'ARENA 2.0', waveMonths: 6, state: 'answered', people: 21 },
        { cohort: 'ARENA 2.0', waveMonths: 6, state: 'lapsed', people: 7 },
        { cohort: 'ARENA 2.0', waveMonths: 12, state: 'answered', people: 20 },
        { cohort: 'ARENA 2.0', waveMonths: 12, state: 'unreachable', people: 1 },
        { cohort: 'ARENA 2.0', waveMonths: 12, state: 'delivered', people: 7 },
      ],
    ),
  },
];

export const cohort = {
  id: id<CohortId>(1),
  programmeId: ARENA.id,
  name: 'ARENA 2.0',
  endedOn: '2023-06-30',
  archivedAt: null,
  pausedAt: null,
};

/** Forms that people fill in. */
export const FORM_EXAMPLES: readonly FormExample[] = [
  { name: 'change', title: 'Change something', form: formFor(KEY, update) },
  { name: 'add', title: 'A new cohort', form: organiserForm('add', { programme: ARENA, cohorts: [cohort] }) },
  { name: 'predict', title: 'A prediction', form: organiserForm('predict', { programme: ARENA, cohorts: [cohort] }) },
];
