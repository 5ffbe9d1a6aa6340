import { setTimeout as pause } from 'node:timers/promises';
import type { CareerUpdate } from '../../src/domain/career-update.js';
import type { ReadingOutcome, ReplyText } from '../../src/domain/reply.js';
import type { Ask, AskFailure, Rung } from './ask.js';
import { firstObject } from './lenient-json.js';
import { promptFor, repairFor } from './prompt.js';
import { recordIn } from './schema.js';

/** Which form of answer the endpoint takes, learnt from its refusals, so that they are not paid for at every reply. */
export type Ladder = { rung: Rung };
export const ladderOf = (): Ladder => ({ rung: 'schema' });

const BELOW: Readonly<Record<Rung, Rung | null>> = { schema: 'json', json: 'words', words: null };
const RETRY_AFTER_MS = 500;

export type ModelFailure = {
  readonly outcome: Exclude<ReadingOutcome, 'read' | 'repaired' | 'resting'>;
  /** Of HTTP, where it was refused. */
  readonly status: number | null;
};
export type Climbed = { readonly inputTokens: number | null; readonly outputTokens: number | null } & (
  | { readonly failure: null; readonly update: CareerUpdate; readonly isRepaired: boolean }
  | { readonly failure: ModelFailure }
);

type Climbing = {
  readonly ask: Ask;
  readonly ladder: Ladder;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
};

/**
 * Asks until there is a record: by a schema, where that is refused for any JSON object, where that is too by words alone; once more
 * after a failure that may pass; once more with the bad path named after an answer that cannot be used. Never rejects.
 */
export async function climb({ ask, ladder, signal, deadlineMs }: Climbing, reply: ReplyText): Promise<Climbed> {
  let { rung } = ladder;
  let hasRetried = false;
  let repair: { readonly answer: string; readonly problem: string } | null = null;
  const used = { inputTokens: null as number | null, outputTokens: null as number | null };
  const failed = (outcome: ModelFailure['outcome'], status: number | null = null): Climbed => ({
    ...used,
    failure: { outcome, status },
  });
  try {
    for (;;) {
      const asked = await ask({ prompt: promptFor(reply, rung !== 'schema'), repair, rung }, signal);
      if (!asked.ok) {
        const next = afterFailure(asked.error, { rung, hasRetried, deadlineMs });
        if (next === null) return asked.error.kind === 'refused' ? failed('refused', asked.error.status) : failed('unreachable');
        if (next.waitMs === null) rung = next.rung;
        else {
          hasRetried = true;
          await pause(next.waitMs, undefined, { signal });
        }
        continue;
      }
      used.inputTokens = added(used.inputTokens, asked.value.inputTokens);
      used.outputTokens = added(used.outputTokens, asked.value.outputTokens);
      ladder.rung = rung;
      const read = recordIn(firstObject(asked.value.text));
      if (read.ok) return { ...used, failure: null, update: read.value, isRepaired: repair !== null };
      if (repair !== null) return failed('unreadable');
      repair = { answer: asked.value.text.slice(0, MOST_OF_ANSWER) || '(nothing)', problem: repairFor(read.error) };
    }
  } catch {
    // The deadline, or the end of the bot, which the caller knows. Whatever else goes wrong costs one reading, never the reply.
    return failed(signal.aborted ? 'timed_out' : 'unreachable');
  }
}

const MOST_OF_ANSWER = 8000;
const added = (sum: number | null, more: number | null) => (more === null ? sum : (sum ?? 0) + more);

type Next = { readonly rung: Rung; readonly waitMs: number | null };

function afterFailure(
  error: AskFailure,
  { rung, hasRetried, deadlineMs }: { readonly rung: Rung; readonly hasRetried: boolean; readonly deadlineMs: number },
): Next | null {
  // A connection that was kept open may have been closed by the other side just now: a new one is worth a try.
  if (error.kind === 'unreachable') return hasRetried ? null : { rung, waitMs: RETRY_AFTER_MS };
  const below = BELOW[rung];
  if (error.status === 400 || error.status === 422) return below === null ? null : { rung: below, waitMs: null };
  const waitMs = error.retryAfterMs ?? RETRY_AFTER_MS;
  const mayPass = error.status === 429 || error.status >= 500;
  return mayPass && !hasRetried && waitMs < deadlineMs ? { rung, waitMs } : null;
}
