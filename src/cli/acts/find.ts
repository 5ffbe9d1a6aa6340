import type { Cohort, Programme } from '../../domain/people.js';
import { listInWords } from '../../domain/wording.js';
import type { ProgrammeStore } from '../../programme-ports.js';
import { failed } from '../shell.js';

export async function theProgramme(programmes: ProgrammeStore, name: string): Promise<Programme> {
  const programme = await programmes.programmeNamed(name);
  if (programme) return programme;
  const all = await programmes.allProgrammes();
  const there =
    all.length === 0
      ? `make it with: afterwards programme set "${name}"`
      : `there ${all.length === 1 ? 'is' : 'are'} ${listInWords(all.map((each) => each.name))}`;
  throw failed(`There is no programme "${name}": ${there}`);
}

/** One that may still be changed. */
export async function activeProgramme(programmes: ProgrammeStore, name: string): Promise<Programme> {
  const programme = await theProgramme(programmes, name);
  if (programme.archivedAt !== null)
    throw failed(`${programme.name} is archived: it sends nothing, and cannot be changed any more`);
  return programme;
}

export async function theCohort(programmes: ProgrammeStore, programme: Programme, name: string): Promise<Cohort> {
  const cohort = await programmes.cohortNamed(programme.id, name);
  if (cohort) return cohort;
  const all = await programmes.cohortsOf(programme.id);
  const there =
    all.length === 0
      ? 'it has no cohorts yet: afterwards cohort import --help'
      : `there ${all.length === 1 ? 'is' : 'are'} ${listInWords(all.map((each) => each.cohort.name))}`;
  throw failed(`${programme.name} has no cohort "${name}": ${there}`);
}
