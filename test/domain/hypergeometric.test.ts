import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast, atMost, type Draw, hypergeometricInterval, leastWhere } from '../../src/domain/hypergeometric.js';

/** Ways to choose k of n, exactly; Pascal's triangle. */
const choose = (() => {
  const rows: bigint[][] = [[1n]];
  return (n: number, k: number): bigint => {
    for (let row = rows.length; row <= n; row++) {
      const above = rows[row - 1] ?? [];
      rows.push(Array.from({ length: row + 1 }, (_, place) => (above[place - 1] ?? 0n) + (above[place] ?? 0n)));
    }
    return rows[n]?.[k] ?? 0n;
  };
})();

/** Of all ways to draw, those with from <= x <= to marked people. */
function waysBetween({ all, marked, drawn }: Draw, from: number, to: number): bigint {
  let ways = 0n;
  for (let x = from; x <= to; x++) if (drawn >= x) ways += choose(marked, x) * choose(all - marked, drawn - x);
  return ways;
}

/** The interval's definition, in whole numbers: every M whose two tails are both strictly above 1 in 40. */
function naiveInterval({ roster, known, count }: { roster: number; known: number; count: number }) {
  const ways = choose(roster, known);
  const fits: number[] = [];
  for (let marked = count; marked <= roster - (known - count); marked++) {
    const draw = { all: roster, marked, drawn: known };
    if (waysBetween(draw, count, known) * 40n > ways && waysBetween(draw, 0, count) * 40n > ways) fits.push(marked);
  }
  return { low: fits[0], high: fits.at(-1), isWhole: fits.length === (fits.at(-1) ?? 0) - (fits[0] ?? 0) + 1 };
}

/** The numbers in the class for which fewer than 95 of 100 draws give an interval that holds them. */
function truthsCoveredTooSeldom(roster: number, known: number): readonly number[] {
  const intervals = Array.from({ length: known + 1 }, (_, count) => hypergeometricInterval({ roster, known, count }));
  const waysCovered = (marked: number) =>
    intervals
      .map(({ low, high }, count) =>
        low <= marked && marked <= high ? waysBetween({ all: roster, marked, drawn: known }, count, count) : 0n,
      )
      .reduce((sum, ways) => sum + ways, 0n);
  return Array.from({ length: roster + 1 }, (_, marked) => marked).filter(
    (marked) => waysCovered(marked) * 100n < choose(roster, known) * 95n,
  );
}

