import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../db/folder-lock.js';
import { carryOut } from '../../src/cli/carry-out.js';
import { freshFolder, freshPostgresUrl, hasPostgres } from '../support/test-db.js';
import { afterwards, type Running, spawned, untilSaid } from './run-cli.js';

/** Starting a process with a new database takes seconds, and much longer on a busy machine. */
const SLOW = 240_000;

const children: Running[] = [];
afterEach(async () => {
  for (const each of children.splice(0)) {
    each.child.kill('SIGKILL');
    await each.ended;
  }
});

async function started(env: Record<string, string>): Promise<Running> {
  const running = spawned(['start'], { env: { PORT: '0', LOG_LEVEL: 'info', ...env } });
  children.push(running);
  await untilSaid(running, /"msg":"started"/);
  return running;
}

const portOf = (running: Running): number => Number(/"port":(\d+)/.exec(running.err())?.[1]);

describe('start on the embedded database', () => {
  it(
    'carries out what other processes ask, refuses a second start, and can be killed',
    async () => {
      const folder = freshFolder();
      const env = { AFTERWARDS_DATA: folder };
      const first = await started(env);
      const run = (...argv: string[]) => afterwards(argv, { env, cwd: folder });
      expect(await run('programme', 'set', 'ARENA', '--waves', '3')).toMatchObject({ exitCode: 0, err: '' });
      writeFileSync(join(folder, 'roster.csv'), 'name,slack\nAda Lovelace,U0123ABCD\n');
      const order = ['cohort', 'import', 'roster.csv', '--programme', 'ARENA', '--cohort', 'C', '--ended', '2020-01-31'];
      expect((await run(...order)).out).toContain('1 person');
      expect(await run('report', 'MATS')).toMatchObject({ exitCode: 1, err: 'There is no programme "MATS": there is ARENA\n' });
      expect(await run('start')).toMatchObject({
        exitCode: 1,
        out: '',
        err: expect.stringMatching(/^.* is in use by process \d+.*\n$/),
      });

      const ask = (path: string) => fetch(`http://127.0.0.1:${portOf(first)}${path}`);
      expect((await ask('/healthz')).status).toBe(200);
      expect((await ask('/readyz')).status).toBe(200);
      expect(await (await ask('/metrics')).text()).toMatch(/afterwards_tick_runs_total\{stage="plan"\} \d+/);

      first.child.kill('SIGKILL');
      await first.ended;
      const second = await started(env);
      expect((await run('programme', 'list')).out).toContain('ARENA');
      second.child.stdin.write('/be Ada\nI joined Apollo last week, xoxb-1\n');
      await untilSaid(second, /Ada Lovelace/);
      second.child.kill('SIGTERM');
      expect(await second.ended).toBe(0);
      for (const each of [first, second]) expect(each.err()).not.toMatch(/Ada|Lovelace|Apollo|xoxb/);
      expect((await run('programme', 'list')).out).toContain('ARENA');
    },
    SLOW,
  );

  it('tells who holds the folder, where nobody answers in time', async () => {
    const folder = freshFolder();
    const lock = await lockFolder(folder);
    const shell = { env: { AFTERWARDS_DATA: folder }, cwd: folder, input: process.stdin, out: () => {}, err: () => {} };
    await expect(carryOut(shell, { kind: 'migrate' }, 100)).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`in use by process ${process.pid}`),
    });
    if (lock.kind === 'locked') await lock.release();
  });
});

describe.skipIf(!hasPostgres)('start on PostgreSQL', () => {
  it(
    'sees what a command of another process changes, and ends on SIGTERM',
    async () => {
      const env = { DATABASE_URL: await freshPostgresUrl(), AFTERWARDS_SECRET: 'a secret for the tests' };
      const running = await started(env);
      const set = await afterwards(['programme', 'set', 'Sample', '--waves', '3'], { env });
      expect(set).toMatchObject({ exitCode: 0 });
      running.child.stdin.write('/alumni cohorts\n');
      await untilSaid(running, /Sample/);
      running.child.kill('SIGTERM');
      expect(await running.ended).toBe(0);
    },
    SLOW,
  );
});
