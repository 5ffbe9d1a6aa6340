import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { paceOf } from '../../../adapters/slack/pace.js';
import { type SlackPlug, slackPlug } from '../../../adapters/slack/plug.js';
import { parseControlId } from '../../../src/domain/message.js';
import type { Hearing, Listening } from '../../../src/platform-ports.js';
import type { Log } from '../../../src/ports.js';
import { eventually, PlatformBot, TurnedClock } from '../platform-bot.js';
import type { Actor, OpenForm, Organiser, OrganisersStage, Pick, Seen, StageChannel, Trouble } from '../platform-stage.js';
import type { TestDb } from '../test-db.js';
import type { Acked } from './connections.js';
import { type Block, type Entered, elementsIn, FakeSlack, type Standing, type Surface, seenIn } from './fake-slack.js';
import { environmentFor, seen } from './seen.js';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET } from './server.js';
import { BOT_USER, type SlackFile, type SlackMessage, type SlackView } from './workspace.js';

export type SlackStageOptions = {
  readonly test: TestDb;
  readonly startsAt: string;
  readonly mode?: 'socket' | 'http';
  readonly slack?: FakeSlack;
  readonly around?: (hearing: Hearing) => Hearing;
  readonly timeoutMs?: number;
};

/** A bot's plug for it that knows no limits of Slack's. */
export function plugTo(slack: FakeSlack, mode: 'socket' | 'http', log: Log, timeoutMs?: number): SlackPlug {
  const settings = {
    botToken: BOT_TOKEN,
    apiUrl: slack.apiUrl,
    mode:
      mode === 'socket'
        ? ({ kind: 'socket', appToken: APP_TOKEN } as const)
        : ({ kind: 'http', signingSecret: SIGNING_SECRET } as const),
  };
  return slackPlug(settings, {
    log,
    clockOffsetMs: 0,
    pace: paceOf({ perSecond: Number.POSITIVE_INFINITY, channelMs: 0 }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/** A server for Slack to call, on the port that it got. */
async function requestsTo({ serve }: Listening, slack: FakeSlack): Promise<Server> {
  const server = createServer((request, response) => {
    if (!serve?.(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  slack.connections.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  return server;
}

/** The stage on Slack: the real client on a made-up workspace. */
export class SlackStage implements OrganisersStage {
  readonly platform = 'slack';
  private readonly people = new Map<string, SlackActor>();
  private constructor(
    readonly slack: FakeSlack,
    readonly clock: TurnedClock,
    readonly bot: PlatformBot,
    private readonly plug: SlackPlug,
    private readonly server: Server | null,
  ) {}

  static async open({
    test,
    startsAt,
    mode = 'socket',
    slack: given,
    around,
    timeoutMs,
  }: SlackStageOptions): Promise<SlackStage> {
    const clock = new TurnedClock(new Date(startsAt));
    const slack = given ?? (await FakeSlack.open(clock.now));
    let plug: SlackPlug | undefined;
    const bot = await PlatformBot.open({
      test,
      clock,
      environment: environmentFor(slack, mode),
      plug: (log) => {
        plug = plugTo(slack, mode, log, timeoutMs);
        return plug;
      },
      ...(around ? { around } : {}),
    });
    if (!plug) throw new Error('nothing was plugged in');
    const server = mode === 'http' ? await requestsTo(bot.listening, slack) : null;
    return new SlackStage(slack, clock, bot, plug, server);
  }

  /** The stage on a bot that was opened for another platform, and listens here beside it. */
  static beside(bot: PlatformBot, slack: FakeSlack, plug: SlackPlug): SlackStage {
    return new SlackStage(slack, bot.clock, bot, plug, null);
  }

  readonly trouble: Trouble = {
    answersLost: (times) => this.slack.faults.add('chat.postMessage', { kind: 'lose' }, times),
    sendsLost: (times) => this.slack.faults.add('chat.postMessage', { kind: 'drop' }, times),
    tooFast: (retryAfter) => this.slack.faults.add('chat.postMessage', { kind: 'rate_limited', retryAfter }),
    eventsTwice: () => {
      this.slack.tellsEach = 2;
    },
    editOvertakes: async (actor, text, edited) => {
      const message = this.slack.writes(actor.id, text);
      const late = this.slack.messageEvent(actor.id, message);
      await this.person(actor.name).edits(message.ts, edited);
      await this.slack.event(late);
      await this.idle();
    },
    log: () => JSON.stringify(this.bot.logged),
  };

  now = () => this.clock.now();
  pass = (ms: number) => this.bot.pass(ms);
  until = (instant: string) => this.bot.until(instant);
  cli = (...argv: readonly string[]) => this.bot.cli(...argv);
  idle = () => this.plug.idle();

  /** People act once the bot is there to hear them. */
  async isHeard(): Promise<void> {
    const { connections } = this.slack;
    if (connections.requestUrl === null) await eventually(() => connections.sockets.size > 0, 'a socket');
  }

  /** What the bot has to acknowledge within three seconds. */
  async acknowledged(act: Promise<Acked>): Promise<void> {
    if ((await act) === null) throw new Error('not acknowledged in time');
    await this.idle();
  }

  person(name: string, about: { readonly email?: string; readonly timeZone?: string } = {}): SlackActor {
    const known = this.people.get(name);
    if (known) return known;
    const user = this.slack.workspace.addUser({
      name,
      email: about.email ?? null,
      ...(about.timeZone === undefined ? {} : { timeZone: about.timeZone }),
    });
    const actor = new SlackActor(this, user.id, name);
    this.people.set(name, actor);
    return actor;
  }

  async organiser(name: string, programme: string): Promise<SlackActor> {
    const actor = this.person(name);
    await this.cli('organiser', 'add', `slack:${actor.id}`, '--programme', programme);
    return actor;
  }

  listOf(people: readonly Actor[]): string {
    const zoneOf = (id: string) => this.slack.workspace.users.get(id)?.timeZone ?? '';
    const lines = people.map(({ name, id }) => `${name},${id},${zoneOf(id)}`);
    return ['name,slack,timezone', ...lines].join('\n');
  }

  import(
    { programme, cohort, ended }: { readonly programme: string; readonly cohort: string; readonly ended: string },
    people: readonly Actor[],
  ): Promise<void> {
    return this.bot.import([this.listOf(people)], ['--programme', programme, '--cohort', cohort, '--ended', ended]);
  }

  channel(name: string, members: readonly Actor[], about: { readonly isPrivate?: boolean } = {}): StageChannel {
    const ids = members.map((each) => each.id);
    const channel = this.slack.workspace.addChannel(name, ids, about.isPrivate ? 'private' : 'channel');
    const standing = () => channel.messages.filter((each) => !each.isDeleted);
    return {
      id: channel.id,
      sees: () => standing().map(seen),
      pictures: () =>
        standing().flatMap(({ files, threadTs }) =>
          files.map(({ altText, bytes }) => ({ told: altText ?? '', answersTo: threadTs, bytes })),
        ),
    };
  }

  group(name: string, members: readonly Actor[]): { readonly id: string } {
    const id = `S${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;
    this.slack.workspace.groups.set(
      id,
      members.map((each) => each.id),
    );
    return { id };
  }

  /** Slack lists them to every bot with the scopes of the manifest. */
  letsMembersBeListed(): void {}

  async close(): Promise<void> {
    await this.bot.close();
    this.server?.closeAllConnections();
    this.server?.close();
    await this.slack.close();
    if (this.slack.refused.length > 0) throw new Error(`Slack refused: ${this.slack.refused.join('\n')}`);
  }
}

export class SlackActor implements Organiser {
  /** What was entered in a form and came back with errors: Slack leaves it standing. */
  private readonly entered = new WeakMap<object, Readonly<Record<string, Entered[string]>>>();

  constructor(
    private readonly stage: SlackStage,
    readonly id: string,
    readonly name: string,
  ) {}

  private get slack(): FakeSlack {
    return this.stage.slack;
  }

  private filesOf(files: Readonly<Record<string, string>>): readonly SlackFile[] {
    return Object.entries(files).map(([name, text]) => this.slack.workspace.addFile(name, new TextEncoder().encode(text)));
  }

  async says(text: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
    await this.stage.isHeard();
    const id = await this.slack.says(this.id, text, { files: this.filesOf(files) });
    await this.stage.idle();
    return id;
  }

  async edits(id: string, text: string): Promise<void> {
    await this.stage.isHeard();
    await this.slack.edits(this.id, id, text);
    await this.stage.idle();
  }

  async deletes(id: string): Promise<void> {
    await this.stage.isHeard();
    await this.slack.deletes(this.id, id);
    await this.stage.idle();
  }

  async presses(verb: string, { choice, value, on }: Pick = {}): Promise<void> {
    const isMeant = ({ element }: Standing) => {
      const ref = parseControlId(element.action_id ?? '');
      return ref?.verb === verb && (choice === undefined || ref.choice === choice);
    };
    const surface = this.surfaces().find((each) => {
      const isHere =
        'message' in each ? on === undefined || each.message.ts === on : on === undefined || on === placeOf(each.view);
      return isHere && this.standingOn(each).some(isMeant);
    });
    const standing = surface && this.standingOn(surface).find(isMeant);
    if (!surface || !standing) throw new Error(`there is nothing to press for ${verb} in front of ${this.id}`);
    await this.stage.isHeard();
    await this.stage.acknowledged(this.slack.presses(this.id, surface, standing, value ?? null));
  }

  async pressesOf(other: Actor, verb: string, on: string): Promise<void> {
    const channel = this.slack.workspace.openDirect(other.id);
    const message = this.slack.workspace.message(channel.id, on);
    const standing = elementsIn(message?.blocks ?? null).find(
      ({ element }) => parseControlId(element.action_id ?? '')?.verb === verb,
    );
    if (!message || !standing) throw new Error(`there is nothing to press for ${verb} in front of ${other.id}`);
    await this.stage.isHeard();
    await this.stage.acknowledged(this.slack.presses(this.id, { channel, message }, standing));
  }

  /** What can be pressed on, the uppermost and newest first: an open modal, messages to them alone, the direct messages, channels, then their home. */
  private surfaces(): readonly Surface[] {
    const modal = this.slack.modal(this.id);
    const home = this.slack.workspace.homes.get(this.id);
    const channel = this.slack.workspace.openDirect(this.id);
    const alone = this.slack.workspace.ephemeral.filter((each) => each.user === this.id).map((each) => this.asMessage(each));
    const inChannels = [...this.slack.workspace.channels.values()].flatMap((each) =>
      each.kind !== 'im' && each.members.has(this.id) ? each.messages.map((message) => ({ channel: each, message })) : [],
    );
    return [
      ...(modal ? [{ view: modal }] : []),
      ...alone.reverse().map((message) => ({ channel, message })),
      ...[...this.slack.direct(this.id)].reverse().map((message) => ({ channel, message })),
      ...inChannels.reverse(),
      ...(home ? [{ view: home }] : []),
    ];
  }

  private asMessage({ text, blocks }: { readonly text: string; readonly blocks: readonly unknown[] | null }): SlackMessage {
    const about = { user: BOT_USER, botId: null, metadata: null, threadTs: null, files: [], subtype: null };
    return { ...about, ts: this.slack.workspace.ts(), text, blocks, isEdited: false, isDeleted: false };
  }

  private standingOn = (surface: Surface): readonly Standing[] =>
    elementsIn('view' in surface ? blocksOf(surface.view) : surface.message.blocks);

  async commands(text: string, channelId?: string): Promise<void> {
    const channel = channelId === undefined ? undefined : this.slack.workspace.channels.get(channelId);
    // What was open is put away: one types a command where nothing is in front of it.
    this.slack.workspace.modalsOf(this.id).length = 0;
    await this.stage.isHeard();
    await this.stage.acknowledged(this.slack.slash(this.id, text, channel));
  }

  async opensHome(): Promise<string> {
    await this.stage.isHeard();
    await this.slack.opensHome(this.id);
    await this.stage.idle();
    return this.home();
  }

  /** The home tab as it stands there now. */
  home(): string {
    const home = this.slack.workspace.homes.get(this.id);
    return home ? seenIn(blocksOf(home)) : '';
  }

  form(): OpenForm | null {
    const view = this.slack.modal(this.id);
    if (!view) return null;
    const sections: Record<string, string>[] = [];
    const standing = this.entered.get(view.body);
    for (const [key, { blockId, element }] of FakeSlack.inputsOf(view)) {
      const [section = '0', field = ''] = blockId.split(/:(.*)/s);
      while (sections.length <= Number(section)) sections.push({});
      const typed = standing?.[key];
      const shown = element.initial_option?.value ?? element.initial_date ?? element.initial_value ?? '';
      const initial = typeof typed === 'string' ? typed : shown;
      Object.assign(sections[Number(section)] ?? {}, { [field]: initial.replace(/^~/, '') });
    }
    const title = view.body.title as { readonly text?: string } | undefined;
    const notes = seenIn(blocksOf(view))
      .split('\n')
      .filter((line) => line.startsWith('⚠'));
    return { title: title?.text ?? '', sections, errors: [...Object.values(view.errors), ...notes] };
  }

  async sendsList(csv: string): Promise<void> {
    await this.says('', { 'list.csv': csv });
  }

  async isOffered(): Promise<readonly string[]> {
    throw new Error('Slack offers nothing while one types a command');
  }

  reads(): string {
    const view = this.slack.modal(this.id);
    return view ? seenIn(blocksOf(view)) : (this.told().at(-1) ?? '');
  }

  async fills(changes: readonly Readonly<Record<string, string>>[], files: Readonly<Record<string, string>> = {}): Promise<void> {
    const view = this.slack.modal(this.id);
    if (!view) throw new Error(`no form is open in front of ${this.id}`);
    const inputs = [...FakeSlack.inputsOf(view)];
    const entered: Record<string, Entered[string]> = { ...this.entered.get(view.body) };
    const at = (blockId: string) => inputs.find(([, each]) => each.blockId === blockId);
    for (const [section, fields] of changes.entries())
      for (const [field, value] of Object.entries(fields)) {
        const found = at(`${section}:${field}`);
        if (!found) throw new Error(`the form has no field ${section}:${field}, but ${inputs.map(([key]) => key).join(', ')}`);
        const isSelect = found[1].element.type === 'static_select';
        entered[found[0]] = isSelect && (value === '' || value.startsWith('~')) ? `~${value}` : value;
      }
    for (const [field, text] of Object.entries(files)) {
      const found = inputs.find(([, each]) => each.blockId.endsWith(`:${field}`));
      if (!found) throw new Error(`the form takes no file ${field}`);
      entered[found[0]] = { files: this.filesOf({ [`${field}.csv`]: text }) };
    }
    await this.stage.isHeard();
    this.entered.set(view.body, entered);
    await this.stage.acknowledged(this.slack.submits(this.id, entered, view));
  }

  sees(): readonly Seen[] {
    return this.slack.direct(this.id).map(seen);
  }

  told(): readonly string[] {
    return this.slack.workspace.ephemeral.filter((each) => each.user === this.id).map((each) => seenIn(each.blocks) || each.text);
  }
}

/** To press on their home rather than on a message with such a control. */
export const AT_HOME = 'home';
const placeOf = ({ kind, id }: SlackView) => (kind === 'home' ? AT_HOME : id);

const blocksOf = (view: SlackView) => (view.body.blocks ?? []) as readonly Block[];
