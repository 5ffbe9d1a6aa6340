import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityAmongUnknown } from '../../src/domain/beta-binomial.js';
import type { Counts } from '../../src/domain/estimate.js';
import {
  type Claim,
  closeDateProblem,
  parseShare,
  parseThreshold,
  resolve,
  score,
  scoreboard,
} from '../../src/domain/prediction.js';

const lessThan = (threshold: number): Claim => ({ comparator: 'less_than', threshold });
const moreThan = (threshold: number): Claim => ({ comparator: 'more_than', threshold });

describe('resolve', () => {
  const founding = { roster: 28, known: 20, count: 1 };

  it('leaves "less than 10 % in capabilities" undecided with one of twenty known, twenty-eight in all', () => {
    const { outcome, bounds, moreAnswersNeeded, toSettle, probabilityIfAlike } = resolve(lessThan(0.1), founding);
    expect(outcome).toBe('undecided');
    expect(bounds).toEqual({ low: 1 / 28, high: 9 / 28 });
    // seven outside leave at most 2 of 28; two inside make at least 3 of 28
    expect(toSettle).toEqual({ asTrue: 7, asFalse: 2 });
    expect(moreAnswersNeeded).toBe(2);
    // true if at most 1 of the unknown 8 is in: (19 + 1 over 28 + 1 ways) C(27,8)/C(29,8) + 2 C(26,7)/C(29,8)
    expect(probabilityIfAlike).toBeCloseTo((2220075 + 2 * 657800) / 4292145, 10);
  });

  it('decides once the answers that were missing have come in', () => {
    expect(resolve(lessThan(0.1), { ...founding, known: 27 }).outcome).toBe('true');
    expect(resolve(lessThan(0.1), { ...founding, known: 26 }).outcome).toBe('undecided');
    expect(resolve(lessThan(0.1), { ...founding, known: 22, count: 3 }).outcome).toBe('false');
  });

  it('decides "more than 40 % in alignment" from the roster, not from those who answered', () => {
    expect(resolve(moreThan(0.4), { roster: 28, known: 20, count: 12 })).toMatchObject({
      outcome: 'true',
      moreAnswersNeeded: null,
      probabilityIfAlike: 1,
    });
    expect(resolve(moreThan(0.4), { roster: 28, known: 20, count: 11 }).outcome).toBe('undecided');
    expect(resolve(moreThan(0.4), { roster: 28, known: 20, count: 3 })).toMatchObject({
      outcome: 'false',
      probabilityIfAlike: 0,
    });
  });

  it('takes both comparators strictly', () => {
    const known = { roster: 10, known: 10, count: 4 };
    expect(resolve(moreThan(0.4), known).outcome).toBe('false');
    expect(resolve(lessThan(0.4), known).outcome).toBe('false');
    expect(resolve(lessThan(0.41), known).outcome).toBe('true');
  });

  it('gives no probability where nothing is known', () => {
    expect(resolve(lessThan(0.1), { roster: 28, known: 0, count: 0 })).toMatchObject({
      outcome: 'undecided',
      moreAnswersNeeded: 3,
      probabilityIfAlike: null,
    });
  });

  it.each([
    { counts: { roster: 292, known: 242, count: 24 }, claim: moreThan(0.1), outcome: 'undecided' },
    { counts: { roster: 156, known: 72, count: 1 }, claim: moreThan(0.1), outcome: 'undecided' },
    { counts: { roster: 292, known: 242, count: 24 }, claim: lessThan(0.3), outcome: 'true' },
  ])('finds $claim on $counts $outcome', ({ counts, claim, outcome }) => {
    expect(resolve(claim, counts).outcome).toBe(outcome);
  });

  const someCase = fc
    .record({
      count: fc.nat(60),
      outside: fc.nat(60),
      unknown: fc.nat(60),
      comparator: fc.constantFrom('less_than' as const, 'more_than' as const),
      percent: fc.integer({ min: 1, max: 99 }),
    })
    .filter(({ count, outside, unknown }) => count + outside + unknown > 0)
    .map(({ count, outside, unknown, comparator, percent }) => ({
      claim: { comparator, threshold: percent / 100 },
      counts: { roster: count + outside + unknown, known: count + outside, count },
    }));
  const holdsIn = ({ comparator, threshold }: Claim, { roster }: Counts, inClass: number) =>
    comparator === 'less_than' ? inClass / roster < threshold : inClass / roster > threshold;

  it('agrees with trying every number that the unknown could add', () => {
    fc.assert(
      fc.property(someCase, ({ claim, counts }) => {
        const unknown = counts.roster - counts.known;
        const holds = Array.from({ length: unknown + 1 }, (_, more) => holdsIn(claim, counts, counts.count + more));
        const outcome = holds.every(Boolean) ? 'true' : holds.some(Boolean) ? 'undecided' : 'false';
        const { probabilityIfAlike, ...resolved } = resolve(claim, counts);
        expect(resolved.outcome).toBe(outcome);
        if (counts.known === 0) {
          expect(probabilityIfAlike).toBeNull();
          return;
        }
        const chances = holds.map((held, more) => (held ? probabilityAmongUnknown({ unknown, ...counts }, more, more) : 0));
        expect(probabilityIfAlike).toBeCloseTo(
          chances.reduce((sum, chance) => sum + chance, 0),
          10,
        );
      }),
    );
  });

  it('needs exactly so many more answers: one fewer, all one way, settles nothing', () => {
    fc.assert(
      fc.property(someCase, ({ claim, counts }) => {
        const { outcome, moreAnswersNeeded } = resolve(claim, counts);
        fc.pre(outcome === 'undecided' && moreAnswersNeeded !== null);
        const settles = (answers: number) =>
          [0, answers].some((inClass) => {
            const after = { ...counts, known: counts.known + answers, count: counts.count + inClass };
            return resolve(claim, after).outcome !== 'undecided';
          });
        expect(settles(moreAnswersNeeded ?? 0)).toBe(true);
        expect(settles((moreAnswersNeeded ?? 0) - 1)).toBe(false);
      }),
    );
  });
});

