import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from './connect.js';

/** Beside the code in the clone and in the build alike. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('migrations', import.meta.url));

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) });

/**
 * Drizzle goes by the newest migration alone: it passes over one with an older date that was merged late, and says nothing
 * about a database that is ahead of the code. Both would surface as odd errors much later, so both are refused here.
 */
export async function checkMigrated(db: Db, folder = MIGRATIONS_FOLDER): Promise<void> {
  const journal = journalSchema.parse(JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')));
  const rows = await db.select({ when: sql`created_at`.mapWith(Number) }).from(sql`drizzle.__drizzle_migrations`);
  const done = new Set(rows.map((row) => row.when));
  const known = new Set(journal.entries.map((entry) => entry.when));
  const missed = journal.entries.find((entry) => !done.has(entry.when));
  if (missed) throw new Error(`migration ${missed.tag} was never run: its date is older than one that has run; generate it anew`);
  if (rows.some((row) => !known.has(row.when))) {
    throw new Error(
      'the database was migrated by a newer Afterwards than this one: start that version, or restore a backup made before it',
    );
  }
}
