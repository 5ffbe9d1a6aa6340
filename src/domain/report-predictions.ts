import type { ReportedPrediction } from './prediction.js';
import { hasPercent, percentWords } from './report-estimate.js';
import { wrapped } from './report-layout.js';
import { claimWords, inTrack, waveWords } from './report-words.js';
import { unreachable } from './result.js';
import { dayInWords } from './wording.js';

/** Each prediction with what has become of it. */
export function predictionLines(predictions: readonly ReportedPrediction[]): readonly string[] {
  if (predictions.length === 0) return [];
  return ['PREDICTIONS', ...predictions.flatMap((each) => [...wrapped(claimLine(each)), ...wrapped(outcomeLine(each), 4)])];
}

/** What is claimed, by whom and how surely, in a sentence. */
export function claimLine(each: ReportedPrediction): string {
  const words = each.text === null ? '' : ` “${each.text}”`;
  return `${each.author}, ${percentWords(each.probability)} sure: ${claimWords(each, each.class)}, ${waveWords(each.waveMonths)}.${words}`;
}

/** What the answers say about a prediction, in a sentence or two. */
export function outcomeLine(each: ReportedPrediction): string {
  const { outcome } = each;
  if (each.hidden && outcome === null)
    return 'Resolved. How it came out is not shown to the public: it could tell of single people.';
  const range = rangeOf(each);
  switch (outcome) {
    case null:
      return `Open until ${dayInWords(each.closesOn)}.`;
    case 'true':
      return `True.${range}${scoreWords(each)}`;
    case 'false':
      return `False.${range}${scoreWords(each)}`;
    case 'undecided':
      return `Undecided.${range}${settleWords(each)}`;
    default:
      return unreachable(outcome);
  }
}

/** Of fewer than five people known there is no percentage, but people of the roster. */
function rangeOf({ bounds, counts }: ReportedPrediction): string {
  if (bounds === null) return '';
  if (counts === null || hasPercent(counts)) return ` The share is ${rangeWords(bounds.low, bounds.high)}.`;
  const { roster, known, count } = counts;
  const most = count + roster - known;
  return most === count
    ? ` That is ${count} of ${roster} people.`
    : ` That is ${count} to ${most} of ${roster} people, whatever the unknown do.`;
}

function rangeWords(low: number, high: number): string {
  if (low === high) return percentWords(low);
  const range = low === 0 ? `at most ${percentWords(high)}` : `between ${percentWords(low)} and ${percentWords(high)}`;
  return `${range}, whatever the unknown do`;
}

/** The Brier score (1950) of the one forecast. */
function scoreWords({ score }: ReportedPrediction): string {
  return score === null ? '' : ` Brier score ${score.brier.toFixed(2)}: 0 is best, 0.25 what a coin gets.`;
}

function settleWords({
  comparator,
  class: predicted,
  toSettle,
  moreAnswersNeeded,
  probabilityIfAlike,
  counts,
}: ReportedPrediction): string {
  const alike =
    probabilityIfAlike === null
      ? ''
      : ` If the unknown are like the rest, it is true with a probability of ${counts === null || hasPercent(counts) ? percentWords(probabilityIfAlike) : probabilityIfAlike.toFixed(2)}.`;
  if (toSettle === null) return alike;
  const isAbove = comparator === 'more_than';
  const within = `${isAbove ? toSettle.asTrue : toSettle.asFalse} ${inTrack(predicted.track)} would make it ${isAbove}`;
  const elsewhere = `${isAbove ? toSettle.asFalse : toSettle.asTrue} elsewhere would make it ${!isAbove}`;
  const answers = moreAnswersNeeded === 1 ? 'answer' : 'answers';
  return ` It takes at least ${moreAnswersNeeded} more ${answers} to settle it: ${within}, ${elsewhere}.${alike}`;
}
