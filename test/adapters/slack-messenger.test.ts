import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientFor, identityOf } from '../../adapters/slack/client.js';
import { type SlackMessenger, slackMessenger } from '../../adapters/slack/messenger.js';
import { paceOf } from '../../adapters/slack/pace.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { button, controls, type Message, say } from '../../src/domain/message.js';
import type { Address } from '../../src/domain/people.js';
import type { PlatformMemory } from '../../src/platform-ports.js';
import { FakeSlack, seenIn } from '../support/slack/fake-slack.js';
import { BOT_TOKEN } from '../support/slack/server.js';
import { messengerContract } from './messenger.contract.js';

const START = Date.parse('2024-05-06T10:00:00Z');
const HOUR_MS = 3_600_000;
const KEY = 'question00000000000000' as DeliveryKey;
const PNG = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);

const slacks: FakeSlack[] = [];
afterEach(async () => {
  for (const slack of slacks.splice(0)) {
    await slack.close();
    expect(slack.refused).toEqual([]);
  }
});

type Wish = {
  readonly clockOffsetMs?: number;
  readonly memory?: PlatformMemory;
  readonly onLockedOut?: () => unknown;
  readonly timeoutMs?: number;
};

async function opened(wish: Wish = {}) {
  let time = START;
  const now = () => new Date(time);
  const slack = await FakeSlack.open(now);
  slacks.push(slack);
  const client = clientFor({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl }, wish.timeoutMs);
  const messenger: SlackMessenger = slackMessenger({
    client,
    files: { client, token: BOT_TOKEN, apiUrl: slack.apiUrl },
    identity: () => identityOf(client),
    memory: () => wish.memory ?? null,
    clockOffsetMs: wish.clockOffsetMs ?? 0,
    pace: paceOf({ perSecond: Number.POSITIVE_INFINITY, channelMs: 0 }),
    ...(wish.onLockedOut ? { onLockedOut: wish.onLockedOut } : {}),
  });
  const pass = (ms: number) => {
    time += ms;
  };
  const mara = slack.workspace.addUser({ name: 'Mara Lind', email: 'mara@example.org', timeZone: 'Europe/Stockholm' });
  const to: Address = { platform: 'slack', id: mara.id, what: 'person' };
  return { slack, messenger, now, pass, mara, to };
}

messengerContract('Slack', async () => {
  const { slack, messenger, now, pass, mara, to } = await opened();
  slack.pageSize = 2;
  slack.scopes = new Set([...slack.scopes, 'channels:history']);
  const tom = slack.workspace.addUser({ name: 'Tom Okafor' });
  const channel = slack.workspace.addChannel('alumni', [mara.id]);
  return {
    messenger,
    person: to,
    somebodyElse: { ...to, id: tom.id },
    channel: { platform: 'slack', id: channel.id, what: 'channel' },
    now,
    pass,
    standing: async (_, ref) => {
      const [channelId = '', ts = ''] = ref.split(':');
      const message = slack.workspace.message(channelId, ts);
      return message ? seenIn(message.blocks) : null;
    },
  };
});

