import type { Clock, ErasedCopy, ErasedStore, Log } from '../ports.js';

export type KeepErasedPorts = {
  readonly erased: ErasedStore;
  readonly copy: ErasedCopy;
  readonly clock: Clock;
  readonly log: Log;
  /** Wipes what was deleted out of the database's files. */
  readonly scrub?: () => Promise<void>;
};

/**
 * Keeps the copy of the list of erased people beside the database up to date. Where the copy knows more, the database was put back
 * from a backup: whoever had themselves erased since is erased again. The returned function is run by the tick, and costs one look
 * while nothing has changed. It rejects where the copy cannot be used.
 */
export function erasedKeeper({ erased, copy, clock, log, scrub }: KeepErasedPorts): () => Promise<void> {
  let kept: number | null = null;
  return async () => {
    const version = await erased.version();
    if (version === kept) return;
    const beside = await copy.read();
    if (beside !== null && beside.version > version) {
      const people = await erased.applyAgain(beside, clock.now());
      log.warn('erasures_applied_again', { people, fingerprints: beside.fingerprints.length });
    }
    const list = await erased.list();
    kept = list.version;
    if (list.version === beside?.version) return;
    await copy.write(list);
    if (list.fingerprints.length > 0) await scrub?.();
  };
}
