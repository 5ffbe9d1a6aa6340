import { type Estimate, type HiddenEstimate, isHidden, type ReportedEstimate } from './estimate.js';
import { hasPercent, percentWords } from './report-estimate.js';
import { aligned } from './report-layout.js';

/** An estimate with the name of its class. */
export type NamedEstimate = { readonly name: string; readonly estimate: ReportedEstimate };

/** Classes under each other: of the known, and of the whole roster in two ways, which are left out where everybody is known. */
export function estimateTable(rows: readonly NamedEstimate[]): readonly string[] {
  const [first] = rows;
  if (!first) return [];
  const { roster } = first.estimate;
  const shown = rows.flatMap(({ name, estimate }) => (isHidden(estimate) ? [] : [{ name, estimate }]));
  if (shown.length === rows.length && shown.every(({ estimate: { known } }) => known === roster))
    return aligned(
      shown.map(({ name, estimate }) => knownCells(name, estimate)),
      ['left', 'right'],
    );
  const share = shown.some(({ estimate }) => shareWords(estimate) !== '') ? 'share' : '';
  const header = [
    ['', 'of those', '', `of all ${roster},`, `of all ${roster}, if the`],
    ['', 'known', share, 'in any case', 'unknown are like the rest'],
  ];
  return aligned([...header, ...rows.map(cells)], ['left', 'right']);
}

function cells({ name, estimate }: NamedEstimate): readonly string[] {
  if (!isHidden(estimate)) return [...knownCells(name, estimate), ...wholeCells(estimate)];
  if (estimate.fewerThan === null) return [name, 'not shown', '', '', ''];
  return [name, `fewer than ${estimate.fewerThan}`, '', possiblePeople(estimate), ''];
}

/** "1 to 12": people of the roster who may be in a class of which only that it is small is told. */
export function possiblePeople({ roster, bounds }: HiddenEstimate): string {
  return bounds === null ? '' : range(Math.round(bounds.low * roster), Math.round(bounds.high * roster));
}

function shareWords(estimate: Estimate): string {
  const { count, share } = estimate;
  return share !== null && count > 0 && hasPercent(estimate) ? percentWords(share) : '';
}

function knownCells(name: string, estimate: Estimate): readonly string[] {
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
