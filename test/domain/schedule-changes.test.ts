import { describe, expect, it } from 'vitest';
import type { CheckInId } from '../../src/domain/ids.js';
import { changeLines, planChanges, snoozeUntil } from '../../src/domain/schedule-changes.js';

const id = (n: number) => n as CheckInId;

describe('a change of plan', () => {
  const cohort = { endedOn: '2026-01-31', waves: [1, 3, 12] };
  const planned = (n: number, waveMonths: number, dueOn: string, state: 'planned' | 'not_asked' = 'planned') => ({
    id: id(n),
    waveMonths,
    dueOn,
    state,
  });

  it('plans every wave of somebody new', () => {
    expect(planChanges(cohort, [{ alumnusId: 7, settled: [], unsent: [] }])).toEqual([
      { kind: 'added', alumnusId: 7, waveMonths: 1, to: '2026-02-28' },
      { kind: 'added', alumnusId: 7, waveMonths: 3, to: '2026-04-30' },
      { kind: 'added', alumnusId: 7, waveMonths: 12, to: '2027-01-31' },
    ]);
  });

  it('moves, adds and removes what is unsent, and leaves what was sent', () => {
    const unsent = [planned(2, 3, '2026-03-31'), planned(3, 6, '2026-06-30')];
    expect(planChanges(cohort, [{ alumnusId: 7, settled: [1], unsent }])).toEqual([
      { kind: 'moved', checkInId: 2, alumnusId: 7, waveMonths: 3, from: '2026-03-31', to: '2026-04-30' },
      { kind: 'removed', checkInId: 3, alumnusId: 7, waveMonths: 6, from: '2026-06-30' },
      { kind: 'added', alumnusId: 7, waveMonths: 12, to: '2027-01-31' },
    ]);
  });

  it('is none the second time', () => {
    const unsent = [planned(2, 3, '2026-04-30'), planned(3, 12, '2027-01-31')];
    expect(planChanges(cohort, [{ alumnusId: 7, settled: [1], unsent }])).toEqual([]);
  });

  it('brings back waves given up under a mistaken end date, and keeps a record of those whose wave is gone', () => {
    const unsent = [
      planned(1, 1, '2024-02-29', 'not_asked'),
      planned(2, 3, '2024-04-30', 'not_asked'),
      planned(3, 6, '2024-07-31', 'not_asked'),
    ];
    expect(planChanges({ ...cohort, waves: [1, 3] }, [{ alumnusId: 7, settled: [], unsent }])).toEqual([
      { kind: 'moved', checkInId: 1, alumnusId: 7, waveMonths: 1, from: '2024-02-29', to: '2026-02-28' },
      { kind: 'moved', checkInId: 2, alumnusId: 7, waveMonths: 3, from: '2024-04-30', to: '2026-04-30' },
    ]);
  });

  it('is shown by wave, with how many people it touches', () => {
    const everybody = [1, 2, 3].map((alumnusId) => ({
      alumnusId,
      settled: [1, 12],
      unsent: alumnusId === 3 ? [] : [planned(alumnusId, 3, '2026-03-31')],
    }));
    expect(changeLines(planChanges(cohort, everybody))).toEqual([
      { kind: 'added', waveMonths: 3, from: null, to: '2026-04-30', people: 1 },
      { kind: 'moved', waveMonths: 3, from: '2026-03-31', to: '2026-04-30', people: 2 },
    ]);
  });

  it('of an empty cohort is none', () => {
    expect(planChanges(cohort, [])).toEqual([]);
  });
});

describe('a snooze', () => {
  it('of two weeks, a month or to a day means a day in the future', () => {
    expect(snoozeUntil('two_weeks', '2026-02-20')).toBe('2026-03-06');
    expect(snoozeUntil('month', '2026-01-31')).toBe('2026-02-28');
    expect(snoozeUntil('2026-09-01', '2026-02-20')).toBe('2026-09-01');
    expect(snoozeUntil('2026-02-20', '2026-02-20')).toBe('2026-02-21');
    expect(() => snoozeUntil('next spring', '2026-02-20')).toThrow(RangeError);
  });
});
