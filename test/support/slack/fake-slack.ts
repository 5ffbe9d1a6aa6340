import { wordsIn } from './block-kit.js';
import type { Acked, Envelope, Kind } from './connections.js';
import { SlackServer } from './server.js';
import { viewObject } from './web-api.js';
import {
  APP,
  asSlackText,
  BOT_USER,
  fileObject,
  messageObject,
  type SlackChannel,
  type SlackFile,
  type SlackMessage,
  type SlackView,
  TEAM,
} from './workspace.js';

type Element = {
  readonly type: string;
  readonly action_id?: string;
  readonly text?: { readonly text: string };
  readonly value?: string;
  readonly options?: readonly { readonly value: string; readonly text: { readonly text: string } }[];
  readonly initial_option?: { readonly value: string };
  readonly initial_value?: string;
  readonly initial_date?: string;
};
export type Block = {
  readonly type: string;
  readonly block_id?: string;
  readonly elements?: readonly Element[];
  readonly accessory?: Element;
  readonly element?: Element;
  readonly label?: { readonly text: string };
};

/** An element that can be pressed, with the block in which it stands. */
export type Standing = { readonly element: Element; readonly blockId: string };
/** What was entered in a modal, by action id; a file by its id, anything else as text. */
export type Entered = Readonly<Record<string, string | { readonly files: readonly SlackFile[] }>>;
/** Where somebody presses: on a message, or within a view. */
export type Surface = { readonly channel: SlackChannel; readonly message: SlackMessage } | { readonly view: SlackView };

export const elementsIn = (blocks: readonly unknown[] | null): readonly Standing[] =>
  ((blocks ?? []) as readonly Block[]).flatMap((block, at) => {
    const all = [...(block.type === 'actions' ? (block.elements ?? []) : []), ...(block.accessory ? [block.accessory] : [])];
    return all.map((element) => ({ element, blockId: block.block_id ?? `block-${at}` }));
  });

/** All that a reader sees of blocks: words, labels of buttons, what is chosen. */
export const seenIn = (blocks: readonly unknown[] | null): string => wordsIn(blocks ?? []).join('\n');

/** A made-up Slack whose people act. An act resolves once the app has acknowledged it, or Slack has given up on that. */
export class FakeSlack extends SlackServer {
  /** Envelopes that nobody acknowledged in time; `retry` delivers them again. */
  readonly unacked: Envelope[] = [];
  /** How often each event is delivered, though it was acknowledged. */
  tellsEach = 1;
  private retries = 0;

  static async open(now: () => Date, port = 0): Promise<FakeSlack> {
    const slack = new FakeSlack(now);
    await slack.listen(port);
    return slack;
  }

  async send(kind: Kind, payload: Readonly<Record<string, unknown>>): Promise<Acked> {
    const envelope: Envelope = { kind, payload };
    const acked = await this.connections.deliver(envelope, 0);
    if (acked === null && kind === 'events_api') this.unacked.push(envelope);
    return acked;
  }

  /** Delivers once more what was not acknowledged, as Slack does for an hour. */
  async retry(): Promise<void> {
    for (const envelope of this.unacked.splice(0)) {
      const acked = await this.connections.deliver(envelope, ++this.retries);
      if (acked === null) this.unacked.push(envelope);
    }
  }

