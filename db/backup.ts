import { createHash, type Hash } from 'node:crypto';
import { type BackedUpTable, type BackupHeader, endLine, headerLine, tableLine, wholeLine } from '../src/domain/backup.js';
import { backupTables, columnsOf, readRows } from './backup-tables.js';
import type { Db } from './connect.js';
import { migrationsIn } from './migrate.js';

export type BackupOrder = Pick<BackupHeader, 'madeAt' | 'secretCheck'>;
/** Takes some whole lines of the file at a time, in order; the backup goes on once they are written. */
export type WriteLines = (text: string) => Promise<void>;

/** Writes down all that is in the database, as it is at one moment and while others go on writing to it. Returns what it wrote, table by table. */
export async function backUp(db: Db, order: BackupOrder, write: WriteLines): Promise<readonly BackedUpTable[]> {
  return db.transaction(
    async (tx) => {
      const whole = createHash('sha256');
      const put = async (text: string) => {
        whole.update(text);
        await write(text);
      };
      await put(`${headerLine({ ...order, migrations: [...(await migrationsIn(tx))] })}\n`);
      const tables: BackedUpTable[] = [];
      for (const name of backupTables()) {
        const columns = await columnsOf(tx, name);
        if (columns.length === 0) continue; // the database is older than this Afterwards
        await put(
          `${tableLine(
            name,
            columns.map((each) => each.name),
          )}\n`,
        );
        const table = await countTable(name, readRows(tx, name, columns), put);
        await put(`${endLine(table)}\n`);
        tables.push(table);
      }
      await write(`${wholeLine(rowsOf(tables), whole.digest('hex'))}\n`);
      return tables;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

export const rowsOf = (tables: readonly BackedUpTable[]): number => tables.reduce((sum, each) => sum + each.rows, 0);

/** Counts and hashes the rows of a table on their way. */
export async function countTable(
  name: string,
  batches: AsyncIterable<readonly string[]>,
  pass: WriteLines = async () => {},
): Promise<BackedUpTable> {
  const hash: Hash = createHash('sha256');
  let rows = 0;
  for await (const batch of batches) {
    const text = batch.map((line) => `${line}\n`).join('');
    hash.update(text);
    rows += batch.length;
    await pass(text);
  }
  return { name, rows, sha256: hash.digest('hex') };
}
