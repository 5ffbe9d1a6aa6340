import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSlot, isInWindow, localDay, nextOpening, slotMinute } from '../../src/domain/send-window.js';
import { DEFAULT_SETTINGS, type Settings } from '../../src/domain/settings.js';
import { shown } from './schedule-promises.js';

const HOUR_MS = 3_600_000;
const someSettings = (given: Partial<Settings> = {}): Settings => ({ ...DEFAULT_SETTINGS, ...given });
const roundTheClock = someSettings({ window: { fromMinute: 0, toMinute: 1440 }, sendDays: [1, 2, 3, 4, 5, 6, 7], spreadMs: 0 });
const at = (text: string) => new Date(text);
const opens = (now: string, zone: string | null, slot: number, settings = someSettings()) =>
  nextOpening(at(now), zone, slot, settings).toISOString();

describe("a person's slot", () => {
  it('is the start of the window where nothing is spread', () => {
    expect(slotMinute('anybody', someSettings({ spreadMs: 0 }))).toBe(600);
  });

  it('leaves a quarter of an hour before the window ends', () => {
    const slots = people(5_000).map((seed) => slotMinute(seed, someSettings()));
    expect(Math.min(...slots)).toBe(600);
    expect(Math.max(...slots)).toBe(944);
  });

  it('stays within the spread', () => {
    const slots = people(2_000).map((seed) => slotMinute(seed, someSettings({ spreadMs: HOUR_MS })));
    expect(Math.min(...slots)).toBe(600);
    expect(Math.max(...slots)).toBe(659);
  });

  it('fits the shortest window', () => {
    const slots = people(500).map((seed) => slotMinute(seed, someSettings({ window: { fromMinute: 600, toMinute: 630 } })));
    expect(new Set(slots).size).toBe(15);
    expect(Math.max(...slots)).toBe(614);
  });

  it('is spread evenly over people with neighbouring ids', () => {
    const fifths = [0, 0, 0, 0, 0];
    for (const seed of people(10_000)) {
      const fifth = Math.floor((slotMinute(seed, someSettings()) - 600) / 69);
      fifths[fifth] = (fifths[fifth] ?? 0) + 1;
    }
    for (const count of fifths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  it('is the same in every release', () => {
    expect(['person 1', 'person 2', ''].map((seed) => slotMinute(seed, someSettings()))).toEqual([790, 831, 638]);
  });
});

describe('the next opening', () => {
  it("is today's slot while it is to come", () => {
    expect(opens('2026-03-02T08:00:00Z', 'Etc/UTC', 660)).toBe('2026-03-02T11:00:00.000Z');
    expect(opens('2026-03-02T11:00:00Z', 'Etc/UTC', 660)).toBe('2026-03-02T11:00:00.000Z');
  });

  it('is now where the slot has passed and a quarter of an hour is left', () => {
    expect(opens('2026-03-02T15:45:00Z', 'Etc/UTC', 660)).toBe('2026-03-02T15:45:00.000Z');
    expect(opens('2026-03-02T15:45:01Z', 'Etc/UTC', 660)).toBe('2026-03-03T11:00:00.000Z');
  });

  it('skips the days on which nothing leaves', () => {
    expect(opens('2026-03-06T17:00:00Z', 'Etc/UTC', 660)).toBe('2026-03-09T11:00:00.000Z');
    expect(opens('2026-03-07T11:30:00Z', 'Etc/UTC', 660)).toBe('2026-03-09T11:00:00.000Z');
  });

  it('is now at any time where the window never closes', () => {
    expect(opens('2026-03-02T23:59:59Z', 'Etc/UTC', 0, roundTheClock)).toBe('2026-03-02T23:59:59.000Z');
    const workdays = { ...roundTheClock, sendDays: [1, 2, 3, 4, 5] };
    expect(opens('2026-03-05T23:59:00Z', 'Etc/UTC', 0, workdays)).toBe('2026-03-05T23:59:00.000Z');
    expect(opens('2026-03-06T23:59:00Z', 'Etc/UTC', 0, workdays)).toBe('2026-03-09T00:00:00.000Z');
  });

  it("goes by the person's day, not the programme's", () => {
    // Sunday evening in London is Monday morning in Kathmandu, at an offset of 5:45.
    expect(opens('2026-03-01T20:00:00Z', 'Asia/Kathmandu', 600)).toBe('2026-03-02T04:15:00.000Z');
  });

  it('keeps the wall clock across a change of clocks', () => {
    expect(opens('2026-03-27T16:00:00Z', 'Europe/London', 660)).toBe('2026-03-30T10:00:00.000Z');
    expect(opens('2026-10-23T16:00:00Z', 'Europe/London', 660)).toBe('2026-10-26T11:00:00.000Z');
  });
});

describe('an hour that the clocks skip', () => {
  // Lord Howe goes from 02:00 to 02:30 on 4 October 2026.
  const atNight = someSettings({ window: { fromMinute: 120, toMinute: 240 }, sendDays: [7], spreadMs: 0 });

  it('moves the slot later', () => {
    const slot = firstSlot('2026-10-04', 'Australia/Lord_Howe', 125, atNight);
    expect(shown(slot, 'Australia/Lord_Howe')).toEqual({ day: '2026-10-04', minute: 155, weekday: 7 });
  });

  it('moves it to the next send day where it swallows the rest of the window', () => {
    const short = { ...atNight, window: { fromMinute: 115, toMinute: 150 } };
    expect(shown(firstSlot('2026-10-04', 'Australia/Lord_Howe', 125, short), 'Australia/Lord_Howe').day).toBe('2026-10-11');
  });

  it('counts for no time left', () => {
    // London goes from 01:00 to 02:00 on 29 March 2026: at 00:50 this window has ten minutes left, not seventy.
    const night = someSettings({ window: { fromMinute: 0, toMinute: 120 }, sendDays: [7], spreadMs: 0 });
    expect(opens('2026-03-29T00:50:00Z', 'Europe/London', 0, night)).toBe('2026-04-04T23:00:00.000Z');
  });

  it('does not bring back a whole day that an island skipped', () => {
    // Samoa had no 30 December 2011.
    const slot = firstSlot('2011-12-30', 'Pacific/Apia', 660, someSettings({ sendDays: [5] }));
    expect(shown(slot, 'Pacific/Apia')).toEqual({ day: '2012-01-06', minute: 660, weekday: 5 });
  });
});

describe('an hour that comes twice', () => {
  it('asks in the first', () => {
    const night = someSettings({ window: { fromMinute: 60, toMinute: 180 }, sendDays: [7], spreadMs: 0 });
    expect(firstSlot('2026-10-25', 'Europe/London', 90, night).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });
});

describe('the first slot', () => {
  it('is on the day it is due, or on the first send day after it', () => {
    expect(firstSlot('2026-03-02', 'America/New_York', 600, someSettings()).toISOString()).toBe('2026-03-02T15:00:00.000Z');
    expect(firstSlot('2026-03-07', 'America/New_York', 600, someSettings()).toISOString()).toBe('2026-03-09T14:00:00.000Z');
  });

  it('is the next opening where it is past', () => {
    expect(firstSlot('2026-03-02', 'Etc/UTC', 600, someSettings(), at('2026-03-04T17:00:00Z')).toISOString()).toBe(
      '2026-03-05T10:00:00.000Z',
    );
    expect(firstSlot('2026-03-02', 'Etc/UTC', 600, someSettings(), at('2026-03-02T12:00:00Z')).toISOString()).toBe(
      '2026-03-02T12:00:00.000Z',
    );
    expect(firstSlot('2026-03-05', 'Etc/UTC', 600, someSettings(), at('2026-03-02T12:00:00Z')).toISOString()).toBe(
      '2026-03-05T10:00:00.000Z',
    );
  });
});

describe('a zone that the runtime does not know', () => {
  const settings = someSettings({ timeZone: 'America/New_York' });

  it.each([null, 'Mars/Phobos', '', '+02:00'])("%j falls back to the programme's", (zone) => {
    expect(firstSlot('2026-03-02', zone, 600, settings).toISOString()).toBe('2026-03-02T15:00:00.000Z');
    expect(isInWindow(at('2026-03-02T15:00:00Z'), zone, settings)).toBe(true);
    expect(localDay(at('2026-03-02T03:00:00Z'), zone, settings)).toBe('2026-03-01');
  });

  it('and, if that is unknown too, to UTC', () => {
    expect(firstSlot('2026-03-02', 'Mars/Phobos', 600, someSettings({ timeZone: 'Moon/Tycho' })).toISOString()).toBe(
      '2026-03-02T10:00:00.000Z',
    );
  });
});

describe('at any instant, anywhere', () => {
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const now = fc.date({ min: at('2024-01-01T00:00:00Z'), max: at('2036-01-01T00:00:00Z'), noInvalidDate: true });
  const settings = fc
    .record({
      from: fc.integer({ min: 0, max: 1410 }),
      length: fc.integer({ min: 30, max: 1440 }),
      sendDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      spreadMs: fc.constantFrom(0, HOUR_MS, 24 * HOUR_MS),
    })
    .map(({ from, length, sendDays, spreadMs }) =>
      someSettings({ window: { fromMinute: from, toMinute: Math.min(1440, from + length) }, sendDays, spreadMs }),
    );
  const inside = (instant: Date, timeZone: string, { window, sendDays }: Settings) => {
    const { minute, weekday } = shown(instant, timeZone);
    return minute >= window.fromMinute && minute < window.toMinute && sendDays.includes(weekday);
  };

  it('the window is open when the clock there says so', () => {
    fc.assert(
      fc.property(now, zone, settings, (instant, timeZone, given) => {
        expect(isInWindow(instant, timeZone, given)).toBe(inside(instant, timeZone, given));
      }),
      { seed: 7, numRuns: 800 },
    );
  });

  it('the next opening is not past, inside the window, now or at the slot, and passes over no slot before it', () => {
    fc.assert(
      fc.property(now, zone, settings, (instant, timeZone, given) => {
        const slot = slotMinute(timeZone, given);
        const opening = nextOpening(instant, timeZone, slot, given);
        expect(opening >= instant).toBe(true);
        expect(inside(opening, timeZone, given)).toBe(true);
        // Only a clock change moves a slot; it never comes earlier.
        if (opening > instant) expect(shown(opening, timeZone).minute).toBeGreaterThanOrEqual(slot);
        const missed = slotsBetween(
          instant,
          opening,
          (each) => inside(each, timeZone, given) && shown(each, timeZone).minute === slot,
        );
        expect(missed).toEqual([]);
      }),
      { seed: 7, numRuns: 250 },
    );
  });
});

/** By looking at every minute; slots are whole minutes. */
function slotsBetween(from: Date, to: Date, isSlot: (at: Date) => boolean): string[] {
  const found: string[] = [];
  for (let ms = Math.ceil(from.getTime() / 60_000) * 60_000; ms < to.getTime(); ms += 60_000) {
    if (isSlot(new Date(ms))) found.push(new Date(ms).toISOString());
  }
  return found;
}

function people(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `person ${i}`);
}
