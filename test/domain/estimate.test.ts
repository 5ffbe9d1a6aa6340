import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counts, estimate, estimateProblems } from '../../src/domain/estimate.js';

/** Counts that make sense, up to a roster of `most`. */
const someCounts = (most: number) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: most }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([roster, answered, inClass]): Counts => {
      const known = Math.round(roster * answered);
      return { roster, known, count: Math.round(known * inClass) };
    });

describe('estimate', () => {
  it('gives the JSON of the contract for one of twenty known, twenty-eight in all', () => {
    expect(JSON.parse(JSON.stringify(estimate({ roster: 28, known: 20, count: 1 })))).toEqual({
      roster: 28,
      known: 20,
      count: 1,
      share: 0.05,
      bounds: { low: 1 / 28, high: 9 / 28 },
      interval: { low: 1, high: 4, shareLow: 1 / 28, shareHigh: 4 / 28 },
      sensitivity: [
        { ratio: 0.5, share: 1.2 / 28 },
        { ratio: 2, share: 1.8 / 28 },
        { ratio: 3, share: 2.2 / 28 },
      ],
    });
  });

  it.each([
    { count: 1, known: 72, roster: 156, low: 0.0064, high: 0.5449 },
    { count: 24, known: 242, roster: 292, low: 0.0822, high: 0.2534 },
    { count: 193, known: 242, roster: 292, low: 0.661, high: 0.8322 },
    { count: 0, known: 20, roster: 28, low: 0, high: 0.2857 },
  ])('bounds $count of $known of $roster by what the unknown could do', ({ low, high, ...counts }) => {
    const { bounds } = estimate(counts);
    expect(bounds?.low).toBeCloseTo(low, 4);
    expect(bounds?.high).toBeCloseTo(high, 4);
  });

  it('says nothing of a share where nobody is known', () => {
    const { share, interval, bounds, sensitivity } = estimate({ roster: 9, known: 0, count: 0 });
    expect({ share, interval, bounds }).toEqual({ share: null, interval: null, bounds: { low: 0, high: 1 } });
    expect(sensitivity.map((each) => each.share)).toEqual([null, null, null]);
  });

  it('never counts the unknown more than once, however likely they are said to be', () => {
    const { sensitivity } = estimate({ roster: 10, known: 5, count: 4 });
    expect(sensitivity).toEqual([
      { ratio: 0.5, share: 0.6 },
      { ratio: 2, share: 0.9 },
      { ratio: 3, share: 0.9 },
    ]);
  });

  it('carries the unclear only where they were given', () => {
    expect(estimate({ roster: 28, known: 20, count: 1, unclear: 2 }).unclear).toBe(2);
    expect('unclear' in estimate({ roster: 28, known: 20, count: 1 })).toBe(false);
  });

  it.each<[Counts, RegExp]>([
    [{ roster: 28, known: 20, count: 21 }, /count \(21\) cannot be more than known \(20\)/],
    [{ roster: 28, known: 29, count: 1 }, /known \(29\) cannot be more than roster \(28\)/],
    [{ roster: 28, known: 20, count: -1 }, /count must be a whole number/],
    [{ roster: 28.5, known: 20, count: 1 }, /roster must be a whole number/],
    [{ roster: 0, known: 0, count: 0 }, /roster must be at least 1/],
    [{ roster: 28, known: 20, count: 1, unclear: 9 }, /known and unclear together \(29\)/],
    [{ roster: Number.NaN, known: 0, count: 0 }, /roster must be a whole number/],
    [{ roster: 1e11, known: 1, count: 1 }, /there are no more people/],
  ])('refuses %j', (counts, problem) => {
    expect(estimateProblems(counts).join('\n')).toMatch(problem);
    expect(() => estimate(counts)).toThrow(RangeError);
  });

  it('keeps every figure ordered: bounds hold the interval, and the interval what was seen', () => {
    fc.assert(
      fc.property(someCounts(3000), (counts) => {
        expect(estimateProblems(counts)).toEqual([]);
        const { bounds, interval, share, sensitivity } = estimate(counts);
        if (!bounds) throw new Error('a roster with people has bounds');
        expect(bounds.low).toBeLessThanOrEqual(bounds.high);
        for (const each of sensitivity) {
          if (each.share === null) continue;
          expect(each.share).toBeGreaterThanOrEqual(bounds.low);
          expect(each.share).toBeLessThanOrEqual(bounds.high + 1e-12);
        }
        expect(interval === null).toBe(counts.known === 0);
        if (interval === null || share === null) return;
        expect(interval.shareLow).toBeGreaterThanOrEqual(bounds.low);
        expect(interval.shareHigh).toBeLessThanOrEqual(bounds.high);
        expect(interval.low).toBeLessThanOrEqual(Math.ceil(share * counts.roster + 1e-9));
        expect(interval.high).toBeGreaterThanOrEqual(Math.floor(share * counts.roster - 1e-9));
      }),
    );
  });
});
