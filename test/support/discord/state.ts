import { instantOf, snowflakeAt, snowflakes } from './snowflakes.js';

export type User = {
  readonly id: string;
  username: string;
  global_name: string | null;
  readonly bot: boolean;
};
export type Member = { readonly user: User; nick: string | null; roles: string[]; permissions: bigint };
export type Role = { readonly id: string; readonly name: string; permissions: bigint };
/** `type`: 0 is a role or everyone, 1 a member. */
export type Overwrite = { readonly id: string; readonly type: 0 | 1; readonly allow: string; readonly deny: string };
export type Guild = {
  readonly id: string;
  readonly name: string;
  ownerId: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
};
export type Channel = {
  readonly id: string;
  readonly type: 0 | 1;
  readonly name: string | null;
  readonly guildId: string | null;
  readonly recipientId: string | null;
  overwrites: readonly Overwrite[];
};
export type Attachment = {
  readonly id: string;
  readonly filename: string;
  readonly description: string | null;
  readonly bytes: Uint8Array;
};
/** A body as Discord takes and gives it; the parts that matter are checked at the door. */
export type Body = Readonly<Record<string, unknown>>;
export type Message = {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  content: string;
  embeds: readonly Body[];
  components: readonly Body[];
  attachments: readonly Attachment[];
  readonly nonce: string | null;
  editedAt: Date | null;
};
export type Command = Body & { readonly id: string; readonly name: string };

export const SEES = 1n << 10n;
export const WRITES = 1n << 11n;
export const EMBEDS = 1n << 14n;
export const ATTACHES = 1n << 15n;
export const READS_HISTORY = 1n << 16n;
export const ADMINISTERS = 1n << 3n;
const EVERYONE_MAY = SEES | WRITES | EMBEDS | ATTACHES | READS_HISTORY;

/** All that Discord knows of; what happens in it is told to whoever listens. */
export class State {
  readonly nextId: () => string;
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message>();
  /** By guild id, or `global`. */
  readonly commands = new Map<string, Command[]>();
  readonly bot: User;
  /** Whose direct messages are closed to people of the same server. */
  readonly closed = new Set<string>();
  readonly deleted = new Set<string>();

  constructor(
    readonly now: () => Date,
    /** Tells the gateway; `intent` is the one that must have been asked for, 0: none. */
    readonly dispatch: (type: string, data: Body, intent: number) => void,
  ) {
    this.nextId = snowflakes(now);
    this.bot = this.addUser('afterwards', { bot: true });
  }

  addUser(username: string, { bot = false, globalName = null as string | null } = {}): User {
    const user = { id: this.nextId(), username, global_name: globalName, bot };
    this.users.set(user.id, user);
    return user;
  }

  addGuild(name: string): Guild {
    const id = this.nextId();
    const owner = this.addUser(`owner-of-${name.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}`);
    const everyone: Role = { id, name: '@everyone', permissions: EVERYONE_MAY };
    const guild: Guild = { id, name, ownerId: owner.id, roles: new Map([[id, everyone]]), members: new Map() };
    this.guilds.set(id, guild);
    this.join(guild, owner);
    this.join(guild, this.bot);
    return guild;
  }

  join(guild: Guild, user: User, roles: readonly string[] = []): Member {
    const member = { user, nick: null, roles: [...roles], permissions: 0n };
    guild.members.set(user.id, member);
    return member;
  }

  addChannel(guild: Guild, name: string, overwrites: readonly Overwrite[] = []): Channel {
    return this.keep({ id: this.nextId(), type: 0, name, guildId: guild.id, recipientId: null, overwrites });
  }

  /** The direct channel of the bot and somebody; there is ever only one. */
  directChannel(userId: string): Channel {
    const known = [...this.channels.values()].find((each) => each.recipientId === userId);
    return known ?? this.keep({ id: this.nextId(), type: 1, name: null, guildId: null, recipientId: userId, overwrites: [] });
  }

  private keep(channel: Channel): Channel {
    this.channels.set(channel.id, channel);
    return channel;
  }

  sharesServer(userId: string): boolean {
    return [...this.guilds.values()].some((each) => each.members.has(userId) && each.members.has(this.bot.id));
  }

  /** What somebody may do in a channel of a server, by Discord's own order of overwrites. */
  permissionsIn(channel: Channel, userId: string): bigint {
    const guild = channel.guildId === null ? undefined : this.guilds.get(channel.guildId);
    const member = guild?.members.get(userId);
    if (!guild || !member) return channel.recipientId === null ? 0n : EVERYONE_MAY;
    const roles = [guild.id, ...member.roles];
    const base = roles.reduce((sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n), member.permissions);
    if (guild.ownerId === userId || (base & ADMINISTERS) !== 0n) return ~0n;
    const apply = (sum: bigint, those: readonly Overwrite[]) =>
      (sum & ~those.reduce((bits, each) => bits | BigInt(each.deny), 0n)) |
      those.reduce((bits, each) => bits | BigInt(each.allow), 0n);
    const of = (is: (each: Overwrite) => boolean) => channel.overwrites.filter(is);
    const everyone = apply(
      base,
      of((each) => each.id === guild.id),
    );
    const byRole = apply(
      everyone,
      of((each) => each.type === 0 && each.id !== guild.id && member.roles.includes(each.id)),
    );
    return apply(
      byRole,
      of((each) => each.type === 1 && each.id === userId),
    );
  }

