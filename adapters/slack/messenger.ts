import type { webApi } from '@slack/bolt';
import type { DeliveryKey } from '../../src/domain/ids.js';
import type { Message } from '../../src/domain/message.js';
import type { Address } from '../../src/domain/people.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { Directory, PlatformMemory } from '../../src/platform-ports.js';
import type { Messenger } from '../../src/ports.js';
import type { Identity } from './client.js';
import { directoryOn, membersOfChannel } from './directory.js';
import type { Place } from './events.js';
import { failureOf, isLockedOut, platformError } from './failure.js';
import { type FileAccess, isFile, sendFiles } from './files.js';
import { findByKey, METADATA_TYPE, missedIn } from './history.js';
import { type Pace, paceOf } from './pace.js';
import { renderMessage } from './render.js';

export type MessengerOptions = {
  readonly client: webApi.WebClient;
  readonly files: FileAccess;
  readonly identity: () => Promise<Identity>;
  /** Null until the platform is listened to. */
  readonly memory: () => PlatformMemory | null;
  /** How far the bot's clock is ahead of Slack's. */
  readonly clockOffsetMs: number;
  readonly pace?: Pace;
  /** Slack no longer takes our token. */
  readonly onLockedOut?: (error: unknown) => void;
};

export type SlackMessenger = Messenger & Required<Pick<Messenger, 'missed'>> & { readonly directory: Directory };

/** Below the limit that Slack does not write down, and at the one that it does: a message a second and channel. */
const PER_SECOND = 4;
const CHANNEL_MS = 1_000;
const MOST_CHANNELS = 10_000;

const NOT_WRITTEN_TO: Readonly<Record<'bot' | 'external', string>> = {
  bot: 'this account is a bot, and bots are not asked',
  external: 'this account belongs to another workspace (Slack Connect), which the bot does not write to',
};
const GONE: SendFailure = { kind: 'refused', detail: 'that message is not there any more' };
/** A picture's message is known by its file: the upload does not say where it came to stand. */
const FILE_REF = /^(.+):(F[A-Z0-9]+)$/;
const MESSAGE_REF = /^(.+):(\d+\.\d+)$/;

type To = { readonly channel: string; readonly thread: string | null };