describe('parseShare', () => {
  it.each([
    ['10%', 0.1],
    ['0.1', 0.1],
    ['10', 0.1],
    ['1', 1],
    ['1%', 0.01],
    ['0.5 %', 0.005],
    [' 33.3% ', 0.333],
    ['.25', 0.25],
    ['0', 0],
    ['100', 1],
  ])('reads %s', (text, value) => {
    expect(parseShare(text)).toEqual({ ok: true, value });
  });

  it.each(['', 'ten', '-1', '101', '200%', '1e-3', '10%%', 'NaN', '0,1'])('refuses "%s"', (text) => {
    expect(parseShare(text).ok).toBe(false);
  });
});

describe('parseThreshold', () => {
  it('refuses what no share could ever be beyond', () => {
    expect(parseThreshold('less_than', '0%').ok).toBe(false);
    expect(parseThreshold('more_than', '100%').ok).toBe(false);
    expect(parseThreshold('less_than', '100%')).toEqual({ ok: true, value: 1 });
    expect(parseThreshold('more_than', '0%')).toEqual({ ok: true, value: 0 });
  });
});

describe('scores', () => {
  it('are those of Brier and the natural logarithm', () => {
    expect(score(0.7, 'true').brier).toBeCloseTo(0.09, 12);
    expect(score(0.7, 'false').brier).toBeCloseTo(0.49, 12);
    expect(score(0.9, 'true').log).toBeCloseTo(Math.log(0.9), 12);
    expect(score(0.9, 'false').log).toBeCloseTo(Math.log(0.1), 12);
    expect(score(1, 'true')).toEqual({ brier: 0, log: 0 });
    expect(score(1, 'false')).toEqual({ brier: 1, log: null });
  });

  it('are best, on average, for who says what they believe', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (believed, said) => {
        const expected = (given: number, rule: 'brier' | 'log') =>
          (believed / 100) * (score(given / 100, 'true')[rule] ?? 0) +
          (1 - believed / 100) * (score(given / 100, 'false')[rule] ?? 0);
        expect(expected(believed, 'brier')).toBeLessThanOrEqual(expected(said, 'brier') + 1e-12);
        expect(expected(believed, 'log')).toBeGreaterThanOrEqual(expected(said, 'log') - 1e-12);
      }),
    );
  });

  it('count only what was decided, and always say out of how many', () => {
    const board = scoreboard([
      { probability: 0.7, outcome: 'true' },
      { probability: 0.5, outcome: 'false' },
      { probability: 0.9, outcome: 'undecided' },
      { probability: 0.2, outcome: null },
    ]);
    expect(board).toMatchObject({ decided: 2, of: 4 });
    expect(board.brier).toBeCloseTo((0.09 + 0.25) / 2, 12);
    expect(board.log).toBeCloseTo((Math.log(0.7) + Math.log(0.5)) / 2, 12);
    expect(scoreboard([])).toEqual({ decided: 0, of: 0, brier: null, log: null });
    expect(scoreboard([{ probability: 0, outcome: 'true' }])).toEqual({ decided: 1, of: 1, brier: 1, log: null });
  });
});

describe('closeDateProblem', () => {
  const dates = { closesOn: '2024-08-01', lapsesOn: '2024-07-28', today: '2024-01-05' };

  it('accepts the day of the lapse and later', () => {
    expect(closeDateProblem(dates)).toBeNull();
    expect(closeDateProblem({ ...dates, closesOn: '2024-07-28' })).toBeNull();
  });

  it('refuses a day before the wave lapses, and names it', () => {
    expect(closeDateProblem({ ...dates, closesOn: '2024-07-27' })).toMatch(/until 2024-07-28/);
  });

  it('refuses a day that has come, and one that does not exist', () => {
    expect(closeDateProblem({ ...dates, today: '2024-08-01' })).toMatch(/not in the future/);
    expect(closeDateProblem({ ...dates, closesOn: '2025-02-30' })).toMatch(/not a day/);
    expect(closeDateProblem({ ...dates, closesOn: 'soon' })).toMatch(/not a day/);
  });
});
