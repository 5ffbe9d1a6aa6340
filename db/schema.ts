import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { CareerUpdate } from '../src/domain/career-update.js';
import type { Message } from '../src/domain/message.js';
import type { ReadingTrace } from '../src/domain/reply.js';
import type { Settings } from '../src/domain/settings.js';

const id = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
/** `refers<X>()` keeps the foreign key's column a plain bigint. */
const ref = (name: string) => bigint(name, { mode: 'number' });
/** JSON with the key order kept as written. */
const orderedJson = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'json',
  toDriver: (value) => JSON.stringify(value),
});

export const programmes = pgTable(
  'programmes',
  {
    id: id(),
    name: text('name').notNull(),
    settings: jsonb('settings').$type<Settings>().notNull(),
    createdAt: instant('created_at').notNull(),
    archivedAt: instant('archived_at'),
    pausedAt: instant('paused_at'),
  },
  (t) => [uniqueIndex('programmes_name').on(sql`lower(${t.name})`)],
);

export const organisers = pgTable(
  'organisers',
  {
    id: id(),
    programmeId: ref('programme_id')
      .notNull()
      .references(() => programmes.id),
    platform: text('platform'),
    account: text('account'),
    email: text('email'),
    addedAt: instant('added_at').notNull(),
  },
  (t) => [
    unique('organisers_account').on(t.programmeId, t.platform, t.account),
    uniqueIndex('organisers_email').on(t.programmeId, sql`lower(${t.email})`),
    check('organisers_named_one_way', sql`(${t.platform} is not null and ${t.account} is not null) <> (${t.email} is not null)`),
  ],
);

export const cohorts = pgTable(
  'cohorts',
  {
    id: id(),
    programmeId: ref('programme_id')
      .notNull()
      .references(() => programmes.id),
    name: text('name').notNull(),
    endedOn: date('ended_on', { mode: 'string' }).notNull(),
    createdAt: instant('created_at').notNull(),
    archivedAt: instant('archived_at'),
    pausedAt: instant('paused_at'),
  },
  (t) => [uniqueIndex('cohorts_name').on(t.programmeId, sql`lower(${t.name})`)],
);

export const people = pgTable(
  'people',
  {
    id: id(),
    name: text('name'),
    email: text('email'),
    timeZone: text('time_zone'),
    /** Who said so: `roster`, `profile` (the platform's), or the `person`, who has the last word. */
    timeZoneFrom: text('time_zone_from'),
    createdAt: instant('created_at').notNull(),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    uniqueIndex('people_email').on(sql`lower(${t.email})`),
    check(
      'people_erased_leave_nothing',
      sql`${t.erasedAt} is null or (${t.name} is null and ${t.email} is null and ${t.timeZone} is null)`,
    ),
  ],
);

export const accounts = pgTable(
  'accounts',
  {
    platform: text('platform').notNull(),
    account: text('account').notNull(),
    personId: ref('person_id')
      .notNull()
      .references(() => people.id),
    linkedAt: instant('linked_at').notNull(),
    /** The channel of their direct messages, once it was opened. */
    directChannel: text('direct_channel'),
    /** Up to then everything that they wrote has been read from the platform's history. */
    heardUntil: instant('heard_until'),
    /** When they last wrote, pressed or commanded from here. */
    lastUsedAt: instant('last_used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.account] }),
    index('accounts_person').on(t.personId),
    index('accounts_heard').on(t.platform, sql`coalesce(${t.heardUntil}, ${t.linkedAt})`),
  ],
);

export const alumni = pgTable(
  'alumni',
  {
    id: id(),
    cohortId: ref('cohort_id')
      .notNull()
      .references(() => cohorts.id),
    personId: ref('person_id')
      .notNull()
      .references(() => people.id),
    addedAt: instant('added_at').notNull(),
    /** `roster`, `channel`, `role`, or `invitation` where they pressed the button themselves. */
    cameBy: text('came_by').notNull().default('roster'),
  },
  (t) => [unique('alumni_once_a_cohort').on(t.cohortId, t.personId), index('alumni_person').on(t.personId)],
);

/** What one person agreed to with one programme. */
export const participations = pgTable(
  'participations',
  {
    personId: ref('person_id')
      .notNull()
      .references(() => people.id),
    programmeId: ref('programme_id')
      .notNull()
      .references(() => programmes.id),
    namesConsent: text('names_consent').notNull().default('not_asked'),
    noticedAt: instant('noticed_at'),
    influenceAskedAt: instant('influence_asked_at'),
    /** The language model that they have been told reads what they write, in words; null: none. */
    toldModel: text('told_model'),
    stoppedAt: instant('stopped_at'),
    pausedUntil: date('paused_until', { mode: 'string' }),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.programmeId] }),
    check('participations_consent', sql`${t.namesConsent} in ('not_asked', 'totals', 'named')`),
  ],
);

