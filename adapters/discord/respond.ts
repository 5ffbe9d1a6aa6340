import { Routes } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { type Message, say } from '../../src/domain/message.js';
import type { Log } from '../../src/ports.js';
import type { ApiRequest, DiscordApi } from './api.js';
import type { ApiInteraction } from './payloads.js';
import { renderMessage } from './render.js';

/** Discord waits three seconds for a first answer; what takes longer is promised in time, and follows. */
const PROMISE_AFTER_MS = 1_800;
const FIRST = { reply: 4, promiseReply: 5, promiseUpdate: 6, update: 7, choices: 8, modal: 9 } as const;
/** Shown to the one who acted, and to nobody else. */
const EPHEMERAL = 64;
const COMMAND = 2;

export type Told =
  | { readonly kind: 'nothing' }
  /** `replaces`: in place of the message that was acted on. */
  | { readonly kind: 'message'; readonly message: Message; readonly replaces: boolean }
  /** A form can only be a first answer: `late` is said where the time for that is over. */
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData; readonly late: Message };

export const NOT_OPENED = say('That took me too long to open. Press it once more, please.');
const NOT_TAKEN = say('That did not reach me just now, so nothing has changed. Try it again in a minute, please.');
const DONE = say('Done.');

type Ports = { readonly api: DiscordApi; readonly log: Log };

/** Answers an interaction once and in time, whatever becomes of the work. */
export async function respond({ api, log }: Ports, interaction: ApiInteraction, work: Promise<Told>): Promise<void> {
  const { id, token, application_id: applicationId, type } = interaction;
  const told = work.catch((error: unknown): Told => {
    log.error('discord_interaction_failed', { error: error instanceof Error ? error.name : typeof error });
    return { kind: 'message', message: NOT_TAKEN, replaces: false };
  });
  const call = async (method: 'post' | 'patch', route: `/${string}`, request: ApiRequest) => {
    const answer = await api(method, route, { ...request, auth: false });
    if (!answer.ok) log.warn('discord_answer_failed', { type, why: answer.error.kind });
    return answer.ok;
  };
  const first = (data: ApiRequest) => call('post', Routes.interactionCallback(id, token), data);
  const webhook = Routes.webhook(applicationId, token);

  const inTime = await Promise.race([told, after(PROMISE_AFTER_MS)]);
  if (inTime !== null) {
    await first(firstAnswer(inTime, type));
    return;
  }
  const isCommand = type === COMMAND || interaction.message === undefined;
  const promised = isCommand ? { type: FIRST.promiseReply, data: { flags: EPHEMERAL } } : { type: FIRST.promiseUpdate };
  await first({ body: promised });
  const later = await told;
  if (later.kind === 'nothing' && !isCommand) return;
  const message = later.kind === 'message' ? later.message : later.kind === 'modal' ? later.late : DONE;
  const { body, files } = renderMessage(message, null);
  const isInPlace = isCommand || (later.kind === 'message' && later.replaces);
  if (isInPlace) await call('patch', `${webhook}/messages/@original`, { body, files });
  else await call('post', webhook, { body: { ...body, flags: EPHEMERAL }, files });
}

function firstAnswer(told: Told, type: number): ApiRequest {
  switch (told.kind) {
    case 'nothing':
      return type === COMMAND
        ? firstAnswer({ kind: 'message', message: DONE, replaces: false }, type)
        : { body: { type: FIRST.promiseUpdate } };
    case 'modal':
      return { body: { type: FIRST.modal, data: told.modal } };
    case 'message': {
      const { body, files } = renderMessage(told.message, null);
      const data = told.replaces ? body : { ...body, flags: EPHEMERAL };
      return { body: { type: told.replaces ? FIRST.update : FIRST.reply, data }, files };
    }
  }
}

/** Names that begin so, while somebody types; none where that takes too long. */
export async function offer(
  { api, log }: Ports,
  { id, token }: ApiInteraction,
  names: Promise<readonly string[]>,
): Promise<void> {
  const found = (await Promise.race([names.catch(() => []), after(PROMISE_AFTER_MS)])) ?? [];
  const fitting = found.filter((name) => name.length > 0 && name.length <= 100).slice(0, 25);
  const choices = [...new Set(fitting)].map((name) => ({ name, value: name }));
  const body = { type: FIRST.choices, data: { choices } };
  const answer = await api('post', Routes.interactionCallback(id, token), { body, auth: false });
  if (!answer.ok) log.warn('discord_answer_failed', { type: 4, why: answer.error.kind });
}

const after = (ms: number) => new Promise<null>((resolve) => setTimeout(() => resolve(null), ms).unref());
