import { discordPlug } from '../../../adapters/discord/plug.js';
import type { Environment } from '../../../src/config.js';
import type { Hearing, Plug } from '../../../src/platform-ports.js';
import type { Log } from '../../../src/ports.js';
import { PlatformBot, TurnedClock } from '../platform-bot.js';
import type { Actor, OrganisersStage, Seen, SeenPicture, StageChannel, Trouble } from '../platform-stage.js';
import type { TestDb } from '../test-db.js';
import { DiscordActor } from './discord-actor.js';
import { FakeDiscord } from './fake-discord.js';
import { environmentFor, seen } from './seen.js';
import { SEES } from './state.js';

export type DiscordStageOptions = {
  readonly test: TestDb;
  readonly startsAt: string;
  readonly discord?: FakeDiscord;
  readonly clock?: TurnedClock;
  readonly around?: (hearing: Hearing) => Hearing;
  /** Another platform in the same process. */
  readonly beside?: { readonly plug: (log: Log) => Plug; readonly environment: Environment };
};

/** The stage on Discord: the real client on a made-up server. */
export class DiscordStage implements OrganisersStage {
  readonly platform = 'discord';
  private readonly people = new Map<string, DiscordActor>();
  private constructor(
    readonly discord: FakeDiscord,
    readonly clock: TurnedClock,
    readonly bot: PlatformBot,
    private readonly hears: Counted,
  ) {}

  static async open({
    test,
    startsAt,
    discord: given,
    clock: shared,
    around,
    beside,
  }: DiscordStageOptions): Promise<DiscordStage> {
    const clock = shared ?? new TurnedClock(new Date(startsAt));
    const discord = given ?? (await FakeDiscord.open({ now: clock.now }));
    const config = { token: discord.token, guildId: discord.guild.id, apiUrl: discord.apiUrl };
    const hears = new Counted();
    const bot = await PlatformBot.open({
      test,
      clock,
      environment: { ...environmentFor(discord), ...beside?.environment },
      ...(beside ? { beside: beside.plug } : {}),
      plug: (log) => discordPlug({ ...config, openings: { most: 1_000, withinMs: 1_000 } }, { log, clock }),
      around: (hearing) => hears.around(around ? around(hearing) : hearing),
    });
    return new DiscordStage(discord, clock, bot, hears);
  }

  readonly trouble: Trouble = {
    answersLost: (times) => this.discord.faults.next(POSTS, { kind: 'lost' }, times),
    sendsLost: (times) => this.discord.faults.next(POSTS, { kind: 'dropped' }, times),
    tooFast: (retryAfterS) => this.discord.faults.next(POSTS, { kind: 'rate_limited', retryAfterS }),
    eventsTwice: () => this.discord.gateway.deliverEach(2),
    editOvertakes: async (actor, text, edited) => {
      const { person } = this.person(actor.name);
      this.discord.gateway.hold();
      const id = person.says(text);
      person.edits(id, edited);
      this.discord.gateway.release();
      await this.stored(id, 2);
    },
    log: () => JSON.stringify(this.bot.logged),
  };

  now = () => this.clock.now();
  pass = (ms: number) => this.bot.pass(ms);
  until = (instant: string) => this.bot.until(instant);
  cli = (...argv: readonly string[]) => this.bot.cli(...argv);
  /** Resolves once the bot has stored what a message came to. */
  stored = (messageId: string, times: number) => this.hears.stored(messageId, times);
  timesStored = (messageId: string) => this.hears.times(messageId);

  person(name: string, about: { readonly email?: string; readonly timeZone?: string } = {}): DiscordActor {
    const known = this.people.get(name);
    if (known) return known;
    const handle = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.');
    const actor = new DiscordActor(this, this.discord.person(handle, name), name, about.timeZone ?? '');
    this.people.set(name, actor);
    return actor;
  }

  async organiser(name: string, programme: string): Promise<DiscordActor> {
    const actor = this.person(name);
    await this.cli('organiser', 'add', `discord:${actor.id}`, '--programme', programme);
    return actor;
  }

  /** Discord tells nobody where people live: the list does. */
  listOf(people: readonly Actor[]): string {
    const lines = people.map(({ name, id }) => `${name},${id},${this.person(name).timeZone}`);
    return ['name,discord,timezone', ...lines].join('\n');
  }

  import(
    { programme, cohort, ended }: { readonly programme: string; readonly cohort: string; readonly ended: string },
    people: readonly Actor[],
  ): Promise<void> {
    return this.bot.import([this.listOf(people)], ['--programme', programme, '--cohort', cohort, '--ended', ended]);
  }

  channel(name: string, members: readonly Actor[], about: { readonly isPrivate?: boolean } = {}): StageChannel {
    const { discord } = this;
    const isFor = (id: string, type: 0 | 1) => ({ id, type, allow: SEES.toString(), deny: '0' });
    const nobody = { id: discord.guild.id, type: 0 as const, allow: '0', deny: SEES.toString() };
    const overwrites = about.isPrivate ? [nobody, isFor(discord.state.bot.id, 1), ...members.map(({ id }) => isFor(id, 1))] : [];
    const channel = discord.channel(name, overwrites);
    const sees = (): readonly Seen[] => discord.state.messagesIn(channel.id).map(seen);
    return { id: channel.id, sees, pictures: () => this.picturesIn(channel.id) };
  }

  private picturesIn(channelId: string): readonly SeenPicture[] {
    const posted = this.discord
      .requestsTo(new RegExp(`^POST /channels/${channelId}/messages$`))
      .map(({ body }) => asPosted(body));
    return this.discord.state.messagesIn(channelId).flatMap(({ nonce, attachments }) => {
      const reference = posted.find((each) => each.nonce === nonce)?.message_reference;
      return attachments.map(({ description, bytes }) => ({
        told: description ?? '',
        answersTo: reference?.message_id ?? null,
        bytes,
      }));
    });
  }

  group(name: string, members: readonly Actor[]): { readonly id: string } {
    return {
      id: this.discord.role(
        name,
        members.map((each) => this.person(each.name).person),
      ),
    };
  }

  /** Discord lists a server's members only to a bot with a switch of its own. */
  letsMembersBeListed(): void {
    this.discord.gateway.privileged.add('guildMembers');
  }

  async close(): Promise<void> {
    await this.bot.close();
    await this.discord.close();
    if (this.discord.problems.length > 0) throw new Error(`Discord refused: ${this.discord.problems.join('\n')}`);
  }
}

const POSTS = /^POST \/channels\/\d+\/messages$/;

const asPosted = (body: unknown) =>
  body as { readonly nonce?: string; readonly message_reference?: { readonly message_id: string } };

/** Counts what was stored: Discord never learns when that is. */
class Counted {
  private readonly counts = new Map<string, number>();
  private readonly waiting: { readonly id: string; readonly times: number; readonly go: () => void }[] = [];

  around(hearing: Hearing): Hearing {
    return {
      ...hearing,
      message: async (incoming) => {
        await hearing.message(incoming);
        this.counts.set(incoming.externalId, this.times(incoming.externalId) + 1);
        for (const each of this.waiting) if (this.times(each.id) >= each.times) each.go();
      },
    };
  }

  times = (id: string) => this.counts.get(id) ?? 0;

  async stored(id: string, times: number): Promise<void> {
    if (this.times(id) >= times) return;
    const patience = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`a message was not stored ${times} times`)), 10_000).unref(),
    );
    await Promise.race([new Promise<void>((go) => this.waiting.push({ id, times, go })), patience]);
  }
}
