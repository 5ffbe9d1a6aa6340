import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonAtWave } from '../../src/domain/partition.js';
import { hideSmallCells } from '../../src/domain/public-report.js';
import { finishReport, type Report } from '../../src/domain/report.js';
import { addPerson, emptyTally, type ReportScope } from '../../src/domain/report-tally.js';
import { anActivity, aPerson, aRecord, somePerson } from './at-wave.js';

const scope: ReportScope = {
  programme: 'ARENA',
  cohorts: ['ARENA 2.0'],
  waveMonths: 12,
  asOf: '2024-07-31',
  audience: 'organisers',
};

function reportOf(people: readonly PersonAtWave[]): Report {
  return finishReport(people.reduce(addPerson, emptyTally(scope)), []);
}

const times = (count: number, person: PersonAtWave) => Array.from({ length: count }, () => person);
const silent = aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } });
const inTrack = (track: Parameters<typeof anActivity>[0]) => aPerson({ record: aRecord({ activities: [anActivity(track)] }) });

describe('a report', () => {
  it('has the JSON of the contract', () => {
    const report: unknown = JSON.parse(JSON.stringify(reportOf(times(2, aPerson()))));
    expect(Object.keys(report as Report)).toEqual([
      'programme',
      'cohorts',
      'waveMonths',
      'asOf',
      'audience',
      'people',
      'rates',
      'tracks',
      'seeking',
      'onBreak',
      'kinds',
      'moves',
      'planned',
      'influence',
      'thirdParty',
      'predictions',
    ]);
    const { people, rates, tracks, influence, kinds } = report as Report;
    expect(Object.keys(people).sort()).toEqual([
      'answered',
      'asked',
      'carriedForward',
      'confirmed',
      'erased',
      'notAsked',
      'partial',
      'refused',
      'roster',
      'shown',
      'silent',
      'unreachable',
    ]);
    expect(Object.keys(rates)).toEqual(['rr1', 'rr2', 'rr1Asked', 'rr2Asked', 'coop1', 'ref1', 'knowledge']);
    expect(Object.keys(tracks)).toEqual(['alignment', 'governance', 'field_building', 'capabilities', 'applied_ai', 'non_ai']);
    expect(Object.keys(kinds)).toHaveLength(14);
    expect(influence).toEqual({
      ratings: { n: 0, mean: null, counts: [0, 0, 0, 0, 0] },
      channels: { connections: 0, motivation: 0, skills: 0, credential: 0 },
    });
    expect(tracks.alignment?.main).toEqual({
      roster: 2,
      known: 2,
      count: 2,
      unclear: 0,
      share: 1,
      bounds: { low: 1, high: 1 },
      interval: { low: 2, high: 2, shareLow: 1, shareHigh: 1 },
      sensitivity: [0.5, 2, 3].map((ratio) => ({ ratio, share: 1 })),
    });
  });

  it('tells the founding example: one of twenty known in capabilities, twenty-eight in all', () => {
    const report = reportOf([
      ...times(12, inTrack({ track: 'alignment' })),
      ...times(4, inTrack({ track: 'non_ai' })),
      inTrack({ track: 'capabilities' }),
      ...times(2, inTrack({ kind: 'job_search' })),
      inTrack({ kind: 'career_break' }),
      ...times(2, inTrack({ track: 'unclear' })),
      ...times(3, silent),
      aPerson({ record: null, checkIn: { state: 'stopped', asked: true } }),
      aPerson({ record: null, checkIn: { state: 'unreachable', asked: false }, thirdParty: { activities: [anActivity()] } }),
      aPerson({ erased: true, record: null }),
    ]);
    expect(report.people).toEqual({
      roster: 28,
      answered: 20,
      partial: 2,
      refused: 1,
      unreachable: 1,
      notAsked: 0,
      silent: 3,
      erased: 1,
      asked: 27,
      confirmed: 22,
      shown: 0,
      carriedForward: 0,
    });
    expect(report.rates).toEqual({
      rr1: 20 / 28,
      rr2: 22 / 28,
      rr1Asked: 20 / 27,
      rr2Asked: 22 / 27,
      coop1: 20 / 23,
      ref1: 1 / 28,
      knowledge: 21 / 28,
    });
    expect(report.tracks.capabilities?.main).toMatchObject({
      roster: 28,
      known: 20,
      count: 1,
      unclear: 2,
      interval: { low: 1, high: 4 },
    });
    expect(report.seeking).toMatchObject({ known: 22, count: 2, unclear: 0 });
    expect(report.onBreak).toMatchObject({ known: 22, count: 1 });
    expect(report.kinds.employment).toMatchObject({ known: 22, count: 19 });
  });

  it('counts an answer nobody asked for, but not among the asked', () => {
    const { rates, people } = reportOf([aPerson({ checkIn: null }), silent]);
    expect(people).toMatchObject({ answered: 1, asked: 1, silent: 1 });
    expect(rates).toMatchObject({ rr1: 0.5, rr1Asked: 0 });
  });

  it('knows any work in a track where the main one is unclear', () => {
    const { tracks } = reportOf([
      aPerson({
        record: aRecord({
          activities: [
            anActivity({ track: 'unclear', commitment: 'full_time' }),
            anActivity({ track: 'capabilities', commitment: 'part_time' }),
          ],
        }),
      }),
    ]);
    expect(tracks.capabilities?.main).toMatchObject({ known: 0, unclear: 1 });
    expect(tracks.capabilities?.any).toMatchObject({ known: 1, count: 1, unclear: 0 });
    expect(tracks.alignment?.any).toMatchObject({ known: 0, unclear: 1 });
  });

  it('lets a reading that nobody saw decide nothing', () => {
    const { tracks, kinds, influence, moves } = reportOf([
      aPerson({
        record: aRecord({ basis: 'read', influence: { rating: 5, channels: ['skills'] } }),
        previous: { activities: [anActivity()], basis: 'confirmed' },
      }),
    ]);
    expect(tracks.alignment?.main).toMatchObject({ known: 0, unclear: 1, share: null });
    expect(kinds.employment).toMatchObject({ known: 0, unclear: 1 });
    expect(influence.ratings.n).toBe(0);
    expect(moves).toEqual([]);
  });

  it('shows moves of those known at both waves, those who stayed among them', () => {
    const was = (track: Parameters<typeof anActivity>[0], basis: 'confirmed' | 'read' = 'confirmed') => ({
      previous: { activities: [anActivity(track)], basis },
    });
    const { moves } = reportOf([
      ...times(2, aPerson(was({ track: 'non_ai' }))),
      aPerson(was({ track: 'alignment' })),
      aPerson(was({ kind: 'job_search' })),
      aPerson(was({ track: 'unclear' })),
      aPerson(was({ track: 'governance' }, 'read')),
    ]);
    expect(moves).toEqual([
      { from: 'alignment', to: 'alignment', people: 1 },
      { from: 'non_ai', to: 'alignment', people: 2 },
      { from: 'seeking', to: 'alignment', people: 1 },
    ]);
  });

  it('sums up what the programme had to do with it', () => {
    const rated = (rating: number, ...channels: ('skills' | 'connections')[]) =>
      aPerson({ record: aRecord({ influence: { rating, channels } }) });
    const { influence } = reportOf([rated(5, 'skills', 'connections'), rated(5, 'skills', 'skills'), rated(2), aPerson()]);
    expect(influence).toEqual({
      ratings: { n: 3, mean: 4, counts: [0, 1, 0, 0, 2] },
      channels: { connections: 1, motivation: 0, skills: 2, credential: 0 },
    });
  });

  it('of an empty cohort is nulls and zeros', () => {
    const report = reportOf([]);
    expect(report.people.roster).toBe(0);
    expect(new Set(Object.values(report.rates))).toEqual(new Set([null]));
    expect(report.tracks.capabilities?.main).toMatchObject({ roster: 0, share: null, bounds: null, interval: null });
  });
});

