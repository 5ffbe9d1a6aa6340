import { and, eq, sql } from 'drizzle-orm';
import type { Change, Conversation } from '../src/domain/conversation.js';
import type { PersonId } from '../src/domain/ids.js';
import type { Invitation } from '../src/domain/invitation.js';
import type { Message } from '../src/domain/message.js';
import type { Address } from '../src/domain/people.js';
import type { Enrolments, InboundEvent, Newcomer } from '../src/ports.js';
import { applyChanges } from './changes.js';
import type { Db } from './connect.js';
import { isNew, keysOf, type Tools } from './conversation-store.js';
import { loadConversations } from './conversations.js';
import { forgetFingerprint, identifiersOf } from './erase.js';
import { personAt } from './people.js';
import { planMembers } from './replan.js';
import { asBrand, asCohort, asProgramme } from './rows.js';
import { accounts, alumni, cohorts, deliveries, participations, people, programmes } from './schema.js';

export function enrolmentsIn(tools: Tools): Enrolments {
  return {
    invite: (invitation, to, payload, event, now) => invite(tools, invitation, { to, payload, event, now }),
    invitationAt: (key) => invitationAt(tools.db, key),
    enrol: (newcomer, decide, event, now) => enrol(tools, newcomer, decide, event, now),
  };
}

type Posting = { readonly to: Address; readonly payload: Message; readonly event: InboundEvent; readonly now: Date };

async function invite(tools: Tools, { programme, cohort }: Invitation, { to, payload, event, now }: Posting): Promise<void> {
  const what = `invitation:${cohort.id}:${event.platform}:${event.eventId}`;
  await tools.db
    .insert(deliveries)
    .values({
      key: keysOf(tools)(what),
      what,
      kind: 'invitation',
      programmeId: programme.id,
      cohortId: cohort.id,
      payload,
      platform: to.platform,
      address: to.id,
      addressKind: to.what,
      state: 'queued',
      dueAt: now,
      createdAt: now,
    })
    .onConflictDoNothing({ target: deliveries.what });
}

async function invitationAt(db: Db, key: string): Promise<Invitation | null> {
  const [row] = await db
    .select({ cohort: cohorts, programme: programmes })
    .from(deliveries)
    .innerJoin(cohorts, eq(cohorts.id, deliveries.cohortId))
    .innerJoin(programmes, eq(programmes.id, cohorts.programmeId))
    .where(and(eq(deliveries.key, key), eq(deliveries.kind, 'invitation')));
  return row ? { cohort: asCohort(row.cohort), programme: asProgramme(row.programme) } : null;
}

async function enrol<T extends { readonly changes: readonly Change[] }>(
  tools: Tools,
  newcomer: Newcomer,
  decide: (conversation: Conversation, isNew: boolean) => T,
  event: InboundEvent,
  now: Date,
): Promise<T | null> {
  const { db, fingerprint } = tools;
  return db.transaction(async (tx) => {
    if (!(await isNew(tx, event, now))) return null;
    const identifiers = identifiersOf({ email: newcomer.email, accounts: [newcomer.account] });
    // Two presses of somebody new at the same moment make one person. The account always comes first, so that nobody waits in a circle.
    for (const each of identifiers) await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${each}))`);
    for (const each of identifiers) await forgetFingerprint(tx, fingerprint(each));
    const personId = (await knownAs(tx, newcomer)) ?? (await newPerson(tx, newcomer, now));
    await takeAccount(tx, personId, newcomer, now);
    const added = await joinCohort(tx, personId, newcomer, now);
    const conversation = (await loadConversations(tx, [personId])).get(personId);
    if (!conversation) throw new Error(`person ${personId} is not there`);
    const decided = decide(conversation, added);
    await applyChanges(tx, now, keysOf(tools), [{ personId, changes: decided.changes }]);
    return decided;
  });
}

/** Locked from here on. By the account first: an address may be shared, or have changed hands. */
async function knownAs(tx: Db, { account, email }: Newcomer): Promise<PersonId | null> {
  const byAccount = await personAt(tx, account);
  const [byEmail] = email === null ? [] : await tx.select({ id: people.id }).from(people).where(isAt(email));
  const id = byAccount ?? byEmail?.id;
  if (id === undefined) return null;
  const [locked] = await tx.select({ erasedAt: people.erasedAt }).from(people).where(eq(people.id, id)).for('update');
  // Erased while this waited for the lock: they come back as somebody new.
  return locked && locked.erasedAt === null ? asBrand<PersonId>(id) : null;
}

const isAt = (email: string) => sql`lower(${people.email}) = lower(${email})`;

async function newPerson(tx: Db, { name, email, timeZone }: Newcomer, now: Date): Promise<PersonId> {
  const timeZoneFrom = timeZone === null ? null : 'profile';
  const [row] = await tx
    .insert(people)
    .values({ name, email: email?.toLowerCase() ?? null, timeZone, timeZoneFrom, createdAt: now })
    .returning({ id: people.id });
  if (!row) throw new Error('the database gave no id to a person');
  return asBrand<PersonId>(row.id);
}

/** The account is theirs, and whoever had no name gets that of their profile. */
async function takeAccount(tx: Db, personId: PersonId, { account, name }: Newcomer, now: Date): Promise<void> {
  if (account.platform !== 'terminal')
    await tx
      .insert(accounts)
      .values({ platform: account.platform, account: account.id, personId, linkedAt: now, lastUsedAt: now })
      .onConflictDoUpdate({ target: [accounts.platform, accounts.account], set: { lastUsedAt: now } });
  await tx
    .update(people)
    .set({ name: sql`coalesce(${people.name}, ${name})` })
    .where(eq(people.id, personId));
}

/** True where they were not on its list. */
async function joinCohort(tx: Db, personId: PersonId, { programme, cohort, cameBy }: Newcomer, now: Date): Promise<boolean> {
  await tx.insert(participations).values({ personId, programmeId: programme.id }).onConflictDoNothing();
  const [row] = await tx
    .insert(alumni)
    .values({ cohortId: cohort.id, personId, addedAt: now, cameBy })
    .onConflictDoNothing()
    .returning({ id: alumni.id });
  if (!row) return false;
  const [person] = await tx.select({ timeZone: people.timeZone }).from(people).where(eq(people.id, personId));
  await planMembers(tx, programme, cohort, [{ alumnusId: row.id, personId, timeZone: person?.timeZone ?? null }], now);
  return true;
}
