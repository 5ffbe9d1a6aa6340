import { isOwnMachine, type ModelAccess, modelDeadlineMs, modelUrl } from '../../src/domain/model-access.js';
import type { ReplyText } from '../../src/domain/reply.js';
import type { Check } from '../../src/platform-ports.js';
import { askerOf } from './ask.js';
import { climb, ladderOf, type ModelFailure } from './ladder.js';

/** Nobody wrote it: what people wrote is not sent anywhere to try something out. */
const INVENTED: ReplyText = {
  programme: 'Test',
  cohort: 'Test 1',
  cohortEnd: '2024-01-31',
  received: '2024-07-31',
  messages: ['Since May I work at Redwood Research as an engineer.'],
};

const FORMS = { schema: 'by a schema', json: 'as a JSON object', words: 'by words alone' } as const;

/** Whether the language model answers, and with a record: asked once about an invented reply. */
export async function modelChecks(access: ModelAccess): Promise<readonly Check[]> {
  const { hostname } = new URL(modelUrl(access));
  const what = `Language model ${access.model} at ${hostname}`;
  const deadlineMs = modelDeadlineMs(access);
  const ladder = ladderOf();
  const began = performance.now();
  const signal = AbortSignal.timeout(deadlineMs);
  const climbed = await climb({ ask: askerOf(access), ladder, signal, deadlineMs }, INVENTED);
  if (climbed.failure !== null) return [{ what, state: 'fail', ...trouble(climbed.failure, access, deadlineMs) }];
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const isRight = climbed.update.activities.length === 1;
  const detail = `answers in ${seconds} s, asked ${FORMS[ladder.rung]}`;
  if (isRight) return [{ what, state: 'ok', detail: `${detail}; ${whereTo(access)}` }];
  const mend = 'A sentence about one job did not come back as one: try a larger model, or read replies offline';
  return [{ what, state: 'warn', detail, mend }];
}

const whereTo = (access: ModelAccess) =>
  isOwnMachine(modelUrl(access))
    ? 'what people write stays on your own machines'
    : 'what people write is sent there, with names and addresses masked, and they are told so';

function trouble({ outcome, status }: ModelFailure, access: ModelAccess, deadlineMs: number) {
  const meanwhile = 'Until then replies are read offline';
  switch (outcome) {
    case 'unreachable':
      return {
        detail: 'cannot be reached, or is no such endpoint',
        mend: `start it, and set AFTERWARDS_LLM_BASE_URL to where it answers (now ${modelUrl(access)}; most end in /v1). ${meanwhile}`,
      };
    case 'timed_out':
      return {
        detail: `does not answer within ${deadlineMs / 1000} s`,
        mend: `use a smaller model or a faster machine. ${meanwhile}`,
      };
    case 'unreadable':
      return {
        detail: 'answers, but not with a record',
        mend: `try a model that can write JSON. ${meanwhile}`,
      };
    case 'refused':
      return { detail: `refuses (HTTP ${status})`, mend: `${refusal(status)}. ${meanwhile}` };
  }
}

function refusal(status: number | null): string {
  if (status === 401 || status === 403) return 'set AFTERWARDS_LLM_API_KEY to a key that is good for it';
  if (status === 404) return 'check AFTERWARDS_LLM_MODEL and AFTERWARDS_LLM_BASE_URL: there is no such model, or no such address';
  if (status === 429) return 'its limit is reached: wait, or raise it with the provider';
  return 'see what the endpoint itself logs';
}
