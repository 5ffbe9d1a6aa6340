import { addDays, weekdayOf } from './schedule-days.js';
import { instantOf, usableZone, type WallClock, wallClock } from './schedule-zones.js';
import type { Settings } from './settings.js';

const MINUTE_MS = 60_000;
/** What has to be left of a window for a question to leave after its slot: sending takes a while, and it must arrive inside. */
const MINUTES_TO_SPARE = 15;
const DAY_MINUTES = 1440;

/** The day on the person's calendar at this instant. */
export function localDay(now: Date, zone: string | null, settings: Settings): string {
  return wallClock(now, usableZone(zone, settings)).day;
}

/** The minute after midnight at which this person's questions leave: always the same for one seed and one window, spread evenly over people. */
export function slotMinute(seed: string, settings: Settings): number {
  const { fromMinute, toMinute } = settings.window;
  const spread = Math.floor(settings.spreadMs / MINUTE_MS);
  const minutes = Math.min(spread, toMinute - MINUTES_TO_SPARE - fromMinute);
  return minutes <= 0 ? fromMinute : fromMinute + (hash(seed) % minutes);
}

/** Whether a message may leave now: a send day, inside the window, on the person's own clock. */
export function isInWindow(now: Date, zone: string | null, settings: Settings): boolean {
  return holds(wallClock(now, usableZone(zone, settings)), settings);
}

/** The person's slot on the first send day on or after `dueOn`; where `now` is given and later than that, their next opening from now. */
export function firstSlot(dueOn: string, zone: string | null, slot: number, settings: Settings, now?: Date): Date {
  const at = slotOnOrAfter(dueOn, usableZone(zone, settings), slot, settings);
  return now && at < now ? nextOpening(now, zone, slot, settings) : at;
}

/** The first moment from `now` on at which a question may leave: today's slot if still to come, now if it has passed and enough of the window is left, else the slot of the next send day. */
export function nextOpening(now: Date, zone: string | null, slot: number, settings: Settings): Date {
  const usable = usableZone(zone, settings);
  const today = wallClock(now, usable);
  if (settings.sendDays.includes(weekdayOf(today.day))) {
    const { at, clock } = instantOf({ day: today.day, minute: slot }, usable);
    if (at >= now && holds(clock, settings)) return at;
    if (at < now && hasTimeLeft(now, today, usable, settings)) return now;
  }
  return slotOnOrAfter(addDays(today.day, 1), usable, slot, settings);
}

function slotOnOrAfter(firstDay: string, zone: string, slot: number, settings: Settings): Date {
  // A slot in the hour a clock change skips comes later, perhaps past its window or on another day: then that day has none. Two weeks hold at most one change.
  for (let days = 0; days < 14; days += 1) {
    const day = addDays(firstDay, days);
    if (!settings.sendDays.includes(weekdayOf(day))) continue;
    const { at, clock } = instantOf({ day, minute: slot }, zone);
    if (holds(clock, settings)) return at;
  }
  return instantOf({ day: firstDay, minute: slot }, zone).at;
}

function hasTimeLeft(now: Date, clock: WallClock, zone: string, settings: Settings): boolean {
  if (!holds(clock, settings)) return false;
  if (runsIntoTomorrow(clock.day, settings)) return true;
  // Both by the clock on the wall and by real time: an hour skipped inside the window is no time left.
  const spared = new Date(now.getTime() + MINUTES_TO_SPARE * MINUTE_MS - 1);
  return settings.window.toMinute - clock.minute >= MINUTES_TO_SPARE && isInWindow(spared, zone, settings);
}

function runsIntoTomorrow(day: string, { window, sendDays }: Settings): boolean {
  return window.fromMinute === 0 && window.toMinute === DAY_MINUTES && sendDays.includes(weekdayOf(addDays(day, 1)));
}

function holds({ day, minute }: WallClock, { window, sendDays }: Settings): boolean {
  return minute >= window.fromMinute && minute < window.toMinute && sendDays.includes(weekdayOf(day));
}

/** FNV-1a with a last stir: seeds that differ in one digit must not sit in neighbouring minutes. Part of what is stored: another hash would move everybody's slot. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
