import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../src/domain/canonical-json.js';

const someJson = fc.jsonValue() as fc.Arbitrary<Json>;

describe('canonicalJson', () => {
  it('spells the sample of RFC 8785 as the RFC does', () => {
    const sample = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units, at every depth', () => {
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(
      Object.values(JSON.parse(canonicalJson({ inner: keys })) as object).map((each) => Object.values(each as object)),
    ).toEqual([[4, 2, 6, 7, 1, 5, 3]]);
  });

  it.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['Infinity', { deep: [Number.POSITIVE_INFINITY] }],
    ['undefined', { missing: undefined }],
    ['a hole in a list', [1, undefined]],
    ['a Date', new Date(0)],
    ['half of a surrogate pair', '\ud800'],
    ['a big integer', 1n],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(TypeError);
  });

  it('can be read back, and gives a value one spelling in whatever order its keys came', () => {
    fc.assert(
      fc.property(someJson, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
        expect(canonicalJson(turned(value))).toBe(text);
      }),
    );
  });
});

/** The same value, its keys in the opposite order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each as Json)]),
  );
}
