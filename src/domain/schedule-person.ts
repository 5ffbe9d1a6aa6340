import type { CheckInId, CohortId, PersonId, ProgrammeId } from './ids.js';
import { firstSlot, slotMinute } from './send-window.js';
import type { Settings } from './settings.js';

/** A check-in whose question has yet to leave, for the first time or again after a snooze. */
export type ScheduledCheckIn = {
  readonly id: CheckInId;
  readonly programmeId: ProgrammeId;
  readonly cohortId: CohortId;
  readonly alumnusId: number;
  readonly waveMonths: number;
  /** ISO day. */
  readonly dueOn: string;
  readonly state: 'planned' | 'snoozed';
  /** ISO day up to which the person put it off. */
  readonly notBefore: string | null;
  /** When the person joined the roster. */
  readonly addedAt: Date;
};

export type ProgrammeSchedule = {
  readonly id: ProgrammeId;
  readonly settings: Settings;
  /** By an organiser, or by this person for themselves. */
  readonly paused: boolean;
  readonly archived: boolean;
  /** This person has ended it for good. */
  readonly stopped: boolean;
  readonly pausedCohorts: readonly CohortId[];
  readonly archivedCohorts: readonly CohortId[];
};

/** The latest question of a programme that left or is leaving; `at` is its delivery, or the attempt while that is open. */
export type LastQuestion = { readonly programmeId: ProgrammeId; readonly checkInId: CheckInId; readonly at: Date };

/** All that decides when one human being is asked, across programmes. */
export type PersonSchedule = {
  readonly personId: PersonId;
  /** What the slot is drawn from; never changes for a person. */
  readonly slotSeed: string;
  readonly timeZone: string | null;
  readonly unsent: readonly ScheduledCheckIn[];
  /** At most one a programme. */
  readonly lastQuestions: readonly LastQuestion[];
  /** Questions that are out, neither answered nor lapsed. */
  readonly open: readonly { readonly programmeId: ProgrammeId; readonly checkInId: CheckInId }[];
  readonly programmes: readonly ProgrammeSchedule[];
};

export type NotAskedReason = 'imported_late' | 'too_late' | 'superseded' | 'archived';
export type WaitReason =
  | 'not_due'
  | 'window'
  | 'kept_apart'
  | 'still_open'
  | 'paused'
  | 'other_programme_first'
  | 'newer_wave_first';

export type Decision =
  /** The question leaves now, and its answer counts for `serves` too (each of those has a `serve` of its own beside this). */
  | { readonly kind: 'ask'; readonly checkInId: CheckInId; readonly serves: readonly CheckInId[] }
  /** Nothing to do; look again at `until`, or as soon as anything about the person changes. */
  | { readonly kind: 'wait'; readonly checkInId: CheckInId; readonly until: Date; readonly why: WaitReason }
  | { readonly kind: 'not_asked'; readonly checkInId: CheckInId; readonly reason: NotAskedReason }
  /** No question of its own: the answer to `by` (leaving now, or out already) counts for it. */
  | { readonly kind: 'serve'; readonly checkInId: CheckInId; readonly by: CheckInId }
  | { readonly kind: 'stopped'; readonly checkInId: CheckInId };

/** The day from which it may be asked: due, and not before a snooze is over. */
export const askableOn = ({ dueOn, notBefore }: Pick<ScheduledCheckIn, 'dueOn' | 'notBefore'>): string =>
  notBefore !== null && notBefore > dueOn ? notBefore : dueOn;

/** The instant shown to people as the one at which it will be asked, if nothing comes between. */
export function planDueAt(
  checkIn: Pick<ScheduledCheckIn, 'dueOn' | 'notBefore'>,
  person: Pick<PersonSchedule, 'slotSeed' | 'timeZone'>,
  settings: Settings,
  now: Date,
): Date {
  return firstSlot(askableOn(checkIn), person.timeZone, slotMinute(person.slotSeed, settings), settings, now);
}
