import { z } from 'zod';
import { PLATFORMS } from '../domain/people.js';
import { ROSTER_COLUMNS } from '../domain/roster.js';
import { settingsSchema } from '../domain/settings.js';

const named = z.string().trim().min(1, 'a name is missing: this one is empty');
const json = z.boolean();
const account = z.object({ platform: z.enum(PLATFORMS), id: z.string().min(1) });
const organiserName = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), account }),
  z.object({ kind: z.literal('email'), email: z.string() }),
  z.object({ kind: z.literal('group'), group: account }),
]);
const rosterTable = z.object({
  lines: z.array(
    z.object({
      line: z.number().int(),
      cells: z.object(Object.fromEntries(ROSTER_COLUMNS.map((column) => [column, z.string()])) as Record<Column, z.ZodString>),
    }),
  ),
  notes: z.array(z.string()),
  unreadable: z.array(z.object({ line: z.number().int().nullable(), column: z.string().nullable(), message: z.string() })),
});
type Column = (typeof ROSTER_COLUMNS)[number];
const forecast = z.object({
  cohorts: z.array(named),
  waveMonths: z.number().int().min(0),
  class: z.object({ track: z.string(), scope: z.enum(['main', 'any']) }),
  comparator: z.enum(['less_than', 'more_than']),
  threshold: z.number().min(0).max(1),
  probability: z.number().min(0).max(1),
  closesOn: z.iso.date(),
  author: named,
  text: z.string().nullable(),
  seenData: z.boolean(),
});

/**
 * What a command asks of whoever holds the database: this process, or the bot that runs on the folder. All that a command line
 * says, files included, is in it, and it survives JSON.
 */
export const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('programme_set'), name: named, changes: settingsSchema.partial(), json }),
  z.object({ kind: z.literal('programme_list'), json }),
  z.object({ kind: z.literal('programme_archive'), name: named }),
  z.object({ kind: z.literal('programme_mark'), name: named, mark: z.enum(['pause', 'resume']) }),
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
  z.object({
    kind: z.literal('report'),
    programme: named,
    cohorts: z.array(named),
    waveMonths: z.number().int().min(0).nullable(),
    asOf: z.string().nullable(),
    audience: z.enum(['organisers', 'public']),
    format: z.enum(['text', 'json', 'csv', 'png', 'html']),
  }),
  z.object({
    kind: z.literal('compare'),
    programmes: z.array(named).min(1),
    cohorts: z.array(named),
    waveMonths: z.number().int().min(0).nullable(),
    asOf: z.string().nullable(),
    audience: z.enum(['organisers', 'public']),
    format: z.enum(['text', 'json', 'csv']),
  }),
  z.object({
    kind: z.literal('digest'),
    programme: named,
    post: z.boolean(),
    audience: z.enum(['organisers', 'public']).nullable(),
    json,
  }),
  z.object({ kind: z.literal('predict_add'), programme: named, forecast, json }),
  z.object({ kind: z.literal('predict_list'), programme: named, json }),
  z.object({ kind: z.literal('predict_show'), id: named, json }),
  z.object({
    kind: z.literal('predict_amend'),
    id: named,
    probability: z.number().min(0).max(1).nullable(),
    text: named.nullable(),
    reason: z.string().nullable(),
    by: named.nullable(),
    json,
  }),
  z.object({ kind: z.literal('predict_withdraw'), id: named, reason: z.string().nullable(), by: named.nullable(), json }),
  z.object({ kind: z.literal('predict_statement'), id: named }),
  z.object({ kind: z.literal('predict_picture'), id: named }),
  z.object({ kind: z.literal('predict_verify'), programme: named, hash: named.nullable(), json }),
  /** No id: all whose close date is over. */
  z.object({ kind: z.literal('predict_resolve'), id: named.nullable(), json }),
  z.object({ kind: z.literal('backup'), file: z.string().min(1) }),
  z.object({ kind: z.literal('export'), programme: named }),
  z.object({ kind: z.literal('train_on_confirmed'), programme: named, json }),
  z.object({ kind: z.literal('reread'), programme: named, dryRun: z.boolean(), json }),
  z.object({ kind: z.literal('erase'), account }),
  /** Whoever holds the database has brought it up to date before. */
  z.object({ kind: z.literal('migrate') }),
]);
export type Request = z.infer<typeof requestSchema>;
export type RequestOf<K extends Request['kind']> = Extract<Request, { kind: K }>;
