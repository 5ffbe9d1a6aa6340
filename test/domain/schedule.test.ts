import { describe, expect, it } from 'vitest';
import type { CheckInId, CohortId, PersonId, ProgrammeId } from '../../src/domain/ids.js';
import { decideQuestions } from '../../src/domain/schedule.js';
import {
  type Decision,
  type PersonSchedule,
  type ProgrammeSchedule,
  planDueAt,
  type ScheduledCheckIn,
} from '../../src/domain/schedule-person.js';
import { DEFAULT_SETTINGS, type Settings } from '../../src/domain/settings.js';

// Everybody's slot is 10:00 in UTC unless a story says otherwise; 2 March 2026 is a Monday.
const plain: Settings = { ...DEFAULT_SETTINGS, spreadMs: 0 };
const ARENA = 1 as ProgrammeId;
const MATS = 2 as ProgrammeId;
const id = (n: number) => n as CheckInId;
const at = (text: string) => new Date(text);

function aProgramme(given: Partial<ProgrammeSchedule> = {}): ProgrammeSchedule {
  return {
    id: ARENA,
    settings: plain,
    paused: false,
    archived: false,
    stopped: false,
    pausedCohorts: [],
    archivedCohorts: [],
    ...given,
  };
}

function aCheckIn(given: { id: number } & Partial<Omit<ScheduledCheckIn, 'id'>>): ScheduledCheckIn {
  const usual = {
    programmeId: ARENA,
    cohortId: 1 as CohortId,
    alumnusId: 1,
    waveMonths: 3,
    dueOn: '2026-03-02',
    state: 'planned' as const,
  };
  return { ...usual, notBefore: null, addedAt: at('2025-01-01T00:00:00Z'), ...given, id: id(given.id) };
}

function aPerson(given: Partial<PersonSchedule> = {}): PersonSchedule {
  const usual = { personId: 1 as PersonId, slotSeed: 'person 1', timeZone: 'Etc/UTC', unsent: [], lastQuestions: [], open: [] };
  return { ...usual, programmes: [aProgramme(), aProgramme({ id: MATS })], ...given };
}

const asked = (checkIn: number, on: string, programmeId = ARENA) => ({ programmeId, checkInId: id(checkIn), at: at(on) });

/** One line a check-in, in order of ids: `1 ask`, `2 serve by 1`, `3 wait until 2026-06-02T10:00 (not_due)`. */
function told(decisions: readonly Decision[]): string[] {
  return [...decisions].sort((a, b) => a.checkInId - b.checkInId).map(tellOne);
}

function tellOne(decision: Decision): string {
  const { checkInId } = decision;
  switch (decision.kind) {
    case 'ask':
      return `${checkInId} ask${decision.serves.length > 0 ? ` for ${decision.serves} too` : ''}`;
    case 'wait':
      return `${checkInId} wait until ${decision.until.toISOString().slice(0, 16)} (${decision.why})`;
    case 'not_asked':
      return `${checkInId} not asked: ${decision.reason}`;
    case 'serve':
      return `${checkInId} serve by ${decision.by}`;
    case 'stopped':
      return `${checkInId} stopped`;
  }
}

const decide = (person: Partial<PersonSchedule>, now: string) => told(decideQuestions(aPerson(person), at(now)));

