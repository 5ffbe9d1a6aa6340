import type { Tagger } from '../../src/reading/learned/tagger.js';
import { TAGGER_BITS, TAGS } from '../../src/reading/learned/tagger.js';
import { randomFrom, shuffled } from './random.js';
import { commonBuckets } from './softmax-trainer.js';

export type Chain = { readonly features: readonly (readonly number[])[]; readonly tags: Uint8Array };

type Settings = { readonly epochs: number; readonly rate: number; readonly decay: number; readonly seed: number };

/** Values with the sums of their squared gradients: AdaGrad's step sizes. */
type Learned = { readonly values: Float64Array; readonly squares: Float64Array };

const T = TAGS.length;
// Smaller gradients move nothing that survives rounding to a byte.
const LEAST_GRADIENT = 2e-3;

/** Fits a linear-chain conditional random field by stochastic gradient with per-weight step sizes and a decay after each pass. */
export function trainCrf(all: readonly Chain[], { epochs, rate, decay, seed }: Settings): Tagger {
  const chains = withoutRare(all).filter(({ features }) => features.length > 0);
  const weights = zeros(2 ** TAGGER_BITS * T);
  const moves = zeros((T + 1) * T);
  const random = randomFrom(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const chain of shuffled(chains, random)) learnFrom(chain, weights, moves, rate);
    for (let i = 0; i < weights.values.length; i++) weights.values[i] = at(weights.values, i) * (1 - decay);
  }
  const emissions = { labels: TAGS, bits: TAGGER_BITS, weights: Float32Array.from(weights.values) };
  return { emissions, transitions: Float32Array.from(moves.values) };
}

function withoutRare(chains: readonly Chain[]): readonly Chain[] {
  const seen = chains.map(({ features }) => features.flat());
  const isCommon = commonBuckets(seen, TAGGER_BITS, 2);
  return chains.map(({ features, tags }) => ({ tags, features: features.map((buckets) => buckets.filter(isCommon)) }));
}

function zeros(length: number): Learned {
  return { values: new Float64Array(length), squares: new Float64Array(length) };
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

function climb({ values, squares }: Learned, index: number, gradient: number, rate: number): void {
  const sum = at(squares, index) + gradient * gradient;
  squares[index] = sum;
  values[index] = at(values, index) + (rate * gradient) / Math.sqrt(1e-6 + sum);
}

function learnFrom({ features, tags }: Chain, weights: Learned, moves: Learned, rate: number): void {
  const { nodes, edges } = marginals(features, weights.values, moves.values);
  for (const [token, buckets] of features.entries()) {
    for (let tag = 0; tag < T; tag++) {
      const gradient = (tags[token] === tag ? 1 : 0) - at(nodes, token * T + tag);
      if (Math.abs(gradient) < LEAST_GRADIENT) continue;
      for (const bucket of buckets) climb(weights, bucket * T + tag, gradient, rate);
    }
  }
  for (const [slot, gradient] of edgeGradients(tags, edges).entries()) climb(moves, slot, gradient, rate);
}

function edgeGradients(tags: Uint8Array, expected: Float64Array): Float64Array {
  const gradient = expected.map((value) => -value);
  for (let token = 0; token < tags.length; token++) {
    const slot = (token === 0 ? T : (tags[token - 1] ?? 0)) * T + (tags[token] ?? 0);
    gradient[slot] = at(gradient, slot) + 1;
  }
  return gradient;
}

type Sums = { readonly emit: Float64Array; readonly moves: Float64Array; readonly forward: Float64Array };

/** Each token's tag probabilities, and the expected number of uses of each transition. */
function marginals(
  features: Chain['features'],
  weights: Float64Array,
  transitions: Float64Array,
): { nodes: Float64Array; edges: Float64Array } {
  const emit = emissionsOf(features, weights);
  const moves = transitions.map(Math.exp);
  const sums = { emit, moves, forward: forwardSums(emit, moves, features.length) };
  return backwardSums(sums, features.length);
}

/** Exponentiated scores, each token's scaled so that its best tag has 1. */
function emissionsOf(features: Chain['features'], weights: Float64Array): Float64Array {
  const emit = new Float64Array(features.length * T);
  for (const [token, buckets] of features.entries()) {
    const row = emit.subarray(token * T, token * T + T);
    for (const bucket of buckets) for (let tag = 0; tag < T; tag++) row[tag] = at(row, tag) + at(weights, bucket * T + tag);
    const highest = Math.max(...row);
    for (let tag = 0; tag < T; tag++) row[tag] = Math.exp(at(row, tag) - highest);
  }
  return emit;
}

function forwardSums(emit: Float64Array, moves: Float64Array, length: number): Float64Array {
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
    for (let tag = 0; tag < T; tag++) forward[token * T + tag] = at(forward, token * T + tag) / total;
  }
  return forward;
}

function backwardSums(sums: Sums, length: number): { nodes: Float64Array; edges: Float64Array } {
  const nodes = new Float64Array(length * T);
  const edges = new Float64Array((T + 1) * T);
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
