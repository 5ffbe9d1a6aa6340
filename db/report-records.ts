import type { CareerUpdate } from '../src/domain/career-update.js';
import { basisOf, type OwnRecord } from '../src/domain/partition.js';

/** One version of a reply's record, third-party ones left out. */
export type RecordVersion = {
  readonly id: number;
  readonly replyId: number | null;
  readonly basis: 'read' | 'corrected' | 'confirmed' | 'taken_back';
  readonly storedAt: Date;
  /** When the reply's card reached the person. */
  readonly cardSentAt: Date | null;
  /** From 0 to 1. */
  readonly trackConfidence: number;
  readonly record: CareerUpdate;
  readonly carriedForward: boolean;
};

/**
 * What a person says at a check-in, from every version of their replies to it that was stored by then. What they confirmed last stands
 * until they confirm something else, or take it back; where they have confirmed nothing, the newest version stands.
 */
export function standingRecord(versions: readonly RecordVersion[], asOf: Date): OwnRecord | null {
  const standing = [...repliesOf(versions)].flatMap((all) => standingVersion(all) ?? []);
  const confirmed = newest(standing.filter((version) => version.basis === 'confirmed'));
  const chosen = confirmed ?? newest(standing);
  return chosen ? asOwnRecord(chosen, asOf) : null;
}

/** The versions of each reply, oldest first. */
function repliesOf(versions: readonly RecordVersion[]): Iterable<readonly RecordVersion[]> {
  const replies = new Map<string, RecordVersion[]>();
  for (const version of [...versions].sort((a, b) => a.id - b.id)) {
    const reply = version.replyId === null ? `version ${version.id}` : `reply ${version.replyId}`;
    replies.set(reply, [...(replies.get(reply) ?? []), version]);
  }
  return replies.values();
}

/** Null for a reply that was taken back. */
function standingVersion(versions: readonly RecordVersion[]): RecordVersion | null {
  const since = versions.slice(versions.findLastIndex((version) => version.basis === 'taken_back') + 1);
  return since.findLast((version) => version.basis === 'confirmed') ?? since.at(-1) ?? null;
}

function newest(versions: readonly RecordVersion[]): RecordVersion | null {
  return versions.reduce<RecordVersion | null>((last, each) => (last === null || each.id > last.id ? each : last), null);
}

function asOwnRecord(version: RecordVersion, asOf: Date): OwnRecord {
  const { record, basis, storedAt, cardSentAt, trackConfidence, carriedForward } = version;
  const confirmedAt = basis === 'confirmed' ? storedAt : null;
  // A card that was edited has shown this version only since it was stored.
  const shownAt = cardSentAt && cardSentAt < storedAt ? storedAt : cardSentAt;
  return {
    activities: record.activities,
    influence: record.influence,
    intent: record.intent,
    basis: basisOf({ confirmedAt, shownAt, trackConfidence }, asOf),
    carriedForward,
  };
}
