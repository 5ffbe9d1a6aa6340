import { KINDS } from './career-update.js';
import { cohortField, openCohorts } from './cohort-forms.js';
import { type Entered, errorAt } from './entered.js';
import type { Form, FormError } from './message.js';
import type { Cohort, Programme } from './people.js';
import { fail, ok, type Result } from './result.js';
import type { Entered as EnteredWork } from './third-party.js';
import { tracksOf } from './tracks.js';
import { choicesOf, KIND_LABELS, trackChoices } from './wording.js';

/** What an organiser enters of somebody; which person that is, is looked up. */
export type EntryCommand = {
  readonly kind: 'enter';
  /** A name, or an account such as `slack:U123`. */
  readonly who: string;
  /** Null: whichever cohort they are in. */
  readonly cohort: string | null;
  readonly entered: EnteredWork;
};

/** For what an organiser knows of somebody who has not said it themselves. */
export function entryForm(id: string, programme: Programme, cohorts: readonly Cohort[], who: string): Form {
  const text = (name: string, label: string, hint: string) =>
    ({ kind: 'text', name, label, value: '', hint, optional: true, longest: 300 }) as const;
  return {
    id,
    title: 'What you know of somebody',
    submitLabel: 'Note it down',
    sections: [
      {
        title: 'Whom it is about',
        note: 'They see what you enter, and can say that it is not so. It is shown apart from what people say themselves, and counts in none of those numbers.',
        fields: [
          { kind: 'text', name: 'who', label: 'Name', value: who, hint: 'as on the list, or slack:U123', optional: false },
          cohortField(openCohorts(cohorts), null, [{ value: '', label: 'Whichever they are in' }]),
        ],
      },
      {
        title: 'What they mainly do now',
        fields: [
          { kind: 'select', name: 'kind', label: 'What kind of thing', value: null, choices: choicesOf(KIND_LABELS) },
          {
            kind: 'select',
            name: 'track',
            label: 'Field',
            value: 'unclear',
            choices: trackChoices(programme.settings.tracks),
          },
          text('organisation', 'Where', 'an organisation, if you know'),
          text('role', 'As what', 'a role, if you know'),
        ],
      },
    ],
  };
}

/** What was entered, or all that is wrong with it. */
export function readEntryForm(form: Form, programme: Programme, given: Entered): Result<EntryCommand, readonly FormError[]> {
  const value = (name: string) => (given[name] ?? '').trim();
  const kind = KINDS.find((each) => each === value('kind'));
  const track = [...tracksOf(programme.settings.tracks), 'unclear'].find((each) => each === (value('track') || 'unclear'));
  const errors = [
    ...(value('who') === '' ? [errorAt(form, 'who', 'Say whom it is about.')] : []),
    ...(kind === undefined ? [errorAt(form, 'kind', 'Choose one of the kinds.')] : []),
    ...(track === undefined ? [errorAt(form, 'track', 'Choose one of the fields.')] : []),
  ];
  if (kind === undefined || track === undefined || errors.length > 0) return fail(errors);
  const entered = { kind, track, organisation: value('organisation') || null, role: value('role') || null };
  return ok({ kind: 'enter', who: value('who'), cohort: value('cohort') || null, entered });
}
