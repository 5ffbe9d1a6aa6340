import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { carryOut } from './carry-out.js';
import { DONE, failed, type Shell } from './shell.js';

const exportedSchema = z.object({ files: z.array(z.object({ name: z.string().regex(/^[a-z-]+\.[a-z]+$/), text: z.string() })) });

/** Writes an export into a folder of the caller's, whoever holds the database. */
export async function exportInto(folder: string, shell: Shell, programme: string): Promise<number> {
  const written: string[] = [];
  const exitCode = await carryOut({ ...shell, out: (text) => void written.push(text) }, { kind: 'export', programme });
  if (exitCode !== DONE) return exitCode;
  const { files } = exportedSchema.parse(JSON.parse(written.join('')));
  const target = resolve(shell.cwd, folder);
  try {
    await mkdir(target, { recursive: true });
    for (const { name, text } of files) await writeFile(join(target, name), text);
  } catch (error) {
    throw failed(`${folder} cannot be written: ${(error as NodeJS.ErrnoException).code}`);
  }
  shell.err(`Written to ${folder}: ${files.map(({ name }) => name).join(', ')}.\n`);
  return DONE;
}