/** Speaks in a Slack workspace. It never retries, and holds a 429 against its own target only. */
export function slackMessenger(options: MessengerOptions): SlackMessenger {
  const { client, identity, memory, files, clockOffsetMs } = options;
  const pace = options.pace ?? paceOf({ perSecond: PER_SECOND, channelMs: CHANNEL_MS });
  const directory = directoryOn({ client, team: async () => (await identity()).teamId });
  const channels = new Map<string, string>();
  const platformTime = (instant: Date) => new Date(instant.getTime() - clockOffsetMs);

  function failed(error: unknown, what: 'sending' | 'opening') {
    if (isLockedOut(error)) options.onLockedOut?.(error);
    return fail(failureOf(error, what));
  }

  async function directChannel(id: string): Promise<Result<string, SendFailure>> {
    const known = channels.get(id) ?? (await memory()?.directChannel({ platform: 'slack', id })) ?? null;
    if (known !== null) return ok(known);
    try {
      const { channel } = await client.conversations.open({ users: id });
      if (!channel?.id) return fail({ kind: 'refused', detail: 'Slack opened no direct messages' });
      if (channels.size > MOST_CHANNELS) channels.clear();
      channels.set(id, channel.id);
      await memory()?.keepDirectChannel({ platform: 'slack', id }, channel.id);
      return ok(channel.id);
    } catch (error) {
      return failed(error, 'opening');
    }
  }

  /** Who has left, and who is not to be written to, is told before anything is sent. */
  async function reachable(id: string): Promise<SendFailure | null> {
    const found = await directory.profile(id);
    if (!found.ok) return found.error;
    if (found.value === null) return { kind: 'unreachable', why: 'unknown_account' };
    const { standing } = found.value;
    if (standing === 'deactivated') return { kind: 'unreachable', why: 'deactivated' };
    return standing === 'bot' || standing === 'external' ? { kind: 'refused', detail: NOT_WRITTEN_TO[standing] } : null;
  }

  async function placeOf({ what, id, thread }: Address): Promise<Result<To, SendFailure>> {
    const channel = what === 'channel' ? ok(id) : await directChannel(id);
    if (!channel.ok) return channel;
    const of = thread === undefined ? null : (MESSAGE_REF.exec(thread)?.[2] ?? thread);
    return ok({ channel: channel.value, thread: of });
  }

  async function post({ channel, thread }: To, key: DeliveryKey, message: Message): Promise<Result<string, SendFailure>> {
    await pace.turn(channel);
    const pictures = message.parts.filter(isFile);
    const { text, blocks } = renderMessage(message);
    if (pictures.length > 0) {
      const sent = await sendFiles(client, pictures, key, { channel, thread, blocks });
      return sent.ok ? ok(`${channel}:${sent.value}`) : sent;
    }
    try {
      const sent = await client.chat.postMessage({
        channel,
        text,
        mrkdwn: false,
        ...(blocks.length === 0 ? {} : { blocks }),
        ...(thread === null ? {} : { thread_ts: thread }),
        metadata: metadataOf(key),
        unfurl_links: false,
        unfurl_media: false,
      });
      return sent.ts ? ok(`${sent.channel ?? channel}:${sent.ts}`) : fail({ kind: 'no_answer' });
    } catch (error) {
      return failed(error, 'sending');
    }
  }

  return {
    platform: 'slack',
    directory,

    async send(address, key, message) {
      const why = address.what === 'person' ? await reachable(address.id) : null;
      if (why) return fail(why);
      const to = await placeOf(address);
      return to.ok ? post(to.value, key, message) : to;
    },

    async edit(_address, ref, key, message) {
      if (FILE_REF.test(ref)) return ok(ref);
      const at = MESSAGE_REF.exec(ref);
      if (!at?.[1] || !at[2]) return fail(GONE);
      await pace.turn(null);
      const { text, blocks } = renderMessage(message);
      try {
        await client.chat.update({ channel: at[1], ts: at[2], text, blocks, metadata: metadataOf(key) });
        return ok(ref);
      } catch (error) {
        return platformError(error) === 'message_not_found' ? fail(GONE) : failed(error, 'sending');
      }
    },

    async remove(_address, ref) {
      const [, channel, ts] = MESSAGE_REF.exec(ref) ?? [];
      const file = FILE_REF.exec(ref)?.[2];
      if (!file && (!channel || !ts)) return ok(null);
      await pace.turn(null);
      try {
        if (file) await client.files.delete({ file });
        else if (channel && ts) await client.chat.delete({ channel, ts });
        return ok(null);
      } catch (error) {
        return IS_GONE.has(platformError(error) ?? '') ? ok(null) : failed(error, 'sending');
      }
    },

    async find(key, address, since) {
      const to = await placeOf(address);
      if (!to.ok) return cannotTell(to.error);
      try {
        const found = await findByKey(client, key, { ...to.value, since: platformTime(since) });
        return found ? { kind: 'found', ref: `${to.value.channel}:${found.fileId ?? found.ts}` } : { kind: 'not_found' };
      } catch (error) {
        if (platformError(error) === 'thread_not_found') return { kind: 'not_found' };
        const failure = failed(error, 'opening');
        return cannotTell(failure.ok ? null : failure.error);
      }
    },

    async membersOf({ id }) {
      const members = await membersOfChannel(client, id);
      if (!members.ok) return members;
      try {
        const [{ channel }, { botUserId }] = await Promise.all([client.conversations.info({ channel: id }), identity()]);
        const others = members.value.filter((each) => each !== botUserId);
        const isShared = channel?.is_ext_shared === true || channel?.is_org_shared === true;
        return ok({
          isPrivate: channel?.is_private === true && !isShared,
          members: others.map((each) => ({ platform: 'slack', id: each })),
        });
      } catch (error) {
        return failed(error, 'opening');
      }
    },

    async missed(address, since) {
      const to = await placeOf(address);
      if (!to.ok) return to;
      try {
        const { botUserId, teamId } = await identity();
        const place: Place = { botUserId, teamId, files, clockOffsetMs };
        const all = await missedIn(client, to.value.channel, platformTime(since), place);
        return ok(all.filter((each) => each.from.id === address.id));
      } catch (error) {
        return failed(error, 'opening');
      }
    },
  };
}

const IS_GONE = new Set(['message_not_found', 'file_not_found', 'file_deleted', 'channel_not_found']);

const metadataOf = (key: DeliveryKey) => ({ event_type: METADATA_TYPE, event_payload: { key } });

/** What may pass is no answer yet: the caller's lease runs out, and it asks again. */
function cannotTell(failure: SendFailure | null): { readonly kind: 'cannot_tell' } {
  if (failure?.kind === 'rate_limited' || failure?.kind === 'no_answer') throw new Error('Slack cannot be asked just now');
  return { kind: 'cannot_tell' };
}
