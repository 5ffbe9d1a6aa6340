import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discordPlug } from '../../adapters/discord/plug.js';
import { say } from '../../src/domain/message.js';
import type { Hearing, Listening, PlatformMemory } from '../../src/platform-ports.js';
import type { IncomingMessage, Log } from '../../src/ports.js';
import { FakeDiscord } from '../support/discord/fake-discord.js';
import { until } from '../support/discord/people.js';
import { memoryOf } from '../support/discord/plain-memory.js';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
const PATIENCE_MS = 15_000;

class Ears implements Hearing {
  readonly heard: IncomingMessage[] = [];
  connections = 0;
  message = async (incoming: IncomingMessage) => void this.heard.push(incoming);
  press = async () => ({ answer: say('Noted.'), form: null });
  form = async () => ({ kind: 'not_yours' }) as const;
  alumnusCommand = async () => ({ answer: null, form: null });
  organiserCommand = async () => ({ answer: null, form: null });
  suggest = async () => [];
  profile = async () => {};
  home = async () => say('');
  heardUntil: Date | undefined;
  connected = async (_: string, heardUntil?: Date) => {
    this.connections += 1;
    this.heardUntil = heardUntil;
  };
}

let fake: FakeDiscord;
let memory: PlatformMemory;
const plugged = new Set<Listening>();
beforeEach(async () => {
  fake = await FakeDiscord.open();
  memory = memoryOf();
});
afterEach(async () => {
  for (const each of plugged) await each.close();
  plugged.clear();
  await fake.close();
  expect(fake.problems).toEqual([]);
});

async function listens(ears: Hearing, config: { token?: string; guildId?: string } = {}): Promise<Listening> {
  const whole = { token: fake.token, guildId: fake.guild.id, apiUrl: fake.apiUrl, ...config };
  const listening = await discordPlug(whole, { log: silent, clock: { now: () => new Date() } }).listen(ears, memory);
  plugged.add(listening);
  return listening;
}
const close = async (listening: Listening) => {
  plugged.delete(listening);
  await listening.close();
};
const texts = (ears: Ears) => ears.heard.map(({ text }) => text);
const soon = (isSo: () => boolean, what: string) => until(isSo, what, PATIENCE_MS);

describe('A connection that breaks', () => {
  it.each([
    ['is dropped', (to: FakeDiscord) => to.gateway.drop()],
    ['is asked to begin anew', (to: FakeDiscord) => to.gateway.askToReconnect()],
  ])('takes its session up again where it %s, and hears each message once', async (_, breaks) => {
    const ears = new Ears();
    const listening = await listens(ears);
    const mara = fake.person('mara');
    mara.says('before');
    await soon(() => ears.heard.length === 1, 'the first message');
    breaks(fake);
    mara.says('meanwhile');
    await soon(() => ears.heard.length === 2, 'what was said meanwhile');
    mara.says('after');
    await soon(() => ears.heard.length === 3, 'what was said after');
    expect(texts(ears)).toEqual(['before', 'meanwhile', 'after']);
    expect([fake.gateway.resumed, fake.gateway.identified, ears.connections]).toEqual([1, 1, 1]);
    expect(listening.notReady()).toBeNull();
  });

  it('begins a new session where Discord has none of it any more, and has the history read', async () => {
    const ears = new Ears();
    await listens(ears);
    expect(ears.connections).toBe(1);
    fake.gateway.invalidate();
    await soon(() => fake.gateway.identified === 2 && ears.connections === 2, 'a new session');
    fake.person('mara').says('hello');
    await soon(() => ears.heard.length === 1, 'the message');
  });

  it('that was dead before anybody noticed is told from when it was last alive, where its session is lost as well', async () => {
    const quick = await FakeDiscord.open({ heartbeatMs: 300 });
    const [before, ears] = [fake, new Ears()];
    fake = quick;
    await before.close();
    await listens(ears);
    expect(ears.heardUntil).toBeUndefined();
    // Whoever sends a second one has heard the answer to the first.
    await soon(() => quick.gateway.beats >= 2, 'a heartbeat');
    quick.gateway.freeze();
    const saidAt = Date.now();
    quick.person('mara').says('into the void');
    await soon(() => quick.gateway.identified === 2 && ears.connections === 2, 'a new session');
    expect(ears.heard).toEqual([]);
    expect(ears.heardUntil?.getTime()).toBeLessThanOrEqual(saidAt);
    expect(ears.heardUntil?.getTime()).toBeGreaterThan(saidAt - 10_000);
  });

  it('is tried again for as long as Discord is down', async () => {
    const ears = new Ears();
    const listening = await listens(ears);
    fake.gateway.isDown = true;
    fake.gateway.drop();
    await soon(() => fake.gateway.turnedAway >= 2, 'some tries');
    fake.gateway.isDown = false;
    await soon(() => fake.gateway.resumed === 1, 'the session');
    expect(listening.notReady()).toBeNull();
  });
});

