import { CHANNELS, type Channel, KINDS, type Kind, type Track } from './career-update.js';
import { type ClassScope, type Membership, membershipOf, type Place, placeOf, positionOf } from './main-activity.js';
import {
  countsAsKnown,
  groupOf,
  isAnswer,
  type OwnRecord,
  PEOPLE_GROUPS,
  type PeopleGroup,
  type PersonAtWave,
} from './partition.js';
import type { Audience } from './people.js';
import { tracksOf } from './tracks.js';

/** What a report is about. */
export type ReportScope = {
  readonly programme: string;
  readonly cohorts: readonly string[];
  /** Null before the first wave. */
  readonly waveMonths: number | null;
  /** The ISO day, or instant, by which everything counted was stored. */
  readonly asOf: string;
  readonly audience: Audience;
};

/** Of how many people a class is known, and how many of these are in it. */
export type ClassTally = { known: number; count: number };

type Moves = Map<Place, Map<Place, number>>;

/** Counts over the people seen so far: as large for a million people as for none. */
export type Tally = {
  readonly scope: ReportScope;
  readonly groups: Record<PeopleGroup, number>;
  asked: number;
  /** Answered, and partial, among the asked: news may come from people who were not. */
  readonly ofAsked: { answered: number; partial: number };
  confirmed: number;
  shown: number;
  carriedForward: number;
  /** Known by any source, an organiser's entry included. */
  knownBySource: number;
  /** Those that the programme tells apart, in their order. */
  readonly tracks: ReadonlyMap<Track, Record<ClassScope, ClassTally>>;
  readonly kinds: Record<Kind, ClassTally>;
  readonly moves: Moves;
  /** From what they planned at the end of the cohort to what they do. */
  readonly plans: Moves;
  /** Entered by organisers: of how many people, of how many who have not answered clearly themselves, and where they are. */
  readonly entered: { people: number; alone: number; readonly places: Map<Place, number> };
  /** People by the rating they gave, 1 to 5. */
  readonly ratings: [number, number, number, number, number];
  readonly channels: Record<Channel, number>;
};

function forEach<K extends string, V>(keys: readonly K[], value: () => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value()])) as Record<K, V>;
}

const noClass = (): ClassTally => ({ known: 0, count: 0 });

/** Of these tracks; left out: those of the codebook. */
export function emptyTally(scope: ReportScope, tracks: readonly Track[] = tracksOf(null)): Tally {
  return {
    scope,
    groups: forEach(PEOPLE_GROUPS, () => 0),
    asked: 0,
    ofAsked: { answered: 0, partial: 0 },
    confirmed: 0,
    shown: 0,
    carriedForward: 0,
    knownBySource: 0,
    tracks: new Map(tracks.map((track) => [track, { main: noClass(), any: noClass() }])),
    kinds: forEach(KINDS, noClass),
    moves: new Map(),
    plans: new Map(),
    entered: { people: 0, alone: 0, places: new Map() },
    ratings: [0, 0, 0, 0, 0],
    channels: forEach(CHANNELS, () => 0),
  };
}

/** Counts one more person in. Changes the tally it is given, and returns it: a fold over a million people must not copy it each time. */
export function addPerson(tally: Tally, person: PersonAtWave): Tally {
  const group = groupOf(person);
  tally.groups[group] += 1;
  if (person.checkIn?.asked) tally.asked += 1;
  if (group === 'erased') return tally;
  if (group === 'answered' || person.thirdParty) tally.knownBySource += 1;
  if (person.checkIn?.asked && (group === 'answered' || group === 'partial')) tally.ofAsked[group] += 1;
  if (person.thirdParty) addEntered(tally, person.thirdParty, group);
  if (isAnswer(person.record)) addRecord(tally, person.record, person);
  return tally;
}

/** Told apart from what people say themselves, and in no other number but the knowledge rate. */
function addEntered({ entered }: Tally, { activities }: NonNullable<PersonAtWave['thirdParty']>, group: PeopleGroup): void {
  entered.people += 1;
  if (group !== 'answered') entered.alone += 1;
  const place = placeOf(activities) ?? 'unclear';
  entered.places.set(place, (entered.places.get(place) ?? 0) + 1);
}

function addRecord(tally: Tally, record: OwnRecord, { previous, planned }: Pick<PersonAtWave, 'previous' | 'planned'>): void {
  if (record.carriedForward) tally.carriedForward += 1;
  if (!countsAsKnown(record)) return;
  if (record.basis === 'confirmed') tally.confirmed += 1;
  else tally.shown += 1;
  const position = positionOf(record.activities);
  for (const [track, counted] of tally.tracks) {
    addMembership(counted.main, membershipOf(position, track, 'main'));
    addMembership(counted.any, membershipOf(position, track, 'any'));
  }
  addKind(tally, position.kind);
  if (previous && countsAsKnown(previous)) addMove(tally.moves, placeOf(previous.activities), position.place);
  if (planned && countsAsKnown(planned)) addMove(tally.plans, placeOf(planned.activities), position.place);
  addInfluence(tally, record);
}

function addMembership(counted: ClassTally, membership: Membership): void {
  if (membership === 'unknown') return;
  counted.known += 1;
  if (membership === 'yes') counted.count += 1;
}

function addKind(tally: Tally, kind: Kind | null): void {
  if (kind === null) return;
  for (const each of KINDS) tally.kinds[each].known += 1;
  tally.kinds[kind].count += 1;
}

function addMove(moves: Moves, from: Place | null, to: Place | null): void {
  if (from === null || to === null) return;
  const row = moves.get(from) ?? new Map<Place, number>();
  moves.set(from, row.set(to, (row.get(to) ?? 0) + 1));
}

function addInfluence(tally: Tally, { influence }: OwnRecord): void {
  if (influence.rating !== null) {
    const place = influence.rating - 1;
    tally.ratings[place] = (tally.ratings[place] ?? 0) + 1;
  }
  for (const channel of new Set(influence.channels)) tally.channels[channel] += 1;
}
