import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { freshFolder } from '../support/test-db.js';
import { afterwards } from './run-cli.js';

const PREDICT = ['predict', 'add', 'ARENA', '--cohort', 'A', '--closes', '2030-01-01', '--author', 'Ada'];

describe('wrong use', () => {
  it.each([
    [[], 'Usage'],
    [['nonsense'], 'unknown command'],
    [['programme'], 'Usage'],
    [['programme', 'set'], 'missing required argument'],
    [['programme', 'set', 'ARENA', '--waves', 'soon'], 'is not a wave'],
    [['programme', 'set', 'ARENA', '--spread', '1.5h'], '0s to send to everybody at once'],
    [['programme', 'set', 'ARENA', '--lapse', '0s'], '28d'],
    [['programme', 'set', 'ARENA', '--channel', 'general'], 'slack:C0123ABCD'],
    [['programme', 'set', 'ARENA', '--min-cell', '0'], '1 to 100'],
    [['programme', 'set', 'ARENA', '--channel', 'slack:nope'], 'slack:C0123ABCD'],
    [['programme', 'set', 'AR\u001b[31mENA'], 'control characters'],
    [['programme', 'set', 'n'.repeat(101)], 'at most 100 characters'],
    [['cohort', 'import', 'r.csv', '--programme', 'P', '--cohort', ' ', '--ended', '2023-02-28'], 'A cohort needs a name'],
    [['organiser', 'add', 'bob', '--programme', 'ARENA'], 'e-mail address'],
    [['organiser', 'add', 'slack:U1'], '--programme'],
    [['cohort', 'import', 'r.csv', '--programme', 'P', '--cohort', 'C', '--ended', '2023-02-30'], '2023-06-30'],
    [['cohort', 'pause', '--programme', 'P'], 'Which cohort?'],
    [['erase', 'Ada', '--yes'], 'slack:U0123ABCD'],
    [['erase', 'slack:U1'], 'add --yes'],
    [['report', 'ARENA', '--format', 'pdf'], 'not known: use text'],
    [['compare', 'ARENA', '--cohort', 'ARENA 2.0'], 'nothing beside it'],
    [['compare', 'ARENA', 'MATS', '--cohort', 'ARENA 2.0'], 'goes with one programme'],
    [['predict', 'amend', 'p1'], 'Say what changes'],
    [['report', 'ARENA', '--wave', 'x'], '--wave x'],
    [['report', 'ARENA', '--as-of', '2026-02-30'], '2024-06-30'],
    [['report', 'ARENA', '--audience', 'press'], 'organisers or public'],
    [[...PREDICT, '--wave', '12', '--track', 'non_ai', '--probability', '0.8'], '--less-than or --more-than'],
    [[...PREDICT, '--wave', '12', '--track', 'non_ai', '--more-than', '100%', '--probability', '2'], 'nothing is more than'],
    [['estimate', '--roster', '28', '--known', '20'], '--count'],
    [['estimate', '--roster', '0', '--known', '0', '--count', '0'], 'at least 1'],
    [['estimate', '--roster', '28', '--known', '20', '--count', '21'], 'cannot be more'],
    [['estimate', '--roster', '28', '--known', '29', '--count', '1'], 'cannot be more'],
    [['estimate', '--roster', '28', '--known', '20', '--count', '1.5'], 'whole number'],
    [['estimate', '--roster', '28', '--known', '20', '--count', '-1'], 'whole number'],
  ])('exits 2 and says what to do: %j', async (argv, words) => {
    // A database that cannot be: whatever is wrong with the words must be found before.
    const said = await afterwards(argv, { env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } });
    expect(said).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(words) });
    expect(said.err).not.toMatch(/^\s+at /m);
  });

  it('names every impossible setting at once', async () => {
    const options = [
      '--waves',
      'x',
      '--send-window',
      '16:00-10:00',
      '--reminders',
      '4d,40d',
      '--lapse',
      '28d',
      '--timezone',
      'Mars',
    ];
    const { err } = await afterwards(['programme', 'set', 'ARENA', ...options]);
    for (const words of ['"x" is not a wave', 'ends before it starts', 'must come before the question lapses', '"Mars"'])
      expect(err).toContain(words);
  });
});

