import type { PlatformMemory, PlatformRefusal } from '../../src/platform-ports.js';
import type { Log } from '../../src/ports.js';
import type { Connection } from './connection.js';

/** A copy that dies is replaced within ten seconds: its lease runs out, another one looks, and connects. */
const LEASE_MS = 6_000;
const LOOK_MS = 1_500;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** A connection that discord.js takes up again by itself is no reason to be taken out of service. */
const SILENCE_MS = 30_000;
const LEASE = 'discord_gateway';
const UNREACHABLE = 'Discord cannot be reached';

type Options = {
  readonly memory: PlatformMemory;
  /** This copy, among those on the same database. */
  readonly holder: string;
  readonly connect: () => Promise<Connection>;
  readonly isRefusal: (error: unknown) => error is PlatformRefusal;
  readonly onRefused: (refusal: PlatformRefusal) => void;
  readonly log: Log;
};

export type Holding = {
  readonly notReady: () => string | null;
  readonly hears: () => boolean;
  readonly close: () => Promise<void>;
};

/**
 * Holds the gateway's connection while this copy has the lease for it, and looks every now and then whether it may. Every event
 * would come to each copy that is connected; so only one is. Resolves once it is connected, or known that another copy is, or that
 * Discord cannot be reached just now; rejects where Discord refuses.
 */
export async function holdGateway({ memory, holder, connect, isRefusal, onRefused, log }: Options): Promise<Holding> {
  let connection: Connection | null = null;
  let connecting: Promise<void> | null = null;
  let isMine = false;
  let heldAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;
  let tries = 0;
  let retryAt = 0;

  const disconnect = async () => {
    const ended = connection;
    connection = null;
    await ended?.close();
  };

  const connectOnce = async () => {
    try {
      const made = await connect();
      tries = 0;
      if (isClosed || !isMine) await made.close();
      else connection = made;
    } catch (error) {
      if (isRefusal(error)) throw error;
      tries += 1;
      retryAt = performance.now() + Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), LONGEST_RETRY_MS);
      log.warn('discord_unreachable', { tries, error: error instanceof Error ? error.name : typeof error });
    }
  };

  const look = async (): Promise<void> => {
    const before = isMine;
    try {
      isMine = await memory.holdLease(LEASE, holder, LEASE_MS);
      if (isMine) heldAt = performance.now();
    } catch {
      // The database is away: until the lease has run out no other copy can have taken it.
      isMine = isMine && performance.now() - heldAt < LEASE_MS;
    }
    if (before !== isMine) log.info(isMine ? 'discord_gateway_taken' : 'discord_gateway_left');
    if (!isMine) await disconnect();
    else if (connection === null && connecting === null && !isClosed && performance.now() >= retryAt) {
      connecting = connectOnce().finally(() => {
        connecting = null;
      });
      connecting.catch((error: unknown) => isRefusal(error) && onRefused(error));
    }
  };

  await look();
  let timer = setTimeout(again, LOOK_MS);
  let looking: Promise<void> = Promise.resolve();
  function again() {
    looking = look()
      .catch((error: unknown) => log.error('discord_look_failed', { error: error instanceof Error ? error.name : typeof error }))
      .finally(() => {
        if (!isClosed) timer = setTimeout(again, LOOK_MS);
      });
  }
  const close = async () => {
    isClosed = true;
    clearTimeout(timer);
    await looking;
    await disconnect();
    await (connecting as Promise<void> | null)?.catch(() => {});
    if (isMine) await memory.dropLease(LEASE, holder).catch(() => {});
  };
  try {
    await connecting;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    hears: () => connection !== null && connection.silentSince() === null,
    notReady: () => {
      if (!isMine) return null;
      if (connection === null) return UNREACHABLE;
      const since = connection.silentSince();
      return since !== null && performance.now() - since > SILENCE_MS ? UNREACHABLE : null;
    },
  };
}
