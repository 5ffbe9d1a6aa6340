import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Report } from '../src/domain/report.js';
import type { PublicSnapshot, SnapshotPlace } from '../src/report-ports.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import { instantParam } from './report-people.js';
import { publicReports } from './schema.js';

const scopeOf = ({ cohortIds, waveMonths }: SnapshotPlace) => `${waveMonths}:${[...cohortIds].sort((a, b) => a - b).join(',')}`;

/** A report is written down by this program alone, whole. */
const reportSchema = z.custom<Report>((value) => typeof value === 'object' && value !== null && 'tracks' in value);

export async function publicSnapshot(db: Db, place: SnapshotPlace): Promise<PublicSnapshot | null> {
  const [row] = await db
    .select()
    .from(publicReports)
    .where(and(eq(publicReports.programmeId, place.programmeId), eq(publicReports.scope, scopeOf(place))));
  return row ? { takenAt: row.takenAt, minCell: row.minCell, report: reportSchema.parse(row.report) } : null;
}

export async function keepPublicSnapshot(db: Db, place: SnapshotPlace, snapshot: PublicSnapshot): Promise<void> {
  await db
    .insert(publicReports)
    .values({ programmeId: place.programmeId, scope: scopeOf(place), ...snapshot })
    .onConflictDoUpdate({ target: [publicReports.programmeId, publicReports.scope], set: snapshot });
}

export async function changedSince(
  db: Db,
  { cohortIds, waveMonths }: SnapshotPlace,
  since: Date,
): Promise<{ readonly people: number; readonly answers: number }> {
  const at = instantParam(since);
  const [row] = await db.select({ people: sql`n.people`.mapWith(Number), answers: sql`n.answers`.mapWith(Number) }).from(sql`(
      select count(distinct person_id) as people, count(distinct person_id) filter (where is_answer) as answers from (
        select a.person_id, false as is_answer from alumni a join people p on p.id = a.person_id
        where a.cohort_id = any(${idList(cohortIds)}) and (a.added_at > ${at} or p.erased_at > ${at})
        union all
        select i.person_id, true from check_ins i join career_updates u on u.check_in_id = i.id
        where i.cohort_id = any(${idList(cohortIds)}) and i.wave_months = ${waveMonths} and u.stored_at > ${at}) changed) n`);
  return row ?? { people: 0, answers: 0 };
}
