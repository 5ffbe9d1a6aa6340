import { Temporal } from 'temporal-polyfill';
import { probabilityAmongUnknown } from './beta-binomial.js';
import type { Track } from './career-update.js';
import { type Bounds, boundsOf, type Counts } from './estimate.js';
import { leastWhere } from './hypergeometric.js';
import type { ClassScope } from './main-activity.js';
import { fail, ok, type Result } from './result.js';

export type Comparator = 'less_than' | 'more_than';
export type PredictedClass = { readonly track: Track; readonly scope: ClassScope };

/** What is claimed of the share of a roster: strictly less, or strictly more, than the threshold (0 to 1). */
export type Claim = { readonly comparator: Comparator; readonly threshold: number };

/** Whether the author could have known the answer. */
export type SeenData = {
  /** By the author's own word. */
  readonly declared: boolean;
  /** Answers stored for that wave, and reports of it that the author had opened, when the prediction was made. */
  readonly computed: { readonly answers: number; readonly reportsOpened: number };
};

/** An organiser's forecast as it was registered; it never changes. Hashes are hexadecimal, see `entryHash`. */
export type Prediction = Claim & {
  readonly id: string;
  readonly text: string | null;
  readonly author: string;
  readonly cohorts: readonly string[];
  /** People on the roster at registration; who they were is in the commitment, see `memberCommitment`. */
  readonly roster: number;
  readonly memberCommitment: string;
  readonly class: PredictedClass;
  readonly waveMonths: number;
  /** The author's, from 0 to 1, that the claim turns out true. */
  readonly probability: number;
  /** ISO day on which it is resolved. */
  readonly closesOn: string;
  readonly seenData: SeenData;
  readonly codebookVersion: string;
  readonly readerVersion: string;
  /** ISO instant. */
  readonly createdAt: string;
  readonly previousHash: string;
  readonly hash: string;
};

/** A change of mind, written beside a prediction: what it is scored on stays as it was. Instants are ISO. */
export type Amendment = {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly probability: number | null;
  readonly text: string | null;
  readonly reason: string | null;
  /** Answers of that wave that were stored by then. */
  readonly answers: number;
  readonly hash: string;
};

/** The end of a prediction before it was resolved. */
export type Withdrawal = Pick<Amendment, 'id' | 'at' | 'by' | 'reason' | 'answers' | 'hash'>;

export type Outcome = 'true' | 'false' | 'undecided';

/** What the headline records say about a claim. */
export type Resolution = {
  readonly outcome: Outcome;
  readonly bounds: Bounds;
  /** While undecided: the fewest further answers that would settle it if all fell one way. */
  readonly moreAnswersNeeded: number | null;
  /** While undecided: how many would make it true if all fell that way, and how many false. */
  readonly toSettle: { readonly asTrue: number; readonly asFalse: number } | null;
  /** That the claim is true if the unknown are like the rest; null where nothing is known. */
  readonly probabilityIfAlike: number | null;
};

/** A prediction as a report shows it. `outcome` is null until it is resolved; a hidden one has nulls for what would tell counts. */
export type ReportedPrediction = Claim &
  Pick<Prediction, 'id' | 'text' | 'author' | 'class' | 'waveMonths' | 'probability' | 'closesOn'> & {
    readonly outcome: Outcome | null;
    /** What it was resolved on. */
    readonly counts: Counts | null;
    readonly bounds: Bounds | null;
    readonly moreAnswersNeeded: number | null;
    readonly toSettle: Resolution['toSettle'];
    readonly probabilityIfAlike: number | null;
    /** Of the probability given, once decided. */
    readonly score: Score | null;
    /** Resolved; an `outcome` of null is then one that is not told. */
    readonly hidden?: true;
  };

/** A prediction as a report shows it; `resolution` null: still open. */
export function reported(
  prediction: Omit<ReportedPrediction, keyof Resolution | 'score' | 'counts'>,
  resolution: (Resolution & { readonly counts: Counts }) | null,
): ReportedPrediction {
  const { id, text, author, class: predicted, comparator, threshold, waveMonths, probability, closesOn } = prediction;
  const outcome = resolution?.outcome ?? null;
  return {
    id,
    text,
    author,
    class: predicted,
    comparator,
    threshold,
    waveMonths,
    probability,
    closesOn,
    outcome,
    counts: resolution?.counts ?? null,
    bounds: resolution?.bounds ?? null,
    moreAnswersNeeded: resolution?.moreAnswersNeeded ?? null,
    toSettle: resolution?.toSettle ?? null,
    probabilityIfAlike: resolution?.probabilityIfAlike ?? null,
    score: outcome === 'true' || outcome === 'false' ? score(probability, outcome) : null,
  };
}

const isProvenTrue = ({ comparator, threshold }: Claim, { low, high }: Bounds) =>
  comparator === 'less_than' ? high < threshold : low > threshold;
const isProvenFalse = ({ comparator, threshold }: Claim, { low, high }: Bounds) =>
  comparator === 'less_than' ? low >= threshold : high <= threshold;

/** Decides a claim where the bounds lie wholly on one side of its threshold, and else says what is missing. The counts must make sense, see `estimateProblems`. */
export function resolve(claim: Claim, counts: Counts): Resolution {
  const bounds = boundsOf(counts);
  const outcome = isProvenTrue(claim, bounds) ? 'true' : isProvenFalse(claim, bounds) ? 'false' : 'undecided';
  const toSettle = outcome === 'undecided' ? answersToSettle(claim, counts) : null;
  return {
    outcome,
    bounds,
    moreAnswersNeeded: toSettle && Math.min(toSettle.asTrue, toSettle.asFalse),
    toSettle,
    probabilityIfAlike: probabilityIfAlike(claim, counts),
  };
}

