import type { Account } from '../../src/domain/people.js';
import type { Hearing } from '../../src/platform-ports.js';
import type { IncomingMessage, Log } from '../../src/ports.js';
import { incomingOf, isWritten } from './incoming.js';
import { messageDeleteSchema, messageSchema, messageUpdateSchema, typingSchema } from './payloads.js';
import { instantOf } from './snowflake.js';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

type Options = {
  readonly hearing: Pick<Hearing, 'message' | 'typing'>;
  /** Whose direct messages a channel holds; null for a channel of anything else. */
  readonly personIn: (channelId: string) => Promise<Account | null>;
  readonly heard: (account: Account, channelId: string) => Promise<void>;
  /** What this bot takes back itself is told to it as well. */
  readonly isOwn: (messageId: string) => boolean;
  readonly log: Log;
};

export type MessageEars = {
  readonly created: (data: unknown) => void;
  readonly updated: (data: unknown) => void;
  readonly deleted: (data: unknown) => void;
  readonly typing: (data: unknown) => void;
  /** Resolves when what was heard is stored; what cannot be is given up, and stands in the platform's history. */
  readonly close: () => Promise<void>;
};

/**
 * Direct messages as they come. Discord sends each once and does not wait: what the database does not take is kept and tried again,
 * in order, until it does.
 */
export function messageEars({ hearing, personIn, heard, isOwn, log }: Options): MessageEars {
  const queues = new Map<string, Promise<void>>();
  let isClosed = false;
  let giveUp = () => {};
  const closed = new Promise<void>((resolve) => {
    giveUp = resolve;
  });

  const inOrder = (channelId: string, work: () => Promise<void>) => {
    const before = queues.get(channelId) ?? Promise.resolve();
    const own = before.then(work).catch((error: unknown) => log.error('discord_event_failed', { error: nameOf(error) }));
    queues.set(channelId, own);
    void own.then(() => queues.get(channelId) === own && queues.delete(channelId));
  };

  const store = async (incoming: IncomingMessage) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await hearing.message(incoming);
      } catch (error) {
        log.warn('discord_message_not_stored', { tries, error: nameOf(error) });
        if (isClosed) return;
        await Promise.race([closed, after(Math.min(FIRST_RETRY_MS * 2 ** tries, LONGEST_RETRY_MS))]);
      }
    }
  };

  return {
    created: (data) => {
      const parsed = messageSchema.safeParse(data);
      if (!parsed.success || parsed.data.guild_id !== undefined || !isWritten(parsed.data)) return;
      const incoming = incomingOf(parsed.data, 'new');
      inOrder(parsed.data.channel_id, async () => {
        await heard(incoming.from, parsed.data.channel_id).catch(() => {});
        await store(incoming);
      });
    },
    updated: (data) => {
      const update = messageUpdateSchema.safeParse(data);
      // A link that unfolds is told as an update too, but nobody edited anything.
      if (!update.success || update.data.guild_id !== undefined || !update.data.edited_timestamp) return;
      const parsed = messageSchema.safeParse(data);
      if (!parsed.success || !isWritten(parsed.data)) return;
      inOrder(parsed.data.channel_id, () => store(incomingOf(parsed.data, 'edited')));
    },
    deleted: (data) => {
      const parsed = messageDeleteSchema.safeParse(data);
      if (!parsed.success || parsed.data.guild_id !== undefined || isOwn(parsed.data.id)) return;
      const { id, channel_id: channelId } = parsed.data;
      inOrder(channelId, async () => {
        const from = await personIn(channelId);
        if (from) await store({ kind: 'deleted', from, externalId: id, text: '', sentAt: instantOf(id) });
      });
    },
    typing: (data) => {
      const parsed = typingSchema.safeParse(data);
      if (!parsed.success || parsed.data.guild_id !== undefined) return;
      const account: Account = { platform: 'discord', id: parsed.data.user_id };
      inOrder(parsed.data.channel_id, async () => void (await hearing.typing?.(account)));
    },
    close: async () => {
      isClosed = true;
      giveUp();
      await Promise.all(queues.values());
    },
  };
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
