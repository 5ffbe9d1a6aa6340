import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, SocketModeReceiver } from '@slack/bolt';
import { clientFor } from '../../adapters/slack/client.js';
import { slackMessenger } from '../../adapters/slack/messenger.js';
import { paceOf } from '../../adapters/slack/pace.js';
import { slackPlug } from '../../adapters/slack/plug.js';
import type { Db } from '../../db/connect.js';
import { platformMemoryIn } from '../../db/platform-memory.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { button, controls, say } from '../../src/domain/message.js';
import { FakeSlack } from '../../test/support/slack/fake-slack.js';
import { APP_TOKEN, BOT_TOKEN } from '../../test/support/slack/server.js';
import type { Figure } from '../bench.js';
import { AT_ONCE, idleMib, idleOnceMade, inTurns, MAIN, onFreshDatabase, QUIET, quantile, storingHearing } from './platform.js';

const BARE = fileURLToPath(new URL('./bare-bolt.ts', import.meta.url));

/** Slack in numbers: messages from socket to database, sends through the client, and what the idle process holds, beside a bare Bolt app. */
export async function benchSlack(serverUrl: string | null, messages: number): Promise<Figure[]> {
  return [
    ...(serverUrl ? await onFreshDatabase(serverUrl, 'slack', (db) => benchHearing(db, messages)) : []),
    ...(await benchSending(messages)),
    ...(await benchMemory()),
  ];
}

async function benchHearing(db: Db, messages: number): Promise<Figure[]> {
  const slack = await FakeSlack.open(() => new Date());
  try {
    const users = Array.from({ length: AT_ONCE }, (_, at) => slack.workspace.addUser({ name: `Person ${at}` }));
    const hearing = await storingHearing(
      db,
      users.map(({ id, name }) => ({ name, slack: id })),
    );
    const settings = { botToken: BOT_TOKEN, apiUrl: slack.apiUrl, mode: { kind: 'socket', appToken: APP_TOKEN } } as const;
    const link = await slackPlug(settings, { log: QUIET, clockOffsetMs: 0 }).listen(hearing, platformMemoryIn(db));
    slack.connections.acks.length = 0;
    const stored = await inTurns(messages, (at) => slack.says(users[at % users.length]?.id ?? '', `I work at place ${at}.`));
    const acks = [...slack.connections.acks];
    await link.close();
    const bare = await bareEvents(slack, messages);
    return [
      { what: 'direct messages from socket to stored reply (Slack, PostgreSQL)', value: Math.round(stored), unit: 'a second' },
      { what: '  from message to acknowledgement, median', value: quantile(acks, 0.5), unit: 'ms' },
      { what: '  from message to acknowledgement, 99 of 100', value: quantile(acks, 0.99), unit: 'ms' },
      { what: '  a bare Bolt app that stores nothing', value: Math.round(bare), unit: 'a second' },
    ];
  } finally {
    await slack.close();
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
    const bot = await idleOnceMade([MAIN, 'start'], { ...env, AFTERWARDS_DATA: folder, LOG_LEVEL: 'silent' });
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
