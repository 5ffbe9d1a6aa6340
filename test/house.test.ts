import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['src', 'adapters', 'db', 'scripts', 'test'];
const LONGEST_FILE = 300;
const EMPTY_NAMES = /(^|[-.])(utils?|helpers?|common|services?|managers?)([-.]|$)/;

type Room = {
  /** The files of the room: a path's beginning, or all of it. */
  readonly is: string;
  /** Beginnings of paths and names of packages; a package's name allows its subpaths. `node:*` stands for every built-in module. */
  readonly may: readonly string[] | 'everything';
  readonly because: string;
};

const FRONT_DOOR = 'src/main.ts';

const ROOMS: readonly Room[] = [
  {
    is: 'src/domain/',
    may: ['src/domain/', 'zod', 'temporal-polyfill', 'node:crypto'],
    because: 'the domain decides on plain data: what it needs from outside is handed in',
  },
  {
    is: 'src/reading/',
    may: [
      'src/reading/',
      'src/domain/',
      'chrono-node',
      'fastest-levenshtein',
      'temporal-polyfill',
      'node:fs',
      'node:path',
      'node:url',
      'node:zlib',
    ],
    because: 'the offline reader is pure: it reads words and its own data files, and nothing else',
  },
  {
    is: 'src/ports.ts',
    may: ['src/domain/', 'src/platform-ports.ts', 'src/programme-ports.ts'],
    because: 'the ports are types over the domain, so that both sides can depend on them',
  },
  {
    is: 'src/report-ports.ts',
    may: ['src/domain/', 'src/ports.ts', 'src/programme-ports.ts'],
    because: 'the ports are types over the domain, so that both sides can depend on them',
  },
  {
    is: 'src/programme-ports.ts',
    may: ['src/domain/'],
    because: 'the ports are types over the domain, so that both sides can depend on them',
  },
  {
    is: 'src/organiser-ports.ts',
    may: ['src/domain/', 'src/ports.ts', 'src/platform-ports.ts', 'src/programme-ports.ts'],
    because: 'the ports are types over the domain, so that both sides can depend on them',
  },
  {
    is: 'src/platform-ports.ts',
    may: ['src/domain/', 'src/ports.ts', 'node:http'],
    because: 'the ports are types over the domain, so that both sides can depend on them',
  },
  {
    is: 'src/flows/',
    may: [
      'src/domain/',
      'src/reading/',
      'src/ports.ts',
      'src/platform-ports.ts',
      'src/report-ports.ts',
      'src/organiser-ports.ts',
      'src/programme-ports.ts',
    ],
    because: 'a flow knows no platform and no database, and never calls another flow: it is handed its ports',
  },
  { is: 'src/config.ts', may: ['zod', 'src/domain/'], because: 'the configuration is parsed before anything else is loaded' },
  { is: 'src/cli/', may: 'everything', because: 'commands are put together here' },
  { is: FRONT_DOOR, may: 'everything', because: 'the front door joins the rooms' },
  {
    is: 'db/',
    may: [
      'db/',
      'src/domain/',
      'src/ports.ts',
      'src/platform-ports.ts',
      'src/report-ports.ts',
      'src/organiser-ports.ts',
      'src/programme-ports.ts',
      'drizzle-orm',
      'pg',
      '@electric-sql/pglite',
      'zod',
      'node:*',
    ],
    because: 'the database answers questions: it knows neither flows nor platforms',
  },
  { is: 'scripts/', may: 'everything', because: 'scripts are run by people' },
  { is: 'test/', may: 'everything', because: 'tests look into every room' },
];

/** Packages that one adapter wraps, or that belong to another room, by the beginning of their names. The rest is free to adapters. */
const OWNERS: readonly (readonly [startOfPackage: string, owner: string])[] = [
  ['@slack/', 'adapters/slack'],
  ['discord.js', 'adapters/discord'],
  ['@discordjs/', 'adapters/discord'],
  ['discord-api-types', 'adapters/discord'],
  ['@ai-sdk/', 'adapters/llm'],
  ['ai', 'adapters/llm'],
  ['node-cron', 'adapters/cron'],
  ['pino', 'adapters/log'],
  ['drizzle-orm', 'db'],
  ['pg', 'db'],
  ['@electric-sql/', 'db'],
  ['chrono-node', 'src/reading'],
  ['fastest-levenshtein', 'src/reading'],
  ['commander', 'src/cli'],
];

