import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Config, type Environment, readConfig } from '../config.js';
import { failed } from './shell.js';

type Around = { readonly env: Environment; readonly cwd: string };

/** The variables of the environment over those of a `.env` in the working directory. */
export const environmentOf = ({ env, cwd }: Around): Environment => ({ ...readDotEnv(cwd), ...env });

/** What the environment and a `.env` in the working directory say; the real environment wins. */
export function configOf(around: Around): Config {
  const config = readConfig(environmentOf(around));
  if (!config.ok) throw failed(...config.error);
  return config.value;
}

function readDotEnv(folder: string): Environment {
  try {
    return parseEnv(readFileSync(join(folder, '.env'), 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw failed(`${join(folder, '.env')} cannot be read (${code ?? 'it is not a list of NAME=value'}): mend it or take it away`);
  }
}
