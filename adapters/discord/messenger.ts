import { Routes } from 'discord.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import type { Message } from '../../src/domain/message.js';
import type { Account, Address } from '../../src/domain/people.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { Found, IncomingMessage, Messenger } from '../../src/ports.js';
import type { ApiFailure, DiscordApi } from './api.js';
import type { DirectChannels } from './direct-channels.js';
import type { Members } from './directory.js';
import { CODES, isCode, sendFailureOf } from './failures.js';
import { eachMessageSince } from './history.js';
import { incomingOf, isWritten } from './incoming.js';
import { type ApiMessage, messageSchema } from './payloads.js';
import { keyIn, renderMessage } from './render.js';

/** Discord takes no longer one. */
const LONGEST_NONCE = 25;

type Parts = {
  readonly api: DiscordApi;
  readonly channels: DirectChannels;
  readonly members: Members;
  /** Told before a message is taken back, since Discord then tells everybody that it is gone. */
  readonly removed: (messageId: string) => void;
};

/** A platform that could not be asked now is asked again later: what was sent there is not given up. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

/** Discord as the core speaks to it. A message's reference is `channel/message`, so that it can be edited from any copy. */
export function discordMessenger({ api, channels, members, removed }: Parts): Messenger {
  const post = (channelId: string, key: DeliveryKey, message: Message, thread: string | undefined) => {
    const { body, files } = renderMessage(message, key);
    // Discord gives back the earlier message where the same nonce comes twice within a few minutes.
    const once = { nonce: key.slice(0, LONGEST_NONCE), enforce_nonce: true };
    const answered = thread === undefined ? null : placeOf(thread);
    const reply = answered ? { message_reference: { message_id: answered.messageId, fail_if_not_exists: false } } : {};
    return api('post', Routes.channelMessages(channelId), { body: { ...body, ...once, ...reply }, files });
  };

  const send = async (address: Address, key: DeliveryKey, message: Message): Promise<Result<string, SendFailure>> => {
    if (address.what === 'channel') return sent(address.id, await post(address.id, key, message, address.thread));
    const channel = await channels.of(address);
    if (!channel.ok) return channel;
    const first = await post(channel.value, key, message, undefined);
    if (first.ok || !isChannelLost(first.error)) return sentTo(address, channel.value, first);
    const again = await channels.again(address);
    return again.ok ? sentTo(address, again.value, await post(again.value, key, message, undefined)) : again;
  };

  /** Discord says the same of somebody who closed their messages and of one who left: the server knows which it is. */
  const sentTo = async (to: Account, channelId: string, answer: Result<unknown, ApiFailure>) => {
    if (!answer.ok && isCode(answer.error, CODES.messagesClosed) && (await members.isHere(to.id)) === false)
      return fail<SendFailure>({ kind: 'unreachable', why: 'left' });
    return sent(channelId, answer);
  };

  const channelTo = async (address: Address): Promise<string | null> => {
    if (address.what === 'channel') return address.id;
    const channel = await channels.of(address);
    if (channel.ok) return channel.value;
    if (channel.error.kind === 'rate_limited' || channel.error.kind === 'no_answer') throw new NotNow('not now');
    return null;
  };

  return {
    platform: 'discord',
    directory: members.directory,
    membersOf: members.seeing,
    send,
    async edit(_address, ref, key, message) {
      const { channelId, messageId } = placeOf(ref);
      const { body, files } = renderMessage(message, key);
      const answer = await api('patch', Routes.channelMessage(channelId, messageId), { body, files });
      return answer.ok ? ok(ref) : fail(sendFailureOf(answer.error));
    },
    async remove(_address, ref) {
      const { channelId, messageId } = placeOf(ref);
      removed(messageId);
      const answer = await api('delete', Routes.channelMessage(channelId, messageId));
      const isGone = answer.ok || isCode(answer.error, CODES.unknownMessage) || isCode(answer.error, CODES.unknownChannel);
      return isGone ? ok(null) : fail(sendFailureOf(answer.error));
    },
    async find(key, address, since): Promise<Found> {
      const channelId = await channelTo(address);
      if (channelId === null) return { kind: 'not_found' };
      let ref: string | null = null;
      const seen = await eachMessageSince(api, channelId, since, (message) => {
        if (keyIn(message) === key) ref = `${channelId}/${message.id}`;
        return ref !== null;
      });
      if (!seen.ok && (seen.error.kind === 'rate_limited' || seen.error.kind === 'no_answer')) throw new NotNow('not now');
      if (ref !== null) return { kind: 'found', ref };
      return { kind: seen.ok && seen.value ? 'not_found' : 'cannot_tell' };
    },
    async missed(address, since): Promise<Result<readonly IncomingMessage[], SendFailure>> {
      const channelId = address.what === 'person' ? await channels.known(address) : null;
      if (channelId === null) return ok([]);
      const missed: ApiMessage[] = [];
      const seen = await eachMessageSince(api, channelId, since, (each) => {
        const message = messageSchema.safeParse(each);
        if (message.success && isWritten(message.data) && message.data.author.id === address.id) missed.push(message.data);
        return false;
      });
      // An edit stands for its message where that was never heard, and is no news where nothing changed.
      return seen.ok ? ok(missed.map((each) => incomingOf(each, each.edited_timestamp ? 'edited' : 'new'))) : seen;
    },
  };
}

const isChannelLost = (failure: ApiFailure) => isCode(failure, CODES.unknownChannel) || isCode(failure, CODES.missingAccess);

function sent(channelId: string, answer: Result<unknown, ApiFailure>): Result<string, SendFailure> {
  if (!answer.ok) return fail(sendFailureOf(answer.error));
  const message = messageSchema.pick({ id: true }).safeParse(answer.value);
  return message.success ? ok(`${channelId}/${message.data.id}`) : fail({ kind: 'no_answer' });
}

function placeOf(ref: string): { readonly channelId: string; readonly messageId: string } {
  const [channelId = '', messageId = ''] = ref.split('/');
  return { channelId, messageId };
}
