import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawSvg } from '../../adapters/charts/draw.js';
import { boundsPicture } from '../../src/domain/bounds-picture.js';
import type { PersonAtWave } from '../../src/domain/partition.js';
import { movesPicture, type Picture, peoplePicture, responsePicture } from '../../src/domain/pictures.js';
import { hideSmallCells } from '../../src/domain/public-report.js';
import { finishReport, type Report } from '../../src/domain/report.js';
import { type Drawn, reportPage } from '../../src/domain/report-page.js';
import { addPerson, emptyTally } from '../../src/domain/report-tally.js';
import { anActivity, aPerson, aRecord } from '../domain/at-wave.js';
import { aResolved } from '../domain/digest-situations.js';
import { chromiumPath, openBrowser, pageWith } from '../support/browser.js';

const chromium = chromiumPath();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

const times = (count: number, person: PersonAtWave) => Array.from({ length: count }, () => person);
const working = (given: Parameters<typeof anActivity>[0]) =>
  aPerson({
    record: aRecord({ activities: [anActivity(given)], influence: { rating: 4, channels: ['skills'] } }),
    previous: { activities: [anActivity({ track: 'non_ai' })], basis: 'confirmed' },
  });
const people = [
  ...times(13, working({ track: 'alignment' })),
  ...times(6, working({ track: 'non_ai', kind: 'study' })),
  working({ track: 'capabilities' }),
  ...times(8, aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } })),
];

function reportAt(waveMonths: number, all: readonly PersonAtWave[]): Report {
  const cohorts = ['ARENA 4.0, London and online, with a rather long name'];
  const scope = { programme: 'ARENA', cohorts, waveMonths, asOf: '2024-07-31', audience: 'organisers' } as const;
  return finishReport(all.reduce(addPerson, emptyTally(scope)), [aResolved, { ...aResolved, id: 'p2', outcome: 'false' }]);
}

async function pageOf(waves: readonly Report[], more: readonly (Picture | null)[] = []): Promise<string> {
  const last = waves.at(-1);
  if (!last) throw new Error('a page is of a report');
  const drawn: Drawn[] = [];
  for (const picture of [peoplePicture(waves), responsePicture(waves), movesPicture(last), ...more])
    if (picture) drawn.push({ picture, svg: await drawSvg(picture, `p${drawn.length}`) });
  return reportPage(last, drawn);
}

const waves = [reportAt(3, people.slice(4)), reportAt(6, people.slice(2)), reportAt(12, people)];
const points = ['2024-06-30', '2024-07-05', '2024-07-12'].map((day, place) => ({
  day,
  roster: 28,
  known: place * 10,
  count: place,
}));
const bounds = [boundsPicture(aResolved, points), boundsPicture({ ...aResolved, id: 'p2' }, points)];

describe.skipIf(chromium === null)('the page of a report, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(() => browser?.close());

  const PAGES = {
    'for its organisers': () => pageOf(waves, bounds),
    'for the public': () => pageOf(waves.map((each) => hideSmallCells(each, 5))),
    'of one person': () => pageOf([reportAt(12, people.slice(0, 1))]),
    'of an empty cohort': () => pageOf([reportAt(12, [])]),
  };

  async function violationsIn(html: string, viewport: typeof PHONE): Promise<readonly string[]> {
    const { page, asked } = await pageWith(browser, html, viewport);
    await page.addScriptTag({ content: AXE });
    const { violations } = (await page.evaluate('axe.run()')) as {
      violations: readonly { id: string; nodes: readonly object[] }[];
    };
    expect(asked).toEqual([]);
    await page.close();
    return violations.map(({ id, nodes }) => `${id} (${nodes.length})`);
  }

  it.each(Object.entries(PAGES))(
    '%s has no violation by axe on a phone, needs no scrolling to the side there, and prints to two pages at most',
    async (_name, make) => {
      const html = await make();
      expect(await violationsIn(html, PHONE)).toEqual([]);
      const { page } = await pageWith(browser, html, PHONE);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const printed = pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
      expect(printed.length).toBeGreaterThan(0);
      expect(printed.length).toBeLessThanOrEqual(2);
      await page.close();
    },
  );

  it('has no violation by axe on a desktop', async () => {
    expect(await violationsIn(await PAGES['for its organisers'](), DESKTOP)).toEqual([]);
  });
});
