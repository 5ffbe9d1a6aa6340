import type { Activity, Commitment, Kind, Track } from './career-update.js';
import { unreachable } from './result.js';

const isKnownTrack = (track: Track): boolean => track !== 'unclear';

/** What a person mainly does now. `nothing`: the record names nothing current. */
export type Standing =
  | { readonly kind: 'working'; readonly activity: Activity; readonly track: Track }
  | { readonly kind: 'seeking' }
  | { readonly kind: 'on_break' }
  | { readonly kind: 'nothing' };

/** Where a person stands once that is known: a track, or one of the two rows without any. */
export type Place = Track | 'seeking' | 'on_break';

/** Which activities a class looks at: the main one, or all current work and study. */
export type ClassScope = 'main' | 'any';
export type Membership = 'yes' | 'no' | 'unknown';

/** Which kind comes first among activities that take as much time. A paper in the making is the last thing to name as what somebody mainly does. */
const KIND_ORDER: readonly Kind[] = [
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
  'publication',
];
const KIND_RANK: ReadonlyMap<Kind, number> = new Map(KIND_ORDER.map((kind, rank) => [kind, rank]));

function commitmentRank(commitment: Commitment | null): number {
  return commitment === 'full_time' ? 0 : commitment === null ? 1 : 2;
}

function currentWork(activities: readonly Activity[]): readonly Activity[] {
  return activities.filter(({ status, kind }) => status === 'current' && KIND_RANK.has(kind));
}

/** The main activity: current work or study, full-time before unsaid before part-time, then by kind, then as the person named them. */
export function mainActivity(activities: readonly Activity[]): Activity | null {
  return firstOf(currentWork(activities));
}

function firstOf(work: readonly Activity[]): Activity | null {
  const rank = ({ commitment, kind }: Activity) =>
    commitmentRank(commitment) * KIND_ORDER.length + (KIND_RANK.get(kind) ?? KIND_ORDER.length);
  return work.reduce<Activity | null>((first, each) => (first === null || rank(each) < rank(first) ? each : first), null);
}

/** What somebody mainly does; who both seeks and rests is seeking. */
export function standing(activities: readonly Activity[]): Standing {
  const activity = mainActivity(activities);
  if (activity) return { kind: 'working', activity, track: activity.track };
  const isCurrently = (kind: Kind) => activities.some((each) => each.status === 'current' && each.kind === kind);
  if (isCurrently('job_search')) return { kind: 'seeking' };
  if (isCurrently('career_break')) return { kind: 'on_break' };
  return { kind: 'nothing' };
}

/**
 * What somebody plans, as if they did it already: what is agreed, else what they have applied for, else what they do now and say nothing against.
 * At a cohort's end the intention goes on record, to be held against what came of it.
 */
export function intended(activities: readonly Activity[]): readonly Activity[] {
  const planned = (['upcoming', 'applying'] as const)
    .map((status) => activities.filter((each) => each.status === status && KIND_RANK.has(each.kind)))
    .find((some) => some.length > 0);
  return planned?.map((each) => ({ ...each, status: 'current' as const })) ?? activities;
}

/** What a record decides, looked at once for all classes. */
export type Position = {
  /** Null where the record does not decide it: nothing current, or a main activity on no clear track. */
  readonly place: Place | null;
  /** The kind of the main activity, with job search and career break for those who do nothing else; null where nothing is current. */
  readonly kind: Kind | null;
  /** Those of all current work and study. */
  readonly tracks: readonly Track[];
};

export function positionOf(activities: readonly Activity[]): Position {
  const now = standing(activities);
  switch (now.kind) {
    case 'working':
      return {
        place: isKnownTrack(now.track) ? now.track : null,
        kind: now.activity.kind,
        tracks: currentWork(activities).map(({ track }) => track),
      };
    case 'seeking':
      return { place: 'seeking', kind: 'job_search', tracks: [] };
    case 'on_break':
      return { place: 'on_break', kind: 'career_break', tracks: [] };
    case 'nothing':
      return { place: null, kind: null, tracks: [] };
    default:
      return unreachable(now);
  }
}

/** Where a person stands; null where their record does not decide it. */
export function placeOf(activities: readonly Activity[]): Place | null {
  return positionOf(activities).place;
}

/** Whether a record puts somebody in a track: `no` only where it rules the track out. */
export function classOf(activities: readonly Activity[], track: Track, scope: ClassScope): Membership {
  return membershipOf(positionOf(activities), track, scope);
}

/** As `classOf`, for a record already looked at. */
export function membershipOf({ place, tracks }: Position, track: Track, scope: ClassScope): Membership {
  if (scope === 'any' && tracks.includes(track)) return 'yes';
  if (scope === 'any' && tracks.includes('unclear')) return 'unknown';
  if (place === null) return 'unknown';
  return scope === 'main' && place === track ? 'yes' : 'no';
}
