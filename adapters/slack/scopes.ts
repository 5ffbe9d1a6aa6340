/** A method of Slack's Web API that the bot calls. */
export type MethodUse = {
  readonly method: string;
  /** Of these, those that Slack asks for; empty where any bot may call it. */
  readonly scopes: readonly string[];
  readonly why: string;
};
/** An event that the bot hears. */
export type EventUse = { readonly event: string; readonly scopes: readonly string[]; readonly why: string };

/** Every method that the bot calls with its bot token, and what for. Nothing else may be called. */
export const METHODS: readonly MethodUse[] = [
  { method: 'auth.test', scopes: [], why: 'to know which workspace and which bot the token is for' },
  { method: 'chat.postMessage', scopes: ['chat:write'], why: 'to ask, to answer, to post a digest where the bot was invited' },
  { method: 'chat.postEphemeral', scopes: ['chat:write'], why: 'to answer a press so that only who pressed sees it' },
  { method: 'chat.update', scopes: ['chat:write'], why: 'to keep a card up to date in place' },
  { method: 'chat.delete', scopes: ['chat:write'], why: 'to remove the bot’s own messages when somebody has themselves erased' },
  { method: 'conversations.open', scopes: ['im:write'], why: 'to open the direct messages with somebody on the list' },
  {
    method: 'conversations.history',
    scopes: ['im:history'],
    why: 'to read in direct messages with the bot what was written while it was away, and whether a message went out',
  },
  { method: 'conversations.replies', scopes: ['im:history'], why: 'the same within a thread there' },
  {
    method: 'conversations.info',
    scopes: ['channels:read', 'groups:read'],
    why: 'to know whether a digest’s channel is private, shared or archived',
  },
  {
    method: 'conversations.members',
    scopes: ['channels:read', 'groups:read'],
    why: 'to bring in everybody in a channel; to post a digest with names only where every member is an organiser',
  },
  {
    method: 'users.info',
    scopes: ['users:read'],
    why: 'for the name, the time zone, and whether an account is a guest’s, a bot’s or deactivated',
  },
  { method: 'users.list', scopes: ['users:read'], why: 'to find somebody on a list by their handle' },
  { method: 'users.lookupByEmail', scopes: ['users:read.email'], why: 'to find somebody on a list by their e-mail address' },
  {
    method: 'usergroups.users.list',
    scopes: ['usergroups:read'],
    why: 'where a user group is named as organisers, or brought in',
  },
  { method: 'files.info', scopes: ['files:read'], why: 'to read a roster that an organiser attached' },
  { method: 'files.getUploadURLExternal', scopes: ['files:write'], why: 'to upload a chart or a table' },
  { method: 'files.completeUploadExternal', scopes: ['files:write'], why: 'to post it' },
  { method: 'files.delete', scopes: ['files:write'], why: 'to remove it again' },
  { method: 'views.open', scopes: [], why: 'to open a form' },
  { method: 'views.push', scopes: [], why: 'to open a form from within another' },
  { method: 'views.update', scopes: [], why: 'to show in a form what came of it' },
  { method: 'views.publish', scopes: [], why: 'to show somebody on the Home tab what is held about them' },
];

/** Every event that the manifest subscribes to. */
export const EVENTS: readonly EventUse[] = [
  { event: 'message.im', scopes: ['im:history'], why: 'replies, their edits and their deletion' },
  { event: 'app_home_opened', scopes: [], why: 'to show the Home tab' },
  { event: 'user_change', scopes: ['users:read'], why: 'a new time zone; an account that was deactivated or came back' },
  { event: 'app_uninstalled', scopes: [], why: 'to end rather than to go on asking in vain' },
];

/** The scopes of the app-level token of Socket Mode. */
export const APP_TOKEN_SCOPES: readonly string[] = ['connections:write'];

/** For each method that may be called: its scopes. */
export const SCOPES_OF_METHOD: ReadonlyMap<string, readonly string[]> = new Map([
  ...METHODS.map(({ method, scopes }) => [method, scopes] as const),
  ['apps.connections.open', APP_TOKEN_SCOPES] as const,
]);

/** What the manifest asks for: the slash commands’ own scope, and that of every method and event. */
export const BOT_SCOPES: readonly string[] = [
  ...new Set(['commands', ...METHODS.flatMap((each) => each.scopes), ...EVENTS.flatMap((each) => each.scopes)]),
].sort();

/** The table of the scopes for docs/slack.md: for each, what it is used for. */
export function scopesTable(): string {
  const usesOf = (scope: string) => [
    ...(scope === 'commands' ? ['`/checkin`, `/alumni`: what people write behind them'] : []),
    ...METHODS.filter((each) => each.scopes.includes(scope)).map(({ method, why }) => `\`${method}\`: ${why}`),
    ...EVENTS.filter((each) => each.scopes.includes(scope)).map(({ event, why }) => `event \`${event}\`: ${why}`),
  ];
  const rows = BOT_SCOPES.map((scope) => `| \`${scope}\` | ${usesOf(scope).join('<br>')} |`);
  return ['| scope | what it is used for |', '| --- | --- |', ...rows].join('\n');
}
