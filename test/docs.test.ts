import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { serve } from '../adapters/local-socket.js';
import { execute } from '../src/cli/execute.js';
import { metricsOf } from '../src/cli/metrics.js';
import { openRoom } from '../src/cli/open.js';
import { readConfig } from '../src/config.js';
import { afterwards } from './cli/run-cli.js';
import { describeOnBoth, freshFolder, freshPostgresUrl, hasPostgres } from './support/test-db.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SLOW_MS = 300_000;
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'PRIVACY.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true }).flatMap((each) =>
    String(each).endsWith('.md') ? [`docs/${each}`] : [],
  ),
];
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** Command lines that are not run here, each with the reason. What is no command of Afterwards has to be a script of package.json. */
const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^npm ci$/, 'it has been run where tests run'],
  [/^npm test$/, 'it is what runs this'],
  [/^npm run (lint|types)$/, 'steps of their own before the tests'],
  [/^npm start$/, 'test/cli/start.test.ts runs it'],
  [/^npm run demo/, 'test/cli/stage.test.ts plays it, and so does a step of its own'],
];

/** The commands of a page's shell blocks, in order; a comment and what follows from one is cut off. */
function commandsOf(page: string): readonly string[] {
  const blocks = [...read(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)];
  const lines = blocks.flatMap(([, block = '']) => block.split('\n'));
  return lines
    .flatMap((line) => line.replace(/\s+#.*$/, '').split(' && '))
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

const isSkipped = (command: string) => NOT_RUN.some(([pattern]) => pattern.test(command));
/** Words as a shell splits them, as far as the docs use it. */
const wordsOf = (text: string) => [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

async function run(command: string, cwd: string): Promise<void> {
  const [, settings = '', rest = ''] = /^((?:[A-Z_]+=\S+(?: data\/secret\))? )*)npm run afterwards -- (.*)$/.exec(command) ?? [];
  expect(rest, `${command}: neither a command of Afterwards nor one that is skipped for a reason`).not.toBe('');
  const isOnPostgres = settings.includes('DATABASE_URL');
  if (isOnPostgres && !hasPostgres) return;
  const isRestored = rest.startsWith('restore ') && !isOnPostgres;
  const env = {
    ...(isRestored ? { AFTERWARDS_DATA: 'restored' } : {}),
    ...(isOnPostgres
      ? {
          DATABASE_URL: await freshPostgresUrl({ migrated: false }),
          AFTERWARDS_SECRET: readFileSync(join(cwd, 'data/secret'), 'utf8').trim(),
        }
      : {}),
  };
  const said = await afterwards(wordsOf(rest), { env, cwd });
  expect(said, command).toMatchObject({ exitCode: 0 });
}

/** Holds the folder as the running bot does, so that not each command opens the database anew. */
async function holding(folder: string): Promise<() => Promise<void>> {
  const config = readConfig({ AFTERWARDS_DATA: folder });
  if (!config.ok) throw new Error(config.error.join());
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const room = await openRoom(config.value, { log, poolSize: 1 });
  const stop = await serve(folder, async (request) => {
    const [out, err]: [string[], string[]] = [[], []];
    const voice = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
    return { exitCode: await execute(room, request, voice), stdout: out.join(''), stderr: err.join('') };
  });
  return async () => {
    await stop();
    await room.connection.close();
  };
}

describe('every command line in the docs', () => {
  it(
    'does what it says, one page after the other',
    async () => {
      const cwd = freshFolder();
      writeFileSync(join(cwd, 'roster.csv'), 'name,slack\nAda Lovelace,U0123ABCD\n');
      const stop = await holding(join(cwd, 'data'));
      try {
        await afterwards(['programme', 'set', 'ARENA'], { cwd });
        const done = new Set<string>();
        for (const page of PAGES)
          for (const command of commandsOf(page)) {
            if (isSkipped(command) || done.has(command)) continue;
            done.add(command);
            await run(command, cwd);
          }
        expect(done.size).toBeGreaterThan(8);
      } finally {
        await stop();
      }
    },
    SLOW_MS,
  );

  it('is a script that there is, where it is one of npm', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const named = PAGES.flatMap((page) => [...read(page).matchAll(/\bnpm run ([a-z:]+)/g)].map(([, name = '']) => name));
    expect(named.filter((each) => !(each in scripts))).toEqual([]);
  });
});

describe('every link in the docs', () => {
  it('leads to a page that is there', () => {
    const broken = PAGES.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !existsSync(join(ROOT, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});

describeOnBoth('the numbers at /metrics', (open) => {
  it('are those of the docs, all of them', async () => {
    const { db } = await open();
    const stage = { name: 'plan', spent: () => ({ runs: 0, failures: 0, seconds: 0, lastSeconds: 0 }) };
    const counted = { ended: new Map(), stages: [stage as never], reading: { replies: 0, seconds: 0 } };
    const names = (await metricsOf(db, new Date(), counted)).map(({ name }) => name);
    const documented = [...read('docs/operating.md').matchAll(/^\| `(afterwards_[a-z_]+)` \| (?:gauge|counter)/gm)].map(
      ([, name]) => name,
    );
    expect(documented.sort()).toEqual([...names].sort());
  });
});
