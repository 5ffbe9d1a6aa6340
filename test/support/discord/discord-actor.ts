import { parseControlId } from '../../../src/domain/message.js';
import type { OpenForm, Organiser, Pick, Seen } from '../platform-stage.js';
import type { DiscordStage } from './discord-stage.js';
import { type FilledForm, OpenedForm } from './forms.js';
import { CALLBACKS, type Interaction, type Shown } from './interactions.js';
import { type Options, type Person, until } from './people.js';
import { componentsIn, seen, wordsIn } from './seen.js';
import type { Body, Message } from './state.js';
import { typedOptions } from './typed-commands.js';

/** Somebody on Discord, for a story that runs on every platform. */
export class DiscordActor implements Organiser {
  private readonly alone: Interaction[] = [];
  /** What Discord itself offers to somebody who types a command that is not there. */
  private offered: string | null = null;
  private opened: OpenedForm | null = null;

  constructor(
    private readonly stage: DiscordStage,
    readonly person: Person,
    readonly name: string,
    readonly timeZone: string,
  ) {}

  get id(): string {
    return this.person.id;
  }

  async says(text: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
    const attached = Object.entries(files).map(([name, content]) => ({ name, bytes: new TextEncoder().encode(content) }));
    const id = this.person.says(text, attached);
    await this.stage.stored(id, 1);
    return id;
  }

  async edits(id: string, text: string): Promise<void> {
    const before = this.stage.timesStored(id);
    this.person.edits(id, text);
    await this.stage.stored(id, before + 1);
  }

  async deletes(id: string): Promise<void> {
    const before = this.stage.timesStored(id);
    this.person.deletes(id);
    await this.stage.stored(id, before + 1);
  }

  async presses(verb: string, { choice, value, on }: Pick = {}): Promise<void> {
    const isMeant = (component: Body) => isFor(component, verb, choice);
    const surface = this.surfaces().find(
      (each) => (on === undefined || each.id === on) && componentsIn(asBody(each)).some(isMeant),
    );
    const component = surface && componentsIn(asBody(surface)).find(isMeant);
    if (!surface || !component) throw new Error(`there is nothing to press for ${verb} in front of ${this.name}`);
    await this.acts(surface, component, value);
  }

  async pressesOf(other: { readonly name: string }, verb: string, on: string): Promise<void> {
    const message = this.stage.person(other.name).person.inbox.find((each) => each.id === on);
    const component = message && componentsIn(asBody(message)).find((each) => isFor(each, verb));
    if (!message || !component) throw new Error(`there is nothing to press for ${verb} in front of ${other.name}`);
    await this.acts(message, component);
  }

  async commands(text: string, channelId?: string): Promise<void> {
    const [, name = '', rest = ''] = /^\/(\w+)\s*(.*)$/s.exec(text) ?? [];
    const { subcommand, options } = typedOptions(this.stage.discord.state, this.stage.discord.guild.id, name, rest);
    this.offered = null;
    if (subcommand === null) {
      this.offered = options.join(', ');
      return;
    }
    const channel = channelId === undefined ? undefined : this.stage.discord.state.channels.get(channelId);
    await this.runs(name, subcommand, options, channel);
  }

  sendsList(csv: string): Promise<void> {
    return this.runs('alumni', 'import', { file: { name: 'list.csv', bytes: new TextEncoder().encode(csv) } });
  }

  isOffered(subcommand: string, option: string, start: string): Promise<readonly string[]> {
    return this.person.completes('alumni', subcommand, { [option]: start }, option);
  }

  /** Runs a command with options as Discord offers them. */
  async runs(name: string, subcommand: string, options: Options, channel?: Parameters<Person['runs']>[4]): Promise<void> {
    const where = name === 'checkin' && channel === undefined ? 'direct' : 'server';
    await this.takes(await this.person.runs(name, subcommand, options, where, channel));
  }

  form(): OpenForm | null {
    return this.opened?.shown ?? null;
  }

  async fills(changes: readonly Readonly<Record<string, string>>[], files: Readonly<Record<string, string>> = {}): Promise<void> {
    if (!this.opened) throw new Error(`no form is open in front of ${this.name}`);
    const filled: FilledForm = await this.opened.fills(changes, files);
    this.offered = null;
    this.alone.push(...filled.answers);
    this.opened = filled.next;
  }

  sees(): readonly Seen[] {
    return this.person.inbox.map(seen);
  }

  told(): readonly string[] {
    return [...this.alone.flatMap((each) => each.told.map(wordsIn)), ...(this.offered === null ? [] : [this.offered])];
  }

  reads(): string {
    const last = this.alone.at(-1);
    const source = last?.callback?.type === CALLBACKS.update ? wordsIn(last.callback.data) : null;
    return source ?? this.told().at(-1) ?? '';
  }

  /** What can be pressed on, the newest first: what they alone see, then their direct messages, then channels. */
  private surfaces(): readonly (Message | Shown)[] {
    const { state } = this.stage.discord;
    const inChannels = [...state.messages.values()].filter((each) => state.channels.get(each.channelId)?.guildId !== null);
    return [...this.alone.flatMap((each) => each.told).reverse(), ...[...this.person.inbox].reverse(), ...inChannels.reverse()];
  }

  private async acts(on: Message | Shown, component: Body, value?: string): Promise<void> {
    const customId = String(component.custom_id);
    const isSelect = component.type === 3;
    const acted = isSelect ? await this.person.picks(on, customId, value ?? '') : await this.person.presses(on, customId);
    await this.takes(acted);
  }

  private async takes(interaction: Interaction): Promise<void> {
    this.alone.push(interaction);
    if (interaction.callback?.type === CALLBACKS.deferReply) await until(() => interaction.told.length > 0, 'a promised answer');
    const opened = await OpenedForm.in(this.person, interaction);
    if (opened) this.opened = opened;
  }
}

const asBody = (on: Message | Shown): Body => on as unknown as Body;

function isFor(component: Body, verb: string, choice?: string): boolean {
  const ref = parseControlId(String(component.custom_id));
  return ref?.verb === verb && (choice === undefined || ref.choice === choice);
}
