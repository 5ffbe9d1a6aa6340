import { PEOPLE_GROUPS } from './partition.js';
import type { Picture } from './pictures.js';
import { type Report, trackInWords } from './report.js';
import { describeEstimate, percentWords } from './report-estimate.js';
import { barsTable, escaped, influenceTable, ratesTable, table, whatTheyDo } from './report-page-tables.js';
import { METHODS, PAGE_STYLE } from './report-page-words.js';
import { outcomeLine } from './report-predictions.js';
import { claimWords, GROUP_WORDS, inTrack, placeWords, waveWords } from './report-words.js';
import { dayInWords, listInWords } from './wording.js';

/** A picture as it was drawn. */
export type Drawn = { readonly picture: Picture; readonly svg: string };

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
${ratesTable(report)}
${people.roster === 0 ? '' : whatTheyDo(report)}
${influenceTable(report)}
${plansOf(report)}
${thirdPartyOf(report)}
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

function plansOf({ planned }: Report): string {
  if (planned === null) return '';
  const { people, asPlanned, moves } = planned;
  const rows = moves.map(({ from, to, people: count }) => [placeWords(from), placeWords(to), count]);
  return `<h2>Planned at the end, and what came of it</h2>
${paragraph(`Of ${people} ${people === 1 ? 'person' : 'people'} both are known: ${asPlanned} ${asPlanned === 1 ? 'does' : 'do'} what they had planned.`)}
${table('What they planned, and what they do', ['planned', 'does now', 'people'], rows)}`;
}

/** Apart from what people say themselves. */
function thirdPartyOf({ thirdParty: { people, alone, places } }: Report): string {
  if (people === 0) return '';
  const rows = places.map(({ place, people: count }) => [placeWords(place), count]);
  return `<h2>Entered by organisers</h2>
${paragraph(`${people} ${people === 1 ? 'person' : 'people'}; of ${alone} of them nothing is known from themselves. Counted in no number above but the knowledge rate.`)}
${rows.length === 0 ? '' : table('What organisers entered', ['', 'people'], rows)}`;
}

function predictionsOf({ predictions }: Report): string {
  if (predictions.length === 0) return '';
  const items = predictions.map(
    (each) =>
      `<li>${escaped(`${each.author}, ${percentWords(each.probability)} sure: ${claimWords(each, each.class)}, ${waveWords(each.waveMonths)}.`)} ${escaped(outcomeLine(each))}</li>`,
  );
  return `<h2>Predictions</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}