describe('the Slack messenger', () => {
  let at: Awaited<ReturnType<typeof opened>>;
  beforeEach(async () => {
    at = await opened();
  });
  const card: Message = { parts: [...say('This is what I understood:').parts, controls(button('right', KEY, 'Looks right'))] };
  const since = new Date(START - HOUR_MS);

  it('says nothing that pings or unfolds, with words for whoever hears it read out', async () => {
    await at.messenger.send(at.to, KEY, say('Hello <!channel> & <@U1>, see https://example.org'));
    const [message] = at.slack.direct(at.mara.id);
    expect(message?.text).toBe('Hello &lt;!channel&gt; &amp; &lt;@U1&gt;, see https://example.org');
    expect(at.slack.calls.find((each) => each.method === 'chat.postMessage')?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      metadata: JSON.stringify({ event_type: 'afterwards', event_payload: { key: KEY } }),
    });
  });

  it.each([
    ['whose account is deactivated', { isDeleted: true }, { kind: 'unreachable', why: 'deactivated' }],
    ['who is a bot', { isBot: true }, { kind: 'refused', detail: expect.stringContaining('bot') }],
    [
      'who is of another workspace',
      { team: 'T0OTHER' },
      { kind: 'refused', detail: expect.stringContaining('another workspace') },
    ],
  ])('does not write to somebody %s, and says why', async (_, about, error) => {
    const { id } = at.slack.workspace.addUser({ name: 'Sam', ...about });
    expect(await at.messenger.send({ ...at.to, id }, KEY, card)).toEqual({ ok: false, error });
    expect(at.slack.direct(id)).toEqual([]);
  });

  it('writes to guests as to anybody else', async () => {
    const { id } = at.slack.workspace.addUser({ name: 'Gus', isGuest: true });
    expect((await at.messenger.send({ ...at.to, id }, KEY, card)).ok).toBe(true);
  });

  it('knows an id that nobody has', async () => {
    const error = { kind: 'unreachable', why: 'unknown_account' };
    expect(await at.messenger.send({ ...at.to, id: 'U0NOBODY' }, KEY, card)).toEqual({ ok: false, error });
  });

  it('opens the direct messages of somebody once, and remembers them', async () => {
    const kept: string[] = [];
    const memory = { directChannel: async () => null, keepDirectChannel: async (_: unknown, id: string) => void kept.push(id) };
    const remembering = await opened({ memory: memory as unknown as PlatformMemory });
    for (const key of ['a', 'b']) await remembering.messenger.send(remembering.to, key as DeliveryKey, card);
    expect(remembering.slack.calls.filter((each) => each.method === 'conversations.open')).toHaveLength(1);
    expect(kept).toEqual([remembering.slack.workspace.directWith(remembering.mara.id)?.id]);
  });

  it('tells a message that may have arrived from one that did not', async () => {
    at.slack.faults.add('chat.postMessage', { kind: 'lose' });
    expect(await at.messenger.send(at.to, KEY, card)).toEqual({ ok: false, error: { kind: 'no_answer' } });
    expect((await at.messenger.find(KEY, at.to, since)).kind).toBe('found');
    at.slack.faults.add('chat.postMessage', { kind: 'status', status: 503 });
    const other = 'other00000000000000000' as DeliveryKey;
    expect(await at.messenger.send(at.to, other, card)).toEqual({ ok: false, error: { kind: 'no_answer' } });
    expect(await at.messenger.find(other, at.to, since)).toEqual({ kind: 'not_found' });
    expect(at.slack.calls.filter((each) => each.method === 'chat.postMessage')).toHaveLength(2);
  });

  it('obeys what Slack asks for, in milliseconds', async () => {
    at.slack.faults.add('chat.postMessage', { kind: 'rate_limited', retryAfter: 3 });
    const error = { kind: 'rate_limited', retryAfterMs: 3_000, what: 'sending' };
    expect(await at.messenger.send(at.to, KEY, card)).toEqual({ ok: false, error });
    expect((await at.messenger.send(at.to, KEY, card)).ok).toBe(true);
  });

  it('waits for no answer for ever: it may have been sent where the call hung, and was not where it hung before', async () => {
    const impatient = await opened({ timeoutMs: 300 });
    impatient.slack.faults.add('chat.postMessage', { kind: 'hang' });
    expect(await impatient.messenger.send(impatient.to, KEY, card)).toEqual({ ok: false, error: { kind: 'no_answer' } });
    impatient.slack.faults.add('conversations.open', { kind: 'hang' });
    const { id } = impatient.slack.workspace.addUser({ name: 'Tom Okafor' });
    const toTom = await impatient.messenger.send({ ...impatient.to, id }, KEY, card);
    expect(toTom).toMatchObject({ ok: false, error: { kind: 'rate_limited', what: 'opening' } });
    expect(impatient.slack.calls.filter((each) => each.method === 'chat.postMessage')).toHaveLength(1);
  });

  it('lets a channel that takes no more hold up nobody else', async () => {
    at.slack.postsPerSecond = 0.01;
    const tom = { ...at.to, id: at.slack.workspace.addUser({ name: 'Tom Okafor' }).id };
    expect((await at.messenger.send(at.to, KEY, card)).ok).toBe(true);
    const error = { kind: 'rate_limited', retryAfterMs: 1_000, what: 'sending' };
    expect(await at.messenger.send(at.to, 'second' as DeliveryKey, card)).toEqual({ ok: false, error });
    expect((await at.messenger.send(tom, KEY, card)).ok).toBe(true);
    expect([at.to.id, tom.id].map((id) => at.slack.fromBot(id).length)).toEqual([1, 1]);
  });

  it('takes closed messages for closed, and an archived channel for one', async () => {
    at.slack.messagesTab = false;
    const error = { kind: 'unreachable', why: 'messages_closed' };
    expect(await at.messenger.send(at.to, KEY, card)).toEqual({ ok: false, error });
    const channel = at.slack.workspace.addChannel('old', []);
    channel.isArchived = true;
    const to: Address = { platform: 'slack', id: channel.id, what: 'channel' };
    expect(await at.messenger.send(to, KEY, card)).toEqual({
      ok: false,
      error: { kind: 'refused', detail: 'that channel is archived' },
    });
  });

  it('holds a revoked token against nobody who was to be written to', async () => {
    const told: string[] = [];
    const locked = await opened({ onLockedOut: () => told.push('locked out') });
    locked.slack.faults.add('chat.postMessage', { kind: 'error', error: 'token_revoked' });
    const sent = await locked.messenger.send(locked.to, KEY, card);
    expect(sent).toMatchObject({ ok: false, error: { kind: 'rate_limited' } });
    expect(told).toEqual(['locked out']);
  });

  it('asks again rather than give up where Slack cannot be asked what became of a message', async () => {
    await at.messenger.send(at.to, KEY, card);
    at.slack.faults.add('conversations.history', { kind: 'status', status: 500 });
    await expect(at.messenger.find(KEY, at.to, since)).rejects.toThrow('just now');
    at.slack.faults.add('conversations.history', { kind: 'error', error: 'missing_scope' });
    expect(await at.messenger.find(KEY, at.to, since)).toEqual({ kind: 'cannot_tell' });
  });

  it('cannot tell what became of a message in a channel that it may post to, but not read', async () => {
    const channel = at.slack.workspace.addChannel('digest', []);
    const to: Address = { platform: 'slack', id: channel.id, what: 'channel' };
    expect((await at.messenger.send(to, KEY, say('The week'))).ok).toBe(true);
    expect(await at.messenger.find(KEY, to, since)).toEqual({ kind: 'cannot_tell' });
  });

  it('finds by Slack’s clock what was sent by another', async () => {
    const ahead = await opened({ clockOffsetMs: 180 * 24 * HOUR_MS });
    await ahead.messenger.send(ahead.to, KEY, card);
    const botTime = new Date(START + 180 * 24 * HOUR_MS - HOUR_MS);
    expect((await ahead.messenger.find(KEY, ahead.to, botTime)).kind).toBe('found');
    const later = new Date(START + 180 * 24 * HOUR_MS + HOUR_MS);
    expect((await ahead.messenger.find(KEY, ahead.to, later)).kind).toBe('not_found');
  });

  it('puts a picture into the thread of its text, finds it by the file’s name, and takes it back', async () => {
    const channel = at.slack.workspace.addChannel('digest', []);
    const to: Address = { platform: 'slack', id: channel.id, what: 'channel' };
    at.slack.scopes = new Set([...at.slack.scopes, 'channels:history']);
    const text = await at.messenger.send(to, 'digest' as DeliveryKey, say('The week'));
    const thread = text.ok ? text.value : '';
    const picture: Message = { parts: [{ kind: 'image', png: PNG, fileName: 'tracks.png', alt: 'Tracks: 5 of 8 in safety' }] };
    const sent = await at.messenger.send({ ...to, thread }, KEY, picture);
    expect(channel.messages[1]).toMatchObject({
      threadTs: channel.messages[0]?.ts,
      files: [{ name: `${KEY}.png`, altText: 'Tracks: 5 of 8 in safety', title: 'tracks.png', bytes: PNG }],
    });
    expect(await at.messenger.find(KEY, { ...to, thread }, since)).toEqual({ kind: 'found', ref: sent.ok ? sent.value : '' });
    expect((await at.messenger.remove(to, sent.ok ? sent.value : '')).ok).toBe(true);
    expect(channel.messages[1]?.isDeleted).toBe(true);
  });

  it('tells who reads a channel, itself left out, page by page', async () => {
    at.slack.pageSize = 1;
    const tom = at.slack.workspace.addUser({ name: 'Tom Okafor' });
    const channel = at.slack.workspace.addChannel('staff', [at.mara.id, tom.id], 'private');
    const to: Address = { platform: 'slack', id: channel.id, what: 'channel' };
    const members = [at.mara.id, tom.id].map((id) => ({ platform: 'slack', id }));
    expect(await at.messenger.membersOf(to)).toEqual({ ok: true, value: { isPrivate: true, members } });
  });
});

