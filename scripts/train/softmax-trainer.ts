import type { LinearModel } from '../../src/reading/learned/linear.js';
import { hash, scoresOf, softmax } from '../../src/reading/learned/linear.js';
import { randomFrom, shuffled } from './random.js';

export type Example = { readonly features: readonly number[]; readonly label: number; readonly weight?: number };
export type Settings = {
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
  readonly seed: number;
  /** Features seen less often are left out. */
  readonly rare: number;
  /** Weights that rules start from. */
  readonly priors?: readonly Prior[];
};
export type Prior = { readonly feature: string; readonly label: string; readonly weight: number };

/** Fits a multinomial logistic regression by stochastic gradient (AdaGrad), with a decay after each pass. */
export function trainSoftmax(
  all: readonly Example[],
  labels: readonly string[],
  bits: number,
  { epochs, rate, decay, seed, rare, priors = [] }: Settings,
): LinearModel {
  const count = labels.length;
  const started = new Set(priors.map(({ feature }) => hash(feature) & (2 ** bits - 1)));
  const isOften = commonBuckets(
    all.map(({ features }) => features),
    bits,
    rare,
  );
  const isCommon = (bucket: number): boolean => started.has(bucket) || isOften(bucket);
  const examples = all.map((example) => ({ ...example, features: example.features.filter(isCommon) }));
  const model = { labels, bits, weights: new Float32Array(2 ** bits * count) };
  const squares = new Float32Array(model.weights.length);
  for (const { feature, label, weight } of priors)
    model.weights[(hash(feature) & (2 ** bits - 1)) * count + labels.indexOf(label)] = weight;
  const random = randomFrom(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { features, label: gold, weight = 1 } of shuffled(examples, random)) {
      const probabilities = softmax(scoresOf(model, features));
      for (let label = 0; label < count; label++) {
        const gradient = weight * ((label === gold ? 1 : 0) - (probabilities[label] ?? 0));
        if (Math.abs(gradient) < 5e-3) continue;
        for (const bucket of features) climb(model.weights, squares, bucket * count + label, gradient, rate);
      }
    }
    for (let i = 0; i < model.weights.length; i++) model.weights[i] = (model.weights[i] ?? 0) * (1 - decay);
  }
  return model;
}

export type Choice = {
  readonly candidates: readonly (readonly number[])[] /** Which candidates are right; at least one. */;
  readonly right: readonly boolean[];
};

/** Fits one weight a feature so that the right candidates outweigh the others (conditional logit). */
export function trainRanker(all: readonly Choice[], bits: number, { epochs, rate, decay, seed, rare }: Settings): LinearModel {
  const isCommon = commonBuckets(
    all.map(({ candidates }) => candidates.flat()),
    bits,
    rare,
  );
  const choices = all.map(({ candidates, right }) => ({
    right,
    candidates: candidates.map((features) => features.filter(isCommon)),
  }));
  const model = { labels: ['fit'], bits, weights: new Float32Array(2 ** bits) };
  const squares = new Float32Array(model.weights.length);
  const random = randomFrom(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { candidates, right } of shuffled(choices, random)) {
      const probabilities = softmax(Float64Array.from(candidates, (features) => scoresOf(model, features)[0] ?? 0));
      const rightMass = probabilities.reduce((sum, p, at) => sum + (right[at] ? p : 0), 0);
      for (const [at, features] of candidates.entries()) {
        const p = probabilities[at] ?? 0;
        const gradient = (right[at] ? p / Math.max(rightMass, 1e-9) : 0) - p;
        if (Math.abs(gradient) < 5e-3) continue;
        for (const bucket of features) climb(model.weights, squares, bucket, gradient, rate);
      }
    }
    for (let i = 0; i < model.weights.length; i++) model.weights[i] = (model.weights[i] ?? 0) * (1 - decay);
  }
  return model;
}

function climb(weights: Float32Array, squares: Float32Array, at: number, gradient: number, rate: number): void {
  const sum = (squares[at] ?? 0) + gradient * gradient;
  squares[at] = sum;
  weights[at] = (weights[at] ?? 0) + (rate * gradient) / Math.sqrt(1e-6 + sum);
}

/** Which buckets occur in at least so many examples. */
export function commonBuckets(
  examples: readonly (readonly number[])[],
  bits: number,
  atLeast: number,
): (bucket: number) => boolean {
  const counts = new Uint32Array(2 ** bits);
  for (const features of examples) for (const bucket of new Set(features)) counts[bucket] = (counts[bucket] ?? 0) + 1;
  return (bucket) => (counts[bucket] ?? 0) >= atLeast;
}
