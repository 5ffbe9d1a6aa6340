import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, inject, it } from 'vitest';
import { connectEmbedded, connectPostgres, DatabaseUnreachableError, type Db, FolderInUseError } from '../../db/connect.js';
import { programmes } from '../../db/schema.js';
import { refuseIfNotTest, withDatabase } from '../support/postgres.js';
import { describeOnBoth, freshFolder, freshPostgresUrl, hasPostgres } from '../support/test-db.js';

const now = new Date('2026-03-29T01:30:00Z');

async function addProgramme(db: Db, name: string): Promise<void> {
  // The settings do not matter here, and only the door that reads them checks them.
  await db.execute(sql`insert into programmes (name, settings, created_at) values (${name}, '{}', ${now.toISOString()})`);
}

async function programmeIds(db: Db): Promise<number[]> {
  return (await db.select({ id: programmes.id }).from(programmes)).map((row) => row.id);
}

describeOnBoth('the test database', (open) => {
  for (const round of ['first', 'second']) {
    it(`is empty and counts ids from 1 in the ${round} test`, async () => {
      const { db } = await open();
      expect(await programmeIds(db)).toEqual([]);
      await addProgramme(db, 'ARENA');
      expect(await programmeIds(db)).toEqual([1]);
    });
  }

  it('gives the same database when it is opened twice in a test', async () => {
    await addProgramme((await open()).db, 'ARENA');
    expect(await programmeIds((await open()).db)).toEqual([1]);
  });
});