describe('an ordinary wave', () => {
  const unsent = [aCheckIn({ id: 1 }), aCheckIn({ id: 2, waveMonths: 6, dueOn: '2026-06-02' })];

  it('waits for its slot, leaves at it, and lets the later waves wait for theirs', () => {
    expect(decide({ unsent }, '2026-02-20T12:00:00Z')).toEqual([
      '1 wait until 2026-03-02T10:00 (not_due)',
      '2 wait until 2026-06-02T10:00 (not_due)',
    ]);
    expect(decide({ unsent }, '2026-03-02T09:59:59Z')).toEqual([
      '1 wait until 2026-03-02T10:00 (window)',
      '2 wait until 2026-06-02T10:00 (not_due)',
    ]);
    expect(decide({ unsent }, '2026-03-02T10:00:00Z')).toEqual(['1 ask', '2 wait until 2026-06-02T10:00 (not_due)']);
  });

  it('leaves late in the day if there is time, else at the slot of the next send day', () => {
    expect(decide({ unsent }, '2026-03-02T15:45:00Z')[0]).toBe('1 ask');
    expect(decide({ unsent }, '2026-03-02T15:46:00Z')[0]).toBe('1 wait until 2026-03-03T10:00 (window)');
  });

  it('that falls due at a weekend leaves on Monday', () => {
    const saturday = [aCheckIn({ id: 1, dueOn: '2026-02-28' })];
    expect(decide({ unsent: saturday }, '2026-02-28T12:00:00Z')).toEqual(['1 wait until 2026-03-02T10:00 (window)']);
    expect(decide({ unsent: saturday }, '2026-03-02T10:00:01Z')).toEqual(['1 ask']);
  });

  it("is due when the day begins on the person's own calendar", () => {
    const inApia = { unsent, timeZone: 'Pacific/Apia' };
    // 10:00 on Monday in Apia is 21:00 on Sunday in UTC.
    expect(decide(inApia, '2026-03-01T20:59:00Z')[0]).toBe('1 wait until 2026-03-01T21:00 (window)');
    expect(decide(inApia, '2026-03-01T21:00:00Z')[0]).toBe('1 ask');
  });

  it('asks nothing of nobody', () => {
    expect(decide({ unsent: [] }, '2026-03-02T10:00:00Z')).toEqual([]);
  });

  it('of a programme that was not handed over is a bug, not a silence', () => {
    expect(() => decide({ unsent, programmes: [] }, '2026-03-02T10:00:00Z')).toThrow('no schedule of programme 1');
  });
});

describe('late', () => {
  const past = [
    aCheckIn({ id: 1, waveMonths: 3, dueOn: '2025-06-10', addedAt: at('2026-03-02T09:00:00Z') }),
    aCheckIn({ id: 2, waveMonths: 6, dueOn: '2025-09-10', addedAt: at('2026-03-02T09:00:00Z') }),
    aCheckIn({ id: 3, waveMonths: 11, dueOn: '2026-02-10', addedAt: at('2026-03-02T09:00:00Z') }),
    aCheckIn({ id: 4, waveMonths: 24, dueOn: '2027-03-10', addedAt: at('2026-03-02T09:00:00Z') }),
  ];

  it('a cohort imported late is asked only its newest wave', () => {
    expect(decide({ unsent: past }, '2026-03-02T11:00:00Z')).toEqual([
      '1 not asked: imported_late',
      '2 not asked: imported_late',
      '3 ask',
      '4 wait until 2027-03-10T10:00 (not_due)',
    ]);
  });

  it('a cohort imported late is not asked at all where its newest wave is more than 60 days past', () => {
    const first = [aCheckIn({ id: 1, dueOn: '2026-01-01', addedAt: at('2026-03-01T09:00:00Z') })];
    expect(decide({ unsent: first }, '2026-03-02T11:00:00Z')).toEqual(['1 ask']);
    expect(decide({ unsent: first }, '2026-03-03T11:00:00Z')).toEqual(['1 not asked: imported_late']);
  });

  it('after a long outage only the newest wave is asked', () => {
    const unsent = [aCheckIn({ id: 1, dueOn: '2026-03-02' }), aCheckIn({ id: 2, waveMonths: 5, dueOn: '2026-05-02' })];
    expect(decide({ unsent }, '2026-05-20T11:00:00Z')).toEqual(['1 not asked: too_late', '2 ask']);
    expect(decide({ unsent: [aCheckIn({ id: 1, dueOn: '2026-03-25' }), ...unsent.slice(1)] }, '2026-05-20T11:00:00Z')).toEqual([
      '1 not asked: superseded',
      '2 ask',
    ]);
  });

  it('an older wave within 30 days of the newest is served by its question', () => {
    const unsent = [aCheckIn({ id: 1, dueOn: '2026-02-01' }), aCheckIn({ id: 2, cohortId: 2 as CohortId, dueOn: '2026-03-02' })];
    expect(decide({ unsent }, '2026-03-02T09:00:00Z')).toEqual([
      '1 wait until 2026-03-02T10:00 (newer_wave_first)',
      '2 wait until 2026-03-02T10:00 (window)',
    ]);
    expect(decide({ unsent }, '2026-03-02T11:00:00Z')).toEqual(['1 serve by 2', '2 ask for 1 too']);
  });
});

