import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ErasedCopy, ErasedList } from '../src/ports.js';
import { writeWhole } from './whole-file.js';

const NAME = 'erased';
const headerSchema = z.tuple([z.literal('afterwards-erased'), z.coerce.number().int().nonnegative(), z.string()]);
const lineSchema = z.tuple([z.string().min(1), z.iso.datetime()]);

/** The list beside the database cannot be used, in words for people. */
export class ErasedCopyError extends Error {
  override readonly name = 'ErasedCopyError';
}

/** Where the list is kept in a folder. */
export const erasedCopyPath = (folder: string): string => join(folder, NAME);

/**
 * The list of erased people as a file beside the database: a line a fingerprint. `secretCheck` tells whether it was made with the same
 * secret: under another one it recognises nobody. It is asked for once the file is used, and may throw where there is no secret.
 */
export function erasedCopyAt(path: string, secretCheck: () => string): ErasedCopy {
  return {
    read: async () => {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw new ErasedCopyError(`${path} cannot be read: ${error.code}`);
      });
      return text === null ? null : parse(path, text, secretCheck());
    },
    write: async (list) => writeWhole(path, textOf(list, secretCheck())),
  };
}

function parse(path: string, text: string, secretCheck: string): ErasedList {
  const [first = '', ...lines] = text.trimEnd().split('\n');
  const header = headerSchema.safeParse(first.split(' '));
  const fingerprints = lines.map((line) => lineSchema.safeParse(line.split(' ')));
  if (!header.success || fingerprints.some((each) => !each.success))
    throw new ErasedCopyError(`${path} is not the list of erased people any more: put it back from a copy`);
  if (header.data[2] !== secretCheck)
    throw new ErasedCopyError(
      `${path} was made with another AFTERWARDS_SECRET, and recognises nobody under this one: set the one that it was made with (with the embedded database it stood in the file "secret" beside it)`,
    );
  return {
    version: header.data[1],
    fingerprints: fingerprints.flatMap(({ data }) => (data ? [{ hash: data[0], erasedAt: new Date(data[1]) }] : [])),
  };
}

const textOf = ({ version, fingerprints }: ErasedList, secretCheck: string): string =>
  [
    `afterwards-erased ${version} ${secretCheck}`,
    ...fingerprints.map(({ hash, erasedAt }) => `${hash} ${erasedAt.toISOString()}`),
    '',
  ].join('\n');
