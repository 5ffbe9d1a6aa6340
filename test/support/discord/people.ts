import { CALLBACKS, type Interaction, type Interactions, KINDS } from './interactions.js';
import { bodiesIn, isBody, textIn } from './message-bodies.js';
import {
  type Attachment,
  type Body,
  type Channel,
  type Guild,
  INTENTS,
  type Message,
  memberBody,
  type State,
  type User,
  userBody,
} from './state.js';

type World = { readonly state: State; readonly interactions: Interactions; readonly guild: Guild };
type File = { readonly name: string; readonly bytes: Uint8Array };
export type Options = Readonly<Record<string, string | number | boolean | File>>;
/** What is entered in a form: the words of a text, the value of a select, a file. */
export type Entered = Readonly<Record<string, string | File>>;

const PATIENCE_MS = 5_000;

/** Somebody in Discord, and what they can do there. */
export class Person {
  constructor(
    private readonly world: World,
    readonly user: User,
  ) {}

  get id(): string {
    return this.user.id;
  }

  /** Their direct messages with the bot. */
  get channel(): Channel {
    return this.world.state.directChannel(this.id);
  }

  /** What the bot has written to them and not removed, oldest first. */
  get inbox(): readonly Message[] {
    const { state } = this.world;
    return state.messagesIn(this.channel.id).filter((each) => each.author.id === state.bot.id);
  }

  says(content: string, files: readonly File[] = []): string {
    const attachments = files.map((each) => this.attach(each));
    const message = {
      channelId: this.channel.id,
      author: this.user,
      content,
      attachments,
      embeds: [],
      components: [],
      nonce: null,
    };
    return this.world.state.post(message).id;
  }

  edits(id: string, content: string): void {
    const message = this.own(id);
    message.content = content;
    message.editedAt = this.world.state.now();
    this.world.state.tellMessage('MESSAGE_UPDATE', message);
  }

  /** A link in it unfolds: Discord tells of an update, though nobody edited anything. */
  unfurls(id: string): void {
    const message = this.own(id);
    message.embeds = [{ type: 'link', url: 'https://example.org/', title: 'Example' }];
    this.world.state.tellMessage('MESSAGE_UPDATE', message);
  }

  deletes(id: string): void {
    this.world.state.removeMessage(this.own(id));
  }

  types(): void {
    const { state } = this.world;
    const timestamp = Math.floor(state.now().getTime() / 1000);
    state.dispatch('TYPING_START', { channel_id: this.channel.id, user_id: this.id, timestamp }, INTENTS.directTyping);
  }

  /** Presses a button of a message, or one that only they see. */
  presses(on: Message | Body, customId: string): Promise<Interaction> {
    const component = findComponent(on, (each) => each.type === 2 && each.custom_id === customId);
    return this.acts(KINDS.component, { component_type: component.type, custom_id: customId }, this.sourceOf(on));
  }

  picks(on: Message | Body, customId: string, ...values: readonly string[]): Promise<Interaction> {
    const component = findComponent(on, (each) => each.type === 3 && each.custom_id === customId);
    const offered = bodiesIn(component, 'options').map((each) => each.value);
    const wrong = values.filter((each) => !offered.includes(each));
    if (wrong.length > 0) throw new Error(`${wrong.join(', ')} cannot be chosen, only ${offered.join(', ')}`);
    return this.acts(KINDS.component, { component_type: 3, custom_id: customId, values }, this.sourceOf(on));
  }

  /** Sends a form that was opened for them; what they do not name stays as it was filled in. */
  async submits(opened: Interaction, entered: Entered): Promise<Interaction> {
    const { modal } = opened;
    if (!modal) throw new Error('no form was opened');
    const attachments: Record<string, Body> = {};
    const unknown = new Set(Object.keys(entered));
    const components = bodiesIn(modal, 'components').map((label) => {
      const field = isBody(label.component) ? label.component : {};
      const name = String(field.custom_id);
      unknown.delete(name);
      return { id: label.id ?? 0, type: 18, component: this.filledIn(field, entered[name], attachments) };
    });
    if (unknown.size > 0) throw new Error(`the form has no field ${[...unknown].join(', ')}`);
    const data = { custom_id: modal.custom_id, components, resolved: { attachments } };
    return this.acts(KINDS.modal, data, isBody(opened.body.message) ? { message: opened.body.message } : {}, isInServer(opened));
  }

