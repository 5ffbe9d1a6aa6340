import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { freshFolder } from '../support/test-db.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

it('does not say that it is ready while Discord cannot be reached, keeps trying, and ends when told to', async () => {
  const env = {
    ...process.env,
    AFTERWARDS_DATA: freshFolder(),
    DISCORD_TOKEN: 'a-token',
    DISCORD_GUILD_ID: '1',
    // Nothing listens on this port.
    DISCORD_API_URL: 'http://127.0.0.1:9/api',
    PORT: '0',
    LOG_LEVEL: 'info',
  };
  const bot = spawn(process.execPath, [MAIN, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  bot.stdout.on('data', (text: Buffer) => {
    said += text;
  });
  await new Promise<void>((resolve) => {
    let tries = 0;
    bot.stderr.on('data', (text: Buffer) => {
      tries += text.toString().split('discord_unreachable').length - 1;
      if (tries >= 3) resolve();
    });
  });
  expect(said).toBe('');
  bot.kill('SIGTERM');
  const [code] = (await once(bot, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(said).toBe('');
});
