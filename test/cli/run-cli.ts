import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../src/cli/program.js';
import type { Environment } from '../../src/config.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Nothing of the machine's own settings reaches a command under test. */
const BARE = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' };

export type Said = { readonly exitCode: number; readonly out: string; readonly err: string };
type Around = { readonly env?: Environment; readonly cwd?: string; readonly input?: string };

/** Runs a command line in this process. */
export async function afterwards(argv: readonly string[], { env = {}, cwd = ROOT, input = '' }: Around = {}): Promise<Said> {
  let out = '';
  let err = '';
  const shell = {
    env,
    cwd,
    input: Readable.from([input]),
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const exitCode = await runProgram(shell, argv, '0.0.0-test');
  return { exitCode, out, err };
}

export type Running = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | NodeJS.Signals | null>;
};

/** Starts a command in a process of its own; its input stays open until it is ended. */
export function spawned(argv: readonly string[], { env = {}, cwd = ROOT }: Around = {}): Running {
  const tsx = ['--import', new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href];
  const child = spawn(process.execPath, [...tsx, `${ROOT}src/main.ts`, ...argv], { cwd, env: { ...BARE, ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => {});
  const ended = once(child, 'close').then(([code, signal]) => signal ?? code);
  return { child, out: () => out, err: () => err, ended };
}

/** Resolves once what the process said matches; fails where it ends before. */
export function untilSaid({ child, out, err, ended }: Running, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (pattern.test(out() + err())) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    look();
    void ended.then((how) => reject(new Error(`ended (${how}) before it said ${pattern}: ${out()}${err()}`)));
  });
}