  /** `/alumni report wave:12` is `runs('alumni', 'report', { wave: 12 })`. */
  runs(name: string, subcommand: string | null, options: Options = {}, where: 'server' | 'direct' = 'server', channel?: Channel) {
    return this.commands(KINDS.command, { name, subcommand, options, focused: null }, where, channel);
  }

  /** Types in an option that is completed; returns what is offered. */
  async completes(name: string, subcommand: string, options: Options, focused: string): Promise<readonly string[]> {
    const done = await this.commands(KINDS.autocomplete, { name, subcommand, options, focused }, 'server');
    return bodiesIn(done.callback?.data ?? {}, 'choices').map((each) => String(each.value));
  }

  leaves(): void {
    const { state, guild } = this.world;
    guild.members.delete(this.id);
    state.dispatch('GUILD_MEMBER_REMOVE', { guild_id: guild.id, user: userBody(this.user) }, INTENTS.guildMembers);
  }

  joins(): void {
    this.world.state.join(this.world.guild, this.user);
  }

  closesMessages(): void {
    this.world.state.closed.add(this.id);
  }

  deletesAccount(): void {
    this.world.state.deleted.add(this.id);
    this.world.guild.members.delete(this.id);
  }

  private own(id: string): Message {
    const message = this.world.state.messages.get(id);
    if (message?.author.id !== this.id) throw new Error(`${id} is no message of ${this.user.username}`);
    return message;
  }

  private attach({ name, bytes }: File): Attachment {
    const attachment = { id: this.world.state.nextId(), filename: name, description: null, bytes };
    this.world.state.uploads.set(attachment.id, attachment);
    return attachment;
  }

  private sourceOf(on: Message | Body): Body {
    if ('channelId' in on) {
      const message = on as Message;
      return { message: this.world.state.messageBody(message), channel_id: message.channelId };
    }
    return { message: { ...on, channel_id: this.channel.id, author: userBody(this.world.state.bot), attachments: [] } };
  }

  private filledIn(field: Body, entered: string | File | undefined, attachments: Record<string, Body>): Body {
    const { type, custom_id } = field;
    if (type === 19) {
      if (entered === undefined || typeof entered === 'string') return { type, custom_id, values: [] };
      const attachment = this.attach(entered);
      attachments[attachment.id] = this.world.state.attachmentBody(attachment);
      return { type, custom_id, values: [attachment.id] };
    }
    if (type === 3) {
      const offered = bodiesIn(field, 'options');
      const before = offered.filter((each) => each.default === true).map((each) => each.value);
      if (entered !== undefined && !offered.some((each) => each.value === entered))
        throw new Error(`${entered} cannot be chosen`);
      return { type, custom_id, values: entered === undefined ? before : [entered] };
    }
    return { type, custom_id, value: typeof entered === 'string' ? entered : (textIn(field, 'value') ?? '') };
  }