export const checkIns = pgTable(
  'check_ins',
  {
    id: id(),
    alumnusId: ref('alumnus_id')
      .notNull()
      .references(() => alumni.id),
    personId: ref('person_id')
      .notNull()
      .references(() => people.id),
    programmeId: ref('programme_id')
      .notNull()
      .references(() => programmes.id),
    cohortId: ref('cohort_id')
      .notNull()
      .references(() => cohorts.id),
    waveMonths: integer('wave_months').notNull(),
    state: text('state').notNull(),
    reason: text('reason'),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    dueAt: instant('due_at').notNull(),
    /** When the tick must look at it again; null where nothing is left to decide. */
    lookAt: instant('look_at'),
    notBefore: date('not_before', { mode: 'string' }),
    /** The check-in whose question serves this one too. */
    servedBy: ref('served_by'),
    asks: integer('asks').notNull().default(0),
    deliveredAt: instant('delivered_at'),
    lastMessageAt: instant('last_message_at'),
    remindersSent: integer('reminders_sent').notNull().default(0),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    unique('check_ins_each_wave_once').on(t.alumnusId, t.waveMonths),
    uniqueIndex('check_ins_one_open')
      .on(t.personId, t.programmeId)
      .where(sql`${t.state} in ('sending', 'delivered') and ${t.servedBy} is null`),
    index('check_ins_look_at').on(t.lookAt).where(sql`${t.lookAt} is not null`),
    index('check_ins_person').on(t.personId),
    index('check_ins_wave').on(t.cohortId, t.waveMonths),
    index('check_ins_asked').on(t.programmeId, t.deliveredAt),
    check(
      'check_ins_state',
      sql`${t.state} in ('planned', 'sending', 'delivered', 'answered', 'lapsed', 'snoozed', 'stopped', 'unreachable', 'not_asked', 'unsure', 'erased')`,
    ),
    check('check_ins_not_served_by_itself', sql`${t.servedBy} is distinct from ${t.id}`),
    check('check_ins_delivered_has_time', sql`${t.state} <> 'delivered' or ${t.deliveredAt} is not null`),
  ],
);

/** Every change of a check-in's state, so that a report can be made as of a past day. */
export const checkInEvents = pgTable(
  'check_in_events',
  {
    id: id(),
    checkInId: ref('check_in_id')
      .notNull()
      .references(() => checkIns.id),
    at: instant('at').notNull(),
    state: text('state').notNull(),
    reason: text('reason'),
    /** Whether its question had reached the person by then. */
    asked: boolean('asked').notNull(),
  },
  (t) => [index('check_in_events_check_in').on(t.checkInId, t.at)],
);

export const replies = pgTable(
  'replies',
  {
    id: id(),
    personId: ref('person_id')
      .notNull()
      .references(() => people.id),
    programmeId: ref('programme_id')
      .notNull()
      .references(() => programmes.id),
    checkInId: ref('check_in_id').references(() => checkIns.id),
    openedAt: instant('opened_at').notNull(),
    /** When the tick reads it; null while there is nothing new to read. */
    settleAt: instant('settle_at'),
    /** Grows with every message, edit and deletion. */
    version: integer('version').notNull().default(0),
    readVersion: integer('read_version').notNull().default(0),
    /** How many of its messages had been read when the card was last made. */
    readMessages: integer('read_messages').notNull().default(0),
    state: text('state').notNull(),
    /** `not_asked`, `asked`, `yes`, `no`: whether what they ask for may be passed on. */
    helpConsent: text('help_consent').notNull().default('not_asked'),
    /** When they said yes or no: what may be passed on is news from then. */
    helpConsentAt: instant('help_consent_at'),
    attempts: integer('attempts').notNull().default(0),
  },
  (t) => [
    index('replies_settle').on(t.settleAt).where(sql`${t.settleAt} is not null`),
    index('replies_person').on(t.personId),
    index('replies_check_in').on(t.checkInId),
    check('replies_state', sql`${t.state} in ('collecting', 'read', 'confirmed', 'taken_back', 'closed')`),
    check('replies_help_consent', sql`${t.helpConsent} in ('not_asked', 'asked', 'yes', 'no')`),
  ],
);

