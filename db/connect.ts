import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { ClientConfig, PoolClient } from 'pg';
import { type HeldBy, lockFolder } from './folder-lock.js';
import { checkMigrated, MIGRATIONS_FOLDER } from './migrate.js';
import * as schema from './schema.js';

type Schema = typeof schema;

/** Both drivers, and a transaction of either: inside `db.transaction(async (tx) => ...)` pass `tx` on, the outer handle would wait for itself. */
export type Db = PgDatabase<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

export type Connection = {
  readonly db: Db;
  readonly kind: 'postgres' | 'embedded';
  /** Brings the tables up to date, or as far as the migrations in a folder; a repeat does nothing, and several copies of the process may do it at once. */
  migrate(folder?: string): Promise<void>;
  /**
   * Wipes what was deleted out of the files as well: the embedded database leaves it there, and a server of one's own is its
   * administrator's matter. It takes some seconds, in which nothing else is done.
   */
  scrub?(): Promise<void>;
  /** A repeat is harmless. */
  close(): Promise<void>;
};

export type EmbeddedConnection = Connection & {
  readonly kind: 'embedded';
  /** The whole database as an archive that `connectEmbedded({ snapshot })` opens again. */
  dump(compression: 'none' | 'gzip'): Promise<Blob>;
};

type PostgresOptions = {
  readonly poolSize: number;
  /** Hears of connections that broke while nobody waited for them; the pool replaces them by itself. */
  readonly onLostConnection?: (error: Error) => void;
};

/** Any number, the same in every copy: whoever holds it migrates. */
const MIGRATION_LOCK = 7_266_339;
const OLDEST_POSTGRES = 140_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** Longer than any statement here takes on a large database; whatever takes longer is given up and tried again, and holds nobody's lock meanwhile. */
const STATEMENT_TIMEOUT_MS = 120_000;
const IDLE_IN_TRANSACTION_MS = 60_000;
/** A server that is gone without a word does not end a statement: this side then does. */
const NO_ANSWER_MS = STATEMENT_TIMEOUT_MS + 10_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

export class DatabaseUnreachableError extends Error {
  override readonly name = 'DatabaseUnreachableError';
}

export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  constructor(
    folder: string,
    readonly heldBy: HeldBy,
  ) {
    super(
      heldBy.elsewhere
        ? `${folder} is locked by process ${heldBy.pid} on "${heldBy.host}", which cannot be checked from here: if it is not running any more, delete ${heldBy.lockFolder} and start again`
        : `${folder} is in use by process ${heldBy.pid}: stop it first, or set AFTERWARDS_DATA to another folder`,
    );
  }
}

/** Fails at once where the server cannot be reached, with one line that names the place and never the password. */
export async function connectPostgres(url: string, { poolSize, onLostConnection }: PostgresOptions): Promise<Connection> {
  const [{ default: pg }, { drizzle }] = await Promise.all([import('pg'), import('drizzle-orm/node-postgres')]);
  const config: ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  };
  const place = placeOf(url, pg.Client);
  const pool = new pg.Pool({
    ...config,
    max: poolSize,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    query_timeout: NO_ANSWER_MS,
    // A date means the same day on every server, whatever zone its administrator set.
    onConnect: async (client) => void (await client.query("set time zone 'UTC'")),
  });
  pool.on('error', (error) => onLostConnection?.(error));
  // A client that breaks between two queries of a transaction belongs to nobody at that moment: unheard, its error would end the process.
  pool.on('connect', (client) => client.on('error', (error) => onLostConnection?.(error)));
  const db = drizzle(pool, { schema });
  const on = new WeakMap<PoolClient, typeof db>();
  // drizzle's own never gives a connection back that breaks at "begin": each would be one less until the process ends.
  db.transaction = async (work, options) => {
    const client = await pool.connect();
    const own = on.get(client) ?? (drizzle(client, { schema }) as unknown as typeof db);
    on.set(client, own);
    try {
      const result = await own.transaction(work, options);
      client.release();
      return result;
    } catch (error) {
      // Whether it is still of use is not worth asking.
      client.release(true);
      throw error;
    }
  };
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= pool.end();
    return closed;
  };
  try {
    await checkVersion(await pool.query("select current_setting('server_version_num')::int as version"));
  } catch (error) {
    await close();
    throw unreachableDatabase(error, place);
  }
  return { db, kind: 'postgres', migrate: (folder) => migratePostgres(config, place, folder), close };
}

