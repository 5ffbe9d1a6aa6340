import { messageProblems, viewProblems } from './block-kit.js';
import {
  APP,
  BOT_ID,
  BOT_USER,
  fileObject,
  messageObject,
  type SlackChannel,
  type SlackMessage,
  type SlackView,
  TEAM,
  userObject,
  type Workspace,
} from './workspace.js';

export type Arguments = Readonly<Record<string, string>>;
export type Reply = { readonly ok: boolean; readonly error?: string } & Readonly<Record<string, unknown>>;

/** What the methods need of the server around them. */
export type Surroundings = {
  readonly base: string;
  readonly scopes: ReadonlySet<string>;
  /** The most that a page holds, whatever was asked for. */
  readonly pageSize: number;
  readonly messagesTab: boolean;
  readonly isPostingTooFast: (channel: string) => boolean;
  /** Whose the trigger is; it is used up by this. An error's name otherwise. */
  readonly takeTrigger: (trigger: string) => { readonly user: string } | string;
};

const no = (error: string, more: Readonly<Record<string, unknown>> = {}): Reply => ({ ok: false, error, ...more });
const invalid = (problems: readonly string[], error = 'invalid_blocks'): Reply =>
  no(error, { response_metadata: { messages: problems.map((each) => `[ERROR] ${each}`) } });

const parsed = (json: string | undefined): unknown => {
  try {
    return json === undefined ? null : JSON.parse(json);
  } catch {
    return null;
  }
};

/** One page of `items`, and the cursor to the next. */
function page<T>(items: readonly T[], args: Arguments, most: number): { readonly items: readonly T[]; readonly next: string } {
  const from = args.cursor ? Number(Buffer.from(args.cursor, 'base64').toString()) : 0;
  const limit = Math.min(Number(args.limit ?? 100), most);
  const next = from + limit < items.length ? Buffer.from(String(from + limit)).toString('base64') : '';
  return { items: items.slice(from, from + limit), next };
}

type Method = (workspace: Workspace, args: Arguments, around: Surroundings) => Reply;

function channelFor(workspace: Workspace, id: string | undefined): SlackChannel | string {
  const channel = workspace.channels.get(id ?? '');
  if (!channel) return 'channel_not_found';
  if (channel.isArchived) return 'is_archived';
  return channel.members.has(BOT_USER) ? channel : 'not_in_channel';
}

function mayPost(workspace: Workspace, id: string | undefined, around: Surroundings): SlackChannel | string {
  const channel = channelFor(workspace, id);
  if (typeof channel === 'string' || channel.kind !== 'im') return channel;
  if (!around.messagesTab) return 'messages_tab_disabled';
  const user = [...channel.members].find((each) => each !== BOT_USER);
  return workspace.users.get(user ?? '')?.isDeleted ? 'user_disabled' : channel;
}

function metadataOf(args: Arguments): SlackMessage['metadata'] | 'invalid' {
  if (args.metadata === undefined) return null;
  const given = parsed(args.metadata) as SlackMessage['metadata'];
  const isRight = typeof given?.event_type === 'string' && typeof given.event_payload === 'object';
  return isRight ? given : 'invalid';
}

const contentProblems = (args: Arguments) =>
  messageProblems({ text: args.text, ...(args.blocks === undefined ? {} : { blocks: parsed(args.blocks) }) });

const postMessage: Method = (workspace, args, around) => {
  const channel = mayPost(workspace, args.channel, around);
  if (typeof channel === 'string') return no(channel);
  const problems = contentProblems(args);
  if (problems.length > 0) return invalid(problems);
  const metadata = metadataOf(args);
  if (metadata === 'invalid') return no('invalid_metadata_format');
  if (around.isPostingTooFast(channel.id)) return no('ratelimited');
  if (args.thread_ts && !workspace.message(channel.id, args.thread_ts)) return no('thread_not_found');
  const message = workspace.post(channel, {
    user: BOT_USER,
    botId: BOT_ID,
    text: args.text ?? '',
    blocks: (parsed(args.blocks) as readonly unknown[] | null) ?? null,
    metadata,
    threadTs: args.thread_ts ?? null,
  });
  return { ok: true, channel: channel.id, ts: message.ts, message: messageObject(message, around.base) };
};

