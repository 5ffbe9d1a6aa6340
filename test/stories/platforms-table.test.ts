import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Platform } from '../../src/domain/people.js';
import type { SharedStory } from '../support/shared-story.js';
import { SHARED_STORIES } from './shared-stories.js';

const COLUMNS: Readonly<Record<Platform, string>> = { slack: 'Slack', discord: 'Discord', terminal: 'Terminal' };
const PLATFORMS = Object.keys(COLUMNS) as Platform[];

const INTRODUCTION = `# What works where

Each line is a story that the tests play with the platform's real client against a made-up Slack and a made-up Discord on this machine,
and with the real chat in the terminal, each on both databases. None of them says that the real Slack or the real Discord was asked.
The table is made from the stories: \`npx vitest run test/stories/platforms-table.test.ts -u\` writes it, and a test fails where it is
not what the stories play.
`;

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function table(who: string, stories: readonly SharedStory[]): string {
  const rows = stories.map(({ tells, notOn = {} }) =>
    row([tells, ...PLATFORMS.map((each) => (notOn[each] === undefined ? 'yes' : `no: ${notOn[each]}`))]),
  );
  const head = row([`For ${who}, the bot`, ...Object.values(COLUMNS)]);
  return [head, row(['---', ...PLATFORMS.map(() => '---')]), ...rows].join('\n');
}

it('says in the docs of each platform what its stories play, and nothing else', async () => {
  const tables = Object.entries(SHARED_STORIES).map(([who, stories]) => table(who, stories));
  await expect(`${[INTRODUCTION, ...tables.map((each) => `${each}\n`)].join('\n')}`).toMatchFileSnapshot(
    '../../docs/platforms.md',
  );
});

it('plays all of them on every platform', () => {
  for (const platform of PLATFORMS) {
    const text = readFileSync(new URL(`./shared-on-${platform}.test.ts`, import.meta.url), 'utf8');
    expect(text).toMatch(new RegExp(`^playOn\\('${platform}', \\w+\\.open, ALL_SHARED_STORIES\\);$`, 'm'));
  }
});
