import { positionOf } from '../../src/domain/main-activity.js';
import type { ReadActivity } from '../../src/reading/activities.js';
import { likelihood, signsOf } from '../../src/reading/confidence.js';
import type { Labelled } from '../train/labelled.js';
import { minimise } from '../train/minimise.js';
import { type Share, share } from './figures.js';
import { samePlace } from './people.js';

/** What the reader had to go by in one reply, and whether what it then said of the person was right. */
export type Sureness = {
  readonly writer: string;
  readonly signs: readonly number[];
  readonly kind: boolean;
  readonly track: boolean;
};
export type Field = 'kind' | 'track';

export type Calibration = {
  readonly bins: readonly { readonly from: number; readonly said: number; readonly right: number; readonly of: number }[];
  /** Expected calibration error in points: how far the said is from the right, over ten bins weighted by their people. */
  readonly error: number;
  /** People of whom it says 0.9 or more; and how many of them it is right about. */
  readonly sure: Share;
  readonly rightWhenSure: Share;
};

/** Null where nothing was read: such a card is empty and says nothing that could be wrong. */
export function surenessOf(writer: string, { gold }: Labelled, read: readonly ReadActivity[]): Sureness | null {
  const signs = signsOf(read);
  if (!signs) return null;
  const activities = read.map(({ activity }) => activity);
  return {
    writer,
    signs,
    kind: positionOf(activities).kind === positionOf(gold.activities).kind,
    track: samePlace(activities, gold.activities),
  };
}

const L2 = 2;

/** Logistic weights of the signs. */
export function fitted(all: readonly Sureness[], field: Field): readonly number[] {
  const size = all[0]?.signs.length ?? 0;
  const weights = minimise(
    (at, gradient) => {
      let sum = 0;
      for (let i = 0; i < size; i++) {
        const own = i === 0 ? 0 : (at[i] as number);
        sum += L2 * own * own;
        gradient[i] = 2 * L2 * own;
      }
      for (const { signs, [field]: isRight } of all) {
        const score = signs.reduce((total, sign, i) => total + sign * (at[i] as number), 0);
        const p = 1 / (1 + Math.exp(-score));
        sum -= Math.log(Math.max(isRight ? p : 1 - p, 1e-12));
        for (const [i, sign] of signs.entries()) gradient[i] = (gradient[i] as number) + (p - (isRight ? 1 : 0)) * sign;
      }
      return sum;
    },
    new Float64Array(size),
    200,
    1e-9,
  );
  return [...weights].map((weight) => Number(weight.toFixed(3)));
}

/** How far confidence can be believed in a writer that neither the weights nor the confidence were fitted to. */
export function calibrationOf(all: readonly Sureness[], field: Field): Calibration {
  const writers = [...new Set(all.map(({ writer }) => writer))];
  const said = writers.flatMap((writer) => {
    const weights = fitted(
      all.filter((each) => each.writer !== writer),
      field,
    );
    return all
      .filter((each) => each.writer === writer)
      .map((each) => ({ confidence: likelihood(each.signs, weights), isRight: each[field] }));
  });
  const bins = Array.from({ length: 10 }, (_, bin) => {
    const own = said.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    const mean = own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length;
    return { from: bin / 10, said: mean, right: own.filter(({ isRight }) => isRight).length / own.length, of: own.length };
  }).filter(({ of }) => of > 0);
  const sure = said.filter(({ confidence }) => confidence >= 0.9);
  return {
    bins,
    error: (100 * bins.reduce((sum, { said, right, of }) => sum + of * Math.abs(said - right), 0)) / said.length,
    sure: share(sure.length, said.length),
    rightWhenSure: share(sure.filter(({ isRight }) => isRight).length, sure.length),
  };
}
