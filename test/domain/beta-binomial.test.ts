import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityAmongUnknown, type UnknownPeople } from '../../src/domain/beta-binomial.js';

/** C(unknown, x) B(x + a, unknown - x + b) / B(a, b) for whole a and b, in whole numbers. */
function exactMass({ unknown, known, count }: UnknownPeople, x: number): number {
  const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));
  const choose = (n: number, k: number) => factorial(n) / (factorial(k) * factorial(n - k));
  const ways = choose(x + count, x) * choose(unknown - x + known - count, unknown - x);
  return Number((ways * 10n ** 18n) / choose(unknown + known + 1, unknown)) / 1e18;
}

const somePeople = fc
  .tuple(fc.nat(40), fc.nat(40), fc.nat(40))
  .map(([unknown, count, outside]): UnknownPeople => ({ unknown, known: count + outside, count }));

describe('the number of the unknown in a class', () => {
  it('is as likely to be any, where nothing is known', () => {
    expect(probabilityAmongUnknown({ unknown: 9, known: 0, count: 0 }, 4, 4)).toBeCloseTo(0.1, 12);
  });

  it('follows the rule of succession for one person', () => {
    expect(probabilityAmongUnknown({ unknown: 1, known: 20, count: 1 }, 1, 1)).toBeCloseTo(2 / 22, 12);
  });

  it('agrees with whole-number arithmetic', () => {
    fc.assert(
      fc.property(somePeople, fc.nat(40), (people, x) => {
        fc.pre(x <= people.unknown);
        expect(probabilityAmongUnknown(people, x, x)).toBeCloseTo(exactMass(people, x), 12);
      }),
    );
  });

  it('adds up to one, wherever it is cut', () => {
    fc.assert(
      fc.property(somePeople, fc.nat(40), (people, cut) => {
        const [below, above] = [
          probabilityAmongUnknown(people, 0, cut),
          probabilityAmongUnknown(people, cut + 1, people.unknown),
        ];
        expect(below + above).toBeCloseTo(1, 12);
      }),
    );
  });

  it('holds for a million people', () => {
    const half = probabilityAmongUnknown({ unknown: 900_000, known: 100_000, count: 50_000 }, 0, 450_000);
    expect(half).toBeCloseTo(0.5, 3);
  });
});
