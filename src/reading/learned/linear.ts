/** Weights of features (hashed into `2 ** bits` buckets) for each label, row by row: `weights[bucket * labels.length + label]`. */
export type LinearModel = { readonly labels: readonly string[]; readonly bits: number; readonly weights: Float32Array };

// Which bag was the last to hold a bucket: cheaper than a set for each of thousands of bags.
const lastIn = new Map<number, Uint32Array>();
let bags = 0;

/** Collects the names of what is true of a thing, as hashed buckets, each once. One bag is filled at a time. */
export class FeatureBag {
  readonly buckets: number[] = [];
  readonly #mask: number;
  readonly #last: Uint32Array;
  readonly #own: number;

  constructor(bits: number) {
    this.#mask = 2 ** bits - 1;
    this.#last = lastIn.get(bits) ?? new Uint32Array(2 ** bits);
    lastIn.set(bits, this.#last);
    bags = (bags + 1) % 2 ** 32;
    this.#own = bags;
  }

  add(name: string): void {
    const bucket = hash(name) & this.#mask;
    if (this.#last[bucket] === this.#own) return;
    this.#last[bucket] = this.#own;
    this.buckets.push(bucket);
  }
}

/** FNV-1a over UTF-16 units, with a final mix so that the low bits are even. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  return Math.imul(h, 0x2c1b3c6d) >>> 3;
}

export function scoresOf({ labels, weights }: LinearModel, buckets: readonly number[]): Float64Array {
  const scores = new Float64Array(labels.length);
  for (const bucket of buckets) {
    const row = bucket * labels.length;
    for (let label = 0; label < labels.length; label++) scores[label] = (scores[label] ?? 0) + (weights[row + label] ?? 0);
  }
  return scores;
}

/** Scores as probabilities that sum to 1. */
export function softmax(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - highest));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

export function indexOfMax(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}
