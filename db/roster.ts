import { and, count, eq, isNotNull, isNull, sql, TransactionRollbackError } from 'drizzle-orm';
import type { PersonId } from '../src/domain/ids.js';
import type { Cohort, Programme, WayIn } from '../src/domain/people.js';
import type { RosterOutcome, RosterRow } from '../src/domain/roster.js';
import { changesOf, peopleOfRows } from '../src/domain/roster-match.js';
import { changeLines, type PlanChangeLine } from '../src/domain/schedule-changes.js';
import { takesOver } from '../src/domain/time-zone.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import type { Fingerprint } from './erase.js';
import { planMembers, replanCohort } from './replan.js';
import { inChunks, knownPeople, lockedMatches, withoutErased } from './roster-match.js';
import { addPeople, applyPeopleChanges, type Entry, entriesOf } from './roster-people.js';
import { asBrand, asCohort } from './rows.js';
import { alumni, checkInEvents, checkIns, cohorts, participations, people } from './schema.js';

/** Any number, the same in every copy: one import at a time, or two would make the same person twice. */
const IMPORT_LOCK = 7_266_340;

export type RosterImport = {
  readonly programme: Programme;
  readonly cohortName: string;
  /** ISO day. */
  readonly endedOn: string;
  readonly rows: readonly RosterRow[];
  readonly now: Date;
  /** Everything is done, told and undone again. */
  readonly dryRun: boolean;
  readonly fingerprint: Fingerprint;
  /** How those who are new to the cohort came onto its list; a list by default. */
  readonly cameBy?: WayIn;
};

/**
 * Brings a cohort in line with a roster, all of it or nothing: makes the cohort, adds and corrects people, plans their check-ins.
 * Nobody leaves a cohort by it, and a repeat changes nothing. Throws where somebody is enrolled on another way at the same
 * moment: nothing has happened then, and a second try finds them.
 */
export async function importRoster(db: Db, order: RosterImport): Promise<RosterOutcome> {
  let outcome: RosterOutcome | undefined;
  try {
    return await db.transaction(async (tx) => {
      outcome = await importWithin(tx, order);
      if (order.dryRun || outcome.kind === 'refused') tx.rollback();
      return outcome;
    });
  } catch (error) {
    if (outcome !== undefined && error instanceof TransactionRollbackError) return outcome;
    throw error;
  }
}

async function importWithin(tx: Db, order: RosterImport): Promise<RosterOutcome> {
  const { programme, endedOn, now } = order;
  await tx.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
  const existing = await cohortAsNamed(tx, programme, order.cohortName);
  if (existing?.archivedAt) return { kind: 'refused', problems: [archivedProblem(existing)] };
  const redated = existing && existing.endedOn !== endedOn ? { from: existing.endedOn, to: endedOn } : null;
  const matches = await lockedMatches(tx, order.rows, redated && existing ? await membersOf(tx, existing) : []);
  const found = peopleOfRows(order.rows, matches);
  if (!found.ok) return { kind: 'refused', problems: found.error };

  // Only now: whoever was being erased while their lock was waited for is erased by this time.
  const { usable, touched } = await withoutErased(tx, order.rows, order.fingerprint);
  const staying = usable.filter(({ line }) => found.value.has(line) || !touched.has(line));
  const entries = await entriesOf(tx, staying, found.value, await knownPeople(tx, [...found.value.values()]));
  const changed = entries.flatMap(({ row, known }) => (known ? changesOf(row, known) : []));
  const cohort = existing ? { ...existing, endedOn } : await createCohort(tx, order);
  await addPeople(
    tx,
    entries.filter((entry) => entry.known === null),
    now,
  );
  await applyPeopleChanges(tx, entries, changed, now);
  const replanned = redated ? await redate(tx, programme, cohort, now) : [];
  const added = await addAlumni(tx, cohort, entries, order);
  const planned = await planAdded(tx, programme, cohort, added, now);

  const addedPeople = new Set<number>(added.map(({ personId }) => personId));
  const changedLines = new Set(changed.map(({ line }) => line));
  return {
    kind: 'imported',
    cohortId: cohort.id,
    created: existing === null,
    redated,
    added: added.length,
    changed,
    unchanged: entries.filter(({ row, personId }) => !addedPeople.has(personId) && !changedLines.has(row.line)).length,
    notInFile: (await rosterSize(tx, cohort)) - entries.length,
    erased: order.rows.length - entries.length,
    replanned,
    planned,
  };
}

const archivedProblem = ({ name }: Cohort) => ({
  line: null,
  column: null,
  message: `${name} is archived: nobody joins it any more, and it stays as it is. Choose another name for a new cohort`,
});

