import type { Activity } from '../domain/career-update.js';
import { type Analysis, textOf } from './analysis.js';
import { guessKind, guessStatus, guessTrack, link, type Models } from './learned/models.js';
import { type SpanInReply, spanOf } from './learned/span-features.js';
import { findSpans } from './learned/tagger.js';
import { roleIn } from './roles.js';
import { commitmentIn, funderIn, peopleIn, topicIn } from './slots.js';
import { extentOf } from './when.js';

/** An activity with the reader's own, uncalibrated, probabilities. */
export type ReadActivity = { readonly activity: Activity; readonly kindProbability: number; readonly trackProbability: number };

// A reply with more distinct activities than this is a pasted CV; the bound keeps the card readable.
const MAX_ACTIVITIES = 12;

/** The activities that a reply states, in its order. */
export function readActivities(analysis: Analysis, models: Models): readonly ReadActivity[] {
  const spans = findSpans(analysis, models.tagger).slice(0, MAX_ACTIVITIES);
  const read: ReadActivity[] = [];
  for (const at of spans.keys()) {
    const before = read.at(-1)?.activity.organisation ?? null;
    read.push(readOne({ analysis, spans, at }, before, models));
  }
  return read.filter(({ activity }) => activity.evidence.trim() !== '');
}

function readOne(place: SpanInReply, before: string | null, models: Models): ReadActivity {
  const evidence = textOf(place.analysis, spanOf(place));
  const kind = guessKind(models, place);
  const status = guessStatus(models, place, kind.label);
  const candidate = link(models, place, kind.label, before);
  const track = guessTrack(models, place, kind.label, candidate);
  const organisation = candidate?.name ?? null;
  const { received } = place.analysis.reply;
  const activity: Activity = {
    kind: kind.label,
    status: status.label,
    organisation,
    role: roleIn(evidence, kind.label),
    topic: topicIn(evidence, kind.label, organisation),
    track: track.label,
    ...extentOf(evidence, { kind: kind.label, status: status.label }, received),
    commitment: commitmentIn(evidence),
    funder: funderIn(evidence, kind.label),
    people: peopleIn(evidence, organisation),
    evidence,
  };
  return { activity, kindProbability: kind.probability, trackProbability: track.probability };
}
