import { Temporal } from 'temporal-polyfill';
import { DAY_MS, isTimeZone, type Settings } from './settings.js';

const MINUTE_MS = 60_000;

/** A day on somebody's calendar, and the minutes since its midnight as their clock shows them, seconds as a fraction. */
export type WallClock = { readonly day: string; readonly minute: number };

/** From one clock change of a zone to the next; instants in milliseconds, `to` not included. */
type Stretch = { readonly from: number; readonly to: number; readonly offsetMs: number };

// Asking the runtime or the polyfill about a zone costs far more than all the rest of a decision, and a tick asks the same for thousands of people.
// Only zones the runtime knows are remembered, each with a few stretches of months or years: that stays small.
const stretchesOf = new Map<string, Stretch[]>();

/** The person's zone; the programme's where theirs is missing or unknown to this runtime; else UTC. Never throws. */
export function usableZone(zone: string | null, settings: Settings): string {
  if (zone !== null && isKnown(zone)) return zone;
  return isKnown(settings.timeZone) ? settings.timeZone : 'UTC';
}

const isKnown = (zone: string) => stretchesOf.has(zone) || isTimeZone(zone);

/** What the clock on the wall shows. Throws on a zone the runtime does not know. */
export function wallClock(now: Date, zone: string): WallClock {
  return clockOf(now.getTime() + stretchAt(now.getTime(), zone).offsetMs);
}

/** The instant of a wall clock's time, and what the clock shows then: in a skipped hour a later time, of an hour that comes twice the first. */
export function instantOf({ day, minute }: WallClock, zone: string): { readonly at: Date; readonly clock: WallClock } {
  const wallMs = Date.parse(day) + minute * MINUTE_MS;
  const stretch = stretchAt(wallMs, zone);
  const guess = wallMs - stretch.offsetMs;
  // Well inside a stretch there is nothing to decide; close to a clock change Temporal does.
  const isPlain = guess - stretch.from > 2 * DAY_MS && stretch.to - guess > 2 * DAY_MS;
  const at = isPlain ? guess : instantByTemporal(wallMs, zone);
  return { at: new Date(at), clock: isPlain ? { day, minute } : wallClock(new Date(at), zone) };
}

function instantByTemporal(wallMs: number, zone: string): number {
  const wall = Temporal.PlainDateTime.from(new Date(wallMs).toISOString().slice(0, -1));
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

function clockOf(wallMs: number): WallClock {
  const day = new Date(wallMs).toISOString().slice(0, 10);
  return { day, minute: (wallMs - Date.parse(day)) / MINUTE_MS };
}

function stretchAt(ms: number, zone: string): Stretch {
  const known = stretchesOf.get(zone) ?? [];
  const found = known.find(({ from, to }) => from <= ms && ms < to);
  if (found) return found;
  const here = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const stretch = {
    // A millisecond on, because "previous" means before: at the very change it would name the one before that.
    from: here.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: here.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: here.offsetNanoseconds / 1e6,
  };
  stretchesOf.set(zone, [...known, stretch]);
  return stretch;
}
