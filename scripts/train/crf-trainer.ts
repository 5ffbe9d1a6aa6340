import { TAGGER_BITS, TAGS, type Tagger } from '../../src/reading/learned/tagger.js';
import { type Compact, compact, spread } from './features.js';
import { minimise } from './minimise.js';

export type Chain = { readonly features: readonly (readonly number[])[]; readonly tags: Uint8Array };

type Settings = { readonly l2: number; readonly iterations: number };

const T = TAGS.length;
const MOVES = (T + 1) * T;

/** Fits a linear-chain conditional random field to its optimum: log-likelihood less `l2` times the squared weights. */
export function trainCrf(all: readonly Chain[], { l2, iterations }: Settings): Tagger {
  const chains = all.filter(({ features }) => features.length > 0);
  const rows = compact(
    chains.flatMap(({ features }) => features),
    TAGGER_BITS,
    2,
  );
  const lattice = {
    rows,
    tags: Uint8Array.from(chains.flatMap(({ tags }) => [...tags])),
    lengths: chains.map(({ tags }) => tags.length),
  };
  const size = rows.buckets.length * T + MOVES;
  const weights = minimise((at, gradient) => loss(lattice, at, gradient, l2), new Float64Array(size), iterations);
  const emissions = { labels: TAGS, bits: TAGGER_BITS, weights: spread(weights, rows, TAGGER_BITS, T) };
  return { emissions, transitions: Float32Array.from(weights.subarray(size - MOVES)) };
}

type Lattice = { readonly rows: Compact; readonly tags: Uint8Array; readonly lengths: readonly number[] };

function at(values: Float64Array | Uint8Array | Int32Array, index: number): number {
  return values[index] as number;
}

/** Minus the penalised log-likelihood at `weights` (features by tag, then transitions), its gradient into `gradient`. */
function loss({ rows, tags, lengths }: Lattice, weights: Float64Array, gradient: Float64Array, l2: number): number {
  const moves = weights.subarray(weights.length - MOVES);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += l2 * at(weights, i) ** 2;
    gradient[i] = 2 * l2 * at(weights, i);
  }
  let first = 0;
  for (const length of lengths) {
    const scores = scoresOf(rows, first, length, weights);
    const own = tags.subarray(first, first + length);
    const { logSum, nodes, edges } = marginals(scores, moves, length);
    sum += logSum - scoreOf(scores, moves, own);
    addNodes(rows, first, own, nodes, gradient);
    addEdges(own, edges, gradient.subarray(gradient.length - MOVES));
    first += length;
  }
  return sum;
}

function scoresOf({ ids, starts }: Compact, first: number, length: number, weights: Float64Array): Float64Array {
  const scores = new Float64Array(length * T);
  for (let token = 0; token < length; token++) {
    let [o, b, i] = [0, 0, 0];
    const end = at(starts, first + token + 1);
    for (let k = at(starts, first + token); k < end; k++) {
      const row = at(ids, k) * T;
      o += at(weights, row);
      b += at(weights, row + 1);
      i += at(weights, row + 2);
    }
    scores.set([o, b, i], token * T);
  }
  return scores;
}

function scoreOf(scores: Float64Array, moves: Float64Array, tags: Uint8Array): number {
  let sum = 0;
  for (const [token, tag] of tags.entries()) sum += at(scores, token * T + tag) + at(moves, slotOf(tags, token));
  return sum;
}

/** The transition into a token's tag; the row after the last tag's is the start. */
function slotOf(tags: Uint8Array, token: number): number {
  return (token === 0 ? T : at(tags, token - 1)) * T + at(tags, token);
}

