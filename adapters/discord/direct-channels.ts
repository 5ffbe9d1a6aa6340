import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Account } from '../../src/domain/people.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { PlatformMemory } from '../../src/platform-ports.js';
import type { DiscordApi } from './api.js';
import { CODES, isCode, OPENING_PAUSE_MS, sendFailureOf } from './failures.js';
import type { Openings } from './openings.js';

/** How long somebody who pressed a button counts as having asked to be written to. */
const ASKED_MS = 600_000;
const MOST_REMEMBERED = 10_000;

export type DirectChannels = {
  /** The channel of somebody's direct messages; one that was never open is opened when its turn comes. */
  readonly of: (account: Account) => Promise<Result<string, SendFailure>>;
  /** Null where nothing was ever said between them, as far as is known. */
  readonly known: (account: Account) => Promise<string | null>;
  /** Opens it anew, for a channel that Discord does not know any more. */
  readonly again: (account: Account) => Promise<Result<string, SendFailure>>;
  /** Somebody wrote there, or pressed a button there. */
  readonly heard: (account: Account, channelId: string) => Promise<void>;
  /** Somebody acted on the server: what is sent to them now is no cold message. */
  readonly acted: (account: Account) => void;
  /** From now on what is learnt outlives the process. */
  readonly keepIn: (memory: PlatformMemory) => void;
};

const opened = z.object({ id: z.string() });

/** Knows under which channel each person is written to, and opens one only where it must. */
export function directChannels(api: DiscordApi, pace: Openings, now: () => number): DirectChannels {
  let memory: PlatformMemory | null = null;
  const known = new Map<string, string>();
  const actedAt = new Map<string, number>();

  const remember = async (account: Account, channelId: string) => {
    if (known.get(account.id) === channelId) return;
    if (known.size >= MOST_REMEMBERED) known.clear();
    await memory?.keepDirectChannel(account, channelId);
    known.set(account.id, channelId);
  };
  const lookUp = async (account: Account) => known.get(account.id) ?? (await memory?.directChannel(account)) ?? null;
  const open = async (account: Account): Promise<Result<string, SendFailure>> => {
    const answer = await api('post', Routes.userChannels(), { body: { recipient_id: account.id } });
    if (!answer.ok) {
      if (isCode(answer.error, CODES.openingTooFast)) pace.pause(OPENING_PAUSE_MS);
      // Nothing was sent yet, so that nothing need be looked up.
      if (answer.error.kind === 'no_answer') return fail({ kind: 'rate_limited', retryAfterMs: 30_000, what: 'opening' });
      return fail(sendFailureOf(answer.error));
    }
    const channel = opened.safeParse(answer.value);
    if (!channel.success) return fail({ kind: 'refused', detail: 'Discord opened no channel' });
    await remember(account, channel.data.id);
    return ok(channel.data.id);
  };

  return {
    of: async (account) => {
      const channelId = await lookUp(account);
      if (channelId !== null) return ok(channelId);
      const hasAsked = now() - (actedAt.get(account.id) ?? Number.NEGATIVE_INFINITY) < ASKED_MS;
      const waitMs = hasAsked ? null : await pace.take(memory);
      return waitMs === null ? open(account) : fail({ kind: 'rate_limited', retryAfterMs: waitMs, what: 'opening' });
    },
    known: lookUp,
    again: (account) => {
      known.delete(account.id);
      return open(account);
    },
    heard: remember,
    acted: (account) => {
      if (actedAt.size >= MOST_REMEMBERED) actedAt.clear();
      actedAt.set(account.id, now());
    },
    keepIn: (kept) => {
      memory = kept;
    },
  };
}
