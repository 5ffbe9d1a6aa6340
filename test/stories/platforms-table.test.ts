import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Platform } from '../../src/domain/people.js';
import type { SharedStory } from '../support/shared-story.js';
import { SHARED_STORIES } from './shared-stories.js';

const COLUMNS: Readonly<Record<Platform, string>> = { slack: 'Slack', discord: 'Discord', terminal: 'Terminal' };
const PLATFORMS = Object.keys(COLUMNS) as Platform[];

const INTRODUCTION = `# What works where

Each line is a story that the tests play with the platform's real client against a made-up Slack and a made-up Discord on this machine,
and with the real chat in the terminal: on the embedded database on each of them, and on PostgreSQL on one of them in turn. None of
them says that the real Slack or the real Discord was asked. The tables here and in the README are made from the stories:
\`npx vitest run test/stories/platforms-table.test.ts -u\` writes them, and a test fails where they are not what the stories play.
`;

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function table(who: string, stories: readonly SharedStory[]): string {
  const rows = stories.map(({ tells, notOn = {} }) =>
    row([tells, ...PLATFORMS.map((each) => (notOn[each] === undefined ? 'yes' : `no: ${notOn[each]}`))]),
  );
  const head = row([`For ${who}, the bot`, ...Object.values(COLUMNS)]);
  return [head, row(['---', ...PLATFORMS.map(() => '---')]), ...rows].join('\n');
}

/** The same in few words. */
function inShort(): string {
  const rows = Object.values(SHARED_STORIES)
    .flat()
    .map(({ feature, notOn = {} }) => row([feature, ...PLATFORMS.map((each) => (notOn[each] === undefined ? 'yes' : '–'))]));
  return [row(['', ...Object.values(COLUMNS)]), row(['---', ...PLATFORMS.map(() => '---')]), ...rows].join('\n');
}

const README = new URL('../../README.md', import.meta.url);
const [BEGINS, ENDS] = ['<!-- made from the stories -->', '<!-- as far as the stories go -->'];

it('says in the docs of each platform what its stories play, and nothing else', async () => {
  const tables = Object.entries(SHARED_STORIES).map(([who, stories]) => table(who, stories));
  await expect(`${[INTRODUCTION, ...tables.map((each) => `${each}\n`)].join('\n')}`).toMatchFileSnapshot(
    '../../docs/platforms.md',
  );
});

it('says the same in short in the README', async () => {
  const [before, behind] = readFileSync(README, 'utf8').split(new RegExp(`${BEGINS}[^]*${ENDS}`));
  if (behind === undefined) throw new Error(`the README has no place for the table: ${BEGINS} … ${ENDS}`);
  await expect(`${before}${BEGINS}\n\n${inShort()}\n\n${ENDS}${behind}`).toMatchFileSnapshot('../../README.md');
});

it('plays all of them on every platform', () => {
  for (const platform of PLATFORMS) {
    const text = readFileSync(new URL(`./shared-on-${platform}.test.ts`, import.meta.url), 'utf8');
    expect(text).toMatch(new RegExp(`^playOn\\('${platform}', \\w+\\.open, ALL_SHARED_STORIES\\);$`, 'm'));
  }
});
