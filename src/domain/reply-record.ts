import { ASK_BELOW, selectedActivity } from './card.js';
import { type CareerUpdate, NO_INFLUENCE } from './career-update.js';
import type { Change, NewStored, Reply, StoredUpdate } from './conversation.js';
import type { Reading } from './reply.js';

export type NewRecord = NewStored;

export const record = (reply: Reply, stored: NewRecord): Change => ({
  kind: 'record',
  replyId: reply.id,
  programmeId: reply.programmeId,
  checkInId: reply.checkInId,
  stored,
});

/** Where the reader is not sure of the main track, the record does not claim it: the card asks. */
export function asPut(reading: Reading): NewRecord {
  const { update, confidence } = reading;
  const selected = selectedActivity(update);
  const isSure = confidence.track >= ASK_BELOW;
  const activities = update.activities.map((each, place) =>
    place === selected && !isSure ? { ...each, track: 'unclear' as const } : each,
  );
  return {
    update: { ...update, activities },
    basis: 'read',
    carriedForward: false,
    kindConfidence: confidence.kind,
    trackConfidence: confidence.track,
    reader: reading.reader,
    readerVersion: reading.readerVersion,
    ...(reading.trace === undefined ? {} : { trace: reading.trace }),
  };
}

/** The last record again, as the answer to this check-in. Help that was wanted then is not wanted anew. */
export function carriedForward(known: StoredUpdate): NewRecord {
  const isTheirs = known.basis === 'confirmed' || known.basis === 'corrected';
  return {
    update: { ...known.update, intent: 'no_change', influence: NO_INFLUENCE, helpWanted: false },
    basis: 'read',
    carriedForward: true,
    kindConfidence: isTheirs ? 1 : known.kindConfidence,
    trackConfidence: isTheirs ? 1 : known.trackConfidence,
    reader: known.reader,
    readerVersion: known.readerVersion,
  };
}

/** A record put right in the person's own words: what they changed is theirs, and so certain. */
export function inWords(stored: StoredUpdate, corrected: CareerUpdate): NewRecord {
  const place = selectedActivity(stored.update);
  const before = place === null ? undefined : stored.update.activities[place];
  const after = place === null ? undefined : corrected.activities[place];
  return {
    ...stored,
    update: corrected,
    basis: 'corrected',
    kindConfidence: before?.kind === after?.kind ? stored.kindConfidence : 1,
    trackConfidence: before?.track === after?.track ? stored.trackConfidence : 1,
  };
}

/** What was said after the card, beside what stands on it; a card without anything gives way to it. */
export function withMore(stored: StoredUpdate, added: NewRecord): NewRecord {
  if (stored.update.activities.length === 0) return added;
  const helpWanted = stored.update.helpWanted || added.update.helpWanted;
  const update = { ...stored.update, activities: [...stored.update.activities, ...added.update.activities], helpWanted };
  return { ...stored, update, basis: stored.basis === 'confirmed' ? 'corrected' : stored.basis };
}

/** A changed message is read anew, but what the person put right by a tap stays put right. */
export function keepingTaps(stored: StoredUpdate | null, anew: NewRecord): NewRecord {
  if (stored?.basis !== 'corrected') return anew;
  const before = stored.update.activities[selectedActivity(stored.update) ?? -1];
  const place = selectedActivity(anew.update);
  if (!before || place === null) return stored;
  const isKindTheirs = stored.kindConfidence === 1;
  const isTrackTheirs = stored.trackConfidence === 1;
  const theirs = { ...(isKindTheirs ? { kind: before.kind } : {}), ...(isTrackTheirs ? { track: before.track } : {}) };
  const activities = anew.update.activities.map((each, at) => (at === place ? { ...each, ...theirs } : each));
  return {
    ...anew,
    update: { ...anew.update, activities },
    basis: 'corrected',
    kindConfidence: isKindTheirs ? 1 : anew.kindConfidence,
    trackConfidence: isTrackTheirs ? 1 : anew.trackConfidence,
  };
}
