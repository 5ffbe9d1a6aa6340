import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { App, SocketModeReceiver } from '@slack/bolt';
import { clientFor } from '../../adapters/slack/client.js';
import { slackMessenger } from '../../adapters/slack/messenger.js';
import { paceOf } from '../../adapters/slack/pace.js';
import { slackPlug } from '../../adapters/slack/plug.js';
import { connectPostgres } from '../../db/connect.js';
import { platformMemoryIn } from '../../db/platform-memory.js';
import { createProgramme } from '../../db/programmes.js';
import { storeIn } from '../../db/store.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { button, controls, say } from '../../src/domain/message.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { takeInMessage } from '../../src/flows/take-in.js';
import type { Hearing } from '../../src/platform-ports.js';
import type { Ports } from '../../src/ports.js';
import { aCohortOf } from '../../test/support/cohorts.js';
import { runOn, withDatabase } from '../../test/support/postgres.js';
import { FakeSlack } from '../../test/support/slack/fake-slack.js';
import { APP_TOKEN, BOT_TOKEN } from '../../test/support/slack/server.js';
import type { Figure } from '../bench.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const BARE = fileURLToPath(new URL('./bare-bolt.ts', import.meta.url));
const QUIET = { info: () => {}, warn: () => {}, error: () => {} };
const AT_ONCE = 10;
const rounded = (value: number) => Math.round(value * 10) / 10;

/** Slack in numbers: messages from socket to database, sends through the client, and what the idle process holds, beside a bare Bolt app. */
export async function benchSlack(serverUrl: string | null, messages: number): Promise<Figure[]> {
  return [
    ...(serverUrl ? await benchHearing(serverUrl, messages) : []),
    ...(await benchSending(messages)),
    ...(await benchMemory()),
  ];
}

