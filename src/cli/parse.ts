import { createInterface } from 'node:readline';
import { z } from 'zod';
import { systemClock } from '../../adapters/clock.js';
import { jsonLog } from '../../adapters/log.js';
import { ground } from '../domain/grounding.js';
import type { Reading, ReplyText } from '../domain/reply.js';
import type { ReplyReader } from '../ports.js';
import { configOf } from './environment.js';
import { readerOf } from './reader.js';
import { DONE, FAILED, type Shell, wrongUse } from './shell.js';

/** A timestamp too: the day it names is what counts. */
const day = z
  .union([z.iso.date(), z.iso.datetime({ offset: true, local: true })], { error: 'expected a day such as 2024-06-30' })
  .transform((text) => text.slice(0, 10));
const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  programme: z.string(),
  cohort: z.string(),
  cohort_end: day,
  received: day,
  messages: z.array(z.string()),
});
type Line = z.infer<typeof lineSchema>;

/** A model is asked about so many replies at once; the records come out in the order of the lines all the same. */
const AT_ONCE = 4;

/**
 * Reads a reply a line from the input and writes a line for each, in order and as they come: its record, or what is wrong with it.
 * `withModel`: by the language model that the environment names, and where that fails by the rules, which is said at the end.
 */
export async function parseReplies(shell: Shell, { withModel }: { readonly withModel: boolean }): Promise<number> {
  const { input, out, err } = shell;
  const read = readerFor(shell, withModel);
  const begun: Promise<Done>[] = [];
  const tally = new Map<string, number>();
  let exitCode = DONE as number;
  let line = 0;
  const finishOne = async () => {
    const done = await begun.shift();
    if (!done) return;
    out(`${JSON.stringify(done.line)}\n`);
    if (done.problem !== null) {
      exitCode = FAILED;
      err(`${done.problem}\n`);
    }
    if (done.instead !== null) tally.set(done.instead, (tally.get(done.instead) ?? 0) + 1);
  };
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const json = text.replace(/^\uFEFF/, '').trim();
    if (json === '') continue;
    begun.push(readLine(json, line, read));
    if (begun.length >= (withModel ? AT_ONCE : 1)) await finishOne();
  }
  while (begun.length > 0) await finishOne();
  for (const [outcome, count] of tally)
    err(`${count} read by the rules alone, since the model was ${WHY[outcome] ?? outcome}.\n`);
  return exitCode;
}

const WHY: Readonly<Record<string, string>> = {
  refused: 'refusing',
  unreachable: 'out of reach',
  timed_out: 'too slow',
  unreadable: 'answering with something else than a record',
  resting: 'left in peace for a minute after five failures',
};

function readerFor(shell: Shell, withModel: boolean): ReplyReader {
  if (!withModel) return readerOf({ model: null }, AROUND).readReply;
  const { model } = configOf(shell);
  if (model === null)
    throw wrongUse(
      '--llm needs a language model: set AFTERWARDS_LLM_PROVIDER, AFTERWARDS_LLM_MODEL and AFTERWARDS_LLM_BASE_URL or AFTERWARDS_LLM_API_KEY, as in docs/model-reader.md',
    );
  return readerOf({ model }, AROUND).readReply;
}

const AROUND = { clock: systemClock(0), log: jsonLog('silent') };

/** `instead`: why the rules stood in for the model; null where they did not. */
type Done = { readonly line: object; readonly problem: string | null; readonly instead: string | null };

async function readLine(json: string, line: number, read: ReplyReader): Promise<Done> {
  const parsed = parseLine(json);
  if ('problem' in parsed)
    return { line: { id: parsed.id, error: parsed.problem }, problem: `line ${line}: ${parsed.problem}`, instead: null };
  const { id, programme, cohort, cohort_end: cohortEnd, received, messages } = parsed;
  const reply: ReplyText = { programme, cohort, cohortEnd, received, messages };
  const reading = await read(reply);
  const outcome = reading.trace?.outcome;
  const isModels = outcome === undefined || outcome === 'read' || outcome === 'repaired';
  return { line: recordOf(id, reply, reading), problem: null, instead: isModels ? null : outcome };
}

type NoReply = { readonly id: Line['id'] | null; readonly problem: string };

function parseLine(text: string): Line | NoReply {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { id: null, problem: 'this is not JSON: each line must be one reply as a JSON object' };
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const id = lineSchema.pick({ id: true }).safeParse(value).data?.id ?? null;
  return { id, problem: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'reply'}: ${message}`).join('; ') };
}

/** As in the codebook: its names, in its order. */
function recordOf(id: Line['id'], reply: ReplyText, { update }: Reading) {
  const { intent, activities, influence, helpWanted } = ground(reply, update);
  return { id, intent, activities, influence, help_wanted: helpWanted };
}
