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

/** How sure the reader is of what somebody mainly does and on which track, by what such signs proved to be worth in other writers' replies. */
export function confidenceOf(read: readonly ReadActivity[]): Confidence {
  const signs = signsOf(read);
  return signs ? { kind: likelihood(signs, KIND_WEIGHTS), track: likelihood(signs, TRACK_WEIGHTS) } : NO_CONFIDENCE;
}

/** What tells whether the main activity is right, in the order of the weights; null where nothing was read. */
export function signsOf(read: readonly ReadActivity[]): readonly number[] | null {
  const main = mainActivity(read);
  if (!main) return null;
  const rivals = read.filter((each) => each !== main && each.activity.status === 'current').length;
  return [
    1,
    logOdds(main.kindProbability),
    logOdds(main.statusProbability),
    main.isSettled ? 0 : logOdds(main.trackProbability),
    main.isSettled ? 1 : 0,
    !main.isSettled && main.activity.track === 'unclear' ? 1 : 0,
    main.activity.status === 'current' ? 1 : 0,
    Math.min(rivals, 3),
    main.activity.organisation === null ? 1 : 0,
    main.isSettled && main.activity.track === 'non_ai' ? 1 : 0,
  ];
}

/** The probability that logistic weights give to such signs. */
export function likelihood(signs: readonly number[], weights: readonly number[]): number {
  const sum = signs.reduce((total, sign, at) => total + sign * (weights[at] ?? 0), 0);
  return Number((1 / (1 + Math.exp(-sum))).toFixed(3));
}

function logOdds(probability: number): number {
  const bounded = Math.min(0.998, Math.max(0.002, probability));
  return Math.log(bounded / (1 - bounded));
}

// Fitted by scripts/calibrate.ts to what the reader made of each writer with weights trained on the others.
const KIND_WEIGHTS: readonly number[] = [-1.769, 0.367, 0.227, 0.005, -0.293, -0.016, 0.938, 0.146, -0.17, 0.109];
const TRACK_WEIGHTS: readonly number[] = [-1.831, 0.024, 0.253, 0.346, 0.639, -0.963, 0.624, 0.072, -0.121, 0.299];
