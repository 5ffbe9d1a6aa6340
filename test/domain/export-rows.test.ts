import { describe, expect, it } from 'vitest';
import { EXPORT_HEADER, type ExportedPerson, exportRow, inNoOrder } from '../../src/domain/export-rows.js';
import { anActivity, aPerson, aRecord } from './at-wave.js';

const ada = (given: Partial<ExportedPerson> = {}): ExportedPerson => ({
  ...aPerson({
    record: aRecord({
      activities: [anActivity({ organisation: 'Redwood', role: 'researcher', commitment: 'full_time' })],
      influence: { rating: 4, channels: ['skills', 'connections'] },
    }),
  }),
  personId: 7,
  name: 'Ada',
  namesConsent: 'named',
  cohortName: 'ARENA 2.0',
  ...given,
});

describe('a row of an export', () => {
  it('holds what a person said, with their name where they agreed to it', () => {
    const row = exportRow(ada(), 12, 'salt');
    expect(Object.keys(row)).toEqual(EXPORT_HEADER);
    expect(row).toMatchObject({
      name: 'Ada',
      cohort: 'ARENA 2.0',
      wave_months: 12,
      group: 'answered',
      basis: 'confirmed',
      place: 'alignment',
      main_kind: 'employment',
      organisation: 'Redwood',
      role: 'researcher',
      influence_rating: 4,
      influence_channels: 'skills connections',
    });
  });

  it.each(['not_asked', 'totals'] as const)(
    'holds neither name nor words of who answered the question for names with %s',
    (namesConsent) => {
      const row = exportRow(ada({ namesConsent }), 12, 'salt');
      expect(JSON.stringify(row)).not.toMatch(/Ada|Redwood|researcher/);
      expect(row).toMatchObject({ group: 'answered', main_track: 'alignment', name: null });
    },
  );

  it('holds nothing of somebody who was erased but that they were there', () => {
    const row = exportRow(ada({ erased: true }), 12, 'salt');
    expect(row).toMatchObject({ group: 'erased', name: null, place: null, main_kind: null, influence_rating: null });
  });

  it('joins the rows of one person within an export, and across exports none', () => {
    const key = (wave: number, salt: string, personId = 7) => exportRow(ada({ personId }), wave, salt).person;
    expect(key(3, 'one')).toBe(key(12, 'one'));
    expect(key(3, 'one')).not.toBe(key(3, 'two'));
    expect(key(3, 'one')).not.toBe(key(3, 'one', 8));
  });

  it('stands in an order that is not the roster’s', () => {
    const rows = Array.from({ length: 12 }, (_, personId) => exportRow(ada({ personId }), 12, 'salt'));
    const ordered = inNoOrder(rows);
    expect([...ordered].sort((a, b) => (String(a.person) < String(b.person) ? -1 : 1))).toEqual(ordered);
    expect(ordered).not.toEqual(rows);
  });
});
