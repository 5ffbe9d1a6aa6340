import { type Activity, INTENTS, KINDS, STATUSES, TRACKS } from '../../src/domain/career-update.js';
import { type Analysis, analyse, type Span } from '../../src/reading/analysis.js';
import { type Candidate, candidatesFor, LINKER_BITS } from '../../src/reading/learned/candidates.js';
import { INTENT_BITS, intentFeatures } from '../../src/reading/learned/intent-features.js';
import { bestOf, guessKind, type Models, statusExtras, trackExtras } from '../../src/reading/learned/models.js';
import { SPAN_BITS, type SpanInReply, spanFeatures } from '../../src/reading/learned/span-features.js';
import { findSpans, type Tagger, tokenFeatures } from '../../src/reading/learned/tagger.js';
import { nameKey, organisationNamed } from '../../src/reading/organisations.js';
import { type Chain, trainCrf } from './crf-trainer.js';
import { type GoldSpan, goldSpans, goldTags } from './gold-spans.js';
import type { Labelled } from './labelled.js';
import { type Choice, type Example, type Prior, trainRanker, trainSoftmax } from './softmax-trainer.js';

const SEED = 20240601;
const PARTS = 3;

/** A labelled reply with what the reader sees of it, and its true spans. */
export type Prepared = {
  readonly labelled: Labelled;
  readonly analysis: Analysis;
  readonly gold: readonly GoldSpan[];
  readonly chains: readonly Chain[];
};

export function prepare(labelled: Labelled): Prepared {
  const analysis = analyse(labelled.reply);
  const gold = goldSpans(analysis, labelled.gold.activities);
  const chains = analysis.messages.map((message, index) => ({
    features: tokenFeatures(message, analysis),
    tags: goldTags(gold, index, message.tokens.length),
  }));
  return { labelled, analysis, gold, chains };
}

/** A true activity seen at its true place or at the place where a tagger found it. */
type Sighting = {
  readonly place: SpanInReply;
  readonly activity: Activity;
  readonly before: string | null;
  readonly weight: number;
};

/**
 * Trains all parts. Each later part learns from what the earlier ones make of replies that they were not trained on
 * (cross-fitted in four parts), so that none relies on a predecessor that knew the answer.
 */
export function trainModels(prepared: readonly Prepared[]): Models {
  const tagger = tag(prepared);
  const folds = Array.from({ length: PARTS }, (_, part) => ({
    inside: prepared.filter((_, at) => at % PARTS !== part),
    outside: prepared.filter((_, at) => at % PARTS === part),
  }));
  const sighted = folds.map(({ inside, outside }) => sightings(outside, tag(inside)));
  const all = sighted.flat();
  const kind = trainKind(all);
  const withKind = sighted.flatMap((own, part) => {
    const partial = { kind: trainKind(sighted.filter((_, at) => at !== part).flat()) };
    return own.map((sighting) => {
      const kind = guessKind(partial, sighting.place).label;
      return { ...sighting, kind, candidates: candidatesFor(sighting.place, kind, sighting.before) };
    });
  });
  const linker = trainLinker(withKind);
  const linkers = sighted.map((_, part) => trainLinker(withKind.filter((_, at) => partOf(at, sighted) !== part)));
  const linked = withKind.map((sighting, at) => {
    const model = { linker: linkers[partOf(at, sighted)] ?? linker };
    return { ...sighting, candidate: bestOf(model, sighting.candidates) };
  });
  return { tagger, kind, linker, status: trainStatus(withKind), track: trainTrack(linked), intent: trainIntent(prepared) };
}

function partOf(at: number, sighted: readonly (readonly unknown[])[]): number {
  let passed = 0;
  return sighted.findIndex((own) => {
    passed += own.length;
    return at < passed;
  });
}

function tag(prepared: readonly Prepared[]): Tagger {
  return trainCrf(
    prepared.flatMap(({ chains }) => chains),
    { epochs: 12, rate: 0.07, decay: 0.015, seed: SEED },
  );
}

