import { schedule } from 'node-cron';
import type { Log } from '../src/ports.js';

export type Ticking = {
  /** No further tick begins; the one under way is waited for. */
  stop(): Promise<void>;
};

/**
 * Says "look now" each second. In Etc/UTC, since in a zone with clock changes node-cron leaves a whole hour out; what is due
 * stands in the database, so a tick that is missed or late only delays.
 */
export function everySecond(tick: () => Promise<void>, log: Log): Ticking {
  let current: Promise<void> = Promise.resolve();
  const run = () => {
    current = tick().catch((error: unknown) => log.error('tick_failed', { error }));
    return current;
  };
  // Its own warnings of ticks that overlap would go to stdout, where results belong.
  const quiet = { info: () => {}, warn: () => {}, debug: () => {}, error: () => log.error('cron_failed') };
  const task = schedule('* * * * * *', run, { timezone: 'Etc/UTC', noOverlap: true, suppressMissedWarning: true, logger: quiet });
  return {
    stop: async () => {
      await task.destroy();
      await current;
    },
  };
}
