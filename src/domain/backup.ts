import { z } from 'zod';
import { DAY_MS } from './settings.js';

/** Grows with every change that an older Afterwards could not read. */
const FORMAT = 1;

const headerSchema = z.object({
  afterwards: z.literal('backup'),
  format: z.number().int(),
  /** The clock of the bot at the moment that the backup shows. */
  madeAt: z.iso.datetime(),
  /** The migrations that its tables have been through, oldest first. */
  migrations: z.array(z.object({ when: z.number(), tag: z.string() })).min(1),
  /** Tells whether another AFTERWARDS_SECRET is the same, and nothing else about it. */
  secretCheck: z.string(),
});
export type BackupHeader = z.infer<typeof headerSchema>;

/** Beside the rows, which are objects, each line is one of these. The last one of all is `whole`. */
const markSchema = z.union([
  z.tuple([z.literal('table'), z.string(), z.array(z.string()).min(1)]),
  z.tuple([z.literal('end'), z.string(), z.number().int(), z.string()]),
  z.tuple([z.literal('whole'), z.number().int(), z.string()]),
]);
type Mark = z.infer<typeof markSchema>;

/** A table of a backup: how many rows it has, and the SHA-256 over them as they stand in the file. */
export type BackedUpTable = { readonly name: string; readonly rows: number; readonly sha256: string };

/** A line of a backup, once it is known to be in its place. Rows stay text: what is in them is the database's matter. */
export type BackupLine =
  | { readonly kind: 'header'; readonly header: BackupHeader }
  | { readonly kind: 'table'; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: 'row'; readonly text: string }
  | { readonly kind: 'end'; readonly table: BackedUpTable }
  | { readonly kind: 'whole'; readonly rows: number; readonly sha256: string };

/** Why a file is no backup that can be used, in words for people. */
export class BackupDamagedError extends Error {
  override readonly name = 'BackupDamagedError';
}

export const headerLine = (header: Omit<BackupHeader, 'afterwards' | 'format'>): string =>
  JSON.stringify({ afterwards: 'backup', format: FORMAT, ...header } satisfies BackupHeader);
export const tableLine = (name: string, columns: readonly string[]): string =>
  JSON.stringify(['table', name, [...columns]] satisfies Mark);
export const endLine = ({ name, rows, sha256 }: BackedUpTable): string =>
  JSON.stringify(['end', name, rows, sha256] satisfies Mark);
export const wholeLine = (rows: number, sha256: string): string => JSON.stringify(['whole', rows, sha256] satisfies Mark);

const damaged = (what: string) => new BackupDamagedError(`${what}: this backup cannot be used. Take another one`);

/** Reads the first line of a backup; throws BackupDamagedError where there is none, or it is of a newer Afterwards. */
export function readHeader(line: string | undefined): BackupHeader {
  const parsed = headerSchema.safeParse(line === undefined ? null : jsonOf(line));
  if (!parsed.success) throw new BackupDamagedError('this is no backup of Afterwards: the first line does not say so');
  if (parsed.data.format > FORMAT)
    throw new BackupDamagedError('this backup was made by a newer Afterwards than this one: restore it with that version');
  return parsed.data;
}

/** Reads any further line. */
export function readLine(line: string): Exclude<BackupLine, { kind: 'header' }> {
  if (line.startsWith('{')) return { kind: 'row', text: line };
  const mark = markSchema.safeParse(jsonOf(line));
  if (!mark.success) throw damaged('a line of it cannot be read');
  const [kind, ...rest] = mark.data;
  switch (kind) {
    case 'table': {
      const [name, columns] = rest as [string, string[]];
      return { kind, name, columns };
    }
    case 'end': {
      const [name, rows, sha256] = rest as [string, number, string];
      return { kind, table: { name, rows, sha256 } };
    }
    case 'whole': {
      const [rows, sha256] = rest as [number, string];
      return { kind, rows, sha256 };
    }
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Holds a table against what the file says of it. */
export function checkTable(said: BackedUpTable, found: BackedUpTable): void {
  if (said.rows !== found.rows) throw damaged(`${found.name} has ${found.rows} rows, and should have ${said.rows}`);
  if (said.sha256 !== found.sha256) throw damaged(`the rows of ${found.name} are not those that were written`);
}

export const brokenOff = (): BackupDamagedError => damaged('it breaks off before its end');
export const notWhole = (): BackupDamagedError => damaged('it is not what was written');

/** What a restored database says about itself from then on. */
export const restoredSchema = z.object({
  /** Up to there everything is in the database. */
  madeAt: z.iso.datetime().transform((text) => new Date(text)),
  restoredAt: z.iso.datetime().transform((text) => new Date(text)),
});
/** For so long after a restore everything is looked up before it is sent. */
export const LOOK_BACK_MS = 45 * DAY_MS;
export type Restored = z.output<typeof restoredSchema>;