/** In the database's own small letters, which are what makes a name unique. */
async function cohortAsNamed(tx: Db, programme: Programme, name: string): Promise<Cohort | null> {
  const [row] = await tx
    .select()
    .from(cohorts)
    .where(and(eq(cohorts.programmeId, programme.id), sql`lower(${cohorts.name}) = lower(${name.trim()})`));
  return row ? asCohort(row) : null;
}

async function createCohort(tx: Db, { programme, cohortName, endedOn, now }: RosterImport): Promise<Cohort> {
  const values = { programmeId: programme.id, name: cohortName.trim(), endedOn, createdAt: now };
  const [row] = await tx.insert(cohorts).values(values).returning();
  if (!row) throw new Error('the database gave no id to a cohort');
  return asCohort(row);
}

async function membersOf(tx: Db, cohort: Cohort): Promise<readonly PersonId[]> {
  const rows = await tx.select({ id: alumni.personId }).from(alumni).where(eq(alumni.cohortId, cohort.id));
  return rows.map(({ id }) => asBrand<PersonId>(id));
}

async function redate(tx: Db, programme: Programme, cohort: Cohort, now: Date): Promise<readonly PlanChangeLine[]> {
  await tx.update(cohorts).set({ endedOn: cohort.endedOn }).where(eq(cohorts.id, cohort.id));
  return changeLines(await replanCohort(tx, programme, cohort, now));
}

type Added = { readonly alumnusId: number; readonly personId: PersonId; readonly timeZone: string | null };

/** Puts them on the cohort's list and on the programme's; returns those who were not on the cohort's yet. */
async function addAlumni(
  tx: Db,
  cohort: Cohort,
  entries: readonly Entry[],
  { now, cameBy = 'roster' }: Pick<RosterImport, 'now' | 'cameBy'>,
): Promise<readonly Added[]> {
  const entryOf = new Map<number, Entry>(entries.map((entry) => [entry.personId, entry]));
  const added: Added[] = [];
  await inChunks(entries, async (chunk) => {
    await tx
      .insert(participations)
      .values(chunk.map(({ personId }) => ({ personId, programmeId: cohort.programmeId })))
      .onConflictDoNothing();
    const rows = await tx
      .insert(alumni)
      .values(chunk.map(({ personId }) => ({ cohortId: cohort.id, personId, addedAt: now, cameBy })))
      .onConflictDoNothing()
      .returning({ alumnusId: alumni.id, personId: alumni.personId });
    for (const { alumnusId, personId } of rows) {
      const entry = entryOf.get(personId);
      if (entry) added.push({ alumnusId, personId: entry.personId, timeZone: zoneOf(entry) });
    }
  });
  return added;
}

/** As it is once the roster is taken in. */
const zoneOf = ({ row, known }: Entry) =>
  known && !takesOver(known, 'roster') ? known.timeZone : (row.timeZone ?? known?.timeZone ?? null);

/** Plans their waves; for those who stopped in this programme they are written down as stopped. Returns how many are to be asked. */
async function planAdded(tx: Db, programme: Programme, cohort: Cohort, added: readonly Added[], now: Date): Promise<number> {
  const planned = await planMembers(tx, programme, cohort, added, now);
  let stopped = 0;
  await inChunks(added, async (chunk) => {
    const isNew = sql`${alumni.id} = any(${idList(chunk.map(({ alumnusId }) => alumnusId))})`;
    const isTheirs = and(eq(participations.personId, alumni.personId), eq(participations.programmeId, programme.id));
    const refusing = await tx
      .select({ id: alumni.id })
      .from(alumni)
      .innerJoin(participations, isTheirs)
      .where(and(isNew, isNotNull(participations.stoppedAt)));
    if (refusing.length > 0)
      stopped += await stopCheckIns(
        tx,
        refusing.map(({ id }) => id),
        now,
      );
  });
  return planned - stopped;
}

async function stopCheckIns(tx: Db, alumnusIds: readonly number[], now: Date): Promise<number> {
  const rows = await tx
    .update(checkIns)
    .set({ state: 'stopped', lookAt: null })
    .where(and(sql`${checkIns.alumnusId} = any(${idList(alumnusIds)})`, eq(checkIns.state, 'planned')))
    .returning({ checkInId: checkIns.id });
  await inChunks(rows, (chunk) =>
    tx.insert(checkInEvents).values(chunk.map((row) => ({ ...row, at: now, state: 'stopped', asked: false }))),
  );
  return rows.length;
}

async function rosterSize(tx: Db, cohort: Cohort): Promise<number> {
  const [row] = await tx
    .select({ people: count() })
    .from(alumni)
    .innerJoin(people, eq(people.id, alumni.personId))
    .where(and(eq(alumni.cohortId, cohort.id), isNull(people.erasedAt)));
  return row?.people ?? 0;
}
