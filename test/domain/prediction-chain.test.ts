import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAIN_START, chained, entryHash, memberCommitment, verifyChain } from '../../src/domain/prediction-chain.js';

type Entry = { readonly id: string; readonly probability: number };
const entries: readonly Entry[] = [
  { id: 'p1', probability: 0.8 },
  { id: 'p2', probability: 0.3 },
  { id: 'p3', probability: 0.5 },
];

function chainOf(all: readonly Entry[]) {
  let previousHash = CHAIN_START;
  return all.map((entry) => {
    const link = chained(previousHash, entry);
    previousHash = link.hash;
    return link;
  });
}

describe('a chain of predictions', () => {
  it('hashes canonical JSON of the entry and the hash before it', () => {
    const text = `{"entry":{"id":"p1","probability":0.8},"previousHash":"${CHAIN_START}"}`;
    const expected = createHash('sha256').update(text).digest('hex');
    expect(entryHash(CHAIN_START, { probability: 0.8, id: 'p1' })).toBe(expected);
    expect(chainOf(entries)[0]).toEqual({ id: 'p1', probability: 0.8, previousHash: CHAIN_START, hash: expected });
  });

  it('is whole when nobody touched it, and when empty', () => {
    expect(verifyChain(chainOf(entries))).toEqual({ kind: 'whole', entries: 3 });
    expect(verifyChain([])).toEqual({ kind: 'whole', entries: 0 });
  });

  it('names the entry that was edited', () => {
    const chain = chainOf(entries).map((entry) => (entry.id === 'p2' ? { ...entry, probability: 0.9 } : entry));
    expect(verifyChain(chain)).toEqual({ kind: 'broken', at: 1, why: 'content' });
  });

  it('names the link after an entry that was edited and hashed anew', () => {
    const [first, second, third] = chainOf(entries);
    if (!first || !second || !third) throw new Error('three entries make three links');
    const forged = chained(second.previousHash, { id: 'p2', probability: 0.9 });
    expect(verifyChain([first, forged, third])).toEqual({ kind: 'broken', at: 2, why: 'link' });
  });

  it('names the gap where one was taken out, or two were swapped', () => {
    const [first, second, third] = chainOf(entries);
    if (!first || !second || !third) throw new Error('three entries make three links');
    expect(verifyChain([first, third])).toEqual({ kind: 'broken', at: 1, why: 'link' });
    expect(verifyChain([second, first, third])).toEqual({ kind: 'broken', at: 0, why: 'link' });
  });

  it('takes an entry that JSON cannot hold for changed', () => {
    const chain = chainOf(entries).map((entry) => (entry.id === 'p3' ? { ...entry, probability: Number.NaN } : entry));
    expect(verifyChain(chain)).toEqual({ kind: 'broken', at: 2, why: 'content' });
  });

  it('shows any change of any entry', () => {
    const someEntry = fc.record({ id: fc.string({ unit: 'grapheme' }), probability: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(someEntry, { minLength: 1, maxLength: 8 }), fc.nat(), someEntry, (all, place, other) => {
        const at = place % all.length;
        const chain = chainOf(all);
        const before = all[at];
        fc.pre(before !== undefined && (before.id !== other.id || before.probability !== other.probability + 0));
        const edited = chain.map((link, index) => (index === at ? { ...link, ...other } : link));
        expect(verifyChain(chain).kind).toBe('whole');
        expect(verifyChain(edited)).toEqual({ kind: 'broken', at, why: 'content' });
      }),
    );
  });
});

describe('memberCommitment', () => {
  const salt = 'a salt that nobody guesses';

  it('is the same in any order, and another for other members or another salt', () => {
    expect(memberCommitment([3, 20, 1], salt)).toBe(memberCommitment([20, 1, 3, 3], salt));
    expect(memberCommitment([3, 20], salt)).not.toBe(memberCommitment([3, 20, 1], salt));
    expect(memberCommitment([3, 20], salt)).not.toBe(memberCommitment([3, 20], `${salt}!`));
    expect(memberCommitment([32, 0], salt)).not.toBe(memberCommitment([3, 20], salt));
  });

  it('refuses a salt that can be guessed', () => {
    expect(() => memberCommitment([1, 2], 'short')).toThrow(RangeError);
  });
});