function answersToSettle(claim: Claim, { roster, known, count }: Counts): { readonly asTrue: number; readonly asFalse: number } {
  const after = (answers: number, inClass: boolean) =>
    boundsOf({ roster, known: known + answers, count: count + (inClass ? answers : 0) });
  const trueIfInClass = claim.comparator === 'more_than';
  return {
    asTrue: leastWhere(1, roster - known, (answers) => isProvenTrue(claim, after(answers, trueIfInClass))),
    asFalse: leastWhere(1, roster - known, (answers) => isProvenFalse(claim, after(answers, !trueIfInClass))),
  };
}

function probabilityIfAlike(claim: Claim, { roster, known, count }: Counts): number | null {
  if (known === 0) return null;
  const unknown = roster - known;
  const share = (more: number) => (count + more) / roster;
  if (claim.comparator === 'less_than') {
    const tooMany = leastWhere(0, unknown + 1, (more) => more > unknown || share(more) >= claim.threshold);
    return probabilityAmongUnknown({ unknown, known, count }, 0, tooMany - 1);
  }
  const enough = leastWhere(0, unknown + 1, (more) => more > unknown || share(more) > claim.threshold);
  return probabilityAmongUnknown({ unknown, known, count }, enough, unknown);
}

/** `brier` runs from 0 (best) to 1, `log` from 0 (best) downwards; null where it has no bound: said to be impossible, and it happened. */
export type Score = { readonly brier: number; readonly log: number | null };

/** Brier (1950), for the one event: (p - o)^2; and the logarithmic score of Good (1952): ln of the probability given to what happened. */
export function score(probability: number, outcome: 'true' | 'false'): Score {
  const given = outcome === 'true' ? probability : 1 - probability;
  return { brier: (1 - given) ** 2, log: given === 0 ? null : Math.log(given) };
}

/** Mean scores over the decided; null where there are none, and `log` also where one of them has no bound. */
export type Scoreboard = {
  readonly decided: number;
  readonly of: number;
  readonly brier: number | null;
  readonly log: number | null;
};

/** Scores what has been decided, out of all predictions given: those still open, and those that stayed undecided, count in `of` alone. */
export function scoreboard(
  predictions: readonly { readonly probability: number; readonly outcome: Outcome | null }[],
): Scoreboard {
  const scores = predictions.flatMap(({ probability, outcome }) =>
    outcome === 'true' || outcome === 'false' ? [score(probability, outcome)] : [],
  );
  const mean = (values: readonly (number | null)[]) => {
    const bounded = values.filter((value) => value !== null);
    return bounded.length < values.length || values.length === 0
      ? null
      : bounded.reduce((sum, value) => sum + value, 0) / bounded.length;
  };
  return {
    decided: scores.length,
    of: predictions.length,
    brier: mean(scores.map(({ brier }) => brier)),
    log: mean(scores.map(({ log }) => log)),
  };
}

/** Reads `10%`, `0.1` or `10` (above 1, a bare number means percent) as a share from 0 to 1. */
export function parseShare(text: string): Result<number, string> {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(%?)$/.exec(text.trim());
  const digits = match?.[1];
  if (digits === undefined) return fail(`"${text}" is not a share: write it as 10% or 0.1`);
  const isPercent = match?.[2] === '%' || Number(digits) > 1;
  // the decimal point is moved in the text, since 33.3 / 100 is not the double nearest to 0.333
  const share = Number(isPercent ? `${digits}e-2` : digits);
  return share <= 1 ? ok(share) : fail(`"${text}" is more than 100%`);
}

/** Reads how sure somebody is. Never quite: who says so and is wrong has a score without bounds. */
export function parseProbability(text: string): Result<number, string> {
  const share = parseShare(text);
  if (!share.ok) return share;
  return isProbability(share.value)
    ? share
    : fail(`"${text}" leaves no room for being wrong, and its score could have no bounds: write 1% or 99%`);
}

export const isProbability = (value: number): boolean => value > 0 && value < 1;

/** Reads a threshold; one that no share could ever be beyond is refused. */
export function parseThreshold(comparator: Comparator, text: string): Result<number, string> {
  const share = parseShare(text);
  if (!share.ok) return share;
  if (comparator === 'less_than' && share.value === 0) return fail('nothing is less than 0%: choose a threshold above 0');
  if (comparator === 'more_than' && share.value === 1) return fail('nothing is more than 100%: choose a threshold below 100%');
  return share;
}

/** Why a close date (ISO day) cannot stand; null where it can. `lapsesOn`: the day on which the last question of that wave lapses. */
export function closeDateProblem(dates: {
  readonly closesOn: string;
  readonly lapsesOn: string;
  readonly today: string;
}): string | null {
  const { closesOn, lapsesOn, today } = dates;
  if (!isDay(closesOn)) return `"${closesOn}" is not a day: write it as 2027-03-31`;
  if (closesOn < lapsesOn)
    return `the prediction cannot close on ${closesOn}: answers for that wave are awaited until ${lapsesOn}, so close it then or later`;
  return closesOn <= today ? `${closesOn} is not in the future: a prediction must be made before it closes` : null;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}