  eventBody(event: Readonly<Record<string, unknown>>, about: Readonly<Record<string, unknown>> = {}) {
    return {
      token: 'verification',
      team_id: TEAM,
      api_app_id: APP,
      type: 'event_callback',
      event_id: this.workspace.id('Ev'),
      event_time: Math.floor(this.workspace.now().getTime() / 1_000),
      authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false }],
      is_ext_shared_channel: false,
      event,
      ...about,
    };
  }

  async event(event: Readonly<Record<string, unknown>>, about: Readonly<Record<string, unknown>> = {}): Promise<Acked> {
    const body = this.eventBody(event, about);
    let acked = await this.send('events_api', body);
    for (let nth = 1; nth < this.tellsEach; nth += 1) acked = await this.send('events_api', body);
    return acked;
  }

  private inDirect(user: string, ts: string) {
    const channel = this.workspace.openDirect(user);
    const message = this.workspace.message(channel.id, ts);
    if (!message) throw new Error(`${user} has no message ${ts}`);
    return { channel, message };
  }

  /** Writes to the bot without Slack telling it: as while the bot is away. */
  writes(user: string, text: string, about: { thread?: string; files?: readonly SlackFile[] } = {}): SlackMessage {
    return this.workspace.post(this.workspace.openDirect(user), {
      user,
      text: asSlackText(text),
      threadTs: about.thread ?? null,
      files: about.files ?? [],
      subtype: about.files?.length ? 'file_share' : null,
    });
  }

  messageEvent(user: string, message: SlackMessage) {
    const channel = this.workspace.openDirect(user);
    return { ...messageObject(message, this.base), channel: channel.id, channel_type: 'im', event_ts: message.ts };
  }

  async says(user: string, text: string, about: { thread?: string; files?: readonly SlackFile[] } = {}): Promise<string> {
    const message = this.writes(user, text, about);
    await this.event(this.messageEvent(user, message));
    return message.ts;
  }

  private async changed(channel: SlackChannel, before: unknown, now: Readonly<Record<string, unknown>>): Promise<void> {
    const ts = this.workspace.ts();
    const event = { type: 'message', subtype: 'message_changed', hidden: true, channel: channel.id, channel_type: 'im', ts };
    await this.event({ ...event, message: now, previous_message: before, event_ts: ts });
  }

  async edits(user: string, ts: string, text: string): Promise<void> {
    const { channel, message } = this.inDirect(user, ts);
    const before = messageObject(message, this.base);
    Object.assign(message, { text: asSlackText(text), isEdited: true });
    await this.changed(channel, before, messageObject(message, this.base));
  }

  /** A link in the message unfolds: Slack tells of a change that leaves the text alone. */
  async unfurls(user: string, ts: string): Promise<void> {
    const { channel, message } = this.inDirect(user, ts);
    const before = messageObject(message, this.base);
    const attachments = [{ title: 'A page', text: 'What it says', fallback: 'A page' }];
    await this.changed(channel, before, { ...before, attachments });
  }

  async deletes(user: string, ts: string): Promise<void> {
    const { channel, message } = this.inDirect(user, ts);
    const previous_message = messageObject(message, this.base);
    message.isDeleted = true;
    const at = this.workspace.ts();
    const event = { type: 'message', subtype: 'message_deleted', hidden: true, channel: channel.id, channel_type: 'im', ts: at };
    await this.event({ ...event, deleted_ts: ts, previous_message, event_ts: at });
  }

  changes(user: string): Promise<Acked> {
    const known = this.workspace.users.get(user);
    if (!known) throw new Error(`nobody is ${user}`);
    const object = {
      id: known.id,
      team_id: known.team,
      name: known.name,
      deleted: known.isDeleted,
      real_name: known.name,
      ...(known.timeZone === null ? {} : { tz: known.timeZone }),
      profile: { real_name: known.name, email: known.email },
      is_bot: known.isBot,
      is_restricted: known.isGuest,
      is_email_confirmed: known.isEmailConfirmed,
    };
    return this.event({ type: 'user_change', user: object, event_ts: this.workspace.ts() });
  }

  async opensHome(user: string, tab: 'home' | 'messages' = 'home'): Promise<void> {
    const channel = this.workspace.openDirect(user).id;
    await this.event({ type: 'app_home_opened', user, channel, tab, event_ts: this.workspace.ts() });
  }

  private who(user: string) {
    const known = this.workspace.users.get(user);
    if (!known) throw new Error(`nobody is ${user}`);
    return { id: user, username: known.name, name: known.name, team_id: known.team };
  }

  /** Presses a button, or chooses `value` in a select. */
  async presses(user: string, on: Surface, { element, blockId }: Standing, value: string | null = null): Promise<Acked> {
    return this.send('interactive', this.pressBody(user, on, { element, blockId }, value));
  }

  pressBody(user: string, on: Surface, { element, blockId }: Standing, value: string | null = null) {
    const option = element.options?.find((each) => each.value === value);
    if (element.type === 'static_select' && !option) throw new Error(`${value} is no choice of ${element.action_id}`);
    const about = { action_id: element.action_id, block_id: blockId, type: element.type, action_ts: this.workspace.ts() };
    const action = option
      ? { ...about, selected_option: option, placeholder: { type: 'plain_text', text: '' } }
      : { ...about, text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
    const shared = {
      type: 'block_actions',
      user: this.who(user),
      api_app_id: APP,
      token: 'verification',
      is_enterprise_install: false,
    };
    const body = {
      ...shared,
      trigger_id: this.trigger(user),
      team: { id: TEAM, domain: 'afterwards' },
      enterprise: null,
      actions: [action],
    };
    if ('view' in on)
      return { ...body, container: { type: 'view', view_id: on.view.id }, view: viewObject(on.view), state: { values: {} } };
    const { channel, message } = on;
    return {
      ...body,
      container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: false },
      channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
      message: messageObject(message, this.base),
      state: { values: {} },
      response_url: this.responseUrl(user, channel.id, message.ts),
    };
  }

  /** Types a command in a channel; in the direct messages with the bot where none is named. */
  async slash(user: string, line: string, channel: SlackChannel = this.workspace.openDirect(user)): Promise<Acked> {
    const [command = '', ...rest] = line.split(' ');
    const acked = await this.send('slash_commands', {
      token: 'verification',
      team_id: TEAM,
      team_domain: 'afterwards',
      channel_id: channel.id,
      channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
      user_id: user,
      user_name: this.who(user).username,
      command,
      text: this.withChannels(asSlackText(rest.join(' '))),
      api_app_id: APP,
      is_enterprise_install: 'false',
      response_url: this.responseUrl(user, channel.id),
      trigger_id: this.trigger(user),
    });
    const said = acked?.payload as { readonly text?: string; readonly blocks?: readonly unknown[] } | undefined;
    if (said?.text) this.workspace.ephemeral.push({ user, channel: channel.id, text: said.text, blocks: said.blocks ?? null });
    return acked;
  }

  /** A channel that is named as people do, as Slack passes it on. */
  private withChannels(text: string): string {
    const named = [...this.workspace.channels.values()].filter((each) => each.name !== '');
    return text.replace(/(^|\s)#([\w-]+)/g, (typed, before: string, name: string) => {
      const channel = named.find((each) => each.name === name);
      return channel ? `${before}<#${channel.id}|${name}>` : typed;
    });
  }

  /** The modal in front of somebody, or null. */
  modal(user: string): SlackView | null {
    return this.workspace.modalsOf(user).at(-1) ?? null;
  }

  /** Its inputs as they stand, by action id. */
  static inputsOf(view: SlackView): ReadonlyMap<string, { readonly blockId: string; readonly element: Element }> {
    const blocks = (view.body.blocks ?? []) as readonly Block[];
    const inputs = blocks.flatMap(({ type, element, block_id }) =>
      type === 'input' && element?.action_id
        ? [[`${block_id}/${element.action_id}`, { blockId: block_id ?? '', element }] as const]
        : [],
    );
    return new Map(inputs);
  }

  /** The state of a modal as Slack sends it; `entered` by "block id/action id", the rest as it was shown. */
  stateOf(view: SlackView, entered: Entered) {
    const values: Record<string, Record<string, unknown>> = {};
    for (const [key, { blockId, element }] of FakeSlack.inputsOf(view)) {
      const given = entered[key];
      values[blockId] = { ...values[blockId], [element.action_id ?? '']: this.stateOfElement(element, given) };
    }
    return { values };
  }

  private stateOfElement(element: Element, given: Entered[string] | undefined): Readonly<Record<string, unknown>> {
    const { type } = element;
    if (typeof given === 'object') return { type, files: given.files.map((file) => fileObject(file, this.base)) };
    switch (type) {
      case 'static_select': {
        const value = given ?? element.initial_option?.value ?? null;
        const option = element.options?.find((each) => each.value === value) ?? null;
        if (value !== null && !option) throw new Error(`${value} is no choice of ${element.action_id}`);
        return { type, selected_option: option };
      }
      case 'datepicker':
        return { type, selected_date: given ?? element.initial_date ?? null };
      case 'file_input':
        return { type, files: [] };
      default: {
        const value = given ?? element.initial_value ?? '';
        return { type, value: value === '' ? null : value };
      }
    }
  }

  submitBody(user: string, view: SlackView, entered: Entered) {
    return {
      type: 'view_submission',
      team: { id: TEAM, domain: 'afterwards' },
      user: this.who(user),
      api_app_id: APP,
      token: 'verification',
      trigger_id: this.trigger(user),
      view: viewObject(view, this.stateOf(view, entered)),
      response_urls: [],
      is_enterprise_install: false,
      enterprise: null,
    };
  }

  /** Sends the modal that is open; it stays open with errors, is replaced, or closes, as the app says. */
  async submits(user: string, entered: Entered, view = this.modal(user)): Promise<Acked> {
    if (!view) throw new Error(`${user} has no modal open`);
    const acked = await this.send('interactive', this.submitBody(user, view, entered));
    if (acked !== null) this.afterSubmit(user, view, acked.payload);
    return acked;
  }

  private afterSubmit(user: string, view: SlackView, payload: Readonly<Record<string, unknown>>): void {
    const stack = this.workspace.modalsOf(user);
    switch (payload.response_action) {
      case 'errors':
        view.errors = payload.errors as Readonly<Record<string, string>>;
        for (const id of Object.keys(view.errors))
          if (![...FakeSlack.inputsOf(view).values()].some((each) => each.blockId === id))
            this.refused.push(`an error at ${id}, where there is no input`);
        return;
      case 'update':
      case 'push': {
        const body = payload.view as Readonly<Record<string, unknown>>;
        const given = { hash: this.workspace.ts(), body, errors: {} };
        if (payload.response_action === 'update') Object.assign(view, given);
        else stack.push({ id: this.workspace.id('V'), user, kind: 'modal', ...given });
        return;
      }
      case 'clear':
        stack.length = 0;
        return;
      default:
        stack.splice(stack.indexOf(view), 1);
    }
  }

  closesModal(user: string): void {
    this.workspace.modalsOf(user).pop();
  }

  /** What stands in somebody's direct messages with the bot, oldest first. */
  direct(user: string): readonly SlackMessage[] {
    return this.workspace.directWith(user)?.messages.filter((each) => !each.isDeleted) ?? [];
  }

  fromBot(user: string): readonly SlackMessage[] {
    return this.direct(user).filter((each) => each.user === BOT_USER);
  }

  /** What only they were shown, oldest first. */
  toldTo(user: string): readonly string[] {
    return this.workspace.ephemeral.filter((each) => each.user === user).map((each) => each.text);
  }
}
