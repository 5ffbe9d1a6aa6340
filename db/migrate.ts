import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from './connect.js';

/** Beside the code in the clone and in the build alike. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('migrations', import.meta.url));

export type Migration = { readonly when: number; readonly tag: string };

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) });

/**
 * Drizzle goes by the newest migration alone: it passes over one with an older date that was merged late, and says nothing
 * about a database that is ahead of the code. Both would surface as odd errors much later, so both are refused here.
 */
export async function checkMigrated(db: Db, folder = MIGRATIONS_FOLDER): Promise<void> {
  const entries = await knownMigrations(folder);
  const rows = await doneMigrations(db);
  const done = new Set(rows);
  const known = new Set(entries.map((entry) => entry.when));
  const missed = entries.find((entry) => !done.has(entry.when));
  if (missed) throw new Error(`migration ${missed.tag} was never run: its date is older than one that has run; generate it anew`);
  if (rows.some((when) => !known.has(when))) {
    throw new Error(
      'the database was migrated by a newer Afterwards than this one: start that version, or restore a backup made before it',
    );
  }
}

/** The migrations that this Afterwards knows, oldest first. */
export async function knownMigrations(folder = MIGRATIONS_FOLDER): Promise<readonly Migration[]> {
  return journalSchema.parse(JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8'))).entries;
}

async function doneMigrations(db: Db): Promise<readonly number[]> {
  const rows = await db.select({ when: sql`created_at`.mapWith(Number) }).from(sql`drizzle.__drizzle_migrations`);
  return rows.map((row) => row.when);
}

/** Those that a database has been through. */
export async function migrationsIn(db: Db): Promise<readonly Migration[]> {
  const done = new Set(await doneMigrations(db));
  return (await knownMigrations()).filter(({ when }) => done.has(when));
}

/**
 * A folder with the migrations up to one of them, for drizzle, which runs all that it finds. Null: there is no such migration, so that
 * whoever went through it is newer than this Afterwards.
 */
export async function migrationsUpTo(
  last: Migration,
): Promise<{ readonly folder: string; readonly drop: () => Promise<void> } | null> {
  const raw = z
    .looseObject({ entries: z.array(z.looseObject({ when: z.number(), tag: z.string() })) })
    .parse(JSON.parse(await readFile(join(MIGRATIONS_FOLDER, 'meta', '_journal.json'), 'utf8')));
  const at = raw.entries.findIndex(({ when }) => when === last.when);
  if (at === -1) return null;
  const entries = raw.entries.slice(0, at + 1);
  const folder = await mkdtemp(join(tmpdir(), 'afterwards-migrations-'));
  await mkdir(join(folder, 'meta'));
  await writeFile(join(folder, 'meta', '_journal.json'), JSON.stringify({ ...raw, entries }));
  for (const { tag } of entries) await copyFile(join(MIGRATIONS_FOLDER, `${tag}.sql`), join(folder, `${tag}.sql`));
  return { folder, drop: () => rm(folder, { recursive: true, force: true }) };
}
