import { describe, expect, it } from 'vitest';
import { lookBackOn } from '../../src/flows/look-back.js';
import type { ClaimedDelivery } from '../../src/ports.js';
import { FakeMessenger } from '../support/fake-messenger.js';

const RESTORED = { madeAt: new Date('2024-01-01T00:00:00Z'), restoredAt: new Date('2024-01-10T00:00:00Z') };

/** A digest to a channel of Slack, where nobody can look what stands there. */
async function lookedBack(digest: Partial<ClaimedDelivery>, now = '2024-01-15T09:00:00Z') {
  const clock = { now: () => new Date(now) };
  const messenger = Object.assign(new FakeMessenger(clock), { find: async () => ({ kind: 'cannot_tell' }) as const });
  const lookBack = lookBackOn(
    {
      clock,
      messengers: new Map([['slack', messenger]]),
      outbox: { beginTry: async () => ({ kind: 'nothing', why: '' }) },
    } as unknown as Parameters<typeof lookBackOn>[0],
    RESTORED,
  );
  const claimed = {
    todo: 'send',
    kind: 'digest',
    personId: null,
    attemptedAt: null,
    address: { platform: 'slack', id: 'C1', what: 'channel' },
  };
  return (await lookBack({ ...claimed, ...digest } as ClaimedDelivery, 1_000)).kind;
}

describe('after a restore, a digest', () => {
  it('of a week before it is left to a human where nobody can tell whether it was posted', async () => {
    expect(await lookedBack({ createdAt: new Date('2024-01-08T09:00:00Z') })).toBe('known');
  });

  it('of a week after it is posted as ever, and so is its chart', async () => {
    expect(await lookedBack({ createdAt: new Date('2024-01-15T09:00:00Z') })).toBe('clear');
    expect(await lookedBack({ kind: 'chart', createdAt: new Date('2024-01-15T09:00:00Z') })).toBe('clear');
  });

  it('that was tried before is looked up as ever, and so is what is only edited', async () => {
    expect(await lookedBack({ createdAt: new Date('2024-01-08T09:00:00Z'), attemptedAt: new Date() })).toBe('clear');
    expect(await lookedBack({ createdAt: new Date('2024-01-08T09:00:00Z'), todo: 'edit' })).toBe('clear');
  });
});
