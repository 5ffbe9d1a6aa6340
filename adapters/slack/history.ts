import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { DeliveryKey } from '../../src/domain/ids.js';
import type { IncomingMessage } from '../../src/ports.js';
import { messageOf, messageSchema, type Place, type SlackMessage } from './events.js';
import { isNamedFor } from './files.js';
import { instantOf, stampOf } from './incoming-words.js';

export const METADATA_TYPE = 'afterwards';
const PAGE = 200;
const DAY_MS = 86_400_000;
/** In the thread of an older message somebody may have answered only now. */
const THREADS_MS = 35 * DAY_MS;

const keySchema = z.object({ event_type: z.literal(METADATA_TYPE), event_payload: z.object({ key: z.string() }) });

type Asked = { readonly channel: string; readonly thread: string | null; readonly since: Date };

/** The messages of a channel since then, newest first page by page; of a thread, where one is named. */
async function* messagesOf(client: webApi.WebClient, { channel, thread, since }: Asked): AsyncGenerator<SlackMessage> {
  let cursor = '';
  do {
    const args = { channel, oldest: stampOf(since), inclusive: true, include_all_metadata: true, limit: PAGE };
    const more = cursor ? { ...args, cursor } : args;
    const page: webApi.ConversationsHistoryResponse =
      thread === null
        ? await client.conversations.history(more)
        : ((await client.conversations.replies({ ...more, ts: thread })) as webApi.ConversationsHistoryResponse);
    for (const each of page.messages ?? []) {
      const message = messageSchema.safeParse(each);
      if (message.success) yield message.data;
    }
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor !== '');
}

export type Standing = { readonly ts: string; readonly fileId: string | null };

/** Our message with this key in a channel or thread; an upload has it in its file's name. */
export async function findByKey(client: webApi.WebClient, key: DeliveryKey, asked: Asked): Promise<Standing | null> {
  for await (const message of messagesOf(client, asked)) {
    if (message.metadata && keySchema.safeParse(message.metadata).data?.event_payload.key === key)
      return { ts: message.ts, fileId: null };
    const file = message.files?.find((each) => isNamedFor(key, each.name));
    if (file) return { ts: message.ts, fileId: file.id };
  }
  return null;
}

/** What somebody wrote, edited or answered in threads of their direct messages since then, oldest first. */
export async function missedIn(
  client: webApi.WebClient,
  channel: string,
  since: Date,
  place: Place,
): Promise<readonly IncomingMessage[]> {
  const found = new Map<string, IncomingMessage>();
  const isNew = (ts: string | undefined) => ts !== undefined && instantOf(ts) >= since;
  const take = (message: SlackMessage) => {
    const kinds = [...(isNew(message.ts) ? (['new'] as const) : []), ...(isNew(message.edited?.ts) ? (['edited'] as const) : [])];
    for (const kind of kinds) {
      const incoming = messageOf(kind, channel, message, place);
      if (incoming) found.set(`${message.ts}:${kind}`, incoming);
    }
  };
  const threads: string[] = [];
  const from = new Date(since.getTime() - THREADS_MS);
  for await (const message of messagesOf(client, { channel, thread: null, since: from })) {
    take(message);
    if ((message.reply_count ?? 0) > 0 && (message.latest_reply === undefined || isNew(message.latest_reply)))
      threads.push(message.ts);
  }
  for (const thread of threads) for await (const message of messagesOf(client, { channel, thread, since })) take(message);
  const inOrder = [...found.entries()].sort(([a], [b]) => Number.parseFloat(a) - Number.parseFloat(b) || (a < b ? 1 : -1));
  return inOrder.map(([, incoming]) => incoming);
}
