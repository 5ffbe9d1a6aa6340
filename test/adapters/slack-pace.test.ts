import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceOf } from '../../adapters/slack/pace.js';

/** A pace on a clock that stands still until it is turned; `turn` tells when the message may go, in milliseconds. */
function paced(perSecond: number, channelMs: number) {
  let time = 0;
  let waited = 0;
  const wait = async (ms: number) => {
    waited = ms;
  };
  const pace = paceOf({ perSecond, channelMs, now: () => time, wait });
  return {
    pass: (ms: number) => {
      time += ms;
    },
    turn: async (channel: string | null) => {
      waited = 0;
      await pace.turn(channel);
      return time + waited;
    },
  };
}

describe('the pace of messages', () => {
  it('lets the first one go at once, and no more a second than the workspace takes', async () => {
    const { turn } = paced(4, 0);
    const went: number[] = [];
    for (const channel of ['a', 'b', 'c', null, 'd']) went.push(await turn(channel));
    expect(went).toEqual([0, 250, 500, 750, 1_000]);
  });

  it('keeps two messages to one channel apart, and holds nobody else up for it', async () => {
    const { turn } = paced(100, 1_000);
    expect([await turn('a'), await turn('a'), await turn('a')]).toEqual([0, 1_000, 2_000]);
    expect(await turn('b')).toBe(30);
    expect(await turn(null)).toBe(40);
  });

  it('saves up nothing while nobody writes', async () => {
    const { turn, pass } = paced(4, 1_000);
    await turn('a');
    pass(60_000);
    expect([await turn('a'), await turn('b'), await turn('a')]).toEqual([60_000, 60_250, 61_000]);
  });

  it('never waits where there is no limit', async () => {
    const { turn } = paced(Number.POSITIVE_INFINITY, 0);
    for (let at = 0; at < 10; at += 1) expect(await turn('a')).toBe(0);
  });

  it('still remembers who was written to just now when it has forgotten thousands', async () => {
    const { turn, pass } = paced(1_000_000, 1_000);
    for (let at = 0; at < 2_000; at += 1) {
      await turn(`old ${at}`);
      pass(1);
    }
    const first = await turn('a');
    for (let at = 0; at < 1_500; at += 1) await turn(`new ${at}`);
    expect(await turn('a')).toBeGreaterThanOrEqual(first + 1_000);
  });

  it('keeps each channel’s distance, whatever is written to whom and when', async () => {
    const writes = fc.array(fc.record({ channel: fc.constantFrom('a', 'b', 'c'), after: fc.nat(2_000) }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(writes, async (all) => {
        const { turn, pass } = paced(4, 1_000);
        const last = new Map<string, number>();
        for (const { channel, after } of all) {
          pass(after);
          const went = await turn(channel);
          const before = last.get(channel);
          if (before !== undefined) expect(went - before).toBeGreaterThanOrEqual(1_000);
          last.set(channel, went);
        }
      }),
    );
  });
});