/** Null where the import is right, else the reason why it is not. `to`: a path from the root, or a package. */
function wrongDirection(from: string, to: string): string | null {
  if (to === FRONT_DOOR)
    return `${from} imports ${to}: nobody imports the front door, or nothing could be tested without starting the bot`;
  if (from === 'db/drizzle.config.ts' && to === 'drizzle-kit') return null;
  if (from.startsWith('adapters/')) return wrongForAdapter(from, to);
  const room = ROOMS.find(({ is }) => from === is || (is.endsWith('/') && from.startsWith(is)));
  if (!room)
    return `${from} is in no room: a file of src/ belongs to domain, reading, flows, cli, or is config.ts, ports.ts or main.ts`;
  if (room.may === 'everything' || room.may.some((allowed) => matches(to, allowed))) return null;
  return `${from} imports ${to}: ${room.because} (allowed: ${room.may.join(', ')})`;
}

function wrongForAdapter(from: string, to: string): string | null {
  const mine = from.split('/').slice(0, 2).join('/').replace(/\.ts$/, '');
  const myFolder = `${dirname(from).split('/').slice(0, 2).join('/')}/`;
  if (isFile(to)) {
    const isAtHome = myFolder === 'adapters/' ? dirname(to) === 'adapters' : to.startsWith(myFolder);
    if (isAtHome || to.startsWith('src/domain/') || to === 'src/ports.ts' || to === 'src/platform-ports.ts') return null;
    return `${from} imports ${to}: an adapter translates between its platform and the ports; it may use src/domain, src/ports.ts, src/platform-ports.ts and ${myFolder}`;
  }
  const owner = OWNERS.find(([start]) => (start.endsWith('/') ? to.startsWith(start) : matches(to, start)))?.[1];
  if (owner === undefined || owner === mine) return null;
  return `${from} imports ${to}: that package belongs to ${owner}, and is used there only`;
}

function matches(to: string, allowed: string): boolean {
  if (allowed === 'node:*') return to.startsWith('node:');
  if (isFile(allowed)) return to === allowed || (allowed.endsWith('/') && to.startsWith(allowed));
  return to === allowed || to.startsWith(`${allowed}/`);
}

function isFile(path: string): boolean {
  return SOURCES.some((folder) => path.startsWith(`${folder}/`));
}

const UNKNOWN = '(an expression)';

