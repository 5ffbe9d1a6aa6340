import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonText } from '../../src/domain/comparison-text.js';
import type { PersonAtWave } from '../../src/domain/partition.js';
import { hideSmallCells } from '../../src/domain/public-report.js';
import { finishReport, type Report } from '../../src/domain/report.js';
import { reportRows } from '../../src/domain/report-rows.js';
import { addPerson, emptyTally } from '../../src/domain/report-tally.js';
import { anActivity, aPerson, aRecord, somePerson } from './at-wave.js';

function reportOf(cohort: string, people: readonly PersonAtWave[]): Report {
  const scope = { programme: 'ARENA', cohorts: [cohort], waveMonths: 12, asOf: '2024-07-31', audience: 'organisers' } as const;
  return finishReport(people.reduce(addPerson, emptyTally(scope)), []);
}

const times = (count: number, person: PersonAtWave) => Array.from({ length: count }, () => person);
const inTrack = (track: 'capabilities' | 'alignment') => aPerson({ record: aRecord({ activities: [anActivity({ track })] }) });
const silent = aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } });
const second = reportOf('ARENA 2.0', [...times(19, inTrack('alignment')), inTrack('capabilities'), ...times(8, silent)]);
const third = reportOf('ARENA 3.0', [...times(4, inTrack('alignment')), ...times(8, silent)]);

describe('a comparison', () => {
  it('puts cohorts under each other, each share with what it says about its whole roster', () => {
    const text = comparisonText([
      { name: 'ARENA 2.0', report: second },
      { name: 'ARENA 3.0', report: third },
    ]);
    expect(text).toMatch(/^ARENA 2\.0 and ARENA 3\.0, a year after the end\n/);
    expect(text).toMatch(/^ {2}ARENA 2\.0 +28 +28 +20 +71% +71%$/m);
    expect(text).toMatch(
      /MAINLY: CAPABILITIES\n.*\n {2}ARENA 2\.0 +1 of 20 +5% +1 to 9 of 28 +1 to 4 of 28\n {2}ARENA 3\.0 +0 of 4 +0 to 8 of 12/,
    );
    expect(text).not.toContain('GOVERNANCE');
  });

  it('hides from the public what each report hides', () => {
    const shown = [second, third].map((report) => ({ name: report.cohorts[0] ?? '', report: hideSmallCells(report, 5) }));
    const text = comparisonText(shown);
    expect(text).toContain('fewer than 5');
    expect(text).not.toMatch(/1 of 20|4 of 4/);
  });

  it('keeps within 100 characters, and holds no stray value', () => {
    fc.assert(
      fc.property(fc.array(fc.array(somePerson, { maxLength: 20 }), { maxLength: 5 }), fc.boolean(), (cohorts, isPublic) => {
        const compared = cohorts.map((people, nth) => {
          const report = reportOf(`A cohort with a rather long name, number ${nth}`, people);
          return { name: report.cohorts[0] ?? '', report: isPublic ? hideSmallCells(report, 4) : report };
        });
        const text = comparisonText(compared);
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
        expect(text).not.toMatch(/NaN|undefined|null|Infinity| \n/);
      }),
    );
  });
});

describe('reports as rows', () => {
  it('have a row a number, named by its columns', () => {
    const [header = [], ...rows] = reportRows([second, third]);
    const cell = (row: readonly unknown[] | undefined, column: string) => row?.[header.indexOf(column)];
    const found = rows.find((row) => cell(row, 'item') === 'capabilities' && cell(row, 'detail') === 'main');
    expect(['cohorts', 'roster', 'known', 'count', 'interval_high', 'hidden'].map((column) => cell(found, column))).toEqual([
      'ARENA 2.0',
      28,
      20,
      1,
      4,
      false,
    ]);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([header.length]));
  });

  it('hold nothing that is hidden from the public', () => {
    const [header = [], ...rows] = reportRows([hideSmallCells(second, 5)]);
    const [count, item] = [header.indexOf('count'), header.indexOf('item')];
    const capabilities = rows.filter((row) => row[item] === 'capabilities');
    expect(capabilities.map((row) => [row[count], row[header.indexOf('share')], row[header.indexOf('known')]])).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
  });
});
