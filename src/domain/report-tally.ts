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

/** Counts one more person in, see `addPeople`. */
export const addPerson = (tally: Tally, person: PersonAtWave): Tally => addPeople(tally, person, 1);

/**
 * Counts in so many people who are alike. Changes the tally it is given, and returns it: a fold over a million people must not copy it each time.
 */
export function addPeople(tally: Tally, person: PersonAtWave, people: number): Tally {
  const group = groupOf(person);
  tally.groups[group] += people;
  if (person.checkIn?.asked) tally.asked += people;
  if (group === 'erased') return tally;
  if (group === 'answered' || person.thirdParty) tally.knownBySource += people;
  if (person.checkIn?.asked && (group === 'answered' || group === 'partial')) tally.ofAsked[group] += people;
  if (person.thirdParty) addEntered(tally, { ...person.thirdParty, group }, people);
  if (isAnswer(person.record)) addRecord(tally, { ...person, record: person.record }, people);
  return tally;
}

/** Told apart from what people say themselves, and in no other number but the knowledge rate. */
function addEntered(
  { entered }: Tally,
  { activities, group }: NonNullable<PersonAtWave['thirdParty']> & { readonly group: PeopleGroup },
  people: number,
): void {
  entered.people += people;
  if (group !== 'answered') entered.alone += people;
  const place = placeOf(activities) ?? 'unclear';
  entered.places.set(place, (entered.places.get(place) ?? 0) + people);
}

type WithRecord = Pick<PersonAtWave, 'previous' | 'planned'> & { readonly record: OwnRecord };

function addRecord(tally: Tally, { record, previous, planned }: WithRecord, people: number): void {
  if (record.carriedForward) tally.carriedForward += people;
  if (!countsAsKnown(record)) return;
  if (record.basis === 'confirmed') tally.confirmed += people;
  else tally.shown += people;
  const position = positionOf(record.activities);
  for (const [track, counted] of tally.tracks) {
    addMembership(counted.main, membershipOf(position, track, 'main'), people);
    addMembership(counted.any, membershipOf(position, track, 'any'), people);
  }
  addKind(tally, position.kind, people);
  if (previous && countsAsKnown(previous))
    addMove(tally.moves, { from: placeOf(previous.activities), to: position.place }, people);
  if (planned && countsAsKnown(planned)) addMove(tally.plans, { from: placeOf(planned.activities), to: position.place }, people);
  addInfluence(tally, record, people);
}

function addMembership(counted: ClassTally, membership: Membership, people: number): void {
  if (membership === 'unknown') return;
  counted.known += people;
  if (membership === 'yes') counted.count += people;
}

function addKind(tally: Tally, kind: Kind | null, people: number): void {
  if (kind === null) return;
  for (const each of KINDS) tally.kinds[each].known += people;
  tally.kinds[kind].count += people;
}

function addMove(moves: Moves, { from, to }: { readonly from: Place | null; readonly to: Place | null }, people: number): void {
  if (from === null || to === null) return;
  const row = moves.get(from) ?? new Map<Place, number>();
  moves.set(from, row.set(to, (row.get(to) ?? 0) + people));
}

function addInfluence(tally: Tally, { influence }: OwnRecord, people: number): void {
  if (influence.rating !== null) {
    const place = influence.rating - 1;
    tally.ratings[place] = (tally.ratings[place] ?? 0) + 1;
  }
  for (const channel of new Set(influence.channels)) tally.channels[channel] += people;
}