describe('every report', () => {
  const holdsOfAll = (check: (report: Report, people: readonly PersonAtWave[]) => void) =>
    fc.assert(fc.property(fc.array(somePerson, { maxLength: 40 }), (people) => check(reportOf(people), people)));

  it('puts each person in exactly one group', () => {
    holdsOfAll(({ people: { roster, answered, partial, refused, unreachable, notAsked, silent: quiet, erased } }, people) => {
      expect(roster).toBe(people.length);
      expect(answered + partial + refused + unreachable + notAsked + quiet + erased).toBe(roster);
    });
  });

  it('has no number that JSON cannot hold, for either audience', () => {
    fc.assert(
      fc.property(fc.array(somePerson, { maxLength: 20 }), fc.constantFrom(0, 1, 3, 5), (people, k) => {
        const all = reportOf(people);
        const report = k === 0 ? all : hideSmallCells(all, k);
        expect(JSON.parse(JSON.stringify(report))).toEqual(report); // NaN and Infinity would come back as null
      }),
    );
  });

  it('keeps known and unclear within the roster, and rates within 0 and 1', () => {
    holdsOfAll(({ people, rates, tracks, kinds, seeking, onBreak }) => {
      const estimates = [
        ...Object.values(tracks).flatMap(({ main, any }) => [main, any]),
        ...Object.values(kinds),
        seeking,
        onBreak,
      ];
      for (const { known, count, unclear } of estimates) {
        expect((known ?? 0) + (unclear ?? 0)).toBe(people.answered + people.partial);
        expect(count ?? 0).toBeLessThanOrEqual(known ?? 0);
      }
      for (const rate of Object.values(rates).filter((each) => each !== null)) {
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(1);
      }
    });
  });

  it('places all who answered clearly in one main track, or seeking, or on a break', () => {
    holdsOfAll(({ people, tracks, seeking, onBreak, moves }) => {
      const inTracks = Object.values(tracks).reduce((sum, { main }) => sum + (main.count ?? 0), 0);
      expect(inTracks + (seeking.count ?? 0) + (onBreak.count ?? 0)).toBe(people.answered);
      expect(moves.reduce((sum, move) => sum + move.people, 0)).toBeLessThanOrEqual(people.answered);
    });
  });

  it('does not depend on the order of the people', () => {
    holdsOfAll((report, people) => {
      expect(reportOf([...people].reverse())).toEqual(report);
    });
  });
});