/** Comments, strings and templates match too, as wholes, so that an import within one of them is not taken for an import. */
const TOKENS = new RegExp(
  [
    /\/\/.*/,
    /\/\*[\s\S]*?\*\//,
    /\b(?:import|export)\s+(?:type\s+)?[\w$\s{},*]+?\s*from\s*['"](?<from>[^'"]+)['"]/,
    /\bimport\s*['"](?<bare>[^'"]+)['"]/,
    /\b(?:import|require|vi\.mock)\s*\(\s*(?:['"](?<call>[^'"]+)['"]|(?<computed>[^)\s'"]))/,
    /'(?:\\.|[^'\\\n])*'/,
    /"(?:\\.|[^"\\\n])*"/,
    /`(?:\\.|[^`\\])*`/,
  ]
    .map((token) => token.source)
    .join('|'),
  'g',
);

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(TOKENS)].flatMap(({ groups }) => {
    const name = groups?.from ?? groups?.bare ?? groups?.call ?? (groups?.computed ? UNKNOWN : undefined);
    if (name === undefined) return [];
    return [name.startsWith('.') ? posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts') : name];
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    );
}

const files = SOURCES.flatMap(filesBelow).sort();
const code = files.filter((path) => /\.m?ts$/.test(path)).map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

describe('the house', () => {
  it('imports in the right direction only', () => {
    const wrong = code.flatMap(({ path, text }) => importsOf(path, text).map((to) => wrongDirection(path, to)));
    expect(wrong.filter((reason) => reason !== null)).toEqual([]);
  });

  it('imports by names that can be read here, outside scripts and tests', () => {
    const rooms = code.filter(({ path }) => !/^(scripts|test)\//.test(path));
    expect(rooms.filter(({ path, text }) => importsOf(path, text).includes(UNKNOWN)).map(({ path }) => path)).toEqual([]);
  });

  it('has no names that say nothing: a function lives with its noun', () => {
    expect(files.filter((path) => path.split('/').some((part) => EMPTY_NAMES.test(part)))).toEqual([]);
  });

  it('has no barrel files', () => {
    expect(files.filter((path) => /(^|\/)index\.m?[jt]s$/.test(path))).toEqual([]);
  });

  it(`has no file over ${LONGEST_FILE} lines in src: split it by subject`, () => {
    const long = code.filter(({ path, text }) => path.startsWith('src/') && text.trimEnd().split('\n').length > LONGEST_FILE);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('installs from whichever registry the machine uses: package-lock.json names none', () => {
    const named = [...readFileSync(join(ROOT, 'package-lock.json'), 'utf8').matchAll(/"resolved"\s*:\s*"([^"]*)"/g)];
    expect(named.map((match) => match[1])).toEqual([]);
  });
});

describe('the house rules, on made-up files', () => {
  const judge = (from: string, text: string) => importsOf(from, text).map((to) => wrongDirection(from, to));

  it.each([
    ['src/domain/wave.ts', `import pg from 'pg'`, 'plain data'],
    ['src/domain/wave.ts', `import type { Store } from '../ports.js'`, 'plain data'],
    ['src/domain/wave.ts', `import { readFile } from 'node:fs/promises'`, 'plain data'],
    ['src/domain/wave.ts', `export * from '../flows/deliver.js'`, 'plain data'],
    ['src/domain/wave.ts', `type Db = import('../../db/connect.js').Db`, 'plain data'],
    ['src/reading/dates.ts', `const { z } = await import("zod")`, 'the offline reader'],
    ['src/ports.ts', `import { z } from 'zod'`, 'types over the domain'],
    ['src/flows/deliver.ts', `import { say } from './say.js'`, 'never calls another flow'],
    ['src/flows/deliver.ts', `import {\n  type Db,\n} from '../../db/connect.js'`, 'no platform and no database'],
    ['src/config.ts', `import 'pino'`, 'before anything else'],
    ['db/people.ts', `import { call } from '../adapters/local-socket.js'`, 'neither flows nor platforms'],
    ['adapters/slack/listen.ts', `import { render } from '../discord/render.js'`, 'an adapter translates'],
    ['adapters/slack/listen.ts', `import { db } from '../../db/connect.js'`, 'an adapter translates'],
    ['adapters/slack/listen.ts', `import { Client } from 'discord.js'`, 'belongs to adapters/discord'],
    ['adapters/cron.ts', `import { sql } from 'drizzle-orm/pg-core'`, 'belongs to db'],
    ['adapters/cron.ts', `import { listen } from './slack/listen.js'`, 'an adapter translates'],
    ['test/stories/year.test.ts', `import '../../src/main.js'`, 'nobody imports the front door'],
    ['src/cli/start.ts', `await import('../main.js')`, 'nobody imports the front door'],
    ['src/bot.ts', `import { z } from 'zod'`, 'in no room'],
  ])('refuse in %s: %s', (from, text, reason) => {
    expect(judge(from, text)).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    [
      'src/domain/wave.ts',
      `import { Temporal } from 'temporal-polyfill'; import { z } from 'zod/v4'; import { createHash } from 'node:crypto'`,
    ],
    [
      'src/domain/wave.ts',
      `// import pg from 'pg'\n/* import pg from 'pg' */ const text = "import pg from 'pg'"; const code = \`import('pg')\``,
    ],
    ['src/flows/deliver.ts', `import type { Ports } from '../ports.js'; import { dueAt } from '../domain/wave.js'`],
    [
      'adapters/slack/listen.ts',
      `import { App } from '@slack/bolt'; import { z } from 'zod'; import { render } from './render.js'`,
    ],
    ['adapters/cron.ts', `import cron from 'node-cron'; import { log } from './log.js'; import { join } from 'node:path'`],
    ['db/drizzle.config.ts', `import { defineConfig } from 'drizzle-kit'`],
    ['src/cli/start.ts', `const { connectPostgres } = await import('../../db/connect.js')`],
  ])('allow in %s: %s', (from, text) => {
    expect(judge(from, text).filter((reason) => reason !== null)).toEqual([]);
  });

  it('see an import whose name is computed', () => {
    expect(importsOf('src/cli/start.ts', 'await import(name)')).toEqual([UNKNOWN]);
  });
});