describe('what somebody wrote while the bot was away', () => {
  it('is read from the history with threads, edits and files, without bots and noise, oldest first', async () => {
    const { slack, messenger, mara, to, pass, now } = await opened();
    slack.pageSize = 2;
    const before = slack.writes(mara.id, 'before');
    await messenger.send(to, KEY, say('What are you doing these days?'));
    const question = slack.fromBot(mara.id)[0]?.ts ?? '';
    pass(40 * 60_000);
    const since = now();
    pass(60_000);
    slack.writes(mara.id, 'I joined <Redwood> & co, see https://redwood.example');
    const file = slack.workspace.addFile('cv.csv', PNG);
    pass(1_000);
    slack.writes(mara.id, 'with a file', { files: [file] });
    pass(1_000);
    slack.writes(mara.id, 'in the thread', { thread: question });
    slack.workspace.post(slack.workspace.openDirect(mara.id), { user: mara.id, text: 'has joined', subtype: 'channel_join' });
    const missed = await messenger.missed(to, since);
    expect(missed.ok && missed.value.map((each) => each.text)).toEqual([
      'I joined <Redwood> & co, see https://redwood.example',
      'with a file',
      'in the thread',
    ]);
    const withFile = missed.ok ? missed.value[1] : undefined;
    expect(withFile?.files?.[0]?.name).toBe('cv.csv');
    expect(await withFile?.files?.[0]?.read()).toEqual(PNG);
    expect(before.ts < question).toBe(true);
  });
});

