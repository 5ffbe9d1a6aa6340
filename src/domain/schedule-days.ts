import { DAY_MS } from './settings.js';

// A day is ISO text without a zone. Whole days in UTC have no clock changes, so plain `Date` arithmetic is exact here, and much cheaper than Temporal:
// a tick compares days for thousands of people.

/** The day so many days later (earlier, if negative). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from the one to the other; negative when `to` is the earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}
