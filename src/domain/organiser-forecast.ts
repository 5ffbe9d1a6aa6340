import { isDay } from './iso-day.js';
import { type Comparator, type PredictedClass, parseProbability, parseThreshold } from './prediction.js';
import { fail, ok, type Result } from './result.js';

/** A prediction as it was typed, with everything in it readable. */
export type Forecast = {
  readonly cohorts: readonly string[];
  readonly waveMonths: number;
  /** Its track as it was typed: which there are depends on the programme. */
  readonly class: PredictedClass;
  readonly comparator: Comparator;
  readonly threshold: number;
  readonly probability: number;
  readonly closesOn: string;
  readonly author: string | null;
  readonly text: string | null;
  readonly seenData: boolean;
};

/** The same before anything of it is read. */
export type TypedForecast = {
  readonly cohorts: readonly string[];
  readonly wave: string;
  readonly track: string;
  readonly scope: PredictedClass['scope'];
  readonly comparator: Comparator;
  readonly share: string;
  readonly probability: string;
  readonly closes: string;
  readonly author: string | null;
  readonly text: string | null;
  readonly seenData: boolean;
};

export type ForecastField = 'wave' | 'share' | 'probability' | 'closes';
export type ForecastProblem = { readonly field: ForecastField; readonly message: string };

/** The forecast, or all that is wrong with it, each in a sentence. */
export function readForecast(typed: TypedForecast): Result<Forecast, readonly ForecastProblem[]> {
  const { comparator } = typed;
  const waveMonths = readMonths(typed.wave);
  const threshold = parseThreshold(comparator, typed.share);
  const probability = parseProbability(typed.probability);
  const closesOn = isDay(typed.closes) ? ok(typed.closes) : fail(`“${typed.closes}” is not a day: write it as 2024-08-31`);
  if (!waveMonths.ok || !threshold.ok || !probability.ok || !closesOn.ok) {
    const read = { wave: waveMonths, share: threshold, probability, closes: closesOn };
    const problems = Object.entries(read).flatMap(([field, each]) =>
      each.ok ? [] : [{ field: field as ForecastField, message: sentence(each.error) }],
    );
    return fail(problems);
  }
  return ok({
    cohorts: typed.cohorts,
    waveMonths: waveMonths.value,
    class: { track: typed.track.trim(), scope: typed.scope },
    comparator,
    threshold: threshold.value,
    probability: probability.value,
    closesOn: closesOn.value,
    author: typed.author,
    text: typed.text,
    seenData: typed.seenData,
  });
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** A wave as it is typed. */
export const readMonths = (text: string): Result<number, string> =>
  /^\d{1,3}$/.test(text) ? ok(Number(text)) : fail(`“${text}” is not a wave: write the months after the end, such as 6.`);
