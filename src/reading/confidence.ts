import type { Activity } from '../domain/career-update.js';
import type { Confidence } from '../domain/reply.js';
import type { ReadActivity } from './activities.js';

export const NO_CONFIDENCE: Confidence = { kind: 0, track: 0 };

/** The activity that stands for what a person mainly does: the current ones of work or study first, in the codebook's order. */
export function mainActivity<T extends { readonly activity: Activity }>(read: readonly T[]): T | null {
  const work = read.filter(
    ({ activity }) => activity.status === 'current' && activity.kind !== 'job_search' && activity.kind !== 'career_break',
  );
  const ranked = [...work].sort(
    (a, b) => commitmentRank(a.activity) - commitmentRank(b.activity) || kindRank(a.activity) - kindRank(b.activity),
  );
  return ranked[0] ?? read.find(({ activity }) => activity.status === 'current') ?? read[0] ?? null;
}

const ORDER: readonly string[] = [
  'employment',
  'founding',
  'independent_research',
  'fellowship',
  'study',
  'internship',
  'work_trial',
  'collaboration',
  'community_building',
  'volunteering',
  'other',
];

function kindRank({ kind }: Activity): number {
  const rank = ORDER.indexOf(kind);
  return rank < 0 ? ORDER.length : rank;
}

function commitmentRank({ commitment }: Activity): number {
  return commitment === 'full_time' ? 0 : commitment === null ? 1 : 2;
}

/** How sure the reader is of the main activity, by what such sureness proved to be worth on replies it was not trained on. */
export function confidenceOf(read: readonly ReadActivity[]): Confidence {
  const main = mainActivity(read);
  return main ? { kind: main.kindProbability, track: main.trackProbability } : NO_CONFIDENCE;
}
