import { randomUUID } from 'node:crypto';
import type { Plug } from '../../src/platform-ports.js';
import type { Clock, Log } from '../../src/ports.js';
import { discordApi } from './api.js';
import { directChannels } from './direct-channels.js';
import { membersIn } from './directory.js';
import { listenOnDiscord } from './listen.js';
import { discordMessenger } from './messenger.js';
import { DEFAULT_OPENING_PACE, type OpeningPace, openings } from './openings.js';

export type DiscordPlugConfig = {
  readonly token: string;
  readonly guildId: string;
  /** The beginning of all addresses, such as https://discord.com/api. */
  readonly apiUrl: string;
  /** How fast direct messages are opened with people who did not ask for it. */
  readonly openings?: OpeningPace;
  /** Requests at most; left out: as many as Discord allows. */
  readonly requestsPerSecond?: number;
  /** How long a request waits for an answer; left out: ten seconds. */
  readonly timeoutMs?: number;
};

const MOST_REMOVALS = 1_000;

/** Discord, ready to speak; it hears once `listen` resolves. */
export function discordPlug(config: DiscordPlugConfig, { log, clock }: { readonly log: Log; readonly clock: Clock }): Plug {
  const api = discordApi({
    token: config.token,
    url: config.apiUrl,
    perSecond: config.requestsPerSecond,
    timeoutMs: config.timeoutMs,
  });
  const now = () => clock.now().getTime();
  const pace = openings(config.openings ?? DEFAULT_OPENING_PACE, randomUUID, now);
  const channels = directChannels(api, pace, now);
  const members = membersIn(api, config.guildId);
  const removals = new Set<string>();
  const removed = (messageId: string) => {
    if (removals.size >= MOST_REMOVALS) removals.clear();
    removals.add(messageId);
  };
  const messenger = discordMessenger({ api, channels, members, removed });
  const isOwnRemoval = (messageId: string) => removals.delete(messageId);
  const options = { api, channels, config, isOwnRemoval, holder: randomUUID(), clock, log };
  return { messenger, listen: (hearing, memory) => listenOnDiscord(options, hearing, memory) };
}
