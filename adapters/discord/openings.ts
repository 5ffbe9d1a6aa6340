import type { PlatformMemory } from '../../src/platform-ports.js';

/** How many direct channels may be opened within how long, by all copies together. */
export type OpeningPace = { readonly most: number; readonly withinMs: number };

/**
 * Discord publishes no limit on opening direct messages, only that a bot which opens many too quickly may be kept from it; bots report
 * that a few dozen at once had them quarantined, and ten new ones in ten minutes is the figure that is told most often.
 */
export const DEFAULT_OPENING_PACE: OpeningPace = { most: 10, withinMs: 600_000 };
const LONGEST_WAIT_MS = 3_600_000;

export type Openings = {
  /** Null: go ahead; else how many milliseconds to wait. */
  readonly take: (memory: PlatformMemory | null) => Promise<number | null>;
  /** Discord itself found it too fast. */
  readonly pause: (ms: number) => void;
};

/**
 * Counts openings in the database, as leases that nobody renews: within the window only so many can be had, whichever copy asks.
 * Those who must wait are told different times, so that they do not all come back at once.
 */
export function openings({ most, withinMs }: OpeningPace, holder: () => string, now: () => number): Openings {
  let promisedUntil = 0;
  let pausedUntil = 0;
  let own: number[] = [];

  const isFree = async (memory: PlatformMemory | null) => {
    own = own.filter((at) => at > now() - withinMs);
    if (memory === null) return own.length < most;
    for (let slot = 0; slot < most; slot += 1)
      if (await memory.holdLease(`discord_opening_${slot}`, holder(), withinMs)) return true;
    return false;
  };

  return {
    take: async (memory) => {
      const at = now();
      if (at >= pausedUntil && (await isFree(memory))) {
        own.push(at);
        return null;
      }
      promisedUntil = Math.max(promisedUntil, pausedUntil, at) + withinMs / most;
      if (promisedUntil > at + LONGEST_WAIT_MS) promisedUntil = at + withinMs / most;
      return promisedUntil - at;
    },
    pause: (ms) => {
      pausedUntil = now() + ms;
    },
  };
}
