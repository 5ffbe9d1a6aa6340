import type { Log } from '../ports.js';
import { FAILED } from './shell.js';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** What is in hand has so long to be finished; whatever is not is looked up at the next start. */
const DEADLINE_MS = 9_500;

export type Ending = {
  /** Resolves once the process is to end. */
  readonly ended: Promise<void>;
  readonly isEnding: () => boolean;
  readonly begin: () => void;
  /** Ends when this does. */
  readonly when: (over: Promise<void>) => void;
  /** Signals mean again what they always do. */
  readonly off: () => void;
};

/** Ends on SIGTERM and SIGINT, within ten seconds whatever hangs, which `atWhat` then names; a second signal ends it at once. */
export function ending(log: Log, atWhat: () => string | null = () => null): Ending {
  let isEnding = false;
  let end = (_error?: unknown) => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error === undefined ? resolve() : reject(error));
  });
  ended.catch(() => {});
  let deadline: NodeJS.Timeout | undefined;
  const begin = () => {
    if (isEnding) return;
    isEnding = true;
    deadline = setTimeout(() => {
      log.error('ending_took_too_long', { what: atWhat() });
      process.exit(FAILED);
    }, DEADLINE_MS);
    end();
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (isEnding) process.exit(FAILED);
    log.info('ending', { signal });
    begin();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  // A process in an unknown state must not go on writing to people: whatever runs it starts it anew.
  const onBug = (error: unknown) => {
    log.error('crashed', { error });
    process.exit(FAILED);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
  return {
    ended,
    isEnding: () => isEnding,
    begin,
    when: (over) => void over.then(begin, (error) => end(error)),
    off: () => {
      clearTimeout(deadline);
      for (const signal of SIGNALS) process.off(signal, onSignal);
      process.off('uncaughtException', onBug);
      process.off('unhandledRejection', onBug);
    },
  };
}

export type Closing = {
  /** What is opened last is closed first. */
  readonly last: (what: string, close: () => Promise<void>) => void;
  readonly close: () => Promise<void>;
  /** What is being closed at this moment; null where nothing is. */
  readonly atWhat: () => string | null;
};

/** Closes what was opened, in the reverse order; one that fails to close keeps none of the others open. */
export function closeInOrder(log: Log): Closing {
  const opened: { readonly what: string; readonly close: () => Promise<void> }[] = [];
  let current: string | null = null;
  return {
    last: (what, close) => void opened.push({ what, close }),
    close: async () => {
      for (const { what, close } of opened.splice(0).reverse()) {
        current = what;
        await close().catch((error: unknown) => log.error('close_failed', { what, error }));
      }
      current = null;
    },
    atWhat: () => current,
  };
}
