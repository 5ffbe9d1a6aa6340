import { addForm, importForm, readAddForm, readCohortForm } from './cohort-forms.js';
import { enteredIn, errorAt } from './entered.js';
import { entryForm, readEntryForm } from './entry-form.js';
import type { ProgrammeId } from './ids.js';
import { controlId, type Form, type FormError, type FormValues } from './message.js';
import { decideOnSettings, settingsForm } from './on-organiser-settings.js';
import { FORM_NAMES, type FormName, type OrganiserCommand } from './organiser-command.js';
import type { Cohort, Programme } from './people.js';
import { amendForm, readAmendForm } from './prediction-commands.js';
import { predictForm, readPredictForm } from './prediction-form.js';
import { fail, ok, type Result, unreachable } from './result.js';

/** What the id of an organiser's form says of it, so that it can be filled in whenever they like. */
export const formKey = (form: FormName, programme: Programme): string => `${form}-${programme.id}`;

/** Null: it is the key of something else. */
export function parseFormKey(key: string): { readonly form: FormName; readonly programmeId: ProgrammeId } | null {
  const [, name, id] = /^([a-z]+)-(\d{1,15})$/.exec(key) ?? [];
  const form = FORM_NAMES.find((each) => each === name);
  return form && id !== undefined ? { form, programmeId: Number(id) as ProgrammeId } : null;
}

type Facts = { readonly programme: Programme; readonly cohorts: readonly Cohort[] };

/** What the words said already. */
type Chosen = { readonly cohort?: string | null; readonly who?: string };

/** A form by its name, with what is chosen already. */
export function organiserForm(name: FormName, { programme, cohorts }: Facts, chosen: Chosen = {}): Form {
  const id = controlId('ask', formKey(name, programme));
  switch (name) {
    case 'add':
      return addForm(id, programme);
    case 'settings':
      return settingsForm(id, programme);
    case 'predict':
      return predictForm(id, programme, cohorts);
    case 'import':
      return importForm(id, programme, { cohorts, chosen: chosen.cohort ?? null });
    case 'amend':
      return amendForm(id, chosen.who ?? '');
    case 'entry':
      return entryForm(id, programme, cohorts, chosen.who ?? '');
    default:
      return unreachable(name);
  }
}

/** What a form asks for, by the rules that hold for the same command in words; or what is wrong with it, each at its field. */
export function readOrganiserForm(
  name: FormName,
  facts: Facts,
  values: FormValues,
): Result<OrganiserCommand, readonly FormError[]> {
  const form = organiserForm(name, facts);
  const entered = enteredIn(values);
  switch (name) {
    case 'add': {
      const read = readAddForm(form, entered);
      return read.ok ? ok({ kind: 'add', ...read.value }) : read;
    }
    case 'settings': {
      const wanted = Object.entries(entered).map(([setting, value]) => ({ name: setting, value }));
      const decided = decideOnSettings(facts.programme, wanted);
      return decided.ok
        ? ok({ kind: 'settings', wanted, isConfirmed: false })
        : fail(decided.error.map((each) => errorAt(form, each.name, each.message)));
    }
    case 'predict': {
      const read = readPredictForm(form, entered);
      return read.ok ? ok({ kind: 'predict', forecast: read.value }) : read;
    }
    case 'amend':
      return readAmendForm(form, entered);
    case 'entry':
      return readEntryForm(form, facts.programme, entered);
    case 'import': {
      const read = readCohortForm(form, facts.cohorts, entered);
      return read.ok
        ? ok({ kind: 'import', from: { kind: 'file' }, cohort: read.value.name, endedOn: read.value.endedOn })
        : read;
    }
    default:
      return unreachable(name);
  }
}
