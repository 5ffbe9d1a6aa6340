import { afterEach, describe, expect, it } from 'vitest';
import { discordApi } from '../../adapters/discord/api.js';
import { directChannels } from '../../adapters/discord/direct-channels.js';
import { membersIn } from '../../adapters/discord/directory.js';
import { discordMessenger } from '../../adapters/discord/messenger.js';
import { type OpeningPace, openings } from '../../adapters/discord/openings.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { button, controls, type Message, say } from '../../src/domain/message.js';
import type { Address } from '../../src/domain/people.js';
import { FakeDiscord } from '../support/discord/fake-discord.js';
import type { Person } from '../support/discord/people.js';
import { DISCORD_LIMITS, type Limits } from '../support/discord/rate-limits.js';
import { SEES } from '../support/discord/state.js';
import { messengerContract } from './messenger.contract.js';

const START = Date.parse('2024-05-06T10:00:00Z');
const KEY = 'question00000000000000' as DeliveryKey;
const QUICK: OpeningPace = { most: 1_000, withinMs: 1_000 };
const question: Message = {
  parts: [...say('What are you doing these days?').parts, controls(button('stop', KEY, 'Stop these'))],
};

const open: FakeDiscord[] = [];
afterEach(async () => {
  const fakes = open.splice(0);
  for (const each of fakes) await each.close();
  expect(fakes.flatMap((each) => each.problems)).toEqual([]);
});

async function opened({ limits, pace = QUICK }: { limits?: Limits; pace?: OpeningPace } = {}) {
  let time = START;
  const now = () => new Date(time);
  const fake = await FakeDiscord.open({ now, ...(limits ? { limits } : {}) });
  open.push(fake);
  const api = discordApi({ token: fake.token, url: fake.apiUrl });
  let holders = 0;
  const channels = directChannels(
    api,
    openings(
      pace,
      () => `opening ${++holders}`,
      () => time,
    ),
    () => time,
  );
  const members = membersIn(api, fake.guild.id);
  const messenger = discordMessenger({ api, channels, members, removed: () => {} });
  const pass = (ms: number) => {
    time += ms;
  };
  return { fake, messenger, channels, now, pass };
}

const to = (person: Person): Address => ({ platform: 'discord', id: person.id, what: 'person' });
const wordsOf = (message: unknown) => JSON.stringify(message);

messengerContract('discord', async () => {
  const { fake, messenger, now, pass } = await opened();
  const channel = fake.channel('organisers');
  return {
    messenger,
    person: to(fake.person('mara')),
    somebodyElse: to(fake.person('tom')),
    channel: { platform: 'discord', id: channel.id, what: 'channel' },
    now,
    pass,
    standing: async (_, ref) => {
      const message = fake.state.messages.get(ref.split('/')[1] ?? '');
      return message ? wordsOf([message.content, message.embeds]) : null;
    },
  };
});

