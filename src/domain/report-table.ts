import { type Estimate, isHidden, type ReportedEstimate } from './estimate.js';
import { hasPercent, percentWords } from './report-estimate.js';
import { aligned } from './report-layout.js';

/** An estimate with the name of its class. */
export type NamedEstimate = { readonly name: string; readonly estimate: Estimate };

export function named(name: string, each: ReportedEstimate): readonly NamedEstimate[] {
  return isHidden(each) ? [] : [{ name, estimate: each }];
}

/** Classes under each other: of the known, and of the whole roster in two ways, which are left out where everybody is known. */
export function estimateTable(rows: readonly NamedEstimate[]): readonly string[] {
  const [first] = rows;
  if (!first) return [];
  const { roster } = first.estimate;
  if (rows.every(({ estimate: { known } }) => known === roster)) return aligned(rows.map(knownCells), ['left', 'right']);
  const share = rows.some(({ estimate }) => shareWords(estimate) !== '') ? 'share' : '';
  const header = [
    ['', 'of those', '', `of all ${roster},`, `of all ${roster}, if the`],
    ['', 'known', share, 'in any case', 'unknown are like the rest'],
  ];
  return aligned([...header, ...rows.map((row) => [...knownCells(row), ...wholeCells(row.estimate)])], ['left', 'right']);
}

function shareWords(estimate: Estimate): string {
  const { count, share } = estimate;
  return share !== null && count > 0 && hasPercent(estimate) ? percentWords(share) : '';
}

function knownCells({ name, estimate }: NamedEstimate): readonly string[] {
  return [name, `${estimate.count} of ${estimate.known}`, shareWords(estimate)];
}

function wholeCells({ roster, known, count, interval }: Estimate): readonly [string, string] {
  const possible = range(count, count + roster - known);
  if (interval === null) return [possible, ''];
  // "up to 0" would say none, of people of whom nothing is known
  return [possible, interval.high === 0 ? possible : range(interval.low, interval.high)];
}

function range(low: number, high: number): string {
  if (low === high) return `${low}`;
  return low === 0 ? `up to ${high}` : `${low} to ${high}`;
}
