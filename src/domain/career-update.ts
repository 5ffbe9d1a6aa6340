import { z } from 'zod';

/** What sort of thing somebody does. Order is that of the codebook. */
export const KINDS = [
  'employment',
  'internship',
  'work_trial',
  'fellowship',
  'study',
  'independent_research',
  'collaboration',
  'publication',
  'community_building',
  'founding',
  'volunteering',
  'job_search',
  'career_break',
  'other',
] as const;
export const STATUSES = ['current', 'past', 'upcoming', 'applying'] as const;
/** The AI-safety codebook's tracks, in the fixed neutral order in which people are shown them; `unclear` is put last as "hard to say". */
export const TRACKS = ['alignment', 'governance', 'field_building', 'capabilities', 'applied_ai', 'non_ai', 'unclear'] as const;
export const INTENTS = ['update', 'no_change', 'stop', 'snooze', 'erase', 'question', 'other'] as const;
export const COMMITMENTS = ['full_time', 'part_time'] as const;
export const CHANNELS = ['connections', 'motivation', 'skills', 'credential'] as const;

export type Kind = (typeof KINDS)[number];
export type Status = (typeof STATUSES)[number];
/** A field of work by its id: one of the codebook's, or of a programme's own (see `tracks.ts`). `unclear` is the lack of one. */
export type Track = string;
export type Intent = (typeof INTENTS)[number];
export type Commitment = (typeof COMMITMENTS)[number];
export type Channel = (typeof CHANNELS)[number];

/** An ISO day, month or year: never more precise than what the text says. */
export const partialDateSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);

/** One distinct thing that the person does, did or will do. `null`: the text does not say. */
export const activitySchema = z.object({
  kind: z.enum(KINDS),
  status: z.enum(STATUSES),
  organisation: z.string().nullable(),
  role: z.string().nullable(),
  topic: z.string().nullable(),
  track: z.string().min(1).max(100),
  start: partialDateSchema.nullable(),
  end: partialDateSchema.nullable(),
  commitment: z.enum(COMMITMENTS).nullable(),
  funder: z.string().nullable(),
  people: z.array(z.string()).readonly(),
  evidence: z.string(),
});
export type Activity = Readonly<z.infer<typeof activitySchema>>;

/** Something that goes on now, of which nothing is said yet. */
export const EMPTY_ACTIVITY = {
  status: 'current',
  organisation: null,
  role: null,
  topic: null,
  track: 'unclear',
  start: null,
  end: null,
  commitment: null,
  funder: null,
  people: [],
  evidence: '',
} as const;

/** What the programme did for them: a rating from 1 to 5, and by which ways. */
export const influenceSchema = z.object({
  rating: z.number().int().min(1).max(5).nullable(),
  channels: z.array(z.enum(CHANNELS)).readonly(),
});
export type Influence = Readonly<z.infer<typeof influenceSchema>>;

/** A reply coded by the codebook. */
export const careerUpdateSchema = z.object({
  intent: z.enum(INTENTS),
  activities: z.array(activitySchema).readonly(),
  influence: influenceSchema,
  helpWanted: z.boolean(),
});
export type CareerUpdate = Readonly<z.infer<typeof careerUpdateSchema>>;

export const NO_INFLUENCE: Influence = { rating: null, channels: [] };
