import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Config, type Environment, readConfig } from '../config.js';
import { failed } from './shell.js';

/** What the environment and a `.env` in the working directory say; the real environment wins. */
export function configOf({ env, cwd }: { readonly env: Environment; readonly cwd: string }): Config {
  const config = readConfig({ ...readDotEnv(cwd), ...env });
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
