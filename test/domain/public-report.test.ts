import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/domain/career-update.js';
import { isHidden, type ReportedEstimate } from '../../src/domain/estimate.js';
import type { PersonAtWave } from '../../src/domain/partition.js';
import type { ReportedPrediction } from '../../src/domain/prediction.js';
import { hideSmallCells } from '../../src/domain/public-report.js';
import { finishReport, type Report } from '../../src/domain/report.js';
import { addPerson, emptyTally } from '../../src/domain/report-tally.js';
import { tracksOf } from '../../src/domain/tracks.js';
import { anActivity, aPerson, aRecord, somePerson, trackIn } from './at-wave.js';

function reportOf(people: readonly PersonAtWave[], predictions: readonly ReportedPrediction[] = []): Report {
  const scope = {
    programme: 'ARENA',
    cohorts: ['ARENA 2.0'],
    waveMonths: 12,
    asOf: '2024-07-31',
    audience: 'organisers',
  } as const;
  return finishReport(people.reduce(addPerson, emptyTally(scope)), predictions);
}

const times = (count: number, person: PersonAtWave) => Array.from({ length: count }, () => person);
const working = (given: Parameters<typeof anActivity>[0], ...side: readonly Parameters<typeof anActivity>[0][]) =>
  aPerson({ record: aRecord({ activities: [given, ...side].map((each) => anActivity(each)) }) });
const silent = aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } });

const founding = [
  ...times(12, working({ track: 'alignment' })),
  ...times(4, working({ track: 'non_ai', kind: 'study' })),
  working({ track: 'capabilities' }),
  ...times(2, working({ kind: 'job_search' })),
  working({ kind: 'career_break' }),
  ...times(8, silent),
];

const aPrediction: ReportedPrediction = {
  id: 'p1',
  text: null,
  author: 'Callum',
  class: { track: 'capabilities', scope: 'main' },
  comparator: 'less_than',
  threshold: 0.6,
  waveMonths: 12,
  probability: 0.8,
  closesOn: '2024-08-01',
  outcome: 'true',
  counts: { roster: 28, known: 20, count: 1 },
  bounds: { low: 1 / 28, high: 9 / 28 },
  moreAnswersNeeded: null,
  toSettle: null,
  score: { brier: 0.04, log: Math.log(0.8) },
  probabilityIfAlike: 1,
};

