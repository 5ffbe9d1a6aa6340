import { isHidden, NOBODY, type ReportedEstimate } from './estimate.js';
import type { Place } from './main-activity.js';
import type { Report } from './report.js';
import { hasPercent, percentWords } from './report-estimate.js';
import { aligned, wrapped } from './report-layout.js';
import { possiblePeople } from './report-table.js';
import { placeWords, waveWords } from './report-words.js';
import { listInWords } from './wording.js';

/** A cohort, or a whole programme, to be set beside others. */
export type Compared = { readonly name: string; readonly report: Report };

/** Cohorts or programmes under each other, one measure after the other; no line is longer than 100 characters. */
export function comparisonText(all: readonly Compared[]): string {
  const [first] = all;
  if (!first) return 'There is nothing to compare.\n';
  const wave = first.report.waveMonths;
  const head = wrapped(
    `${listInWords(all.map(({ name }) => name))}, ${wave === null ? 'before the first wave' : waveWords(wave)}`,
    0,
  );
  const tracks = [...new Set(all.flatMap(({ report }) => Object.keys(report.tracks)))];
  const estimates: readonly (readonly [Place, (report: Report) => ReportedEstimate | undefined])[] = [
    ...tracks.map((track) => [track, (report: Report) => report.tracks[track]?.main] as const),
    ['seeking', ({ seeking }) => seeking],
    ['on_break', ({ onBreak }) => onBreak],
  ];
  const isSeen = (of: (report: Report) => ReportedEstimate | undefined) =>
    all.some(({ report }) => (of(report) ?? NOBODY).count !== 0);
  const shown = estimates.filter(([place, of]) => place === 'capabilities' || isSeen(of));
  const sections = [
    head,
    ['WHO ANSWERED', ...aligned([ANSWER_HEADER, ...all.map(answerCells)], ['left', 'right'])],
    ...shown.map(([place, of]) => [
      `MAINLY: ${placeWords(place).toUpperCase()}`,
      ...aligned([ESTIMATE_HEADER, ...all.flatMap((each) => estimateRow(each, of))], ['left', 'right']),
    ]),
    wrapped(
      'The last two columns are people of the whole roster: in any case, and if the unknown are like the rest. Where two ranges overlap, the difference may be chance. All of this rests on what people said to the organisers of their own programme.',
      0,
    ),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const LONGEST_NAME = 34;
const shortened = (name: string) =>
  [...name].length <= LONGEST_NAME ? name : `${[...name].slice(0, LONGEST_NAME - 1).join('')}…`;

const ANSWER_HEADER = ['', 'on the roster', 'asked', 'answered clearly', 'RR1', 'RR2'];

function answerCells({ name, report: { people, rates } }: Compared): readonly string[] {
  const rate = (value: number | null) => (value === null || !hasPercent({ known: people.roster }) ? '' : percentWords(value));
  return [shortened(name), `${people.roster}`, `${people.asked}`, `${people.answered}`, rate(rates.rr1), rate(rates.rr2)];
}

const ESTIMATE_HEADER = ['', 'of those known', 'share', 'in any case', 'if alike'];

/** A programme that does not tell the track apart has no row there. */
function estimateRow(
  { name, report }: Compared,
  of: (report: Report) => ReportedEstimate | undefined,
): readonly (readonly string[])[] {
  const each = of(report);
  return each === undefined ? [] : [estimateCells(name, each)];
}

function estimateCells(name: string, each: ReportedEstimate): readonly string[] {
  const first = shortened(name);
  if (isHidden(each)) {
    if (each.fewerThan === null) return [first, 'not shown', '', '', ''];
    return [first, `fewer than ${each.fewerThan}`, '', `${possiblePeople(each)} of ${each.roster}`, ''];
  }
  const { roster, known, count, share, interval } = each;
  const most = count + roster - known;
  const range = (low: number, high: number) => (low === high ? `${low} of ${roster}` : `${low} to ${high} of ${roster}`);
  return [
    first,
    `${count} of ${known}`,
    share !== null && count > 0 && hasPercent({ known }) ? percentWords(share) : '',
    range(count, most),
    interval === null ? '' : interval.high === 0 ? range(count, most) : range(interval.low, interval.high),
  ];
}
