import { sql } from 'drizzle-orm';
import { backupTables, NOT_BACKED_UP } from '../../db/backup-tables.js';
import type { Db } from '../../db/connect.js';

/** Every row of every table but those left out, a line each. */
export async function everythingIn(db: Db, leftOut: readonly string[] = []): Promise<string> {
  const all: string[] = [];
  for (const table of [...backupTables(), ...Object.keys(NOT_BACKED_UP)].filter((each) => !leftOut.includes(each))) {
    const rows = await db.select({ row: sql<string>`to_jsonb(t)::text` }).from(sql`${sql.identifier(table)} t order by 1`);
    all.push(...rows.map((each) => `${table} ${each.row}`));
  }
  return all.join('\n');
}
