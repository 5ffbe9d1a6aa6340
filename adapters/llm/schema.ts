import { z } from 'zod';
import {
  type CareerUpdate,
  CHANNELS,
  COMMITMENTS,
  INTENTS,
  KINDS,
  partialDateSchema,
  STATUSES,
  TRACKS,
} from '../../src/domain/career-update.js';
import { fail, ok, type Result } from '../../src/domain/result.js';

/** The evidence comes first, so that a model quotes before it judges. Flat, every key required: what strict endpoints ask for. */
const strictActivity = z.object({
  evidence: z.string(),
  kind: z.enum(KINDS),
  status: z.enum(STATUSES),
  organisation: z.string().nullable(),
  role: z.string().nullable(),
  topic: z.string().nullable(),
  track: z.enum(TRACKS),
  start: z.string().nullable(),
  end: z.string().nullable(),
  commitment: z.enum(COMMITMENTS).nullable(),
  funder: z.string().nullable(),
  people: z.array(z.string()),
});
const strictRecord = z.object({
  activities: z.array(strictActivity),
  intent: z.enum(INTENTS),
  influence_rating: z.number().nullable(),
  influence_channels: z.array(z.enum(CHANNELS)),
  help_wanted: z.boolean(),
});

/** As an endpoint is told it. */
export const RECORD_SCHEMA = z.toJSONSchema(strictRecord, { target: 'draft-7' });

/** What models write where they mean nothing. */
const NOTHING = /^(?:null|none|n\/?a|unknown|not (?:stated|said|given|specified)|-|)$/i;
const emptied = (value: unknown) =>
  value === undefined || (typeof value === 'string' && NOTHING.test(value.trim())) ? null : value;
/** "Full-time" for `full_time`. */
const spelled = (value: unknown) =>
  typeof value === 'string'
    ? value
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_')
    : value;

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => z.preprocess(spelled, z.enum(values));
const words = z.preprocess(emptied, z.string().nullable());
/** A time of day, or what is no date at all, says nothing. */
const date = z.preprocess((value) => {
  const text = emptied(value);
  if (typeof text !== 'string') return typeof text === 'number' ? String(text) : text;
  const day = text.trim().slice(0, 10);
  return partialDateSchema.safeParse(day).success ? day : null;
}, z.string().nullable());
const commitment = z.preprocess((value) => spelled(emptied(value)), z.enum(COMMITMENTS).nullable());
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (emptied(value) === null ? [] : typeof value === 'string' ? [value] : value), z.array(item));
/** Whatever is no way that the codebook knows is left out: it would only cost a record. */
const channels = z.preprocess(
  (value) => {
    const known: readonly string[] = CHANNELS;
    return Array.isArray(value) ? value.map(spelled).filter((each) => typeof each === 'string' && known.includes(each)) : [];
  },
  z.array(z.enum(CHANNELS)),
);
const rating = z.preprocess((value) => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 5 ? number : null;
}, z.number().nullable());

/** Forgives how something is written, never what is missing or unknown. */
const answeredRecord = z.object({
  activities: list(
    z.object({
      evidence: z.string(),
      kind: oneOf(KINDS),
      status: oneOf(STATUSES),
      organisation: words,
      role: words,
      topic: words,
      track: oneOf(TRACKS),
      start: date,
      end: date,
      commitment,
      funder: words,
      people: list(z.string()),
    }),
  ),
  intent: oneOf(INTENTS),
  influence_rating: rating,
  influence_channels: channels,
  help_wanted: z.preprocess((value) => value === true || value === 'true', z.boolean()),
});

/** The record that a model answered with, or what is wrong with it and where, to be told to the model. */
export function recordIn(answer: unknown): Result<CareerUpdate, string> {
  const parsed = answeredRecord.safeParse(answer);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the object'}: ${message}`);
    return fail(problems.slice(0, 5).join('; '));
  }
  const { activities, intent, influence_rating, influence_channels, help_wanted } = parsed.data;
  return ok({
    intent,
    activities,
    influence: { rating: influence_rating, channels: influence_channels },
    helpWanted: help_wanted,
  });
}
