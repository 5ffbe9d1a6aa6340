import { asc, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { careerUpdateSchema } from '../src/domain/career-update.js';
import { CHECK_IN_STATES } from '../src/domain/check-in-state.js';
import type { Conversation } from '../src/domain/conversation.js';
import type { PersonId } from '../src/domain/ids.js';
import { PLATFORMS, WAYS_IN, ZONE_SOURCES } from '../src/domain/people.js';
import { keptSettingsSchema } from '../src/domain/settings.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import { asBrand } from './rows.js';
import { people } from './schema.js';

/**
 * Everything about these people, in one query however many they are: a sender that looks once more before each message cannot
 * afford nine. With `lock` their rows are locked first and until the transaction ends: whatever changes a conversation takes that
 * lock. People who do not exist are missing from the map.
 */
export async function loadConversations(
  db: Db,
  ids: readonly PersonId[],
  lock = false,
): Promise<ReadonlyMap<PersonId, Conversation>> {
  if (ids.length === 0) return new Map();
  if (lock) {
    // On its own: a statement that waits for a lock would still read the rest as it was when it began.
    await db
      .select({ id: people.id })
      .from(people)
      .where(inArray(people.id, [...ids]))
      .orderBy(asc(people.id))
      .for('update');
  }
  const result = await db.execute(sql`
    select json_build_object('id', p.id, 'name', p.name, 'email', p.email, 'timeZone', p.time_zone, 'timeZoneFrom', p.time_zone_from,
      'erasedAt', p.erased_at, 'accounts', ${ACCOUNTS}) as person,
      ${PARTICIPATIONS} as participations, ${CHECK_INS} as check_ins, ${REPLIES} as replies, ${SENT} as sent, ${ENTRIES} as entries
    from people p where p.id = any(${idList(ids)}) order by p.id`);
  return new Map(rowsSchema.parse(result).rows.map((row) => [row.person.id, asConversation(row)]));
}

const ACCOUNTS = sql`(select coalesce(json_agg(json_build_object('platform', a.platform, 'id', a.account) order by greatest(a.last_used_at, a.linked_at) desc, a.platform, a.account), '[]')
  from accounts a where a.person_id = p.id)`;

const COHORTS = sql`(select coalesce(json_agg(json_build_object('id', c.id, 'programmeId', c.programme_id, 'name', c.name, 'endedOn', c.ended_on,
    'archivedAt', c.archived_at, 'pausedAt', c.paused_at, 'cameBy', a.came_by) order by c.ended_on, c.id), '[]')
  from alumni a join cohorts c on c.id = a.cohort_id where a.person_id = p.id and c.programme_id = t.programme_id)`;

const PARTICIPATIONS = sql`(select coalesce(json_agg(json_build_object('namesConsent', t.names_consent, 'noticedAt', t.noticed_at,
    'influenceAskedAt', t.influence_asked_at, 'toldModel', t.told_model, 'stoppedAt', t.stopped_at, 'pausedUntil', t.paused_until, 'cohorts', ${COHORTS},
    'programme', json_build_object('id', g.id, 'name', g.name, 'settings', g.settings, 'archivedAt', g.archived_at, 'pausedAt', g.paused_at)
  ) order by t.programme_id), '[]')
  from participations t join programmes g on g.id = t.programme_id where t.person_id = p.id)`;

const CHECK_INS = sql`(select coalesce(json_agg(json_build_object('id', i.id, 'alumnusId', i.alumnus_id, 'programmeId', i.programme_id,
    'cohortId', i.cohort_id, 'waveMonths', i.wave_months, 'state', i.state, 'reason', i.reason, 'dueOn', i.due_on, 'dueAt', i.due_at,
    'lookAt', i.look_at, 'notBefore', i.not_before, 'servedBy', i.served_by, 'asks', i.asks, 'deliveredAt', i.delivered_at,
    'lastMessageAt', i.last_message_at, 'remindersSent', i.reminders_sent, 'answeredAt', i.answered_at, 'addedAt', a.added_at
  ) order by i.due_on, i.id), '[]')
  from check_ins i join alumni a on a.id = i.alumnus_id where i.person_id = p.id)`;

/** The newest version of each reply's record; confidence is stored in thousandths. */
const STORED = sql`(select json_build_object('update', u.record, 'basis', u.basis, 'carriedForward', u.carried_forward,
    'kindConfidence', u.kind_confidence / 1000.0, 'trackConfidence', u.track_confidence / 1000.0,
    'reader', u.reader, 'readerVersion', u.reader_version, 'storedAt', u.stored_at)
  from career_updates u where u.reply_id = r.id order by u.id desc limit 1)`;

const REPLIES = sql`(select coalesce(json_agg(json_build_object('id', r.id, 'programmeId', r.programme_id, 'checkInId', r.check_in_id,
    'openedAt', r.opened_at, 'settleAt', r.settle_at, 'version', r.version, 'readVersion', r.read_version, 'readMessages', r.read_messages,
    'state', r.state, 'helpConsent', r.help_consent, 'stored', ${STORED}) order by r.id), '[]')
  from replies r where r.person_id = p.id)`;

const SENT = sql`(select coalesce(json_agg(json_build_object('id', d.id, 'key', d.key, 'kind', d.kind, 'programmeId', d.programme_id,
    'checkInId', d.check_in_id, 'replyId', d.reply_id, 'state', d.state, 'sentAt', d.sent_at) order by d.id), '[]')
  from deliveries d where d.person_id = p.id)`;

/** What organisers entered, and what the person said of it: the last at each wave. */
const ENTRIES = sql`(select coalesce(json_agg(json_build_object('programmeId', e.programme_id, 'checkInId', e.check_in_id, 'storedAt', e.stored_at,
    'update', e.record, 'isRejected', e.basis = 'taken_back') order by e.id), '[]')
  from (select distinct on (u.check_in_id) u.* from career_updates u
    where u.person_id = p.id and u.reply_id is null and u.basis in ('organiser', 'taken_back') and u.check_in_id is not null
    order by u.check_in_id, u.id desc) e)`;

const instant = z.string().transform((text) => new Date(text));
const id = z.number();

const accountSchema = z.object({ platform: z.enum(PLATFORMS), id: z.string() });

const participationSchema = z.object({
  namesConsent: z.enum(['not_asked', 'totals', 'named']),
  noticedAt: instant.nullable(),
  influenceAskedAt: instant.nullable(),
  toldModel: z.string().nullable(),
  stoppedAt: instant.nullable(),
  pausedUntil: z.string().nullable(),
  programme: z.object({
    id,
    name: z.string(),
    settings: keptSettingsSchema,
    archivedAt: instant.nullable(),
    pausedAt: instant.nullable(),
  }),
  cohorts: z.array(
    z.object({
      id,
      programmeId: id,
      name: z.string(),
      endedOn: z.string(),
      archivedAt: instant.nullable(),
      pausedAt: instant.nullable(),
      cameBy: z.enum(WAYS_IN),
    }),
  ),
});

const checkInSchema = z.object({
  id,
  alumnusId: id,
  programmeId: id,
  cohortId: id,
  waveMonths: z.number(),
  state: z.enum(CHECK_IN_STATES),
  reason: z.string().nullable(),
  dueOn: z.string(),
  dueAt: instant,
  lookAt: instant.nullable(),
  notBefore: z.string().nullable(),
  servedBy: id.nullable(),
  asks: z.number(),
  deliveredAt: instant.nullable(),
  lastMessageAt: instant.nullable(),
  remindersSent: z.number(),
  answeredAt: instant.nullable(),
  addedAt: instant,
});

const storedSchema = z.object({
  update: careerUpdateSchema,
  basis: z.enum(['read', 'corrected', 'confirmed', 'taken_back', 'organiser']),
  carriedForward: z.boolean(),
  kindConfidence: z.number(),
  trackConfidence: z.number(),
  reader: z.string(),
  readerVersion: z.string(),
  storedAt: instant,
});

const replySchema = z.object({
  id,
  programmeId: id,
  checkInId: id.nullable(),
  openedAt: instant,
  settleAt: instant.nullable(),
  version: z.number(),
  readVersion: z.number(),
  readMessages: z.number(),
  state: z.enum(['collecting', 'read', 'confirmed', 'taken_back', 'closed']),
  helpConsent: z.enum(['not_asked', 'asked', 'yes', 'no']),
  stored: storedSchema.nullable(),
});

const sentSchema = z.object({
  id,
  key: z.string(),
  kind: z.enum(['question', 'reminder', 'card', 'note', 'notice', 'digest', 'chart', 'farewell', 'invitation']),
  programmeId: id.nullable(),
  checkInId: id.nullable(),
  replyId: id.nullable(),
  state: z.enum(['queued', 'sending', 'sent', 'failed', 'unsure', 'cancelled', 'remove', 'removed']),
  sentAt: instant.nullable(),
});

const entrySchema = z.object({
  programmeId: id,
  checkInId: id,
  storedAt: instant,
  update: careerUpdateSchema,
  isRejected: z.boolean(),
});

const rowSchema = z.object({
  person: z.object({
    id: id.transform((value) => asBrand<PersonId>(value)),
    name: z.string().nullable(),
    email: z.string().nullable(),
    timeZone: z.string().nullable(),
    timeZoneFrom: z.enum(ZONE_SOURCES).nullable(),
    erasedAt: instant.nullable(),
    accounts: z.array(accountSchema),
  }),
  participations: z.array(participationSchema),
  check_ins: z.array(checkInSchema),
  replies: z.array(replySchema),
  sent: z.array(sentSchema),
  entries: z.array(entrySchema),
});

/** Both drivers parse JSON by themselves. */
const rowsSchema = z.object({ rows: z.array(rowSchema) });

/** Ids come out of the database as what they are: here they get their brands, all at once. */
function asConversation({ check_ins: checkIns, ...row }: z.infer<typeof rowSchema>): Conversation {
  return { ...row, checkIns } as unknown as Conversation;
}
