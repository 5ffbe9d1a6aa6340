import { selectedActivity } from './card.js';
import type { Activity, CareerUpdate } from './career-update.js';
import { isSameThing } from './fuse-readings.js';
import { SURE_ENOUGH } from './partition.js';
import type { Reading } from './reply.js';

/** How many of how many. */
export type Of = { readonly right: number; readonly of: number };

/** How a reader did on replies whose record people confirmed. `fields` are of the activities that it found. */
export type ReaderScore = {
  readonly replies: number;
  readonly activities: { readonly confirmed: number; readonly read: number; readonly found: number };
  readonly fields: Readonly<Record<ScoredField, Of>>;
  readonly intent: Of;
  /** The track of what they mainly do, whether it would have been put to the person or not. */
  readonly mainTrack: Of;
  /** The same, of those that would count without being confirmed. */
  readonly mainTrackWhereSure: Of;
};
const FIELDS = ['kind', 'status', 'track', 'organisation'] as const;
type ScoredField = (typeof FIELDS)[number];

export type ScoredReply = { readonly confirmed: CareerUpdate; readonly reading: Reading };

export function scoreReader(replies: readonly ScoredReply[]): ReaderScore {
  const pairs = replies.flatMap(pairsOf);
  const mains = replies.flatMap(({ confirmed, reading }) => {
    const main = mainOf(confirmed);
    const isSure = reading.confidence.track >= SURE_ENOUGH;
    return main === null ? [] : [{ isSure, isRight: mainOf(reading.update)?.track === main.track }];
  });
  const share = <T>(all: readonly T[], isRight: (each: T) => boolean): Of => ({
    right: all.filter(isRight).length,
    of: all.length,
  });
  const count = (pick: (each: ScoredReply) => CareerUpdate) =>
    replies.reduce((sum, each) => sum + pick(each).activities.length, 0);
  return {
    replies: replies.length,
    activities: {
      confirmed: count(({ confirmed }) => confirmed),
      read: count(({ reading }) => reading.update),
      found: pairs.length,
    },
    fields: {
      kind: share(pairs, ([one, other]) => one.kind === other.kind),
      status: share(pairs, ([one, other]) => one.status === other.status),
      track: share(pairs, ([one, other]) => one.track === other.track),
      organisation: share(pairs, ([one, other]) => isSameName(one.organisation, other.organisation)),
    },
    intent: share(replies, ({ confirmed, reading }) => confirmed.intent === reading.update.intent),
    mainTrack: share(mains, ({ isRight }) => isRight),
    mainTrackWhereSure: share(
      mains.filter(({ isSure }) => isSure),
      ({ isRight }) => isRight,
    ),
  };
}

const mainOf = (update: CareerUpdate): Activity | null => update.activities[selectedActivity(update) ?? -1] ?? null;

/** Each confirmed activity with the first that was read of the same thing, and that is not taken yet. */
function pairsOf({ confirmed, reading }: ScoredReply): readonly (readonly [Activity, Activity])[] {
  const free = [...reading.update.activities];
  return confirmed.activities.flatMap((each) => {
    const at = free.findIndex((other) => isSameThing(each, other));
    const [other] = at < 0 ? [] : free.splice(at, 1);
    return other ? [[each, other] as const] : [];
  });
}

function isSameName(one: string | null, other: string | null): boolean {
  const key = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return one === null || other === null ? one === other : key(one) === key(other);
}

/** The score as lines for people. */
export function scoreLines({
  replies,
  activities,
  fields,
  intent,
  mainTrack,
  mainTrackWhereSure,
}: ReaderScore): readonly string[] {
  const of = ({ right, of: all }: Of) => `${right} of ${all}`;
  return [
    `What the present reader makes of ${replies} ${replies === 1 ? 'reply' : 'replies'} that people confirmed:`,
    `  activities: ${activities.found} of ${activities.confirmed} found, and ${activities.read - activities.found} read that were none`,
    `  of those found: ${FIELDS.map((field) => `${field} right in ${of(fields[field])}`).join(', ')}`,
    `  what the reply is (an update, a question …): right in ${of(intent)}`,
    `  the field of what they mainly do: right in ${of(mainTrack)}; where it was sure enough to count unseen: ${of(mainTrackWhereSure)}`,
  ];
}
