import { is, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Db } from './connect.js';
import { ERASURES } from './erase.js';
import * as schema from './schema.js';

/** Tables whose rows are nothing to anybody after a restore, each with the reason. */
export const NOT_BACKED_UP: Readonly<Record<string, string>> = {
  leases: 'what a process holds for some seconds is over with the process',
  drafts: 'what an organiser has begun is kept for a day, and begun again',
  erased_identifiers: 'they live beside the database: a backup older than an erasure would not know of it',
};

/** With the list of erased people goes the count of its changes. */
const isKept = sql`where name <> ${ERASURES}`;

/** Names of all tables that are backed up, each after those that its rows refer to. */
export function backupTables(): readonly string[] {
  const inOrder = new Set<string>();
  const add = (table: PgTable) => {
    const { name, foreignKeys } = getTableConfig(table);
    if (name in NOT_BACKED_UP || inOrder.has(name)) return;
    for (const key of foreignKeys) if (key.reference().foreignTable !== table) add(key.reference().foreignTable);
    inOrder.add(name);
  };
  for (const each of Object.values(schema)) if (is(each, PgTable)) add(each);
  return [...inOrder];
}

export type Column = {
  readonly name: string;
  readonly isText: boolean;
  readonly keyAt: number | null;
  readonly isCounted: boolean;
};
const columnsSchema = z.object({
  rows: z.array(z.object({ name: z.string(), is_text: z.boolean(), key_at: z.number().nullable(), is_counted: z.boolean() })),
});

/** The columns of a table as it is in this database; none where it is not there. */
export async function columnsOf(tx: Db, table: string): Promise<readonly Column[]> {
  const result = await tx.execute(sql`
    select a.attname::text as name, a.atttypid = 'text'::regtype as is_text, array_position(i.indkey::int2[], a.attnum)::int as key_at,
      a.attidentity <> '' as is_counted
    from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
    where a.attrelid = to_regclass(format('public.%I', ${table}::text)) and a.attnum > 0 and not a.attisdropped
    order by a.attnum`);
  return columnsSchema
    .parse(result)
    .rows.map((row) => ({ name: row.name, isText: row.is_text, keyAt: row.key_at, isCounted: row.is_counted }));
}

/**
 * The rows of a table, one JSON text (`line`) each, in an order that is the same on every server: by the primary key, its texts by
 * their bytes and not by the rules of a language. No number or JSON is read on the way: all of it is as the database has it.
 */
export function rowsInOrder(table: string, columns: readonly Column[]): SQL {
  const listed = (names: readonly SQL[]) => sql.join([...names], sql`, `);
  const key = columns.filter((each) => each.keyAt !== null).sort((a, b) => Number(a.keyAt) - Number(b.keyAt));
  const order = key.map(({ name, isText }) => (isText ? sql`${sql.identifier(name)} collate "C"` : sql`${sql.identifier(name)}`));
  const facts = table === 'installation' ? isKept : sql``;
  return sql`select row_to_json(t)::text as line from (
    select ${listed(columns.map(({ name }) => sql`${sql.identifier(name)}`))} from ${sql.identifier(table)} ${facts}) t
    order by ${listed(order)}`;
}

const linesSchema = z.object({ rows: z.array(z.object({ line: z.string() })) });
const AT_ONCE = 1_000;

/** Reads them a thousand at a time, within a transaction: however many there are, few are in memory. */
export async function* readRows(tx: Db, table: string, columns: readonly Column[]): AsyncGenerator<readonly string[]> {
  await tx.execute(sql`declare backed_up no scroll cursor for ${rowsInOrder(table, columns)}`);
  for (;;) {
    const { rows } = linesSchema.parse(await tx.execute(sql`fetch ${sql.raw(String(AT_ONCE))} from backed_up`));
    // A line break can stand between two tokens of a JSON value, and means nothing there.
    if (rows.length > 0) yield rows.map(({ line }) => line.replaceAll('\n', ' '));
    if (rows.length < AT_ONCE) break;
  }
  await tx.execute(sql`close backed_up`);
}
