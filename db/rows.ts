import type { Cohort, Programme } from '../src/domain/people.js';
import { keptSettingsSchema } from '../src/domain/settings.js';
import type { cohorts, programmes } from './schema.js';

/** A number or text out of the database as the id it is: the only place where a brand is given without a check. */
export const asBrand = <B>(value: number | string): B => value as unknown as B;

export function asProgramme(row: typeof programmes.$inferSelect): Programme {
  return {
    id: asBrand(row.id),
    name: row.name,
    settings: keptSettingsSchema.parse(row.settings),
    archivedAt: row.archivedAt,
    pausedAt: row.pausedAt,
  };
}

export function asCohort(row: typeof cohorts.$inferSelect): Cohort {
  return {
    id: asBrand(row.id),
    programmeId: asBrand(row.programmeId),
    name: row.name,
    endedOn: row.endedOn,
    archivedAt: row.archivedAt,
    pausedAt: row.pausedAt,
  };
}
