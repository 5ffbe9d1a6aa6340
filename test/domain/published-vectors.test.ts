import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimate } from '../../src/domain/estimate.js';
import { hypergeometricInterval } from '../../src/domain/hypergeometric.js';
import { resolve, score, scoreboard } from '../../src/domain/prediction.js';
import { finishReport } from '../../src/domain/report.js';
import { describeEstimate } from '../../src/domain/report-estimate.js';
import { emptyTally } from '../../src/domain/report-tally.js';

describe('finite populations', () => {
  // The R package samplingbook (Manitz et al.), README and vignette of Sprop, 95 %: it prints 110-161, 2-19 and 4-32, since its loops step one back.
  it.each([
    { source: 'README of samplingbook', count: 45, known: 100, roster: 300, low: 111, high: 160 },
    { source: 'README of samplingbook', count: 2, known: 100, roster: 300, low: 2, high: 18 },
    { source: 'vignette of Sprop', count: 3, known: 10, roster: 50, low: 5, high: 31 },
  ])('$source: $count of $known of $roster is $low to $high people, strictly', ({ low, high, ...counts }) => {
    expect(estimate(counts).interval).toMatchObject({ low, high });
  });
});

describe('programmes that published counts', () => {
  it('MATS alumni survey of 2024: 1 of 72 answers in capabilities, of some 156 alumni', () => {
    const { share, bounds, interval } = estimate({ roster: 156, known: 72, count: 1 });
    expect(share).toBeCloseTo(0.0139, 4); // printed: 1.4 %
    expect(bounds?.low).toBeCloseTo(0.0064, 4);
    expect(bounds?.high).toBeCloseTo(0.5449, 4);
    expect(interval).toMatchObject({ low: 1, high: 9 });
    expect(describeEstimate(estimate({ roster: 156, known: 72, count: 1 }), 'in capabilities').join(' ')).toContain(
      '1 to 85 (0.6% to 54%) in any case',
    );
  });

  it('MATS by public profiles, 2025: 24 of 242 found in capabilities, of 292', () => {
    const { share, bounds, interval } = estimate({ roster: 292, known: 242, count: 24 });
    expect(share).toBeCloseTo(0.1, 2); // printed: 10 %
    expect(bounds?.low).toBeCloseTo(0.0822, 4);
    expect(bounds?.high).toBeCloseTo(0.2534, 4);
    // 25, not 24: if there were only 24 in all, finding every one of them would have a chance of 0.9 %
    expect(interval).toMatchObject({ low: 25, high: 34 });
    expect(estimate({ roster: 292, known: 242, count: 193 }).bounds?.low).toBeCloseTo(0.661, 3); // in AI safety; printed: 80 %
    expect(estimate({ roster: 292, known: 242, count: 193 }).bounds?.high).toBeCloseTo(0.8322, 4);
  });

  it('BlueDot course of 2022: 123 of 342 in AI safety afterwards are 36.0 %, where 37 % is printed', () => {
    const everybody = estimate({ roster: 342, known: 342, count: 123 });
    expect(everybody.share).toBeCloseTo(0.3596, 4);
    expect(everybody.interval).toMatchObject({ low: 123, high: 123 });
    expect(describeEstimate(everybody, 'in AI safety')).toEqual(['In AI safety: 123 of 342 (36%).']);
  });

  it('ARENA 1.0: 5 of 5, without a word of uncertainty', () => {
    expect(describeEstimate(estimate({ roster: 5, known: 5, count: 5 }), null)).toEqual(['5 of 5 (100%).']);
  });

  it('leaves "at least 10 % in capabilities" open by either count of MATS, and settles "at most 30 %" by the profiles', () => {
    const survey = { roster: 156, known: 72, count: 1 };
    const profiles = { roster: 292, known: 242, count: 24 };
    expect(resolve({ comparator: 'more_than', threshold: 0.1 }, survey).outcome).toBe('undecided');
    expect(resolve({ comparator: 'more_than', threshold: 0.1 }, profiles).outcome).toBe('undecided');
    expect(resolve({ comparator: 'less_than', threshold: 0.3 }, profiles).outcome).toBe('true');
  });
});

