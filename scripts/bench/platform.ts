import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connectPostgres, type Db } from '../../db/connect.js';
import { createProgramme } from '../../db/programmes.js';
import { storeIn } from '../../db/store.js';
import { say } from '../../src/domain/message.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { takeInMessage } from '../../src/flows/take-in.js';
import type { Hearing } from '../../src/platform-ports.js';
import type { Ports } from '../../src/ports.js';
import { aCohortOf, type Someone } from '../../test/support/cohorts.js';
import { runOn, withDatabase } from '../../test/support/postgres.js';

/** The built bot, as a process of its own runs it. */
export const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
export const QUIET = { info: () => {}, warn: () => {}, error: () => {} };
/** How many people act at the same time. */
export const AT_ONCE = 10;

/** Acts so many times, `AT_ONCE` at a time; how many that were a second. */
export async function inTurns(count: number, act: (at: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return count / ((performance.now() - began) / 1_000);
}

/** The value below which this share of them lies, to a tenth. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
}

/** Runs on a migrated database of its own, which is dropped afterwards. */
export async function onFreshDatabase<T>(serverUrl: string, name: string, run: (db: Db) => Promise<T>): Promise<T> {
  const called = `afterwards_bench_test_${name}_${process.pid}`;
  await runOn(serverUrl, `create database ${called}`);
  const connection = await connectPostgres(withDatabase(serverUrl, called), { poolSize: AT_ONCE });
  try {
    await connection.migrate();
    return await run(connection.db);
  } finally {
    await connection.close();
    await runOn(serverUrl, `drop database if exists ${called} with (force)`);
  }
}

/** A bot that stores what these people write, and does nothing else. */
export async function storingHearing(db: Db, people: readonly Someone[]): Promise<Hearing> {
  const now = new Date();
  await createProgramme(db, 'ARENA', DEFAULT_SETTINGS, now);
  await aCohortOf(db, { programme: 'ARENA', cohort: 'C', endedOn: '2024-01-31', people, settings: DEFAULT_SETTINGS, now });
  let tokens = 0;
  const token = () => `bench-${String(++tokens).padStart(16, '0')}`;
  const ports = {
    ...storeIn({ db, token, fingerprint: (identifier: string) => identifier }),
    clock: { now: () => new Date() },
    random: { token },
    log: QUIET,
    wakeSender: () => {},
  } as unknown as Ports;
  const nothing = async () => ({ answer: null, form: null });
  return {
    message: (incoming) => takeInMessage(ports, incoming),
    press: nothing,
    form: async () => ({ kind: 'saved', answer: null }),
    alumnusCommand: nothing,
    organiserCommand: nothing,
    suggest: async () => [],
    profile: async () => {},
    home: async () => say(''),
    connected: async () => {},
  };
}

const IDLE_MS = 5_000;

/** What a process holds some seconds after its first line, in MiB. */
export async function idleMib(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(process.execPath, argv, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.once('line', () => resolve());
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  await ended;
  return Math.round(Number(rss ?? 0) / 1024);
}

/** The same at the second start: the first makes the embedded database, and keeps the memory that this took. */
export async function idleOnceMade(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  await idleMib(argv, env);
  return idleMib(argv, env);
}
