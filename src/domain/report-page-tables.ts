import { CHANNELS, KINDS } from './career-update.js';
import { isHidden, type ReportedEstimate } from './estimate.js';
import type { Bar } from './pictures.js';
import type { Report } from './report.js';
import { hasPercent, percentWords } from './report-estimate.js';
import { counted } from './report-layout.js';
import { rateRows } from './report-rates.js';
import { possiblePeople } from './report-table.js';
import { CHANNEL_WORDS, KIND_WORDS, placeWords } from './report-words.js';
import { listInWords } from './wording.js';

type Cell = string | number;
type Row = readonly Cell[];

/** A text as it stands between tags and in attributes of HTML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A table of HTML with a caption; the first cell of each row names it, and an empty heading is none. No rows: nothing. */
export function table(caption: string, header: readonly string[], rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const head = header.map((text) => (text === '' ? '<td></td>' : `<th scope="col">${escaped(text)}</th>`)).join('');
  const body = rows.map(([first, ...others]) => {
    const cellsOfRow = others.map(
      (cell) => `<td${typeof cell === 'number' ? ' class="number"' : ''}>${escaped(String(cell))}</td>`,
    );
    return `<tr><th scope="row">${escaped(String(first ?? ''))}</th>${cellsOfRow.join('')}</tr>`;
  });
  return `<div class="wide" role="region" tabindex="0" aria-label="${escaped(caption)}"><table>
<caption>${escaped(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
}

/** Stacked bars as a table: a row a part, in the order in which the parts are stacked. */
export function barsTable(caption: string, bars: readonly Bar[]): string {
  const labels: string[] = [];
  for (const { segments } of bars)
    for (const [place, { label }] of segments.entries()) {
      const before = segments[place - 1];
      if (!labels.includes(label)) labels.splice(before ? labels.indexOf(before.label) + 1 : 0, 0, label);
    }
  const rows = labels.map(
    (label): Row => [label, ...bars.map(({ segments }) => segments.find((each) => each.label === label)?.people ?? 0)],
  );
  return table(caption, ['people', ...bars.map(({ label }) => label)], rows);
}

/** Response, cooperation, refusal and knowledge, each in words; a percentage only over five people or more. */
export function ratesTable({ people, rates }: Report): string {
  const rows = rateRows(people, rates).map(([percent, count, meaning]): Row => [meaning ?? '', count ?? '', percent ?? '']);
  return table('Rates, from AAPOR and NACE', ['', 'people', 'share'], rows);
}

/** What people mainly do, with side work, and of what kind that is. */
export function whatTheyDo(report: Report): string {
  const { tracks, seeking, onBreak, kinds, people } = report;
  const header = [
    '',
    'of those known',
    'share',
    `of all ${people.roster}, in any case`,
    `of all ${people.roster}, if the unknown are like the rest`,
  ];
  const named = Object.entries(tracks).map(([track, each]) => ({ name: placeWords(track), ...each }));
  return `<h2>${report.waveMonths === 0 ? 'What they plan' : 'What they do'}</h2>
${table('What people mainly do', header, [
  ...named.map(({ name, main }) => cells(name, main)),
  cells(placeWords('seeking'), seeking),
  cells(placeWords('on_break'), onBreak),
])}
${table(
  'With any of their current work or study',
  header,
  named.map(({ name, any }) => cells(name, any)),
)}
${table('What kind of thing they mainly do', header, zerosTogether(KINDS.map((kind) => [KIND_WORDS[kind], kinds[kind]])))}`;
}

/** Of what nobody does there is as little to say of each: one row for all of them, where their numbers are the same. */
function zerosTogether(named: readonly (readonly [string, ReportedEstimate])[]): readonly Row[] {
  const isZero = (each: ReportedEstimate) => !isHidden(each) && each.count === 0;
  const zeros = named.filter(([, each]) => isZero(each));
  const [first] = zeros;
  if (!first || zeros.length === 1) return named.map(([name, each]) => cells(name, each));
  const seen = named.filter(([, each]) => !isZero(each));
  return [
    ...seen.map(([name, each]) => cells(name, each)),
    cells(`each of ${listInWords(zeros.map(([name]) => name))}`, first[1]),
  ];
}

function cells(name: string, each: ReportedEstimate): Row {
  if (isHidden(each)) {
    const told = each.fewerThan === null ? 'not shown' : `fewer than ${each.fewerThan}`;
    return [name, told, '', possiblePeople(each), ''];
  }
  const { roster, known, count, share, interval } = each;
  const range = (low: number, high: number) => (low === high ? `${low}` : `${low} to ${high}`);
  const possible = range(count, count + roster - known);
  // An interval from 0 to 0 would say none, of people of whom nothing is known.
  const likely = interval === null ? '' : interval.high === 0 ? possible : range(interval.low, interval.high);
  const percent = share !== null && count > 0 && hasPercent({ known }) ? percentWords(share) : '';
  return [name, `${count} of ${known}`, percent, possible, likely];
}

/** What the programme had to do with it, in people; nothing where nobody said. */
export function influenceTable({ influence: { ratings, channels } }: Report): string {
  const ways = CHANNELS.map((channel): Row => [CHANNEL_WORDS[channel], channels[channel] ?? 'not shown']);
  const isAnyWay = CHANNELS.some((channel) => channels[channel] !== 0);
  const isAnyRating = ratings.n !== 0;
  if (!isAnyWay && !isAnyRating) return '';
  const average = ratings.mean === null || ratings.n === 1 ? '' : `, ${ratings.mean.toFixed(1)} on average`;
  const rated =
    ratings.n === 0
      ? ''
      : ratings.counts === null || ratings.n === null
        ? '<p>How much it was is not shown: it could tell of single people.</p>'
        : `<p>${counted(ratings.n, 'person', 'people')} rated it from 1 (nothing) to 5 (it would not have happened otherwise)${average}.</p>
${table('People by their rating', ['', ...ratings.counts.map((_, place) => `${place + 1}`)], [['people', ...ratings.counts]])}`;
  return `<h2>What the programme had to do with it</h2>
${rated}
${table('By what, as far as people named it', ['', 'people'], isAnyWay ? ways : [])}`;
}
