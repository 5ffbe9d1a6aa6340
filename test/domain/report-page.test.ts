import { describe, expect, it } from 'vitest';
import type { PersonAtWave } from '../../src/domain/partition.js';
import { peoplePicture } from '../../src/domain/pictures.js';
import { hideSmallCells } from '../../src/domain/public-report.js';
import { finishReport, type Report } from '../../src/domain/report.js';
import { reportPage } from '../../src/domain/report-page.js';
import { addPerson, emptyTally } from '../../src/domain/report-tally.js';
import { anActivity, aPerson, aRecord } from './at-wave.js';

const times = (count: number, person: PersonAtWave) => Array.from({ length: count }, () => person);
const inTrack = (track: 'capabilities' | 'alignment' | 'non_ai') =>
  aPerson({ record: aRecord({ activities: [anActivity({ track })] }) });
const silent = aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } });
const people = [...times(12, inTrack('alignment')), ...times(7, inTrack('non_ai')), inTrack('capabilities'), ...times(8, silent)];

function reportOf(all: readonly PersonAtWave[], cohort = 'ARENA 2.0'): Report {
  const scope = { programme: 'ARENA', cohorts: [cohort], waveMonths: 12, asOf: '2024-07-31', audience: 'organisers' } as const;
  return finishReport(all.reduce(addPerson, emptyTally(scope)), []);
}

function pageOf(report: Report): string {
  const picture = peoplePicture([report]);
  return reportPage(report, picture === null ? [] : [{ picture, svg: '<svg></svg>' }]);
}

const numbersIn = (page: string): unknown =>
  JSON.parse(/<script type="application\/json" id="numbers">(.*?)<\/script>/s.exec(page)?.[1] ?? '');

describe('the page of a report', () => {
  it('has the numbers in words, in tables and for machines', () => {
    const report = reportOf(people);
    const page = pageOf(report);
    expect(page).toContain('<h1>ARENA: ARENA 2.0, a year after the end</h1>');
    expect(page).toContain('In capabilities: 1 of 20 known (5%), 28 in all.');
    expect(page).toContain('<th scope="row">alignment</th><td>12 of 20</td><td>60%</td><td>12 to 20</td><td>13 to 20</td>');
    expect(page).toContain('<caption>The same in numbers: What became of ARENA: ARENA 2.0</caption>');
    expect(numbersIn(page)).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it('runs no script and fetches nothing', () => {
    const page = pageOf(reportOf(people));
    expect(page.replace('type="application/json"', '')).not.toMatch(/<script(?! +id="numbers")|src=|href=|url\(|@import|onload/);
  });

  it('escapes what people wrote', () => {
    const page = pageOf(reportOf(people, '</script><img src=x onerror=alert(1)>&"'));
    expect(page).not.toMatch(/<img|<\/script><img/);
    expect(page.match(/<\/script>/g)).toHaveLength(1);
  });

  it('shows the public no small number anywhere, the machine’s copy included', () => {
    const page = pageOf(hideSmallCells(reportOf(people), 5));
    expect(page).toContain('<th scope="row">capabilities</th><td>fewer than 5</td><td></td><td>1 to 12</td><td></td>');
    expect(page).not.toMatch(/\b(1|12) of 20|\b1 capabilities|\b12 alignment/);
    expect(numbersIn(page)).toMatchObject({
      audience: 'public',
      tracks: { capabilities: { main: { count: null, hidden: true } } },
    });
  });

  it('shows what the programme had to do with it, to the public only where no number is small', () => {
    const rated = (rating: number) => aPerson({ record: aRecord({ influence: { rating, channels: ['skills'] } }) });
    const open = reportOf([...times(6, rated(4)), rated(1), ...times(3, silent)]);
    const page = pageOf(open);
    expect(page).toContain('7 people rated it from 1 (nothing) to 5 (it would not have happened otherwise), 3.6 on average.');
    expect(page).toContain('<th scope="row">skills</th><td class="number">7</td>');
    const forAll = pageOf(hideSmallCells(open, 5));
    expect(forAll).toContain('How much it was is not shown');
    expect(forAll).not.toContain('3.6 on average');
    expect(pageOf(reportOf(people))).not.toContain('What the programme had to do with it');
  });

  it('gives no percentage of fewer than five', () => {
    const asked = reportOf([inTrack('alignment'), silent, ...times(4, aPerson({ record: null, checkIn: null }))]);
    expect(pageOf(asked)).toContain('answered clearly, of those asked</th><td>1 of 2</td><td></td>');
    expect(pageOf(reportOf(times(4, inTrack('alignment'))))).not.toContain('%</td>');
  });

  it('says what nobody does in one row, not in a dozen', () => {
    expect(pageOf(reportOf(people))).toMatch(
      /<th scope="row">each of internship, [^<]* and something else<\/th><td>0 of 20<\/td>/,
    );
  });

  it('of an empty cohort says so', () => {
    expect(pageOf(reportOf([]))).toContain('Nobody is on the roster yet.');
    expect(pageOf(reportOf([]))).not.toMatch(/NaN|undefined|Infinity/);
  });
});
