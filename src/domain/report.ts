import { type Channel, KINDS, type Kind, type Track } from './career-update.js';
import { type Estimate, estimate, NOBODY, type ReportedEstimate } from './estimate.js';
import type { Place } from './main-activity.js';
import type { PeopleGroup } from './partition.js';
import type { ReportedPrediction } from './prediction.js';
import type { ClassTally, ReportScope, Tally } from './report-tally.js';

/** How many people of the roster are where. The seven groups add up to the roster; `asked`, `confirmed`, `shown`, `carriedForward` cut across them. */
export type ReportPeople = Readonly<Record<PeopleGroup, number>> & {
  readonly roster: number;
  /** Their question was delivered. */
  readonly asked: number;
  readonly confirmed: number;
  readonly shown: number;
  readonly carriedForward: number;
};

/**
 * Shares from 0 to 1, null over nobody. AAPOR Standard Definitions for a named list (eligibility is known, so RR1 = RR5 and RR2 = RR6):
 * rr1 = answered / roster, rr2 = (answered + partial) / roster, ref1 = refused / roster, coop1 = answered / (answered + partial + refused);
 * knowledge is NACE's: known by any source / roster.
 */
export type ReportRates = {
  readonly rr1: number | null;
  readonly rr2: number | null;
  readonly rr1Asked: number | null;
  readonly rr2Asked: number | null;
  readonly coop1: number | null;
  readonly ref1: number | null;
  readonly knowledge: number | null;
};

/** Where people known at both waves were and are; `from` equal to `to` are those who stayed. */
export type Move = { readonly from: Place; readonly to: Place; readonly people: number };

/** What people known at both had planned when the cohort ended, and what they do. */
export type PlansReport = { readonly people: number; readonly asPlanned: number; readonly moves: readonly Move[] };

/** What organisers have entered, told apart: no number of it stands anywhere else, but in the knowledge rate. */
export type ThirdPartyReport = {
  /** Of whom something was entered. */
  readonly people: number;
  /** Those of them of whom nothing is known from themselves. */
  readonly alone: number;
  /** `unclear`: where what was entered names no track. */
  readonly places: readonly { readonly place: Place | 'unclear'; readonly people: number }[];
};

export type InfluenceReport = {
  readonly hidden?: true;
  /** `counts`: people by rating, 1 to 5. */
  readonly ratings: { readonly n: number | null; readonly mean: number | null; readonly counts: readonly number[] | null };
  /** People who named each way. */
  readonly channels: Readonly<Record<Channel, number | null>>;
};

export type TrackEstimates = { readonly main: ReportedEstimate; readonly any: ReportedEstimate };

/** What became of a cohort, or of several, at a wave. Its JSON is a contract. */
export type Report = ReportScope & {
  readonly people: ReportPeople;
  readonly rates: ReportRates;
  /** By the id of each track that the programme tells apart, in their order. */
  readonly tracks: Readonly<Record<Track, TrackEstimates>>;
  readonly seeking: ReportedEstimate;
  readonly onBreak: ReportedEstimate;
  /** By the kind of the main activity, known wherever there is one, its track clear or not; `job_search` and `career_break` are those who do nothing else. */
  readonly kinds: Readonly<Record<Kind, ReportedEstimate>>;
  readonly moves: readonly Move[];
  /** Null where nobody was asked at the end, and never told to the public. */
  readonly planned: PlansReport | null;
  readonly influence: InfluenceReport;
  readonly thirdParty: ThirdPartyReport;
  readonly predictions: readonly ReportedPrediction[];
  /** On a public report: people who have answered anew since it was taken, and whose answers are not in it yet. */
  readonly newAnswers?: number;
};

/** Draws the report from everybody counted, with every number in it; see `hideSmallCells` for what the public may see of it. */
export function finishReport(tally: Tally, predictions: readonly ReportedPrediction[]): Report {
  const people = peopleOf(tally);
  const estimated = (counted: ClassTally) => estimateOf(counted, people);
  return {
    ...tally.scope,
    people,
    rates: ratesOf(tally, people),
    tracks: Object.fromEntries(
      [...tally.tracks].map(([track, { main, any }]) => [track, { main: estimated(main), any: estimated(any) }]),
    ),
    seeking: estimated(tally.kinds.job_search),
    onBreak: estimated(tally.kinds.career_break),
    kinds: mapKeys(KINDS, (kind) => estimated(tally.kinds[kind])),
    moves: movesOf(tally, tally.moves),
    planned: plansOf(tally),
    influence: influenceOf(tally),
    thirdParty: thirdPartyOf(tally),
    predictions,
  };
}

/** The track that is told of in sentences: capabilities, where a programme tells it apart, else the one with most people in it. */
export function trackInWords({ tracks }: Pick<Report, 'tracks'>): { readonly track: Track } & TrackEstimates {
  const all = Object.entries(tracks).map(([track, each]) => ({ track, ...each }));
  const most = all.reduce((one, other) => ((other.main.count ?? 0) > (one.main.count ?? 0) ? other : one));
  return all.find(({ track }) => track === 'capabilities') ?? most;
}

function mapKeys<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}

function peopleOf({ groups, asked, confirmed, shown, carriedForward }: Tally): ReportPeople {
  const roster = Object.values(groups).reduce((sum, people) => sum + people, 0);
  return { roster, ...groups, asked, confirmed, shown, carriedForward };
}

function estimateOf({ known, count }: ClassTally, { roster, answered, partial }: ReportPeople): Estimate {
  return roster === 0 ? NOBODY : estimate({ roster, known, count, unclear: answered + partial - known });
}

function ratesOf({ ofAsked, knownBySource }: Tally, people: ReportPeople): ReportRates {
  const { roster, asked, answered, partial, refused } = people;
  const over = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    rr1: over(answered, roster),
    rr2: over(answered + partial, roster),
    rr1Asked: over(ofAsked.answered, asked),
    rr2Asked: over(ofAsked.answered + ofAsked.partial, asked),
    coop1: over(answered, answered + partial + refused),
    ref1: over(refused, roster),
    knowledge: over(knownBySource, roster),
  };
}

/** In the order of the tracks, so that the same people always give the same report. */
const placesOf = ({ tracks }: Tally): readonly Place[] => [...tracks.keys(), 'seeking', 'on_break'];

function movesOf(tally: Tally, moves: Tally['moves']): readonly Move[] {
  const places = placesOf(tally);
  return places.flatMap((from) =>
    places.map((to) => ({ from, to, people: moves.get(from)?.get(to) ?? 0 })).filter(({ people }) => people > 0),
  );
}

function plansOf(tally: Tally): PlansReport | null {
  const moves = movesOf(tally, tally.plans);
  if (moves.length === 0) return null;
  const sum = (some: readonly Move[]) => some.reduce((total, { people }) => total + people, 0);
  return { people: sum(moves), asPlanned: sum(moves.filter(({ from, to }) => from === to)), moves };
}

function thirdPartyOf(tally: Tally): ThirdPartyReport {
  const { people, alone, places } = tally.entered;
  const all = [...placesOf(tally), 'unclear'].map((place) => ({ place, people: places.get(place) ?? 0 }));
  return { people, alone, places: all.filter((each) => each.people > 0) };
}

function influenceOf({ ratings, channels }: Tally): InfluenceReport {
  const n = ratings.reduce((sum, people) => sum + people, 0);
  const total = ratings.reduce((sum, people, place) => sum + people * (place + 1), 0);
  return { ratings: { n, mean: n === 0 ? null : total / n, counts: [...ratings] }, channels: { ...channels } };
}
