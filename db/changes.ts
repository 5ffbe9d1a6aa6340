import { and, eq, sql } from 'drizzle-orm';
import type { Change, CheckIn, NewDelivery, NewStored } from '../src/domain/conversation.js';
import type { PersonId, ReplyId } from '../src/domain/ids.js';
import { THIRD_PARTY_READER } from '../src/domain/third-party.js';
import type { Db } from './connect.js';
import { type Keys, lastingNames } from './delivery-keys.js';
import { asBrand } from './rows.js';
import { activityLog, careerUpdates, checkInEvents, deliveries, participations, people, replies } from './schema.js';

export type Tokens = () => string;
/** One person's changes. */
export type ChangesOf = { readonly personId: PersonId; readonly changes: readonly Change[] };

type Scope = { readonly tx: Db; readonly now: Date; readonly keys: Keys };
type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

const pick = <K extends Change['kind']>(all: readonly ChangesOf[], kind: K) =>
  all.flatMap(({ personId, changes }) =>
    changes.filter((change): change is Of<K> => change.kind === kind).map((change) => ({ personId, change })),
  );

/**
 * Carries out the decisions on any number of people, in a handful of statements. The caller holds the locks on these people.
 * `erase` is left to `erasePerson`, for it changes what is loaded.
 */
export async function applyChanges(tx: Db, now: Date, keys: Keys, all: readonly ChangesOf[]): Promise<void> {
  const scope: Scope = { tx, now, keys };
  await updateCheckIns(
    scope,
    pick(all, 'check_in').map(({ change }) => change.checkIn),
  );
  for (const { change } of pick(all, 'reply')) await updateReply(scope, change);
  for (const { personId, change } of pick(all, 'record')) await insertRecord(scope, personId, change);
  for (const { personId, change } of pick(all, 'pressed_answer')) await answerPressed(scope, personId, change);
  for (const { personId, change } of pick(all, 'entry')) await insertEntry(scope, personId, change);
  for (const { personId, change } of pick(all, 'participation')) await patchParticipation(scope, personId, change);
  await insertDeliveries(
    scope,
    pick(all, 'deliver').map(({ personId, change }) => ({ personId, delivery: change.delivery })),
  );
  await cancelDeliveries(
    scope,
    pick(all, 'cancel').map(({ change }) => change.deliveryId),
  );
  await refreshDeliveries(
    scope,
    pick(all, 'refresh').map(({ change }) => change.deliveryId),
  );
  for (const { personId, change } of pick(all, 'time_zone')) {
    await tx.update(people).set({ timeZone: change.timeZone, timeZoneFrom: change.from }).where(eq(people.id, personId));
  }
  const logged = pick(all, 'log').map(({ change }) => ({ ...change, at: now, actor: 'alumnus' }));
  if (logged.length > 0) await tx.insert(activityLog).values(logged.map(({ kind: _, ...row }) => row));
}

/** The last word on a check-in counts, where a decision touches it more than once. */
async function updateCheckIns({ tx, now }: Scope, changed: readonly CheckIn[]): Promise<void> {
  const last = [...new Map(changed.map((each) => [each.id, each])).values()];
  if (last.length === 0) return;
  const rows = JSON.stringify(
    last.map((each) => ({
      id: each.id,
      state: each.state,
      reason: each.reason,
      due_at: each.dueAt,
      look_at: each.lookAt,
      not_before: each.notBefore,
      served_by: each.servedBy,
      asks: each.asks,
      delivered_at: each.deliveredAt,
      last_message_at: each.lastMessageAt,
      reminders_sent: each.remindersSent,
      answered_at: each.answeredAt,
    })),
  );
  const news = sql`jsonb_to_recordset(${rows}::jsonb) as n(id bigint, state text, reason text, due_at timestamptz, look_at timestamptz,
    not_before date, served_by bigint, asks int, delivered_at timestamptz, last_message_at timestamptz, reminders_sent int, answered_at timestamptz)`;
  await tx.execute(sql`
    insert into ${checkInEvents} (check_in_id, at, state, reason, asked)
    select n.id, ${now.toISOString()}::timestamptz, n.state, n.reason, n.delivered_at is not null
    from ${news} join check_ins c on c.id = n.id
    where n.state <> c.state or (n.delivered_at is null) <> (c.delivered_at is null)`);
  await tx.execute(sql`
    update check_ins c set state = n.state, reason = n.reason, due_at = n.due_at, look_at = n.look_at, not_before = n.not_before,
      served_by = n.served_by, asks = n.asks, delivered_at = n.delivered_at, last_message_at = n.last_message_at,
      reminders_sent = n.reminders_sent, answered_at = n.answered_at
    from ${news}
    where c.id = n.id`);
}

