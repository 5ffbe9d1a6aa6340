import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type FolderLock, lockFolder } from '../../db/folder-lock.js';
import { freshFolder } from '../support/test-db.js';

const HOLD = fileURLToPath(new URL('../support/hold-folder.ts', import.meta.url));
const isLinux = process.platform === 'linux';

type Contender = { readonly child: ChildProcess; readonly kind: 'locked' | 'held'; readonly pid: number };

const children = new Set<ChildProcess>();
afterEach(() => Promise.all([...children].map(kill)));

/** Starts so many processes and, once all of them are ready, lets them go for the lock at the same time. */
async function contend(folder: string, count: number): Promise<Contender[]> {
  const started = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, ['--import', 'tsx', HOLD, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.add(child);
    return child;
  });
  await Promise.all(started.map((child) => once(child.stdout, 'data')));
  for (const child of started) child.stdin.write('go\n');
  return Promise.all(started.map(async (child) => ({ child, ...JSON.parse(String((await once(child.stdout, 'data'))[0])) })));
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

function writeLock(folder: string, text: string): void {
  mkdirSync(join(folder, 'lock'), { recursive: true });
  writeFileSync(join(folder, 'lock', '1'), text);
}

/** This very process as the lock file has it. */
async function myself(): Promise<Record<string, unknown>> {
  const folder = freshFolder();
  await lockFolder(folder);
  return JSON.parse(readFileSync(join(folder, 'lock', '1'), 'utf8'));
}

async function locked(folder: string): Promise<FolderLock> {
  const lock = await lockFolder(folder);
  if (lock.kind === 'held') throw new Error(`held by ${lock.pid}`);
  return lock;
}

describe('the lock on a folder', () => {
  it('lets exactly one of six processes in, though each holder before was killed outright', { timeout: 240_000 }, async () => {
    const folder = freshFolder();
    for (let round = 0; round < 3; round += 1) {
      const contenders = await contend(folder, 6);
      const [holder, ...others] = contenders.filter((contender) => contender.kind === 'locked');
      expect(others).toEqual([]);
      expect(contenders.map((contender) => contender.pid)).toEqual(Array(6).fill(holder?.child.pid));
      await Promise.all(contenders.map((contender) => kill(contender.child)));
    }
  });

  it('is let go by a process that ends in good order, and can be taken again and again', async () => {
    const folder = freshFolder();
    const [holder] = await contend(folder, 1);
    expect(holder?.kind).toBe('locked');
    expect((await lockFolder(folder)).kind).toBe('held');
    const exited = once(holder?.child as ChildProcess, 'exit');
    holder?.child.stdin?.end();
    await exited;
    for (let again = 0; again < 5; again += 1) await (await locked(folder)).release();
    expect(readdirSync(join(folder, 'lock')).length).toBeLessThanOrEqual(2);
  });

  it('lets one in when a hundred in one process take over from a gone holder', async () => {
    const folder = freshFolder();
    writeLock(folder, JSON.stringify({ ...(await myself()), boot: 'another boot' }));
    const locks = await Promise.all(Array.from({ length: 100 }, () => lockFolder(folder)));
    expect(locks.filter((lock) => lock.kind === 'locked')).toHaveLength(1);
  });

  it.runIf(isLinux)('is taken from a holder whose pid now belongs to another process', async () => {
    const folder = freshFolder();
    writeLock(folder, JSON.stringify({ ...(await myself()), started: '1' }));
    expect((await lockFolder(folder)).kind).toBe('locked');
  });

  it.runIf(isLinux)('is taken from a holder that ran before the machine was started anew', async () => {
    const folder = freshFolder();
    writeLock(folder, JSON.stringify({ ...(await myself()), boot: 'another boot' }));
    expect((await lockFolder(folder)).kind).toBe('locked');
  });

  it('is not taken from a running holder about whose start nothing is known', async () => {
    const folder = freshFolder();
    writeLock(folder, JSON.stringify({ ...(await myself()), started: null, boot: null }));
    expect(await lockFolder(folder)).toMatchObject({ kind: 'held', pid: process.pid, host: hostname(), elsewhere: false });
  });

  it('is not taken from a holder on another machine, even one long gone', async () => {
    const folder = freshFolder();
    writeLock(folder, JSON.stringify({ ...(await myself()), boot: 'another boot', host: 'elsewhere.example' }));
    expect(await lockFolder(folder)).toMatchObject({ kind: 'held', host: 'elsewhere.example', elsewhere: true });
  });

  it.each(['', '{"pid":', '{"pid":"me"}'])('is not taken where it cannot be read: %j', async (text) => {
    const folder = freshFolder();
    writeLock(folder, text);
    await expect(lockFolder(folder)).rejects.toThrow(/cannot be read as a lock: .* delete .*lock and start again/);
  });
});