const ownMessage = (workspace: Workspace, args: Arguments): SlackMessage | string => {
  const channel = channelFor(workspace, args.channel);
  if (typeof channel === 'string') return channel;
  const message = workspace.message(channel.id, args.ts ?? '');
  return message?.user === BOT_USER ? message : message ? 'cant_update_message' : 'message_not_found';
};

const update: Method = (workspace, args) => {
  const message = ownMessage(workspace, args);
  if (typeof message === 'string') return no(message);
  const problems = contentProblems(args);
  if (problems.length > 0) return invalid(problems);
  const metadata = metadataOf(args);
  if (metadata === 'invalid') return no('invalid_metadata_format');
  Object.assign(message, { text: args.text, blocks: parsed(args.blocks), metadata, isEdited: true });
  return { ok: true, channel: args.channel, ts: args.ts, text: args.text };
};

const remove: Method = (workspace, args) => {
  const message = ownMessage(workspace, args);
  if (typeof message === 'string') return no(message === 'cant_update_message' ? 'cant_delete_message' : message);
  message.isDeleted = true;
  return { ok: true, channel: args.channel, ts: args.ts };
};

const postEphemeral: Method = (workspace, args) => {
  const channel = channelFor(workspace, args.channel);
  if (typeof channel === 'string') return no(channel);
  if (!channel.members.has(args.user ?? '')) return no('user_not_in_channel');
  const problems = contentProblems(args);
  if (problems.length > 0) return invalid(problems);
  const blocks = (parsed(args.blocks) as readonly unknown[] | null) ?? null;
  workspace.ephemeral.push({ user: args.user ?? '', channel: channel.id, text: args.text ?? '', blocks });
  return { ok: true, message_ts: workspace.ts() };
};

const open: Method = (workspace, args) => {
  const user = workspace.users.get(args.users ?? '');
  if (!user) return no('user_not_found');
  if (user.isDeleted) return no('user_disabled');
  if (user.isBot) return no('cannot_dm_bot');
  return { ok: true, channel: { id: workspace.openDirect(user.id).id } };
};

function messagesIn(workspace: Workspace, args: Arguments, around: Surroundings, isMeant: (each: SlackMessage) => boolean) {
  const channel = channelFor(workspace, args.channel);
  if (typeof channel === 'string') return no(channel);
  const isInclusive = args.inclusive === 'true';
  const isAfter = (ts: string) => {
    const [at, oldest] = [Number(ts), Number(args.oldest ?? 0)];
    return isInclusive ? at >= oldest : at > oldest;
  };
  const all = channel.messages.filter((each) => !each.isDeleted && isMeant(each) && isAfter(each.ts));
  return { channel, all, withMetadata: args.include_all_metadata === 'true', most: around.pageSize };
}

const paged = (
  messages: readonly SlackMessage[],
  args: Arguments,
  around: Surroundings,
  withMetadata: boolean,
  threads: SlackMessage[],
): Reply => {
  const { items, next } = page(messages, args, around.pageSize);
  const replies = (ts: string) => threads.filter((each) => each.threadTs === ts && !each.isDeleted);
  const shown = items.map((each) => {
    const below = each.threadTs === null ? replies(each.ts) : [];
    return {
      ...messageObject(each, around.base, withMetadata),
      ...(below.length === 0 ? {} : { thread_ts: each.ts, reply_count: below.length, latest_reply: below.at(-1)?.ts }),
    };
  });
  return { ok: true, messages: shown, has_more: next !== '', response_metadata: { next_cursor: next } };
};

const history: Method = (workspace, args, around) => {
  const found = messagesIn(workspace, args, around, (each) => each.threadTs === null || each.subtype === 'thread_broadcast');
  if ('ok' in found) return found;
  return paged([...found.all].reverse(), args, around, found.withMetadata, found.channel.messages);
};

const replies: Method = (workspace, args, around) => {
  const isMeant = (each: SlackMessage) => each.ts === args.ts || each.threadTs === args.ts;
  const found = messagesIn(workspace, { ...args, oldest: '0' }, around, isMeant);
  if ('ok' in found) return found;
  if (!workspace.message(args.channel ?? '', args.ts ?? '')) return no('thread_not_found');
  const oldest = Number(args.oldest ?? 0);
  const all = found.all.filter((each) => each.ts === args.ts || Number(each.ts) > oldest);
  return paged(all, args, around, found.withMetadata, []);
};