describe('Discord, once', () => {
  it('sends nothing again by itself, whatever the platform answers', async () => {
    const { fake, messenger } = await opened();
    const mara = fake.person('mara');
    const posts = () => fake.requestsTo(/^POST \/channels\/\d+\/messages$/).length;
    fake.faults.next(/^POST \/channels/, { kind: 'status', status: 500 });
    expect(await messenger.send(to(mara), KEY, question)).toEqual({ ok: false, error: { kind: 'no_answer' } });
    fake.faults.next(/^POST \/channels/, { kind: 'dropped' });
    expect(await messenger.send(to(mara), KEY, question)).toEqual({ ok: false, error: { kind: 'no_answer' } });
    expect(posts()).toBe(2);
    expect(mara.inbox).toHaveLength(0);
  });

  it('finds what Discord took although its answer was lost, and the same nonce gives the same message', async () => {
    const { fake, messenger, now } = await opened();
    const mara = fake.person('mara');
    fake.faults.next(/^POST \/channels/, { kind: 'lost' });
    const lost = await messenger.send(to(mara), KEY, question);
    expect(lost).toEqual({ ok: false, error: { kind: 'no_answer' } });
    const found = await messenger.find(KEY, to(mara), new Date(now().getTime() - 60_000));
    expect(found).toMatchObject({ kind: 'found' });
    const again = await messenger.send(to(mara), KEY, question);
    expect(again.ok && found.kind === 'found' && again.value === found.ref).toBe(true);
    expect(mara.inbox).toHaveLength(1);
  });

  it('finds its message among more than a page of others, once the nonce is forgotten', async () => {
    const { fake, messenger, pass, now } = await opened();
    const mara = fake.person('mara');
    const since = now();
    pass(1_000);
    for (let nth = 0; nth < 230; nth += 1) mara.says(`message ${nth}`);
    const sent = await messenger.send(to(mara), KEY, question);
    pass(3_600_000);
    for (let nth = 0; nth < 20; nth += 1) mara.says(`later ${nth}`);
    expect(await messenger.find(KEY, to(mara), since)).toEqual({ kind: 'found', ref: sent.ok ? sent.value : '' });
  });

  it('does not give a message up where the platform cannot be asked just now', async () => {
    const { fake, messenger, now } = await opened();
    const mara = fake.person('mara');
    await messenger.send(to(mara), KEY, question);
    fake.faults.next(/^GET \/channels/, { kind: 'status', status: 503 });
    await expect(messenger.find(KEY, to(mara), now())).rejects.toMatchObject({ name: 'NotNow' });
  });

  it('takes a file along, with its description, and keeps the key in its name', async () => {
    const { fake, messenger, now } = await opened();
    const channel = fake.channel('digest');
    const address: Address = { platform: 'discord', id: channel.id, what: 'channel' };
    const png = new Uint8Array([137, 80, 78, 71]);
    const picture: Message = { parts: [{ kind: 'image', png, fileName: 'cohort.png', alt: '12 of 20 in research' }] };
    const sent = await messenger.send(address, KEY, picture);
    expect(sent.ok).toBe(true);
    const [message] = fake.state.messagesIn(channel.id);
    expect(message?.attachments.map(({ description, bytes }) => [description, [...bytes]])).toEqual([
      ['12 of 20 in research', [137, 80, 78, 71]],
    ]);
    expect((await messenger.find(KEY, address, new Date(now().getTime() - 1_000))).kind).toBe('found');
  });

  it('answers to the message that a thread names', async () => {
    const { fake, messenger } = await opened();
    const channel = fake.channel('digest');
    const address: Address = { platform: 'discord', id: channel.id, what: 'channel' };
    const first = await messenger.send(address, KEY, question);
    const thread = first.ok ? first.value : '';
    await messenger.send({ ...address, thread }, 'chart' as DeliveryKey, say('The chart'));
    const body = fake.requestsTo(/^POST \/channels\/\d+\/messages$/).at(-1)?.body;
    expect(body).toMatchObject({ message_reference: { message_id: thread.split('/')[1] } });
  });
});

