import type { LinearModel } from '../../src/reading/learned/linear.js';
import { type Compact, compact, spread } from './features.js';
import { minimise } from './minimise.js';
import { randomFrom, shuffled } from './random.js';

export type Example = { readonly features: readonly number[]; readonly label: number; readonly weight?: number };
export type Settings = {
  /** What a mistake costs beside the squared weights. */
  readonly cost: number;
  readonly passes: number;
  /** Features seen in fewer examples are left out. */
  readonly rare: number;
};

const SEED = 20240601;

/**
 * Fits one against the rest for each label: a linear support vector machine with squared hinge loss, by dual coordinate descent
 * (Hsieh et al. 2008, algorithm 3 without its bounds on shrinking).
 */
export function trainClassifier(
  examples: readonly Example[],
  labels: readonly string[],
  bits: number,
  { cost, passes, rare }: Settings,
): LinearModel {
  const rows = compact(
    examples.map(({ features }) => features),
    bits,
    rare,
  );
  const all = new Float64Array(rows.buckets.length * labels.length);
  for (const label of labels.keys()) {
    const signs = Int8Array.from(examples, (example) => (example.label === label ? 1 : -1));
    const slack = Float64Array.from(examples, ({ weight = 1 }) => 1 / (2 * cost * weight));
    const weights = separate(rows, signs, slack, passes);
    for (const [id, weight] of weights.entries()) all[id * labels.length + label] = weight;
  }
  return { labels, bits, weights: spread(all, rows, bits, labels.length) };
}

/** The weights that set the rows with sign 1 apart from those with sign -1. */
function separate(rows: Compact, signs: Int8Array, slack: Float64Array, passes: number): Float64Array {
  const weights = new Float64Array(rows.buckets.length);
  const pulls = new Float64Array(signs.length);
  const random = randomFrom(SEED);
  let active = [...signs.keys()];
  for (let pass = 0; pass < passes; pass++) {
    const again = pass % 5 === 0 ? [...signs.keys()] : active;
    active = [];
    let steepest = 0;
    for (const row of shuffled(again, random)) {
      const [start, end] = [rows.starts[row] as number, rows.starts[row + 1] as number];
      const sign = signs[row] as number;
      const pull = pulls[row] as number;
      let score = 0;
      for (let k = start; k < end; k++) score += weights[rows.ids[k] as number] as number;
      const slope = sign * score - 1 + (slack[row] as number) * pull;
      if (pull === 0 && slope >= 0) continue;
      active.push(row);
      steepest = Math.max(steepest, Math.abs(slope));
      const next = Math.max(pull - slope / (end - start + (slack[row] as number)), 0);
      pulls[row] = next;
      const step = (next - pull) * sign;
      if (step !== 0)
        for (let k = start; k < end; k++) weights[rows.ids[k] as number] = (weights[rows.ids[k] as number] as number) + step;
    }
    if (steepest < 0.02 && pass % 5 === 0) break;
  }
  return weights;
}

export type Choice = {
  readonly candidates: readonly (readonly number[])[];
  /** Which candidates are right; at least one. */
  readonly right: readonly boolean[];
};

/** Fits one weight a feature so that the right candidates outweigh the others (conditional logit), to its optimum. */
export function trainRanker(
  choices: readonly Choice[],
  bits: number,
  { l2, iterations, rare }: { readonly l2: number; readonly iterations: number; readonly rare: number },
): LinearModel {
  const rows = compact(
    choices.flatMap(({ candidates }) => candidates),
    bits,
    rare,
  );
  const weights = minimise(
    (at, gradient) => {
      let sum = penalty(at, gradient, l2);
      let first = 0;
      for (const { right } of choices) {
        sum += addChoice(rows, first, right, at, gradient);
        first += right.length;
      }
      return sum;
    },
    new Float64Array(rows.buckets.length),
    iterations,
  );
  return { labels: ['fit'], bits, weights: spread(weights, rows, bits, 1) };
}

/** Minus the log-probability that a right candidate is chosen. */
function addChoice(rows: Compact, first: number, right: readonly boolean[], at: Float64Array, gradient: Float64Array): number {
  const scores = new Float64Array(1);
  const raw = Float64Array.from(right, (_, one) => {
    score(rows, first + one, at, scores);
    return scores[0] as number;
  });
  const highest = Math.max(...raw);
  const parts = raw.map((each) => Math.exp(each - highest));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const rightTotal = parts.reduce((sum, part, one) => sum + (right[one] ? part : 0), 0);
  for (const [one, part] of parts.entries()) {
    scores[0] = part / total - (right[one] ? part / rightTotal : 0);
    addRow(rows, first + one, scores, gradient);
  }
  return Math.log(total) - Math.log(rightTotal);
}

function penalty(at: Float64Array, gradient: Float64Array, l2: number): number {
  let sum = 0;
  for (let i = 0; i < at.length; i++) {
    const weight = at[i] as number;
    sum += l2 * weight * weight;
    gradient[i] = 2 * l2 * weight;
  }
  return sum;
}

function score({ ids, starts }: Compact, row: number, weights: Float64Array, scores: Float64Array): void {
  const width = scores.length;
  scores.fill(0);
  const end = starts[row + 1] as number;
  for (let k = starts[row] as number; k < end; k++) {
    const base = (ids[k] as number) * width;
    for (let column = 0; column < width; column++)
      scores[column] = (scores[column] as number) + (weights[base + column] as number);
  }
}

function addRow({ ids, starts }: Compact, row: number, slopes: Float64Array, gradient: Float64Array): void {
  const width = slopes.length;
  const end = starts[row + 1] as number;
  for (const [column, slope] of slopes.entries()) {
    if (slope === 0) continue;
    for (let k = starts[row] as number; k < end; k++) {
      const at = (ids[k] as number) * width + column;
      gradient[at] = (gradient[at] as number) + slope;
    }
  }
}
