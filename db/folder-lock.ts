import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** When the process started, in the system's own words: tells a process from a later one that was given its pid. */
  started: z.string().nullable(),
  /** The boot the process ran in: after a restart of the machine every pid means somebody else. */
  boot: z.string().nullable(),
  host: z.string(),
  released: z.boolean(),
});
type Holder = z.infer<typeof holderSchema>;

export type FolderLock = { readonly kind: 'locked'; release(): Promise<void> };

/** `elsewhere`: the holder ran on another machine (or in another container), where nobody here can see whether it still does. */
export type HeldBy = {
  readonly kind: 'held';
  readonly pid: number;
  readonly host: string;
  readonly elsewhere: boolean;
  readonly lockFolder: string;
};

/**
 * Makes this process the only one on the folder, until it releases the lock or ends in any way, kill -9 included.
 * Each taking makes a file with the next number; link(2) lets only one process make it, and the highest number holds the lock.
 * A gone holder is thus never removed, only outnumbered, and so a slow thief cannot remove the lock of a quick one.
 */
export async function lockFolder(folder: string): Promise<FolderLock | HeldBy> {
  const lockFolder = join(folder, 'lock');
  await mkdir(lockFolder, { recursive: true, mode: 0o700 });
  const me: Holder = { pid: process.pid, started: startOf(process.pid), boot: bootId(), host: hostname(), released: false };
  for (let round = 0; round < 100; round += 1) {
    const highest = await highestNumber(lockFolder);
    const holder = highest === 0 ? null : await readHolder(lockFolder, highest);
    if (holder === 'outnumbered') continue;
    if (holder && !holder.released && !isGone(holder, me)) {
      return { kind: 'held', pid: holder.pid, host: holder.host, elsewhere: holder.host !== me.host, lockFolder };
    }
    const mine = highest + 1;
    if (!(await claim(lockFolder, mine, me))) continue;
    // A process that was held up since it read the folder may have made a number that was swept long ago.
    if ((await highestNumber(lockFolder)) !== mine) {
      await rm(join(lockFolder, String(mine)), { force: true });
      continue;
    }
    await sweep(lockFolder, mine);
    return {
      kind: 'locked',
      release: () =>
        write(lockFolder, { ...me, released: true }, (temporary) => rename(temporary, join(lockFolder, String(mine)))),
    };
  }
  throw new Error(`could not settle who holds ${lockFolder}: too many processes want it at once; try again`);
}

async function highestNumber(lockFolder: string): Promise<number> {
  const numbers = (await readdir(lockFolder)).filter((name) => /^\d+$/.test(name)).map(Number);
  return Math.max(0, ...numbers);
}

async function readHolder(lockFolder: string, number: number): Promise<Holder | 'outnumbered'> {
  const path = join(lockFolder, String(number));
  try {
    return holderSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'outnumbered';
    throw new Error(
      `${path} cannot be read as a lock: if no other Afterwards uses this folder, delete ${lockFolder} and start again`,
    );
  }
}

async function claim(lockFolder: string, number: number, me: Holder): Promise<boolean> {
  try {
    await write(lockFolder, me, (temporary) => link(temporary, join(lockFolder, String(number))));
    return true;
  } catch (error) {
    // ENOENT: the winner of another round swept our temporary file away.
    if (hasCode(error, 'EEXIST') || hasCode(error, 'ENOENT')) return false;
    if (hasCode(error, 'EPERM') || hasCode(error, 'ENOTSUP') || hasCode(error, 'ENOSYS')) {
      throw new Error(
        `${lockFolder} is on a file system without hard links, which the lock needs: set AFTERWARDS_DATA to a folder on a local disk`,
      );
    }
    throw error;
  }
}

/** A whole file or none: other processes must never read half a holder. Synced, since a power cut would otherwise leave it empty. */
async function write(lockFolder: string, holder: Holder, place: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = join(lockFolder, `.${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(holder));
      await file.sync();
    } finally {
      await file.close();
    }
    await place(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The predecessor stays: a reader that listed the folder a moment ago then still finds the number it saw. */
async function sweep(lockFolder: string, mine: number): Promise<void> {
  const kept = [String(mine), String(mine - 1)];
  const left = (await readdir(lockFolder)).filter((name) => !kept.includes(name));
  await Promise.all(left.map((name) => rm(join(lockFolder, name), { force: true })));
}

/** Only on proof: in doubt the holder counts as running, since two processes on one embedded database lose data without a word. */
function isGone(holder: Holder, me: Holder): boolean {
  if (holder.host !== me.host) return false;
  if (holder.boot !== null && me.boot !== null && holder.boot !== me.boot) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return hasCode(error, 'ESRCH');
  }
  const started = startOf(holder.pid);
  return started === 'ended' || (started !== null && holder.started !== null && started !== holder.started);
}

/** `ended`: a zombie, dead but not yet collected by its parent. Null: this system does not tell. */
function startOf(pid: number): string | 'ended' | null {
  try {
    if (process.platform === 'win32') return null;
    if (process.platform !== 'linux') {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
          encoding: 'utf8',
          env: { ...process.env, LC_ALL: 'C' },
        }).trim() || null
      );
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, which may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
