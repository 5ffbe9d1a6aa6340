import { GatewayDispatchEvents, GatewayIntentBits, Routes } from 'discord.js';
import { z } from 'zod';
import type { Account } from '../../src/domain/people.js';
import { type Hearing, type Listening, type PlatformMemory, PlatformRefusal } from '../../src/platform-ports.js';
import type { Clock, Log } from '../../src/ports.js';
import type { DiscordApi } from './api.js';
import { connectGateway, type Heard } from './connection.js';
import type { DirectChannels } from './direct-channels.js';
import { interactionEars } from './hear-interactions.js';
import { type MessageEars, messageEars } from './hear-messages.js';
import { holdGateway } from './holding.js';
import { checkInstallation } from './installation.js';
import { memberGoneSchema } from './payloads.js';
import { registerCommands } from './registration.js';

/** None of these has to be asked of Discord: what people write to the bot itself is told to every bot. */
const INTENTS = GatewayIntentBits.Guilds | GatewayIntentBits.DirectMessages | GatewayIntentBits.DirectMessageTyping;

export type ListenOptions = {
  readonly api: DiscordApi;
  readonly channels: DirectChannels;
  readonly config: { readonly token: string; readonly guildId: string; readonly apiUrl: string };
  /** What this bot has taken back itself. */
  readonly isOwnRemoval: (messageId: string) => boolean;
  /** This copy, among those on the same database. */
  readonly holder: string;
  readonly clock: Clock;
  readonly log: Log;
};

/** Hears what happens on Discord while this copy holds the gateway; sending needs none of it. */
export async function listenOnDiscord(options: ListenOptions, hearing: Hearing, memory: PlatformMemory): Promise<Listening> {
  const { api, channels, config, holder, clock, log } = options;
  channels.keepIn(memory);
  let lose = (_refusal: PlatformRefusal) => {};
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  lost.catch(() => {});
  const { isOwnRemoval: isOwn } = options;
  const messages = messageEars({ hearing, personIn: personInChannels(api), heard: channels.heard, isOwn, log });
  const interactions = interactionEars({ api, hearing, memory, channels, guildId: config.guildId, clock, log });
  const onEvent = events(
    messages,
    interactions.acted,
    (data, isHere) => void memberMoved(options, hearing, data, isHere),
    lose,
    config.guildId,
  );

  const connect = async () => {
    const application = await checkInstallation(api, config.guildId, memory);
    if (application === null) throw new Error('Discord does not answer');
    const registered = await registerCommands(api, { applicationId: application.id, guildId: config.guildId });
    if (!registered.ok) log.warn('discord_commands_not_registered', { why: registered.error.kind });
    else if (registered.value > 0) log.info('discord_commands_registered');
    return connectGateway({
      token: config.token,
      apiUrl: config.apiUrl,
      intents: INTENTS | (application.mayListMembers ? GatewayIntentBits.GuildMembers : 0),
      log,
      onEvent,
      onFresh: (silentForMs) =>
        void catchUp(hearing, log, silentForMs === null ? undefined : new Date(clock.now().getTime() - silentForMs)),
      onRefused: lose,
    });
  };

  // A copy that is not to connect is told of a wrong set-up all the same.
  await checkInstallation(api, config.guildId, memory);
  const isRefusal = (error: unknown): error is PlatformRefusal => error instanceof PlatformRefusal;
  const holding = await holdGateway({ memory, holder, connect, isRefusal, onRefused: lose, log });
  return {
    notReady: holding.notReady,
    hears: holding.hears,
    serve: null,
    lost,
    close: async () => {
      await holding.close();
      await Promise.all([messages.close(), interactions.close()]);
    },
  };
}

/** A new session is told nothing of what happened before it: that stands in the history. */
async function catchUp(hearing: Hearing, log: Log, heardUntil: Date | undefined): Promise<void> {
  try {
    await hearing.connected('discord', heardUntil);
  } catch (error) {
    log.error('discord_history_not_read', { error: error instanceof Error ? error.name : typeof error });
  }
}

function events(
  messages: MessageEars,
  acted: (data: unknown) => void,
  moved: (data: unknown, isHere: boolean) => void,
  lose: (refusal: PlatformRefusal) => void,
  guildId: string,
): (type: Heard, data: unknown) => void {
  return (type, data) => {
    switch (type) {
      case GatewayDispatchEvents.MessageCreate:
        return messages.created(data);
      case GatewayDispatchEvents.MessageUpdate:
        return messages.updated(data);
      case GatewayDispatchEvents.MessageDelete:
        return messages.deleted(data);
      case GatewayDispatchEvents.TypingStart:
        return messages.typing(data);
      case GatewayDispatchEvents.InteractionCreate:
        return acted(data);
      case GatewayDispatchEvents.GuildMemberAdd:
        return moved(data, true);
      case GatewayDispatchEvents.GuildMemberRemove:
        return moved(data, false);
      case GatewayDispatchEvents.GuildDelete:
        if (isRemovedFrom(data, guildId))
          lose(new PlatformRefusal('The bot was taken off the server that DISCORD_GUILD_ID names'));
    }
  };
}

const gone = z.object({ id: z.string(), unavailable: z.boolean().optional() });

/** Discord says the same of a server that it cannot reach itself just now, and marks that. */
function isRemovedFrom(data: unknown, guildId: string): boolean {
  const parsed = gone.safeParse(data);
  return parsed.success && parsed.data.id === guildId && parsed.data.unavailable !== true;
}

/** Only told where Discord, or its owner, lets this bot see who comes and goes. */
async function memberMoved({ config, log }: ListenOptions, hearing: Hearing, data: unknown, isHere: boolean): Promise<void> {
  const parsed = memberGoneSchema.safeParse(data);
  if (!parsed.success || parsed.data.guild_id !== config.guildId || parsed.data.user.bot === true) return;
  const { id, global_name, username } = parsed.data.user;
  const about = {
    name: global_name ?? username,
    email: null,
    timeZone: null,
    standing: isHere ? 'member' : 'left',
  } as const;
  await hearing
    .profile({ account: { platform: 'discord', id }, ...about })
    .catch((error: unknown) => log.error('discord_event_failed', { error: error instanceof Error ? error.name : typeof error }));
}

const direct = z.object({ recipients: z.array(z.object({ id: z.string(), bot: z.boolean().optional() })).length(1) });
const MOST_REMEMBERED = 10_000;

/** A deletion says where, and not whose: that Discord tells of the channel. */
function personInChannels(api: DiscordApi): (channelId: string) => Promise<Account | null> {
  const known = new Map<string, Account>();
  return async (channelId) => {
    const before = known.get(channelId);
    if (before) return before;
    const answer = await api('get', Routes.channel(channelId));
    const parsed = direct.safeParse(answer.ok ? answer.value : null);
    const [recipient] = parsed.success ? parsed.data.recipients : [];
    if (!recipient || recipient.bot === true) return null;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const account: Account = { platform: 'discord', id: recipient.id };
    known.set(channelId, account);
    return account;
  };
}
