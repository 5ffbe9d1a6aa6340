import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What each platform is sent for the same examples, and how it looks there: `npm run preview -- discord`. Or the demo's pictures, as the docs show
 * them: `npm run preview -- demo docs/pictures`.
 */
const PLATFORMS: Readonly<Record<string, () => Promise<ReadonlyMap<string, string | Uint8Array>>>> = {
  slack: async () => (await import('./preview/slack.js')).slackFiles(),
  discord: async () => (await import('./preview/discord.js')).discordFiles(),
  demo: async () => (await import('./preview/demo.js')).demoFiles(),
};

const [wanted = '', folder = join('preview', wanted)] = process.argv.slice(2);
const files = await PLATFORMS[wanted]?.();
if (!files) {
  console.error(`usage: npm run preview -- ${Object.keys(PLATFORMS).join(' | ')} [FOLDER]`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
for (const [name, content] of files) writeFileSync(join(folder, name), content);
console.log(
  `${files.size} files in ${folder}${files.has('index.html') ? `: open ${join(folder, 'index.html')} in a browser` : ''}`,
);
