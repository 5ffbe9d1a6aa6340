import { z } from 'zod';
import { PLATFORMS } from '../domain/people.js';
import { ROSTER_COLUMNS } from '../domain/roster.js';
import { settingsSchema } from '../domain/settings.js';

const named = z.string().trim().min(1);
const json = z.boolean();
const account = z.object({ platform: z.enum(PLATFORMS), id: z.string().min(1) });
const organiserName = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), account }),
  z.object({ kind: z.literal('email'), email: z.string() }),
]);
const rosterTable = z.object({
  lines: z.array(
    z.object({
      line: z.number().int(),
      cells: z.object(Object.fromEntries(ROSTER_COLUMNS.map((column) => [column, z.string()])) as Record<Column, z.ZodString>),
    }),
  ),
  notes: z.array(z.string()),
});
type Column = (typeof ROSTER_COLUMNS)[number];

/**
 * What a command asks of whoever holds the database: this process, or the bot that runs on the folder. All that a command line
 * says, files included, is in it, and it survives JSON.
 */
export const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('programme_set'), name: named, changes: settingsSchema.partial(), json }),
  z.object({ kind: z.literal('programme_list'), json }),
  z.object({ kind: z.literal('programme_archive'), name: named }),
  z.object({ kind: z.enum(['organiser_add', 'organiser_remove']), programme: named, who: organiserName }),
  z.object({ kind: z.literal('organiser_list'), programme: named, json }),
  z.object({
    kind: z.literal('cohort_import'),
    programme: named,
    cohort: named,
    endedOn: z.iso.date(),
    table: rosterTable,
    dryRun: z.boolean(),
    json,
  }),
  z.object({ kind: z.literal('cohort_list'), programme: named.nullable(), json }),
  z.object({ kind: z.literal('cohort_mark'), programme: named, cohort: named, mark: z.enum(['archive', 'pause', 'resume']) }),
  z.object({ kind: z.literal('checkins'), programme: named.nullable(), json }),
  z.object({ kind: z.literal('erase'), account }),
  /** Whoever holds the database has brought it up to date before. */
  z.object({ kind: z.literal('migrate') }),
]);
export type Request = z.infer<typeof requestSchema>;
export type RequestOf<K extends Request['kind']> = Extract<Request, { kind: K }>;
