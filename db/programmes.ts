import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import type { CohortId, ProgrammeId } from '../src/domain/ids.js';
import type { Cohort, Programme } from '../src/domain/people.js';
import { changeLines, type PlanChange, type PlanChangeLine } from '../src/domain/schedule-changes.js';
import type { Settings } from '../src/domain/settings.js';
import type { CohortSummary, LogEntry } from '../src/programme-ports.js';
import type { Db } from './connect.js';
import { replanCohort } from './replan.js';
import { asBrand, asCohort, asProgramme } from './rows.js';
import { activityLog, alumni, checkIns, cohorts, programmes } from './schema.js';

export async function allProgrammes(db: Db): Promise<readonly Programme[]> {
  return (await db.select().from(programmes).orderBy(asc(programmes.name))).map(asProgramme);
}

/** By name, whatever its capitals. */
export async function programmeNamed(db: Db, name: string): Promise<Programme | null> {
  const [row] = await db
    .select()
    .from(programmes)
    .where(eq(sql`lower(${programmes.name})`, sql`lower(${name.trim()})`));
  return row ? asProgramme(row) : null;
}

export async function createProgramme(db: Db, name: string, settings: Settings, now: Date): Promise<Programme> {
  const [row] = await db.insert(programmes).values({ name: name.trim(), settings, createdAt: now }).returning();
  if (!row) throw new Error('the database gave no id to a programme');
  return asProgramme(row);
}

/** Saves the settings and plans anew what has not been sent; what was sent stays. Says what that changes. */
export async function saveSettings(
  db: Db,
  programme: Programme,
  settings: Settings,
  now: Date,
): Promise<readonly PlanChangeLine[]> {
  return db.transaction(async (tx) => {
    await tx.update(programmes).set({ settings }).where(eq(programmes.id, programme.id));
    const rows = await tx.select().from(cohorts).where(eq(cohorts.programmeId, programme.id)).orderBy(asc(cohorts.id));
    const changes: PlanChange[] = [];
    for (const row of rows) changes.push(...(await replanCohort(tx, { ...programme, settings }, asCohort(row), now)));
    return changeLines(changes);
  });
}

/** Archived programmes and cohorts send nothing more; their predictions stay. */
export async function archiveProgramme(db: Db, id: ProgrammeId, now: Date): Promise<void> {
  await db
    .update(programmes)
    .set({ archivedAt: now })
    .where(and(eq(programmes.id, id), isNull(programmes.archivedAt)));
}

export async function cohortNamed(db: Db, programmeId: ProgrammeId, name: string): Promise<Cohort | null> {
  const [row] = await db
    .select()
    .from(cohorts)
    .where(and(eq(cohorts.programmeId, programmeId), eq(sql`lower(${cohorts.name})`, sql`lower(${name.trim()})`)));
  return row ? asCohort(row) : null;
}

/** Each cohort with how many people are on its list, oldest first. */
export async function cohortsOf(db: Db, programmeId: ProgrammeId): Promise<readonly CohortSummary[]> {
  const rows = await db
    .select({ cohort: cohorts, people: count(alumni.id) })
    .from(cohorts)
    .leftJoin(alumni, eq(alumni.cohortId, cohorts.id))
    .where(eq(cohorts.programmeId, programmeId))
    .groupBy(cohorts.id)
    .orderBy(asc(cohorts.endedOn), asc(cohorts.id));
  return rows.map((row) => ({ cohort: asCohort(row.cohort), people: row.people }));
}

export async function markCohort(db: Db, id: CohortId, mark: 'archive' | 'pause' | 'resume', now: Date): Promise<void> {
  const set = mark === 'archive' ? { archivedAt: now } : { pausedAt: mark === 'pause' ? now : null };
  await db.transaction(async (tx) => {
    await tx.update(cohorts).set(set).where(eq(cohorts.id, id));
    // A pause looks again once a day; its end counts at once.
    if (mark === 'resume') await lookAgain(tx, id, now);
  });
}

/** By the index of a wave. */
export async function responseOf(
  db: Db,
  cohortId: CohortId,
  waveMonths: number,
): Promise<{ readonly answered: number; readonly people: number }> {
  const [row] = await db
    .select({ answered: sql`count(*) filter (where ${checkIns.state} = 'answered')`.mapWith(Number), people: count() })
    .from(checkIns)
    .where(and(eq(checkIns.cohortId, cohortId), eq(checkIns.waveMonths, waveMonths)));
  return row ?? { answered: 0, people: 0 };
}

export async function markProgramme(db: Db, id: ProgrammeId, mark: 'pause' | 'resume', now: Date): Promise<void> {
  await db
    .update(programmes)
    .set({ pausedAt: mark === 'pause' ? now : null })
    .where(eq(programmes.id, id));
  if (mark === 'pause') return;
  // A pause looks again once a day; its end counts at once. Cohort by cohort, so that no lock is held on everybody for long.
  const all = await db.select({ id: cohorts.id }).from(cohorts).where(eq(cohorts.programmeId, id));
  for (const each of all) await db.transaction((tx) => lookAgain(tx, asBrand<CohortId>(each.id), now));
}

/** The same for everybody of a cohort: whatever a pause put off is looked at now. */
async function lookAgain(tx: Db, id: CohortId, now: Date): Promise<void> {
  await tx.execute(
    sql`select id from people where id in (select person_id from alumni where cohort_id = ${id}) order by id for update`,
  );
  await tx.execute(
    sql`update check_ins set look_at = least(look_at, greatest(due_at, ${now.toISOString()}::timestamptz)) where cohort_id = ${id} and look_at is not null`,
  );
}

export async function writeLog(db: Db, entry: LogEntry): Promise<void> {
  await db.insert(activityLog).values({ ...entry, detail: { ...entry.detail } });
}

/** The newest first. */
export async function readLog(db: Db, programmeId: ProgrammeId, limit: number, offset = 0): Promise<readonly LogEntry[]> {
  const rows = await db
    .select()
    .from(activityLog)
    .where(eq(activityLog.programmeId, programmeId))
    .orderBy(sql`${activityLog.at} desc, ${activityLog.id} desc`)
    .limit(limit)
    .offset(offset);
  return rows.map(({ id: _, ...row }) => ({ ...row, programmeId }));
}