describe('Discord, where it says no', () => {
  const failing = async (prepare: (fake: FakeDiscord, mara: Person) => void, limits?: Limits) => {
    const { fake, messenger } = await opened(limits ? { limits } : {});
    const mara = fake.person('mara');
    prepare(fake, mara);
    return messenger.send(to(mara), KEY, question);
  };
  const unreachable = (why: string) => ({ ok: false, error: { kind: 'unreachable', why } });

  it('tells closed messages, a lost server, a deleted account and somebody who left apart', async () => {
    expect(await failing((_, mara) => mara.closesMessages())).toEqual(unreachable('messages_closed'));
    expect(await failing((_, mara) => mara.leaves())).toEqual(unreachable('no_shared_server'));
    expect(await failing((_, mara) => mara.deletesAccount())).toEqual(unreachable('unknown_account'));
    const left = await failing((fake, mara) => {
      mara.leaves();
      fake.faults.next(/^POST \/channels/, { kind: 'status', status: 403, code: 50_007 });
    });
    expect(left).toEqual(unreachable('left'));
  });

  it('waits as long as it is told, in milliseconds, and nobody else waits with it', async () => {
    const { fake, messenger } = await opened();
    const [mara, tom] = [fake.person('mara'), fake.person('tom')];
    await messenger.send(to(mara), KEY, question);
    fake.faults.next(/^POST \/channels/, { kind: 'rate_limited', retryAfterS: 3 });
    const limited = await messenger.send(to(mara), KEY, question);
    expect(limited).toMatchObject({ ok: false, error: { kind: 'rate_limited', what: 'sending' } });
    if (!limited.ok && limited.error.kind === 'rate_limited') {
      expect(limited.error.retryAfterMs).toBeGreaterThanOrEqual(3_000);
      expect(limited.error.retryAfterMs).toBeLessThan(3_500);
    }
    expect((await messenger.send(to(tom), KEY, question)).ok).toBe(true);
  });

  it('keeps below the limits that Discord tells in its headers', async () => {
    const { fake, messenger } = await opened({ limits: DISCORD_LIMITS });
    const mara = fake.person('mara');
    const sent = [];
    for (let nth = 0; nth < 7; nth += 1) sent.push(await messenger.send(to(mara), `key-${nth}` as DeliveryKey, question));
    expect(sent.map((each) => (each.ok ? 'sent' : each.error.kind))).toEqual([
      ...Array.from({ length: 5 }, () => 'sent'),
      'rate_limited',
      'rate_limited',
    ]);
    expect(fake.requestsTo(/^POST \/channels\/\d+\/messages$/)).toHaveLength(5);
  });

  it('holds a revoked token against nobody, and works again once it is right', async () => {
    const { fake, messenger } = await opened();
    const mara = fake.person('mara');
    const token = fake.token;
    await messenger.send(to(mara), KEY, question);
    fake.token = 'another one';
    for (const _ of [1, 2])
      expect(await messenger.send(to(mara), KEY, question)).toMatchObject({ ok: false, error: { kind: 'rate_limited' } });
    fake.token = token;
    expect((await messenger.send(to(mara), 'later' as DeliveryKey, question)).ok).toBe(true);
  });

  it('says which permission a channel lacks', async () => {
    const { fake, messenger } = await opened();
    const hidden = fake.channel('hidden', [{ id: fake.guild.id, type: 0, allow: '0', deny: SEES.toString() }]);
    const sent = await messenger.send({ platform: 'discord', id: hidden.id, what: 'channel' }, KEY, question);
    expect(sent).toEqual({ ok: false, error: { kind: 'refused', detail: 'Missing Access (50001)' } });
  });
});

describe('Opening direct messages', () => {
  it('lets so many through and spreads the rest over the time to come', async () => {
    const { fake, messenger, pass } = await opened({ pace: { most: 2, withinMs: 600_000 } });
    const people = ['ada', 'ben', 'cai', 'dee'].map((name) => fake.person(name));
    const sent = [];
    for (const each of people) sent.push(await messenger.send(to(each), KEY, question));
    expect(sent.map((each) => (each.ok ? 'sent' : each.error))).toEqual([
      'sent',
      'sent',
      { kind: 'rate_limited', what: 'opening', retryAfterMs: 300_000 },
      { kind: 'rate_limited', what: 'opening', retryAfterMs: 600_000 },
    ]);
    pass(600_001);
    for (const each of people) expect((await messenger.send(to(each), KEY, question)).ok).toBe(true);
    expect(fake.requestsTo(/^POST \/users\/@me\/channels$/)).toHaveLength(4);
  });

  it('does not keep those waiting who acted themselves, nor those who wrote first', async () => {
    const { fake, messenger, channels } = await opened({ pace: { most: 1, withinMs: 600_000 } });
    const [ada, ben, cai] = [fake.person('ada'), fake.person('ben'), fake.person('cai')];
    expect((await messenger.send(to(ada), KEY, question)).ok).toBe(true);
    channels.acted({ platform: 'discord', id: ben.id });
    expect((await messenger.send(to(ben), KEY, question)).ok).toBe(true);
    await channels.heard({ platform: 'discord', id: cai.id }, cai.channel.id);
    expect((await messenger.send(to(cai), KEY, question)).ok).toBe(true);
  });

  it('opens no more for a while once Discord finds it too fast', async () => {
    const limits = { ...DISCORD_LIMITS, openings: { most: 1, windowMs: 600_000 } };
    const { fake, messenger } = await opened({ limits });
    const [ada, ben, cai] = [fake.person('ada'), fake.person('ben'), fake.person('cai')];
    expect((await messenger.send(to(ada), KEY, question)).ok).toBe(true);
    const tooFast = { ok: false, error: { kind: 'rate_limited', what: 'opening' } };
    expect(await messenger.send(to(ben), KEY, question)).toMatchObject(tooFast);
    expect(await messenger.send(to(cai), KEY, question)).toMatchObject(tooFast);
    expect(fake.requestsTo(/^POST \/users\/@me\/channels$/)).toHaveLength(2);
  });
});

