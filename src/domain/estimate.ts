import { hypergeometricInterval } from './hypergeometric.js';

/** What an estimate starts from, in people. */
export type Counts = {
  /** Distinct people on the roster, whatever became of them. */
  readonly roster: number;
  /** Of the roster: those of whom it is known whether they are in the class. */
  readonly known: number;
  /** Of the known: those in the class. */
  readonly count: number;
  /** Of the unknown: those who answered, but not clearly enough. */
  readonly unclear?: number;
};

export type Bounds = { readonly low: number; readonly high: number };
/** In people, and as shares of the roster. */
export type Interval = { readonly low: number; readonly high: number; readonly shareLow: number; readonly shareHigh: number };
/** The share of the roster if the unknown are `ratio` times as likely to be in the class as the known. */
export type Sensitivity = { readonly ratio: number; readonly share: number | null };

/** A count with all that can honestly be said about the whole roster from it. Shares run from 0 to 1. */
export type Estimate = Counts & {
  /** Share of the known; null where nothing is known. */
  readonly share: number | null;
  /** Shares of the roster that hold whatever the unknown do; null where nobody is on the roster. */
  readonly bounds: Bounds | null;
  /** 95 %, if the unknown are like the rest; null where nothing is known. */
  readonly interval: Interval | null;
  readonly sensitivity: readonly Sensitivity[];
};

/** An estimate that an audience may not see. */
export type HiddenEstimate = {
  readonly hidden: true;
  readonly roster: number;
  readonly known: null;
  readonly count: null;
  readonly unclear: null;
  readonly share: null;
  /** Those of any number from 1 to `fewerThan` - 1; null where even that would tell too much. */
  readonly bounds: Bounds | null;
  readonly interval: null;
  readonly sensitivity: readonly { readonly ratio: number; readonly share: null }[];
  /** There is somebody in the class, and fewer people than this; null where nothing is told. */
  readonly fewerThan: number | null;
};
export type ReportedEstimate = Estimate | HiddenEstimate;

const RATIOS = [0.5, 2, 3] as const;
const MOST_PEOPLE = 10_000_000_000;

/** Everything wrong with the counts, in words for whoever typed them; empty where they make sense. */
export function estimateProblems({ roster, known, count, unclear }: Counts): readonly string[] {
  const entries = Object.entries({ roster, known, count, ...(unclear === undefined ? {} : { unclear }) });
  const notCounts = entries.filter(([, value]) => !Number.isSafeInteger(value) || value < 0);
  if (notCounts.length > 0)
    return notCounts.map(([name, value]) => `${name} must be a whole number of people, 0 or more, not ${value}`);
  const problems: string[] = [];
  if (roster === 0) problems.push('roster must be at least 1: there is nobody to estimate anything of');
  if (roster > MOST_PEOPLE) problems.push(`roster must be at most ${MOST_PEOPLE}: there are no more people`);
  if (known > roster) problems.push(`known (${known}) cannot be more than roster (${roster})`);
  if (count > known) problems.push(`count (${count}) cannot be more than known (${known})`);
  if (known <= roster && known + (unclear ?? 0) > roster)
    problems.push(`known and unclear together (${known + (unclear ?? 0)}) cannot be more than roster (${roster})`);
  return problems;
}

/**
 * What `count` of `known` says about `roster` people: bounds that need only the records to be right (Manski, "Partial Identification of Probability
 * Distributions": m/N to (m + N - n)/N), the exact hypergeometric interval, and what other assumptions about the unknown would give.
 * Throws a RangeError on counts that `estimateProblems` finds fault with.
 */
export function estimate(counts: Counts): Estimate {
  const problems = estimateProblems(counts);
  if (problems.length > 0) throw new RangeError(problems.join('; '));
  const { roster, known, count, unclear } = counts;
  return {
    roster,
    known,
    count,
    ...(unclear === undefined ? {} : { unclear }),
    share: known === 0 ? null : count / known,
    bounds: boundsOf(counts),
    interval: known === 0 ? null : intervalOf(counts),
    sensitivity: RATIOS.map((ratio) => ({ ratio, share: shareIfRatio(counts, ratio) })),
  };
}

/** The shares of the roster that remain possible whatever the unknown do. */
export function boundsOf({ roster, known, count }: Counts): Bounds {
  return { low: count / roster, high: (count + roster - known) / roster };
}

function intervalOf(counts: Counts): Interval {
  const { low, high } = hypergeometricInterval(counts);
  return { low, high, shareLow: low / counts.roster, shareHigh: high / counts.roster };
}

function shareIfRatio({ roster, known, count }: Counts, ratio: number): number | null {
  if (count === 0) return null;
  return (count + (roster - known) * Math.min(1, (ratio * count) / known)) / roster;
}

/** The estimate for a roster with nobody on it, as a report of an empty cohort shows it. */
export const NOBODY: Estimate = {
  roster: 0,
  known: 0,
  count: 0,
  unclear: 0,
  share: null,
  bounds: null,
  interval: null,
  sensitivity: RATIOS.map((ratio) => ({ ratio, share: null })),
};

/** What is left of an estimate for those who may not see it; of a small one, that it is small. */
export function hideEstimate(
  { roster }: Pick<Counts, 'roster'>,
  small: { readonly k: number; readonly known: number } | null = null,
): HiddenEstimate {
  return {
    hidden: true,
    roster,
    known: null,
    count: null,
    unclear: null,
    share: null,
    bounds: small && { low: 1 / roster, high: Math.min(roster, small.k - 1 + roster - small.known) / roster },
    interval: null,
    sensitivity: RATIOS.map((ratio) => ({ ratio, share: null })),
    fewerThan: small?.k ?? null,
  };
}

export function isHidden(each: ReportedEstimate): each is HiddenEstimate {
  return 'hidden' in each;
}
