import {
  type Bounds,
  type Counts,
  type Estimate,
  type HiddenEstimate,
  type Interval,
  isHidden,
  type ReportedEstimate,
} from './estimate.js';

/** Below this many known, a percentage says more than there is. */
const LEAST_FOR_PERCENT = 5;

export function hasPercent({ known }: Pick<Counts, 'known'>): boolean {
  return known >= LEAST_FOR_PERCENT;
}

/** A share as "5%" or "3.6%"; what is not all or nothing is never rounded to it. */
export function percentWords(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  const percent = share * 100;
  return `${Number(percent.toFixed(percent < 10 || percent > 99 ? 1 : 0))}%`;
}

/** An estimate in sentences, those of a class such as "in capabilities"; null where the class has no name. Zero seen is never said to be none. */
export function describeEstimate(each: ReportedEstimate, inClass: string | null): readonly string[] {
  const [first, ...others] = isHidden(each) ? [hiddenWords(each)] : sentencesOf(each);
  return inClass === null ? [sentence(first), ...others] : [`${sentence(inClass)}: ${first}`, ...others];
}

function hiddenWords(each: HiddenEstimate): string {
  const { roster, bounds, fewerThan } = each;
  if (fewerThan === null || bounds === null) return 'not shown, so that no small number can be worked out.';
  return `fewer than ${fewerThan} of those known; of all ${roster}, ${rangeWords(Math.round(bounds.low * roster), Math.round(bounds.high * roster))} in any case.`;
}

function sentencesOf(each: Estimate): readonly [string, ...string[]] {
  const { roster, known, count, unclear } = each;
  if (each.bounds === null) return ['nobody is on the roster.'];
  if (known === roster) return [`${count} of ${roster}${inPercent(each, each.share)}.`];
  const all = `${roster} in all${unclear ? `, ${unclear} answered but unclear` : ''}`;
  if (each.interval === null) return [`0 known, ${all}; anything from 0 to ${roster} is possible.`];
  if (count === 0) return [`0 of ${known}; ${mostOf(each, each.interval)}.`, `${known} known, ${all}.`];
  return [
    `${count} of ${known} known${inPercent(each, each.share)}, ${all}.`,
    rangesOf(each, each.bounds, each.interval),
    ...ifOtherwise(each),
  ];
}

function mostOf({ roster, known }: Counts, { high }: Interval): string {
  const most = roster - known;
  // an interval from 0 to 0 would say none, of people of whom nothing is known
  return high === 0 || high === most
    ? `up to ${most} of ${roster} in any case`
    : `up to ${high} of ${roster} if the unknown are like the rest, up to ${most} if not`;
}

function rangesOf(each: Estimate, bounds: Bounds, { low, high, shareLow, shareHigh }: Interval): string {
  const { roster, known, count } = each;
  const most = count + roster - known;
  const possible = `${rangeWords(count, most)}${inPercent(each, bounds.low, bounds.high)} in any case`;
  if (low === count && high === most) return `Of all ${roster}, ${possible}.`;
  return `Of all ${roster}, ${rangeWords(low, high)}${inPercent(each, shareLow, shareHigh)} if the unknown are like the rest, ${possible}.`;
}

function rangeWords(low: number, high: number): string {
  return low === high ? `${low}` : `${low} to ${high}`;
}

function ifOtherwise(each: Estimate): readonly string[] {
  if (!hasPercent(each)) return [];
  const [half, twice, thrice] = each.sensitivity.map(({ share }) => percentWords(share ?? 0));
  return [`If the unknown are half as likely as the known: ${half} of all; twice as likely: ${twice}; three times: ${thrice}.`];
}

/** " (5%)" or " (3.6% to 14%)"; nothing where a percentage would say too much. */
function inPercent(counts: Counts, low: number | null, high = low): string {
  if (low === null || high === null || !hasPercent(counts) || counts.count === 0) return '';
  return low === high ? ` (${percentWords(low)})` : ` (${percentWords(low)} to ${percentWords(high)})`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