describeOnBoth('a connection', (open) => {
  it('undoes a transaction that throws, and hands the error on', async () => {
    const { db } = await open();
    const failing = db.transaction(async (tx) => {
      await addProgramme(tx, 'ARENA');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await programmeIds(db)).toEqual([]);
  });

  it('speaks UTC whatever the server is set to', async () => {
    const { db } = await open();
    const [row] = await db.select({ day: sql<string>`${now.toISOString()}::timestamptz::text` }).from(sql`(select 1) one`);
    expect(row?.day).toBe('2026-03-29 01:30:00+00');
  });
});

// A first start makes the whole database: seconds, and many of them on a busy machine.
describe('the embedded database', { timeout: 120_000 }, () => {
  it('keeps what was written, in a folder for its owner only, and lets no second process in meanwhile', async () => {
    const folder = join(freshFolder(), 'not', 'there yet');
    const first = await connectEmbedded(folder);
    await first.migrate();
    await addProgramme(first.db, 'ARENA');
    expect([folder, join(folder, 'database')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
    await expect(connectEmbedded(folder)).rejects.toThrow(FolderInUseError);
    await expect(connectEmbedded(folder)).rejects.toThrow(`in use by process ${process.pid}`);
    await first.close();
    await first.close();

    const second = await connectEmbedded(folder);
    await second.migrate();
    expect(await programmeIds(second.db)).toEqual([1]);
    await second.close();
  });

  it('that cannot be opened is named, and its folder is let go', async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'database'));
    writeFileSync(join(folder, 'database', 'PG_VERSION'), '9.4\n');
    for (const _ of ['first', 'second']) {
      await expect(connectEmbedded(folder)).rejects.toThrow(`cannot open the embedded database in ${join(folder, 'database')}: `);
    }
  });

  it('comes back from a dump', async () => {
    const original = await connectEmbedded({ snapshot: new Blob([readFileSync(inject('pgliteSnapshot'))]) });
    await addProgramme(original.db, 'ARENA');
    const copy = await connectEmbedded({ snapshot: await original.dump('gzip') });
    expect(await programmeIds(copy.db)).toEqual([1]);
    await Promise.all([original.close(), copy.close()]);
  });
});

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  it('lets four copies migrate at once', async () => {
    const url = await freshPostgresUrl({ migrated: false });
    const copies = await Promise.all([1, 2, 3, 4].map(() => connectPostgres(url, { poolSize: 1 })));
    await Promise.all(copies.map((copy) => copy.migrate()));
    expect(await programmeIds((copies[0] as (typeof copies)[number]).db)).toEqual([]);
    await Promise.all(copies.map((copy) => copy.close()));
  });

  it('loses no connection of its pool where one breaks just as a transaction begins', async () => {
    const url = await freshPostgresUrl();
    const connection = await connectPostgres(url, { poolSize: 1 });
    const { rows } = (await connection.db.execute(sql`select pg_backend_pid() as pid`)) as unknown as { rows: { pid: number }[] };
    // While this process waits for it, so that the pool has not heard that its connection is gone.
    const kill = `import pg from 'pg'; const c = new pg.Client(${JSON.stringify(url)}); await c.connect(); await c.query('select pg_terminate_backend(${rows[0]?.pid})'); await c.end();`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', kill], { encoding: 'utf8' }).stderr).toBe('');
    await expect(connection.db.transaction(async (tx) => programmeIds(tx))).rejects.toThrow();
    expect(await connection.db.transaction(async (tx) => programmeIds(tx))).toEqual([]);
    await connection.close();
  });

  it('refuses a database that a newer version has migrated, and one with a migration passed over', async () => {
    const connection = await connectPostgres(await freshPostgresUrl(), { poolSize: 1 });
    await connection.db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`);
    await expect(connection.migrate()).rejects.toThrow('migrated by a newer Afterwards');
    await connection.db.execute(sql`delete from drizzle.__drizzle_migrations where hash <> 'later'`);
    await expect(connection.migrate()).rejects.toThrow('was never run');
    await connection.close();
  });

  it('outlives the loss of its connections, idle and amid a transaction, and replaces them', async () => {
    const lost: string[] = [];
    const connection = await connectPostgres(await freshPostgresUrl(), {
      poolSize: 2,
      onLostConnection: (error) => lost.push(error.message),
    });
    const { db } = connection;
    const pid = async (tx: Db) => (await tx.select({ pid: sql<number>`pg_backend_pid()` }).from(sql`(select 1) one`))[0]?.pid;
    const amid = db.transaction(async (tx) => {
      const victim = await pid(tx);
      await db.execute(sql`select pg_terminate_backend(${victim}, 5000)`);
      await pid(tx);
    });
    await expect(amid).rejects.toThrow();
    expect(await pid(db)).toBeGreaterThan(0);
    expect(lost).not.toHaveLength(0);
    await connection.close();
  });
});

describe('a wrong DATABASE_URL', () => {
  const open = (url: string) => connectPostgres(url, { poolSize: 1 });

  it.each(['mysql://u:secret@localhost/d', 'localhost:5432', 'postgres://u:secret@host:99999/d', 'postgres://u:sec#ret@host/d'])(
    'is named with the right form and without its password: %s',
    async (url) => {
      const error = await open(url).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DatabaseUnreachableError);
      expect(String(error)).toContain('postgres://user:password@host:5432/database');
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/secret|sec#ret/);
    },
  );

  it.each(['127.0.0.1', 'localhost'])('says that nothing listens on %s, in one line', async (host) => {
    const port = await closedPort();
    const error = await open(`postgres://me:secret@${host}:${port}/d`).catch((error: unknown) => error);
    expect(String(error)).toBe(
      `DatabaseUnreachableError: cannot use the database at ${host}:${port}/d (DATABASE_URL): nothing listens there; is PostgreSQL running, and is the port right?`,
    );
  });

  it.skipIf(!hasPostgres)('says that the database does not exist', async () => {
    const url = withDatabase(await freshPostgresUrl(), 'no_such_test');
    await expect(open(url)).rejects.toThrow(/no_such_test .*that database does not exist; create it first/);
  });
});

describe('the tests', () => {
  it('refuse a database without "test" in its name', () => {
    expect(() => refuseIfNotTest('postgres://u@host/afterwards')).toThrow('the tests refuse to touch it');
    expect(refuseIfNotTest('postgres://u@host/afterwards_test')).toBe('postgres://u@host/afterwards_test');
  });
});

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
