import { type Activity, type Commitment, type Kind, TRACKS, type Track } from './career-update.js';

/** A track that says something: `unclear` is the lack of one. */
export type KnownTrack = Exclude<Track, 'unclear'>;
export const KNOWN_TRACKS: readonly KnownTrack[] = TRACKS.filter(isKnownTrack);

export function isKnownTrack(track: Track): track is KnownTrack {
  return track !== 'unclear';
}

/** What a person mainly does now. `nothing`: the record names nothing current. */
export type Standing =
  | { readonly kind: 'working'; readonly activity: Activity; readonly track: Track }
  | { readonly kind: 'seeking' }
  | { readonly kind: 'on_break' }
  | { readonly kind: 'nothing' };

/** Where a person stands once that is known: a track, or one of the two rows without any. */
export type Place = KnownTrack | 'seeking' | 'on_break';

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
const COMMITMENT_ORDER: readonly (Commitment | null)[] = ['full_time', null, 'part_time'];

function currentWork(activities: readonly Activity[]): readonly Activity[] {
  return activities.filter(({ status, kind }) => status === 'current' && KIND_ORDER.includes(kind));
}

/** The main activity: current work or study, full-time before unsaid before part-time, then by kind, then as the person named them. */
export function mainActivity(activities: readonly Activity[]): Activity | null {
  const rank = (activity: Activity) =>
    COMMITMENT_ORDER.indexOf(activity.commitment) * KIND_ORDER.length + KIND_ORDER.indexOf(activity.kind);
  const [first] = [...currentWork(activities)].sort((a, b) => rank(a) - rank(b));
  return first ?? null;
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

/** Null where the record does not decide it: nothing current, or a main activity on no clear track. */
export function placeOf(activities: readonly Activity[]): Place | null {
  const now = standing(activities);
  if (now.kind === 'working') return isKnownTrack(now.track) ? now.track : null;
  return now.kind === 'nothing' ? null : now.kind;
}

/** The kind of the main activity, with job search and career break for those who do nothing else; null where nothing is current. */
export function mainKind(activities: readonly Activity[]): Kind | null {
  const now = standing(activities);
  if (now.kind === 'working') return now.activity.kind;
  if (now.kind === 'nothing') return null;
  return now.kind === 'seeking' ? 'job_search' : 'career_break';
}

/** Whether the record puts somebody in a track: `no` only where it rules the track out. */
export function classOf(activities: readonly Activity[], track: KnownTrack, scope: ClassScope): Membership {
  const place = placeOf(activities);
  if (scope === 'main') return place === null ? 'unknown' : place === track ? 'yes' : 'no';
  const work = currentWork(activities);
  if (work.some((activity) => activity.track === track)) return 'yes';
  if (work.some((activity) => !isKnownTrack(activity.track))) return 'unknown';
  return place === null ? 'unknown' : 'no';
}
