import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slackChecks } from '../../adapters/slack/doctor.js';
import { BOT_SCOPES } from '../../adapters/slack/scopes.js';
import type { Check } from '../../src/platform-ports.js';
import { FakeSlack } from '../support/slack/fake-slack.js';
import { APP_TOKEN, BOT_TOKEN } from '../support/slack/server.js';
import { BOT_USER } from '../support/slack/workspace.js';
import { afterwards } from './run-cli.js';

const about = (checks: readonly Check[], what: string) => checks.find((each) => each.what === what);

let slack: FakeSlack;
let folder: string;
beforeEach(async () => {
  slack = await FakeSlack.open(() => new Date('2025-07-01T09:00:00Z'));
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
});
afterEach(async () => {
  await slack.close();
  await rm(folder, { recursive: true });
});

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_APP_TOKEN: APP_TOKEN,
  SLACK_API_URL: slack.apiUrl,
  ...more,
});
const looked = (more: Readonly<Record<string, string>> = {}, argv: readonly string[] = []) =>
  afterwards(['doctor', ...argv], { env: environment(more), cwd: folder });
const inSlack = (channels: readonly string[] = []) =>
  slackChecks(
    { botToken: slack.botToken, mode: { kind: 'socket', appToken: slack.appToken }, apiUrl: slack.apiUrl },
    channels.map((id) => ({ programme: 'ARENA', id })),
  );

describe('the doctor', () => {
  it('finds nothing wrong with a new installation, and makes no database for that', async () => {
    const said = await looked();
    expect(said.exitCode).toBe(0);
    expect(said.out).toContain('Slack bot token: is for the bot');
    expect(said.out).toContain(`Slack permissions: all ${BOT_SCOPES.length} are there`);
    expect(said.out).toContain('is not there yet, and made at the first start');
    expect(said.err).toBe('Nothing is in the way.\n');
    expect(slack.refused).toEqual([]);
  });

  it('says in one line that a token is wrong, and where the right one is', async () => {
    const said = await looked({ SLACK_BOT_TOKEN: 'xoxb-wrong' });
    expect(said.exitCode).toBe(1);
    expect(said.out).toContain(
      'WRONG  Slack bot token: Slack does not accept SLACK_BOT_TOKEN (invalid_auth)\n       To mend it: copy the "Bot User OAuth Token"',
    );
    expect(said.out).toContain('ok     Slack app token');
    expect(said.out + said.err).not.toContain('xoxb-wrong');
    expect(said.err).toMatch(/^1 of \d to mend\.\n$/);
  });

  it('looks at the app token as well, which nothing else tells from a right one', async () => {
    const said = await looked({ SLACK_APP_TOKEN: 'xapp-wrong' });
    expect(said.exitCode).toBe(1);
    expect(said.out).toContain('WRONG  Slack app token: Slack does not accept SLACK_APP_TOKEN (invalid_auth)');
  });

  it('lists what is wrong with the settings, each with what to do', async () => {
    const said = await afterwards(['doctor', '--json'], { env: { SLACK_BOT_TOKEN: BOT_TOKEN, PORT: 'x' }, cwd: folder });
    expect(said.exitCode).toBe(1);
    const checks = JSON.parse(said.out) as Check[];
    expect(checks.map((each) => each.state)).toEqual(['fail', 'fail']);
    expect(checks.map((each) => each.detail)).toEqual(['PORT must be a number from 0 to 65535', 'SLACK_APP_TOKEN is missing']);
  });

  it('opens the database that is there, and looks at the channels of its programmes', async () => {
    const { id } = slack.workspace.addChannel('alumni', []);
    const around = { env: { AFTERWARDS_DATA: folder }, cwd: folder };
    expect((await afterwards(['programme', 'set', 'ARENA', '--channel', `slack:${id}`], around)).exitCode).toBe(0);
    const said = await looked({ AFTERWARDS_DATA: folder }, ['--json']);
    const checks = JSON.parse(said.out) as Check[];
    expect(about(checks, `Database in ${folder}`)).toMatchObject({ state: 'ok', detail: expect.stringContaining('1 programme') });
    expect(about(checks, 'Slack channel of ARENA')).toMatchObject({ state: 'ok' });
    // The embedded database takes its time where others work, too.
  }, 180_000);

  it('says that a database cannot be reached, and goes on with the rest', async () => {
    const secret = 'a secret of twenty-odd characters';
    const said = await looked({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', AFTERWARDS_SECRET: secret });
    expect(said.exitCode).toBe(1);
    expect(said.out).toMatch(/^WRONG {2}Database: .*127\.0\.0\.1:1/);
    expect(said.out).toContain('ok     Slack bot token');
    expect(said.out).not.toContain(secret);
  });

  it('misses the secret that a database of its own needs', async () => {
    const said = await looked({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(said.out).toContain(
      'WRONG  AFTERWARDS_SECRET: is missing\n       To mend it: with DATABASE_URL set, choose one yourself',
    );
  });
});

describe('the doctor in Slack', () => {
  it('names the permissions that are missing, and those that are not needed', async () => {
    slack.scopes = new Set(BOT_SCOPES.filter((each) => each !== 'im:history'));
    expect(about(await inSlack(), 'Slack permissions')).toMatchObject({ state: 'fail', detail: 'missing: im:history' });
    slack.scopes = new Set([...BOT_SCOPES, 'channels:history']);
    expect(about(await inSlack(), 'Slack permissions')).toMatchObject({
      state: 'warn',
      detail: 'more than it needs: channels:history',
    });
  });

  it('tells a channel in which the bot is from one where it has to be invited, one that is archived, and one that is none', async () => {
    const inside = slack.workspace.addChannel('inside', []);
    const outside = slack.workspace.addChannel('outside', []);
    outside.members.delete(BOT_USER);
    const archived = slack.workspace.addChannel('archived', []);
    archived.isArchived = true;
    const checks = await inSlack([inside.id, outside.id, archived.id, 'C0NONE']);
    expect(checks.slice(-4).map((each) => [each.state, each.detail])).toEqual([
      ['ok', 'the bot is in #inside, and can post its digest there'],
      ['fail', 'the bot is not in #outside'],
      ['fail', '#archived is archived'],
      ['fail', 'Slack knows no channel C0NONE, or it is private and the bot is not in it'],
    ]);
  });

  it('owns that it cannot see whether people may write to the bot, and says how to look', async () => {
    expect(about(await inSlack(), 'Slack messages tab')).toMatchObject({
      state: 'warn',
      mend: expect.stringContaining('App Home'),
    });
  });

  it('writes to nobody and changes nothing', async () => {
    const { id } = slack.workspace.addChannel('alumni', []);
    await inSlack([id]);
    expect([...new Set(slack.calls.map((each) => each.method))].sort()).toEqual([
      'apps.connections.open',
      'auth.test',
      'conversations.info',
    ]);
  });

  it('says that Slack does not answer', async () => {
    const checks = await slackChecks(
      { botToken: BOT_TOKEN, mode: { kind: 'socket', appToken: APP_TOKEN }, apiUrl: 'http://127.0.0.1:1/api/' },
      [],
    );
    expect(about(checks, 'Slack bot token')).toMatchObject({ state: 'fail', detail: expect.stringContaining('does not answer') });
  });
});