  messagesIn(channelId: string): readonly Message[] {
    return [...this.messages.values()].filter((each) => each.channelId === channelId);
  }

  post(message: Omit<Message, 'id' | 'editedAt'>): Message {
    const kept: Message = { ...message, id: this.nextId(), editedAt: null };
    this.messages.set(kept.id, kept);
    this.tellMessage('MESSAGE_CREATE', kept);
    return kept;
  }

  tellMessage(type: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message): void {
    const channel = this.channels.get(message.channelId);
    this.dispatch(type, this.messageBody(message), channel?.guildId === null ? INTENTS.directMessages : INTENTS.guildMessages);
  }

  removeMessage(message: Message): void {
    this.messages.delete(message.id);
    const guildId = this.channels.get(message.channelId)?.guildId ?? null;
    const where = { id: message.id, channel_id: message.channelId, ...(guildId === null ? {} : { guild_id: guildId }) };
    this.dispatch('MESSAGE_DELETE', where, guildId === null ? INTENTS.directMessages : INTENTS.guildMessages);
  }

  /** Where attachments can be fetched from; set once the server listens. */
  filesUrl = '';
  /** What people attached. */
  readonly uploads = new Map<string, Attachment>();

  attachment(id: string): Attachment | undefined {
    return this.uploads.get(id) ?? [...this.messages.values()].flatMap((each) => each.attachments).find((each) => each.id === id);
  }

  messageBody(message: Message): Body {
    const guildId = this.channels.get(message.channelId)?.guildId ?? null;
    return {
      id: message.id,
      channel_id: message.channelId,
      ...(guildId === null ? {} : { guild_id: guildId }),
      author: userBody(message.author),
      content: message.content,
      timestamp: instantOf(message.id).toISOString(),
      edited_timestamp: message.editedAt?.toISOString() ?? null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: message.attachments.map((each) => this.attachmentBody(each)),
      embeds: message.embeds,
      components: message.components,
      pinned: false,
      type: 0,
      flags: 0,
      ...(message.nonce === null ? {} : { nonce: message.nonce }),
    };
  }

  attachmentBody({ id, filename, description, bytes }: Attachment): Body {
    const url = `${this.filesUrl}/${id}/${encodeURIComponent(filename)}`;
    return { id, filename, size: bytes.length, url, proxy_url: url, ...(description === null ? {} : { description }) };
  }

  channelBody(channel: Channel): Body {
    if (channel.type === 1) {
      const recipient = this.users.get(channel.recipientId ?? '');
      return { id: channel.id, type: 1, flags: 0, last_message_id: null, recipients: recipient ? [userBody(recipient)] : [] };
    }
    const { id, type, name, guildId, overwrites } = channel;
    return { id, type, name, guild_id: guildId, position: 0, permission_overwrites: overwrites, nsfw: false, parent_id: null };
  }

  firstIdAt = snowflakeAt;
}

export const INTENTS = { guilds: 1, guildMembers: 1 << 1, guildMessages: 1 << 9, directMessages: 1 << 12, directTyping: 1 << 14 };
/** Those that must be switched on for the application. */
export const PRIVILEGED = { guildMembers: 1 << 1, presences: 1 << 8, messageContent: 1 << 15 };

export const userBody = ({ id, username, global_name, bot }: User): Body => ({
  id,
  username,
  global_name,
  discriminator: '0',
  avatar: null,
  ...(bot ? { bot } : {}),
  public_flags: 0,
});

export const memberBody = (member: Member): Body => ({
  user: userBody(member.user),
  nick: member.nick,
  avatar: null,
  roles: member.roles,
  joined_at: '2022-01-01T00:00:00.000000+00:00',
  premium_since: null,
  deaf: false,
  mute: false,
  pending: false,
  flags: 0,
});

export const guildBody = (guild: Guild): Body => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  owner_id: guild.ownerId,
  roles: [...guild.roles.values()].map(({ id, name, permissions }) => roleBody(id, name, permissions)),
  emojis: [],
  stickers: [],
  features: [],
  afk_timeout: 300,
  afk_channel_id: null,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  mfa_level: 0,
  nsfw_level: 0,
  preferred_locale: 'en-US',
  premium_tier: 0,
  premium_progress_bar_enabled: false,
  description: null,
  banner: null,
  splash: null,
  discovery_splash: null,
  vanity_url_code: null,
});

const roleBody = (id: string, name: string, permissions: bigint): Body => ({
  id,
  name,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  position: 0,
  permissions: permissions.toString(),
  managed: false,
  mentionable: false,
  flags: 0,
});
