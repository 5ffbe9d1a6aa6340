import type { Clock } from '../../src/ports.js';

/** After so many failures in a row it rests. */
const MOST_FAILURES = 5;
const REST_MS = 60_000;

export type Breaker = {
  /** Whether a try may be made now. After a rest one may, and the next ones once it went well. */
  readonly mayTry: () => boolean;
  readonly record: (went: 'well' | 'badly') => void;
};

/** Keeps an endpoint that is down from being waited for at every reply. */
export function circuitBreaker(clock: Clock): Breaker {
  let failures = 0;
  let restsUntil = 0;
  return {
    mayTry: () => {
      const now = clock.now().getTime();
      // A clock that was set back must not make the rest last for ever.
      if (now >= restsUntil || restsUntil - now > REST_MS) {
        if (failures >= MOST_FAILURES) restsUntil = now + REST_MS;
        return true;
      }
      return false;
    },
    record: (went) => {
      if (went === 'well') {
        failures = 0;
        restsUntil = 0;
        return;
      }
      failures += 1;
      if (failures >= MOST_FAILURES) restsUntil = clock.now().getTime() + REST_MS;
    },
  };
}
