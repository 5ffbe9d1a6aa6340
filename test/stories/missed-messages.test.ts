import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { platformMemoryIn } from '../../db/platform-memory.js';
import { accounts, messages, silences } from '../../db/schema.js';
import type { Platform } from '../../src/domain/people.js';
import { catchUpOn } from '../../src/flows/catch-up.js';
import { takeInMessage } from '../../src/flows/take-in.js';
import type { PlatformMemory } from '../../src/platform-ports.js';
import type { IncomingMessage } from '../../src/ports.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1' };
const WORK = 'I joined Redwood Research as a research engineer in August.';
const MINUTE_MS = 60_000;

const takenInBy = (world: World) => (incoming: IncomingMessage) => takeInMessage(world.ports, incoming);
/** The only copy there is. */
const NOBODY_ELSE: Pick<PlatformMemory, 'holdLease'> = { holdLease: async () => true };

describeOnBoth('what was written while nobody listened', (open) => {
  /** A process that hears Slack; `up` says whether the socket stands. */
  const listening = (world: World, { takeIn = takenInBy(world), memory = NOBODY_ELSE } = {}) => {
    const catchUp = catchUpOn({ ...world.ports, memory, takeIn });
    let isUp = false;
    const look = () => catchUp.look((platform: Platform) => platform === 'slack' && isUp);
    return {
      connect: async (heardUntil?: Date) => {
        isUp = true;
        await catchUp.connected('slack', heardUntil);
      },
      drop: () => {
        isUp = false;
      },
      look,
      /** Looks until nothing more is read, as the tick does. */
      lookOn: async () => {
        for (let i = 0; i < 6; i += 1) {
          world.time = new Date(world.time.getTime() + 1_000);
          await look();
        }
      },
    };
  };
  const asked = async (people: Parameters<World['cohort']>[1] = [MARA]) => {
    const world = new World(await open(), '2023-09-25T00:00:00Z');
    await world.cohort('2023-06-30', people, { waves: [3] });
    await world.until('2023-10-04T00:00:00Z');
    const ear = listening(world);
    await ear.connect();
    await ear.lookOn();
    return { world, ear };
  };
  const writesUnheard = (world: World, account: string, text: string, id: string) => {
    const from = { platform: 'slack', id: account } as const;
    const before = world.messenger.unheard.get(account) ?? [];
    world.messenger.unheard.set(account, [...before, { kind: 'new', from, externalId: id, text, sentAt: world.time }]);
  };

  it('is read from the history and answered once, however often the connection comes and goes', async () => {
    const { world, ear } = await asked();
    ear.drop();
    await world.pass(5 * MINUTE_MS);
    writesUnheard(world, 'U1', WORK, 'm-1');
    await world.pass(5 * MINUTE_MS);
    await ear.connect();
    await ear.lookOn();
    await world.pass(46_000);
    expect(wordsIn(world.last('U1').message)).toContain('This is what I understood:');
    const sent = world.messenger.to('U1').length;
    ear.drop();
    await world.pass(2 * MINUTE_MS);
    await ear.connect();
    await ear.lookOn();
    await world.pass(46_000);
    expect(world.messenger.to('U1')).toHaveLength(sent);
    expect(await world.test.db.select().from(messages)).toHaveLength(1);
  });

  it('begins at the last sign of life, which the connection renews while it stands', async () => {
    const { world, ear } = await asked();
    await world.pass(MINUTE_MS);
    await ear.look();
    const heard = world.time;
    ear.drop();
    await world.pass(30 * MINUTE_MS);
    await ear.look();
    const again = world.time;
    await ear.connect();
    expect((await world.test.db.select().from(silences)).at(-1)).toMatchObject({ from: heard, to: again });
    await ear.lookOn();
    // A minute earlier, since nobody may have noticed at once that nothing was heard any more.
    expect(world.messenger.looked).toEqual([{ account: 'U1', since: new Date(heard.getTime() - MINUTE_MS) }]);
  });

  it('begins earlier where the connection was dead before anybody noticed, and then for those as well whom nobody asked', async () => {
    const TOM = { name: 'Tom Okafor', slack: 'U2' };
    const { world, ear } = await asked([MARA, TOM]);
    await world.presses('U2', world.last('U2'), 'stop');
    const alive = world.time;
    await world.pass(30_000);
    writesUnheard(world, 'U2', 'resume', 'm-2');
    await world.pass(60_000);
    await ear.look();
    await ear.connect(alive);
    await ear.lookOn();
    expect(world.messenger.looked.map(({ account }) => account)).toContain('U2');
    await world.pass(46_000);
    expect(wordsIn(world.last('U2').message)).toContain('Good to have you back.');
  });

  it('carries out a command that was given meanwhile, once', async () => {
    const { world, ear } = await asked();
    ear.drop();
    await world.pass(5 * MINUTE_MS);
    writesUnheard(world, 'U1', 'stop', 'm-1');
    await world.pass(5 * MINUTE_MS);
    await ear.connect();
    await ear.lookOn();
    await world.tick();
    expect(await world.stateOf('Mara Lind', 3)).toBe('stopped');
    const sent = world.messenger.to('U1').length;
    const reborn = listening(world);
    await world.pass(5 * MINUTE_MS);
    await reborn.connect();
    await reborn.lookOn();
    await world.tick();
    expect(world.messenger.to('U1')).toHaveLength(sent);
  });

  it('reads first those who were asked, and after a short silence nobody else', async () => {
    const { world, ear } = await asked([MARA, { name: 'Tom Okafor', slack: 'U2' }]);
    await world.answers('U2', WORK);
    await ear.lookOn();
    ear.drop();
    await world.pass(30_000);
    await ear.connect();
    await ear.lookOn();
    expect(world.messenger.looked.map((each) => each.account)).toEqual(['U1']);
    ear.drop();
    await world.pass(10 * MINUTE_MS);
    await ear.connect();
    await ear.lookOn();
    expect(world.messenger.looked.map((each) => each.account)).toEqual(['U1', 'U1', 'U2']);
    // What the first silence hid is read with the second.
    expect(world.messenger.looked[2]?.since.getTime()).toBeLessThan(world.messenger.looked[1]?.since.getTime() ?? 0);
  });

  it('reads a few at a time, and goes on where the process died', async () => {
    const people = Array.from({ length: 50 }, (_, n) => ({ name: `Person ${n}`, slack: `UP${n}` }));
    const world = new World(await open(), '2023-07-01T00:00:00Z');
    await world.cohort('2023-06-30', people, { waves: [12] });
    await world.pass(MINUTE_MS);
    const ear = listening(world);
    await ear.connect();
    await ear.lookOn();
    ear.drop();
    await world.pass(10 * MINUTE_MS);
    await ear.connect();
    for (let i = 0; i < 3; i += 1) await ear.look();
    const before = world.messenger.looked.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(50);
    world.time = new Date(world.time.getTime() + 2 * MINUTE_MS);
    const reborn = listening(world);
    await reborn.connect();
    await reborn.lookOn();
    // Nobody is left out, and those who were read are read again only from where that ended.
    expect(new Set(world.messenger.looked.map((each) => each.account)).size).toBe(50);
  });

  it('waits where the platform asks for it, and then reads on', async () => {
    const { world, ear } = await asked();
    ear.drop();
    await world.pass(5 * MINUTE_MS);
    writesUnheard(world, 'U1', WORK, 'm-1');
    world.messenger.failures.set('U1', [{ kind: 'rate_limited', retryAfterMs: 30_000, what: 'sending' }]);
    await world.pass(MINUTE_MS);
    await ear.connect();
    await ear.lookOn();
    expect(world.messenger.looked).toHaveLength(1);
    await world.pass(30_000);
    await ear.lookOn();
    expect(await world.test.db.select().from(messages)).toHaveLength(1);
  });

  it('passes over somebody whose history is closed', async () => {
    const { world, ear } = await asked([MARA, { name: 'Tom Okafor', slack: 'U2' }]);
    ear.drop();
    await world.pass(5 * MINUTE_MS);
    world.messenger.failures.set('U1', [{ kind: 'unreachable', why: 'deactivated' }]);
    writesUnheard(world, 'U2', WORK, 'm-2');
    await world.pass(MINUTE_MS);
    await ear.connect();
    await ear.lookOn();
    expect(await world.test.db.select().from(messages)).toHaveLength(1);
    expect(world.messenger.looked.map((each) => each.account).sort()).toEqual(['U1', 'U2']);
  });

  it('is not held up by one person whose words cannot be taken in, and does not forget them at once', async () => {
    const { world } = await asked([MARA, { name: 'Tom Okafor', slack: 'U2' }]);
    let broken = 3;
    const takeIn = async (incoming: IncomingMessage) => {
      if (incoming.from.id === 'U1' && broken-- > 0) throw new Error('a bug');
      await takeInMessage(world.ports, incoming);
    };
    const ear = listening(world, { takeIn });
    await world.pass(5 * MINUTE_MS);
    writesUnheard(world, 'U1', WORK, 'm-1');
    writesUnheard(world, 'U2', WORK, 'm-2');
    await world.pass(5 * MINUTE_MS);
    await ear.connect();
    await ear.lookOn();
    expect(await world.test.db.select().from(messages)).toHaveLength(2);
  });

  it('is read by one copy at a time', async () => {
    const { world } = await asked();
    const memory = platformMemoryIn(world.test.db);
    const [one, other] = [listening(world, { memory }), listening(world, { memory })];
    await world.pass(5 * MINUTE_MS);
    await one.connect();
    await other.connect();
    await one.lookOn();
    await other.lookOn();
    expect(world.messenger.looked).toHaveLength(1);
  });

  it('reads nothing for somebody who came onto the list after the silence', async () => {
    const { world, ear } = await asked();
    await world.test.db
      .update(accounts)
      .set({ linkedAt: new Date(world.time.getTime() + 60 * MINUTE_MS) })
      .where(eq(accounts.account, 'U1'));
    ear.drop();
    await world.pass(5 * MINUTE_MS);
    await ear.connect();
    await ear.lookOn();
    expect(world.messenger.looked).toEqual([]);
  });
});
