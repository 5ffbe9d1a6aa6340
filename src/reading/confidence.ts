import type { Activity } from '../domain/career-update.js';
import { mainActivity as mainActivityOf } from '../domain/main-activity.js';
import type { Confidence } from '../domain/reply.js';
import type { ReadActivity } from './activities.js';

export const NO_CONFIDENCE: Confidence = { kind: 0, track: 0 };

/** The activity that stands for what a person mainly does: the current ones of work or study first, in the codebook's order. */
export function mainActivity<T extends { readonly activity: Activity }>(read: readonly T[]): T | null {
  const main = mainActivityOf(read.map(({ activity }) => activity));
  return (
    read.find(({ activity }) => activity === main) ??
    read.find(({ activity }) => activity.status === 'current') ??
    read[0] ??
    null
  );
}

/** How sure the reader is of the main activity, by what such sureness proved to be worth on replies it was not trained on. */
export function confidenceOf(read: readonly ReadActivity[]): Confidence {
  const main = mainActivity(read);
  return main
    ? { kind: worth(main.kindProbability, KIND_WORTH), track: worth(main.trackProbability, TRACK_WORTH) }
    : NO_CONFIDENCE;
}

// What a probability of the model proved to be worth: the share that was right, found and rightly paired, among main activities read
// with about that probability in the looked-at files, each with weights trained without it (scripts/cross-validate.ts). Above 0.7 less
// two standard errors, since the rules were written from those files and too sure is worse than not sure enough. Never fitted to the
// held-out files. Straight lines between the points.
const KIND_WORTH: readonly Point[] = [
  [0, 0.15],
  [0.3, 0.21],
  [0.45, 0.35],
  [0.6, 0.6],
  [0.76, 0.62],
  [0.85, 0.74],
  [0.927, 0.77],
  [0.964, 0.93],
  [0.99, 0.94],
  [1, 0.97],
];
const TRACK_WORTH: readonly Point[] = [
  [0, 0.15],
  [0.45, 0.18],
  [0.55, 0.3],
  [0.65, 0.5],
  [0.75, 0.6],
  [0.84, 0.66],
  [0.92, 0.75],
  [0.966, 0.86],
  [0.988, 0.9],
  [1, 0.94],
];

type Point = readonly [said: number, right: number];

function worth(probability: number, points: readonly Point[]): number {
  const above = points.findIndex(([said]) => said >= probability);
  const [low, high] = [points[Math.max(0, above - 1)], points[above < 0 ? points.length - 1 : above]];
  if (!low || !high) return 0;
  const share = high[0] === low[0] ? 1 : (probability - low[0]) / (high[0] - low[0]);
  return Number((low[1] + (high[1] - low[1]) * share).toFixed(3));
}
