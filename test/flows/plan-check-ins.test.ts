import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { participations } from '../../db/schema.js';
import { planCheckIns } from '../../src/flows/plan-check-ins.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

describeOnBoth('planning', (open) => {
  it('puts off what cannot be decided instead of looking at it for ever, and asks the others', async () => {
    const world = new World(await open(), '2023-10-02T11:00:00Z');
    const people = [
      { name: 'Mara Lind', slack: 'U1', timeZone: 'Etc/UTC' },
      { name: 'Tom Okafor', slack: 'U2', timeZone: 'Etc/UTC' },
    ];
    await world.cohort('2023-07-01', people, { waves: [3], spreadMs: 0 });
    const [maras] = await world.checkIns();
    // Nothing in the house does that, but a hand on the database might.
    await world.test.db.delete(participations).where(eq(participations.personId, 1));
    expect(maras?.alumnus).toBe('Mara Lind');
    expect(await planCheckIns(world.ports)).toBe(2);
    expect(world.logged).toContainEqual({ level: 'error', event: 'plan_undecided', detail: { checkInId: 1, state: 'planned' } });
    expect(await world.stateOf('Tom Okafor', 3)).toBe('sending');
    expect(await planCheckIns(world.ports)).toBe(0);
  });
});
