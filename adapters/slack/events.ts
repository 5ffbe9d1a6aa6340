import { z } from 'zod';
import type { IncomingMessage } from '../../src/ports.js';
import { type FileAccess, fileSchema, incomingFile, type SentFile } from './files.js';
import { instantOf, wordsFrom } from './incoming-words.js';

/** A message within an event or a history. */
export const messageSchema = z.object({
  subtype: z.string().optional(),
  user: z.string().optional(),
  user_team: z.string().optional(),
  bot_id: z.string().nullish(),
  text: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  reply_count: z.number().optional(),
  latest_reply: z.string().optional(),
  edited: z.object({ ts: z.string().optional() }).nullish(),
  files: z.array(fileSchema).nullish(),
  metadata: z.object({ event_type: z.string().optional(), event_payload: z.unknown() }).nullish(),
});
export type SlackMessage = z.output<typeof messageSchema>;

const inChannel = { type: z.literal('message'), channel: z.string(), channel_type: z.string().optional() };
const changed = z.object({
  ...inChannel,
  subtype: z.literal('message_changed'),
  message: messageSchema,
  previous_message: z.object({ text: z.string().optional() }).nullish(),
});
const deleted = z.object({
  ...inChannel,
  subtype: z.literal('message_deleted'),
  deleted_ts: z.string(),
  previous_message: z.object({ user: z.string().optional(), bot_id: z.string().nullish() }).nullish(),
});
const posted = messageSchema.extend(inChannel);
const messageEvent = z.union([changed, deleted, posted]);

/** What the reader of events must know about the place. */
export type Place = {
  readonly botUserId: string;
  readonly teamId: string;
  readonly files: FileAccess;
  /** How far the bot's clock is ahead of the platform's. */
  readonly clockOffsetMs: number;
};

const SLACKBOT = 'USLACKBOT';
/** A person's own words; every other subtype is about something that happened. */
const OWN_WORDS = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** The direct message that an event tells of, its edit or its deletion; null where it is nobody's own words to the bot. */
export function incomingOf(event: unknown, place: Place): IncomingMessage | null {
  const parsed = messageEvent.safeParse(event);
  if (!parsed.success) return null;
  const told = parsed.data;
  if (told.channel_type === undefined ? !told.channel.startsWith('D') : told.channel_type !== 'im') return null;
  if ('deleted_ts' in told) {
    const { user, bot_id } = told.previous_message ?? {};
    return messageOf('deleted', told.channel, { ts: told.deleted_ts, user, bot_id, text: '' }, place);
  }
  if (!('message' in told)) return messageOf('new', told.channel, told, place);
  const { message, previous_message } = told;
  // What a deletion leaves where somebody had answered in its thread.
  if (message.subtype === 'tombstone') return null;
  // A link unfolded: Slack tells of a change that leaves the words alone.
  if (previous_message && previous_message.text === message.text) return null;
  return messageOf('edited', told.channel, message, place);
}

/** Somebody's own message as the core takes it; null for bots, for this bot, and for people of other workspaces. */
export function messageOf(
  kind: IncomingMessage['kind'],
  channel: string,
  message: SlackMessage,
  place: Place,
): IncomingMessage | null {
  const { user, ts } = message;
  if (user === undefined || user === place.botUserId || user === SLACKBOT || message.bot_id) return null;
  if (kind !== 'deleted' && !OWN_WORDS.has(message.subtype)) return null;
  if (message.user_team !== undefined && message.user_team !== place.teamId) return null;
  const files = (message.files ?? []).map((each: SentFile) => incomingFile(each, place.files));
  return {
    kind,
    from: { platform: 'slack', id: user },
    externalId: `${channel}:${ts}`,
    text: wordsFrom(message.text ?? ''),
    sentAt: new Date(instantOf(ts).getTime() + place.clockOffsetMs),
    ...(files.length === 0 ? {} : { files }),
  };
}
