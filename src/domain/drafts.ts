import { z } from 'zod';
import { FORM_NAMES } from './organiser-command.js';
import { WAYS_IN } from './people.js';
import { ROSTER_COLUMNS } from './roster.js';

/** Lists that are shown a page at a time. */
const listSchema = z.union([
  z.object({ kind: z.literal('status'), cohort: z.string().nullable() }),
  z.object({ kind: z.enum(['check', 'asks', 'cohorts', 'predictions', 'log']) }),
]);
export type ListCommand = Readonly<z.infer<typeof listSchema>>;

const programmeId = z.number().int();
const formValues = z.record(z.string(), z.string());

/** What an organiser has begun and not finished, as it is kept for a day. */
export const draftSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), programmeId, list: listSchema }),
  z.object({
    kind: z.literal('settings'),
    programmeId,
    wanted: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  /** A form that was refused after it had closed, with what was entered. */
  z.object({ kind: z.literal('form'), programmeId, form: z.enum(FORM_NAMES), entered: formValues }),
  /** What was wrong with a list, line by line; with what was entered beside it, where that was a form. */
  z.object({
    kind: z.literal('problems'),
    programmeId,
    problems: z.array(z.string()).readonly(),
    entered: formValues.nullable(),
  }),
  z.object({
    kind: z.literal('import'),
    programmeId,
    cameBy: z.enum(WAYS_IN),
    /** Null while nobody has said whose list it is. */
    cohort: z.object({ name: z.string(), endedOn: z.string() }).nullable(),
    lines: z.array(z.object({ line: z.number().int(), cells: z.record(z.enum(ROSTER_COLUMNS), z.string()) })),
    notes: z.array(z.string()),
    leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
    notThere: z.array(z.string()),
    /** Whether everybody has been looked up on their platform. */
    isLookedUp: z.boolean(),
    /** What the import would do, once that is known: in sentences, and a line a person. */
    review: z.object({ sentences: z.array(z.string()), people: z.array(z.string()) }).nullable(),
  }),
]);
export type Draft = Readonly<z.infer<typeof draftSchema>>;

export type ImportDraft = Extract<Draft, { kind: 'import' }>;

/** How long a draft is kept. */
export const DRAFT_MS = 86_400_000;