describe('the exact interval', () => {
  it.each([
    { count: 45, known: 100, roster: 300, low: 111, high: 160 },
    { count: 2, known: 100, roster: 300, low: 2, high: 18 },
    { count: 3, known: 10, roster: 50, low: 5, high: 31 },
    { count: 1, known: 72, roster: 156, low: 1, high: 9 },
    { count: 24, known: 242, roster: 292, low: 25, high: 34 },
    { count: 1, known: 20, roster: 28, low: 1, high: 4 },
    { count: 0, known: 20, roster: 28, low: 0, high: 2 },
    { count: 0, known: 14, roster: 28, low: 0, high: 4 },
    { count: 0, known: 9, roster: 12, low: 0, high: 2 },
  ])('of $count of $known of $roster is $low to $high', ({ low, high, ...counts }) => {
    expect(hypergeometricInterval(counts)).toEqual({ low, high });
  });

  it('agrees with whole-number arithmetic for every count of every roster up to 30, ties included', () => {
    for (let roster = 1; roster <= 30; roster++)
      for (let known = 1; known <= roster; known++)
        for (let count = 0; count <= known; count++) {
          const { isWhole, ...naive } = naiveInterval({ roster, known, count });
          expect(isWhole).toBe(true);
          expect({ roster, known, count, ...hypergeometricInterval({ roster, known, count }) }).toEqual({
            roster,
            known,
            count,
            ...naive,
          });
        }
  });

  it('leaves out a number whose tail is exactly 2.5 %', () => {
    expect(hypergeometricInterval({ roster: 40, known: 1, count: 1 })).toEqual({ low: 2, high: 40 });
    expect(hypergeometricInterval({ roster: 120, known: 1, count: 1 })).toEqual({ low: 4, high: 120 }); // 3 / 120 rounds to above 0.025
    expect(hypergeometricInterval({ roster: 40, known: 1, count: 0 })).toEqual({ low: 0, high: 38 });
    expect(hypergeometricInterval({ roster: 1_000_000, known: 1, count: 1 })).toEqual({ low: 25_001, high: 1_000_000 });
  });

  it('agrees with whole-number arithmetic on rosters up to 150', () => {
    const counts = fc
      .integer({ min: 1, max: 150 })
      .chain((roster) => fc.tuple(fc.constant(roster), fc.integer({ min: 1, max: roster })))
      .chain(([roster, known]) =>
        fc.record({ roster: fc.constant(roster), known: fc.constant(known), count: fc.integer({ min: 0, max: known }) }),
      );
    fc.assert(
      fc.property(counts, (each) => {
        const { isWhole: _, ...naive } = naiveInterval(each);
        expect(hypergeometricInterval(each)).toEqual(naive);
      }),
      { numRuns: 60 },
    );
  });

  it('covers the truth in at least 95 of 100 draws, for every truth, answer count and roster up to 60', () => {
    for (let roster = 1; roster <= 60; roster++)
      for (let known = 1; known <= roster; known++)
        expect(truthsCoveredTooSeldom(roster, known), `roster ${roster}, known ${known}`).toEqual([]);
  });

  it('keeps to what was seen: at least those counted, at most all but those known to be outside', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), fc.nat(2000), (count, outside, unknown) => {
        const known = count + outside;
        fc.pre(known > 0);
        const { low, high } = hypergeometricInterval({ roster: known + unknown, known, count });
        expect(low).toBeGreaterThanOrEqual(count);
        expect(high).toBeLessThanOrEqual(count + unknown);
        expect(low).toBeLessThanOrEqual(high);
        if (unknown === 0) expect({ low, high }).toEqual({ low: count, high: count });
      }),
    );
  });

  it('mirrors itself when the class is turned round', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(300), (count, outside, unknown) => {
        const known = count + outside;
        fc.pre(known > 0);
        const roster = known + unknown;
        const { low, high } = hypergeometricInterval({ roster, known, count });
        expect(hypergeometricInterval({ roster, known, count: outside })).toEqual({ low: roster - high, high: roster - low });
      }),
    );
  });

  it('answers for a million people within a moment', () => {
    const started = performance.now();
    const { low, high } = hypergeometricInterval({ roster: 1_000_000, known: 700_000, count: 400_000 });
    expect(performance.now() - started).toBeLessThan(500);
    // the normal interval: 571 429 -+ 1.96 * 1e6 * sqrt(p q / n * (1 - n / N)) = 571 429 -+ 635
    expect(Math.abs(low - 570_794)).toBeLessThan(5);
    expect(Math.abs(high - 572_064)).toBeLessThan(5);
    expect(hypergeometricInterval({ roster: 1_000_000, known: 1_000_000, count: 3 })).toEqual({ low: 3, high: 3 });
    expect(hypergeometricInterval({ roster: 1_000_000, known: 999_999, count: 0 })).toEqual({ low: 0, high: 0 });
  });
});

describe('the tails', () => {
  it('agree with whole-number arithmetic', () => {
    const draws = fc
      .integer({ min: 1, max: 80 })
      .chain((all) =>
        fc.record({ all: fc.constant(all), marked: fc.integer({ min: 0, max: all }), drawn: fc.integer({ min: 0, max: all }) }),
      );
    fc.assert(
      fc.property(draws, fc.nat(80), (draw, x) => {
        const ways = choose(draw.all, draw.drawn);
        const exact = (from: number, to: number) => Number((waysBetween(draw, from, to) * 10n ** 15n) / ways) / 1e15;
        expect(atMost(draw, x)).toBeCloseTo(exact(0, x), 12);
        expect(atLeast(draw, x)).toBeCloseTo(exact(x, draw.drawn), 12);
      }),
    );
  });
});

describe('leastWhere', () => {
  it('finds the first number that holds, and the last where none does', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(1000), fc.nat(1000), (low, width, place) => {
        const first = low + Math.min(width, place);
        expect(leastWhere(low, low + width, (x) => x >= first)).toBe(first);
      }),
    );
  });
});
