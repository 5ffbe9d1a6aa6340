import { Routes } from 'discord.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { DiscordApi } from './api.js';
import { sendFailureOf } from './failures.js';
import { snowflakeAt } from './snowflake.js';

const PAGE = 100;
/** A channel in which more was said since then is not read to its end. */
const MOST_PAGES = 50;

/**
 * Messages of a channel since an instant, oldest first, a page after the other until `each` says that it has enough. True: all
 * of them were seen, or enough; false: there were too many.
 */
export async function eachMessageSince(
  api: DiscordApi,
  channelId: string,
  since: Date,
  each: (message: Record<string, unknown>) => boolean,
): Promise<Result<boolean, SendFailure>> {
  let after = snowflakeAt(since);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await api('get', Routes.channelMessages(channelId), { query: { after, limit: String(PAGE) } });
    if (!answer.ok) return fail(sendFailureOf(answer.error));
    const messages = (Array.isArray(answer.value) ? answer.value : []).filter(hasId).reverse();
    for (const message of messages) if (each(message)) return ok(true);
    const last = messages.at(-1);
    if (messages.length < PAGE || !last) return ok(true);
    after = last.id;
  }
  return ok(false);
}

const hasId = (value: unknown): value is Record<string, unknown> & { readonly id: string } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
