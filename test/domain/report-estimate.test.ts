import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counts, estimate, hideEstimate } from '../../src/domain/estimate.js';
import { describeEstimate, percentWords } from '../../src/domain/report-estimate.js';

const said = (counts: Counts, inClass: string | null = 'in capabilities') =>
  describeEstimate(estimate(counts), inClass).join(' ');

describe('describeEstimate', () => {
  it('says what is known, of whom, and how far that carries', () => {
    expect(describeEstimate(estimate({ roster: 28, known: 20, count: 1, unclear: 2 }), 'in capabilities')).toEqual([
      'In capabilities: 1 of 20 known (5%), 28 in all, 2 answered but unclear.',
      'Of all 28, 1 to 4 (3.6% to 14%) if the unknown are like the rest, 1 to 9 (3.6% to 32%) in any case.',
      'If the unknown are half as likely as the known: 4.3% of all; twice as likely: 6.4%; three times: 7.9%.',
    ]);
  });

  it('never says zero seen as none', () => {
    expect(said({ roster: 28, known: 20, count: 0 }, null)).toBe(
      '0 of 20; up to 2 of 28 if the unknown are like the rest, up to 8 if not. 20 known, 28 in all.',
    );
    expect(said({ roster: 100, known: 99, count: 0 })).toMatch(/^In capabilities: 0 of 99; up to 1 of 100 in any case\./);
  });

  it('prints no percentage of fewer than five', () => {
    expect(said({ roster: 9, known: 4, count: 3 })).toBe(
      'In capabilities: 3 of 4 known, 9 in all. Of all 9, 3 to 8 in any case.',
    );
    expect(said({ roster: 4, known: 4, count: 4 })).toBe('In capabilities: 4 of 4.');
    expect(said({ roster: 5, known: 5, count: 5 })).toBe('In capabilities: 5 of 5 (100%).');
  });

  it('has no words of uncertainty where everybody is known', () => {
    expect(said({ roster: 28, known: 28, count: 1 })).toBe('In capabilities: 1 of 28 (3.6%).');
    expect(said({ roster: 28, known: 28, count: 0 })).toBe('In capabilities: 0 of 28.');
  });

  it('leaves all open where nobody is known', () => {
    expect(said({ roster: 28, known: 0, count: 0, unclear: 3 })).toBe(
      'In capabilities: 0 known, 28 in all, 3 answered but unclear; anything from 0 to 28 is possible.',
    );
  });

  it('tells nothing of a hidden one', () => {
    const hidden = hideEstimate(estimate({ roster: 28, known: 20, count: 6 }));
    expect(describeEstimate(hidden, 'in capabilities')).toEqual([
      'In capabilities: not shown, so that no small number can be worked out.',
    ]);
    const small = hideEstimate(estimate({ roster: 28, known: 20, count: 1 }), { k: 5, known: 20 });
    expect(describeEstimate(small, 'in capabilities')).toEqual([
      'In capabilities: fewer than 5 of those known; of all 28, 1 to 12 in any case.',
    ]);
  });

  it('keeps to these rules whatever the counts', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(40), (count, outside, unknown) => {
        const known = count + outside;
        fc.pre(known + unknown > 0);
        const text = said({ roster: known + unknown, known, count });
        expect(text).not.toMatch(/\b(none|nobody|no one|never)\b|NaN|undefined|null|up to 0\b/i);
        if (known < 5) expect(text).not.toContain('%');
        if (unknown === 0) expect(text).not.toMatch(/if|up to|unknown|any case| to /);
        else expect(text).toContain(`${known + unknown}`);
      }),
    );
  });
});

describe('percentWords', () => {
  it.each([
    [0, '0%'],
    [0.05, '5%'],
    [1 / 28, '3.6%'],
    [0.0004, '<0.1%'],
    [0.4549, '45%'],
    [0.996, '99.6%'],
    [0.9999, '>99.9%'],
    [1, '100%'],
  ])('writes %s as %s', (share, words) => {
    expect(percentWords(share)).toBe(words);
  });

  it('rounds to nothing, or to all, only what is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(percentWords(share) === '0%').toBe(share === 0);
        expect(percentWords(share) === '100%').toBe(share === 1);
      }),
    );
  });
});
