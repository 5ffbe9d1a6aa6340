import type { Kind, Status, Track } from '../../domain/career-update.js';
import type { Candidate } from './candidates.js';
import { indexOfMax, type LinearModel, scoresOf, softmax } from './linear.js';
import { type SpanInReply, situationOf, spanFeatures } from './span-features.js';
import type { Tagger } from './tagger.js';

/** Everything learned, in one piece. */
export type Models = {
  readonly tagger: Tagger;
  readonly kind: LinearModel;
  readonly status: LinearModel;
  readonly track: LinearModel;
  readonly linker: LinearModel;
  readonly intent: LinearModel;
};

// Scores of a support vector machine lie between -1 and 1; this makes the likeliest label's probability tell the sure from the unsure.
const SHARPNESS = 3;

/** A label with the model's own, uncalibrated, probability. */
export type Guess<Label extends string> = { readonly label: Label; readonly probability: number };

export function guess<Label extends string>(model: LinearModel, features: readonly number[]): Guess<Label> {
  const probabilities = softmax(scoresOf(model, features).map((score) => SHARPNESS * score));
  const best = indexOfMax(probabilities);
  return { label: (model.labels[best] ?? '') as Label, probability: probabilities[best] ?? 0 };
}

export function guessKind(models: Pick<Models, 'kind'>, place: SpanInReply): Guess<Kind> {
  return guess(models.kind, spanFeatures(place, []));
}

export function guessStatus(models: Pick<Models, 'status'>, place: SpanInReply, kind: string): Guess<Status> {
  return guess(models.status, spanFeatures(place, statusExtras(kind)));
}

export function statusExtras(kind: string): readonly string[] {
  return [`kind:${kind}`];
}

export function guessTrack(
  models: Pick<Models, 'track'>,
  place: SpanInReply,
  kind: string,
  candidate: Candidate | null,
): Guess<Track> {
  return guess(models.track, spanFeatures(place, trackExtras(place, kind, candidate)));
}

export function trackExtras(
  place: SpanInReply,
  kind: string,
  candidate: Pick<Candidate, 'name' | 'known'> | null,
): readonly string[] {
  const known = candidate?.known ?? null;
  const situation = situationOf(place);
  const sort = candidate?.name ? (known?.sort ?? 'unlisted') : 'none';
  return [
    `kind:${kind}`,
    `org:${candidate?.name}`,
    `orgs:${sort}`,
    `orgt:${sort}${known?.track}`,
    `orgt:${known?.track}`,
    `orgk:${sort}${known?.track}|${kind}`,
    `x:${situation}`,
    `x:${situation}|${kind}`,
    `x:${situation}|${sort}${known?.track}`,
  ];
}

/** The candidate that the linker likes best, `nullPenalty` taken off "the text does not say". */
export function bestOf(models: Pick<Models, 'linker'>, candidates: readonly Candidate[], nullPenalty = 0): Candidate | null {
  const scores = candidates.map(
    ({ name, features }) => (scoresOf(models.linker, features)[0] ?? 0) - (name === null ? nullPenalty : 0),
  );
  return candidates[scores.indexOf(Math.max(...scores))] ?? null;
}