/** On a connection of its own: the lock belongs to a session, and a pool would spread the work over several. */
async function migratePostgres(config: ClientConfig, place: string, folder = MIGRATIONS_FOLDER): Promise<void> {
  const [{ default: pg }, { drizzle }, { migrate }] = await Promise.all([
    import('pg'),
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ]);
  const client = new pg.Client(config);
  client.on('error', () => {}); // the query under way fails with it, too
  try {
    await client.connect().catch((error) => {
      throw unreachableDatabase(error, place);
    });
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const db = drizzle(client, { schema });
    await migrate(db, { migrationsFolder: folder });
    await checkMigrated(db, folder);
  } finally {
    await client.end(); // gives the lock back, too
  }
}

/** Opens the embedded database in a folder for this process alone (else FolderInUseError), or one in memory, from a dump or (null) empty. */
export async function connectEmbedded(place: string | { readonly snapshot: Blob | null }): Promise<EmbeddedConnection> {
  if (typeof place !== 'string') return openPglite(place.snapshot ? { loadDataDir: place.snapshot } : {}, async () => {});
  const folder = resolve(place);
  const dataDir = join(folder, 'database');
  // The outer folder may have been there before, open to all; what people wrote stays within the inner one.
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  if (lock.kind === 'held') throw new FolderInUseError(folder, lock);
  try {
    return await openPglite({ dataDir }, lock.release);
  } catch (error) {
    await lock.release();
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot open the embedded database in ${dataDir}: ${why}`, { cause: error });
  }
}

type PgliteOptions = { readonly loadDataDir?: Blob; readonly dataDir?: string };

async function openPglite(options: PgliteOptions, afterClose: () => Promise<void>): Promise<EmbeddedConnection> {
  const [{ PGlite }, { drizzle }] = await Promise.all([import('@electric-sql/pglite'), import('drizzle-orm/pglite')]);
  const pglite = await PGlite.create(options);
  await pglite.query("set time zone 'UTC'");
  const db = drizzle(pglite, { schema });
  const migrateEmbedded = async (folder = MIGRATIONS_FOLDER) => {
    const { migrate } = await import('drizzle-orm/pglite/migrator');
    await migrate(db, { migrationsFolder: folder });
    await checkMigrated(db, folder);
  };
  const scrub = async () => {
    for (const statement of SCRUBBING) await pglite.exec(statement);
  };
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= pglite.close().finally(afterClose);
    return closed;
  };
  return { db, kind: 'embedded', migrate: migrateEmbedded, scrub, close, dump: (compression) => pglite.dumpDataDir(compression) };
}

/** Deleted rows stand in the tables' files until these are written anew, and in the log of changes until its files are taken away: a recycled one keeps them. */
const SCRUBBING = [
  'set wal_recycle = off',
  'vacuum full',
  ...Array.from({ length: 2 }, () => ['select pg_switch_wal()', 'checkpoint']).flat(),
];

async function checkVersion(result: { readonly rows: readonly { readonly version: number }[] }): Promise<void> {
  const version = result.rows[0]?.version ?? 0;
  if (version < OLDEST_POSTGRES)
    throw new Error(`it is PostgreSQL ${Math.floor(version / 10_000)}, and Afterwards needs 14 or later`);
}

/** Host, port and database of the URL; never its password, which an exception of the URL parser would carry along. */
function placeOf(
  url: string,
  Client: new (config: ClientConfig) => { host: string; port: number; database?: string | undefined },
): string {
  const wrong =
    'DATABASE_URL must look like postgres://user:password@host:5432/database (a special character in the password as %40)';
  if (!/^postgres(ql)?:\/\//.test(url)) throw new DatabaseUnreachableError(wrong);
  try {
    const { host, port, database } = new Client({ connectionString: url });
    return `${host}:${port}/${database ?? ''}`;
  } catch {
    throw new DatabaseUnreachableError(wrong);
  }
}

function unreachableDatabase(error: unknown, place: string): Error {
  const code = codeOf(error);
  const why = (code && REASONS[code]) ?? (error instanceof Error && error.message ? error.message : String(code ?? error));
  return new DatabaseUnreachableError(`cannot use the database at ${place} (DATABASE_URL): ${why}`);
}

/** "localhost" is two addresses, and when both refuse Node wraps the two errors in one without a message. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const REASONS: Record<string, string | undefined> = {
  ECONNREFUSED: 'nothing listens there; is PostgreSQL running, and is the port right?',
  ENOENT: 'there is no such socket; is PostgreSQL running?',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the host name cannot be looked up just now',
  ETIMEDOUT: 'no answer within 10 s',
  '28P01': 'wrong user name or password',
  '28000': 'the server does not let this user in',
  '3D000': 'that database does not exist; create it first (createdb)',
};
