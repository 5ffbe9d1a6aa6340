import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sql } from 'drizzle-orm';
import { ErasedCopyError, erasedCopyAt, erasedCopyPath } from '../../adapters/erased-copy.js';
import { jsonLog } from '../../adapters/log.js';
import { secretCheckOf } from '../../adapters/secret.js';
import type { Config } from '../config.js';
import { isTimeZone } from '../domain/settings.js';
import type { Check } from '../platform-ports.js';
import { fingerprintOf, openConnection } from './open.js';

const GB = 1024 ** 3;
/** Room for the log of changes of the embedded database, and for its backup. */
const LITTLE_DISK = GB;
const NO_DISK = GB / 10;
/** Leases and look-ups allow for less than that. */
const CLOCK_MS = 30_000;

/** What the machine has to have: room, a clock that is right, time zones, and fonts for pictures. */
export async function machineChecks(config: Config, cwd: string): Promise<readonly Check[]> {
  const folder = resolve(cwd, config.dataFolder);
  return [await disk(folder), await clock(config), zones(), await fonts(), ...(await erasedList(config, folder))];
}

/** The folder, or the nearest one above it that is there. */
const nearest = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));

async function disk(folder: string): Promise<Check> {
  const what = 'Disk';
  const there = nearest(folder);
  try {
    accessSync(there, constants.W_OK);
  } catch {
    return {
      what,
      state: 'fail',
      detail: `nothing can be written in ${there}`,
      mend: 'let this user write there, or set AFTERWARDS_DATA to another folder',
    };
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const detail = `${(free / GB).toFixed(1)} GB are free in ${there}`;
  if (free < NO_DISK)
    return { what, state: 'fail', detail, mend: 'make room: without any, nothing that people write can be kept' };
  if (free < LITTLE_DISK) return { what, state: 'warn', detail, mend: 'make some room before it is used up' };
  return { what, state: 'ok', detail };
}

async function clock(config: Config): Promise<Check> {
  const what = 'Clock';
  if (config.clockOffsetMs !== 0)
    return { what, state: 'warn', detail: 'is moved by AFTERWARDS_CLOCK_OFFSET', mend: 'unset it, unless this is a trial' };
  if (config.database.kind === 'embedded') return { what, state: 'ok', detail: `says ${new Date().toISOString().slice(0, 16)}Z` };
  try {
    const connection = await openConnection(config, { log: jsonLog('silent'), poolSize: 1 });
    try {
      const [row] = await connection.db.select({ at: sql<string | Date>`clock_timestamp()` }).from(sql`(select 1) one`);
      const ahead = Date.now() - new Date(row?.at ?? Number.NaN).getTime();
      const detail = `and that of the database are ${Math.round(Math.abs(ahead) / 1_000)} s apart`;
      if (Math.abs(ahead) < CLOCK_MS) return { what, state: 'ok', detail };
      return { what, state: 'fail', detail, mend: 'set both machines by the network (NTP): people are asked by this clock' };
    } finally {
      await connection.close();
    }
  } catch {
    return { what, state: 'warn', detail: 'cannot be held against that of the database, which does not answer' };
  }
}

function zones(): Check {
  const what = 'Time zones';
  const known = ['Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland'].every(isTimeZone);
  const inJuly = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });
  const isRight = known && inJuly.format(new Date('2025-07-01T12:00:00Z')) === '13';
  if (isRight) return { what, state: 'ok', detail: 'are known, with their changes of the clock' };
  return {
    what,
    state: 'fail',
    detail: 'are not known to this Node',
    mend: 'install a Node with full international data (small-icu has none)',
  };
}

async function fonts(): Promise<Check> {
  const what = 'Pictures';
  const { FONTS } = await import('../../adapters/charts/draw.js');
  const missing = FONTS.filter((each) => !existsSync(each));
  if (missing.length === 0) return { what, state: 'ok', detail: 'have their fonts' };
  return { what, state: 'fail', detail: `have no letters: ${missing.join(', ')} is missing`, mend: 'run npm ci again' };
}

/** Kept beside the database, so that a restored backup brings nobody back. */
async function erasedList(config: Config, folder: string): Promise<readonly Check[]> {
  const path = erasedCopyPath(folder);
  if (!existsSync(path) || (config.secret === null && config.database.kind === 'postgres')) return [];
  const what = 'List of erased people';
  if (config.secret === null && !existsSync(join(folder, 'secret'))) return [];
  try {
    const fingerprint = await fingerprintOf(config);
    await erasedCopyAt(path, () => secretCheckOf(fingerprint)).read();
    return [{ what, state: 'ok', detail: `stands in ${path}; keep a copy of it elsewhere, beside your backups` }];
  } catch (error) {
    if (!(error instanceof ErasedCopyError)) throw error;
    const [detail = '', mend] = error.message.split(/: (?=set|put)/);
    return [{ what, state: 'fail', detail, ...(mend === undefined ? {} : { mend }) }];
  }
}
