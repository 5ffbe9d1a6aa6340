import { expect, it } from 'vitest';
import { fail } from '../../src/domain/result.js';
import { personAtOrByAddress } from '../../src/flows/known-by-address.js';
import type { Profile, Standing } from '../../src/platform-ports.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', email: 'mara@example.org' };

const profile = (id: string, email: string | null, standing: Standing = 'member'): Profile => ({
  account: { platform: 'slack', id },
  name: 'Mara',
  email,
  timeZone: null,
  standing,
});

describeOnBoth('somebody whom the list knows only by their e-mail address', (open) => {
  const planned = async (...profiles: readonly Profile[]) => {
    const world = new World(await open(), '2023-09-20T00:00:00Z');
    for (const each of profiles) world.messenger.profiles.set(each.account.id, each);
    await world.cohort('2023-06-30', [MARA], { waves: [3], spreadMs: 0 });
    return world;
  };

  it('is found by it when their question is due', async () => {
    const world = await planned(profile('U9', 'Mara@Example.org'), profile('U8', 'other@example.org'));
    world.messenger.directory = {
      ...world.messenger.directory,
      byEmail: async () => ({ ok: true, value: profile('U9', MARA.email) }),
    };
    await world.until('2023-10-05T00:00:00Z');
    expect(world.messenger.to('U9')).toHaveLength(1);
    expect(await world.stateOf('Mara Lind', 3)).toBe('delivered');
  });

  it('waits while the platform cannot be asked, and is written to once it can', async () => {
    const world = await planned(profile('U9', MARA.email));
    const { byEmail } = world.messenger.directory;
    world.messenger.directory = { ...world.messenger.directory, byEmail: async () => fail({ kind: 'no_answer' }) };
    await world.until('2023-10-02T12:00:00Z');
    expect(world.messenger.to('U9')).toHaveLength(0);
    expect(await world.stateOf('Mara Lind', 3)).toBe('sending');
    world.messenger.directory = { ...world.messenger.directory, byEmail };
    await world.until('2023-10-02T12:30:00Z');
    expect(world.messenger.to('U9')).toHaveLength(1);
  });

  it('cannot be reached where nobody has that address, or only somebody of another place', async () => {
    const world = await planned(profile('U9', MARA.email, 'external'));
    await world.until('2023-10-05T00:00:00Z');
    expect(world.messenger.taken).toHaveLength(0);
    expect(await world.stateOf('Mara Lind', 3)).toBe('unreachable');
  });

  it('is known when they write first, by the address that the platform vouches for', async () => {
    const world = await planned(profile('U9', 'MARA@example.org'), profile('U7', MARA.email, 'external'), profile('U6', null));
    const at = (id: string) => personAtOrByAddress(world.ports, { platform: 'slack', id });
    expect(await at('U7')).toBeNull();
    expect(await at('U6')).toBeNull();
    const personId = await at('U9');
    expect(personId).not.toBeNull();
    expect(await world.ports.conversations.personAt({ platform: 'slack', id: 'U9' })).toBe(personId);
  });

  it('keeps an account with whoever has it, whatever address its profile shows later', async () => {
    const world = await planned();
    await world.cohort('2023-06-30', [{ name: 'Ben Aster', slack: 'U5' }], { waves: [3] }, { programme: 'MLAB', cohort: 'One' });
    const joined = await world.ports.conversations.joinByEmail(MARA.email, { platform: 'slack', id: 'U5' }, world.time);
    expect(joined).toBeNull();
    expect(
      await world.ports.conversations.joinByEmail('nobody@example.org', { platform: 'slack', id: 'U4' }, world.time),
    ).toBeNull();
  });
});
