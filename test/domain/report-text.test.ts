import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonAtWave } from '../../src/domain/partition.js';
import type { ReportedPrediction } from '../../src/domain/prediction.js';
import { hideSmallCells } from '../../src/domain/public-report.js';
import { finishReport } from '../../src/domain/report.js';
import { addPerson, emptyTally, type ReportScope } from '../../src/domain/report-tally.js';
import { reportText } from '../../src/domain/report-text.js';
import { anActivity, aPerson, aRecord, somePerson } from './at-wave.js';

const scope: ReportScope = {
  programme: 'ARENA',
  cohorts: ['ARENA 2.0'],
  waveMonths: 12,
  asOf: '2024-07-31',
  audience: 'organisers',
};

/** Without the breaks of lines, for sentences that may hold one. */
const flowing = (text: string) => text.replace(/\s+/g, ' ');

function textOf(
  people: readonly PersonAtWave[],
  given: Partial<ReportScope> = {},
  predictions: readonly ReportedPrediction[] = [],
) {
  const report = finishReport(people.reduce(addPerson, emptyTally({ ...scope, ...given })), predictions);
  return reportText(report.audience === 'public' ? hideSmallCells(report, 5) : report);
}

const times = (count: number, person: PersonAtWave) => Array.from({ length: count }, () => person);
const silent = aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } });
const inTrack = (track: Parameters<typeof anActivity>[0]) => aPerson({ record: aRecord({ activities: [anActivity(track)] }) });

const founding = [
  ...times(12, inTrack({ track: 'alignment' })),
  ...times(4, inTrack({ track: 'non_ai', kind: 'study' })),
  inTrack({ track: 'capabilities' }),
  ...times(2, inTrack({ kind: 'job_search' })),
  inTrack({ kind: 'career_break' }),
  ...times(2, inTrack({ track: 'unclear' })),
  ...times(6, silent),
];

const aPrediction: ReportedPrediction = {
  id: 'p1',
  text: 'Hardly anybody does.',
  author: 'Callum',
  class: { track: 'capabilities', scope: 'main' },
  comparator: 'less_than',
  threshold: 0.1,
  waveMonths: 12,
  probability: 0.8,
  closesOn: '2024-08-01',
  outcome: 'undecided',
  counts: { roster: 28, known: 20, count: 1 },
  bounds: { low: 1 / 28, high: 9 / 28 },
  moreAnswersNeeded: 2,
  toSettle: { asTrue: 7, asFalse: 2 },
  score: null,
  probabilityIfAlike: 0.82,
};

