import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { CheckIn, Conversation, OwnMessage, Participation, Reply, StoredUpdate } from '../src/domain/conversation.js';
import type { PersonId } from '../src/domain/ids.js';
import type { Account, Cohort } from '../src/domain/people.js';
import type { Db } from './connect.js';
import { asBrand, asCohort, asProgramme } from './rows.js';
import {
  accounts,
  alumni,
  careerUpdates,
  checkIns,
  cohorts,
  deliveries,
  participations,
  people,
  programmes,
  replies,
} from './schema.js';

/**
 * Everything about these people, in nine queries however many they are. With `lock` their rows stay locked until the
 * transaction ends: whatever changes a conversation takes that lock first. People who do not exist are missing from the map.
 */
export async function loadConversations(
  db: Db,
  ids: readonly PersonId[],
  lock = false,
): Promise<ReadonlyMap<PersonId, Conversation>> {
  if (ids.length === 0) return new Map();
  const wanted = [...ids];
  const query = db.select().from(people).where(inArray(people.id, wanted)).orderBy(asc(people.id));
  const rows = await (lock ? query.for('update') : query);
  const [accountsOf, taking, checkInsOf, repliesOf, sentOf] = [
    await accountsBy(db, wanted),
    await participationsBy(db, wanted),
    await checkInsBy(db, wanted),
    await repliesBy(db, wanted),
    await sentBy(db, wanted),
  ];
  return new Map(
    rows.map((row): [PersonId, Conversation] => {
      const id = asBrand<PersonId>(row.id);
      const person = { ...row, id, accounts: accountsOf.get(row.id) ?? [] };
      return [
        id,
        {
          person,
          participations: taking.get(row.id) ?? [],
          checkIns: checkInsOf.get(row.id) ?? [],
          replies: repliesOf.get(row.id) ?? [],
          sent: sentOf.get(row.id) ?? [],
        },
      ];
    }),
  );
}

function grouped<R, T>(rows: readonly R[], by: (row: R) => number, value: (row: R) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(value(row));
    else groups.set(by(row), [value(row)]);
  }
  return groups;
}

async function accountsBy(db: Db, ids: number[]) {
  const rows = await db
    .select()
    .from(accounts)
    .where(inArray(accounts.personId, ids))
    .orderBy(desc(accounts.linkedAt), asc(accounts.account));
  return grouped(
    rows,
    (row) => row.personId,
    (row): Account => ({ platform: row.platform as Account['platform'], id: row.account }),
  );
}

async function participationsBy(db: Db, ids: number[]) {
  const rows = await db
    .select({ taking: participations, programme: programmes })
    .from(participations)
    .innerJoin(programmes, eq(programmes.id, participations.programmeId))
    .where(inArray(participations.personId, ids))
    .orderBy(asc(participations.programmeId));
  const cohortRows = await db
    .select({ personId: alumni.personId, cohort: cohorts })
    .from(alumni)
    .innerJoin(cohorts, eq(cohorts.id, alumni.cohortId))
    .where(inArray(alumni.personId, ids))
    .orderBy(asc(cohorts.endedOn), asc(cohorts.id));
  const cohortsOf = grouped(
    cohortRows,
    (row) => row.personId,
    (row): Cohort => asCohort(row.cohort),
  );
  return grouped(
    rows,
    (row) => row.taking.personId,
    ({ taking, programme }): Participation => ({
      programme: asProgramme(programme),
      cohorts: (cohortsOf.get(taking.personId) ?? []).filter((cohort) => cohort.programmeId === programme.id),
      namesConsent: taking.namesConsent as Participation['namesConsent'],
      noticedAt: taking.noticedAt,
      influenceAskedAt: taking.influenceAskedAt,
      stoppedAt: taking.stoppedAt,
      pausedUntil: taking.pausedUntil,
    }),
  );
}

async function checkInsBy(db: Db, ids: number[]) {
  const rows = await db
    .select({ checkIn: checkIns, addedAt: alumni.addedAt })
    .from(checkIns)
    .innerJoin(alumni, eq(alumni.id, checkIns.alumnusId))
    .where(inArray(checkIns.personId, ids))
    .orderBy(asc(checkIns.dueOn), asc(checkIns.id));
  return grouped(
    rows,
    (row) => row.checkIn.personId,
    (row) => ({ ...row.checkIn, addedAt: row.addedAt }) as unknown as CheckIn,
  );
}

async function repliesBy(db: Db, ids: number[]) {
  const rows = await db.select().from(replies).where(inArray(replies.personId, ids)).orderBy(asc(replies.id));
  const newest = await db
    .selectDistinctOn([careerUpdates.replyId])
    .from(careerUpdates)
    .where(and(inArray(careerUpdates.personId, ids), sql`${careerUpdates.replyId} is not null`))
    .orderBy(careerUpdates.replyId, desc(careerUpdates.id));
  const storedOf = new Map(newest.map((row) => [row.replyId, asStored(row)]));
  return grouped(
    rows,
    (row) => row.personId,
    (row) => ({ ...row, stored: storedOf.get(row.id) ?? null }) as unknown as Reply,
  );
}

/** Confidence is stored in thousandths. */
export function asStored(row: typeof careerUpdates.$inferSelect): StoredUpdate {
  return {
    update: row.record,
    basis: row.basis as StoredUpdate['basis'],
    carriedForward: row.carriedForward,
    kindConfidence: row.kindConfidence / 1000,
    trackConfidence: row.trackConfidence / 1000,
    reader: row.reader,
    readerVersion: row.readerVersion,
    storedAt: row.storedAt,
  };
}

async function sentBy(db: Db, ids: number[]) {
  const rows = await db
    .select({
      id: deliveries.id,
      personId: deliveries.personId,
      key: deliveries.key,
      kind: deliveries.kind,
      programmeId: deliveries.programmeId,
      checkInId: deliveries.checkInId,
      replyId: deliveries.replyId,
      state: deliveries.state,
      sentAt: deliveries.sentAt,
    })
    .from(deliveries)
    .where(inArray(deliveries.personId, ids))
    .orderBy(asc(deliveries.id));
  return grouped(
    rows,
    (row) => row.personId ?? 0,
    ({ personId: _, ...row }) => row as unknown as OwnMessage,
  );
}