const channelObject = (channel: SlackChannel) => ({
  id: channel.id,
  name: channel.name,
  is_channel: channel.kind === 'channel',
  is_im: channel.kind === 'im',
  is_private: channel.kind !== 'channel',
  is_archived: channel.isArchived,
  is_member: channel.members.has(BOT_USER),
});

const info: Method = (workspace, args) => {
  const channel = workspace.channels.get(args.channel ?? '');
  if (!channel || (channel.kind === 'private' && !channel.members.has(BOT_USER))) return no('channel_not_found');
  return { ok: true, channel: channelObject(channel) };
};

const members: Method = (workspace, args, around) => {
  const channel = workspace.channels.get(args.channel ?? '');
  if (!channel || (channel.kind === 'private' && !channel.members.has(BOT_USER))) return no('channel_not_found');
  const { items, next } = page([...channel.members], args, around.pageSize);
  return { ok: true, members: items, response_metadata: { next_cursor: next } };
};

const list: Method = (workspace, args, around) => {
  const types = (args.types ?? 'public_channel').split(',');
  const isMeant = (each: SlackChannel) =>
    (each.kind === 'channel' && types.includes('public_channel')) ||
    (each.kind === 'private' && types.includes('private_channel') && each.members.has(BOT_USER)) ||
    (each.kind === 'im' && types.includes('im'));
  const { items, next } = page([...workspace.channels.values()].filter(isMeant), args, around.pageSize);
  return { ok: true, channels: items.map(channelObject), response_metadata: { next_cursor: next } };
};

const mayShowEmail = (around: Surroundings) => around.scopes.has('users:read.email');

const userInfo: Method = (workspace, args, around) => {
  const user = workspace.users.get(args.user ?? '');
  return user ? { ok: true, user: userObject(user, mayShowEmail(around)) } : no('user_not_found');
};

const userList: Method = (workspace, args, around) => {
  const { items, next } = page([...workspace.users.values()], args, around.pageSize);
  return {
    ok: true,
    members: items.map((each) => userObject(each, mayShowEmail(around))),
    response_metadata: { next_cursor: next },
  };
};

const lookupByEmail: Method = (workspace, args, around) => {
  const user = [...workspace.users.values()].find(
    (each) => each.email?.toLowerCase() === args.email?.toLowerCase() && !each.isDeleted,
  );
  return user ? { ok: true, user: userObject(user, mayShowEmail(around)) } : no('users_not_found');
};

export function viewObject(view: SlackView, state: unknown = { values: {} }) {
  return {
    ...view.body,
    id: view.id,
    team_id: TEAM,
    app_id: APP,
    bot_id: BOT_ID,
    hash: view.hash,
    state,
    root_view_id: view.id,
    previous_view_id: null,
    private_metadata: view.body.private_metadata ?? '',
    callback_id: view.body.callback_id ?? '',
  };
}

const bodyOf = (args: Arguments) => parsed(args.view) as Readonly<Record<string, unknown>>;

const openView =
  (kind: 'open' | 'push'): Method =>
  (workspace, args, around) => {
    const problems = viewProblems(parsed(args.view));
    if (problems.length > 0) return invalid(problems, 'invalid_arguments');
    if (bodyOf(args).type !== 'modal') return no('invalid_arguments');
    const taken = around.takeTrigger(args.trigger_id ?? '');
    if (typeof taken === 'string') return no(taken);
    const stack = workspace.modalsOf(taken.user);
    if (kind === 'push' && stack.length >= 3) return no('push_limit_reached');
    if (kind === 'open') stack.length = 0;
    const view: SlackView = {
      id: workspace.id('V'),
      hash: workspace.ts(),
      user: taken.user,
      kind: 'modal',
      body: bodyOf(args),
      errors: {},
    };
    stack.push(view);
    return { ok: true, view: viewObject(view) };
  };

const updateView: Method = (workspace, args) => {
  const view = workspace.view(args.view_id ?? '');
  if (!view) return no('not_found');
  const problems = viewProblems(parsed(args.view));
  if (problems.length > 0) return invalid(problems, 'invalid_arguments');
  if (args.hash !== undefined && args.hash !== view.hash) return no('hash_conflict');
  Object.assign(view, { body: bodyOf(args), hash: workspace.ts(), errors: {} });
  return { ok: true, view: viewObject(view) };
};

