import type { CareerUpdate } from './career-update.js';
import type { CheckInState } from './check-in-state.js';
import type { CheckInId, CohortId, DeliveryId, DeliveryKey, ProgrammeId, ReplyId } from './ids.js';
import type { Message } from './message.js';
import type { Account, JoinedCohort, NamesConsent, Person, Programme, ZoneSource } from './people.js';
import type { ReadingTrace } from './reply.js';

/** One alumnus at one wave. */
export type CheckIn = {
  readonly id: CheckInId;
  readonly alumnusId: number;
  readonly programmeId: ProgrammeId;
  readonly cohortId: CohortId;
  readonly waveMonths: number;
  readonly state: CheckInState;
  /** Why it is where it is, where that is not plain: `superseded`, `messages_closed` ... */
  readonly reason: string | null;
  /** ISO day on which the wave is due. */
  readonly dueOn: string;
  /** When its question is to leave, or left. */
  readonly dueAt: Date;
  readonly lookAt: Date | null;
  /** ISO day before which they asked to be left alone. */
  readonly notBefore: string | null;
  readonly servedBy: CheckInId | null;
  /** How many questions went out for it; above one only where the person asked to be asked later. */
  readonly asks: number;
  readonly deliveredAt: Date | null;
  /** The last question or reminder that reached them. */
  readonly lastMessageAt: Date | null;
  readonly remindersSent: number;
  readonly answeredAt: Date | null;
  /** When they came onto the cohort's roster. */
  readonly addedAt: Date;
};

/** `read`: by a reader alone. `corrected`: by a tap or in words, not yet confirmed. */
export type Basis = 'read' | 'corrected' | 'confirmed' | 'taken_back' | 'organiser';

/** The coded record of a reply as it stands. Confidence is from 0 to 1. */
export type StoredUpdate = {
  readonly update: CareerUpdate;
  readonly basis: Basis;
  readonly carriedForward: boolean;
  readonly kindConfidence: number;
  readonly trackConfidence: number;
  readonly reader: string;
  readonly readerVersion: string;
  readonly storedAt: Date;
};

export type ReplyState = 'collecting' | 'read' | 'confirmed' | 'taken_back' | 'closed';
export type HelpConsent = 'not_asked' | 'asked' | 'yes' | 'no';

/** Everything that somebody sent in answer to one check-in, and what was made of it. */
export type Reply = {
  readonly id: ReplyId;
  readonly programmeId: ProgrammeId;
  readonly checkInId: CheckInId | null;
  readonly openedAt: Date;
  readonly settleAt: Date | null;
  readonly version: number;
  readonly readVersion: number;
  readonly readMessages: number;
  readonly state: ReplyState;
  readonly helpConsent: HelpConsent;
  /** Null until it was read. */
  readonly stored: StoredUpdate | null;
};

export type Participation = {
  readonly programme: Programme;
  readonly cohorts: readonly JoinedCohort[];
  readonly namesConsent: NamesConsent;
  readonly noticedAt: Date | null;
  readonly influenceAskedAt: Date | null;
  /** The language model that they have been told reads what they write, in words; null: that none does. */
  readonly toldModel: string | null;
  readonly stoppedAt: Date | null;
  readonly pausedUntil: string | null;
};

export type DeliveryKind = 'question' | 'reminder' | 'card' | 'note' | 'notice' | 'digest' | 'chart' | 'farewell' | 'invitation';

/** A message of ours to this person, as far as the conversation must know it. */
export type OwnMessage = {
  readonly id: DeliveryId;
  readonly key: DeliveryKey;
  readonly kind: DeliveryKind;
  readonly programmeId: ProgrammeId | null;
  readonly checkInId: CheckInId | null;
  readonly replyId: ReplyId | null;
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'unsure' | 'cancelled' | 'remove' | 'removed';
  readonly sentAt: Date | null;
};

/** What an organiser entered of somebody at a wave: never their own answer. */
export type OrganiserEntry = {
  readonly programmeId: ProgrammeId;
  readonly checkInId: CheckInId;
  readonly storedAt: Date;
  readonly update: CareerUpdate;
  /** The person said that it is not so. */
  readonly isRejected: boolean;
};

/** All that is known of one person, read and changed under one lock. */
export type Conversation = {
  readonly person: Person;
  readonly participations: readonly Participation[];
  /** By due date, oldest first. */
  readonly checkIns: readonly CheckIn[];
  /** Oldest first. */
  readonly replies: readonly Reply[];
  /** Oldest first. */
  readonly sent: readonly OwnMessage[];
  /** The last one at each wave, oldest first. */
  readonly entries: readonly OrganiserEntry[];
};

/** Something to be delivered. The store gives it a key; writing the same `what` twice changes nothing. */
export type NewDelivery = {
  readonly what: string;
  readonly kind: DeliveryKind;
  readonly programmeId: ProgrammeId | null;
  readonly checkInId: CheckInId | null;
  readonly replyId: ReplyId | null;
  readonly payload: Message | null;
  readonly dueAt: Date;
  /** Where it has to go, where that is not simply the account they used last: an answer goes where it was asked for. */
  readonly to?: Account;
};

/** A version of a reply's record that is yet to be stored. `trace`: what a language model had to do with it. */
export type NewStored = Omit<StoredUpdate, 'storedAt'> & { readonly trace?: ReadingTrace };

/** What a decision wants changed. The store carries all of a decision's changes out in one transaction, or none. */
export type Change =
  | { readonly kind: 'check_in'; readonly checkIn: CheckIn }
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** A new version of a reply's record; the earlier ones stay. */
  | {
      readonly kind: 'record';
      readonly replyId: ReplyId;
      readonly programmeId: ProgrammeId;
      readonly checkInId: CheckInId | null;
      readonly stored: NewStored;
    }
  /** An answer that was pressed, not written: a reply without words, confirmed by the press, with its record and card. */
  | {
      readonly kind: 'pressed_answer';
      readonly programmeId: ProgrammeId;
      readonly checkInId: CheckInId;
      readonly stored: NewStored;
    }
  /** An organiser's entry, or the person's word that it is not so. */
  | ({ readonly kind: 'entry' } & Omit<OrganiserEntry, 'storedAt'>)
  | {
      readonly kind: 'participation';
      readonly programmeId: ProgrammeId;
      readonly patch: Partial<Omit<Participation, 'programme' | 'cohorts'>>;
    }
  | { readonly kind: 'deliver'; readonly delivery: NewDelivery }
  /** Takes back what has not been sent. */
  | { readonly kind: 'cancel'; readonly deliveryId: DeliveryId }
  /** A message of ours shows something that is no longer so: edit it in place. */
  | { readonly kind: 'refresh'; readonly deliveryId: DeliveryId }
  | { readonly kind: 'time_zone'; readonly timeZone: string; readonly from: ZoneSource }
  | { readonly kind: 'erase' }
  | {
      readonly kind: 'log';
      readonly programmeId: ProgrammeId | null;
      readonly what: string;
      readonly detail: Record<string, unknown>;
    };