function sightings(prepared: readonly Prepared[], tagger: Tagger): readonly Sighting[] {
  return prepared.flatMap(({ analysis, gold }) => {
    const trueSpans = gold.map(({ span }) => span);
    const found = findSpans(analysis, tagger);
    return gold.flatMap(({ span, activity }, at) => {
      const before = at > 0 ? (gold[at - 1]?.activity.organisation ?? null) : null;
      const there: Sighting = { place: { analysis, spans: trueSpans, at }, activity, before, weight: 1 };
      const near = found.findIndex((other) => overlaps(other, span));
      const same = near >= 0 && found[near]?.from === span.from && found[near]?.to === span.to;
      return near < 0 || same ? [there] : [there, { place: { analysis, spans: found, at: near }, activity, before, weight: 1 }];
    });
  });
}

function overlaps(a: Span, b: Span): boolean {
  return (
    a.message === b.message && Math.min(a.to, b.to) - Math.max(a.from, b.from) > 0.5 * Math.min(a.to - a.from, b.to - b.from)
  );
}

const SPAN_SETTINGS = { epochs: 10, rate: 0.045, decay: 0.008, seed: SEED, rare: 3 };

// What the rules say before anything is learned.
const KIND_PRIORS: readonly Prior[] = KINDS.map((label) => ({ feature: `hl:strong${label}`, label, weight: 3 }));
const STATUS_PRIORS: readonly Prior[] = STATUSES.map((label) => ({
  feature: `hl:status${label}`,
  label,
  weight: label === 'applying' ? 0.8 : 0.3,
}));
const TRACK_PRIORS: readonly Prior[] = TRACKS.flatMap((label) => [
  { feature: `hl:track${label}`, label, weight: label === 'capabilities' || label === 'governance' ? 0.6 : 0.3 },
  { feature: `orgt:${label}`, label, weight: 0.5 },
]);

function trainKind(sighted: readonly Sighting[]): Models['kind'] {
  const examples = sighted.map(({ place, activity, weight }) => ({
    features: spanFeatures(place, []),
    label: KINDS.indexOf(activity.kind),
    weight,
  }));
  return trainSoftmax(examples, KINDS, SPAN_BITS, { ...SPAN_SETTINGS, priors: KIND_PRIORS });
}

type Kinded = Sighting & { readonly kind: string; readonly candidates: readonly Candidate[] };

function trainStatus(sighted: readonly Kinded[]): Models['status'] {
  const examples = sighted.map(
    ({ place, activity, weight, kind }): Example => ({
      features: spanFeatures(place, statusExtras(kind)),
      label: STATUSES.indexOf(activity.status),
      weight,
    }),
  );
  return trainSoftmax(examples, STATUSES, SPAN_BITS, { ...SPAN_SETTINGS, priors: STATUS_PRIORS });
}

function trainTrack(sighted: readonly (Kinded & { readonly candidate: Candidate | null })[]): Models['track'] {
  const examples = sighted.flatMap(({ place, activity, weight, kind, candidate }): Example[] => {
    const label = (TRACKS as readonly string[]).indexOf(activity.track);
    const trueName = {
      name: activity.organisation,
      known: activity.organisation ? organisationNamed(activity.organisation) : null,
    };
    return [candidate, trueName].map((name) => ({
      features: spanFeatures(place, trackExtras(place, kind, name)),
      label,
      weight: weight / 2,
    }));
  });
  return trainSoftmax(examples, TRACKS, SPAN_BITS, { ...SPAN_SETTINGS, priors: TRACK_PRIORS });
}

function trainLinker(sighted: readonly Kinded[]): Models['linker'] {
  const choices = sighted.flatMap(({ activity, candidates }): Choice[] => {
    const right = candidates.map(({ name }) =>
      name === null
        ? activity.organisation === null
        : activity.organisation !== null && nameKey(name) === nameKey(activity.organisation),
    );
    return right.includes(true) ? [{ candidates: candidates.map(({ features }) => features), right }] : [];
  });
  return trainRanker(choices, LINKER_BITS, { epochs: 12, rate: 0.04, decay: 0.005, seed: SEED, rare: 2 });
}

function trainIntent(prepared: readonly Prepared[]): Models['intent'] {
  const examples = prepared.map(({ labelled, analysis, gold }) => ({
    features: intentFeatures(analysis, gold.length),
    label: INTENTS.indexOf(labelled.gold.intent),
  }));
  return trainSoftmax(examples, INTENTS, INTENT_BITS, { epochs: 15, rate: 0.05, decay: 0.02, seed: SEED, rare: 2 });
}
