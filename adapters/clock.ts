import type { Clock } from '../src/ports.js';

/** The machine's clock, set forward or back by so much for trials. */
export function systemClock(offsetMs: number): Clock {
  return { now: () => new Date(Date.now() + offsetMs) };
}