describe('reportText', () => {
  it('says who was asked and who answered, each rate beside its meaning', () => {
    const text = textOf(founding);
    expect(text).toMatch(/^ARENA: ARENA 2\.0, a year after the end\nFor its organisers, as of 31 July 2024\.\n/);
    expect(text).toMatch(/^ +20 {2}answered clearly +what they mainly do is known$/m);
    expect(text).toMatch(/^ +71% {2}20 of 28 {2}answered clearly \(response rate, RR1\)$/m);
    expect(text).toMatch(/^ +79% {2}22 of 28 {2}answered at all \(RR2\)$/m);
    expect(text).toMatch(/^ +28 {2}on the roster +28 asked$/m);
  });

  it('gives each track as counts, and what they mean for all', () => {
    const text = textOf(founding);
    expect(text).toContain('20 known, 28 in all, 2 answered but unclear.');
    expect(text).toMatch(/^ {2}alignment +12 of 20 +60% +12 to 20 +13 to 20$/m);
    expect(text).toMatch(/^ {2}governance +0 of 20 +up to 8 +up to 2$/m);
    expect(text).toMatch(/^ {2}capabilities +1 of 20 +5% +1 to 9 +1 to 4$/m);
    expect(text).toMatch(/^ {2}looking for work +2 of 22/m);
    expect(text).toContain('twice as likely: 6.4%');
    expect(flowing(text)).toMatch(/0 of 22; up to 2 of 28 if the\s+unknown are like the rest, up to 6 if not/);
  });

  it('shows capabilities at zero, and where nobody is known', () => {
    expect(textOf([...times(9, aPerson()), ...times(3, silent)]).replace(/\s+/g, ' ')).toContain(
      'In capabilities: 0 of 9; up to 2 of 12 if the unknown are like the rest, up to 3 if not.',
    );
    expect(textOf([silent])).toContain('In capabilities: 0 known, 1 in all; anything from 0 to 1 is possible.');
    expect(textOf(times(5, aPerson()))).toMatch(/^ {2}capabilities +0 of 5$/m);
  });

  it('leaves room for the one person of whom nothing is known', () => {
    expect(textOf([...times(60, aPerson()), silent])).toMatch(/^ {2}governance +0 of 60 +up to 1 +up to 1$/m);
  });

  it('has no words of uncertainty where everybody is known', () => {
    expect(textOf(times(5, aPerson()))).not.toMatch(/unknown|up to|in any case| if /);
  });

  it('lists side work where it changes a track, capabilities with it', () => {
    const sideJob = anActivity({ track: 'field_building', kind: 'community_building', commitment: 'part_time' });
    const text = textOf([aPerson({ record: aRecord({ activities: [anActivity(), sideJob] }) }), ...times(4, aPerson())]);
    const [, side] = text.split('WITH ANY OF THEIR CURRENT WORK OR STUDY');
    expect(side).toMatch(/^ {2}field building +1 of 5 +20%\n {2}capabilities +0 of 5$/m);
  });

  it('tells moves, most frequent first, and how many stayed', () => {
    const was = (track: 'non_ai' | 'governance' | 'alignment') =>
      aPerson({ previous: { activities: [anActivity({ track })], basis: 'confirmed' } });
    const text = textOf([was('governance'), ...times(2, was('non_ai')), was('alignment')]);
    expect(text).toContain('4 people are known at both waves, 1 of them in the same place as before.');
    expect(text).toMatch(/outside AI → alignment +2\n {2}governance → alignment +1\n/);
    expect(textOf([was('alignment')])).toContain('1 person is known at both waves, in the same place as before.');
  });

  it('sums up influence', () => {
    const rated = (rating: number) => aPerson({ record: aRecord({ influence: { rating, channels: ['skills'] } }) });
    const text = textOf([rated(5), rated(4)]);
    expect(flowing(text)).toContain(
      '2 people rated it from 1 (nothing) to 5 (it would not have happened otherwise), 4.5 on average.',
    );
    expect(text).toContain('1: 0 · 2: 0 · 3: 0 · 4: 1 · 5: 1');
    expect(flowing(text)).toContain('connections 0, motivation 0, skills 2, credential 0');
  });

  it('says of a prediction what would settle it', () => {
    const text = textOf(founding, {}, [aPrediction]).replace(/\s+/g, ' ');
    expect(text).toContain(
      'Callum, 80% sure: less than 10% mainly in capabilities, a year after the end. “Hardly anybody does.”',
    );
    expect(text).toContain('Undecided. The share is between 3.6% and 32%, whatever the unknown do.');
    expect(text).toContain(
      'It takes at least 2 more answers to settle it: 2 in capabilities would make it false, 7 elsewhere would make it true.',
    );
    expect(textOf(founding, {}, [{ ...aPrediction, outcome: null }])).toContain('Open until 1 August 2024.');
  });

  it('tells the public that a number is small, and how large it may be at most', () => {
    const text = textOf(founding, { audience: 'public' }, [aPrediction]);
    expect(text).toMatch(/20 of 28/);
    expect(text).toMatch(/^ {2}alignment +12 of 20 +60% +12 to 20 +13 to 20$/m);
    expect(text).toMatch(/^ {2}governance +0 of 20 +up to 8 +up to 2$/m);
    expect(text).toMatch(/^ {2}capabilities +fewer than 5 +1 to 12$/m);
    expect(flowing(text)).toContain('In capabilities: fewer than 5 of those known; of all 28, 1 to 12 in any case.');
    expect(flowing(text)).toContain('Small numbers are not shown to the public');
    expect(text).not.toMatch(/1 of 20|3\.6%|32%|82%|2 more answers/);
    expect(flowing(text)).toContain('Resolved. How it came out is not shown to the public');
  });

  it('tells the public nothing of what people do where all do the same', () => {
    const text = textOf([...times(9, aPerson()), silent], { audience: 'public' });
    expect(text.replace(/\s+/g, ' ')).toContain('What they do is not shown: they are so few, or so many of them do the same');
    expect(text).not.toMatch(/alignment|employment/);
  });

  it('says what it rests on, also where there is nobody yet', () => {
    const text = textOf([]);
    expect(text).toContain('Nobody is on the roster yet.');
    expect(flowing(text)).toContain('All of this rests on what people said to the organisers of their own programme.');
  });

  it('keeps every line within 78 characters, says no zero as none, and holds no stray value', () => {
    const names = fc.array(fc.constantFrom('ARENA 2.0', 'ARENA 3.0', 'a cohort with a name as long as '.repeat(5)), {
      maxLength: 6,
    });
    const waves = fc.option(fc.constantFrom(0, 3, 12, 18));
    const audiences = fc.constantFrom('organisers' as const, 'public' as const);
    fc.assert(
      fc.property(fc.array(somePerson, { maxLength: 30 }), names, waves, audiences, (people, cohorts, waveMonths, audience) => {
        const text = textOf(people, { cohorts, waveMonths, audience }, [
          aPrediction,
          { ...aPrediction, author: 'x'.repeat(150) },
        ]);
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
        expect(text).not.toMatch(/NaN|undefined|null|Infinity|\bnone\b|up to 0\b| \n|\n\n\n/);
      }),
    );
  });
});
