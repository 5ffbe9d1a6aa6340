import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, jsonSchema, type LanguageModel, NoObjectGeneratedError, Output } from 'ai';
import { type ModelAccess, modelUrl } from '../../src/domain/model-access.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { Prompt } from './prompt.js';
import { RECORD_SCHEMA } from './schema.js';

/** How strictly the form of the answer is asked for: a schema, any JSON object, or by words alone. */
export type Rung = 'schema' | 'json' | 'words';

export type Question = {
  readonly prompt: Prompt;
  /** An answer that could not be used, and what was said about it. */
  readonly repair: { readonly answer: string; readonly problem: string } | null;
  readonly rung: Rung;
};
export type Answered = { readonly text: string; readonly inputTokens: number | null; readonly outputTokens: number | null };
export type AskFailure =
  | { readonly kind: 'refused'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'unreachable' };
/** Asks once, without any retry of its own. Rejects only with what the signal was aborted with. */
export type Ask = (question: Question, signal: AbortSignal) => Promise<Result<Answered, AskFailure>>;

const MOST_TOKENS = 4096;

/** The library would print what it thinks of a model's abilities, into the results of a command. */
function hush(): void {
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
}

export function askerOf(access: ModelAccess): Ask {
  hush();
  const model = modelOf(access);
  return async (question, signal) => {
    try {
      return ok(await askOnce(model, question, signal));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      // An answer that is no JSON is an answer all the same: it is read leniently.
      if (NoObjectGeneratedError.isInstance(error)) return ok(answered(error.text ?? '', error.usage));
      return fail(failureOf(error));
    }
  };
}

function modelOf(access: ModelAccess): LanguageModel {
  const baseURL = modelUrl(access).replace(/\/+$/, '');
  const key = access.apiKey === null ? {} : { apiKey: access.apiKey };
  if (access.provider === 'anthropic') return createAnthropic({ baseURL, ...key })(access.model);
  return createOpenAICompatible({ name: 'model', baseURL, ...key, supportsStructuredOutputs: true })(access.model);
}

async function askOnce(model: LanguageModel, { prompt, repair, rung }: Question, signal: AbortSignal): Promise<Answered> {
  const output =
    rung === 'schema'
      ? Output.object({ schema: jsonSchema(RECORD_SCHEMA as Parameters<typeof jsonSchema>[0]), name: 'career_update' })
      : rung === 'json'
        ? Output.json()
        : Output.text();
  const result = await generateText({
    model,
    output,
    // The fixed part is marked for caching where that has to be asked for.
    system: {
      role: 'system',
      content: prompt.fixed,
      providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
    },
    messages: [
      { role: 'user', content: prompt.reply },
      ...(repair === null
        ? []
        : [
            { role: 'assistant' as const, content: repair.answer },
            { role: 'user' as const, content: repair.problem },
          ]),
    ],
    // Some models take no temperature; the last rung asks for nothing that one could refuse.
    ...(rung === 'words' ? {} : { temperature: 0 }),
    maxOutputTokens: MOST_TOKENS,
    maxRetries: 0,
    abortSignal: signal,
    // By a schema of the answer, never by a made-up tool.
    providerOptions: { anthropic: { structuredOutputMode: 'outputFormat' } },
  });
  return answered(result.text, result.usage);
}

type Usage = { readonly inputTokens: number | undefined; readonly outputTokens: number | undefined };

const answered = (text: string, usage: Usage | undefined): Answered => ({
  text,
  inputTokens: usage?.inputTokens ?? null,
  outputTokens: usage?.outputTokens ?? null,
});

/** The error itself goes no further: it holds the prompt, and so what somebody wrote. */
function failureOf(error: unknown): AskFailure {
  if (!APICallError.isInstance(error) || error.statusCode === undefined) return { kind: 'unreachable' };
  // A good status with an unreadable body is an endpoint of another kind.
  if (error.statusCode < 400) return { kind: 'unreachable' };
  return { kind: 'refused', status: error.statusCode, retryAfterMs: retryAfterMs(error.responseHeaders?.['retry-after']) };
}

function retryAfterMs(header: string | undefined): number | null {
  const seconds = header === undefined ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
