import { cardMessage } from '../../src/domain/card.js';
import type { Conversation, Reply } from '../../src/domain/conversation.js';
import { digestMessage } from '../../src/domain/digest.js';
import { invitationMessage } from '../../src/domain/invitation.js';
import { type Message, note, withKey } from '../../src/domain/message.js';
import { moreAbout, noticeFacts } from '../../src/domain/notice.js';
import { HELP } from '../../src/domain/on-command.js';
import { yesOrNo } from '../../src/domain/on-opt-out.js';
import { ORGANISER_HELP } from '../../src/domain/on-organiser-help.js';
import { importProblemsMessage, reviewMessage } from '../../src/domain/on-organiser-import.js';
import { asksMessage, checkMessage, peopleMessage } from '../../src/domain/on-organiser-lists.js';
import { questionMessage, reminderMessage } from '../../src/domain/question.js';
import { finishReport } from '../../src/domain/report.js';
import { addPerson, emptyTally } from '../../src/domain/report-tally.js';
import { reportText } from '../../src/domain/report-text.js';
import { ASK_ERASE_TEXT, LABELS, stoppedText, WHAT_NOW } from '../../src/domain/wording.js';
import { anActivity, aPerson, aRecord } from '../../test/domain/at-wave.js';
import {
  ARENA,
  answered,
  checkIn,
  cohort,
  confirmed,
  conversation,
  type Example,
  KEY,
  reply,
  sent,
  stored,
  THEN,
  update,
} from './examples.js';

const alone = (name: string, title: string, message: Message): Example => ({
  name,
  title,
  key: null,
  message: withKey(message, 'me'),
});

const earlier: Reply = {
  ...confirmed,
  id: 9 as Reply['id'],
  checkInId: null,
  openedAt: new Date('2023-12-01T10:00:00Z'),
  stored: {
    ...stored,
    basis: 'confirmed',
    storedAt: new Date('2023-12-01T10:00:00Z'),
    update: { ...update, activities: update.activities.slice(0, 1) },
  },
};
const known: Conversation = {
  ...conversation,
  participations: conversation.participations.map((each) => ({
    ...each,
    noticedAt: new Date('2023-09-30T10:00:00Z'),
    namesConsent: 'named' as const,
  })),
  replies: [earlier],
};

const unsure: Reply = {
  ...reply,
  stored: {
    ...stored,
    trackConfidence: 0.3,
    update: {
      ...update,
      activities: update.activities.slice(0, 1).map((each) => ({
        ...each,
        organisation: 'Fathom Computing',
        role: 'engineer',
        topic: null,
        track: 'unclear' as const,
        start: null,
        evidence: 'engineer at Fathom Computing, it’s going well',
      })),
    },
  },
};
const takenBack: Reply = { ...reply, state: 'taken_back', stored: { ...stored, basis: 'taken_back' } };
const asked: Reply = { ...confirmed, stored: { ...stored, basis: 'confirmed', update: { ...update, helpWanted: true } } };
const influenced: Reply = {
  ...confirmed,
  stored: { ...stored, basis: 'confirmed', update: { ...update, influence: { rating: 4, channels: ['connections'] } } },
};

const publicDigest = digestMessage({
  programme: 'ARENA',
  weekLabel: '1 to 7 July 2024',
  audience: 'public',
  newUpdates: [],
  counts: { asked: 12, answered: 5, confirmed: 4 },
  standings: [{ cohort: 'ARENA 2.0', waveMonths: 12, answered: 20, asked: 27, roster: 28 }],
  asks: [],
  needsHuman: [],
  comingUp: [{ cohort: 'ARENA 3.0', waveMonths: 12, dueOn: '2024-07-30', people: 24 }],
  resolved: [],
  reportLine: null,
});

const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);
const working = (activity: Parameters<typeof anActivity>[0]) =>
  aPerson({ record: aRecord({ activities: [anActivity(activity)] }) });
const everybody = [
  ...times(12, working({ track: 'alignment' })),
  ...times(4, working({ track: 'non_ai', kind: 'study' })),
  working({ track: 'capabilities' }),
  ...times(2, working({ kind: 'job_search' })),
  working({ kind: 'career_break' }),
  ...times(8, aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } })),
];
const report = finishReport(
  everybody.reduce(
    addPerson,
    emptyTally({ programme: 'ARENA', cohorts: ['ARENA 2.0'], waveMonths: 12, asOf: '2024-07-31', audience: 'organisers' }),
  ),
  [],
);

