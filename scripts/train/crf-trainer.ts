import type { Tagger } from '../../src/reading/learned/tagger.js';
import { TAGGER_BITS, TAGS } from '../../src/reading/learned/tagger.js';
import { randomFrom, shuffled } from './random.js';
import { commonBuckets } from './softmax-trainer.js';

export type Chain = { readonly features: readonly (readonly number[])[]; readonly tags: Uint8Array };

type Settings = { readonly epochs: number; readonly rate: number; readonly decay: number; readonly seed: number };

const T = TAGS.length;

/** Fits a linear-chain conditional random field by stochastic gradient with per-weight step sizes (AdaGrad) and a decay after each pass. */
export function trainCrf(all: readonly Chain[], { epochs, rate, decay, seed }: Settings): Tagger {
  const isCommon = commonBuckets(
    all.map(({ features }) => features.flat()),
    TAGGER_BITS,
    2,
  );
  const chains = all.map(({ features, tags }) => ({ tags, features: features.map((buckets) => buckets.filter(isCommon)) }));
  const weights = new Float64Array(2 ** TAGGER_BITS * T);
  const squares = new Float64Array(weights.length);
  const transitions = new Float64Array((T + 1) * T);
  const transitionSquares = new Float64Array(transitions.length);
  const random = randomFrom(seed);
  const step = (values: Float64Array, sums: Float64Array, at: number, gradient: number): void => {
    sums[at] = (sums[at] ?? 0) + gradient * gradient;
    values[at] = (values[at] ?? 0) + (rate * gradient) / Math.sqrt(1e-6 + (sums[at] ?? 0));
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const chain of shuffled(chains, random)) {
      if (chain.features.length === 0) continue;
      const { nodes, edges } = marginals(chain.features, weights, transitions);
      for (const [at, buckets] of chain.features.entries()) {
        for (let tag = 0; tag < T; tag++) {
          const gradient = (chain.tags[at] === tag ? 1 : 0) - (nodes[at * T + tag] ?? 0);
          if (Math.abs(gradient) < 1e-4) continue;
          for (const bucket of buckets) step(weights, squares, bucket * T + tag, gradient);
        }
      }
      for (const [at, gradient] of edgeGradients(chain.tags, edges).entries()) step(transitions, transitionSquares, at, gradient);
    }
    for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) * (1 - decay);
  }
  return {
    emissions: { labels: TAGS, bits: TAGGER_BITS, weights: Float32Array.from(weights) },
    transitions: Float32Array.from(transitions),
  };
}

function edgeGradients(tags: Uint8Array, expected: Float64Array): Float64Array {
  const gradient = expected.map((value) => -value);
  for (let at = 0; at < tags.length; at++) {
    const slot = (at === 0 ? T : (tags[at - 1] ?? 0)) * T + (tags[at] ?? 0);
    gradient[slot] = (gradient[slot] ?? 0) + 1;
  }
  return gradient;
}

/** Forward and backward sums: each token's tag probabilities, and the expected number of uses of each transition. */
function marginals(
  features: Chain['features'],
  weights: Float64Array,
  transitions: Float64Array,
): { nodes: Float64Array; edges: Float64Array } {
  const length = features.length;
  const emit = new Float64Array(length * T);
  for (const [at, buckets] of features.entries()) {
    for (const bucket of buckets)
      for (let tag = 0; tag < T; tag++) emit[at * T + tag] = (emit[at * T + tag] ?? 0) + (weights[bucket * T + tag] ?? 0);
  }
  const scaled = exponentials(emit, length);
  const moves = transitions.map(Math.exp);
  const forward = new Float64Array(length * T);
  for (let at = 0; at < length; at++) {
    let total = 0;
    for (let tag = 0; tag < T; tag++) {
      let sum = at === 0 ? (moves[T * T + tag] ?? 0) : 0;
      if (at > 0)
        for (let before = 0; before < T; before++) sum += (forward[(at - 1) * T + before] ?? 0) * (moves[before * T + tag] ?? 0);
      forward[at * T + tag] = sum * (scaled[at * T + tag] ?? 0);
      total += forward[at * T + tag] ?? 0;
    }
    for (let tag = 0; tag < T; tag++) forward[at * T + tag] = (forward[at * T + tag] ?? 0) / total;
  }
  const nodes = new Float64Array(length * T);
  const edges = new Float64Array((T + 1) * T);
  let backward = new Float64Array(T).fill(1);
  for (let at = length - 1; at >= 0; at--) {
    let total = 0;
    for (let tag = 0; tag < T; tag++) total += (forward[at * T + tag] ?? 0) * (backward[tag] ?? 0);
    for (let tag = 0; tag < T; tag++) nodes[at * T + tag] = ((forward[at * T + tag] ?? 0) * (backward[tag] ?? 0)) / total;
    if (at === 0) for (let tag = 0; tag < T; tag++) edges[T * T + tag] = nodes[tag] ?? 0;
    else backward = stepBack(at, { forward, scaled, moves, backward, edges });
  }
  return { nodes, edges };
}

type Sums = { forward: Float64Array; scaled: Float64Array; moves: Float64Array; backward: Float64Array; edges: Float64Array };

function stepBack(at: number, { forward, scaled, moves, backward, edges }: Sums): Float64Array<ArrayBuffer> {
  const next = new Float64Array(T);
  const joint = new Float64Array(T * T);
  let total = 0;
  for (let before = 0; before < T; before++) {
    for (let tag = 0; tag < T; tag++) {
      const onward = (moves[before * T + tag] ?? 0) * (scaled[at * T + tag] ?? 0) * (backward[tag] ?? 0);
      next[before] = (next[before] ?? 0) + onward;
      joint[before * T + tag] = (forward[(at - 1) * T + before] ?? 0) * onward;
      total += joint[before * T + tag] ?? 0;
    }
  }
  for (let slot = 0; slot < T * T; slot++) edges[slot] = (edges[slot] ?? 0) + (joint[slot] ?? 0) / total;
  const largest = Math.max(...next);
  return next.map((value) => value / largest);
}

function exponentials(emit: Float64Array, length: number): Float64Array {
  const scaled = new Float64Array(emit.length);
  for (let at = 0; at < length; at++) {
    const row = emit.subarray(at * T, at * T + T);
    const highest = Math.max(...row);
    for (let tag = 0; tag < T; tag++) scaled[at * T + tag] = Math.exp((row[tag] ?? 0) - highest);
  }
  return scaled;
}
