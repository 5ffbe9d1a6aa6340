import { expect, it } from 'vitest';
import { nextMoment } from '../../db/next-moment.js';
import { nextSettling, waitingDeliveries } from '../../db/waiting.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

describeOnBoth('what waits', (open) => {
  it('is nothing on an empty database, then a question, then a reply to be read', async () => {
    const world = new World(await open(), '2023-10-02T09:30:00Z');
    expect(await nextMoment(world.test.db, world.time)).toBeNull();
    expect(await nextSettling(world.test.db)).toBeNull();
    await world.cohort('2023-07-02', [{ name: 'Mara Lind', slack: 'U1', timeZone: 'Etc/UTC' }], { waves: [3], spreadMs: 0 });
    expect(await nextMoment(world.test.db, world.time)).toEqual(new Date('2023-10-02T10:00:00Z'));
    world.messenger.failures.set('U1', [{ kind: 'rate_limited', retryAfterMs: 90_000, what: 'sending' }]);
    await world.until('2023-10-02T10:00:30Z');
    expect(await waitingDeliveries(world.test.db, world.time)).toEqual(
      new Map([['queued', { count: 1, firstDue: new Date('2023-10-02T10:01:30Z'), due: 0 }]]),
    );
    await world.until('2023-10-02T10:02:00Z');
    await world.says('U1', 'I teach physics.');
    expect(await nextSettling(world.test.db)).toEqual(new Date('2023-10-02T10:02:45Z'));
  });
});
