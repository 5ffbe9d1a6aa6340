import type { Gateway } from './gateway.js';
import { CALLBACKS, type Interaction, type Interactions, type Shown } from './interactions.js';
import { discordProblems, modalProblems } from './limits.js';
import { bodiesIn, checked, contentOf, isBody, textIn } from './message-bodies.js';
import type { Limits, RateLimits } from './rate-limits.js';
import { ApiError, type Reply, type Request, type Route } from './server.js';
import { ATTACHES, type Body, type Channel, EMBEDS, type Message, SEES, type State, userBody, WRITES } from './state.js';

/** How long a nonce is remembered: Discord says "a few minutes". */
const NONCE_MS = 180_000;

export type Place = {
  readonly state: State;
  readonly interactions: Interactions;
  readonly gateway: Gateway;
  readonly limits: Limits;
  readonly rates: RateLimits;
  readonly complain: (problem: string) => void;
};

const ok = (body: unknown): Reply => ({ status: 200, body });
const NOTHING: Reply = { status: 204 };

/** The routes of messages and of answers to interactions. */
export function messageRoutes(place: Place): readonly Route[] {
  const { state } = place;
  const channelLimit: Route['limit'] = (limits, path) => [`messages${/\d+/.exec(path)?.[0]}`, limits.messages];
  const editLimit: Route['limit'] = (limits, path) => [`edits${/\d+/.exec(path)?.[0]}`, limits.edits];
  return [
    { method: 'POST', path: /^\/users\/@me\/channels$/, handle: (request) => openDirect(place, request) },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)$/,
      handle: (_, [id = '']) => ok(state.channelBody(channelOf(state, id, SEES))),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/messages$/,
      handle: ({ query }, [id = '']) => ok(history(state, channelOf(state, id, SEES), query)),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      handle: (_, [channel = '', id = '']) => ok(state.messageBody(messageOf(state, channel, id))),
    },
    {
      method: 'POST',
      path: /^\/channels\/(\d+)\/messages$/,
      limit: channelLimit,
      handle: (request, [id = '']) => post(place, request, id),
    },
    {
      method: 'PATCH',
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      limit: editLimit,
      handle: (request, [channel = '', id = '']) => edit(place, request, messageOf(state, channel, id)),
    },
    {
      method: 'DELETE',
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      handle: (_, [channel = '', id = '']) => {
        state.removeMessage(messageOf(state, channel, id));
        return NOTHING;
      },
    },
    {
      method: 'POST',
      path: /^\/interactions\/(\d+)\/([\w-]+)\/callback$/,
      isOpen: true,
      handle: (request, [id = '', token = '']) => callback(place, request, id, token),
    },
    {
      method: 'POST',
      path: /^\/webhooks\/\d+\/([\w-]+)$/,
      isOpen: true,
      handle: (request, [token = '']) => {
        const body = checked('POST webhook', request.body, place.complain);
        const shown = show(state, body, request.files);
        place.interactions.byToken(token).followUps.push(shown);
        return ok({ id: shown.id });
      },
    },
    {
      method: 'PATCH',
      path: /^\/webhooks\/\d+\/([\w-]+)\/messages\/@original$/,
      isOpen: true,
      handle: (request, [token = '']) => editOriginal(place, request, place.interactions.byToken(token)),
    },
  ];
}

function channelOf(state: State, id: string, needed: bigint): Channel {
  const channel = state.channels.get(id);
  if (!channel) throw new ApiError(404, 10003, 'Unknown Channel');
  const may = state.permissionsIn(channel, state.bot.id);
  if ((may & SEES) === 0n) throw new ApiError(403, 50001, 'Missing Access');
  if ((may & needed) !== needed) throw new ApiError(403, 50013, 'Missing Permissions');
  return channel;
}

function messageOf(state: State, channelId: string, id: string): Message {
  channelOf(state, channelId, SEES);
  const message = state.messages.get(id);
  if (!message || message.channelId !== channelId) throw new ApiError(404, 10008, 'Unknown Message');
  return message;
}

function openDirect({ state, limits, rates, complain }: Place, { body }: Request): Reply {
  const id = String(checked('POST direct channel', body, complain).recipient_id);
  const user = state.users.get(id);
  if (!user || state.deleted.has(id)) throw new ApiError(404, 10013, 'Unknown User');
  if (user.bot) throw new ApiError(400, 50007, 'Cannot send messages to this user');
  const isNew = ![...state.channels.values()].some((each) => each.recipientId === id);
  if (isNew && !rates.take('openings', limits.openings).isAllowed)
    throw new ApiError(403, 40003, 'You are opening direct messages too fast');
  return ok(state.channelBody(state.directChannel(id)));
}

