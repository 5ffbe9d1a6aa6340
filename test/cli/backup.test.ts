import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder, freshPostgresUrl, hasPostgres } from '../support/test-db.js';
import { afterwards } from './run-cli.js';

const SLOW_MS = 180_000;
const ROSTER = 'name,slack\nAda Lovelace,U0123ABCD\nGrace Hopper,U0123ABCE\nTom Kilburn,U0123ABCF\n';

describe.skipIf(!hasPostgres)('an operator who moves', () => {
  it(
    'from the embedded database to PostgreSQL finds all of it there, and whoever was erased meanwhile erased',
    async () => {
      const cwd = freshFolder();
      const env = { AFTERWARDS_CLOCK_OFFSET: '0s', SLACK_BOT_TOKEN: '' };
      const on =
        (more: Readonly<Record<string, string>>) =>
        (...argv: string[]) =>
          afterwards(argv, { env: { ...env, ...more }, cwd });
      const here = on({});
      writeFileSync(join(cwd, 'roster.csv'), ROSTER);
      await here('programme', 'set', 'ARENA', '--waves', '12');
      await here('cohort', 'import', 'roster.csv', '--programme', 'ARENA', '--cohort', 'ARENA 9', '--ended', '2026-06-30');
      const forecast = [
        '--wave',
        '12',
        '--track',
        'capabilities',
        '--less-than',
        '10%',
        '--probability',
        '60%',
        '--closes',
        '2028-01-01',
      ];
      await here('predict', 'add', 'ARENA', '--cohort', 'ARENA 9', ...forecast, '--author', 'Callum');
      expect(await here('backup', 'a.backup')).toMatchObject({
        exitCode: 0,
        err: '',
        out: expect.stringMatching(
          /^Written to .*a\.backup: 1 programme, 3 people, 3 check-ins, 0 replies; \d+ rows in \d+ tables\.\n$/,
        ),
      });
      expect(statSync(join(cwd, 'a.backup')).mode & 0o777).toBe(0o600);
      expect(existsSync(join(cwd, 'a.backup.part'))).toBe(false);
      await here('erase', 'slack:U0123ABCE', '--yes');

      const there = on({
        DATABASE_URL: await freshPostgresUrl({ migrated: false }),
        AFTERWARDS_SECRET: readFileSync(join(cwd, 'data/secret'), 'utf8').trim(),
      });
      const restored = await there('restore', 'a.backup');
      expect(restored).toMatchObject({ exitCode: 0, err: expect.stringContaining('a.backup is whole') });
      expect(restored.out).toContain('Restored 1 programme, 3 people');
      expect(restored.out).toContain('Erased again, since they had asked for it after the backup was made: 1 person.');
      expect(restored.out).toContain('nothing goes out twice');
      expect((await there('checkins')).out).not.toContain('Grace');
      const verified = (each: typeof here) => each('predict', 'verify', 'ARENA').then(({ exitCode, out }) => ({ exitCode, out }));
      expect(await verified(there)).toEqual(await verified(here));
      const reported = (each: typeof here) =>
        each('report', 'ARENA', '--format', 'json').then(({ out }) => ({ ...JSON.parse(out), asOf: null }));
      expect(await reported(there)).toEqual(await reported(here));

      expect(await there('restore', 'a.backup')).toMatchObject({
        exitCode: 1,
        out: '',
        err: expect.stringMatching(/this database is not empty[\s\S]*Nothing was restored/),
      });
      expect(await there('restore', 'nowhere.backup')).toMatchObject({
        exitCode: 1,
        err: expect.stringContaining('there is no such file'),
      });
      expect(await there('restore', 'roster.csv')).toMatchObject({
        exitCode: 1,
        err: expect.stringContaining('cannot be unpacked'),
      });
      expect(await here('backup', 'no/such/folder/a.backup')).toMatchObject({
        exitCode: 1,
        err: expect.stringContaining('No backup was made'),
      });
    },
    SLOW_MS,
  );
});
