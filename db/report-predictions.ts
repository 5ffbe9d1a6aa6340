import { z } from 'zod';
import type { CohortId } from '../src/domain/ids.js';
import { type Prediction, reported } from '../src/domain/prediction.js';
import { CHAIN_START } from '../src/domain/prediction-chain.js';
import type { RegisteredPrediction } from '../src/report-ports.js';
import { asBrand } from './rows.js';
import type { predictionEntries } from './schema.js';

export type EntryRow = typeof predictionEntries.$inferSelect;

const share = z.number().min(0).max(1);

const predictionSchema = z.object({
  id: z.string(),
  cohortIds: z.array(z.number().int()),
  text: z.string().nullable(),
  author: z.string(),
  cohorts: z.array(z.string()),
  roster: z.number().int(),
  memberCommitment: z.string(),
  class: z.object({ track: z.string(), scope: z.enum(['main', 'any']) }),
  comparator: z.enum(['less_than', 'more_than']),
  threshold: share,
  waveMonths: z.number().int(),
  probability: share,
  closesOn: z.string(),
  seenData: z.object({
    declared: z.boolean(),
    computed: z.object({ answers: z.number().int(), reportsOpened: z.number().int() }),
  }),
  codebookVersion: z.string(),
  readerVersion: z.string(),
  createdAt: z.string(),
});

const resolutionSchema = z.object({
  outcome: z.enum(['true', 'false', 'undecided']),
  bounds: z.object({ low: share, high: share }),
  moreAnswersNeeded: z.number().int().nullable(),
  toSettle: z.object({ asTrue: z.number().int(), asFalse: z.number().int() }).nullable(),
  probabilityIfAlike: z.number().nullable(),
  counts: z.object({ roster: z.number().int(), known: z.number().int(), count: z.number().int() }),
  asOf: z.string(),
  resolvedAt: z.string(),
});

const amendmentSchema = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  probability: share.nullable(),
  text: z.string().nullable(),
  reason: z.string().nullable(),
  answers: z.number().int(),
});
const withdrawalSchema = amendmentSchema.omit({ probability: true, text: true });

/** A registration (the first entry) with the later ones about it. */
export function asRegistered(entries: readonly EntryRow[]): RegisteredPrediction {
  const [registration] = entries;
  if (!registration) throw new Error('a prediction needs its registration');
  const { cohortIds, ...said } = predictionSchema.parse(registration.body);
  const prediction: Prediction = { ...said, previousHash: registration.previousHash ?? CHAIN_START, hash: registration.hash };
  const resolved = entries.find((entry) => entry.kind === 'resolved');
  const withdrawn = entries.find((entry) => entry.kind === 'withdrawn');
  const resolution = resolved ? resolutionSchema.parse(resolved.body) : null;
  return {
    programmeId: asBrand(registration.programmeId),
    cohortIds: cohortIds.map((id) => asBrand<CohortId>(id)),
    prediction,
    resolution,
    amendments: entries
      .filter(({ kind }) => kind === 'amended')
      .map(({ body, hash }) => ({ ...amendmentSchema.parse(body), hash })),
    withdrawal: withdrawn ? { ...withdrawalSchema.parse(withdrawn.body), hash: withdrawn.hash } : null,
    reported: reported(prediction, resolution),
  };
}
