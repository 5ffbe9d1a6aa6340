import { type Entered, errorAt } from './entered.js';
import { isDay } from './iso-day.js';
import { type Choice, controlId, type Form, type FormError, type FormField } from './message.js';
import { type Cohort, nameProblem, type Programme } from './people.js';
import { fail, ok, type Result } from './result.js';
import { dayInWords } from './wording.js';

export const addForm = (id: string, programme: Programme): Form => ({
  id,
  title: 'A new cohort',
  submitLabel: 'Add it',
  sections: [
    {
      title: programme.name,
      fields: [
        { kind: 'text', name: 'name', label: 'Name', value: '', hint: 'such as ARENA 2.0', optional: false },
        { kind: 'day', name: 'ended', label: 'The day it ended', value: null, optional: false },
      ],
    },
  ],
});

export type NewCohort = { readonly name: string; readonly endedOn: string };

/** The cohort as it was entered, or what is wrong with it. */
export function readAddForm(form: Form, entered: Entered): Result<NewCohort, readonly FormError[]> {
  return readNewCohort(form, (entered.name ?? '').trim(), (entered.ended ?? '').trim());
}

function readNewCohort(form: Form, name: string, endedOn: string): Result<NewCohort, readonly FormError[]> {
  const problem = nameProblem('cohort', name, 'ARENA 2.0');
  const errors = [
    ...(problem === null ? [] : [errorAt(form, 'name', `${problem}.`)]),
    ...(isDay(endedOn) ? [] : [errorAt(form, 'ended', dayProblem(endedOn))]),
  ];
  return errors.length > 0 ? fail(errors) : ok({ name, endedOn });
}

const dayProblem = (typed: string) =>
  typed === '' ? 'The day is missing: write it as 2023-06-30.' : `“${typed}” is not a day: write it as 2023-06-30.`;

/** As many as a select holds on every platform; where there are more, one types. */
export const MOST_CHOICES = 25;

/** Which cohort: chosen where a select holds them all, else typed. */
export function cohortField(cohorts: readonly Cohort[], chosen: string | null, none: readonly Choice[]): FormField {
  const choices = [...none, ...cohorts.map(({ name }) => ({ value: name, label: name }))];
  if (choices.length <= MOST_CHOICES)
    return { kind: 'select', name: 'cohort', label: 'Cohort', value: chosen ?? (none.length > 0 ? '' : null), choices };
  const hint = 'its name, as “cohorts” lists it';
  return { kind: 'text', name: 'cohort', label: 'Cohort', value: chosen ?? '', hint, optional: none.length > 0 };
}

/** Newest first: those are what a prediction or a list is about. */
export const openCohorts = (cohorts: readonly Cohort[]) =>
  cohorts.filter(({ archivedAt }) => archivedAt === null).toSorted((a, b) => b.endedOn.localeCompare(a.endedOn));

const NEW_COHORT: Choice = { value: '', label: 'A new one, named below' };

type WhichCohort = { readonly cohorts: readonly Cohort[]; readonly chosen: string | null };

function whichCohort({ cohorts, chosen }: WhichCohort): readonly FormField[] {
  return [
    cohortField(openCohorts(cohorts), chosen, [NEW_COHORT]),
    { kind: 'text', name: 'name', label: 'Name of a new one', value: '', hint: 'such as ARENA 2.0', optional: true },
    { kind: 'day', name: 'ended', label: 'The day it ended, if new', value: null, optional: true },
  ];
}

/** A list of people, and the cohort they are of. */
export const importForm = (id: string, programme: Programme, which: WhichCohort): Form => ({
  id,
  title: 'Bring people in',
  submitLabel: 'Look at it',
  sections: [
    {
      title: programme.name,
      fields: [
        ...whichCohort(which),
        {
          kind: 'file',
          name: 'file',
          label: 'The list, as a CSV file',
          value: null,
          hint: 'columns name, slack, discord, email, timezone: a name and one way to reach each person',
          optional: false,
        },
      ],
    },
  ],
});

/** Which cohort those are of who have been read already; `key` is the list's. */
export const cohortForm = (key: string, people: string, which: WhichCohort): Form => ({
  id: controlId('ask', key),
  title: 'Which cohort?',
  submitLabel: 'Look at it',
  sections: [{ title: people, fields: whichCohort(which) }],
});

/** The cohort that is meant: one that is there, or a new one. */
export function readCohortForm(
  form: Form,
  cohorts: readonly Cohort[],
  entered: Entered,
): Result<NewCohort, readonly FormError[]> {
  const chosen = (entered.cohort ?? '').trim();
  const name = (entered.name ?? '').trim();
  const ended = (entered.ended ?? '').trim();
  const called = (wanted: string) => cohorts.find((each) => each.name.toLowerCase() === wanted.toLowerCase());
  if (chosen !== '' && name !== '')
    return fail([errorAt(form, 'name', `Either choose a cohort or name a new one: ${chosen} is chosen above.`)]);
  const known = called(chosen === '' ? name : chosen);
  if (known?.archivedAt) return fail([errorAt(form, 'cohort', `${known.name} is archived, so nobody can be added to it.`)]);
  if (known && ended !== '' && ended !== known.endedOn) {
    const problem = `${known.name} ended on ${dayInWords(known.endedOn)}. Leave this empty, or name a new cohort.`;
    return fail([errorAt(form, 'ended', problem)]);
  }
  if (known) return ok({ name: known.name, endedOn: known.endedOn });
  if (chosen !== '') return fail([errorAt(form, 'cohort', `There is no cohort “${chosen}”.`)]);
  if (name === '') return fail([errorAt(form, 'name', 'Choose a cohort above, or name a new one.')]);
  return readNewCohort(form, name, ended);
}
