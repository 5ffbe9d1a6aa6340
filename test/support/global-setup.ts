import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connectEmbedded, connectPostgres } from '../../db/connect.js';
import { MIGRATIONS_FOLDER } from '../../db/migrate.js';
import { runOn, startPostgres, withDatabase } from './postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated PGlite as an archive. */
    readonly pgliteSnapshot: string;
    readonly postgres: { readonly url: string; readonly template: string } | null;
  }
}

/** One migrated snapshot and one migrated template for all tests: a test then pays for a copy only. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [snapshot, server] = await Promise.all([migratedSnapshot(), startPostgres()]);
  project.provide('pgliteSnapshot', snapshot);
  if (!server) {
    if (process.env.CI === 'true')
      throw new Error('no PostgreSQL here, and CI tests on it: install it, or set TEST_DATABASE_URL');
    process.stderr.write(
      'No PostgreSQL found: the database tests run on the embedded database only (install it, or set TEST_DATABASE_URL).\n',
    );
    project.provide('postgres', null);
    return async () => {};
  }
  const template = `afterwards_test_template_${process.pid}`;
  await migrateTemplate(server.url, template);
  project.provide('postgres', { url: server.url, template });
  return async () => {
    try {
      await runOn(server.url, `drop database ${template} with (force)`);
    } finally {
      await server.stop();
    }
  };
}

async function migrateTemplate(url: string, template: string): Promise<void> {
  await runOn(url, `create database ${template}`);
  const connection = await connectPostgres(withDatabase(url, template), { poolSize: 1 });
  await connection.migrate();
  await connection.close();
}

/** Kept from run to run while the migrations are the same: making it takes longer than most tests. */
async function migratedSnapshot(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(new URL('../../package-lock.json', import.meta.url)));
  for (const name of readdirSync(MIGRATIONS_FOLDER).sort()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(join(MIGRATIONS_FOLDER, name)));
  }
  const cache = join(process.cwd(), 'node_modules', '.cache', 'afterwards-test');
  const path = join(cache, `${hash.digest('hex').slice(0, 16)}.tar`);
  if (existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  const connection = await connectEmbedded({ snapshot: null });
  await connection.migrate();
  const dump = await connection.dump('none');
  await connection.close();
  const temporary = `${path}.${randomUUID()}`;
  writeFileSync(temporary, Buffer.from(await dump.arrayBuffer()));
  renameSync(temporary, path);
  return path;
}
