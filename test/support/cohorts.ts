import type { Db } from '../../db/connect.js';
import { createProgramme, programmeNamed } from '../../db/programmes.js';
import { planMembers } from '../../db/replan.js';
import { asCohort } from '../../db/rows.js';
import { accounts, alumni, cohorts, participations, people } from '../../db/schema.js';
import type { Cohort, Programme } from '../../src/domain/people.js';
import type { Settings } from '../../src/domain/settings.js';

export type Someone = { readonly name: string; readonly slack?: string; readonly timeZone?: string; readonly email?: string };

type Wanted = {
  readonly programme: string;
  readonly cohort: string;
  readonly endedOn: string;
  readonly people: readonly Someone[];
  readonly settings: Settings;
  readonly now: Date;
};

/** A cohort on the roster, with its check-ins planned as an import plans them. */
export async function aCohortOf(db: Db, wanted: Wanted): Promise<{ programme: Programme; cohort: Cohort; people: number[] }> {
  const { now, endedOn, settings } = wanted;
  const programme = (await programmeNamed(db, wanted.programme)) ?? (await createProgramme(db, wanted.programme, settings, now));
  const [row] = await db
    .insert(cohorts)
    .values({ programmeId: programme.id, name: wanted.cohort, endedOn, createdAt: now })
    .returning();
  if (!row) throw new Error('no cohort');
  const cohort = asCohort(row);
  const members: { alumnusId: number; personId: number; timeZone: string | null }[] = [];
  for (const each of wanted.people) {
    const personId = await aPerson(db, each, now);
    const [alumnus] = await db.insert(alumni).values({ cohortId: cohort.id, personId, addedAt: now }).returning();
    await db.insert(participations).values({ personId, programmeId: programme.id }).onConflictDoNothing();
    members.push({ alumnusId: alumnus?.id ?? 0, personId, timeZone: each.timeZone ?? null });
  }
  await planMembers(db, programme, cohort, members, now);
  return { programme, cohort, people: members.map((each) => each.personId) };
}

async function aPerson(db: Db, { name, slack, timeZone, email }: Someone, now: Date): Promise<number> {
  const known = (await db.select().from(people)).find((each) => each.name === name);
  if (known) return known.id;
  const [row] = await db
    .insert(people)
    .values({ name, email: email ?? null, timeZone: timeZone ?? null, createdAt: now })
    .returning();
  const personId = row?.id ?? 0;
  if (slack) await db.insert(accounts).values({ platform: 'slack', account: slack, personId, linkedAt: now });
  return personId;
}
