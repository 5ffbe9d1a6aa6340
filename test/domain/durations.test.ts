import { describe, expect, it } from 'vitest';
import {
  formatDigestTime,
  formatDuration,
  formatReminders,
  formatSendDays,
  formatSendWindow,
  formatWaves,
  parseDigestTime,
  parseDuration,
  parseReminders,
  parseSendDays,
  parseSendWindow,
  parseTimeZone,
  parseWaves,
  settingsProblems,
} from '../../src/domain/durations.js';
import type { Result } from '../../src/domain/result.js';
import { DAY_MS, DEFAULT_SETTINGS } from '../../src/domain/settings.js';

const problemOf = (result: Result<unknown, string>) => (result.ok ? 'none' : result.error);

describe('a duration', () => {
  it.each([
    ['45s', 45_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['4d', 345_600_000],
    ['0s', 0],
    [' 4D ', 345_600_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '4', 'd', '4 days', '-4d', '1.5d', '4w', '1d2h', '1e3s', '36526d', '999999999d'])(
    'is not read from "%s"',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it.each(['45s', '90s', '10m', '90m', '2h', '36h', '4d', '28d', '0s'])('%s is written as it was read', (text) => {
    expect(formatDuration(parseDuration(text) ?? -1)).toBe(text);
  });

  it('is written in the largest unit that leaves no rest', () => {
    expect([24 * 3_600_000, 7_200_000, 60_000, 1_999].map(formatDuration)).toEqual(['1d', '2h', '1m', '1s']);
  });
});

describe('a send window', () => {
  it('is read as minutes from midnight, the whole day included', () => {
    expect(parseSendWindow('10:00-16:00')).toEqual({ ok: true, value: { fromMinute: 600, toMinute: 960 } });
    expect(parseSendWindow(' 9:30 – 10:00 ')).toEqual({ ok: true, value: { fromMinute: 570, toMinute: 600 } });
    expect(parseSendWindow('00:00-24:00')).toEqual({ ok: true, value: { fromMinute: 0, toMinute: 1440 } });
  });

  it.each([
    ['16:00-10:00', 'ends before it starts'],
    ['10:00-10:00', 'ends before it starts'],
    ['22:00-06:00', 'cannot run past midnight'],
    ['10:00-10:29', 'at least 30 minutes'],
    ['10-16', 'such as 10:00-16:00'],
    ['10:00', 'such as 10:00-16:00'],
    ['10:60-16:00', 'such as 10:00-16:00'],
    ['10:00-24:01', 'such as 10:00-16:00'],
    ['10:00-16:00-18:00', 'such as 10:00-16:00'],
  ])('%s is refused, and the sentence says why', (text, why) => {
    expect(problemOf(parseSendWindow(text))).toContain(why);
  });

  it('is written with two digits each', () => {
    expect(formatSendWindow({ fromMinute: 0, toMinute: 1440 })).toBe('00:00-24:00');
    expect(formatSendWindow({ fromMinute: 545, toMinute: 960 })).toBe('09:05-16:00');
  });
});

describe('the days to send on', () => {
  it.each([
    ['mon-fri', [1, 2, 3, 4, 5], 'mon-fri'],
    ['mon,wed,fri', [1, 3, 5], 'mon,wed,fri'],
    ['sat-mon', [1, 6, 7], 'mon,sat,sun'],
    ['mon-sun', [1, 2, 3, 4, 5, 6, 7], 'mon-sun'],
    ['Sun, Tuesday-thu', [2, 3, 4, 7], 'tue-thu,sun'],
    ['fri,fri', [5], 'fri'],
  ])('%s are %j, written %s', (text, days, written) => {
    expect(parseSendDays(text)).toEqual({ ok: true, value: days });
    expect(formatSendDays(days)).toBe(written);
  });

  it.each(['', 'monthly', 'mon-', '-mon', 'mon-tue-wed', 'mo', 'mon;tue', '1-5'])('are not read from "%s"', (text) => {
    expect(problemOf(parseSendDays(text))).toContain('write mon-fri, or mon,wed,fri');
  });
});

describe('the waves', () => {
  it('come out ascending and once each', () => {
    expect(parseWaves('12, 3,6,3')).toEqual({ ok: true, value: [3, 6, 12] });
    expect(parseWaves('0,600')).toEqual({ ok: true, value: [0, 600] });
    expect(formatWaves([3, 6, 12])).toBe('3,6,12');
  });

  it.each([
    ['0.5', '"0.5" is not a wave: waves are whole months'],
    ['3,-6', '"-6" is not a wave'],
    ['601', '"601" is not a wave'],
    ['3,,6', '"" is not a wave'],
    ['', '"" is not a wave'],
    ['3m', '"3m" is not a wave'],
  ])('%s are refused by naming the one that is wrong', (text, why) => {
    expect(problemOf(parseWaves(text))).toContain(why);
  });
});

describe('the reminders', () => {
  it('are read as times after delivery, or none', () => {
    expect(parseReminders('4d, 11d')).toEqual({ ok: true, value: [4 * DAY_MS, 11 * DAY_MS] });
    expect(parseReminders('none')).toEqual({ ok: true, value: [] });
    expect([[], [4 * DAY_MS, 11 * DAY_MS]].map(formatReminders)).toEqual(['none', '4d,11d']);
  });

  it.each([
    ['11d,4d', 'must ascend'],
    ['4d,4d', 'must ascend'],
    ['1d,2d,3d,4d', 'At most 3'],
    ['0s', '"0s" is not a time'],
    ['soon', '"soon" is not a time'],
  ])('%s are refused', (text, why) => {
    expect(problemOf(parseReminders(text))).toContain(why);
  });
});

describe('the time of the digest', () => {
  it('is a day and a time, written back the same', () => {
    expect(parseDigestTime('mon 09:00')).toEqual({ ok: true, value: { weekday: 1, minute: 540 } });
    expect(parseDigestTime(' Sunday  23:59')).toEqual({ ok: true, value: { weekday: 7, minute: 1439 } });
    expect(formatDigestTime({ weekday: 1, minute: 540 })).toBe('mon 09:00');
  });

  it.each(['mon', '09:00', 'mon 24:00', 'mon 9', 'mon 09:00 pm'])('is not read from "%s"', (text) => {
    expect(problemOf(parseDigestTime(text))).toContain('such as "mon 09:00"');
  });
});

describe('a time zone', () => {
  it('is a name the runtime knows', () => {
    expect(parseTimeZone(' Europe/London ')).toEqual({ ok: true, value: 'Europe/London' });
  });

  it.each(['+02:00', 'Mars/Phobos', '', 'London'])('is not "%s"', (text) => {
    expect(problemOf(parseTimeZone(text))).toContain('use a name such as Europe/London');
  });
});

describe('settings that do not fit together', () => {
  it('have no problem by default', () => {
    expect(settingsProblems(DEFAULT_SETTINGS)).toEqual([]);
  });

  it('are told about a reminder that would come after the lapse', () => {
    expect(settingsProblems({ ...DEFAULT_SETTINGS, lapseMs: 11 * DAY_MS })).toEqual([
      'The last reminder (11d) must come before the question lapses (11d): choose an earlier reminder or a later lapse',
    ]);
    expect(settingsProblems({ ...DEFAULT_SETTINGS, lapseMs: 11 * DAY_MS, reminderAfterMs: [] })).toEqual([]);
  });

  it('are told about a reply that nobody would answer for days', () => {
    expect(settingsProblems({ ...DEFAULT_SETTINGS, settleMs: DAY_MS })).toEqual([]);
    expect(settingsProblems({ ...DEFAULT_SETTINGS, settleMs: 2 * DAY_MS })).toEqual([expect.stringContaining('within a day')]);
  });

  it('are told every problem at once', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      waves: [6, 3],
      window: { fromMinute: 960, toMinute: 600 },
      reminderAfterMs: [2, 1].map((days) => days * DAY_MS),
    };
    expect(settingsProblems(settings)).toHaveLength(3);
  });
});
