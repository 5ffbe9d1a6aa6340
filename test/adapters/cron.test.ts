import { afterEach, describe, expect, it } from 'vitest';
import { everySecond, type Ticking } from '../../adapters/cron.js';
import type { Log } from '../../src/ports.js';

let ticking: Ticking | undefined;
afterEach(async () => ticking?.stop());

function quietLog(): Log & { readonly errors: string[] } {
  const errors: string[] = [];
  return { errors, info: () => {}, warn: () => {}, error: (event) => void errors.push(event) };
}

describe('the clock', () => {
  it('goes on after a tick that fails', async () => {
    const log = quietLog();
    let ticks = 0;
    await new Promise<void>((resolve) => {
      ticking = everySecond(async () => {
        ticks += 1;
        if (ticks === 2) resolve();
        throw new Error('broken');
      }, log);
    });
    expect(log.errors[0]).toBe('tick_failed');
  });

  it('never runs two ticks at once, and waits for the one under way when it stops', async () => {
    let running = 0;
    let most = 0;
    let finish = () => {};
    const seen: string[] = [];
    await new Promise<void>((began) => {
      ticking = everySecond(async () => {
        running += 1;
        most = Math.max(most, running);
        began();
        await new Promise<void>((done) => {
          finish = done;
        });
        running -= 1;
        seen.push('tick ended');
      }, quietLog());
    });
    const stopped = ticking?.stop().then(() => seen.push('stopped'));
    finish();
    await stopped;
    expect([most, seen]).toEqual([1, ['tick ended', 'stopped']]);
  });
});
