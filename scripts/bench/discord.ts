import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Events, GatewayDispatchEvents, GatewayIntentBits, Routes } from 'discord.js';
import { discordPlug } from '../../adapters/discord/plug.js';
import type { Db } from '../../db/connect.js';
import { platformMemoryIn } from '../../db/platform-memory.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { button, controls, say } from '../../src/domain/message.js';
import type { Hearing } from '../../src/platform-ports.js';
import { FakeDiscord } from '../../test/support/discord/fake-discord.js';
import type { Person } from '../../test/support/discord/people.js';
import type { Figure } from '../bench.js';
import { AT_ONCE, idleMib, idleOnceMade, inTurns, MAIN, onFreshDatabase, QUIET, quantile, storingHearing } from './platform.js';

const BARE = fileURLToPath(new URL('./bare-discord.ts', import.meta.url));
const CLOCK = { now: () => new Date() };
const QUESTION = 'What are you doing these days?';

/** Discord in numbers: messages from gateway to database, sends through the client, and what the idle process holds, beside a bare client. */
export async function benchDiscord(serverUrl: string | null, messages: number): Promise<Figure[]> {
  return [
    ...(serverUrl ? await onFreshDatabase(serverUrl, 'discord', (db) => benchHearing(db, messages)) : []),
    ...(await benchSending(messages)),
    ...(await benchMemory()),
  ];
}

const NO_LIMIT = 1_000_000;
const plugFor = (discord: FakeDiscord) =>
  discordPlug(
    {
      token: discord.token,
      guildId: discord.guild.id,
      apiUrl: discord.apiUrl,
      openings: { most: Number.MAX_SAFE_INTEGER, withinMs: 1_000 },
      requestsPerSecond: NO_LIMIT,
    },
    { log: QUIET, clock: CLOCK },
  );

/** Discord never learns when a message was stored, so that the waiting for it is done here. */
class Awaited {
  readonly tookMs: number[] = [];
  private readonly waiting = new Map<string, () => void>();

  heard = (id: string): void => this.waiting.get(id)?.();

  async said(person: Person, words: string): Promise<void> {
    const began = performance.now();
    const id = person.says(words);
    await new Promise<void>((go) => this.waiting.set(id, go));
    this.waiting.delete(id);
    this.tookMs.push(performance.now() - began);
  }
}

async function benchHearing(db: Db, messages: number): Promise<Figure[]> {
  const discord = await FakeDiscord.open();
  try {
    const people = Array.from({ length: AT_ONCE }, (_, at) => discord.person(`person.${at}`));
    const storing = await storingHearing(
      db,
      people.map(({ id, user }) => ({ name: user.username, discord: id })),
    );
    const awaited = new Awaited();
    const hearing: Hearing = {
      ...storing,
      message: async (incoming) => {
        await storing.message(incoming);
        awaited.heard(incoming.externalId);
      },
    };
    const link = await plugFor(discord).listen(hearing, platformMemoryIn(db));
    const say = (at: number) => awaited.said(people[at % people.length] as Person, `I work at place ${at}.`);
    const stored = await inTurns(messages, say);
    await link.close();
    const bare = await bareEvents(discord, people, messages);
    return [
      { what: 'direct messages from gateway to stored reply (Discord, PostgreSQL)', value: Math.round(stored), unit: 'a second' },
      { what: '  from message to stored, median', value: quantile(awaited.tookMs, 0.5), unit: 'ms' },
      { what: '  from message to stored, 99 of 100', value: quantile(awaited.tookMs, 0.99), unit: 'ms' },
      { what: '  a bare discord.js client that stores nothing', value: Math.round(bare), unit: 'a second' },
    ];
  } finally {
    await discord.close();
  }
}

async function bareClient(discord: FakeDiscord): Promise<Client<true>> {
  const intents = GatewayIntentBits.Guilds | GatewayIntentBits.DirectMessages;
  const client = new Client({ intents, rest: { api: discord.apiUrl, globalRequestsPerSecond: NO_LIMIT } });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}

async function bareEvents(discord: FakeDiscord, people: readonly Person[], messages: number): Promise<number> {
  const client = await bareClient(discord);
  const awaited = new Awaited();
  // Its own event leaves out a direct message in a channel that it has not cached.
  client.ws.on(GatewayDispatchEvents.MessageCreate, ({ id }: { readonly id: string }) => awaited.heard(id));
  const rate = await inTurns(messages, (at) => awaited.said(people[at % people.length] as Person, 'hello'));
  await client.destroy();
  return rate;
}

async function benchSending(messages: number): Promise<Figure[]> {
  const discord = await FakeDiscord.open();
  try {
    const people = Array.from({ length: AT_ONCE }, (_, at) => discord.person(`person.${at}`));
    const idOf = (at: number) => people[at % people.length]?.id ?? '';
    const { messenger } = plugFor(discord);
    const key = (at: number) => `bench-${String(at).padStart(16, '0')}` as DeliveryKey;
    const question = (at: number) => ({ parts: [...say(QUESTION).parts, controls(button('stop', key(at), 'Stop these'))] });
    const ours = await inTurns(messages, async (at) => {
      const sent = await messenger.send({ platform: 'discord', id: idOf(at), what: 'person' }, key(at), question(at));
      if (!sent.ok) throw new Error(`not sent: ${JSON.stringify(sent.error)}`);
    });
    const client = await bareClient(discord);
    const bare = await inTurns(messages, (at) => {
      const body = { content: QUESTION, nonce: `bare-${at}`, enforce_nonce: true, allowed_mentions: { parse: [] } };
      return client.rest.post(Routes.channelMessages(people[at % people.length]?.channel.id ?? ''), { body });
    });
    await client.destroy();
    return [
      { what: 'questions through the Discord client, no limits, ten at once', value: Math.round(ours), unit: 'a second' },
      { what: '  a bare discord.js client, plain text', value: Math.round(bare), unit: 'a second' },
    ];
  } finally {
    await discord.close();
  }
}

async function benchMemory(): Promise<Figure[]> {
  const discord = await FakeDiscord.open();
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-bench-'));
  try {
    const env = { DISCORD_TOKEN: discord.token, DISCORD_GUILD_ID: discord.guild.id, DISCORD_API_URL: discord.apiUrl, PORT: '0' };
    const bot = await idleOnceMade([MAIN, 'start'], { ...env, AFTERWARDS_DATA: folder, LOG_LEVEL: 'silent' });
    const bare = await idleMib(['--import', 'tsx', BARE], env);
    return [
      { what: 'memory of the idle bot on Discord (embedded database)', value: bot, unit: 'MiB' },
      { what: '  a bare discord.js client', value: bare, unit: 'MiB' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await discord.close();
  }
}
