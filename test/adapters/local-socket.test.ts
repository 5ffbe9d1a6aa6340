import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { call, serve } from '../../adapters/local-socket.js';
import { freshFolder } from '../support/test-db.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serving(folder: string, handle: (request: unknown) => Promise<unknown>): Promise<() => Promise<void>> {
  const close = await serve(folder, handle);
  closers.push(close);
  return close;
}

const echo = async (request: unknown) => request;
const socketOf = (folder: string) => join(folder, 'afterwards.sock');

describe('the local socket', () => {
  it('answers requests, many at once, each with its own answer', async () => {
    const folder = freshFolder();
    await serving(folder, echo);
    const requests = Array.from({ length: 50 }, (_, number) => ({ number, words: 'Zoë\n🌱' }));
    expect(await Promise.all(requests.map((request) => call(folder, request)))).toEqual(
      requests.map((response) => ({ kind: 'answered', response })),
    );
  });

  it('is for its owner only', async () => {
    const folder = freshFolder();
    await serving(folder, echo);
    expect(statSync(socketOf(folder)).mode & 0o777).toBe(0o600);
  });

  it('carries a roster of 5 MB there and back, whole', async () => {
    const folder = freshFolder();
    await serving(folder, echo);
    const roster = 'name,email\nZoë Ünal,zoe@example.org\n'.repeat(140_000);
    expect(await call(folder, { roster })).toEqual({ kind: 'answered', response: { roster } });
  });

  it('tells when nobody serves the folder: never, not any more, or no such folder', async () => {
    const folder = freshFolder();
    expect(await call(folder, 1)).toEqual({ kind: 'nobody' });
    const close = await serve(folder, echo);
    await close();
    await close();
    expect(existsSync(socketOf(folder))).toBe(false);
    expect(await call(folder, 1)).toEqual({ kind: 'nobody' });
    expect(await call(join(folder, 'missing'), 1)).toEqual({ kind: 'nobody' });
  });

  it('hands on what the handler throws, and goes on serving', async () => {
    const folder = freshFolder();
    await serving(folder, async (request) => {
      if (request === 'throw') throw new Error('there is no programme "ARENA"');
      return request === 'unspeakable' ? 1n : undefined;
    });
    expect(await call(folder, 'throw')).toEqual({ kind: 'failed', message: 'there is no programme "ARENA"' });
    expect(await call(folder, 'unspeakable')).toMatchObject({ kind: 'failed', message: expect.stringContaining('BigInt') });
    expect(await call(folder, 'nothing')).toEqual({ kind: 'answered', response: null });
  });

  it('goes on serving after callers that go away half-way, say nothing, or talk nonsense', async () => {
    const folder = freshFolder();
    let finish = () => {};
    const asked = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await serving(folder, async (request) => (request === 'slow' ? asked.then(() => 'x'.repeat(1_000_000)) : request));

    const half = connect(socketOf(folder));
    await once(half, 'connect');
    half.write('{"half');
    half.destroy();
    const impatient = connect(socketOf(folder));
    await once(impatient, 'connect');
    impatient.write('"slow"\n');
    impatient.destroy();
    const silent = connect(socketOf(folder));
    await once(silent, 'connect');
    const nonsense = connect(socketOf(folder));
    nonsense.write('GET / HTTP/1.1\n');
    expect(String((await once(nonsense, 'data'))[0])).toMatch(/^{"error":.*JSON/);
    finish();

    expect(await call(folder, 'still there?')).toEqual({ kind: 'answered', response: 'still there?' });
    silent.destroy();
  });

  it('lets a request under way be answered when it closes', async () => {
    const folder = freshFolder();
    let finish = () => {};
    let started = () => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const close = await serving(folder, () => {
      started();
      return new Promise((resolve) => {
        finish = () => resolve('done');
      });
    });
    const answer = call(folder, 'work');
    await running;
    const closing = close();
    finish();
    expect(await answer).toEqual({ kind: 'answered', response: 'done' });
    await closing;
  });

  it('takes the place of a process that was killed, whose caller learns that it ended', async () => {
    const folder = freshFolder();
    const script = `const s=require('node:net').createServer(c=>c.on('data',()=>process.kill(process.pid,'SIGKILL')));s.listen(process.argv[1],()=>console.log('up'))`;
    const child = spawn(process.execPath, ['-e', script, socketOf(folder)]);
    await once(child.stdout, 'data');
    const exited = once(child, 'exit');
    expect(await call(folder, 'die')).toMatchObject({ kind: 'failed', message: expect.stringContaining('may or may not') });
    await exited;
    expect(lstatSync(socketOf(folder)).isSocket()).toBe(true);
    expect(await call(folder, 1)).toEqual({ kind: 'nobody' });
    await serving(folder, echo);
    expect(await call(folder, 1)).toEqual({ kind: 'answered', response: 1 });
  });

  it('does not take the place of a process that still answers', async () => {
    const folder = freshFolder();
    await serving(folder, echo);
    await expect(serve(folder, echo)).rejects.toThrow('another process already answers');
    expect(await call(folder, 1)).toEqual({ kind: 'answered', response: 1 });
  });

  it('is found through a path too long for a socket, and through a link to it', async () => {
    const root = freshFolder();
    const folder = join(root, 'a-folder-with-a-long-name'.repeat(8), 'data');
    mkdirSync(folder, { recursive: true });
    symlinkSync(folder, join(root, 'short'));
    await serving(folder, echo);
    expect(readdirSync(folder)).toEqual([]);
    expect(await call(folder, 1)).toEqual({ kind: 'answered', response: 1 });
    expect(await call(join(root, 'short'), 2)).toEqual({ kind: 'answered', response: 2 });
  });
});