describe('what fails', () => {
  it('exits 2 where a name is empty, and says which', async () => {
    const env = { AFTERWARDS_DATA: freshFolder() };
    const said = await afterwards(['checkins', '--programme', ''], { env });
    expect(said).toEqual({ exitCode: 2, out: '', err: 'programme: a name is missing: this one is empty\n' });
  });

  it('exits 1 with one line where the database cannot be reached', async () => {
    const said = await afterwards(['checkins'], { env: { DATABASE_URL: 'postgres://u:hush@127.0.0.1:1/none' } });
    expect(said).toMatchObject({ exitCode: 1, out: '', err: expect.stringContaining('127.0.0.1:1/none') });
    expect(said.err).not.toContain('hush');
  });

  it('lists every problem of the environment, .env included', async () => {
    const said = await afterwards(['checkins'], { env: { LOG_LEVEL: 'loud', PORT: 'x' }, cwd: freshFolder() });
    expect(said).toMatchObject({ exitCode: 1, err: expect.stringMatching(/PORT.*\n.*LOG_LEVEL|LOG_LEVEL.*\n.*PORT/) });
  });

  it('wants a secret of its own beside PostgreSQL', async () => {
    const said = await afterwards(['start'], { env: { DATABASE_URL: 'postgres://127.0.0.1:1/none' } });
    expect(said).toMatchObject({ exitCode: 1, err: expect.stringContaining('AFTERWARDS_SECRET is missing') });
  });
});

describe('help', () => {
  it.each([[['--help']], [['programme', 'set', '--help']], [['cohort', 'import', '--help']], [['predict', 'add', '--help']]])(
    'is there, with an example: %j',
    async (argv) => {
      const said = await afterwards(argv);
      expect(said).toMatchObject({ exitCode: 0, err: '', out: expect.stringMatching(/Usage: afterwards[\s\S]*afterwards \w+/) });
      expect(Math.max(...said.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
    },
  );

  it('loads nothing but the words: commander alone', () => {
    const imported = new Set<string>();
    const follow = (path: string) => {
      const text = readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8');
      for (const [, from = ''] of text.matchAll(/^import (?!type )[^;]*?'([^']+)';/gm)) {
        if (imported.has(from)) continue;
        imported.add(from);
        if (from.startsWith('./')) follow(`cli/${from.replace(/^\.\/(cli\/)?/, '').replace(/\.js$/, '.ts')}`);
      }
    };
    follow('main.ts');
    expect([...imported].filter((from) => !from.startsWith('./'))).toEqual(['node:fs', 'node:util', 'commander']);
  });
});

describe('estimate', () => {
  it('prints the contract as JSON', async () => {
    const said = await afterwards(['estimate', '--roster', '28', '--known', '20', '--count', '1', '--json']);
    expect(said).toMatchObject({ exitCode: 0, err: '' });
    const estimate = JSON.parse(said.out);
    expect(Object.keys(estimate)).toEqual(['roster', 'known', 'count', 'share', 'bounds', 'interval', 'sensitivity']);
    expect(estimate).toMatchObject({ roster: 28, known: 20, count: 1, share: 0.05, interval: { low: 1, high: 4 } });
  });

  it('never says none of none seen', async () => {
    const { out } = await afterwards(['estimate', '--roster', '28', '--known', '20', '--count', '0']);
    expect(out).toContain('0 of 20; up to 2 of 28 if the unknown are like the rest');
  });
});

describe('parse', () => {
  const line = (id: string, words: string) =>
    JSON.stringify({
      id,
      programme: 'ARENA',
      cohort: 'ARENA 2.0',
      cohort_end: '2023-06-30',
      received: '2024-06-30',
      messages: [words],
    });

  it('codes a reply a line, in order, and goes on after a line that is none', async () => {
    const input = [`\uFEFF${line('a', 'please stop writing to me')}`, '', 'nonsense', '{"id":1}', line('b', 'nothing new')].join(
      '\r\n',
    );
    const said = await afterwards(['parse'], { input });
    const records = said.out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(records.map((each) => [each.id, each.intent])).toEqual([
      ['a', 'stop'],
      [null, undefined],
      [1, undefined],
      ['b', 'no_change'],
    ]);
    expect(records[1]).toEqual({ id: null, error: expect.stringContaining('not JSON') });
    expect(Object.keys(records[0])).toEqual(['id', 'intent', 'activities', 'influence', 'help_wanted']);
    expect(said.err).toMatch(/^line 3: .*\nline 4: .*\n$/);
    expect(said.exitCode).toBe(1);
  });

  it('reads a timestamp as the day it names', async () => {
    const words = line('a', 'I started at METR in March');
    const [day, timestamp] = await Promise.all(
      [words, words.replace('2024-06-30', '2024-06-30T10:00:00Z')].map((input) => afterwards(['parse'], { input })),
    );
    expect(timestamp).toEqual(day);
    expect(timestamp?.exitCode).toBe(0);
  });
});
