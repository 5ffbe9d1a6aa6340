import { z } from 'zod';
import { carryOut, carryOutInto } from './carry-out.js';
import type { RequestOf } from './request.js';
import { DONE, type Shell } from './shell.js';

const madeSchema = z.object({ id: z.string() });

/** Puts a forecast on record, and its text and hash into a file of the caller's, whoever holds the database. */
export async function predictInto(file: string, shell: Shell, request: RequestOf<'predict_add'>): Promise<number> {
  const written: string[] = [];
  const exitCode = await carryOut({ ...shell, out: (text) => void written.push(text) }, { ...request, json: true });
  if (exitCode !== DONE) return exitCode;
  const made = written.join('');
  const { id } = madeSchema.parse(JSON.parse(made));
  if (request.json) shell.out(made);
  else await carryOut(shell, { kind: 'predict_show', id, json: false });
  return carryOutInto(file, shell, { kind: 'predict_statement', id });
}