describe('Who is who on a Discord server', () => {
  it('knows people by their number and by the name behind the @, and nobody by e-mail', async () => {
    const { fake, messenger } = await opened();
    const mara = fake.person('mara', 'Mara Lind');
    fake.person('mara.second', 'Mara');
    const profile = {
      account: { platform: 'discord', id: mara.id },
      name: 'Mara Lind',
      email: null,
      timeZone: null,
      standing: 'member',
    };
    expect(await messenger.directory?.profile(mara.id)).toEqual({ ok: true, value: profile });
    expect(await messenger.directory?.byHandle('@Mara')).toEqual({ ok: true, value: profile });
    expect(await messenger.directory?.byHandle('mar')).toEqual({ ok: true, value: null });
    expect(await messenger.directory?.byEmail('mara@example.org')).toEqual({ ok: true, value: null });
    mara.leaves();
    expect(await messenger.directory?.profile(mara.id)).toEqual({ ok: true, value: null });
  });

  it('lists who has a role, once Discord lets it', async () => {
    const { fake, messenger } = await opened();
    const [ada, ben] = [fake.person('ada'), fake.person('ben')];
    const role = fake.role('alumni', [ada]);
    expect(await messenger.directory?.groupNamed?.('@Alumni')).toEqual({ ok: true, value: role });
    expect(await messenger.directory?.groupNamed?.('organisers')).toEqual({ ok: true, value: null });
    expect(await messenger.directory?.groupsOf?.(ada.id)).toEqual({ ok: true, value: [role] });
    expect(await messenger.directory?.groupsOf?.(ben.id)).toEqual({ ok: true, value: [] });
    const refused = await messenger.directory?.membersOf({ what: 'group', id: role });
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'refused', detail: expect.stringContaining('Server Members Intent') },
    });
    fake.gateway.privileged.add('guildMembers');
    const listed = await messenger.directory?.membersOf({ what: 'group', id: role });
    expect(listed?.ok && listed.value.map((each) => each.name)).toEqual(['ada']);
  });

  it('tells an open channel from a private one, and who reads that', async () => {
    const { fake, messenger } = await opened();
    const [ada, ben] = [fake.person('ada'), fake.person('ben')];
    const everyone = fake.channel('general');
    const role = fake.role('staff', [ben]);
    const isFor = (id: string, type: 0 | 1) => ({ id, type, allow: SEES.toString(), deny: '0' });
    const nobody = { id: fake.guild.id, type: 0 as const, allow: '0', deny: SEES.toString() };
    const bot = isFor(fake.state.bot.id, 1);
    const staff = fake.channel('staff', [nobody, bot, isFor(ada.id, 1), isFor(role, 0)]);
    const at = (id: string): Address => ({ platform: 'discord', id, what: 'channel' });
    expect(await messenger.membersOf(at(everyone.id))).toEqual({ ok: true, value: { isPrivate: false, members: [] } });
    expect(await messenger.membersOf(at(staff.id))).toMatchObject({ ok: false, error: { kind: 'refused' } });
    fake.gateway.privileged.add('guildMembers');
    const read = await messenger.membersOf(at(staff.id));
    const owner = fake.guild.ownerId;
    expect(read.ok && read.value.isPrivate).toBe(true);
    expect(read.ok && read.value.members.map(({ id }) => id).sort()).toEqual([ada.id, ben.id, owner].sort());
  });
});