/** What people wrote, kept before anything else happens. */
export const messages = pgTable(
  'messages',
  {
    id: id(),
    personId: ref('person_id')
      .notNull()
      .references(() => people.id),
    platform: text('platform').notNull(),
    externalId: text('external_id').notNull(),
    replyId: ref('reply_id').references(() => replies.id),
    text: text('text').notNull(),
    sentAt: instant('sent_at').notNull(),
    keptAt: instant('kept_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    unique('messages_once').on(t.platform, t.externalId),
    index('messages_reply').on(t.replyId),
    index('messages_person').on(t.personId),
  ],
);

/** Clicks, forms and commands already taken in, by the platform's own event id. */
export const inboundEvents = pgTable(
  'inbound_events',
  {
    platform: text('platform').notNull(),
    eventId: text('event_id').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.platform, t.eventId] })],
);

/** The coded record of a reply; every change is a row of its own and none is ever overwritten. */
export const careerUpdates = pgTable(
  'career_updates',
  {
    id: id(),
    replyId: ref('reply_id').references(() => replies.id),
    personId: ref('person_id')
      .notNull()
      .references(() => people.id),
    programmeId: ref('programme_id')
      .notNull()
      .references(() => programmes.id),
    checkInId: ref('check_in_id').references(() => checkIns.id),
    storedAt: instant('stored_at').notNull(),
    record: jsonb('record').$type<CareerUpdate>().notNull(),
    /** `read`, `corrected` (by a tap or in words, not yet confirmed), `confirmed`, `taken_back`, `organiser` (third-party). */
    basis: text('basis').notNull(),
    carriedForward: boolean('carried_forward').notNull().default(false),
    kindConfidence: integer('kind_confidence').notNull(),
    trackConfidence: integer('track_confidence').notNull(),
    reader: text('reader').notNull(),
    readerVersion: text('reader_version').notNull(),
    /** What a language model had to do with it: never a word of prompt or answer. */
    trace: jsonb('trace').$type<ReadingTrace>(),
  },
  (t) => [
    index('career_updates_reply').on(t.replyId),
    index('career_updates_person').on(t.personId),
    index('career_updates_check_in').on(t.checkInId, t.storedAt),
    index('career_updates_entered')
      .on(t.checkInId)
      .where(sql`${t.replyId} is null and ${t.basis} in ('organiser', 'taken_back')`),
    index('career_updates_programme').on(t.programmeId, t.storedAt),
    check('career_updates_basis', sql`${t.basis} in ('read', 'corrected', 'confirmed', 'taken_back', 'organiser')`),
    check('career_updates_confidence', sql`${t.kindConfidence} between 0 and 1000 and ${t.trackConfidence} between 0 and 1000`),
  ],
);

/** The outbox: everything that must reach a person or channel, once. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: id(),
    key: text('key').notNull(),
    /** What it is, such as `question:17:1`: the same thing is never written down twice. */
    what: text('what').notNull(),
    kind: text('kind').notNull(),
    personId: ref('person_id').references(() => people.id),
    programmeId: ref('programme_id').references(() => programmes.id),
    checkInId: ref('check_in_id').references(() => checkIns.id),
    replyId: ref('reply_id').references(() => replies.id),
    /** The cohort that an invitation brings people into. */
    cohortId: ref('cohort_id').references(() => cohorts.id),
    /** The words, where they cannot be made anew from what is stored. */
    payload: jsonb('payload').$type<Message>(),
    /** The version for everybody, where the payload is only for a channel of organisers. */
    publicPayload: jsonb('public_payload').$type<Message>(),
    platform: text('platform'),
    address: text('address'),
    addressKind: text('address_kind').notNull().default('person'),
    /** The platform's reference of the message in whose thread it goes. */
    thread: text('thread'),
    state: text('state').notNull(),
    dueAt: instant('due_at').notNull(),
    createdAt: instant('created_at').notNull(),
    attempt: integer('attempt').notNull().default(0),
    leaseUntil: instant('lease_until'),
    /** By the database's clock, as leases are: when the last try began. Set means that it may have gone out. */
    attemptedAt: instant('attempted_at'),
    sentAt: instant('sent_at'),
    messageRef: text('message_ref'),
    revisionWanted: integer('revision_wanted').notNull().default(0),
    revisionShown: integer('revision_shown').notNull().default(0),
    problem: text('problem'),
  },
  (t) => [
    unique('deliveries_what').on(t.what),
    unique('deliveries_key').on(t.key),
    index('deliveries_due')
      .on(t.dueAt)
      .where(
        sql`${t.state} in ('queued', 'sending', 'remove') or (${t.state} = 'sent' and ${t.revisionWanted} > ${t.revisionShown})`,
      ),
    index('deliveries_check_in').on(t.checkInId),
    index('deliveries_person').on(t.personId),
    index('deliveries_reply').on(t.replyId),
    index('deliveries_programme').on(t.programmeId).where(sql`${t.kind} = 'digest'`),
    check(
      'deliveries_state',
      sql`${t.state} in ('queued', 'sending', 'sent', 'failed', 'unsure', 'cancelled', 'remove', 'removed')`,
    ),
    check(
      'deliveries_kind',
      sql`${t.kind} in ('question', 'reminder', 'card', 'note', 'digest', 'farewell', 'invitation', 'notice', 'chart')`,
    ),
    check('deliveries_sent_has_ref', sql`${t.state} <> 'sent' or ${t.sentAt} is not null`),
  ],
);