describe('a public report', () => {
  it('tells of a small number only that it is small, and how large it can be', () => {
    const open = reportOf(founding);
    const { people, rates, tracks, seeking, kinds, audience } = hideSmallCells(open, 5);
    expect(audience).toBe('public');
    expect({ people, rates }).toEqual({ people: open.people, rates: open.rates });
    expect(tracks.capabilities?.main).toEqual({
      hidden: true,
      roster: 28,
      known: null,
      count: null,
      unclear: null,
      share: null,
      bounds: { low: 1 / 28, high: 12 / 28 },
      interval: null,
      sensitivity: [0.5, 2, 3].map((ratio) => ({ ratio, share: null })),
      fewerThan: 5,
    });
    expect(tracks.alignment?.main).toEqual(open.tracks.alignment?.main);
    expect(tracks.governance?.main).toMatchObject({ count: 0 });
    expect(seeking).toMatchObject({ hidden: true, fewerThan: 5 });
    expect(kinds.job_search).toEqual(seeking);
  });

  it('is made from an open one only', () => {
    expect(() => hideSmallCells(hideSmallCells(reportOf(founding), 5), 5)).toThrow('organisers');
  });

  it('shows no moves', () => {
    const moved = aPerson({ previous: { activities: [anActivity({ track: 'non_ai' })], basis: 'confirmed' } });
    expect(hideSmallCells(reportOf(times(9, moved)), 5).moves).toEqual([]);
  });

  it('shows ratings only where none is of a few people', () => {
    const rated = (rating: number) => aPerson({ record: aRecord({ influence: { rating, channels: ['skills'] } }) });
    const shown = hideSmallCells(reportOf([...times(5, rated(5)), ...times(6, rated(4))]), 5).influence;
    expect(shown.ratings).toMatchObject({ n: 11, counts: [0, 0, 0, 6, 5] });
    expect(shown).toMatchObject({ hidden: true, channels: { skills: null, motivation: 0 } }); // all eleven named skills
    const hidden = hideSmallCells(reportOf([...times(5, rated(5)), rated(1)]), 5).influence;
    expect(hidden).toMatchObject({ hidden: true, ratings: { n: null, mean: null, counts: null } });
  });

  it('tells how a prediction came out only where every small number would have come to the same', () => {
    const [told] = hideSmallCells(reportOf(founding, [aPrediction]), 5).predictions;
    expect(told).toMatchObject({ outcome: 'true', hidden: true, bounds: { low: 1 / 28, high: 12 / 28 }, counts: null });
    expect(told).toMatchObject({ probabilityIfAlike: null, moreAnswersNeeded: null, toSettle: null });
    const [untold] = hideSmallCells(reportOf(founding, [{ ...aPrediction, threshold: 0.33 }]), 5).predictions;
    expect(untold).toMatchObject({ outcome: null, score: null, hidden: true });
    const open = { ...aPrediction, outcome: null, counts: null, bounds: null, score: null, probabilityIfAlike: null };
    expect(hideSmallCells(reportOf(founding, [open]), 5).predictions).toEqual([open]);
  });

  it('hides in several cohorts together what is hidden in one of them', () => {
    const one = hideSmallCells(reportOf(founding), 5);
    const other = [...times(7, working({ track: 'capabilities' })), ...times(6, working({ track: 'alignment' }))];
    const both = hideSmallCells(reportOf([...founding, ...other]), 5, [one, hideSmallCells(reportOf(other), 5)]);
    expect(both.tracks.capabilities?.main).toMatchObject({ hidden: true, count: null, fewerThan: null, bounds: null });
  });
});

/** What somebody who reads a public report, and how it is made, knows of a number in it. */
type Told = { readonly low: number; readonly high: number };
const told = (each: ReportedEstimate, k: number): Told => {
  if (!isHidden(each)) return { low: each.count, high: each.count };
  return each.fewerThan === null ? { low: 0, high: 99 } : { low: 1, high: k - 1 };
};
const isCovering = (each: ReportedEstimate) => isHidden(each) && each.fewerThan === null;

/** All sums that some numbers can come to, one within each range. */
function sums(ranges: readonly Told[], most: number): ReadonlySet<number> {
  let reached = new Set([0]);
  for (const { low, high } of ranges) {
    const next = new Set<number>();
    for (const sum of reached) for (let add = low; add <= Math.min(high, most - sum); add++) next.add(sum + add);
    reached = next;
  }
  return reached;
}

/**
 * Whether the published numbers leave room for some people looking for work, some on a break, and one hidden number being `value`: the two tables
 * must add up to their totals, any work in a track is at least the main work, and leaves room for those without any.
 */
function isPossible(report: Report, totals: { places: number; kinds: number }, k: number, name: string, value: number): boolean {
  const anyCovers = (each: ReportedEstimate): Told =>
    isCovering(each) && !isWholeTableHidden(report, each) ? { low: k, high: 99 } : told(each, k);
  const range = (key: string, each: ReportedEstimate) => (key === name ? { low: value, high: value } : anyCovers(each));
  const tracks = tracksOf(null).map((track) => {
    const { low, high } = range(track, trackIn(report, track).main);
    return { low, high: Math.min(high, told(trackIn(report, track).any, k).high) };
  });
  const kinds = KINDS.filter((kind) => kind !== 'job_search' && kind !== 'career_break').map((kind) =>
    range(kind, report.kinds[kind]),
  );
  const [seeking, onBreak] = [range('seeking', report.seeking), range('onBreak', report.onBreak)];
  const most = Math.max(totals.places, totals.kinds);
  const room = Math.min(
    ...tracksOf(null)
      .map((track) => trackIn(report, track).any)
      .map((any) => (isHidden(any) ? 99 : any.known - any.count)),
  );
  if (tracks.some(({ low, high }) => low > high)) return false;
  const [inTracks, inKinds] = [sums(tracks, most), sums(kinds, most)];
  return [...sums([seeking, onBreak], most)].some(
    (outside) => outside <= room && inTracks.has(totals.places - outside) && inKinds.has(totals.kinds - outside),
  );
}

