import { describe, expect, it } from 'vitest';
import { afterTry, TRIES_COUNTED } from '../../src/domain/delivery.js';
import type { SendFailure } from '../../src/domain/send-failure.js';

const NOW = new Date('2024-07-01T12:00:00Z');
const MINUTE_MS = 60_000;
const failed = (failure: SendFailure) => ({ kind: 'failed', failure }) as const;
const noAnswer = failed({ kind: 'no_answer' });
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS);

describe('what is written down about a try', () => {
  it('keeps the reference of what was sent', () => {
    expect(afterTry({ kind: 'sent', ref: 'm1' }, 1, NOW)).toEqual({ kind: 'sent', ref: 'm1' });
  });

  it('waits as long as the platform asks, and knows that nothing went out', () => {
    const tried = failed({ kind: 'rate_limited', retryAfterMs: 5 * MINUTE_MS, what: 'opening' });
    expect(afterTry(tried, 40, NOW)).toMatchObject({ kind: 'again', at: inMinutes(5), mayHaveGoneOut: false });
  });

  it('waits a second where the platform asks for less', () => {
    const tried = failed({ kind: 'rate_limited', retryAfterMs: 0, what: 'sending' });
    expect(afterTry(tried, 1, NOW)).toMatchObject({ at: new Date(NOW.getTime() + 1_000) });
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [9, 256],
    [10, 360],
    [11, 360],
  ])('waits after the try %i without an answer for %i minutes, and looks it up then', (tries, minutes) => {
    const again = { kind: 'again', at: inMinutes(minutes), mayHaveGoneOut: true, problem: 'no_answer' };
    expect(afterTry(noAnswer, tries, NOW)).toEqual(again);
    expect(afterTry(noAnswer, 7 * TRIES_COUNTED + tries, NOW)).toEqual(again);
  });

  it('leaves the twelfth without an answer to a human', () => {
    expect(afterTry(noAnswer, 12, NOW)).toEqual({ kind: 'unsure', problem: 'no_answer' });
  });

  it('leaves to a human what the platform cannot tell', () => {
    expect(afterTry({ kind: 'cannot_tell' }, 1, NOW)).toEqual({ kind: 'unsure', problem: 'may_have_gone_out' });
  });

  it.each(['left', 'messages_closed', 'deactivated', 'no_shared_server', 'unknown_account'] as const)(
    'gives up on somebody who cannot be reached (%s), and says why',
    (why) => {
      expect(afterTry(failed({ kind: 'unreachable', why }), 1, NOW)).toEqual({ kind: 'failed', problem: why });
    },
  );

  it('gives up on what the platform refuses, with its reason', () => {
    const tried = failed({ kind: 'refused', detail: 'msg_too_long' });
    expect(afterTry(tried, 1, NOW)).toEqual({ kind: 'failed', problem: 'refused: msg_too_long' });
  });
});
