import type { Log } from '../ports.js';

/** Something that the bot does again and again, never twice at once. */
export type Stage = {
  readonly name: string;
  /** Begins, unless it is at it still. */
  readonly look: () => Promise<void>;
  /** The same, and once more after that if it was at it already: what was written down meanwhile is seen. Resolves after that. */
  readonly again: () => Promise<void>;
  readonly idle: () => Promise<void>;
  /** So far, in seconds. */
  readonly spent: () => {
    readonly runs: number;
    readonly failures: number;
    readonly seconds: number;
    readonly lastSeconds: number;
  };
};

/** A stage that fails is logged and looks again with the next tick; it never throws. */
export function stage(name: string, work: () => Promise<unknown>, log: Log): Stage {
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const spent = { runs: 0, failures: 0, seconds: 0, lastSeconds: 0 };

  async function once(): Promise<void> {
    const began = performance.now();
    try {
      await work();
    } catch (error) {
      spent.failures += 1;
      log.error('stage_failed', { stage: name, error });
    }
    spent.lastSeconds = (performance.now() - began) / 1_000;
    spent.runs += 1;
    spent.seconds += spent.lastSeconds;
  }

  function look(): Promise<void> {
    current ??= once().finally(() => {
      current = null;
    });
    return current;
  }

  function again(): Promise<void> {
    if (current === null) return look();
    next ??= current.then(() => {
      next = null;
      return look();
    });
    return next;
  }

  return { name, look, again, idle: async () => void (await (next ?? current)), spent: () => ({ ...spent }) };
}
