import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../src/ports.js';
import { writeWhole } from './whole-file.js';

const SHORTEST_SECRET = 16;

/** 16 random bytes, 22 characters: nobody guesses a key that opens another person's form. */
export const randomTokens: Random = { token: () => randomBytes(16).toString('base64url') };

/** Keyed, so that whoever gets hold of the database alone cannot find out which addresses were erased. */
export function fingerprintWith(secret: string): (identifier: string) => string {
  return (identifier) => createHmac('sha256', secret).update(identifier).digest('hex');
}

/** The secret kept in a folder, made at the first call. For the process that holds the folder's lock. */
export async function secretIn(folder: string): Promise<string> {
  const path = join(folder, 'secret');
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (kept === null) return makeSecret(path);
  if (kept.trim().length < SHORTEST_SECRET) {
    throw new Error(
      `${path} holds no secret any more: put it back from a backup. Without it, people who had themselves erased are not recognised`,
    );
  }
  return kept.trim();
}

async function makeSecret(path: string): Promise<string> {
  const secret = randomBytes(32).toString('hex');
  await writeWhole(path, `${secret}\n`);
  return secret;
}

/** Tells whether a secret is the same one as before, and nothing else about it. */
export const secretCheckOf = (fingerprint: (identifier: string) => string): string =>
  createHash('sha256').update(fingerprint('afterwards:which-secret')).digest('hex').slice(0, 16);