const publish: Method = (workspace, args) => {
  const problems = viewProblems(parsed(args.view));
  if (problems.length > 0) return invalid(problems, 'invalid_arguments');
  const user = args.user_id ?? '';
  if (!workspace.users.has(user)) return no('user_not_found');
  const id = workspace.homes.get(user)?.id ?? workspace.id('V');
  const view: SlackView = { id, hash: workspace.ts(), user, kind: 'home', body: bodyOf(args), errors: {} };
  workspace.homes.set(user, view);
  return { ok: true, view: viewObject(view) };
};

const getUploadUrl: Method = (workspace, args, around) => {
  const length = Number(args.length);
  if (!args.filename || !Number.isInteger(length) || length <= 0) return no('invalid_arguments');
  const file = workspace.addFile(args.filename, new Uint8Array(length), args.alt_text ?? null);
  return { ok: true, upload_url: `${around.base}/upload/${file.id}`, file_id: file.id };
};

const completeUpload: Method = (workspace, args, around) => {
  const wanted = parsed(args.files) as readonly { readonly id: string; readonly title?: string }[] | null;
  const files = (wanted ?? []).map((each) => workspace.files.get(each.id));
  if (files.length === 0 || files.some((each) => !each?.isComplete)) return no('file_not_found');
  if (args.channel_id === undefined) return no('invalid_arguments');
  const channel = /^[CDG]/.test(args.channel_id) ? mayPost(workspace, args.channel_id, around) : 'channel_not_found';
  if (typeof channel === 'string') return no(channel);
  if (args.thread_ts && !workspace.message(channel.id, args.thread_ts)) return no('invalid_thread_ts');
  const whole = files.flatMap((each) => each ?? []);
  for (const [at, file] of whole.entries()) file.title = wanted?.[at]?.title ?? null;
  const text = args.initial_comment ?? '';
  workspace.post(channel, {
    user: BOT_USER,
    botId: BOT_ID,
    text,
    files: whole,
    subtype: null,
    threadTs: args.thread_ts ?? null,
  });
  return { ok: true, files: whole.map((file) => ({ id: file.id, title: file.title })) };
};

const fileInfo: Method = (workspace, args, around) => {
  const file = workspace.files.get(args.file ?? '');
  return file && !file.isDeleted ? { ok: true, file: fileObject(file, around.base) } : no('file_not_found');
};

const deleteFile: Method = (workspace, args) => {
  const file = workspace.files.get(args.file ?? '');
  if (!file || file.isDeleted) return no('file_not_found');
  file.isDeleted = true;
  for (const channel of workspace.channels.values())
    for (const message of channel.messages) if (message.files.includes(file)) message.isDeleted = true;
  return { ok: true };
};

const groupMembers: Method = (workspace, args) => {
  const users = workspace.groups.get(args.usergroup ?? '');
  return users ? { ok: true, users } : no('no_such_subteam');
};

/** The methods of the Web API, on a workspace; what reaches them has the right token, scopes and arguments. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': () => ({
    ok: true,
    url: 'https://afterwards.slack.com/',
    team: 'Afterwards',
    user: 'afterwards',
    team_id: TEAM,
    user_id: BOT_USER,
    bot_id: BOT_ID,
    app_id: APP,
    is_enterprise_install: false,
  }),
  'bots.info': (_, args) => (args.bot === BOT_ID ? { ok: true, bot: { id: BOT_ID, app_id: APP } } : no('bot_not_found')),
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'conversations.open': open,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.info': info,
  'conversations.members': members,
  'conversations.list': list,
  'users.info': userInfo,
  'users.list': userList,
  'users.lookupByEmail': lookupByEmail,
  'usergroups.list': (workspace) => ({ ok: true, usergroups: [...workspace.groups.keys()].map((id) => ({ id, handle: id })) }),
  'usergroups.users.list': groupMembers,
  'views.open': openView('open'),
  'views.push': openView('push'),
  'views.update': updateView,
  'views.publish': publish,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': fileInfo,
  'files.delete': deleteFile,
};
