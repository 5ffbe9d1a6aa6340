import { and, asc, eq, gt, type SQL } from 'drizzle-orm';
import type { ProgrammeId } from '../src/domain/ids.js';
import type { CheckInRow } from '../src/programme-ports.js';
import type { Db } from './connect.js';
import { alumni, checkIns, cohorts, people, programmes } from './schema.js';

const BATCH = 5_000;

/** Every check-in of a programme, or of all, in batches by id, so that none of them needs much memory. */
export async function eachCheckIn(
  db: Db,
  programmeId: ProgrammeId | null,
  each: (rows: readonly CheckInRow[]) => void,
): Promise<void> {
  const within: SQL | undefined = programmeId === null ? undefined : eq(checkIns.programmeId, programmeId);
  let after = 0;
  for (;;) {
    const rows = await db
      .select({
        id: checkIns.id,
        alumnus: people.name,
        programme: programmes.name,
        cohort: cohorts.name,
        waveMonths: checkIns.waveMonths,
        state: checkIns.state,
        reason: checkIns.reason,
        dueAt: checkIns.dueAt,
        deliveredAt: checkIns.deliveredAt,
        answeredAt: checkIns.answeredAt,
      })
      .from(checkIns)
      .innerJoin(alumni, eq(alumni.id, checkIns.alumnusId))
      .innerJoin(people, eq(people.id, checkIns.personId))
      .innerJoin(cohorts, eq(cohorts.id, checkIns.cohortId))
      .innerJoin(programmes, eq(programmes.id, checkIns.programmeId))
      .where(and(within, gt(checkIns.id, after)))
      .orderBy(asc(checkIns.id))
      .limit(BATCH);
    if (rows.length === 0) return;
    each(rows as unknown as readonly CheckInRow[]);
    after = rows.at(-1)?.id ?? after;
  }
}