describe('response rates', () => {
  it('AAPOR’s worked case as a named list: 650 complete, 50 partial, 150 refused, 150 of whom nothing is heard', () => {
    const tally = emptyTally({ programme: 'A', cohorts: [], waveMonths: 12, asOf: '2024-01-01', audience: 'organisers' });
    Object.assign(tally.groups, { answered: 650, partial: 50, refused: 150, unreachable: 100, silent: 50 });
    const { rates } = finishReport(tally, []);
    expect(rates.rr1).toBeCloseTo(0.65, 12);
    expect(rates.rr2).toBeCloseTo(0.7, 12);
    expect(rates.ref1).toBeCloseTo(0.15, 12);
    expect(rates.coop1).toBeCloseTo(0.765, 3); // without "other" contacts COOP1 is COOP3, which the source prints as 76.5 %
  });
});

describe('scores of forecasts', () => {
  it('Brier: 0.7 for what happens costs 0.09, and always a half 0.25', () => {
    expect(score(0.7, 'true').brier).toBeCloseTo(0.09, 12);
    expect(score(0.5, 'true').brier).toBe(0.25);
    expect(score(0.5, 'false').brier).toBe(0.25);
  });

  // 100 (log2 p + 1): the scoring help of Metaculus gives +84.8 for 90 % and -332.2 for 5 %.
  it('the natural logarithm, as Metaculus turns it into a baseline score', () => {
    const baseline = (probability: number) => 100 * ((score(probability, 'true').log ?? 0) / Math.LN2 + 1);
    expect(baseline(0.9)).toBeCloseTo(84.8, 1);
    expect(baseline(0.05)).toBeCloseTo(-332.2, 1);
  });

  it('Brier, 1950: the mean over forecasts, reliability less resolution plus uncertainty', () => {
    const forecasts = [
      ...Array(8).fill({ probability: 0.8, outcome: 'true' }),
      ...Array(2).fill({ probability: 0.8, outcome: 'false' }),
    ];
    expect(scoreboard(forecasts).brier).toBeCloseTo(0.16, 12); // calibrated: 0 - 0 + 0.8 * 0.2
  });
});

describe('the exact interval, wherever it is taken', () => {
  it('does not widen as more is known at the same share', () => {
    const counts = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(30), fc.integer({ min: 2, max: 6 }), fc.nat(200));
    fc.assert(
      fc.property(counts, ([known, some, times, unknown]) => {
        const count = Math.min(some, known);
        const roster = known * times + unknown;
        const width = (factor: number) => {
          const { low, high } = hypergeometricInterval({ roster, known: known * factor, count: count * factor });
          return high - low;
        };
        for (let factor = 1; factor < times; factor++) expect(width(factor + 1)).toBeLessThanOrEqual(width(factor));
      }),
      { numRuns: 300 },
    );
  });

  it('is right at its corners: nobody known, everybody known, none and all in the class', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(400), (roster, some) => {
        const known = Math.min(some, roster);
        expect(estimate({ roster, known: 0, count: 0 })).toMatchObject({
          share: null,
          interval: null,
          bounds: { low: 0, high: 1 },
        });
        expect(hypergeometricInterval({ roster, known: roster, count: known })).toEqual({ low: known, high: known });
        if (known === 0) return;
        expect(hypergeometricInterval({ roster, known, count: 0 }).low).toBe(0);
        expect(hypergeometricInterval({ roster, known, count: known }).high).toBe(roster);
      }),
    );
  });

  it('takes milliseconds for a million people, wherever the counts lie', () => {
    const cases = [0, 1, 500, 400_000, 700_000].map((count) => ({ roster: 1_000_000, known: 700_000, count }));
    cases.push({ roster: 1_000_000, known: 500_000, count: 250_000 }, { roster: 1_000_000, known: 1_000, count: 37 });
    for (const counts of cases) hypergeometricInterval(counts);
    const times = cases.map((counts) => {
      const started = performance.now();
      const { low, high } = hypergeometricInterval(counts);
      expect(low).toBeLessThanOrEqual(high);
      return performance.now() - started;
    });
    expect(times.sort((a, b) => a - b)[3]).toBeLessThan(50); // the median, since the machine may be busy
  });
});