/** Newest first, whatever was asked for, as Discord does. */
function history(state: State, channel: Channel, query: URLSearchParams): readonly Body[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!(limit >= 1 && limit <= 100)) throw new ApiError(400, 50035, 'Invalid Form Body');
  const before = query.get('before');
  const after = query.get('after');
  const all = [...state.messagesIn(channel.id)]
    .filter(
      (each) => (before === null || BigInt(each.id) < BigInt(before)) && (after === null || BigInt(each.id) > BigInt(after)),
    )
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const page = after === null ? all.slice(-limit) : all.slice(0, limit);
  return page.reverse().map((each) => state.messageBody(each));
}

function post(place: Place, request: Request, channelId: string): Reply {
  const { state, complain } = place;
  const channel = channelOf(state, channelId, WRITES);
  const body = checked('POST messages', request.body, complain);
  if (channel.recipientId !== null) checkReachable(state, channel.recipientId);
  const may = state.permissionsIn(channel, state.bot.id);
  if (bodiesIn(body, 'embeds').length > 0 && (may & EMBEDS) === 0n) throw new ApiError(403, 50013, 'Missing Permissions');
  if (request.files.size > 0 && (may & ATTACHES) === 0n) throw new ApiError(403, 50013, 'Missing Permissions');
  const nonce = body.nonce === undefined ? null : String(body.nonce);
  const content = contentOf(state, body, request.files);
  const earlier = body.enforce_nonce === true && nonce !== null ? recentWith(state, channelId, nonce) : undefined;
  return ok(state.messageBody(earlier ?? state.post({ ...content, channelId, author: state.bot, nonce })));
}

const recentWith = (state: State, channelId: string, nonce: string) =>
  state
    .messagesIn(channelId)
    .find(
      (each) => each.nonce === nonce && BigInt(each.id) > BigInt(state.firstIdAt(new Date(state.now().getTime() - NONCE_MS))),
    );

function checkReachable(state: State, userId: string): void {
  if (state.deleted.has(userId)) throw new ApiError(404, 10013, 'Unknown User');
  if (!state.sharesServer(userId))
    throw new ApiError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds');
  if (state.closed.has(userId)) throw new ApiError(403, 50007, 'Cannot send messages to this user');
}

function edit({ state, complain }: Place, request: Request, message: Message): Reply {
  if (message.author.id !== state.bot.id) throw new ApiError(403, 50005, 'Cannot edit a message authored by another user');
  const body = checked('PATCH message', request.body, complain);
  Object.assign(message, contentOf(state, body, request.files, message), { editedAt: state.now() });
  state.tellMessage('MESSAGE_UPDATE', message);
  return ok(state.messageBody(message));
}

function show(state: State, body: Body, files: Request['files'], before?: Shown): Shown {
  const earlier = before && {
    content: textIn(before, 'content') ?? '',
    embeds: bodiesIn(before, 'embeds'),
    components: bodiesIn(before, 'components'),
    attachments: before.attachments,
  };
  return { ...contentOf(state, body, files, earlier), id: before?.id ?? state.nextId(), flags: body.flags ?? before?.flags ?? 0 };
}

function callback(place: Place, request: Request, id: string, token: string): Reply {
  const { state, interactions, complain } = place;
  const raw = isBody(request.body) ? request.body : {};
  const data = isBody(raw.data) ? raw.data : {};
  const isMessage = [CALLBACKS.reply, CALLBACKS.update].some((each) => each === raw.type);
  checked('POST callback', raw, complain);
  const problems = isMessage ? discordProblems(data) : raw.type === CALLBACKS.modal ? modalProblems(data) : [];
  if (problems.length > 0) {
    complain(`POST callback: ${problems.join('; ')}`);
    throw new ApiError(400, 50035, 'Invalid Form Body', problems);
  }
  const shown = raw.type === CALLBACKS.reply ? show(state, data, request.files) : null;
  const interaction = interactions.answer(id, token, { type: Number(raw.type), data });
  if (shown) interaction.original = shown;
  if (raw.type === CALLBACKS.update) updateSource(place, interaction, data, request.files);
  return NOTHING;
}

/** The message that was acted on: one in a channel, or one that only its reader sees. */
function updateSource({ state, interactions }: Place, { body }: Interaction, data: Body, files: Request['files']): void {
  const id = isBody(body.message) ? String(body.message.id) : '';
  const message = state.messages.get(id);
  const shown = interactions.shown(id);
  if (message) {
    Object.assign(message, contentOf(state, data, files, message), { editedAt: state.now() });
    state.tellMessage('MESSAGE_UPDATE', message);
  } else if (shown) Object.assign(shown, show(state, data, files, shown));
}

function editOriginal(place: Place, request: Request, interaction: Interaction): Reply {
  const { state, complain } = place;
  const body = checked('PATCH webhook message', request.body, complain);
  if (interaction.callback?.type === CALLBACKS.deferUpdate) updateSource(place, interaction, body, request.files);
  else {
    const flags = interaction.callback?.data.flags;
    interaction.original = { ...show(state, body, request.files, interaction.original ?? undefined), flags };
  }
  return ok({ id: interaction.original?.id ?? interaction.id, author: userBody(state.bot) });
}
