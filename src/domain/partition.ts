import type { Activity, Influence, Intent } from './career-update.js';
import type { CheckInState } from './check-in-state.js';
import { placeOf } from './main-activity.js';
import { unreachable } from './result.js';
import { DAY_MS } from './settings.js';

/** Why a record may be believed: the person confirmed it; saw it and let it stand; or nobody but the reader has looked at it. */
export type Basis = 'confirmed' | 'shown' | 'read';

/** A person's own record at a wave, third-party entries left out. */
export type OwnRecord = {
  readonly activities: readonly Activity[];
  readonly influence: Influence;
  readonly intent: Intent;
  readonly basis: Basis;
  /** The person said that nothing has changed, and these are the activities of their record before. */
  readonly carriedForward: boolean;
};

/** All that a report needs of one person of the roster at one wave. */
export type PersonAtWave = {
  readonly erased: boolean;
  /** `asked`: their question was delivered. Null: no check-in was ever planned. */
  readonly checkIn: { readonly state: CheckInState; readonly asked: boolean } | null;
  readonly record: OwnRecord | null;
  /** Their own record at the wave before. */
  readonly previous: Pick<OwnRecord, 'activities' | 'basis'> | null;
  /** What they planned when the cohort ended, where they were asked; on a report of that very wave null. */
  readonly planned: Pick<OwnRecord, 'activities' | 'basis'> | null;
  /** What an organiser has entered of this person: counts for the knowledge rate only. */
  readonly thirdParty: Pick<OwnRecord, 'activities'> | null;
};

/** Where everybody of the roster falls, in the order of the report; everybody is in exactly one. */
export const PEOPLE_GROUPS = ['answered', 'partial', 'refused', 'unreachable', 'notAsked', 'silent', 'erased'] as const;
export type PeopleGroup = (typeof PEOPLE_GROUPS)[number];

/** How long a card must stand uncontradicted before it counts. */
export const STANDS_AFTER_MS = 7 * DAY_MS;
/** The least calibrated confidence in the main track at which an uncontradicted card counts. */
export const SURE_ENOUGH = 0.9;

/** What a record rests on as of an instant. `shownAt` is when the card reached the person; `trackConfidence` is calibrated, from 0 to 1. */
export function basisOf(
  record: { readonly confirmedAt: Date | null; readonly shownAt: Date | null; readonly trackConfidence: number },
  asOf: Date,
): Basis {
  const { confirmedAt, shownAt, trackConfidence } = record;
  if (confirmedAt !== null && confirmedAt <= asOf) return 'confirmed';
  const stood = shownAt !== null && shownAt.getTime() + STANDS_AFTER_MS <= asOf.getTime();
  return stood && trackConfidence >= SURE_ENOUGH ? 'shown' : 'read';
}

/** Whether a record may decide a class; what only a reader has seen may not. */
export function countsAsKnown(record: Pick<OwnRecord, 'basis'>): boolean {
  return record.basis !== 'read';
}

/** Whether somebody answered at all: "not now" or a question back is a reply, but no answer. */
export function isAnswer(record: OwnRecord | null): record is OwnRecord {
  if (record === null) return false;
  return record.activities.length > 0 || record.intent === 'update' || record.intent === 'no_change';
}

/** The first group that fits. A stop after an answer leaves the answer; only erasing takes it away. */
export function groupOf({ erased, checkIn, record }: PersonAtWave): PeopleGroup {
  if (erased || checkIn?.state === 'erased') return 'erased';
  const hasReplied = record?.intent === 'other';
  if (isAnswer(record)) return countsAsKnown(record) && placeOf(record.activities) !== null ? 'answered' : 'partial';
  // They answered, with words that say nothing of what they do: the card that asks for it stands open.
  if (hasReplied) return 'partial';
  return checkIn === null ? 'notAsked' : groupOfUnanswered(checkIn.state, checkIn.asked);
}

function groupOfUnanswered(state: Exclude<CheckInState, 'erased'>, asked: boolean): PeopleGroup {
  switch (state) {
    case 'answered': // taken back, or read as nothing at all
      return 'partial';
    case 'stopped':
      return 'refused';
    case 'unreachable':
      return 'unreachable';
    case 'not_asked':
      return 'notAsked';
    case 'planned':
    case 'sending':
    case 'snoozed':
    case 'unsure':
      return asked ? 'silent' : 'notAsked';
    case 'delivered':
    case 'lapsed':
      return 'silent';
    default:
      return unreachable(state);
  }
}
