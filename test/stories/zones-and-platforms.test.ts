import { expect, it } from 'vitest';
import { accounts } from '../../db/schema.js';
import { takeInProfile } from '../../src/flows/take-in-profile.js';
import type { Profile, Standing } from '../../src/platform-ports.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1' };

const profile = (timeZone: string | null, standing: Standing = 'member', id = 'U1'): Profile => ({
  account: { platform: 'slack', id },
  name: 'Mara Lind',
  email: null,
  timeZone,
  standing,
});

describeOnBoth('where somebody lives', (open) => {
  const planned = async (zone?: string) => {
    const world = new World(await open(), '2023-09-20T00:00:00Z');
    await world.cohort('2023-06-30', [{ ...MARA, ...(zone ? { timeZone: zone } : {}) }], { waves: [3], spreadMs: 0 });
    return world;
  };
  const askedAt = async (world: World) => {
    await world.until('2023-10-05T00:00:00Z');
    return world.messenger.to('U1')[0]?.at.toISOString();
  };

  it('goes by the zone of the profile, over that of the roster', async () => {
    const world = await planned('Europe/Stockholm');
    await takeInProfile(world.ports, profile('Asia/Tokyo'));
    expect(await askedAt(world)).toBe('2023-10-02T01:00:00.000Z');
  });

  it('goes by what they say themselves, whatever their profile says later', async () => {
    const world = await planned();
    expect(await world.commands('U1', 'timezone New York')).toBe('Noted: I go by the clock of America/New_York from now on.');
    await takeInProfile(world.ports, profile('Asia/Tokyo'));
    expect(await askedAt(world)).toBe('2023-10-02T14:00:00.000Z');
  });

  it('takes the zone as plain words in the direct messages, by a city or by its name', async () => {
    const world = await planned();
    await world.says('U1', 'Timezone Berlin.');
    await world.tick();
    expect(wordsIn(world.last('U1').message)).toContain('Europe/Berlin');
    expect(await world.commands('U1', 'timezone Europe/London')).toContain('Europe/London');
    expect(await world.commands('U1', 'time zone San Francisco')).toContain('America/Los_Angeles');
    expect(await world.commands('U1', 'timezone Atlantis')).toContain('I do not know a time zone “atlantis”');
    expect(await world.commands('U1', 'timezone')).toContain('I go by the clock of America/Los_Angeles.');
  });

  it('looks the profile up once more before the question leaves, and waits for the hour where they are now', async () => {
    const world = await planned('Europe/Stockholm');
    world.messenger.profiles.set('U1', profile('America/New_York'));
    expect(await askedAt(world)).toBe('2023-10-02T14:00:00.000Z');
  });

  it('asks all the same where the profile cannot be looked up', async () => {
    const world = await planned('Europe/Stockholm');
    world.messenger.profiles.set('U1', null);
    expect(await askedAt(world)).toBe('2023-10-02T08:00:00.000Z');
    world.messenger.directory.profile = () => Promise.reject(new Error('the directory is broken'));
    await world.until('2023-10-07T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(2);
  });

  it('counts somebody whose account was switched off as unreachable, and asks them again at the next wave once they are back', async () => {
    const world = new World(await open(), '2023-09-20T00:00:00Z');
    await world.cohort('2023-06-30', [MARA], { waves: [3, 6] });
    await world.until('2023-10-03T00:00:00Z');
    await takeInProfile(world.ports, profile(null, 'deactivated'));
    expect(await world.checkIns()).toMatchObject([{ state: 'unreachable', reason: 'deactivated' }, { state: 'planned' }]);
    const sent = world.messenger.to('U1').length;
    await world.until('2023-12-20T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(sent);
    await takeInProfile(world.ports, profile(null));
    await world.until('2024-01-03T00:00:00Z');
    expect(await world.stateOf('Mara Lind', 6)).toBe('delivered');
  });
});

describeOnBoth('one person on two platforms', (open) => {
  const onBoth = async () => {
    const world = new World(await open(), '2023-09-20T00:00:00Z');
    world.connectDiscord();
    const { people } = await world.cohort('2023-06-30', [MARA], { waves: [3, 6] });
    await world.test.db
      .insert(accounts)
      .values({ platform: 'discord', account: '123', personId: people[0] ?? 0, linkedAt: new Date('2023-09-01T00:00:00Z') });
    return world;
  };

  it('is asked on the one they last wrote from', async () => {
    const world = await onBoth();
    await world.says('123', 'I am on holiday, hello');
    await world.until('2023-10-03T00:00:00Z');
    expect(world.messenger.to('U1')).toEqual([]);
    expect(wordsIn(world.last('123').message)).toContain('What are you doing these days?');
    await world.presses('U1', world.last('123'), 'later', { value: 'two_weeks' });
    await world.until('2023-10-20T00:00:00Z');
    expect(wordsIn(world.last('U1').message)).toContain('You asked me to come back around now.');
  });

  it('is tried on the other before they count as unreachable', async () => {
    const world = await onBoth();
    await world.says('U1', 'Hello');
    world.messenger.failures.set('U1', Array(9).fill({ kind: 'unreachable', why: 'deactivated' }));
    await world.until('2023-10-03T00:00:00Z');
    expect(await world.stateOf('Mara Lind', 3)).toBe('delivered');
    expect(wordsIn(world.last('123').message)).toContain('What are you doing these days?');
  });

  it('is unreachable once neither lets a message in', async () => {
    const world = await onBoth();
    world.messenger.failures.set('U1', Array(9).fill({ kind: 'unreachable', why: 'deactivated' }));
    world.discord.failures.set('123', Array(9).fill({ kind: 'unreachable', why: 'messages_closed' }));
    await world.until('2023-10-03T00:00:00Z');
    expect((await world.checkIns())[0]).toMatchObject({ state: 'unreachable' });
  });

  it('is answered where they asked, and joins a new account by a code that works once and survives a crash', async () => {
    const world = new World(await open(), '2023-09-20T00:00:00Z');
    world.connectDiscord();
    await world.cohort('2023-06-30', [MARA], { waves: [3] });
    const code = /code is (\w+)\./.exec(await world.commands('U1', 'link'))?.[1] ?? '';
    expect(await world.ports.conversations.useLinkCode(code, { platform: 'discord', id: '123' }, world.time)).toBe('joined');
    // As if the process had died before it answered.
    await world.says('123', `link ${code}`);
    await world.tick();
    expect(wordsIn(world.last('123').message)).toContain('Done: I know both accounts as you now.');
    await world.says('123', 'data');
    await world.tick();
    expect(wordsIn(world.last('123').message)).toContain('discord 123');
    await world.says('U9', `link ${code}`);
    await world.tick();
    expect(wordsIn(world.last('U9').message)).toContain('I do not know that code.');
  });

  it('joins a new account on the same platform the same way', async () => {
    const world = new World(await open(), '2023-09-20T00:00:00Z');
    await world.cohort('2023-06-30', [MARA], { waves: [3] });
    const code = /code is (\w+)\./.exec(await world.commands('U1', 'link'))?.[1] ?? '';
    await world.pass(60_000);
    await world.says('U2', `link ${code}`);
    await world.until('2023-10-03T00:00:00Z');
    expect(wordsIn(world.last('U2').message)).toContain('What are you doing these days?');
    expect(world.messenger.to('U1')).toEqual([]);
  });
});
