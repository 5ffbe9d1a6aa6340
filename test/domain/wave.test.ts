import { describe, expect, it } from 'vitest';
import { waveDueOn } from '../../src/domain/wave.js';

describe('the day a wave is due', () => {
  it.each([
    ['2023-06-30', 3, '2023-09-30'],
    ['2023-06-30', 60, '2028-06-30'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2022-08-31', 6, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2023-11-30', 3, '2024-02-29'],
    ['2023-06-30', 0, '2023-06-30'],
    ['2000-01-31', 600, '2050-01-31'],
  ])('of a cohort that ended on %s is, %i months on, %s', (endedOn, months, dueOn) => {
    expect(waveDueOn(endedOn, months)).toBe(dueOn);
  });

  it('does not drift through clamped months: each wave counts from the end date', () => {
    expect([1, 2, 3].map((months) => waveDueOn('2023-12-31', months))).toEqual(['2024-01-31', '2024-02-29', '2024-03-31']);
  });

  it('is refused for what is no day', () => {
    expect(() => waveDueOn('2023-06-31', 3)).toThrow(RangeError);
  });
});
