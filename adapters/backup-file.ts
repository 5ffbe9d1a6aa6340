import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import {
  BackupDamagedError,
  type BackupHeader,
  type BackupLine,
  brokenOff,
  checkTable,
  notWhole,
  readHeader,
  readLine,
} from '../src/domain/backup.js';

/** The file cannot be opened or written, in words for people. */
export class BackupFileError extends Error {
  override readonly name = 'BackupFileError';
}

const WHY: Readonly<Record<string, string | undefined>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read or write there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
};

function fileError(path: string, error: unknown, what: 'read' | 'written'): Error {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  return new BackupFileError(`${path} cannot be ${what}: ${WHY[code] ?? code}`);
}

/** Writes a backup: for this user alone, packed, and in its place only once it is whole and on the disk. */
export async function writeBackup<T>(path: string, fill: (write: (text: string) => Promise<void>) => Promise<T>): Promise<T> {
  const temporary = `${path}.part`;
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(temporary, { mode: 0o600 }));
  written.catch(() => {}); // whoever writes next hears of it
  const put = async (text: string) => {
    if (!gzip.write(text)) await Promise.race([once(gzip, 'drain'), written]);
  };
  try {
    const filled = await fill(put);
    gzip.end();
    await written;
    const file = await open(temporary, 'r+');
    await file.sync().finally(() => file.close());
    await rename(temporary, path);
    return filled;
  } catch (error) {
    gzip.destroy();
    await rm(temporary, { force: true }).catch(() => {});
    throw (error as NodeJS.ErrnoException).syscall ? fileError(path, error, 'written') : error;
  }
}

export type BackupFile = {
  readonly header: BackupHeader;
  /** All lines after the first, each checked as it comes: counts and hashes, and that none is missing. Throws BackupDamagedError. */
  readonly lines: () => AsyncGenerator<BackupLine>;
};

/** Opens a backup and reads its first line. */
export async function openBackup(path: string): Promise<BackupFile> {
  const reading = linesOf(path);
  try {
    const first = await reading.next();
    const header = readHeader(first.done ? undefined : first.value);
    return { header, lines: () => checkedLines(path) };
  } finally {
    await reading.return(undefined);
  }
}

/** Looks through the whole file, and touches nothing else. */
export async function checkBackup({ lines }: BackupFile): Promise<{ readonly rows: number }> {
  let rows = 0;
  for await (const line of lines()) if (line.kind === 'row') rows += 1;
  return { rows };
}

async function* checkedLines(path: string): AsyncGenerator<BackupLine> {
  const whole = createHash('sha256');
  let table: { name: string; rows: number; hash: ReturnType<typeof createHash> } | null = null;
  let isOver = false;
  let isFirst = true;
  let rows = 0;
  for await (const text of linesOf(path)) {
    if (isOver) throw notWhole();
    if (isFirst) {
      isFirst = false;
      whole.update(`${text}\n`);
      continue;
    }
    const line = readLine(text);
    switch (line.kind) {
      case 'table':
        if (table) throw notWhole();
        table = { name: line.name, rows: 0, hash: createHash('sha256') };
        break;
      case 'row':
        if (!table) throw notWhole();
        table.rows += 1;
        table.hash.update(`${text}\n`);
        break;
      case 'end':
        if (table?.name !== line.table.name) throw notWhole();
        checkTable(line.table, { name: table.name, rows: table.rows, sha256: table.hash.digest('hex') });
        rows += table.rows;
        table = null;
        break;
      case 'whole':
        if (table || line.rows !== rows || line.sha256 !== whole.digest('hex')) throw notWhole();
        isOver = true;
        continue;
    }
    whole.update(`${text}\n`);
    yield line;
  }
  if (!isOver) throw brokenOff();
}

/** The lines of a packed file, read piece by piece. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  file.pipe(unpacked);
  let rest = '';
  try {
    for await (const piece of unpacked.setEncoding('utf8')) {
      const lines = (rest + String(piece)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw brokenOff();
    if (code?.startsWith('Z_')) throw new BackupDamagedError(`${path} is no backup, or it is damaged: it cannot be unpacked`);
    throw fileError(path, error, 'read');
  } finally {
    file.destroy();
    unpacked.destroy();
  }
  if (rest !== '') throw brokenOff();
}
