import type { Config } from '../config.js';
import type { Platform } from '../domain/people.js';
import type { Hearing, Listening, PlatformMemory, Plug } from '../platform-ports.js';
import { PlatformRefusal } from '../platform-ports.js';
import type { Clock, Log } from '../ports.js';
import { failed } from './shell.js';
import type { Haste } from './surroundings.js';

/** What a platform is opened with. */
export type PlugOptions = { readonly log: Log; readonly clock: Clock; readonly haste?: Haste };

/** The platforms that the configuration names. */
export function platformsOf({ slack, discord }: Config): readonly Platform[] {
  return [...(slack ? (['slack'] as const) : []), ...(discord ? (['discord'] as const) : [])];
}

/** Every platform of the configuration, ready to speak; none is connected yet. Only what is configured is loaded. */
export async function platformPlugs({ slack, discord, clockOffsetMs }: Config, options: PlugOptions): Promise<readonly Plug[]> {
  const plugs: Plug[] = [];
  const { timeoutMs, slackPace } = options.haste ?? {};
  const timeout = timeoutMs === undefined ? {} : { timeoutMs };
  // Discord first: its library and Slack's share a dispatcher of requests, and the first to be loaded makes it.
  if (discord) plugs.push((await import('../../adapters/discord/plug.js')).discordPlug({ ...discord, ...timeout }, options));
  if (slack) {
    const paced = slackPace ? { pace: slackPace } : {};
    plugs.push(
      (await import('../../adapters/slack/plug.js')).slackPlug(slack, { log: options.log, clockOffsetMs, ...timeout, ...paced }),
    );
  }
  return plugs;
}

/** Connects them all; a platform that refuses ends the start in one line. */
export async function listenToAll(
  plugs: readonly Plug[],
  hearing: Hearing,
  memory: PlatformMemory,
): Promise<readonly Listening[]> {
  const listening: Listening[] = [];
  try {
    for (const plug of plugs) {
      const each = await plug.listen(hearing, memory);
      listening.push({ ...each, lost: each.lost.catch(asRefusal) });
    }
    return listening;
  } catch (error) {
    await Promise.allSettled(listening.map((each) => each.close()));
    return asRefusal(error);
  }
}

/** Whether nothing that happens on a platform goes past this process. */
export function isHearing(listening: Listening | undefined): boolean {
  return listening?.hears?.() ?? listening?.notReady() === null;
}

function asRefusal(error: unknown): never {
  throw error instanceof PlatformRefusal ? failed(error.message) : error;
}
