import { expect, it } from 'vitest';
import type { CohortId, ProgrammeId } from '../../src/domain/ids.js';
import { FORM_NAMES } from '../../src/domain/organiser-command.js';
import { organiserForm } from '../../src/domain/organiser-forms.js';
import type { Cohort, Programme } from '../../src/domain/people.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';

/** As many as a select holds on every platform. */
const MOST = 25;

it('lets one type what a select could not hold, in a programme that has gone on for long', () => {
  const tracks = Array.from({ length: 20 }, (_, at) => ({ name: `Field ${at}`, words: [`word ${at}`] }));
  const waves = Array.from({ length: 40 }, (_, at) => at);
  const programme: Programme = {
    id: 1 as ProgrammeId,
    name: 'ARENA',
    settings: { ...DEFAULT_SETTINGS, waves, tracks },
    archivedAt: null,
    pausedAt: null,
  };
  const cohorts = Array.from({ length: 40 }, (_, at): Cohort => {
    const id = (at + 1) as CohortId;
    return { id, programmeId: programme.id, name: `ARENA ${id}`, endedOn: '2023-06-30', archivedAt: null, pausedAt: null };
  });
  const fields = FORM_NAMES.flatMap((name) =>
    organiserForm(name, { programme, cohorts }).sections.flatMap((each) => each.fields),
  );
  const tooMany = fields.flatMap((each) => (each.kind === 'select' && each.choices.length > MOST ? [each.label] : []));
  expect(tooMany).toEqual([]);
  expect(fields.flatMap(({ kind, label }) => (kind === 'text' ? [label] : []))).toEqual(
    expect.arrayContaining(['Cohort', 'When']),
  );
});
