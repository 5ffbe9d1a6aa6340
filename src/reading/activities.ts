import type { Activity, Kind } from '../domain/career-update.js';
import { type Analysis, textOf } from './analysis.js';
import { namedInOneBreath } from './coordination.js';
import { type Candidate, candidatesFor } from './learned/candidates.js';
import { bestOf, guessKind, guessStatus, guessTrack, type Models } from './learned/models.js';
import { type SpanInReply, situationOf, spanOf } from './learned/span-features.js';
import { findSpans } from './learned/tagger.js';
import { nameFor, plainName } from './names.js';
import { organisationNamed } from './organisations.js';
import { roleIn } from './roles.js';
import { isRuledOut, NULL_PENALTY, settledName, settledStatus, settledTrack } from './settle.js';
import { commitmentIn, funderIn, peopleIn } from './slots.js';
import { topicIn } from './topics.js';
import { extentOf } from './when.js';
import { words } from './words.js';

/** An activity with the reader's own, uncalibrated, probabilities. */
export type ReadActivity = {
  readonly activity: Activity;
  readonly kindProbability: number;
  readonly statusProbability: number;
  readonly trackProbability: number;
  /** The codebook's own rules gave the track. */
  readonly isSettled: boolean;
};

// A reply with more distinct activities than this is a pasted CV; the bound keeps the card readable.
const MAX_ACTIVITIES = 12;
// Characters. What people say of one activity is a sentence or two; a longer stretch without an end is no statement of one.
const LONGEST_EVIDENCE = 1_000;

/** The activities that a reply states, in its order. */
export function readActivities(analysis: Analysis, models: Models): readonly ReadActivity[] {
  const spans = findSpans(analysis, models.tagger).slice(0, MAX_ACTIVITIES);
  const read: ReadActivity[] = [];
  for (const at of spans.keys()) {
    const place = { analysis, spans, at };
    const one = readOne(place, read.at(-1)?.activity ?? null, models);
    read.push(one, ...otherApplications(place, one));
  }
  return read.filter(({ activity }) => isStatement(activity.evidence)).slice(0, MAX_ACTIVITIES);
}

const isStatement = (evidence: string): boolean => evidence.trim() !== '' && evidence.length <= LONGEST_EVIDENCE;

/** Each named application is an activity of its own: "applied to METR, Redwood and Apollo" states three. */
function otherApplications(place: SpanInReply, { activity, ...sureness }: ReadActivity): readonly ReadActivity[] {
  if (activity.status !== 'applying' || activity.organisation === null || activity.kind === 'publication') return [];
  const work = situationOf(place).split('|')[1] ?? '';
  return namedInOneBreath(place, activity.organisation).map(({ name, track, sort }) => ({
    ...sureness,
    activity: {
      ...activity,
      organisation: name,
      kind: sort === 'programme' && activity.kind === 'employment' ? 'fellowship' : activity.kind,
      track: work === 'none' ? (track ?? 'unclear') : activity.track,
    },
  }));
}

/** "The first paper from that": what it is about was said before. */
const REFERS_BACK = words('that|this|it|same (?:topic|subject|work|thing)');

function organisationOf(place: SpanInReply, kind: Kind, before: Activity | null, models: Models): Candidate | null {
  const evidence = textOf(place.analysis, spanOf(place));
  const name = settledName(kind, evidence, place.analysis.reply.programme);
  if (name) return { name, written: null, known: organisationNamed(name), features: [] };
  const candidates = candidatesFor(place, kind, before?.organisation ?? null).filter(
    (candidate) => !isRuledOut(candidate, kind, evidence),
  );
  return bestOf(models, candidates, NULL_PENALTY[kind] ?? 0);
}

function nameOf({ name, written, known }: Candidate): string | null {
  if (written === null) return name;
  const body = known ?? organisationNamed(written);
  if (body) return nameFor(body, written);
  return name === null ? null : plainName(name);
}

function isAhead(start: string | null, received: string): boolean {
  return start !== null && start > received.slice(0, start.length);
}

function readOne(place: SpanInReply, before: Activity | null, models: Models): ReadActivity {
  const evidence = textOf(place.analysis, spanOf(place));
  const kind = guessKind(models, place);
  const message = place.analysis.messages[spanOf(place).message]?.text ?? '';
  const { received } = place.analysis.reply;
  const guessedStatus = guessStatus(models, place, kind.label);
  const said = settledStatus(kind.label, evidence, message, guessedStatus.label);
  const extent = extentOf(evidence, { kind: kind.label, status: said }, received);
  const status = said === 'current' && isAhead(extent.start, received) ? 'upcoming' : said;
  const candidate = organisationOf(place, kind.label, before, models);
  const guessed = guessTrack(models, place, kind.label, candidate);
  const settled = settledTrack(kind.label, candidate, situationOf(place).split('|')[1] ?? '');
  const organisation = candidate ? nameOf(candidate) : null;
  const activity: Activity = {
    kind: kind.label,
    status,
    organisation,
    role: roleIn(evidence, kind.label),
    topic:
      topicIn(evidence, kind.label, organisation) ??
      (kind.label === 'publication' && REFERS_BACK.test(evidence) ? (before?.topic ?? null) : null),
    track: settled ?? guessed.label,
    ...extent,
    commitment: commitmentIn(evidence, kind.label),
    funder: funderIn(evidence, kind.label),
    people: peopleIn(evidence, organisation),
    evidence,
  };
  return {
    activity,
    kindProbability: kind.probability,
    statusProbability: guessedStatus.probability,
    trackProbability: guessed.probability,
    isSettled: settled !== null,
  };
}
