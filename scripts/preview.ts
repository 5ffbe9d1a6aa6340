import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What each platform is sent for the same examples, and how it looks there: `npm run preview -- discord`. */
const PLATFORMS: Readonly<Record<string, () => Promise<ReadonlyMap<string, string>>>> = {
  slack: async () => (await import('./preview/slack.js')).slackFiles(),
  discord: async () => (await import('./preview/discord.js')).discordFiles(),
};

const [wanted = '', folder = join('preview', wanted)] = process.argv.slice(2);
const files = await PLATFORMS[wanted]?.();
if (!files) {
  console.error(`usage: npm run preview -- ${Object.keys(PLATFORMS).join(' | ')} [FOLDER]`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
for (const [name, text] of files) writeFileSync(join(folder, name), text);
console.log(`${files.size} files in ${folder}: open ${join(folder, 'index.html')} in a browser`);