async function inTurns(count: number, act: (at: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return count / ((performance.now() - began) / 1_000);
}

async function benchHearing(serverUrl: string, messages: number): Promise<Figure[]> {
  const name = `afterwards_bench_slack_${process.pid}`;
  await runOn(serverUrl, `create database ${name}`);
  const connection = await connectPostgres(withDatabase(serverUrl, name), { poolSize: AT_ONCE });
  const slack = await FakeSlack.open(() => new Date());
  try {
    await connection.migrate();
    const { db } = connection;
    const now = new Date();
    await createProgramme(db, 'ARENA', DEFAULT_SETTINGS, now);
    const users = Array.from({ length: AT_ONCE }, (_, at) => slack.workspace.addUser({ name: `Person ${at}` }));
    const people = users.map(({ id, name: called }) => ({ name: called, slack: id }));
    await aCohortOf(db, { programme: 'ARENA', cohort: 'C', endedOn: '2024-01-31', people, settings: DEFAULT_SETTINGS, now });
    let tokens = 0;
    const token = () => `bench-${String(++tokens).padStart(16, '0')}`;
    const ports = {
      ...storeIn({ db, token, fingerprint: (identifier: string) => identifier }),
      clock: { now: () => new Date() },
      random: { token },
      log: QUIET,
      wakeSender: () => {},
    } as unknown as Ports;
    const nothing = async () => ({ answer: null, form: null });
    const hearing: Hearing = {
      message: (incoming) => takeInMessage(ports, incoming),
      press: nothing,
      form: async () => ({ kind: 'saved', answer: null }),
      alumnusCommand: nothing,
      organiserCommand: nothing,
      suggest: async () => [],
      profile: async () => {},
      home: async () => say(''),
      connected: async () => {},
    };
    const settings = { botToken: BOT_TOKEN, apiUrl: slack.apiUrl, mode: { kind: 'socket', appToken: APP_TOKEN } } as const;
    const link = await slackPlug(settings, { log: QUIET, clockOffsetMs: 0 }).listen(hearing, platformMemoryIn(db));
    slack.connections.acks.length = 0;
    const stored = await inTurns(messages, (at) => slack.says(users[at % users.length]?.id ?? '', `I work at place ${at}.`));
    const acks = slack.connections.acks.toSorted((a, b) => a - b);
    const quantile = (share: number) => rounded(acks[Math.floor(acks.length * share)] ?? 0);
    await link.close();
    const bare = await bareEvents(slack, messages);
    return [
      { what: 'direct messages from socket to stored reply (Slack, PostgreSQL)', value: Math.round(stored), unit: 'a second' },
      { what: '  from message to acknowledgement, median', value: quantile(0.5), unit: 'ms' },
      { what: '  from message to acknowledgement, 99 of 100', value: quantile(0.99), unit: 'ms' },
      { what: '  a bare Bolt app that stores nothing', value: Math.round(bare), unit: 'a second' },
    ];
  } finally {
    await slack.close();
    await connection.close();
    await runOn(serverUrl, `drop database if exists ${name} with (force)`);
  }
}

async function bareEvents(slack: FakeSlack, messages: number): Promise<number> {
  const receiver = new SocketModeReceiver({
    appToken: APP_TOKEN,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = new App({ token: BOT_TOKEN, receiver, clientOptions: { slackApiUrl: slack.apiUrl } });
  app.message(async () => {});
  await app.start();
  const user = slack.workspace.addUser({ name: 'Somebody' }).id;
  const rate = await inTurns(messages, () => slack.says(user, 'hello'));
  await app.stop();
  return rate;
}

async function benchSending(messages: number): Promise<Figure[]> {
  const slack = await FakeSlack.open(() => new Date());
  try {
    const client = clientFor({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl });
    const user = slack.workspace.addUser({ name: 'Mara Lind' }).id;
    const messenger = slackMessenger({
      client,
      files: { client, token: BOT_TOKEN, apiUrl: slack.apiUrl },
      identity: async () => ({ teamId: 'T0AFTERWARDS', botUserId: 'U0BOTAFTER', botId: null, appId: null, scopes: null }),
      memory: () => null,
      clockOffsetMs: 0,
      pace: paceOf({ perSecond: Number.POSITIVE_INFINITY, channelMs: 0 }),
    });
    const key = (at: number) => `bench-${String(at).padStart(16, '0')}` as DeliveryKey;
    const to = { platform: 'slack', id: user, what: 'person' } as const;
    const question = (at: number) => ({
      parts: [...say('What are you doing these days?').parts, controls(button('stop', key(at), 'Stop these'))],
    });
    const ours = await inTurns(messages, (at) => messenger.send(to, key(at), question(at)));
    const app = new App({ token: BOT_TOKEN, signingSecret: 'x', clientOptions: { slackApiUrl: slack.apiUrl } });
    const channel = slack.workspace.openDirect(user).id;
    const bare = await inTurns(messages, () => app.client.chat.postMessage({ channel, text: 'What are you doing these days?' }));
    return [
      { what: 'questions through the Slack client, no limits, ten at once', value: Math.round(ours), unit: 'a second' },
      { what: '  a bare Bolt app, plain text', value: Math.round(bare), unit: 'a second' },
    ];
  } finally {
    await slack.close();
  }
}

async function benchMemory(): Promise<Figure[]> {
  const slack = await FakeSlack.open(() => new Date());
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-bench-'));
  try {
    const env = { SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.apiUrl, PORT: '0' };
    const bot = await idleMib([MAIN, 'start'], { ...env, AFTERWARDS_DATA: folder, LOG_LEVEL: 'silent' });
    const bare = await idleMib(['--import', 'tsx', BARE], env);
    return [
      { what: 'memory of the idle bot on Slack (embedded database)', value: bot, unit: 'MiB' },
      { what: '  a bare Bolt app', value: bare, unit: 'MiB' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await slack.close();
  }
}

const IDLE_MS = 5_000;

/** What a process holds some seconds after its first line. */
async function idleMib(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(process.execPath, argv, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.once('line', () => resolve());
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  await ended;
  return Math.round(Number(rss ?? 0) / 1024);
}