function addNodes({ ids, starts }: Compact, first: number, tags: Uint8Array, nodes: Float64Array, gradient: Float64Array): void {
  for (const [token, tag] of tags.entries()) {
    nodes[token * T + tag] = at(nodes, token * T + tag) - 1;
    const [o, b, i] = [at(nodes, token * T), at(nodes, token * T + 1), at(nodes, token * T + 2)];
    const end = at(starts, first + token + 1);
    for (let k = at(starts, first + token); k < end; k++) {
      const row = at(ids, k) * T;
      gradient[row] = at(gradient, row) + o;
      gradient[row + 1] = at(gradient, row + 1) + b;
      gradient[row + 2] = at(gradient, row + 2) + i;
    }
  }
}

function addEdges(tags: Uint8Array, edges: Float64Array, gradient: Float64Array): void {
  for (let slot = 0; slot < MOVES; slot++) gradient[slot] = at(gradient, slot) + at(edges, slot);
  for (let token = 0; token < tags.length; token++) {
    const slot = slotOf(tags, token);
    gradient[slot] = at(gradient, slot) - 1;
  }
}

/** Each token's tag probabilities, the expected number of uses of each transition, and the log of the sum over all taggings. */
function marginals(scores: Float64Array, transitions: Float64Array, length: number) {
  const moves = transitions.map(Math.exp);
  const emit = new Float64Array(length * T);
  let logSum = 0;
  for (let token = 0; token < length; token++) {
    const highest = Math.max(at(scores, token * T), at(scores, token * T + 1), at(scores, token * T + 2));
    logSum += highest;
    for (let tag = 0; tag < T; tag++) emit[token * T + tag] = Math.exp(at(scores, token * T + tag) - highest);
  }
  const forward = new Float64Array(length * T);
  for (let token = 0; token < length; token++) {
    let total = 0;
    for (let tag = 0; tag < T; tag++) {
      let sum = token === 0 ? at(moves, T * T + tag) : 0;
      for (let before = 0; token > 0 && before < T; before++)
        sum += at(forward, (token - 1) * T + before) * at(moves, before * T + tag);
      forward[token * T + tag] = sum * at(emit, token * T + tag);
      total += at(forward, token * T + tag);
    }
    logSum += Math.log(total);
    for (let tag = 0; tag < T; tag++) forward[token * T + tag] = at(forward, token * T + tag) / total;
  }
  return { logSum, ...backwards({ emit, moves, forward }, length) };
}

type Sums = { readonly emit: Float64Array; readonly moves: Float64Array; readonly forward: Float64Array };

function backwards(sums: Sums, length: number): { nodes: Float64Array; edges: Float64Array } {
  const nodes = new Float64Array(length * T);
  const edges = new Float64Array(MOVES);
  let backward = new Float64Array(T).fill(1);
  for (let token = length - 1; token >= 0; token--) {
    let total = 0;
    for (let tag = 0; tag < T; tag++) total += at(sums.forward, token * T + tag) * at(backward, tag);
    for (let tag = 0; tag < T; tag++) nodes[token * T + tag] = (at(sums.forward, token * T + tag) * at(backward, tag)) / total;
    if (token > 0) backward = stepBack(token, sums, backward, edges);
  }
  for (let tag = 0; tag < T; tag++) edges[T * T + tag] = at(nodes, tag);
  return { nodes, edges };
}

/** The backward sums of the token before, adding to `edges` what the step between the two is worth. */
function stepBack(
  token: number,
  { emit, moves, forward }: Sums,
  backward: Float64Array,
  edges: Float64Array,
): Float64Array<ArrayBuffer> {
  const next = new Float64Array(T);
  const joint = new Float64Array(T * T);
  let total = 0;
  for (let before = 0; before < T; before++) {
    for (let tag = 0; tag < T; tag++) {
      const onward = at(moves, before * T + tag) * at(emit, token * T + tag) * at(backward, tag);
      next[before] = at(next, before) + onward;
      joint[before * T + tag] = at(forward, (token - 1) * T + before) * onward;
      total += at(joint, before * T + tag);
    }
  }
  for (let slot = 0; slot < T * T; slot++) edges[slot] = at(edges, slot) + at(joint, slot) / total;
  const largest = Math.max(...next);
  return next.map((value) => value / largest);
}
