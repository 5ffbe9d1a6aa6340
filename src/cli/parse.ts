import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { CareerUpdate } from '../domain/career-update.js';
import { ground } from '../domain/grounding.js';
import type { ReplyText } from '../domain/reply.js';
import { readReplyOffline } from '../reading/read-reply.js';
import { DONE, FAILED, type Shell } from './shell.js';

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

/** Reads a reply a line from the input and writes a line for each, in order and as they come: its record, or what is wrong with it. */
export async function parseReplies({ input, out, err }: Shell): Promise<number> {
  let exitCode = DONE as number;
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    const json = text.replace(/^\uFEFF/, '').trim();
    if (json === '') continue;
    const parsed = parseLine(json);
    if ('problem' in parsed) {
      exitCode = FAILED;
      out(`${JSON.stringify({ id: parsed.id, error: parsed.problem })}\n`);
      err(`line ${line}: ${parsed.problem}\n`);
    } else out(`${JSON.stringify(recordOf(parsed))}\n`);
  }
  return exitCode;
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
function recordOf({ id, programme, cohort, cohort_end, received, messages }: Line) {
  const reply: ReplyText = { programme, cohort, cohortEnd: cohort_end, received, messages };
  const { intent, activities, influence, helpWanted }: CareerUpdate = ground(reply, readReplyOffline(reply).update);
  return { id, intent, activities, influence, help_wanted: helpWanted };
}
