import { describe, expect, it } from 'vitest';
import { type Activity, type CareerUpdate, NO_INFLUENCE } from '../../src/domain/career-update.js';
import { formFor, parsePartialDate, readForm } from '../../src/domain/form.js';

const WORK: Activity = {
  kind: 'employment',
  status: 'current',
  organisation: 'METR',
  role: 'researcher',
  topic: 'evals',
  track: 'alignment',
  start: '2024-02',
  end: null,
  commitment: 'full_time',
  funder: null,
  people: ['Ada', 'Tom'],
  evidence: 'researcher at METR',
};
const STUDY: Activity = { ...WORK, kind: 'study', organisation: 'Oxford', role: null, evidence: 'a degree at Oxford' };
const update = (...activities: readonly Activity[]): CareerUpdate => ({
  intent: 'update',
  activities,
  influence: NO_INFLUENCE,
  helpWanted: false,
});
const filled = (record: CareerUpdate) =>
  formFor('k', record).sections.map((section) =>
    Object.fromEntries(section.fields.map((field) => [field.name, field.value ?? ''])),
  );

describe('the form behind "Change something"', () => {
  it('sent back as it came changes nothing', () => {
    const record = update(WORK, STUDY);
    expect(readForm(record, filled(record))).toEqual({ ok: true, value: record });
  });

  it('keeps the fields and the activities that a platform did not show', () => {
    const read = readForm(update(WORK, STUDY), [{ track: 'governance' }]);
    expect(read).toEqual({ ok: true, value: update({ ...WORK, track: 'governance' }, STUDY) });
  });

  it('empties a field that was emptied', () => {
    const read = readForm(update(WORK), [{ organisation: ' ', people: '', commitment: '', start: '' }]);
    expect(read).toMatchObject({
      ok: true,
      value: { activities: [{ organisation: null, people: [], commitment: null, start: null, role: 'researcher' }] },
    });
  });

  it('says what is wrong at its field, all of it at once', () => {
    const read = readForm(update(WORK), [
      { start: '2024-02-30', end: 'whenever' },
      { kind: '', funder: 'LTFF' },
    ]);
    expect(read.ok ? [] : read.error.map(({ section, field }) => [section, field])).toEqual([
      [0, 'start'],
      [0, 'end'],
      [1, 'kind'],
    ]);
  });

  it('does not take an end before the beginning, and takes one within the same year', () => {
    expect(readForm(update(WORK), [{ start: '2024-05', end: '2024-04' }]).ok).toBe(false);
    expect(readForm(update(WORK), [{ start: '2024-05', end: '2024' }]).ok).toBe(true);
  });

  it.each([
    ['2024', '2024'],
    ['Feb 2024', '2024-02'],
    ['11 february 2024', '2024-02-11'],
    ['2024-02-11', '2024-02-11'],
    ['Sept. 2024', '2024-09'],
    ['29 Feb 2023', null],
    ['soon', null],
    ['0 May 2024', null],
    ['13.2024', null],
  ])('reads %s as %s', (entered, date) => {
    expect(parsePartialDate(entered)).toBe(date);
  });
});
