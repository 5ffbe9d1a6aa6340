import { describe, expect, it } from 'vitest';
import { spreadProblem } from '../../src/domain/durations.js';
import { firstQuestion } from '../../src/domain/first-question.js';
import { parseProbability } from '../../src/domain/prediction.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { COMMON_ZONES, takesOver, zoneNamed } from '../../src/domain/time-zone.js';

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Berlin', 'Europe/Berlin'],
    ['in Berlin', 'Europe/Berlin'],
    ['Zürich', 'Europe/Zurich'],
    ['são paulo', 'America/Sao_Paulo'],
    ['new york', 'America/New_York'],
    ['NYC', 'America/New_York'],
    ['EST', 'America/New_York'],
    ['UTC', 'UTC'],
    ['Atlantis', null],
    ['', null],
    ['+02:00', null],
  ])('is meant by %s: %s', (text, zone) => {
    expect(zoneNamed(text)).toBe(zone);
  });

  it('is one that the runtime knows, for every choice, and few enough for one select', () => {
    expect(COMMON_ZONES.filter((each) => zoneNamed(each.value) !== each.value)).toEqual([]);
    expect(COMMON_ZONES.length).toBeLessThanOrEqual(25);
  });

  it.each([
    ['roster', null, true],
    ['roster', 'roster', true],
    ['roster', 'profile', false],
    ['roster', 'person', false],
    ['profile', 'roster', true],
    ['profile', 'person', false],
    ['person', 'person', true],
  ] as const)('of a %s counts over one of a %s: %s', (from, known, counts) => {
    expect(takesOver({ timeZone: 'Asia/Tokyo', timeZoneFrom: known }, from)).toBe(counts);
  });
});

describe('what makes no sense is refused', () => {
  it.each(['0', '0%', '100%', '1', '1.0'])('a probability of %s', (text) => {
    const read = parseProbability(text);
    expect(read.ok ? '' : read.error).toContain('leaves no room for being wrong');
  });

  it('but not one that is only nearly certain', () => {
    expect(parseProbability('99%')).toEqual({ ok: true, value: 0.99 });
  });

  it('a spread longer than its window, with the longest that fits', () => {
    const window = { fromMinute: 600, toMinute: 720 };
    expect(spreadProblem({ spreadMs: 3 * 3_600_000, window })).toContain('choose at most 2h');
    expect(spreadProblem({ spreadMs: 2 * 3_600_000, window })).toBeNull();
  });
});

describe('the first question', () => {
  it.each([
    // Due on a Saturday: it leaves on the Monday after.
    ['2023-06-30', '2023-07-01T00:00:00Z', { on: '2023-09-30', leavesOn: '2023-10-02', isLate: false }],
    ['2023-06-30', '2023-10-04T12:00:00Z', { on: '2023-09-30', leavesOn: '2023-10-04', isLate: true }],
    ['2023-06-30', '2023-10-07T12:00:00Z', { on: '2023-09-30', leavesOn: '2023-10-09', isLate: true }],
  ])('of a cohort that ended on %s, seen at %s, leaves on a day on which questions leave', (endedOn, now, expected) => {
    expect(firstQuestion(endedOn, DEFAULT_SETTINGS, new Date(now))).toMatchObject(expected);
  });
});
