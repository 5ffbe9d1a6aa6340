import { type Activity, type CareerUpdate, type Intent, NO_INFLUENCE } from '../domain/career-update.js';
import { ground } from '../domain/grounding.js';
import type { OptOut, Reading, ReplyText } from '../domain/reply.js';
import { readActivities } from './activities.js';
import { type Analysis, analyse } from './analysis.js';
import { confidenceOf, NO_CONFIDENCE } from './confidence.js';
import { influenceIn } from './influence.js';
import { asksForHelp, intentWithoutActivity, isNotFromThem } from './intent.js';
import { intentFeatures } from './learned/intent-features.js';
import { guess, type Models } from './learned/models.js';
import { loadModels } from './learned/weights.js';
import { findOptOut } from './opt-out.js';
import { snoozeDay } from './snooze.js';

export const READER = 'offline';
/** Raised with every change of rules or weights that may read a reply otherwise. */
export const READER_VERSION = '4';

/**
 * Reads a reply by the codebook with rules and small learned weights: pure, deterministic, about a millisecond, no network.
 * Loads its data at the first call. Never throws: what it cannot read comes back as intent `other` with no activities.
 */
export function readReplyOffline(reply: ReplyText): Reading {
  return readWith(loadModels, reply);
}

/** The same with given weights; `models` is called only where there is something to read. */
export function readWith(models: () => Models, reply: ReplyText): Reading {
  const optOut = quietly(() => findOptOut(reply.messages), null);
  return quietly(() => read(models(), reply, optOut), unread(optOut));
}

function read(models: Models, reply: ReplyText, optOut: OptOut | null): Reading {
  const analysis = analyse(reply);
  const found = isNotFromThem(reply.messages) ? [] : readActivities(analysis, models);
  const intent = intentOf(analysis, models, optOut, found.length);
  const kept = intent === 'update' || intent === 'stop' || intent === 'erase' ? found : [];
  const update = ground(reply, {
    intent,
    activities: kept.map(({ activity }): Activity => activity),
    influence: influenceIn(reply.messages, reply.programme),
    helpWanted: asksForHelp(reply.messages),
  });
  return {
    update,
    optOut,
    snoozeUntil: intent === 'snooze' ? snoozeDay(reply.messages, reply.received) : null,
    confidence: confidenceOf(kept),
    reader: READER,
    readerVersion: READER_VERSION,
  };
}

/** Opt-outs are the rules' alone; a model can neither add nor remove one. */
function intentOf(analysis: Analysis, models: Models, optOut: OptOut | null, activities: number): Intent {
  if (optOut?.certainty === 'clear') return optOut.wants;
  const { label } = guess<Intent>(models.intent, intentFeatures(analysis, activities));
  if (label === 'stop' || label === 'erase' || (label === 'update' && activities === 0)) {
    return activities > 0 ? 'update' : intentWithoutActivity(analysis.reply.messages);
  }
  return label;
}

function unread(optOut: OptOut | null): Reading {
  const intent = optOut?.certainty === 'clear' ? optOut.wants : 'other';
  const update: CareerUpdate = { intent, activities: [], influence: NO_INFLUENCE, helpWanted: false };
  return { update, optOut, snoozeUntil: null, confidence: NO_CONFIDENCE, reader: READER, readerVersion: READER_VERSION };
}

/** A reader that throws would leave a person's message unanswered; whatever goes wrong, their words go to the card unread. */
function quietly<T>(attempt: () => T, otherwise: T): T {
  try {
    return attempt();
  } catch {
    return otherwise;
  }
}
