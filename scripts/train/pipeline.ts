import { type Activity, INTENTS, KINDS, STATUSES, TRACKS } from '../../src/domain/career-update.js';
import { type Analysis, analyse, type Span } from '../../src/reading/analysis.js';
import { type Candidate, candidatesFor, LINKER_BITS } from '../../src/reading/learned/candidates.js';
import { INTENT_BITS, intentFeatures } from '../../src/reading/learned/intent-features.js';
import type { LinearModel } from '../../src/reading/learned/linear.js';
import { bestOf, guessKind, type Models, statusExtras, trackExtras } from '../../src/reading/learned/models.js';
import { SPAN_BITS, type SpanInReply, spanFeatures } from '../../src/reading/learned/span-features.js';
import { findSpans, type Tagger, tokenFeatures } from '../../src/reading/learned/tagger.js';
import { nameKey, organisationNamed } from '../../src/reading/organisations.js';
import { type Chain, trainCrf } from './crf-trainer.js';
import { type GoldSpan, goldSpans, goldTags } from './gold-spans.js';
import type { Labelled } from './labelled.js';
import { type Choice, type Example, trainClassifier, trainRanker } from './linear-trainer.js';

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
export type Sighting = {
  readonly place: SpanInReply;
  readonly activity: Activity;
  readonly before: string | null;
  readonly weight: number;
};

/** All that one writer wrote. */
export type Writing = { readonly writer: string; readonly prepared: readonly Prepared[] };

/**
 * Trains all parts. Each later part learns from what the earlier ones make of writers whom they were not trained on (the writers in
 * two halves), as it will be when somebody new writes; so none relies on a predecessor that knew the answer.
 */
export function trainModels(writings: readonly Writing[]): Models {
  const halves = [0, 1].map((half) => writings.filter((_, at) => at % 2 === half));
  const sighted = halves.map((half, at) => {
    const tagger = trainTagger(halves[1 - at] ?? []);
    return half.flatMap(({ prepared }) => sightings(prepared, tagger));
  });
  const kinds = sighted.map(trainKind);
  const withKind = sighted.map((own, at) => own.map((sighting) => kinded(sighting, kinds[1 - at])));
  const linkers = withKind.map(trainLinker);
  const linked = withKind.map((own, at) =>
    own.map((sighting) => ({ ...sighting, candidate: linkedBy(sighting, linkers[1 - at]) })),
  );
  return {
    tagger: trainTagger(writings),
    kind: trainKind(sighted.flat()),
    linker: trainLinker(withKind.flat()),
    status: trainStatus(withKind.flat()),
    track: trainTrack(linked.flat()),
    intent: trainIntent(writings.flatMap(({ prepared }) => prepared)),
  };
}

function kinded(sighting: Sighting, model: LinearModel | undefined): Kinded {
  const kind = model ? guessKind({ kind: model }, sighting.place).label : sighting.activity.kind;
  return { ...sighting, kind, candidates: candidatesFor(sighting.place, kind, sighting.before) };
}

function linkedBy({ candidates }: Kinded, linker: LinearModel | undefined): Candidate | null {
  return linker ? bestOf({ linker }, candidates) : null;
}

export function trainTagger(writings: readonly Writing[]): Tagger {
  const chains = writings.flatMap(({ prepared }) => prepared.flatMap(({ chains }) => chains));
  return trainCrf(chains, { l2: 3, iterations: 60 });
}

export function sightings(prepared: readonly Prepared[], tagger: Tagger): readonly Sighting[] {
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

const SPAN_SETTINGS = { cost: 0.1, passes: 30, rare: 2 };

export function trainKind(sighted: readonly Sighting[]): Models['kind'] {
  const examples = sighted.map(({ place, activity, weight }) => ({
    features: spanFeatures(place, []),
    label: KINDS.indexOf(activity.kind),
    weight,
  }));
  return trainClassifier(examples, KINDS, SPAN_BITS, SPAN_SETTINGS);
}

export type Kinded = Sighting & { readonly kind: string; readonly candidates: readonly Candidate[] };

export function trainStatus(sighted: readonly Kinded[]): Models['status'] {
  const examples = sighted.map(
    ({ place, activity, weight, kind }): Example => ({
      features: spanFeatures(place, statusExtras(kind)),
      label: STATUSES.indexOf(activity.status),
      weight,
    }),
  );
  return trainClassifier(examples, STATUSES, SPAN_BITS, SPAN_SETTINGS);
}

export function trainTrack(sighted: readonly (Kinded & { readonly candidate: Candidate | null })[]): Models['track'] {
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
  return trainClassifier(examples, TRACKS, SPAN_BITS, SPAN_SETTINGS);
}

export function trainLinker(sighted: readonly Kinded[]): Models['linker'] {
  const choices = sighted.flatMap(({ activity, candidates }): Choice[] => {
    const isSpelled = candidates.map(({ name }) => (name === null ? '' : nameKey(name)) === nameKey(activity.organisation ?? ''));
    // Another name of the same body is right where the table knows it and the one written down is not to be had.
    const known = activity.organisation === null ? null : organisationNamed(activity.organisation);
    const right = isSpelled.includes(true) ? isSpelled : candidates.map((one) => known !== null && one.known === known);
    return right.includes(true) ? [{ candidates: candidates.map(({ features }) => features), right }] : [];
  });
  return trainRanker(choices, LINKER_BITS, { l2: 1, iterations: 40, rare: 2 });
}

export function trainIntent(prepared: readonly Prepared[]): Models['intent'] {
  const examples = prepared.map(({ labelled, analysis, gold }) => ({
    features: intentFeatures(analysis, gold.length),
    label: INTENTS.indexOf(labelled.gold.intent),
  }));
  return trainClassifier(examples, INTENTS, INTENT_BITS, { cost: 0.1, passes: 30, rare: 2 });
}
