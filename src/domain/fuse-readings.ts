import { ASK_BELOW, selectedActivity } from './card.js';
import type { Activity, CareerUpdate, Intent } from './career-update.js';
import type { Confidence, Reading } from './reply.js';

/**
 * How often a model of today is right about the main activity, as a guess on the safe side until it is measured
 * (`npm run score -- --llm` prints what it was worth on labelled replies).
 */
export const MODEL_WORTH: Confidence = { kind: 0.85, track: 0.8 };

/** Just under what a card shows: its select stands empty and asks. */
const ASKS = ASK_BELOW - 0.01;

type Identity = Pick<Reading, 'reader' | 'readerVersion'>;

/**
 * One reading of two: a model's record, already held against the words, beside what the rules made of them. Where they agree on the
 * main activity the reading is surer than either; where they differ on its field, else on its kind, the card asks, and asks one thing
 * only. What acts on anything but this record (stop, erase, being asked later) is the rules' alone.
 */
export function fuseReadings(offline: Reading, model: CareerUpdate, by: Identity): Reading {
  if (offline.optOut !== null) return offline;
  if (model.activities.length === 0 && offline.update.activities.length > 0) return doubted(offline, by);
  const update: CareerUpdate = { ...model, intent: intentOf(offline.update.intent, model) };
  return {
    ...offline,
    ...by,
    update,
    snoozeUntil: update.intent === 'snooze' ? offline.snoozeUntil : null,
    confidence: confidenceIn(offline, update),
  };
}

/** The rules saw something that the model did not: it is put to the person, and believed by nobody unseen. */
const doubted = (offline: Reading, by: Identity): Reading => ({
  ...offline,
  ...by,
  confidence: { kind: Math.max(offline.confidence.kind, ASK_BELOW), track: Math.min(offline.confidence.track, ASKS) },
});

function intentOf(offline: Intent, { activities, intent }: CareerUpdate): Intent {
  if (activities.length > 0) return 'update';
  if (offline === 'snooze') return offline;
  return intent === 'no_change' || intent === 'question' || intent === 'other' ? intent : offline;
}

function confidenceIn(offline: Reading, update: CareerUpdate): Confidence {
  const main = mainOf(update);
  if (main === null) return { kind: 0, track: 0 };
  const other = mainOf(offline.update);
  const isSame = other !== null && isSameThing(main, other);
  const kind = together(offline.confidence.kind, MODEL_WORTH.kind, isSame ? main.kind === other.kind : null);
  const isTrackTold = other !== null && other.track !== 'unclear';
  const agree = isTrackTold ? isSame && main.track === other.track : null;
  const track = together(offline.confidence.track, MODEL_WORTH.track, agree);
  return { kind: track < ASK_BELOW ? Math.max(kind, ASK_BELOW) : kind, track };
}

const mainOf = (update: CareerUpdate): Activity | null => update.activities[selectedActivity(update) ?? -1] ?? null;

/** Stated in overlapping words, or at the same place. */
export function isSameThing(one: Activity, other: Activity): boolean {
  if (one.evidence.includes(other.evidence) || other.evidence.includes(one.evidence)) return true;
  if (one.organisation !== null) return one.organisation === other.organisation;
  const words = new Set(one.evidence.toLowerCase().split(/\s+/));
  const shared = other.evidence
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => words.has(word)).length;
  return shared / Math.min(words.size, other.evidence.split(/\s+/).length) >= 0.5;
}

/**
 * How sure two judges are together. Those that agree: Bayes' rule for two independent witnesses of a yes or no, which leaves out
 * that wrong answers seldom coincide, and so errs on the side of asking. A claim below `ASK_BELOW` is no claim.
 */
function together(rules: number, model: number, agree: boolean | null): number {
  if (agree === null || rules < ASK_BELOW) return model;
  if (!agree) return ASKS;
  const both = rules * model;
  return Number((both / (both + (1 - rules) * (1 - model))).toFixed(3));
}