/** In a table that is hidden as a whole, nothing is told of any number; else a hidden one that is not small is large. */
function isWholeTableHidden({ tracks, kinds, seeking, onBreak }: Report, each: ReportedEstimate): boolean {
  const all = (some: readonly ReportedEstimate[]) => some.every(isCovering);
  const places = [...tracksOf(null).map((track) => trackIn({ tracks }, track).main), seeking, onBreak];
  const ofKind = KINDS.map((kind) => kinds[kind]);
  return (all(places) && places.includes(each)) || (all(ofKind) && ofKind.includes(each));
}

describe('whoever reads a public report', () => {
  const people = fc.array(somePerson, { maxLength: 24 });
  const crowd = fc
    .array(fc.tuple(somePerson, fc.integer({ min: 1, max: 8 })), { maxLength: 8 })
    .map((groups) => groups.flatMap(([person, count]) => times(count, person)));

  it('can work out of no hidden number more than that it lies between 1 and k - 1', () => {
    fc.assert(
      fc.property(fc.oneof(people, crowd), fc.integer({ min: 3, max: 5 }), (all, k) => {
        const open = reportOf(all);
        const report = hideSmallCells(open, k);
        const totals = { places: open.people.answered, kinds: open.kinds.other.known ?? 0 };
        const numbers: readonly (readonly [string, ReportedEstimate])[] = [
          ...tracksOf(null).map((track) => [track, trackIn(report, track).main] as const),
          ...KINDS.map((kind) => [kind, report.kinds[kind]] as const).filter(
            ([kind]) => kind !== 'job_search' && kind !== 'career_break',
          ),
          ['seeking', report.seeking],
          ['onBreak', report.onBreak],
        ];
        for (const [name, each] of numbers) {
          if (!isHidden(each) || each.fewerThan === null) continue;
          for (let value = 1; value < k; value++)
            expect(isPossible(report, totals, k, name, value), `${name} = ${value}`).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('sees no number from 1 to k - 1 of what people do, and no share of one', () => {
    fc.assert(
      fc.property(fc.oneof(people, crowd), fc.integer({ min: 2, max: 5 }), (all, k) => {
        const { tracks, kinds, seeking, onBreak, influence } = hideSmallCells(reportOf(all), k);
        const estimates = [
          ...Object.values(tracks).flatMap(({ main, any }) => [main, any]),
          ...Object.values(kinds),
          seeking,
          onBreak,
        ];
        for (const each of estimates) {
          if (!isHidden(each)) expect(each.count === 0 || each.count >= k).toBe(true);
          else expect([each.share, each.interval, each.known, each.count, each.unclear]).toEqual([null, null, null, null, null]);
        }
        for (const count of [...(influence.ratings.counts ?? []), ...Object.values(influence.channels)])
          expect(count === null || count === 0 || count >= k).toBe(true);
      }),
    );
  });

  it('sees bounds that hold', () => {
    fc.assert(
      fc.property(fc.oneof(people, crowd), (all) => {
        const open = reportOf(all);
        const report = hideSmallCells(open, 5);
        for (const track of tracksOf(null))
          for (const scope of ['main', 'any'] as const) {
            const [true_, shown] = [trackIn(open, track)[scope].bounds, trackIn(report, track)[scope].bounds];
            if (true_ === null || shown === null) continue;
            expect(shown.low).toBeLessThanOrEqual(true_.low);
            expect(shown.high).toBeGreaterThanOrEqual(true_.high);
          }
      }),
    );
  });
});
