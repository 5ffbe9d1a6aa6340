import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../bench.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

/** How long the bot takes until it answers, and what it then holds of memory, on a new and on an existing embedded database. */
export async function benchStart(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-bench-'));
  try {
    const first = await startOnce(folder);
    const again = await startOnce(folder);
    const help = await helpMs();
    return [
      { what: 'first start of the bot (embedded, makes its database)', value: first.ms, unit: 'ms' },
      { what: 'start of the bot (embedded)', value: again.ms, unit: 'ms' },
      { what: 'memory of the idle bot (embedded)', value: again.rssMib, unit: 'MiB' },
      { what: '--help', value: help, unit: 'ms' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOnce(folder: string): Promise<{ ms: number; rssMib: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, [MAIN, 'start'], {
    env: { ...process.env, AFTERWARDS_DATA: folder, PORT: '0', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.once('line', () => resolve());
    child.once('exit', (code) => reject(new Error(`start ended with ${code}`)));
  });
  const ms = Math.round(performance.now() - start);
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdin.end();
  await ended;
  return { ms, rssMib: Math.round(Number(rss ?? 0) / 1024) };
}

function helpMs(): Promise<number> {
  const start = performance.now();
  return new Promise((resolve) => {
    spawn(process.execPath, [MAIN, '--help'], { stdio: 'ignore' }).once('exit', () =>
      resolve(Math.round(performance.now() - start)),
    );
  });
}
