import type { ReportedPrediction } from './prediction.js';
import { percentWords } from './report-estimate.js';
import { wrapped } from './report-layout.js';
import { claimWords, waveWords } from './report-words.js';
import { unreachable } from './result.js';
import { dayInWords } from './wording.js';

/** Each prediction with what has become of it. */
export function predictionLines(predictions: readonly ReportedPrediction[]): readonly string[] {
  if (predictions.length === 0) return [];
  return ['PREDICTIONS', ...predictions.flatMap((each) => [...wrapped(claimLine(each)), ...wrapped(outcomeLine(each), 4)])];
}

function claimLine(each: ReportedPrediction): string {
  const words = each.text === null ? '' : ` “${each.text}”`;
  return `${each.author}, ${percentWords(each.probability)} sure: ${claimWords(each, each.class)}, ${waveWords(each.waveMonths)}.${words}`;
}

/** What the answers say about a prediction, in a sentence or two. */
export function outcomeLine(each: ReportedPrediction): string {
  const { outcome, bounds } = each;
  const range = bounds === null ? '' : ` The share is ${rangeWords(bounds.low, bounds.high)}.`;
  switch (outcome) {
    case null:
      return `Open until ${dayInWords(each.closesOn)}.`;
    case 'true':
      return `True.${range}`;
    case 'false':
      return `False.${range}`;
    case 'undecided':
      return `Undecided.${range}${settleWords(each)}`;
    default:
      return unreachable(outcome);
  }
}

function rangeWords(low: number, high: number): string {
  if (low === high) return percentWords(low);
  const range = low === 0 ? `at most ${percentWords(high)}` : `between ${percentWords(low)} and ${percentWords(high)}`;
  return `${range}, whatever the unknown do`;
}

function settleWords({ moreAnswersNeeded, probabilityIfAlike }: ReportedPrediction): string {
  const more = moreAnswersNeeded;
  const settle =
    more === null
      ? ''
      : more === 1
        ? ' It takes at least 1 more answer to settle it.'
        : ` It takes at least ${more} more answers, all falling one way, to settle it.`;
  const alike =
    probabilityIfAlike === null
      ? ''
      : ` If the unknown are like the rest, it is true with a probability of ${percentWords(probabilityIfAlike)}.`;
  return settle + alike;
}
