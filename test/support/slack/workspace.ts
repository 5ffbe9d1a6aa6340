export const TEAM = 'T0AFTERWARDS';
export const APP = 'A0AFTERWARDS';
export const BOT_USER = 'U0BOTAFTER';
export const BOT_ID = 'B0BOTAFTER';

export type SlackUser = {
  readonly id: string;
  name: string;
  email: string | null;
  isEmailConfirmed: boolean;
  timeZone: string | null;
  isDeleted: boolean;
  isBot: boolean;
  isGuest: boolean;
  /** The workspace they are at home in. */
  team: string;
};

export type SlackFile = {
  readonly id: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly altText: string | null;
  title: string | null;
  isComplete: boolean;
  isDeleted: boolean;
};

export type SlackMessage = {
  readonly ts: string;
  readonly user: string;
  readonly botId: string | null;
  text: string;
  blocks: readonly unknown[] | null;
  metadata: { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> } | null;
  readonly threadTs: string | null;
  readonly files: readonly SlackFile[];
  readonly subtype: string | null;
  isEdited: boolean;
  isDeleted: boolean;
};

export type SlackChannel = {
  readonly id: string;
  readonly kind: 'im' | 'channel' | 'private';
  readonly name: string;
  readonly members: Set<string>;
  isArchived: boolean;
  readonly messages: SlackMessage[];
};

export type Ephemeral = {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly blocks: readonly unknown[] | null;
};

export type SlackView = {
  readonly id: string;
  hash: string;
  readonly user: string;
  readonly kind: 'modal' | 'home';
  body: Readonly<Record<string, unknown>>;
  /** What was said at its fields when it was last refused, by block id. */
  errors: Readonly<Record<string, string>>;
};

/** All that a made-up workspace holds. Its time is handed in; ids and time stamps are unique and only grow. */
export class Workspace {
  readonly users = new Map<string, SlackUser>();
  readonly channels = new Map<string, SlackChannel>();
  readonly groups = new Map<string, readonly string[]>();
  readonly files = new Map<string, SlackFile>();
  readonly ephemeral: Ephemeral[] = [];
  /** The modals that are open in front of each person, the uppermost last. */
  readonly modals = new Map<string, SlackView[]>();
  readonly homes = new Map<string, SlackView>();
  private lastMicros = 0;
  private lastNumber = 0;

  constructor(readonly now: () => Date) {
    this.addUser({ id: BOT_USER, name: 'afterwards', isBot: true });
  }

  number(): number {
    return ++this.lastNumber;
  }

  id(start: string): string {
    return `${start}0${String(this.number()).padStart(6, '0')}`;
  }

  ts(): string {
    this.lastMicros = Math.max(this.now().getTime() * 1_000, this.lastMicros + 1);
    return `${Math.floor(this.lastMicros / 1e6)}.${String(this.lastMicros % 1e6).padStart(6, '0')}`;
  }

  addUser(wish: Partial<SlackUser> & { readonly name: string }): SlackUser {
    const user: SlackUser = {
      id: this.id('U'),
      email: null,
      isEmailConfirmed: true,
      timeZone: 'Europe/London',
      isDeleted: false,
      isBot: false,
      isGuest: false,
      team: TEAM,
      ...wish,
    };
    this.users.set(user.id, user);
    return user;
  }

  addChannel(name: string, members: readonly string[], kind: 'channel' | 'private' = 'channel'): SlackChannel {
    const id = this.id(kind === 'private' ? 'G' : 'C');
    const channel: SlackChannel = { id, kind, name, members: new Set([BOT_USER, ...members]), isArchived: false, messages: [] };
    this.channels.set(id, channel);
    return channel;
  }

  directWith(user: string): SlackChannel | null {
    return [...this.channels.values()].find((each) => each.kind === 'im' && each.members.has(user)) ?? null;
  }

  openDirect(user: string): SlackChannel {
    const known = this.directWith(user);
    if (known) return known;
    const id = this.id('D');
    const channel: SlackChannel = {
      id,
      kind: 'im',
      name: '',
      members: new Set([BOT_USER, user]),
      isArchived: false,
      messages: [],
    };
    this.channels.set(id, channel);
    return channel;
  }

  message(channel: string, ts: string): SlackMessage | null {
    return this.channels.get(channel)?.messages.find((each) => each.ts === ts && !each.isDeleted) ?? null;
  }

  post(channel: SlackChannel, message: Partial<SlackMessage> & Pick<SlackMessage, 'user' | 'text'>): SlackMessage {
    const posted: SlackMessage = {
      ts: this.ts(),
      botId: null,
      blocks: null,
      metadata: null,
      threadTs: null,
      files: [],
      subtype: null,
      isEdited: false,
      isDeleted: false,
      ...message,
    };
    channel.messages.push(posted);
    return posted;
  }

  addFile(name: string, bytes: Uint8Array, altText: string | null = null): SlackFile {
    const file: SlackFile = { id: this.id('F'), name, bytes, altText, title: null, isComplete: false, isDeleted: false };
    this.files.set(file.id, file);
    return file;
  }

  modalsOf(user: string): SlackView[] {
    const open = this.modals.get(user) ?? [];
    this.modals.set(user, open);
    return open;
  }

  view(id: string): SlackView | null {
    return [...this.homes.values(), ...[...this.modals.values()].flat()].find((each) => each.id === id) ?? null;
  }
}

/** What people type, as Slack passes it on: signs escaped, addresses as links. */
export const asSlackText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\bhttps?:\/\/[^\s&]+/g, (url) => `<${url}>`)
    .replace(/@(U[A-Z0-9]{3,})/g, '<@$1>');

export const fileObject = (file: SlackFile, base: string) => ({
  id: file.id,
  name: file.name,
  title: file.title ?? file.name,
  mimetype: file.name.endsWith('.png') ? 'image/png' : 'text/csv',
  size: file.bytes.length,
  ...(file.altText === null ? {} : { alt_txt: file.altText }),
  url_private: `${base}/files-pri/${TEAM}-${file.id}/${encodeURIComponent(file.name)}`,
  url_private_download: `${base}/files-pri/${TEAM}-${file.id}/download/${encodeURIComponent(file.name)}`,
});

/** A message as the API and events show it. Metadata only where it was asked for. */
export function messageObject(message: SlackMessage, base: string, withMetadata = false) {
  return {
    type: 'message',
    ts: message.ts,
    user: message.user,
    text: message.text,
    team: TEAM,
    ...(message.subtype === null ? {} : { subtype: message.subtype }),
    ...(message.botId === null ? {} : { bot_id: message.botId, app_id: APP }),
    ...(message.blocks === null ? {} : { blocks: message.blocks }),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.files.length === 0 ? {} : { files: message.files.map((file) => fileObject(file, base)) }),
    ...(message.isEdited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

export function userObject(user: SlackUser, withEmail: boolean) {
  return {
    id: user.id,
    team_id: user.team,
    name: user.name.toLowerCase().replaceAll(' ', '.'),
    deleted: user.isDeleted,
    real_name: user.name,
    ...(user.timeZone === null ? {} : { tz: user.timeZone, tz_label: user.timeZone, tz_offset: 0 }),
    profile: {
      real_name: user.name,
      display_name: user.name.split(' ')[0] ?? '',
      ...(withEmail && user.email !== null ? { email: user.email } : {}),
      team: user.team,
    },
    is_bot: user.isBot,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    ...(user.team === TEAM ? {} : { is_stranger: true }),
    is_email_confirmed: user.isEmailConfirmed,
    updated: 1_700_000_000,
  };
}
