import { describe, expect, it } from 'vitest';
import type { PersonAtWave } from '../../src/domain/partition.js';
import { movesPicture, peoplePicture, responsePicture } from '../../src/domain/pictures.js';
import { hideSmallCells } from '../../src/domain/public-report.js';
import { finishReport, type Report } from '../../src/domain/report.js';
import { reportPage } from '../../src/domain/report-page.js';
import { reportRows } from '../../src/domain/report-rows.js';
import { addPerson, emptyTally } from '../../src/domain/report-tally.js';
import { reportText } from '../../src/domain/report-text.js';
import { anActivity, aPerson, aRecord } from './at-wave.js';

const silent = aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } });
const notYet = aPerson({ record: null, checkIn: null });
const known = aPerson({ record: aRecord({ activities: [anActivity({ track: 'alignment' })] }) });

function reportOf(people: readonly PersonAtWave[], waveMonths: number | null): Report {
  const scope = { programme: 'ARENA', cohorts: ['ARENA 2.0'], waveMonths, asOf: '2024-07-31', audience: 'organisers' } as const;
  return finishReport(people.reduce(addPerson, emptyTally(scope)), []);
}

const SITUATIONS: Readonly<Record<string, Report>> = {
  'an empty cohort': reportOf([], 12),
  'a cohort that no wave has reached': reportOf([notYet, notYet, notYet], null),
  'a wave that nobody was asked at': reportOf([notYet, notYet, notYet], 24),
  'a cohort that is silent': reportOf([silent, silent, silent, silent, silent, silent], 12),
  'one person, who is known': reportOf([known], 12),
  'four people, of whom two are known': reportOf([known, known, silent, silent], 12),
};

describe('of little that is known', () => {
  it.each(Object.entries(SITUATIONS))(
    '%s: every form says what there is, without NaN, and gives no percentage',
    (_name, open) => {
      for (const report of [open, hideSmallCells(open, 5)]) {
        const pictures = [peoplePicture([report]), responsePicture([report]), movesPicture(report)];
        const page = reportPage(report, []);
        const forms = [
          reportText(report),
          JSON.stringify(pictures),
          JSON.stringify(reportRows([report])),
          page,
          JSON.stringify(report),
        ];
        for (const form of forms) expect(form).not.toMatch(/NaN|Infinity|undefined/);
        // The methods speak of 95 %, and the style of widths.
        const said = [
          forms[0],
          pictures.map((each) => each?.alt ?? '').join(),
          page.slice(page.indexOf('<main>'), page.indexOf('How this was')),
        ];
        if (open.people.roster < 5) for (const words of said) expect(words).not.toMatch(/\d ?%/);
        expect(page).toContain('<h2>Who answered</h2>');
      }
    },
  );
});
