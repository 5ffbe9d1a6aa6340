import { Client, Events, GatewayCloseCodes, GatewayDispatchEvents, Options } from 'discord.js';
import { PlatformRefusal } from '../../src/platform-ports.js';
import type { Log } from '../../src/ports.js';

/** What is heard; a word that Discord sends and nobody here listens to is let go. */
const HEARD = [
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.MessageUpdate,
  GatewayDispatchEvents.MessageDelete,
  GatewayDispatchEvents.TypingStart,
  GatewayDispatchEvents.InteractionCreate,
  GatewayDispatchEvents.GuildMemberAdd,
  GatewayDispatchEvents.GuildMemberRemove,
  GatewayDispatchEvents.GuildDelete,
] as const;
export type Heard = (typeof HEARD)[number];

type Session = {
  readonly token: string;
  readonly apiUrl: string;
  /** As a bit field. */
  readonly intents: number;
  readonly log: Log;
  readonly onEvent: (type: Heard, data: unknown) => void;
  /**
   * A new session: what happened before it is told by nobody. `silentForMs`: since when, at the latest, nothing was heard; null for
   * the first one of the process. A connection may have been dead for two minutes before that is noticed.
   */
  readonly onFresh: (silentForMs: number | null) => void;
  /** Discord will not have this bot any more, whatever is tried. */
  readonly onRefused: (refusal: PlatformRefusal) => void;
};

export type Connection = {
  /** Since when nothing is heard, in milliseconds of the process; null while connected. */
  readonly silentSince: () => number | null;
  readonly close: () => Promise<void>;
};

const WRONG_TOKEN =
  'DISCORD_TOKEN is not accepted by Discord: copy it again from the "Bot" page of your application on discord.com/developers';
const DISALLOWED_INTENTS =
  'Discord does not allow this bot the intents that it asks for: switch on "Server Members Intent" under "Bot" on discord.com/developers, and start it again';

const REFUSALS: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: WRONG_TOKEN,
  [GatewayCloseCodes.DisallowedIntents]: DISALLOWED_INTENTS,
};

export const wrongToken = (): PlatformRefusal => new PlatformRefusal(WRONG_TOKEN);

/**
 * One session at Discord's gateway, which discord.js resumes and begins anew by itself; resolves once it is ready. Rejects with
 * `PlatformRefusal` where Discord says no, and with another error where it cannot be reached.
 *
 * Events are taken as Discord sends them. In its own, discord.js leaves out a direct message in a channel that it has not cached, an
 * edit or a deletion of a message that it has not cached, and a message whose id it knows already.
 */
export async function connectGateway(options: Session): Promise<Connection> {
  const { token, apiUrl, intents, log, onEvent, onFresh, onRefused } = options;
  const client = new Client({
    intents,
    rest: { api: apiUrl.replace(/\/+$/, ''), version: '10' },
    // Nothing is read from its caches.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
  });
  let silentSince: number | null = performance.now();
  /** When Discord last answered a heartbeat before the connection broke; 0 while there was none. */
  let aliveAt = 0;
  const hears = () => {
    silentSince = null;
  };
  // Without a listener an event of this name ends the process.
  client.on(Events.Error, (error) => log.warn('discord_client_error', { error: error.name }));
  client.on(Events.ShardError, () => {});
  client.on(Events.ShardReconnecting, () => {
    // It fires twice a second for as long as Discord is down.
    if (silentSince !== null) return;
    silentSince = performance.now();
    aliveAt = client.ws.shards.first()?.lastPingTimestamp ?? 0;
    log.info('discord_reconnecting');
  });
  let refused: PlatformRefusal | null = null;
  client.on(Events.ShardDisconnect, ({ code }) => {
    silentSince ??= performance.now();
    refused = new PlatformRefusal(REFUSALS[code] ?? `Discord ended the connection for good (close code ${code})`);
    onRefused(refused);
  });
  client.ws.on(GatewayDispatchEvents.Ready, () => {
    hears();
    log.info('discord_connected');
    onFresh(aliveAt > 0 ? Date.now() - aliveAt : null);
  });
  client.ws.on(GatewayDispatchEvents.Resumed, () => {
    hears();
    log.info('discord_resumed');
  });
  for (const type of HEARD) client.ws.on(type, (data: unknown) => onEvent(type, data));
  try {
    await client.login(token);
  } catch (error) {
    throw refused ?? asRefusal(error);
  }
  return { silentSince: () => silentSince, close: () => client.destroy() };
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('code' in error && error.code === 'TokenInvalid') return wrongToken();
  return /disallowed intents/i.test(error.message) ? new PlatformRefusal(DISALLOWED_INTENTS) : error;
}
