import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { CareerUpdate } from '../domain/career-update.js';
import { ground } from '../domain/grounding.js';
import type { ReplyText } from '../domain/reply.js';
import { readReplyOffline } from '../reading/read-reply.js';
import { DONE, FAILED, type Shell } from './shell.js';

const day = z.iso.date();
const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  programme: z.string(),
  cohort: z.string(),
  cohort_end: day,
  received: day,
  messages: z.array(z.string()),
});
type Line = z.infer<typeof lineSchema>;

/** Reads a reply a line from the input and writes its record, in order and as they come. A line that is none is told of, and the rest goes on. */
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
      err(`${JSON.stringify({ line, error: parsed.problem })}\n`);
    } else out(`${JSON.stringify(recordOf(parsed))}\n`);
  }
  return exitCode;
}

function parseLine(text: string): Line | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'this is not JSON: each line must be one reply as a JSON object' };
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  return { problem: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'reply'}: ${message}`).join('; ') };
}

/** As in the codebook: its names, in its order. */
function recordOf({ id, programme, cohort, cohort_end, received, messages }: Line) {
  const reply: ReplyText = { programme, cohort, cohortEnd: cohort_end, received, messages };
  const { intent, activities, influence, helpWanted }: CareerUpdate = ground(reply, readReplyOffline(reply).update);
  return { id, intent, activities, influence, help_wanted: helpWanted };
}
