import { cohortField, MOST_CHOICES, openCohorts } from './cohort-forms.js';
import { type Entered, errorAt } from './entered.js';
import type { Form, FormError, FormField } from './message.js';
import { type Forecast, type ForecastField, readForecast } from './organiser-forecast.js';
import type { Cohort, Programme } from './people.js';
import { fail, ok, type Result } from './result.js';
import { monthsInWords, trackChoices } from './wording.js';

/** What a prediction is made of; a section fits where a form holds five fields. */
export function predictForm(id: string, programme: Programme, cohorts: readonly Cohort[]): Form {
  const tracks = trackChoices(programme.settings.tracks).filter(({ value }) => value !== 'unclear');
  const share = (name: string, label: string, hint: string): FormField => ({
    kind: 'text',
    name,
    label,
    value: '',
    hint,
    optional: false,
  });
  return {
    id,
    title: 'A prediction',
    submitLabel: 'Put it on record',
    sections: [
      {
        title: 'What it is about',
        fields: [
          cohortField(openCohorts(cohorts), null, []),
          waveField(programme.settings.waves),
          { kind: 'select', name: 'track', label: 'Field', value: null, choices: tracks },
          {
            kind: 'select',
            name: 'scope',
            label: 'What counts',
            value: 'main',
            choices: [
              { value: 'main', label: 'What they mainly do' },
              { value: 'any', label: 'Any work in that field' },
            ],
          },
        ],
      },
      {
        title: 'What you expect',
        fields: [
          {
            kind: 'select',
            name: 'comparator',
            label: 'More or less',
            value: 'less_than',
            choices: [
              { value: 'less_than', label: 'Less than this share of them' },
              { value: 'more_than', label: 'More than this share of them' },
            ],
          },
          share('share', 'Share', 'such as 10%'),
          share('probability', 'How sure you are', 'such as 80%'),
          { kind: 'day', name: 'closes', label: 'Resolved on, after the wave', value: null, optional: false },
        ],
      },
      {
        title: 'For the record',
        fields: [
          {
            kind: 'select',
            name: 'seen',
            label: 'Have you seen answers of that wave?',
            value: 'no',
            choices: [
              { value: 'no', label: 'No' },
              { value: 'yes', label: 'Yes' },
            ],
          },
          { kind: 'text', name: 'text', label: 'In your own words', value: '', optional: true, isLong: true },
        ],
      },
    ],
  };
}

function waveField(waves: readonly number[]): FormField {
  if (waves.length > MOST_CHOICES) {
    const hint = 'in months after the end, such as 12';
    return { kind: 'text', name: 'wave', label: 'When', value: '', hint, optional: false };
  }
  const choices = waves.map((months) => ({
    value: String(months),
    label: months === 0 ? 'At the end' : `${capitalised(monthsInWords(months))} after the end`,
  }));
  return { kind: 'select', name: 'wave', label: 'When', value: null, choices };
}

const LONGEST_TEXT = 2_000;

/** The forecast as it was entered, or all that is wrong with it. */
export function readPredictForm(form: Form, entered: Entered): Result<Forecast, readonly FormError[]> {
  const value = (name: string) => (entered[name] ?? '').trim();
  const missing = (['cohort', 'wave', 'track', 'share', 'probability', 'closes'] as const).filter((name) => value(name) === '');
  const read = readForecast({
    cohorts: [value('cohort')],
    wave: value('wave'),
    track: value('track'),
    scope: value('scope') === 'any' ? 'any' : 'main',
    comparator: value('comparator') === 'more_than' ? 'more_than' : 'less_than',
    share: value('share'),
    probability: value('probability'),
    closes: value('closes'),
    author: null,
    text: value('text').slice(0, LONGEST_TEXT) || null,
    seenData: value('seen') === 'yes',
  });
  const wrong = read.ok ? [] : read.error.filter(({ field }) => !missing.some((name) => name === field));
  const errors = [
    ...missing.map((name) => errorAt(form, name, 'This is needed.')),
    ...wrong.map(({ field, message }) => errorAt(form, field, message)),
  ];
  return read.ok && errors.length === 0 ? ok(read.value) : fail(errors);
}

/** Where in the form a refusal of the whole prediction belongs. */
export const REFUSED_AT: Readonly<Record<string, ForecastField | 'cohort' | 'track'>> = {
  no_such_track: 'track',
  bad_close_date: 'closes',
  no_such_wave: 'wave',
  no_such_cohort: 'cohort',
  no_cohort: 'cohort',
  nobody: 'cohort',
  bad_number: 'share',
};

const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
