import type { Db } from '../../db/connect.js';
import { createProgramme } from '../../db/programmes.js';
import { planMembers } from '../../db/replan.js';
import { asBrand, asCohort } from '../../db/rows.js';
import { accounts, alumni, cohorts, participations, people } from '../../db/schema.js';
import type { PersonId } from '../../src/domain/ids.js';
import type { Cohort, Programme } from '../../src/domain/people.js';
import type { RosterRow } from '../../src/domain/roster.js';
import { DEFAULT_SETTINGS, type Settings } from '../../src/domain/settings.js';

/** When everything that a test does not date was made. */
export const THEN = new Date('2025-07-01T09:00:00Z');

type ProgrammeWish = { readonly name?: string; readonly settings?: Partial<Settings> };

export async function aProgramme(db: Db, { name = 'ARENA', settings = {} }: ProgrammeWish = {}): Promise<Programme> {
  return createProgramme(db, name, { ...DEFAULT_SETTINGS, ...settings }, THEN);
}

type CohortWish = { readonly name?: string; readonly endedOn?: string };

export async function aCohort(
  db: Db,
  programme: Programme,
  { name = 'ARENA 2.0', endedOn = '2025-06-30' }: CohortWish = {},
): Promise<Cohort> {
  const [row] = await db.insert(cohorts).values({ programmeId: programme.id, name, endedOn, createdAt: THEN }).returning();
  if (!row) throw new Error('no cohort was made');
  return asCohort(row);
}

type PersonWish = {
  readonly name?: string;
  readonly email?: string | null;
  readonly timeZone?: string | null;
  readonly slack?: string;
  readonly discord?: string;
};

export async function aPerson(
  db: Db,
  { name = 'Ada Lovelace', email = null, timeZone = null, slack, discord }: PersonWish = {},
): Promise<PersonId> {
  const [row] = await db.insert(people).values({ name, email, timeZone, createdAt: THEN }).returning({ id: people.id });
  if (!row) throw new Error('no person was made');
  const at = { personId: row.id, linkedAt: THEN };
  if (slack) await db.insert(accounts).values({ platform: 'slack', account: slack, ...at });
  if (discord) await db.insert(accounts).values({ platform: 'discord', account: discord, ...at });
  return asBrand<PersonId>(row.id);
}

/** Somebody on the roster of a cohort, with their check-ins planned. */
export async function anAlumnus(
  db: Db,
  programme: Programme,
  cohort: Cohort,
  wish: PersonWish & { readonly stoppedAt?: Date } = {},
): Promise<{ readonly alumnusId: number; readonly personId: PersonId }> {
  const personId = await aPerson(db, wish);
  const [row] = await db.insert(alumni).values({ cohortId: cohort.id, personId, addedAt: THEN }).returning({ id: alumni.id });
  if (!row) throw new Error('no alumnus was made');
  await db.insert(participations).values({ personId, programmeId: programme.id, stoppedAt: wish.stoppedAt ?? null });
  const member = { alumnusId: row.id, personId, timeZone: wish.timeZone ?? null };
  await planMembers(db, programme, cohort, [member], THEN);
  return { alumnusId: row.id, personId };
}

/** A line of a roster; on line 2, the first below the header, unless it says otherwise. */
export const aRosterRow = (wish: Partial<RosterRow> = {}): RosterRow => ({
  line: 2,
  name: 'Ada Lovelace',
  slack: null,
  discord: null,
  email: null,
  timeZone: null,
  ...wish,
});
