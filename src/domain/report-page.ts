import { KINDS } from './career-update.js';
import { isHidden, type ReportedEstimate } from './estimate.js';
import { PEOPLE_GROUPS } from './partition.js';
import type { Bar, Picture } from './pictures.js';
import { type Report, trackInWords } from './report.js';
import { describeEstimate, hasPercent, percentWords } from './report-estimate.js';
import { METHODS, PAGE_STYLE } from './report-page-words.js';
import { outcomeLine } from './report-predictions.js';
import { possiblePeople } from './report-table.js';
import { claimWords, GROUP_WORDS, inTrack, KIND_WORDS, placeWords, waveWords } from './report-words.js';
import { dayInWords, listInWords } from './wording.js';

/** A picture as it was drawn. */
export type Drawn = { readonly picture: Picture; readonly svg: string };

type Cell = string | number;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const paragraph = (text: string) => `<p>${escaped(text)}</p>`;

/**
 * A report as one HTML file that needs nothing else: no script, a table under every picture, the methods in plain words, and the numbers for machines.
 * All texts from people are escaped.
 */
export function reportPage(report: Report, drawn: readonly Drawn[]): string {
  const { programme, cohorts, waveMonths, audience, asOf, people } = report;
  const scope = cohorts.length === 0 ? programme : `${programme}: ${listInWords(cohorts)}`;
  const wave = waveMonths === null ? 'before the first wave' : waveWords(waveMonths);
  const told = trackInWords(report);
  const inSentences = people.roster === 0 ? ['Nobody is on the roster yet.'] : describeEstimate(told.main, inTrack(told.track));
  const title = `${scope}, ${wave}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="about">For ${audience === 'public' ? 'the public' : 'its organisers'}, as of ${escaped(asOf.slice(0, 10))}. All of this rests on what people said to the organisers of their own programme.</p>
<p class="lead">${people.answered} of ${people.roster} answered clearly, ${people.asked} were asked.</p>
${inSentences.map(paragraph).join('\n')}
${drawn.map(figure).join('\n')}
<h2>Who answered</h2>
${table(
  'Where everybody on the roster falls',
  ['', 'people', 'what puts them there'],
  [
    ...PEOPLE_GROUPS.map((group) => [GROUP_WORDS[group][0], people[group], GROUP_WORDS[group][1]]),
    ['on the roster', people.roster, `${people.asked} asked, ${people.carriedForward} said that nothing had changed`],
  ],
)}
${table('Rates, from AAPOR and NACE', ['', 'share', 'what it means'], ratesOf(report))}
<h2>What they do</h2>
${table('What people mainly do', ESTIMATE_HEADER, placesOf(report))}
${table(
  'With any of their current work or study',
  ESTIMATE_HEADER,
  Object.entries(report.tracks).map(([track, { any }]) => cells(placeWords(track), any)),
)}
${table(
  'What kind of thing they mainly do',
  ESTIMATE_HEADER,
  KINDS.map((kind) => cells(KIND_WORDS[kind], report.kinds[kind])),
)}
${predictionsOf(report)}
<h2>How this was counted</h2>
${METHODS.map(({ text, source }) => `<p>${escaped(text)}${source === null ? '' : ` <cite>${escaped(source)}</cite>`}</p>`).join('\n')}
</main>
<script type="application/json" id="numbers">${JSON.stringify(report).replaceAll('<', '\\u003c')}</script>
</body>
</html>
`;
}

function figure({ picture, svg }: Drawn): string {
  return `<figure>
<div class="picture" role="region" tabindex="0" aria-label="${escaped(picture.title)}"><div role="img" aria-label="${escaped(picture.alt)}">${svg}</div></div>
${pictureTable(picture)}
</figure>`;
}

function pictureTable(picture: Picture): string {
  switch (picture.kind) {
    case 'people':
    case 'response':
      return barsTable(`The same in numbers: ${picture.title}`, picture.bars);
    case 'moves':
      return table(
        `The same in numbers: ${picture.title}`,
        ['was', 'is now', 'people'],
        picture.cells.map(({ from, to, people }) => [from, to, people]),
      );
    case 'bounds':
      return table(
        `The same in numbers: ${picture.title}`,
        ['by the end of', 'at least', 'at most'],
        picture.points.map(({ day, low, high }) => [dayInWords(day), low, high]),
      );
  }
}

function barsTable(caption: string, bars: readonly Bar[]): string {
  const labels = [...new Set(bars.flatMap(({ segments }) => segments.map(({ label }) => label)))];
  const rows = labels.map((label) => [
    label,
    ...bars.map(({ segments }) => segments.find((each) => each.label === label)?.people ?? 0),
  ]);
  return table(caption, ['people', ...bars.map(({ label }) => label)], rows);
}

function table(caption: string, header: readonly string[], rows: readonly (readonly Cell[])[]): string {
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

const RATE_WORDS: Readonly<Record<keyof Report['rates'], string>> = {
  rr1: 'answered clearly, of the roster (RR1)',
  rr2: 'answered at all, of the roster (RR2)',
  rr1Asked: 'answered clearly, of those asked',
  rr2Asked: 'answered at all, of those asked',
  coop1: 'answered clearly, of those who answered or declined (COOP1)',
  ref1: 'declined, of the roster (REF1)',
  knowledge: 'known from any source, organisers included, of the roster (NACE knowledge rate)',
};

function ratesOf({ rates, people }: Report): readonly (readonly Cell[])[] {
  return (Object.keys(RATE_WORDS) as (keyof Report['rates'])[]).flatMap((rate) => {
    const share = rates[rate];
    return share === null || !hasPercent({ known: people.roster }) ? [] : [[rate, percentWords(share), RATE_WORDS[rate]]];
  });
}

const ESTIMATE_HEADER = ['', 'of those known', 'share', 'of all, in any case', 'of all, if the unknown are like the rest'];

function placesOf({ tracks, seeking, onBreak }: Report): readonly (readonly Cell[])[] {
  return [
    ...Object.entries(tracks).map(([track, { main }]) => cells(placeWords(track), main)),
    cells(placeWords('seeking'), seeking),
    cells(placeWords('on_break'), onBreak),
  ];
}

function cells(name: string, each: ReportedEstimate): readonly Cell[] {
  if (isHidden(each)) {
    const told = each.fewerThan === null ? 'not shown' : `fewer than ${each.fewerThan}`;
    return [name, told, '', each.bounds === null ? '' : `${possiblePeople(each)} of ${each.roster}`, ''];
  }
  const { roster, known, count, share, interval } = each;
  const range = (low: number, high: number) => (low === high ? `${low} of ${roster}` : `${low} to ${high} of ${roster}`);
  const possible = range(count, count + roster - known);
  const likely = interval === null ? '' : interval.high === 0 ? possible : range(interval.low, interval.high);
  return [
    name,
    `${count} of ${known}`,
    share !== null && count > 0 && hasPercent({ known }) ? percentWords(share) : '',
    possible,
    likely,
  ];
}

function predictionsOf({ predictions }: Report): string {
  if (predictions.length === 0) return '';
  const items = predictions.map(
    (each) =>
      `<li>${escaped(`${each.author}, ${percentWords(each.probability)} sure: ${claimWords(each, each.class)}, ${waveWords(each.waveMonths)}.`)} ${escaped(outcomeLine(each))}</li>`,
  );
  return `<h2>Predictions</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}
