import type { DigestInput, DigestUpdate } from '../../src/domain/digest.js';
import type { ReportedPrediction } from '../../src/domain/prediction.js';

/** A week in which nothing happened. */
export const aQuietWeek: DigestInput = {
  programme: 'ARENA',
  weekLabel: '1 to 7 July 2024',
  audience: 'organisers',
  newUpdates: [],
  counts: { asked: 0, answered: 0, confirmed: 0 },
  standings: [{ cohort: 'ARENA 2.0', waveMonths: 12, answered: 20, asked: 27, roster: 28 }],
  asks: [],
  needsHuman: [],
  comingUp: [{ cohort: 'ARENA 3.0', waveMonths: 6, dueOn: '2024-07-10', people: 24 }],
  resolved: [],
  reportLine: 'The whole picture: /alumni report',
};

export const anUpdate: DigestUpdate = {
  who: 'Ada',
  personId: 1,
  cohort: 'ARENA 2.0',
  waveMonths: 12,
  lines: ['Research engineer at EleutherAI, since Feb 2024'],
  carriedForward: false,
};
const ben: DigestUpdate = { ...anUpdate, who: 'Ben', personId: 2, lines: ['Studies law'], carriedForward: true };
const unnamed: DigestUpdate = { ...anUpdate, who: null, personId: 3, lines: [] };

export const aResolved: ReportedPrediction = {
  id: 'p1',
  text: null,
  author: 'Callum',
  class: { track: 'capabilities', scope: 'main' },
  comparator: 'less_than',
  threshold: 0.1,
  waveMonths: 12,
  probability: 0.8,
  closesOn: '2024-07-05',
  outcome: 'true',
  counts: { roster: 28, known: 28, count: 1 },
  bounds: { low: 1 / 28, high: 1 / 28 },
  moreAnswersNeeded: null,
  toSettle: null,
  score: { brier: 0.04, log: -0.22 },
  probabilityIfAlike: 1,
};
const undecided: ReportedPrediction = {
  ...aResolved,
  id: 'p2',
  outcome: 'undecided',
  counts: { roster: 28, known: 20, count: 1 },
  bounds: { low: 1 / 28, high: 9 / 28 },
  moreAnswersNeeded: 2,
  toSettle: { asTrue: 7, asFalse: 2 },
  score: null,
  probabilityIfAlike: 0.71,
};

export const aFullWeek: DigestInput = {
  ...aQuietWeek,
  newUpdates: [anUpdate, ben, { ...unnamed, lines: ['Work at a secret place'] }],
  counts: { asked: 12, answered: 3, confirmed: 1 },
  asks: [{ who: 'Ada', text: 'an introduction at CHAI' }],
  needsHuman: [{ name: 'Cai Jones', why: 'direct messages are closed', cohort: 'ARENA 2.0' }],
  resolved: [aResolved],
};

const standing = (answered: number, asked: number, roster: number, cohort = 'ARENA 2.0', waveMonths = 12) => ({
  cohort,
  waveMonths,
  answered,
  asked,
  roster,
});
const nothingComes = { comingUp: [] };
const burst = Array.from(
  { length: 300 },
  (_, nth): DigestUpdate => ({
    ...(nth % 3 === 0 ? unnamed : anUpdate),
    ...(nth % 3 === 0 ? {} : { who: `Person ${nth}`, carriedForward: nth % 3 === 1 }),
    personId: nth,
    cohort: 'BlueDot 7',
    waveMonths: 3,
  }),
);

const programmes: readonly (readonly [string, number, number])[] = [
  ['ARENA', 3, 20],
  ['MARS', 1, 7],
  ['Field Builders’ School', 2, 11],
  ['Policy Winter', 4, 4],
  ['Nursing Fellowship', 1, 1],
];