async function updateReply({ tx, now }: Scope, { reply }: Of<'reply'>): Promise<void> {
  const { settleAt, readVersion, readMessages, state, helpConsent } = reply;
  const helpConsentAt = sql`case when ${replies.helpConsent} = ${helpConsent} then ${replies.helpConsentAt} else ${now.toISOString()}::timestamptz end`;
  await tx
    .update(replies)
    .set({ settleAt, readVersion, readMessages, state, helpConsent, helpConsentAt })
    .where(eq(replies.id, reply.id));
}

function recordRow(stored: NewStored) {
  return {
    record: stored.update,
    basis: stored.basis,
    carriedForward: stored.carriedForward,
    kindConfidence: Math.round(stored.kindConfidence * 1000),
    trackConfidence: Math.round(stored.trackConfidence * 1000),
    reader: stored.reader,
    readerVersion: stored.readerVersion,
    trace: stored.trace ?? null,
  };
}

async function insertRecord({ tx, now }: Scope, personId: PersonId, change: Of<'record'>): Promise<void> {
  const { replyId, programmeId, checkInId, stored } = change;
  await tx.insert(careerUpdates).values({ replyId, personId, programmeId, checkInId, storedAt: now, ...recordRow(stored) });
}

async function answerPressed(scope: Scope, personId: PersonId, change: Of<'pressed_answer'>): Promise<void> {
  const { tx, now } = scope;
  const { programmeId, checkInId, stored } = change;
  const [reply] = await tx
    .insert(replies)
    .values({ personId, programmeId, checkInId, openedAt: now, state: 'confirmed' })
    .returning({ id: replies.id });
  if (!reply) throw new Error('the database gave no id to a reply');
  const replyId = asBrand<ReplyId>(reply.id);
  await insertRecord(scope, personId, { kind: 'record', replyId, programmeId, checkInId, stored });
  const card: NewDelivery = {
    what: `card:${replyId}`,
    kind: 'card',
    programmeId,
    checkInId: null,
    replyId,
    payload: null,
    dueAt: now,
  };
  await insertDeliveries(scope, [{ personId, delivery: card }]);
}

async function insertEntry({ tx, now }: Scope, personId: PersonId, change: Of<'entry'>): Promise<void> {
  const { programmeId, checkInId, isRejected, update } = change;
  const basis = isRejected ? 'taken_back' : 'organiser';
  const by = { reader: THIRD_PARTY_READER, readerVersion: '1', kindConfidence: 0, trackConfidence: 0 };
  await tx
    .insert(careerUpdates)
    .values({ replyId: null, personId, programmeId, checkInId, storedAt: now, record: update, basis, ...by });
}

async function patchParticipation({ tx }: Scope, personId: PersonId, { programmeId, patch }: Of<'participation'>): Promise<void> {
  await tx
    .update(participations)
    .set(patch)
    .where(and(eq(participations.personId, personId), eq(participations.programmeId, programmeId)));
}

/** Writes down what must reach somebody; what is written down already stays as it is. */
export async function insertDeliveries(
  { tx, now, keys }: Scope,
  news: readonly { readonly personId: PersonId | null; readonly delivery: NewDelivery }[],
): Promise<void> {
  if (news.length === 0) return;
  const names = await lastingNames(
    tx,
    news.map(({ delivery }) => delivery),
  );
  const rows = news.map(({ personId, delivery }) => ({ personId, delivery, key: keys(names.get(delivery) ?? delivery.what) }));
  const values = rows.map(({ personId, key, delivery: { to, ...delivery } }) => ({
    ...delivery,
    ...(to ? { platform: to.platform, address: to.id } : {}),
    personId,
    key,
    state: 'queued',
    createdAt: now,
  }));
  await tx.insert(deliveries).values(values).onConflictDoNothing({ target: deliveries.what });
}

async function cancelDeliveries({ tx }: Scope, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(
    sql`update deliveries set state = 'cancelled' where state = 'queued' and attempted_at is null and id = any(${idList(ids)})`,
  );
}

async function refreshDeliveries({ tx, now }: Scope, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    update deliveries set revision_wanted = revision_wanted + 1, due_at = case when state = 'sent' then ${now.toISOString()}::timestamptz else due_at end
    where id = any(${idList(ids)})`);
}

/** As one parameter, so that a thousand ids are no thousand parameters. */
export const idList = (ids: readonly number[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint)`;