/** What stays of an erased person: one keyed hash an identifier, so that a later import does not write to them. */
export const erasedIdentifiers = pgTable('erased_identifiers', {
  hash: text('hash').primaryKey(),
  erasedAt: instant('erased_at').notNull(),
});

export const linkCodes = pgTable('link_codes', {
  code: text('code').primaryKey(),
  personId: ref('person_id')
    .notNull()
    .references(() => people.id),
  expiresAt: instant('expires_at').notNull(),
  /** The account that it joined, such as `discord:123`: for that one it stays good, so that a repeat does no harm. */
  usedBy: text('used_by'),
});

/** The chain of predictions of one programme: registrations and what came of them, none ever changed. */
export const predictionEntries = pgTable(
  'prediction_entries',
  {
    id: id(),
    programmeId: ref('programme_id')
      .notNull()
      .references(() => programmes.id),
    sequence: integer('sequence').notNull(),
    kind: text('kind').notNull(),
    /** The registration that a later entry is about; null on a registration. */
    about: ref('about'),
    body: orderedJson('body').notNull(),
    previousHash: text('previous_hash'),
    hash: text('hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    unique('prediction_entries_sequence').on(t.programmeId, t.sequence),
    uniqueIndex('prediction_entries_settled_once').on(t.about).where(sql`${t.kind} in ('resolved', 'withdrawn')`),
    index('prediction_entries_about').on(t.about),
    check('prediction_entries_kind', sql`${t.kind} in ('registered', 'amended', 'withdrawn', 'resolved')`),
  ],
);

/** Who was on the list that a prediction committed to; outside the chain, so that a person can be erased from it. */
export const predictionMembers = pgTable(
  'prediction_members',
  {
    predictionId: ref('prediction_id')
      .notNull()
      .references(() => predictionEntries.id),
    personId: ref('person_id')
      .notNull()
      .references(() => people.id),
  },
  (t) => [primaryKey({ columns: [t.predictionId, t.personId] }), index('prediction_members_person').on(t.personId)],
);

/** What the commitment to a prediction's list was salted with. It goes with the first person erased from the list, so that nobody can be guessed back into it. */
export const predictionSalts = pgTable('prediction_salts', {
  predictionId: ref('prediction_id')
    .primaryKey()
    .references(() => predictionEntries.id),
  salt: text('salt').notNull(),
});

/** What the public was shown last of some cohorts at a wave. */
export const publicReports = pgTable(
  'public_reports',
  {
    programmeId: ref('programme_id')
      .notNull()
      .references(() => programmes.id),
    /** The wave and the cohorts: `12:3,4`. */
    scope: text('scope').notNull(),
    takenAt: instant('taken_at').notNull(),
    minCell: integer('min_cell').notNull(),
    report: orderedJson('report').notNull(),
  },
  (t) => [primaryKey({ columns: [t.programmeId, t.scope] })],
);

/** What organisers did and looked at: never a name or a reply. */
export const activityLog = pgTable(
  'activity_log',
  {
    id: id(),
    programmeId: ref('programme_id').references(() => programmes.id),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    what: text('what').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index('activity_log_programme').on(t.programmeId, t.at)],
);

/** What an organiser has begun and not finished: a list under review, a form that was refused, the next page of an answer. Kept for a day. */
export const drafts = pgTable(
  'drafts',
  {
    key: text('key').primaryKey(),
    platform: text('platform').notNull(),
    account: text('account').notNull(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [index('drafts_made_at').on(t.madeAt)],
);

/** When a platform was not heard: from the last sign of life to the next connection. */
export const silences = pgTable(
  'silences',
  {
    id: id(),
    platform: text('platform').notNull(),
    from: instant('from_at').notNull(),
    to: instant('to_at').notNull(),
  },
  (t) => [index('silences_platform').on(t.platform, t.to)],
);

/** What one copy of the process at a time may hold, by the database's clock. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: instant('until_at').notNull(),
});

/** Small facts about the installation itself, such as which workspace it serves. */
export const installation = pgTable('installation', { name: text('name').primaryKey(), value: text('value').notNull() });
