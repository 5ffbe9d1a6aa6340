/**
 * A distribution on the whole numbers from `low` to `high`, told by how each probability follows from the one before:
 * `ratio(x)` is P(x + 1) / P(x). It rises to `mode` and falls after it.
 */
export type Ladder = {
  readonly low: number;
  readonly high: number;
  readonly mode: number;
  readonly ratio: (x: number) => number;
};

/** Against the mass counted so far, a rung this small (and so all beyond it) changes no digit of a double. */
const NEGLIGIBLE = 1e-24;

/**
 * P(from <= X <= to). Climbs down both sides of the mode and divides by all it met, so that no factorial is needed,
 * nothing overflows, and a distribution over a million people takes some thousand steps.
 */
export function massBetween({ low, high, mode, ratio }: Ladder, from: number, to: number): number {
  const isInside = (x: number) => x >= from && x <= to;
  let all = 1;
  let inside = isInside(mode) ? 1 : 0;
  const count = (x: number, mass: number): boolean => {
    all += mass;
    if (isInside(x)) inside += mass;
    return mass > all * NEGLIGIBLE;
  };
  let mass = 1;
  for (let x = mode + 1; x <= high; x++) {
    mass *= ratio(x - 1);
    if (!count(x, mass)) break;
  }
  mass = 1;
  for (let x = mode - 1; x >= low; x--) {
    mass /= ratio(x);
    if (!count(x, mass)) break;
  }
  return inside / all;
}

/** How many of `drawn` people, taken from `all` without putting back, are among the `marked` ones. */
export type Draw = { readonly all: number; readonly marked: number; readonly drawn: number };

function hypergeometric({ all, marked, drawn }: Draw): Ladder {
  const low = Math.max(0, drawn + marked - all);
  const high = Math.min(drawn, marked);
  const mode = Math.floor((drawn + 1) * ((marked + 1) / (all + 2)));
  return {
    low,
    high,
    mode: Math.min(high, Math.max(low, mode)),
    ratio: (x) => ((marked - x) / (x + 1)) * ((drawn - x) / (all - marked - drawn + x + 1)),
  };
}

/** P(X <= x). */
export const atMost = (draw: Draw, x: number): number => massBetween(hypergeometric(draw), 0, x);
/** P(X >= x). */
export const atLeast = (draw: Draw, x: number): number => massBetween(hypergeometric(draw), x, draw.drawn);

/** The least whole number from `low` to `high` of which `holds`, given that it holds of `high` and of all after the first. */
export function leastWhere(low: number, high: number, holds: (x: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Half of the 5 % by which a 95 % interval may err. */
const HALF_ALPHA = 0.025;
/** Rounding must not turn a tie (1 in 40 is exactly a 2.5 % chance) into "more than": sums here are good to some 1e-13. */
const exceedsHalfAlpha = (probability: number) => probability > HALF_ALPHA * (1 + 1e-11);

/**
 * The exact 95 % interval for the number M of `roster` people who are in a class when `count` of the `known` are, should the known be a fair draw:
 * all M from `count` to `roster - (known - count)` with P(X >= count | M) and P(X <= count | M) both above 2.5 %, X hypergeometric
 * (the test inverted as in R's samplingbook, Sprop, but strictly: that package ends one person wider on each side).
 */
export function hypergeometricInterval(counts: { readonly roster: number; readonly known: number; readonly count: number }): {
  readonly low: number;
  readonly high: number;
} {
  const { roster, known, count } = counts;
  const most = roster - (known - count);
  const draw = (marked: number): Draw => ({ all: roster, marked, drawn: known });
  const low = leastWhere(count, most, (marked) => exceedsHalfAlpha(atLeast(draw(marked), count)));
  const tooMany = leastWhere(count, most + 1, (marked) => marked > most || !exceedsHalfAlpha(atMost(draw(marked), count)));
  return { low, high: tooMany - 1 };
}
