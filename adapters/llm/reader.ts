import type { CareerUpdate } from '../../src/domain/career-update.js';
import { groundFields, type TextSense } from '../../src/domain/field-grounding.js';
import { fuseReadings } from '../../src/domain/fuse-readings.js';
import { mask } from '../../src/domain/masking.js';
import { type ModelAccess, modelDeadlineMs } from '../../src/domain/model-access.js';
import type { Reading, ReadingTrace, ReplyText } from '../../src/domain/reply.js';
import type { Clock, Log, ReplyReader } from '../../src/ports.js';
import type { Ask } from './ask.js';
import { circuitBreaker } from './breaker.js';
import { climb, type Ladder, ladderOf, type ModelFailure } from './ladder.js';
import { PROMPT_VERSION } from './prompt.js';

export type ModelReaderParts = {
  readonly access: ModelAccess;
  /** Reads first, has the last word on opt-outs, and stands in for the model where that fails. */
  readonly offline: (reply: ReplyText) => Reading;
  readonly sense: TextSense;
  readonly clock: Clock;
  readonly log: Log;
  /** All tries together; left out: by where the model is. */
  readonly deadlineMs?: number;
};

export type ModelReader = {
  /** Falls back on the offline reading whatever the model does. Rejects only once it was stopped. */
  readonly read: ReplyReader;
  /** Gives up what is being read, so that it is read again later. */
  readonly stop: () => void;
};

/** Rejected with by a reading that was given up. */
export class ReadingStopped extends Error {
  override readonly name = 'ReadingStopped';
}

/**
 * A reader on a language model: what identifies the writer is masked, the answer is held against their words and fused with the
 * offline reading. A reply that asks to be left alone or erased is never sent. The libraries are loaded with the first reply.
 */
export function modelReader(parts: ModelReaderParts): ModelReader {
  const { access, offline, clock, log } = parts;
  const breaker = circuitBreaker(clock);
  const stopping = new AbortController();
  const ladder = ladderOf();
  const deadlineMs = parts.deadlineMs ?? modelDeadlineMs(access);
  let asker: Promise<Ask> | undefined;
  const read: ReplyReader = async (reply) => {
    const plain = offline(reply);
    if (!mayBeSent(plain, reply)) return plain;
    if (!breaker.mayTry()) return { ...plain, trace: traceOf(access, { outcome: 'resting' }) };
    asker ??= import('./ask.js').then(({ askerOf }) => askerOf(access));
    const began = clock.now().getTime();
    const asked = await readWithin({ ask: await asker, ladder, deadlineMs, stopping: stopping.signal }, reply);
    const latencyMs = clock.now().getTime() - began;
    const { inputTokens, outputTokens } = asked;
    breaker.record(asked.failure === null ? 'well' : 'badly');
    if (asked.failure !== null) {
      log.warn('model_failed', { ...asked.failure, latencyMs, inputTokens, outputTokens });
      return { ...plain, trace: traceOf(access, { outcome: asked.failure.outcome, latencyMs, inputTokens, outputTokens }) };
    }
    const outcome = asked.isRepaired ? 'repaired' : 'read';
    log.info('model_read', { outcome, latencyMs, inputTokens, outputTokens });
    const grounded = groundFields(reply, asked.update, parts.sense);
    const by = { reader: access.model, readerVersion: `${PROMPT_VERSION}+${plain.readerVersion}` };
    const trace = traceOf(access, { outcome, latencyMs, inputTokens, outputTokens });
    return { ...fuseReadings(plain, grounded, by), trace };
  };
  return { read, stop: () => stopping.abort(new ReadingStopped('the bot ends')) };
}

/** Not where somebody wishes to be left alone, where the programme keeps models out, or where there is nothing to read. */
function mayBeSent({ optOut }: Reading, { messages, mayUseModel = true }: ReplyText): boolean {
  return optOut === null && mayUseModel && messages.some((message) => /[\p{L}\p{N}]/u.test(message));
}

type Asked = { readonly inputTokens: number | null; readonly outputTokens: number | null } & (
  | { readonly failure: null; readonly update: CareerUpdate; readonly isRepaired: boolean }
  | { readonly failure: ModelFailure }
);
type Within = {
  readonly ask: Ask;
  readonly ladder: Ladder;
  readonly deadlineMs: number;
  readonly stopping: AbortSignal;
};

async function readWithin({ ask, ladder, deadlineMs, stopping }: Within, reply: ReplyText): Promise<Asked> {
  const { messages, restore } = mask(reply.messages, reply.writer ?? null);
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(deadlineMs)]);
  const climbed = await climb({ ask, ladder, signal, deadlineMs }, { ...reply, messages });
  if (stopping.aborted) throw stopping.reason;
  return climbed.failure === null ? { ...climbed, update: restored(climbed.update, restore) } : climbed;
}

/** What was masked, put back wherever the model copied it to. */
function restored(update: CareerUpdate, restore: (text: string) => string): CareerUpdate {
  const back = (text: string | null) => (text === null ? null : restore(text));
  const activities = update.activities.map((each) => ({
    ...each,
    organisation: back(each.organisation),
    role: back(each.role),
    topic: back(each.topic),
    funder: back(each.funder),
    people: each.people.map(restore),
    evidence: restore(each.evidence),
  }));
  return { ...update, activities };
}

function traceOf({ model }: ModelAccess, trace: Pick<ReadingTrace, 'outcome'> & Partial<ReadingTrace>): ReadingTrace {
  return { model, promptVersion: PROMPT_VERSION, latencyMs: null, inputTokens: null, outputTokens: null, ...trace };
}
