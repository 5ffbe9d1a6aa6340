import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import { type Connection, connectEmbedded, connectPostgres, type Db } from '../../db/connect.js';
import { runOn, withDatabase } from './postgres.js';

export type TestDb = { readonly db: Db; readonly kind: Connection['kind'] };

/** False where no PostgreSQL was found: for tests that make sense on it alone. */
export const hasPostgres = inject('postgres') !== null;

const OPEN_TIMEOUT_MS = 180_000;

const cleanUps: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/**
 * Runs the tests once on the embedded database and once on PostgreSQL. `open` gives the migrated database of this file,
 * empty at the start of each test; a second `open` within a test gives the same one, and its pool serves several workers at once.
 */
export function describeOnBoth(
  name: string,
  tests: (open: () => Promise<TestDb>, database: 'embedded' | 'PostgreSQL') => void,
): void {
  describe(`${name} (embedded)`, () => tests(emptyEachTime(openEmbedded), 'embedded'));
  describe.skipIf(!hasPostgres)(`${name} (PostgreSQL)`, () => tests(emptyEachTime(openPostgres), 'PostgreSQL'));
}

/** An empty database for a process under test to connect to (DATABASE_URL), dropped after this file. Needs `hasPostgres`. */
export async function freshPostgresUrl({ migrated = true } = {}): Promise<string> {
  const postgres = inject('postgres');
  if (!postgres) throw new Error('there is no PostgreSQL here: guard the test with `hasPostgres`');
  const name = `afterwards_test_${crypto.randomUUID().replaceAll('-', '')}`;
  await runOn(postgres.url, `create database ${name} template ${migrated ? postgres.template : 'template0'}`);
  cleanUps.push(() => runOn(postgres.url, `drop database if exists ${name} with (force)`));
  return withDatabase(postgres.url, name);
}

/** An empty folder of this test file's own, removed after it. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-test-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function emptyEachTime(open: () => Promise<Connection>): () => Promise<TestDb> {
  let isUsed = false;
  // Here rather than in the first test: on a busy machine the copy of the snapshot alone may take longer than a test should.
  beforeAll(async () => void (await open()), OPEN_TIMEOUT_MS);
  afterEach(async () => {
    if (isUsed) await empty((await open()).db);
    isUsed = false;
  });
  return () => {
    isUsed = true;
    return open();
  };
}

const openEmbedded = once(() => connectEmbedded({ snapshot: new Blob([readFileSync(inject('pgliteSnapshot'))]) }));
const openPostgres = once(async () => connectPostgres(await freshPostgresUrl(), { poolSize: 5 }));

/** One connection for all the tests of a file. */
function once(connect: () => Promise<Connection>): () => Promise<Connection> {
  let opened: Promise<Connection> | undefined;
  return () => {
    opened ??= connect().then((connection) => {
      cleanUps.push(connection.close);
      return connection;
    });
    return opened;
  };
}

/**
 * To delete the few rows of a test takes a fraction of the time that `truncate` needs for all tables. With foreign keys off,
 * which is for superusers; others truncate.
 */
const EMPTY_ALL_TABLES = sql.raw(`do $$
declare
  item text;
  is_used boolean;
begin
  if current_setting('is_superuser') = 'off' then
    select string_agg(format('%I.%I', schemaname, tablename), ', ') into item from pg_tables where schemaname = 'public';
    if item is not null then execute 'truncate ' || item || ' restart identity cascade'; end if;
    return;
  end if;
  set local session_replication_role = replica;
  for item in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public' loop
    execute 'select exists (select from ' || item || ')' into is_used;
    if is_used then execute 'delete from ' || item; end if;
  end loop;
  for item in select format('%I.%I', schemaname, sequencename) from pg_sequences where schemaname = 'public' and last_value is not null loop
    perform setval(item, 1, false);
  end loop;
end $$`);

async function empty(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    // A transaction that a test forgot would otherwise hold this up until the time-out, which names no cause.
    await tx.execute(sql`set local lock_timeout = '5s'`);
    await tx.execute(EMPTY_ALL_TABLES);
  });
}
