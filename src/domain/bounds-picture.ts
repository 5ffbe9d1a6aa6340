import type { Picture } from './pictures.js';
import type { ReportedPrediction } from './prediction.js';
import { claimWords, inTrack } from './report-words.js';
import { dayInWords } from './wording.js';

/** What was known of a prediction's list by the end of a day. `day` is ISO. */
export type BoundsPoint = { readonly day: string; readonly roster: number; readonly known: number; readonly count: number };

/**
 * How the bounds of a prediction closed in on its threshold. In people of the list, so that a small one is given no percentage;
 * null before anything can be drawn.
 */
export function boundsPicture(prediction: ReportedPrediction, points: readonly BoundsPoint[]): Picture | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last || last.roster === 0) return null;
  const { author, comparator, class: predicted, closesOn } = prediction;
  const { roster } = last;
  const threshold = prediction.threshold * roster;
  const side = comparator === 'less_than' ? 'fewer' : 'more';
  return {
    kind: 'bounds',
    title: `Prediction ${prediction.id}: ${claimWords(prediction, predicted)}`,
    subtitle: `${author}; closes on ${dayInWords(closesOn)}. The band is what is possible, whatever the unknown do`,
    roster,
    threshold,
    thresholdLabel: `${side} than ${numberWords(threshold)} of ${roster} makes it true`,
    isTrueBelow: comparator === 'less_than',
    points: points.map(({ day, known, count }) => ({ day, low: count, high: count + roster - known })),
    alt: [
      `How many of ${roster} people can be ${inTrack(predicted.track)}, over time; ${side} than ${numberWords(threshold)} makes the prediction true.`,
      ...points.map(({ day, known, count }) => `${dayInWords(day)}: ${rangeWords(count, count + roster - known)}.`),
    ].join(' '),
  };
}

const numberWords = (people: number) => `${Number(people.toFixed(1))}`;
const rangeWords = (low: number, high: number) => (low === high ? `${low}` : `${low} to ${high}`);