describe('two waves of one programme', () => {
  it.each([
    ['2026-04-01', ['1 ask for 2 too', '2 serve by 1']],
    ['2026-04-02', ['1 ask', '2 wait until 2026-04-02T10:00 (not_due)']],
  ])('are served by one question up to 30 days apart: the second due on %s', (dueOn, expected) => {
    const unsent = [aCheckIn({ id: 1 }), aCheckIn({ id: 2, cohortId: 2 as CohortId, dueOn })];
    expect(decide({ unsent }, '2026-03-02T10:00:00Z')).toEqual(expected);
  });

  it('due on the same day are asked once, as the one with more months behind it', () => {
    const unsent = [aCheckIn({ id: 1, waveMonths: 3 }), aCheckIn({ id: 2, cohortId: 2 as CohortId, waveMonths: 12 })];
    expect(decide({ unsent }, '2026-03-02T10:00:00Z')).toEqual(['1 serve by 2', '2 ask for 1 too']);
  });

  it('are served by one question also where the second came up after it was asked', () => {
    const joined = [aCheckIn({ id: 2, cohortId: 2 as CohortId, dueOn: '2026-03-20' })];
    const lastQuestions = [asked(1, '2026-03-02T10:00:00Z')];
    expect(decide({ unsent: joined, lastQuestions }, '2026-03-10T12:00:00Z')).toEqual(['2 serve by 1']);
    const later = [aCheckIn({ id: 2, cohortId: 2 as CohortId, dueOn: '2026-04-02' })];
    expect(decide({ unsent: later, lastQuestions }, '2026-03-10T12:00:00Z')).toEqual(['2 wait until 2026-04-02T10:00 (not_due)']);
  });

  it('are never out at once', () => {
    const unsent = [aCheckIn({ id: 2, dueOn: '2026-06-02' })];
    const out = { lastQuestions: [asked(1, '2026-03-02T10:00:00Z')], open: [{ programmeId: ARENA, checkInId: id(1) }] };
    expect(decide({ unsent, ...out }, '2026-06-02T11:00:00Z')).toEqual(['2 wait until 2026-06-03T11:00 (still_open)']);
  });
});

describe('two programmes', () => {
  const unsent = [aCheckIn({ id: 1, dueOn: '2026-03-02' }), aCheckIn({ id: 2, programmeId: MATS, dueOn: '2026-03-01' })];

  it('with a wave due each: the one due earlier goes first, the other 30 days later', () => {
    expect(decide({ unsent }, '2026-03-02T10:00:00Z')).toEqual([
      '1 wait until 2026-04-01T10:00 (other_programme_first)',
      '2 ask',
    ]);
  });

  it('due on the same day go in the order of their ids', () => {
    const both = [aCheckIn({ id: 2, programmeId: MATS }), aCheckIn({ id: 1 })];
    expect(decide({ unsent: both }, '2026-03-02T10:00:00Z')).toEqual([
      '1 ask',
      '2 wait until 2026-04-01T10:00 (other_programme_first)',
    ]);
  });

  it('keep the 30 days to the second, from the delivery', () => {
    const given = { unsent: [aCheckIn({ id: 1 })], lastQuestions: [asked(9, '2026-02-02T10:00:30Z', MATS)] };
    expect(decide(given, '2026-03-04T10:00:29Z')).toEqual(['1 wait until 2026-03-04T10:00 (kept_apart)']);
    expect(decide(given, '2026-03-04T10:00:30Z')).toEqual(['1 ask']);
  });

  it('never share a question', () => {
    const far = aCheckIn({ id: 3, programmeId: MATS, dueOn: '2026-03-04' });
    expect(decide({ unsent: [aCheckIn({ id: 1 }), far] }, '2026-03-02T10:00:00Z')).toEqual([
      '1 ask',
      '3 wait until 2026-03-04T10:00 (not_due)',
    ]);
  });

  it('the earlier one goes first even if its window opens later', () => {
    const onFridays = aProgramme({ id: MATS, settings: { ...plain, sendDays: [5] } });
    expect(decide({ unsent, programmes: [aProgramme(), onFridays] }, '2026-03-02T10:00:00Z')).toEqual([
      '1 wait until 2026-03-06T10:00 (other_programme_first)',
      '2 wait until 2026-03-06T10:00 (window)',
    ]);
  });

  it('a paused one holds nobody back', () => {
    const programmes = [aProgramme(), aProgramme({ id: MATS, paused: true })];
    expect(decide({ unsent, programmes }, '2026-03-02T10:00:00Z')).toEqual(['1 ask', '2 wait until 2026-03-03T10:00 (paused)']);
  });
});

