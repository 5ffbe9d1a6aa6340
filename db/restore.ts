import { is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import {
  type BackedUpTable,
  BackupDamagedError,
  type BackupHeader,
  type BackupLine,
  checkTable,
  LOOK_BACK_MS,
  type Restored,
  restoredSchema,
} from '../src/domain/backup.js';
import { PLATFORMS } from '../src/domain/people.js';
import { countTable } from './backup.js';
import { backupTables, type Column, columnsOf, NOT_BACKED_UP, readRows } from './backup-tables.js';
import type { Connection, Db } from './connect.js';
import { migrationsUpTo } from './migrate.js';
import { fact, keepFact } from './platform-memory.js';
import * as schema from './schema.js';

/** The database cannot take a backup in, in words for people. */
export class CannotRestoreError extends Error {
  override readonly name = 'CannotRestoreError';
}

/** What a database may hold that was started and never used: signs of life, and events that came to nothing. */
const COUNTS_FOR_NOTHING = new Set(['installation', 'silences', 'inbound_events']);
/** Every direct message is read again from a little before the backup: a longer silence than those that are passed over for most people. */
const SILENCE_MS = 120_000;
const ROWS_AT_ONCE = 500;

type Order = {
  readonly header: BackupHeader;
  /** The lines after the header, each already known to be in its place. */
  readonly lines: AsyncIterable<BackupLine>;
  readonly restoredAt: Date;
};

/** Refuses a database with anything in it, or with which a bot is at work. */
export async function checkRestorable({ db, kind }: Connection): Promise<void> {
  for (const name of backupTables()) {
    if (COUNTS_FOR_NOTHING.has(name) || (await columnsOf(db, name)).length === 0) continue;
    const rows = await db.select({ one: sql`1` }).from(sql`${sql.identifier(name)} limit 1`);
    if (rows.length > 0)
      throw new CannotRestoreError(
        `this database is not empty (there is something in ${name}), and a restore would mix the two: name an empty one, ${kind === 'postgres' ? 'such as a new one made with createdb' : 'such as another folder in AFTERWARDS_DATA'}`,
      );
  }
  if ((await columnsOf(db, 'leases')).length === 0) return;
  const held = await db.select({ name: schema.leases.name }).from(schema.leases).where(sql`until_at > now()`);
  if (held.length > 0)
    throw new CannotRestoreError('a bot runs on this database: stop it, wait a minute, and start it again after the restore');
}

/**
 * Loads a backup into an empty database, in one transaction, and holds what is in the database then against the file's counts and
 * hashes. The tables are made as they were when the backup was taken, and brought up to date afterwards.
 */
export async function restoreInto(connection: Connection, order: Order): Promise<readonly BackedUpTable[]> {
  const { db } = connection;
  const last = order.header.migrations.at(-1);
  const migrations = last ? await migrationsUpTo(last) : null;
  if (!migrations)
    throw new CannotRestoreError('this backup was made by a newer Afterwards than this one: restore it with that version');
  try {
    await dropTables(db);
    await connection.migrate(migrations.folder);
  } finally {
    await migrations.drop();
  }
  const tables = await db.transaction(async (tx) => {
    const loaded = await loadTables(tx, order.lines);
    await noteRestore(tx, order);
    return loaded;
  });
  await connection.migrate();
  return tables;
}

/** Known to hold nothing: they are made anew as the backup has them. */
async function dropTables(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    for (const each of Object.values(schema)) {
      if (!is(each, PgTable)) continue;
      await tx.execute(sql`drop table if exists ${sql.identifier(getTableConfig(each).name)} cascade`);
    }
    await tx.execute(sql`drop table if exists drizzle.__drizzle_migrations`);
  });
}

async function loadTables(tx: Db, lines: AsyncIterable<BackupLine>): Promise<readonly BackedUpTable[]> {
  const loaded: BackedUpTable[] = [];
  let table: { readonly name: string; readonly columns: readonly Column[] } | null = null;
  let batch: string[] = [];
  const flush = async () => {
    if (table && batch.length > 0) await insertRows(tx, table.name, table.columns, batch);
    batch = [];
  };
  for await (const line of lines) {
    switch (line.kind) {
      case 'table':
        table = { name: line.name, columns: await sameColumns(tx, line.name, line.columns) };
        break;
      case 'row':
        if (batch.push(line.text) >= ROWS_AT_ONCE) await flush();
        break;
      case 'end': {
        await flush();
        if (!table) break;
        checkTable(line.table, await countTable(table.name, readRows(tx, table.name, table.columns)));
        await countOn(tx, table.name, table.columns);
        loaded.push(line.table);
        break;
      }
    }
  }
  return loaded;
}

/** As the tables were made from the same migrations, they have the same columns; a file that says otherwise was tampered with. */
async function sameColumns(tx: Db, name: string, names: readonly string[]): Promise<readonly Column[]> {
  const columns = await columnsOf(tx, name);
  const isSame = columns.length === names.length && columns.every((each) => names.includes(each.name));
  if (!isSame || name in NOT_BACKED_UP)
    throw new BackupDamagedError(`the backup has a table “${name}” that does not fit: it cannot be used`);
  return columns;
}

async function insertRows(tx: Db, name: string, columns: readonly Column[], rows: readonly string[]): Promise<void> {
  const listed = sql.join(
    columns.map((each) => sql.identifier(each.name)),
    sql`, `,
  );
  const table = sql.identifier(name);
  await tx.execute(
    sql`insert into ${table} (${listed}) overriding system value
      select ${listed} from json_populate_recordset(null::${table}, ${`[${rows.join(',')}]`}::json)`,
  );
}

/** The next number that the table gives is one that it has not given before. */
async function countOn(tx: Db, name: string, columns: readonly Column[]): Promise<void> {
  for (const { name: column, isCounted } of columns) {
    if (!isCounted) continue;
    const id = sql.identifier(column);
    await tx.execute(
      sql`select setval(pg_get_serial_sequence(${`public.${name}`}, ${column}), greatest(max(${id}), 1), max(${id}) is not null) from ${sql.identifier(name)}`,
    );
  }
}

/** From now on it is known where this database came from: what may have happened since is looked up before anything is sent. */
async function noteRestore(tx: Db, { header, restoredAt }: Order): Promise<void> {
  const earlier = await restoredFact(tx);
  const madeAt = new Date(header.madeAt);
  const isStillOn = earlier !== null && earlier.restoredAt.getTime() > madeAt.getTime() - LOOK_BACK_MS;
  const since = isStillOn && earlier.madeAt < madeAt ? earlier.madeAt : madeAt;
  await keepFact(tx, RESTORED, JSON.stringify({ madeAt: since, restoredAt }));
  for (const platform of PLATFORMS) {
    const sign = await fact(tx, `heard:${platform}`);
    if (sign === null) continue;
    const from = new Date(Math.min(Date.parse(sign), madeAt.getTime(), restoredAt.getTime()) - SILENCE_MS);
    await tx.insert(schema.silences).values({ platform, from, to: restoredAt });
  }
  await tx.execute(sql`
    insert into activity_log (programme_id, at, actor, what, detail)
    select id, ${restoredAt.toISOString()}::timestamptz, 'command line', 'restored', jsonb_build_object('madeAt', ${header.madeAt}::text)
    from programmes`);
}

const RESTORED = 'restored';

/** Where this database came from; null where it was never restored. */
export async function restoredFact(db: Db): Promise<Restored | null> {
  const kept = await fact(db, RESTORED);
  return kept === null ? null : restoredSchema.parse(JSON.parse(kept));
}
