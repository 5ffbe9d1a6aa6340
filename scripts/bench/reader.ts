import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readReplyOffline } from '../../src/reading/read-reply.js';
import type { Figure } from '../bench.js';

const replySchema = z.object({
  programme: z.string(),
  cohort: z.string(),
  cohort_end: z.string(),
  received: z.string(),
  messages: z.array(z.string()),
});
const ROUNDS = 5;

/** Milliseconds a reply, once warm: median and the slowest in twenty. */
export function benchReader(): Figure[] {
  const lines = readFileSync(new URL('../../test/replies/dev-2.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const replies = lines
    .map((line) => replySchema.parse(JSON.parse(line)))
    .map(({ cohort_end: cohortEnd, ...reply }) => ({ ...reply, cohortEnd }));
  for (const reply of replies) readReplyOffline(reply);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const reply of replies) {
      const start = performance.now();
      readReplyOffline(reply);
      times.push(performance.now() - start);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 100) / 100;
  return [
    { what: 'offline reader, a reply (median)', value: at(0.5), unit: 'ms' },
    { what: 'offline reader, a reply (slowest in twenty)', value: at(0.95), unit: 'ms' },
  ];
}