  private commands(
    kind: number,
    called: { name: string; subcommand: string | null; options: Options; focused: string | null },
    where: 'server' | 'direct',
    channel?: Channel,
  ): Promise<Interaction> {
    const { state, guild } = this.world;
    const { name, subcommand, options, focused } = called;
    const isIn = (scope: string) => state.commands.get(scope)?.find((each) => each.name === name);
    const command = isIn('global') ?? (where === 'server' ? isIn(guild.id) : undefined);
    const contexts = command?.contexts;
    const isThere = command && (!Array.isArray(contexts) || contexts.includes(where === 'server' ? 0 : 1));
    if (!isThere) throw new Error(`there is no command /${name} ${where === 'server' ? 'on the server' : 'in direct messages'}`);
    const known = bodiesIn(command, 'options');
    const sub = subcommand === null ? null : known.find((each) => each.type === 1 && each.name === subcommand);
    if (subcommand !== null && !sub) throw new Error(`/${name} has no ${subcommand}`);
    const attachments: Record<string, Body> = {};
    const users: Record<string, Body> = {};
    const given = Object.entries(options).map(([option, value]) => {
      const about = bodiesIn(sub ?? command, 'options').find((each) => each.name === option);
      if (!about) throw new Error(`/${name} ${subcommand} has no option ${option}`);
      const isFocused = option === focused ? { focused: true } : {};
      if (typeof value !== 'object') {
        const user = about.type === 6 ? state.users.get(String(value)) : undefined;
        if (user) users[user.id] = userBody(user);
        return { type: about.type, name: option, value, ...isFocused };
      }
      const attachment = this.attach(value);
      attachments[attachment.id] = state.attachmentBody(attachment);
      return { type: about.type, name: option, value: attachment.id };
    });
    const missing = bodiesIn(sub ?? command, 'options').filter(
      (each) => each.required === true && !(String(each.name) in options),
    );
    if (kind === KINDS.command && missing.length > 0)
      throw new Error(`${missing.map((each) => each.name).join(', ')} is missing`);
    const data = {
      id: command.id,
      name,
      type: 1,
      ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
      options: sub ? [{ type: 1, name: subcommand, options: given }] : given,
      resolved: { attachments, users },
    };
    return this.acts(kind, data, channel ? { channel_id: channel.id } : {}, where === 'server');
  }

  /** Sends it to the bot, and waits until it is answered. */
  private async acts(type: number, data: Body, rest: Body, isHere?: boolean): Promise<Interaction> {
    const { state, interactions, guild } = this.world;
    const inMessage = isBody(rest.message) ? String(rest.message.channel_id) : undefined;
    const channelId = String(rest.channel_id ?? inMessage ?? (isHere ? this.lobby().id : this.channel.id));
    const channel = state.channels.get(channelId) ?? this.channel;
    const member = guild.members.get(this.id);
    const inServer = channel.guildId !== null && member;
    const place = inServer
      ? {
          guild_id: channel.guildId,
          guild: { id: channel.guildId, locale: 'en-US', features: [] },
          member: { ...memberBody(member), permissions: state.permissionsIn(channel, this.id).toString() },
          context: 0,
        }
      : { user: userBody(this.user), context: 1 };
    const interaction = interactions.make(this.user, {
      type,
      data,
      ...place,
      ...rest,
      channel_id: channel.id,
      channel: state.channelBody(channel),
      locale: 'en-US',
      guild_locale: 'en-US',
      app_permissions: '2248473465835073',
      entitlements: [],
      authorizing_integration_owners: { 0: guild.id },
      attachment_size_limit: 10_485_760,
    });
    state.dispatch('INTERACTION_CREATE', interaction.body, 0);
    await until(() => interaction.isDone, `an answer to what ${this.user.username} did`);
    return interaction;
  }

  private lobby(): Channel {
    const { state, guild } = this.world;
    const channel = [...state.channels.values()].find((each) => each.guildId === guild.id);
    return channel ?? state.addChannel(guild, 'general');
  }
}

const isInServer = (opened: Interaction) => opened.body.guild_id !== undefined;

function findComponent(on: Message | Body, is: (component: Body) => boolean): Body {
  const rows = bodiesIn(on as Body, 'components');
  const all = rows.flatMap((row) => bodiesIn(row, 'components'));
  const found = all.find(is);
  if (!found) throw new Error(`no such component among ${all.map((each) => each.custom_id).join(', ')}`);
  if (found.disabled === true) throw new Error(`${found.custom_id} is disabled`);
  return found;
}

/** Waits for something that comes over a real socket. */
export async function until(isSo: () => boolean, what: string, patienceMs = PATIENCE_MS): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Whether the answer to an interaction is for the one who acted alone. */
export const isEphemeral = (interaction: Interaction): boolean =>
  (Number(interaction.callback?.data.flags ?? 0) & 64) !== 0 || interaction.callback?.type === CALLBACKS.deferUpdate;