describe('who is who in the workspace', () => {
  it('looks people up by id, address, handle, channel and user group', async () => {
    const { slack, messenger, mara } = await opened();
    slack.pageSize = 2;
    const profile = {
      account: { platform: 'slack', id: mara.id },
      name: 'Mara Lind',
      email: 'mara@example.org',
      timeZone: 'Europe/Stockholm',
      standing: 'member',
    };
    const { directory } = messenger;
    expect(await directory.profile(mara.id)).toEqual({ ok: true, value: profile });
    expect(await directory.byEmail('MARA@example.org')).toEqual({ ok: true, value: profile });
    expect(await directory.byHandle('@mara')).toEqual({ ok: true, value: profile });
    const channel = slack.workspace.addChannel('cohort', [mara.id]);
    const members = await directory.membersOf({ what: 'channel', id: channel.id });
    expect(members.ok && members.value.map((each) => [each.name, each.standing])).toEqual([
      ['afterwards', 'bot'],
      ['Mara Lind', 'member'],
    ]);
    slack.workspace.groups.set('S0STAFF', [mara.id]);
    expect(await directory.membersOf({ what: 'group', id: 'S0STAFF' })).toEqual({ ok: true, value: [profile] });
    expect(await directory.byEmail('nobody@example.org')).toEqual({ ok: true, value: null });
  });

  it('passes on no address that Slack does not vouch for', async () => {
    const { slack, messenger } = await opened();
    const email = 'boss@example.org';
    const unconfirmed = slack.workspace.addUser({ name: 'A', email, isEmailConfirmed: false });
    const external = slack.workspace.addUser({ name: 'B', email, team: 'T0OTHER' });
    for (const { id } of [unconfirmed, external]) {
      const found = await messenger.directory.profile(id);
      expect(found.ok && found.value?.email).toBeNull();
    }
  });
});
