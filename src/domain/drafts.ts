import { z } from 'zod';
import { FORM_NAMES } from './organiser-command.js';

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
]);
export type Draft = Readonly<z.infer<typeof draftSchema>>;

/** How long a draft is kept. */
export const DRAFT_MS = 86_400_000;