describe('a snooze', () => {
  const snoozed = (notBefore: string) => aCheckIn({ id: 1, state: 'snoozed', notBefore });
  const lastQuestions = [asked(1, '2026-03-02T10:00:00Z')];

  it('is asked again after two weeks, although 30 days have not passed', () => {
    const unsent = [snoozed('2026-03-16')];
    expect(decide({ unsent, lastQuestions }, '2026-03-15T12:00:00Z')).toEqual(['1 wait until 2026-03-16T10:00 (not_due)']);
    expect(decide({ unsent, lastQuestions }, '2026-03-16T10:00:00Z')).toEqual(['1 ask']);
  });

  it("keeps 30 days from another programme's question", () => {
    const both = [...lastQuestions, asked(9, '2026-04-01T10:00:00Z', MATS)];
    expect(decide({ unsent: [snoozed('2026-04-02')], lastQuestions: both }, '2026-04-02T10:00:00Z')).toEqual([
      '1 wait until 2026-05-01T10:00 (kept_apart)',
    ]);
  });

  it('past the next wave folds into that one', () => {
    const unsent = [snoozed('2026-12-01'), aCheckIn({ id: 2, waveMonths: 6, dueOn: '2026-06-02' })];
    expect(decide({ unsent, lastQuestions }, '2026-06-02T10:00:00Z')).toEqual(['1 serve by 2', '2 ask for 1 too']);
  });

  it('counts the 60 days from its own day', () => {
    const unsent = [snoozed('2026-05-04')];
    expect(decide({ unsent, lastQuestions }, '2026-07-03T10:00:00Z')).toEqual(['1 ask']);
    expect(decide({ unsent, lastQuestions }, '2026-07-04T10:00:00Z')).toEqual(['1 not asked: too_late']);
  });
});

describe('a pause', () => {
  it('of a cohort leaves its other cohorts alone, and keeps its waves out of their question', () => {
    const programmes = [aProgramme({ pausedCohorts: [1 as CohortId] })];
    const unsent = [aCheckIn({ id: 1 }), aCheckIn({ id: 2, cohortId: 2 as CohortId })];
    expect(decide({ unsent, programmes }, '2026-03-02T10:00:00Z')).toEqual(['1 wait until 2026-03-03T10:00 (paused)', '2 ask']);
  });

  it('longer than 60 days costs the wave', () => {
    const programmes = [aProgramme({ paused: true })];
    expect(decide({ unsent: [aCheckIn({ id: 1 })], programmes }, '2026-05-01T10:00:00Z')).toEqual([
      '1 wait until 2026-05-02T10:00 (paused)',
    ]);
    expect(decide({ unsent: [aCheckIn({ id: 1 })], programmes }, '2026-05-02T10:00:00Z')).toEqual(['1 not asked: too_late']);
  });
});

describe('the end', () => {
  const unsent = [aCheckIn({ id: 1 }), aCheckIn({ id: 2, dueOn: '2027-03-02' })];

  it('by a stop takes everything that has not left', () => {
    const programmes = [aProgramme({ stopped: true })];
    expect(decide({ unsent, programmes }, '2026-02-02T10:00:00Z')).toEqual(['1 stopped', '2 stopped']);
  });

  it('of a programme or cohort in the archive takes what falls due', () => {
    const expected = ['1 not asked: archived', '2 wait until 2027-03-02T10:00 (not_due)'];
    expect(decide({ unsent, programmes: [aProgramme({ archived: true })] }, '2026-03-02T10:00:00Z')).toEqual(expected);
    expect(decide({ unsent, programmes: [aProgramme({ archivedCohorts: [1 as CohortId] })] }, '2026-03-02T10:00:00Z')).toEqual(
      expected,
    );
  });
});

describe('a clock set back', () => {
  it('asks nothing again, and counts a question of the future as asked now', () => {
    const given = { unsent: [aCheckIn({ id: 1, programmeId: MATS })], lastQuestions: [asked(9, '2027-01-01T10:00:00Z')] };
    expect(decide(given, '2026-03-02T10:00:00Z')).toEqual(['1 wait until 2026-04-01T10:00 (kept_apart)']);
  });
});

describe('the day shown to people', () => {
  it('is that of the slot, or the next opening for what is late', () => {
    const shownAt = (dueOn: string, notBefore: string | null) =>
      planDueAt(
        { dueOn, notBefore },
        { slotSeed: 'person 1', timeZone: 'Asia/Tokyo' },
        plain,
        at('2026-03-02T08:00:00Z'),
      ).toISOString();
    expect(shownAt('2026-06-02', null)).toBe('2026-06-02T01:00:00.000Z');
    expect(shownAt('2026-01-02', null)).toBe('2026-03-03T01:00:00.000Z');
    expect(shownAt('2026-01-02', '2026-06-02')).toBe('2026-06-02T01:00:00.000Z');
  });
});
