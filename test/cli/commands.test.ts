import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../src/config.js';
import { freshFolder, freshPostgresUrl, hasPostgres } from '../support/test-db.js';
import { afterwards } from './run-cli.js';

const SECRET = 'a secret for the tests';
const ROSTER = 'name,slack,timezone\nAda Lovelace,U0123ABCD,Europe/London\nGrace Hopper,U0123ABCE,\n';

let env: Environment;
let cwd: string;
const run = (...argv: string[]) => afterwards(argv, { env, cwd });
const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--json')).out);

async function importRoster(text = ROSTER, ...options: string[]) {
  writeFileSync(join(cwd, 'roster.csv'), text);
  return run(
    'cohort',
    'import',
    'roster.csv',
    '--programme',
    'ARENA',
    '--cohort',
    'ARENA 2.0',
    '--ended',
    '2026-06-30',
    ...options,
  );
}

describe.skipIf(!hasPostgres)('commands on PostgreSQL', () => {
  beforeEach(async () => {
    // The clock stands long before the cohort's first wave.
    const offsetDays = Math.floor((Date.parse('2026-07-15T12:00:00Z') - Date.now()) / 86_400_000);
    env = { DATABASE_URL: await freshPostgresUrl(), AFTERWARDS_SECRET: SECRET, AFTERWARDS_CLOCK_OFFSET: `${offsetDays}d` };
    cwd = freshFolder();
  });

  it('sets a programme up and says what to do next', async () => {
    const set = await run('programme', 'set', 'ARENA', '--timezone', 'Europe/London', '--waves', '12,3,6');
    expect(set).toMatchObject({ exitCode: 0, err: '' });
    expect(set.out).toMatch(/Created ARENA[\s\S]*waves +3,6,12[\s\S]*Next: afterwards cohort import/);
    expect((await run('programme', 'set', 'arena', '--waves', '3,6,12')).out).toContain('nothing was changed');
    const [listed] = await json('programme', 'list');
    expect(listed).toMatchObject({ name: 'ARENA', cohorts: 0, settings: { waves: '3,6,12', timezone: 'Europe/London' } });
  });

  it('refuses settings that do not go with those there are, and changes nothing', async () => {
    await run('programme', 'set', 'ARENA');
    const refused = await run('programme', 'set', 'ARENA', '--reminders', '4d,30d', '--waves', '3');
    expect(refused).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining('before the question lapses (28d)') });
    expect((await json('programme', 'list'))[0].settings.waves).toBe('3,6,12,24,36,48,60');
  });

  it('imports a cohort, plans it, and says when it begins', async () => {
    await run('programme', 'set', 'ARENA', '--waves', '3,6');
    const dry = await importRoster(ROSTER, '--dry-run');
    expect(dry.out).toContain('2 people, first question around 30 September 2026');
    expect(await json('checkins')).toEqual([]);
    const imported = await importRoster();
    expect(imported).toMatchObject({ exitCode: 0, err: '' });
    expect(imported.out).toContain('ARENA 2.0 (ended 30 June 2026): 2 people, first question around 30 September 2026.');
    const checkIns = await json('checkins', '--programme', 'ARENA');
    expect(checkIns).toHaveLength(4);
    expect(Object.keys(checkIns[0])).toEqual(['alumnus', 'cohort', 'waveMonths', 'state', 'dueAt', 'deliveredAt', 'answeredAt']);
    expect(checkIns[0]).toMatchObject({
      alumnus: 'Ada Lovelace',
      cohort: 'ARENA 2.0',
      waveMonths: 3,
      state: 'planned',
      answeredAt: null,
    });
    expect((await run('checkins')).out.split('\n')[0]).toMatch(/^alumnus +cohort +wave +state +due/);
    expect((await importRoster()).out).toContain('2 as before');
    const changed = await run('programme', 'set', 'ARENA', '--waves', '3,9');
    expect(changed.out).toMatch(
      /waves +3,6 → 3,9[\s\S]*wave 6: 2 people will not be asked any more[\s\S]*wave 9: 2 people will be asked/,
    );
  });

  it('imports nothing where a line is bad, and names every bad line', async () => {
    await run('programme', 'set', 'ARENA');
    const bad = await importRoster('name,slack\nAda,not an id\n,U0123ABCE\nGrace,U0123ABCF\n');
    expect(bad).toMatchObject({ exitCode: 1, out: '' });
    expect(bad.err).toMatch(/line 2, slack: [\s\S]*line 3, name: [\s\S]*Nothing was imported: 2 problems/);
    expect(await json('cohort', 'list')).toEqual([]);
    expect(
      (await run('cohort', 'import', 'none.csv', '--programme', 'ARENA', '--cohort', 'C', '--ended', '2026-06-30')).err,
    ).toContain('no such file');
  });

  it('pauses, resumes and archives', async () => {
    await run('programme', 'set', 'ARENA');
    await importRoster();
    const mark = (verb: string) => run('cohort', verb, 'arena 2.0', '--programme', 'ARENA');
    expect((await mark('pause')).out).toContain('is paused');
    expect((await json('cohort', 'list'))[0]).toMatchObject({ cohort: 'ARENA 2.0', people: 2, pausedAt: expect.any(String) });
    expect((await mark('resume')).out).toContain('goes on');
    expect((await mark('archive')).out).toContain('is archived');
    expect(await mark('pause')).toMatchObject({ exitCode: 1, err: expect.stringContaining('is archived') });
    expect((await run('programme', 'archive', 'ARENA')).exitCode).toBe(0);
    expect(await run('programme', 'set', 'ARENA', '--waves', '3')).toMatchObject({ exitCode: 1 });
  });

  it('keeps organisers by account and by address', async () => {
    await run('programme', 'set', 'ARENA');
    for (const who of ['slack:U1', 'discord:12', 'Ada@example.org', 'slack:U1'])
      expect((await run('organiser', 'add', who, '--programme', 'ARENA')).exitCode).toBe(0);
    await run('organiser', 'remove', 'discord:12', '--programme', 'ARENA');
    expect(await json('organiser', 'list', '--programme', 'ARENA')).toEqual(['slack:U1', 'ada@example.org']);
    expect(await run('organiser', 'remove', 'discord:12', '--programme', 'ARENA')).toMatchObject({ exitCode: 1 });
  });

  it('reports, also into a file', async () => {
    await run('programme', 'set', 'ARENA');
    await importRoster();
    expect((await run('report', 'ARENA')).out).toContain('WHO ANSWERED');
    const written = await run('report', 'ARENA', '--cohort', 'ARENA 2.0', '--wave', '3', '--format', 'json', '--out', 'r.json');
    expect(written).toMatchObject({ exitCode: 0, out: '' });
    const report = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'));
    expect(report).toMatchObject({
      programme: 'ARENA',
      cohorts: ['ARENA 2.0'],
      waveMonths: 3,
      audience: 'organisers',
      people: { roster: 2 },
    });
    expect(await run('report', 'ARENA', '--wave', '5')).toMatchObject({ exitCode: 1, err: expect.stringContaining('no wave 5') });
  });

  it('puts a prediction on record, lists and shows it, and does not resolve it early', async () => {
    await run('programme', 'set', 'ARENA');
    await importRoster();
    const claimAbout = (track: string) =>
      ['predict', 'add', 'ARENA', '--cohort', 'ARENA 2.0', '--wave', '12', '--track', track, '--less-than', '10%'].concat([
        '--probability',
        '80%',
        '--closes',
        '2027-12-31',
        '--author',
        'Ada',
      ]);
    expect(await run(...claimAbout('cooking'))).toMatchObject({
      exitCode: 1,
      err: expect.stringMatching(/“cooking” is not a field of ARENA: there are .*field_building/),
    });
    const made = await json(...claimAbout('capabilities'));
    expect(made).toMatchObject({
      id: 'p1',
      threshold: 0.1,
      probability: 0.8,
      class: { track: 'capabilities', scope: 'main' },
      roster: 2,
    });
    expect(await json('predict', 'list', 'ARENA')).toMatchObject([{ id: 'p1', probability: 0.8, outcome: null }]);
    expect((await run('predict', 'show', 'p1')).out).toContain('80% sure');
    expect(await run('predict', 'resolve', 'p1')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('31 December 2027'),
    });
    expect((await json('predict', 'resolve')).resolved).toBe(0);
  });

  it('shows the digest, and posts it only where there is a channel', async () => {
    await run('programme', 'set', 'ARENA');
    expect(await run('digest', 'ARENA')).toMatchObject({ exitCode: 0, err: expect.stringContaining('nothing to post') });
    expect(await run('digest', 'ARENA', '--post')).toMatchObject({ exitCode: 1, err: expect.stringContaining('--channel') });
  });

  it('erases a person by their account, and does not bring them back with the next import', async () => {
    await run('programme', 'set', 'ARENA', '--waves', '3');
    await importRoster();
    expect(await run('erase', 'slack:U9', '--yes')).toMatchObject({ exitCode: 1, err: expect.stringContaining('slack:U9') });
    expect(await run('erase', 'slack:U0123ABCD', '--yes')).toMatchObject({ exitCode: 0, err: '' });
    const states = (await json('checkins')).map((each: { alumnus: string | null; state: string }) => [each.alumnus, each.state]);
    expect(states).toContainEqual([null, 'erased']);
    expect((await importRoster()).out).toContain('1 left out: they had everything about them erased');
  });

  it('wants the secret only for what needs it', async () => {
    env = { ...env, AFTERWARDS_SECRET: undefined };
    expect(await run('programme', 'set', 'ARENA')).toMatchObject({ exitCode: 0 });
    expect(await importRoster()).toMatchObject({ exitCode: 1, err: expect.stringContaining('AFTERWARDS_SECRET is missing') });
  });

  it('says which programmes there are where one is not', async () => {
    await run('programme', 'set', 'ARENA');
    expect(await run('report', 'MATS')).toMatchObject({ exitCode: 1, err: 'There is no programme "MATS": there is ARENA\n' });
  });
});

describe('commands on the embedded database', () => {
  it('keep it in the folder, with a secret that only its owner reads; .env says which', async () => {
    env = {};
    cwd = freshFolder();
    writeFileSync(join(cwd, '.env'), 'AFTERWARDS_DATA=here\n');
    expect(await run('migrate')).toMatchObject({ exitCode: 0, out: 'The database is up to date.\n' });
    expect(statSync(join(cwd, 'here', 'secret')).mode & 0o777).toBe(0o600);
    const secret = readFileSync(join(cwd, 'here', 'secret'), 'utf8');
    expect(await run('programme', 'set', 'ARENA')).toMatchObject({ exitCode: 0 });
    expect((await json('programme', 'list'))[0].name).toBe('ARENA');
    expect(readFileSync(join(cwd, 'here', 'secret'), 'utf8')).toBe(secret);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });
});