const people = (state: 'answered' | 'delivered' | 'unreachable' | 'planned', name: string) => ({
  name,
  waveMonths: 12,
  state,
  reason: state === 'unreachable' ? 'messages_closed' : null,
  dueAt: THEN,
  deliveredAt: state === 'planned' ? null : THEN,
  remindersSent: state === 'delivered' ? 1 : 0,
});

/** More of what people see, so that each kind of message is there once. */
export const FURTHER_EXAMPLES: readonly Example[] = [
  sent('question-later', 'A later question, with what was last known', questionMessage(known, checkIn, null, 1)),
  sent('reminder', 'A reminder', reminderMessage(known, { ...checkIn, remindersSent: 1 }, 'reminder', 1)),
  sent('question-answered', 'The question, once answered', questionMessage(known, { ...checkIn, state: 'answered' }, null, 1)),
  sent('more', 'Tell me more', moreAbout(noticeFacts(known.participations[0] ?? never(), 1, null))),
  sent('card-unsure', 'The card where the field is not clear', cardMessage({ ...known, replies: [unsure] }, unsure)),
  sent(
    'card-help',
    'A card of somebody who would like help',
    cardMessage({ ...answered(asked), replies: [earlier, asked] }, asked),
  ),
  sent('card-influence', 'A card with everything said', cardMessage(answered(influenced), influenced)),
  sent('card-taken-back', 'A card that was taken back', cardMessage(conversation, takenBack)),
  sent('what-now', 'An answer to “hello”', WHAT_NOW),
  sent('erase', 'Erasing is asked once', yesOrNo('erase', ASK_ERASE_TEXT, LABELS.yesErase, LABELS.noErase)),
  sent('stopped', 'After “stop”', { parts: [note(stoppedText(['ARENA']))] }),
  sent('invitation', 'The invitation in the cohort’s channel', invitationMessage({ programme: ARENA, cohort })),
  alone('help', '/checkin help', HELP),
  alone('organiser-help', '/alumni help', ORGANISER_HELP),
  alone(
    'people',
    '/alumni status ARENA 2.0',
    peopleMessage(ARENA, cohort, [
      people('answered', 'Ada Lovelace'),
      people('delivered', 'Grace Hopper'),
      people('unreachable', 'Charles Babbage'),
    ]),
  ),
  alone(
    'check',
    '/alumni check',
    checkMessage('ARENA', [
      { kind: 'unconfirmed', name: 'Ada Lovelace', cohort: 'ARENA 2.0', storedAt: THEN, update },
      { kind: 'problem', name: 'Charles Babbage', cohort: 'ARENA 2.0', state: 'unreachable', reason: 'messages_closed' },
    ]),
  ),
  alone('asks', '/alumni asks', asksMessage([{ name: 'Ada Lovelace', words: 'Does anybody know somebody at CHAI?' }])),
  alone('report', '/alumni report', {
    parts: [{ kind: 'preformatted', text: reportText(report).trimEnd() }],
  }),
  alone(
    'import-review',
    'An import, for review',
    reviewMessage(
      KEY,
      ['28 people for ARENA 2.0, which ended on 30 June 2023: 26 new, 1 there already, 1 who cannot be reached.'],
      26,
      {
        items: ['Ada Lovelace: ada@example.org', 'Grace Hopper: @grace', 'Charles Babbage: nobody here has babbage@example.org'],
        number: 1,
        pages: 2,
      },
    ),
  ),
  alone(
    'import-problems',
    'An import with bad lines',
    importProblemsMessage(
      KEY,
      2,
      {
        items: ['Line 3: “mars” is no time zone. Write it like Europe/London.', 'Line 9: there is no name.'],
        number: 1,
        pages: 1,
      },
      true,
    ),
  ),
  ...(publicDigest ? [sent('digest-public', 'The weekly digest, for everybody', publicDigest)] : []),
];

function never(): never {
  throw new Error('nobody takes part in anything');
}
