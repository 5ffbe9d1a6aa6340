#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { runProgram } from './cli/program.js';
import { FAILED, type Shell } from './cli/shell.js';

/** From the sources and from the build alike: the nearest package.json is that of Afterwards. */
function versionOfPackage(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      return String(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version);
    } catch {}
  }
  return 'unknown';
}

// Whoever reads our output may have enough of it (`afterwards checkins | head`): that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** The class and code of an error, never its message: that may hold somebody's name or words. */
async function sayBug(error: unknown): Promise<void> {
  const { errorCode } = await import('../adapters/log.js');
  process.stderr.write(
    `Something went wrong that should not have: ${errorCode(error)}. No more is shown, since it may hold what people wrote; LOG_LEVEL=debug shows it.\n`,
  );
  if (/^(debug|trace)$/.test(process.env.LOG_LEVEL ?? '')) process.stderr.write(`${inspect(error)}\n`);
}

for (const kind of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(kind, (error: unknown) => void sayBug(error).finally(() => process.exit(FAILED)));

const shell: Shell = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  input: process.stdin,
};
try {
  process.exitCode = await runProgram(shell, process.argv.slice(2), versionOfPackage());
} catch (error) {
  await sayBug(error);
  process.exitCode = FAILED;
}
// An input that somebody holds open is no reason to stay once all is done and said.
setTimeout(() => process.exit(), 500).unref();
