import { type Ladder, massBetween } from './hypergeometric.js';

/**
 * How many of `unknown` people are in a class of which `count` of `known` are, if the unknown are like the rest: beta-binomial,
 * the posterior predictive under a uniform prior (Beta(1, 1)); Gelman et al., "Bayesian Data Analysis", ch. 2.
 */
export type UnknownPeople = { readonly unknown: number; readonly known: number; readonly count: number };

function betaBinomial({ unknown, known, count }: UnknownPeople): Ladder {
  const inClass = count + 1;
  const outside = known - count + 1;
  const mode = known === 0 ? 0 : Math.ceil((unknown * count - (known - count)) / known);
  return {
    low: 0,
    high: unknown,
    mode: Math.min(unknown, Math.max(0, mode)),
    ratio: (x) => ((unknown - x) / (x + 1)) * ((x + inClass) / (unknown - x - 1 + outside)),
  };
}

/** P(from <= the number of the unknown in the class <= to). */
export function probabilityAmongUnknown(people: UnknownPeople, from: number, to: number): number {
  return massBetween(betaBinomial(people), from, to);
}
