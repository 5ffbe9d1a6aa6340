import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './canonical-json.js';

/** What the first entry of a chain follows. */
export const CHAIN_START = '0'.repeat(64);

/** An entry with its place in a chain: any change to it, or to one before, shows in its hash. */
export type ChainEntry = { readonly previousHash: string; readonly hash: string };
export type Chained<T> = T & ChainEntry;

/** `broken` names the first entry that does not fit, counted from 0: `link` if it does not follow the one before, `content` if it is not what was hashed. */
export type ChainVerdict =
  | { readonly kind: 'whole'; readonly entries: number }
  | { readonly kind: 'broken'; readonly at: number; readonly why: 'link' | 'content' };

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** SHA-256, in hexadecimal, over canonical JSON of the entry and the hash before it; an entry's own `hash` and `previousHash` are left out. */
export function entryHash(previousHash: string, entry: { readonly [key: string]: Json }): string {
  const { hash: _hash, previousHash: _previousHash, ...content } = entry;
  return sha256(canonicalJson({ entry: content, previousHash }));
}

/** The entry with its place after `previousHash`, which is `CHAIN_START` for the first. */
export function chained<T extends { readonly [key: string]: Json }>(previousHash: string, entry: T): Chained<T> {
  return { ...entry, previousHash, hash: entryHash(previousHash, entry) };
}

/**
 * Follows a chain from its start. Entries cut off at the end cannot be told from the chain alone: compare the last hash with one noted before.
 * Entries that JSON cannot hold count as changed.
 */
export function verifyChain(entries: readonly Chained<{ readonly [key: string]: Json }>[]): ChainVerdict {
  let previousHash = CHAIN_START;
  for (const [at, entry] of entries.entries()) {
    if (entry.previousHash !== previousHash) return { kind: 'broken', at, why: 'link' };
    if (entry.hash !== hashIfJson(previousHash, entry)) return { kind: 'broken', at, why: 'content' };
    previousHash = entry.hash;
  }
  return { kind: 'whole', entries: entries.length };
}

function hashIfJson(previousHash: string, entry: { readonly [key: string]: Json }): string | null {
  try {
    return entryHash(previousHash, entry);
  } catch {
    return null;
  }
}

/** An entry as it is stored: some of it stands in columns beside what was hashed. */
export type StoredEntry = {
  readonly id: string;
  readonly kind: string;
  readonly about: string | null;
  readonly sequence: number;
  /** ISO instant. */
  readonly at: string;
  readonly entry: Chained<{ readonly [key: string]: Json }>;
};

/** `column`: what stands beside the entry says something else than the entry does. */
export type StoredChainVerdict =
  | { readonly kind: 'whole'; readonly entries: number; readonly lastHash: string | null }
  | { readonly kind: 'broken'; readonly at: number; readonly id: string; readonly why: 'link' | 'content' | 'column' };

/** As `verifyChain`, with the columns beside each entry held against it. */
export function verifyStored(entries: readonly StoredEntry[]): StoredChainVerdict {
  const verdict = verifyChain(entries.map(({ entry }) => entry));
  const brokenAt = verdict.kind === 'broken' ? verdict.at : entries.length;
  const at = entries.slice(0, brokenAt).findIndex((each, place) => !agrees(each, place + 1));
  const column = entries[at];
  if (column) return { kind: 'broken', at, id: column.id, why: 'column' };
  if (verdict.kind === 'broken') return { ...verdict, id: entries[verdict.at]?.id ?? '' };
  return { kind: 'whole', entries: entries.length, lastHash: entries.at(-1)?.entry.hash ?? null };
}

function agrees({ id, kind, about, sequence, at, entry }: StoredEntry, place: number): boolean {
  const told = entry.createdAt ?? entry.resolvedAt ?? entry.at;
  return (
    sequence === place &&
    entry.sequence === sequence &&
    entry.id === id &&
    entry.kind === kind &&
    (entry.about ?? null) === about &&
    told === at
  );
}

const LEAST_SALT_LENGTH = 16;

/**
 * Fixes who was on a roster without telling: a hash of the ids, in any order, and a salt. The salt must be random and kept with the list, outside
 * the chain; once both are erased, the commitment says nothing of anybody.
 */
export function memberCommitment(memberIds: readonly number[], salt: string): string {
  if (salt.length < LEAST_SALT_LENGTH) throw new RangeError(`a salt needs at least ${LEAST_SALT_LENGTH} characters`);
  const members = [...new Set(memberIds)].sort((a, b) => a - b);
  return sha256(canonicalJson({ members, salt }));
}

export type VerifiedPredictions = {
  readonly chain: StoredChainVerdict;
  /** `fits`: these very people were committed to; `erased`: somebody of the list was erased, which leaves nothing to hold it against. */
  readonly lists: readonly { readonly id: string; readonly list: 'fits' | 'erased' | 'changed' }[];
  /** Of a hash that was noted elsewhere: the entry that bears it, null where none does. Left out: none was given. */
  readonly noted?: string | null;
};