/** Weeks as they happen, by what is to be said of them. */
export const SITUATIONS: Readonly<Record<string, DigestInput>> = {
  'the first week: everybody is asked, some answer': {
    ...aQuietWeek,
    newUpdates: [anUpdate, unnamed],
    counts: { asked: 27, answered: 2, confirmed: 1 },
    standings: [standing(2, 27, 28)],
  },
  'nobody answered': { ...aQuietWeek, counts: { asked: 27, answered: 0, confirmed: 0 }, standings: [standing(0, 27, 28)] },
  'everybody answered': {
    ...aQuietWeek,
    ...nothingComes,
    newUpdates: [anUpdate, ben, unnamed],
    counts: { asked: 0, answered: 3, confirmed: 3 },
    standings: [standing(28, 28, 28)],
  },
  'a cohort of one person': {
    ...aQuietWeek,
    ...nothingComes,
    newUpdates: [{ ...anUpdate, cohort: 'Pilot' }],
    counts: { asked: 1, answered: 1, confirmed: 1 },
    standings: [standing(1, 1, 1, 'Pilot')],
  },
  'a cohort of one person, who does not want to be named': {
    ...aQuietWeek,
    ...nothingComes,
    newUpdates: [{ ...unnamed, cohort: 'Pilot' }],
    counts: { asked: 1, answered: 1, confirmed: 1 },
    standings: [standing(1, 1, 1, 'Pilot')],
  },
  'everything at once': aFullWeek,
  'a burst of 300': {
    ...aQuietWeek,
    newUpdates: burst,
    counts: { asked: 340, answered: 300, confirmed: 250 },
    standings: [standing(310, 380, 400, 'BlueDot 7', 3)],
  },
  'several cohorts at once': {
    ...aQuietWeek,
    newUpdates: [anUpdate, { ...ben, cohort: 'ARENA 3.0', waveMonths: 6, carriedForward: false }],
    counts: { asked: 30, answered: 2, confirmed: 2 },
    standings: [standing(20, 27, 28), standing(1, 22, 24, 'ARENA 3.0', 6), standing(0, 8, 8, 'ARENA 4.0', 0)],
  },
  'a prediction that came true, and nothing else': { ...aQuietWeek, ...nothingComes, resolved: [aResolved] },
  'a prediction that stays undecided': { ...aQuietWeek, ...nothingComes, resolved: [undecided] },
  'a prediction on a cohort of four that stays undecided': {
    ...aQuietWeek,
    ...nothingComes,
    standings: [standing(3, 4, 4, 'Pilot')],
    resolved: [
      {
        ...undecided,
        threshold: 0.5,
        counts: { roster: 4, known: 3, count: 1 },
        bounds: { low: 0.25, high: 0.5 },
        moreAnswersNeeded: 1,
        toSettle: { asTrue: 1, asFalse: 1 },
        probabilityIfAlike: 0.6,
      },
    ],
  },
  'two predictions that came due': { ...aQuietWeek, ...nothingComes, resolved: [aResolved, undecided] },
  'somebody who had answered was erased': {
    ...aQuietWeek,
    ...nothingComes,
    newUpdates: [unnamed],
    counts: { asked: 0, answered: 1, confirmed: 0 },
    standings: [standing(19, 26, 28)],
  },
  'one person who cannot be reached': { ...aQuietWeek, needsHuman: aFullWeek.needsHuman },
  'several who cannot be reached': {
    ...aQuietWeek,
    needsHuman: [
      ...aFullWeek.needsHuman,
      { name: 'Dora Ek', why: 'direct messages are closed', cohort: 'ARENA 3.0' },
      { name: null, why: 'account deactivated', cohort: 'ARENA 2.0' },
    ],
  },
  'two people of one name': {
    ...aQuietWeek,
    newUpdates: [anUpdate, { ...anUpdate, personId: 9, lines: ['Teaches maths'] }],
    counts: { asked: 0, answered: 2, confirmed: 2 },
  },
  'one person with two answers': {
    ...aQuietWeek,
    newUpdates: [anUpdate, { ...anUpdate, waveMonths: null, lines: ['Moves to Berlin'] }],
    counts: { asked: 0, answered: 1, confirmed: 1 },
  },
  'answers that are only confirmed': { ...aQuietWeek, ...nothingComes, counts: { asked: 0, answered: 0, confirmed: 2 } },
  'somebody asks for help': { ...aQuietWeek, ...nothingComes, asks: aFullWeek.asks },
  'plans at the end of a cohort': {
    ...aQuietWeek,
    ...nothingComes,
    newUpdates: [{ ...anUpdate, waveMonths: 0, lines: ['Wants to start a PhD in Oxford'] }],
    counts: { asked: 28, answered: 1, confirmed: 1 },
    standings: [standing(1, 28, 28, 'ARENA 2.0', 0)],
  },
  ...Object.fromEntries(
    programmes.map(([programme, answered, roster], place): [string, DigestInput] => [
      `five programmes, ${place + 1}: ${programme}`,
      {
        ...aQuietWeek,
        ...nothingComes,
        programme,
        newUpdates: [{ ...anUpdate, cohort: `${programme} 1`, waveMonths: 6 }],
        counts: { asked: 0, answered: 1, confirmed: 1 },
        standings: [standing(answered, roster, roster, `${programme} 1`, 6)],
      },
    ]),
  ),
};
