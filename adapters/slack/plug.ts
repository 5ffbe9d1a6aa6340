import { randomBytes } from 'node:crypto';
import type { Hearing, Listening, PlatformMemory, Plug } from '../../src/platform-ports.js';
import { PlatformRefusal } from '../../src/platform-ports.js';
import type { Log } from '../../src/ports.js';
import { answererOn } from './answers.js';
import { clientFor, type Identity, identityOf, refusalOf, type SlackSettings } from './client.js';
import { listenTo } from './listen.js';
import { slackMessenger } from './messenger.js';
import type { Pace } from './pace.js';
import { socketOn, unreachable } from './socket.js';
import { webRequestsFor } from './web-requests.js';

export type SlackPlugOptions = {
  readonly log: Log;
  /** How far the bot's clock is ahead of the real one, by which Slack goes. */
  readonly clockOffsetMs: number;
  readonly pace?: Pace;
  /** How long a call waits for an answer; left out: ten seconds. */
  readonly timeoutMs?: number;
};

export type SlackPlug = Plug & {
  /** Resolves when all that was heard so far is dealt with. */
  readonly idle: () => Promise<void>;
};

/** A short interruption is no news. */
const PATIENCE_MS = 10_000;
const TRIES_AT_START = 5;
const FIRST_WAIT_MS = 500;
const CLOSE_MS = 8_000;

const TEAM_FACT = 'slack_team';

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Slack as the front door gets it, over a socket or by requests to this server. */
export function slackPlug(settings: SlackSettings, { log, clockOffsetMs, pace, timeoutMs }: SlackPlugOptions): SlackPlug {
  const client = clientFor(settings, timeoutMs);
  const files = { client, token: settings.botToken, apiUrl: settings.apiUrl };
  let memory: PlatformMemory | null = null;
  let known: Identity | null = null;
  let lose: (refusal: PlatformRefusal) => void = () => {};
  let idle = async () => {};

  const identity = async () => {
    known ??= await identityOf(client);
    return known;
  };

  /** The platform may be down for a moment just when we start. */
  async function introduced(): Promise<Identity> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await identity();
      } catch (error) {
        if (error instanceof PlatformRefusal) throw error;
        if (tries >= TRIES_AT_START) throw unreachable(settings.apiUrl);
        log.warn('slack_out_of_reach', { failures: tries, error });
        await wait(FIRST_WAIT_MS * 2 ** (tries - 1));
      }
    }
  }

  const messenger = slackMessenger({
    client,
    files,
    identity,
    memory: () => memory,
    clockOffsetMs,
    ...(pace ? { pace } : {}),
    onLockedOut: (error) => {
      const refusal = refusalOf(error, 'bot');
      if (refusal) lose(refusal);
    },
  });

  async function listen(hearing: Hearing, remembered: PlatformMemory): Promise<Listening> {
    memory = remembered;
    const lost = new Promise<never>((_, reject) => {
      lose = reject;
    });
    lost.catch(() => {});
    const me = await introduced();
    await onlyWorkspace(me.teamId, remembered);
    let isClosing = false;
    const onConnected = () => {
      hearing.connected('slack').catch((error: unknown) => log.error('slack_catching_up_failed', { error }));
    };
    const { mode, apiUrl } = settings;
    const socket = mode.kind === 'socket' ? socketOn({ appToken: mode.appToken, apiUrl, log, onLost: lose, onConnected }) : null;
    const web = mode.kind === 'http' ? webRequestsFor(mode.signingSecret, () => isClosing) : null;
    const receiver = socket?.receiver ?? web?.receiver;
    if (!receiver) throw new Error('neither a socket nor requests');
    const heard = listenTo({
      receiver,
      hearing,
      identity: me,
      appId: () => socket?.appId() ?? me.appId,
      client,
      place: { botUserId: me.botUserId, teamId: me.teamId, files, clockOffsetMs },
      answer: answererOn({ client, apiUrl, log, fileKey: () => randomBytes(16).toString('base64url').slice(0, 22) }),
      log,
      onUninstalled: () => lose(new PlatformRefusal('The Slack app was removed from the workspace: install it again to go on')),
    });
    idle = heard.idle;
    if (socket) await socket.open();
    else onConnected();
    return {
      hears: () => !socket || socket.downSince() === null,
      notReady: () => {
        const since = socket?.downSince() ?? null;
        return since !== null && performance.now() - since > PATIENCE_MS ? 'the connection to Slack is down' : null;
      },
      async close() {
        isClosing = true;
        heard.stop();
        await Promise.race([heard.idle(), wait(CLOSE_MS)]);
        await socket?.close();
      },
      serve: web?.serve ?? null,
      lost,
    };
  }

  return { messenger, listen, idle: () => idle() };
}

/** One workspace for one database: the ids of another mean other people. */
async function onlyWorkspace(teamId: string, memory: PlatformMemory): Promise<void> {
  const before = await memory.fact(TEAM_FACT);
  if (before === null) return memory.keepFact(TEAM_FACT, teamId);
  if (before !== teamId)
    throw new PlatformRefusal(
      `This database belongs to the Slack workspace ${before}, and SLACK_BOT_TOKEN to ${teamId}: one installation serves one workspace, so use that token, or another database (AFTERWARDS_DATA or DATABASE_URL)`,
    );
}
