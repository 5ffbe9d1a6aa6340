import { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import { PlatformRefusal } from '../../src/platform-ports.js';
import type { Log } from '../../src/ports.js';
import { clientOptions, refusalOf, SILENT_LOGGER } from './client.js';

export type SocketOptions = {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** Rejects where the token is not taken any more, after it was. */
  readonly onLost: (refusal: PlatformRefusal) => void;
  /** After each connect and reconnect. */
  readonly onConnected: () => void;
};

export type Socket = {
  readonly receiver: SocketModeReceiver;
  /** Resolves once connected for the first time. */
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Since when it is down (`performance.now()`); null while it is up. */
  readonly downSince: () => number | null;
  /** The app that the socket is for, as Slack says it; null until it does. */
  readonly appId: () => string | null;
};

const HELLO_MS = 30_000;
/** A process that is busy for some seconds has not lost its connection. */
const PONG_MS = 15_000;
const CLOSE_MS = 2_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** A start is given up after this; a connection that once stood is looked for as long as the process runs. */
const TRIES_AT_START = 8;
const SELDOM = 20;
/** Slack takes ten sockets of one app, and a restart overlaps with what it replaces. */
const MOST_SOCKETS = 8;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * A Socket Mode connection that comes back for as long as it takes. The SDK's own reconnecting is off: it gives up on a server error,
 * and on a token that is no longer taken it falls silent with an unhandled rejection.
 */
export function socketOn({ appToken, apiUrl, log, onLost, onConnected }: SocketOptions): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: PONG_MS,
    installerOptions: { clientOptions: clientOptions(apiUrl) },
    logger: SILENT_LOGGER,
  });
  const { client } = receiver;
  let downSince: number | null = performance.now();
  let appId: string | null = null;
  let isClosing = false;
  let wakeUp = () => {};

  client.on('ws_message', (data: unknown) => {
    if (typeof data !== 'string' || !data.includes('"hello"')) return;
    const hello = helloIn(data);
    if (!hello) return;
    appId = hello.connection_info?.app_id ?? appId;
    const sockets = hello.num_connections ?? 0;
    if (sockets > MOST_SOCKETS) log.warn('slack_has_many_sockets', { sockets, most: MOST_SOCKETS });
  });

  /** Resolves once connected; the second promise once that connection is over. */
  async function connect(): Promise<{ readonly over: Promise<void> }> {
    const over = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    const started = client.start();
    started.catch(() => {});
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no hello')), HELLO_MS);
    });
    try {
      await Promise.race([started, tooLate]);
      return { over };
    } finally {
      clearTimeout(timer);
    }
  }

  async function pause(failures: number): Promise<void> {
    const ms = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
    const woken = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    await Promise.race([wait(ms), woken]);
  }

  /** From one connection to its end. */
  async function whileConnected(onOpen: () => void): Promise<void> {
    const { over } = await connect();
    downSince = null;
    log.info('slack_connected');
    onConnected();
    onOpen();
    await over;
    downSince = performance.now();
    if (!isClosing) log.warn('slack_disconnected');
  }

  async function stayConnected(onFirst: () => void): Promise<void> {
    let isFirst = true;
    let failures = 0;
    const onOpen = () => {
      failures = 0;
      if (isFirst) onFirst();
      isFirst = false;
    };
    const onFailure = (error: unknown) => {
      const refusal = refusalOf(error, 'app');
      if (refusal) throw refusal;
      failures += 1;
      if (isFirst && failures >= TRIES_AT_START) throw unreachable(apiUrl);
      if (failures % SELDOM === 1) log.warn('slack_out_of_reach', { failures, error });
    };
    while (!isClosing) {
      await whileConnected(onOpen).catch((error: unknown) => (isClosing ? undefined : onFailure(error)));
      if (!isClosing) await pause(failures);
    }
  }

  return {
    receiver,
    open: () =>
      new Promise((resolve, reject) => {
        let isOpen = false;
        const onFirst = () => {
          isOpen = true;
          resolve();
        };
        stayConnected(onFirst).catch((error) => (isOpen && error instanceof PlatformRefusal ? onLost(error) : reject(error)));
      }),
    async close() {
      isClosing = true;
      wakeUp();
      const over = client.disconnect().catch(() => {});
      await Promise.race([over, wait(CLOSE_MS)]);
    },
    downSince: () => downSince,
    appId: () => appId,
  };
}

export const unreachable = (apiUrl: string): PlatformRefusal =>
  new PlatformRefusal(`Slack cannot be reached at ${new URL(apiUrl).origin}: check the network, or SLACK_API_URL`);

const helloSchema = z.object({
  type: z.literal('hello'),
  num_connections: z.number().optional(),
  connection_info: z.object({ app_id: z.string().optional() }).optional(),
});

function helloIn(data: string): z.output<typeof helloSchema> | null {
  try {
    return helloSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