describe('What Discord refuses for good', () => {
  const refusal = (words: string) =>
    expect.objectContaining({ name: 'PlatformRefusal', message: expect.stringContaining(words) });

  it('is a token that it does not know, said in one line', async () => {
    await expect(listens(new Ears(), { token: 'not-a-token' })).rejects.toEqual(refusal('DISCORD_TOKEN is not accepted'));
    expect(fake.gateway.identified).toBe(0);
  });

  it('is a server that the bot is not on, with the link that takes it there', async () => {
    await expect(listens(new Ears(), { guildId: '123456789' })).rejects.toEqual(
      refusal('https://discord.com/oauth2/authorize?client_id='),
    );
  });

  it('is a second server on one database', async () => {
    await close(await listens(new Ears()));
    const other = fake.state.addGuild('Elsewhere');
    await expect(listens(new Ears(), { guildId: other.id })).rejects.toEqual(refusal('another server'));
  });

  it.each([
    [4004, 'DISCORD_TOKEN is not accepted'],
    [4014, 'Server Members Intent'],
  ])('ends it by close code %i, later as well', async (code, words) => {
    const listening = await listens(new Ears());
    fake.gateway.closeWith(code);
    await expect(listening.lost).rejects.toEqual(refusal(words));
    expect(fake.gateway.identified).toBe(1);
  });

  it('is an intent that was switched off between looking and connecting', async () => {
    fake.gateway.privileged.add('guildMembers');
    const take = fake.faults.take.bind(fake.faults);
    fake.faults.take = (route) => {
      if (route.includes('/gateway/bot')) fake.gateway.privileged.clear();
      return take(route);
    };
    await expect(listens(new Ears())).rejects.toEqual(refusal('Server Members Intent'));
  });

  it('is to be taken off the server', async () => {
    const listening = await listens(new Ears());
    fake.state.dispatch('GUILD_DELETE', { id: fake.guild.id }, 1);
    await expect(listening.lost).rejects.toEqual(refusal('taken off the server'));
  });
});

describe('Several copies on one database', () => {
  it('connect one at a time, and the other one is ready to send', async () => {
    const [first, second] = [new Ears(), new Ears()];
    const [one, other] = [await listens(first), await listens(second)];
    expect(fake.gateway.mostAtOnce).toBe(1);
    expect([one.notReady(), other.notReady()]).toEqual([null, null]);
    expect([one.hears?.(), other.hears?.()]).toEqual([true, false]);
    fake.person('mara').says('hello');
    await soon(() => first.heard.length === 1, 'the message');
    expect(second.heard).toEqual([]);
  });

  it('take over at once from one that ends in good order', async () => {
    const [first, second] = [new Ears(), new Ears()];
    const leaving = await listens(first);
    await listens(second);
    await close(leaving);
    await soon(() => second.connections === 1, 'the other copy');
    fake.person('mara').says('hello');
    await soon(() => second.heard.length === 1, 'the message');
    expect([first.heard.length, fake.gateway.mostAtOnce]).toEqual([0, 1]);
  });

  it('take over within ten seconds from one that stands still, which lets go once it goes on', async () => {
    const [first, second] = [new Ears(), new Ears()];
    const shared = memory;
    let wake = () => {};
    const awake = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let isAsleep = false;
    memory = {
      ...shared,
      holdLease: async (...lease) => {
        if (isAsleep) await awake;
        return shared.holdLease(...lease);
      },
    };
    await listens(first);
    memory = shared;
    isAsleep = true;
    await listens(second);
    const from = Date.now();
    await soon(() => second.connections === 1, 'the other copy');
    expect(Date.now() - from).toBeLessThan(10_000);
    expect(fake.gateway.connected).toHaveLength(2);
    wake();
    await soon(() => fake.gateway.connected.length === 1, 'the first copy to let go');
    fake.person('mara').says('hello');
    await soon(() => second.heard.length === 1, 'the message');
    expect(first.heard).toEqual([]);
  });
});

describe('Discord that is down', () => {
  it('is waited for: the bot is not ready, and connects once Discord is back', async () => {
    const ears = new Ears();
    fake.faults.next(/^GET \/applications\/@me$/, { kind: 'status', status: 503 }, 2);
    const listening = await listens(ears);
    expect(listening.notReady()).toBe('Discord cannot be reached');
    await soon(() => ears.connections === 1, 'a connection');
    expect(listening.notReady()).toBeNull();
  });
});
