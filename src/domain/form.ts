import { type Activity, type CareerUpdate, COMMITMENTS, KINDS, partialDateSchema, STATUSES } from './career-update.js';
import type { Choice, Form, FormError, FormField, FormSection, FormValues } from './message.js';
import { controlId } from './message.js';
import { fail, ok, type Result } from './result.js';
import { type OwnTracks, tracksOf } from './tracks.js';
import { choicesOf, KIND_LABELS, trackChoices } from './wording.js';

const STATUS_CHOICES: readonly Choice[] = [
  { value: 'current', label: 'I do this now' },
  { value: 'past', label: 'This has ended' },
  { value: 'upcoming', label: 'Agreed, not begun' },
  { value: 'applying', label: 'Applied, no answer yet' },
];
const COMMITMENT_CHOICES: readonly Choice[] = [
  { value: '', label: 'Not said' },
  { value: 'full_time', label: 'Full time' },
  { value: 'part_time', label: 'Part time' },
];
const REMOVE: Choice = { value: 'remove', label: 'Remove this' };
const NONE: Choice = { value: '', label: 'Nothing to add' };
const ADD_NOTE = 'One at a time: save this, then press “Change something” again for the next.';
const DATE_HINT = 'such as 2024, Feb 2024 or 2024-02-11';
const LONGEST = 300;

const text = (name: string, label: string, value: string | null, hint?: string): FormField => ({
  kind: 'text',
  name,
  label,
  value: value ?? '',
  optional: true,
  longest: LONGEST,
  ...(hint === undefined ? {} : { hint }),
});

function section(title: string, activity: Activity | null, own: OwnTracks): FormSection {
  const kinds = [activity === null ? NONE : REMOVE, ...choicesOf(KIND_LABELS)];
  return {
    title,
    ...(activity === null ? { note: ADD_NOTE } : {}),
    fields: [
      { kind: 'select', name: 'kind', label: 'What kind of thing', value: activity?.kind ?? '', choices: kinds },
      { kind: 'select', name: 'status', label: 'Now or then', value: activity?.status ?? 'current', choices: STATUS_CHOICES },
      { kind: 'select', name: 'track', label: 'Field', value: trackIn(own, activity?.track), choices: trackChoices(own) },
      text('organisation', 'Where', activity?.organisation ?? null),
      text('role', 'As what', activity?.role ?? null),
      text('topic', 'On what', activity?.topic ?? null),
      text('start', 'From', activity?.start ?? null, DATE_HINT),
      text('end', 'Until', activity?.end ?? null, DATE_HINT),
      { kind: 'select', name: 'commitment', label: 'How much', value: activity?.commitment ?? '', choices: COMMITMENT_CHOICES },
      text('funder', 'Paid by', activity?.funder ?? null),
      text('people', 'With whom', activity?.people.join(', ') ?? null, 'names, separated by commas'),
    ],
  };
}

/** What a programme does not tell apart, or no longer does, is hard to say. */
const trackIn = (own: OwnTracks, track: string | undefined) => tracksOf(own).find((each) => each === track) ?? 'unclear';

/** The form behind "Change something": a section an activity, filled with the record, and an empty one to add to it. */
export function formFor(key: string, update: CareerUpdate, own: OwnTracks = null): Form {
  const sections = update.activities.map((activity, place) =>
    section(`${place + 1}. ${KIND_LABELS[activity.kind]}`, activity, own),
  );
  return {
    id: controlId('form', key),
    title: 'Change something',
    sections: [...sections, section(sections.length === 0 ? 'What you do now' : 'Something to add', null, own)],
    submitLabel: 'Save',
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** "2024", "2024-02", "Feb 2024", "11 February 2024" as an ISO date of that precision; null where it is none. */
export function parsePartialDate(entered: string): string | null {
  const value = entered.trim().toLowerCase();
  const words = /^(?:(\d{1,2})\.?\s+)?([a-z]{3,9})\.?\s+(\d{4})$/.exec(value);
  const month = words ? MONTHS.findIndex((each) => words[2]?.startsWith(each)) + 1 : 0;
  const day = words?.[1] === undefined ? '' : `-${words[1].padStart(2, '0')}`;
  const iso = words && month > 0 ? `${words[3]}-${String(month).padStart(2, '0')}${day}` : value;
  if (!partialDateSchema.safeParse(iso).success) return null;
  if (iso.length < 10) return iso;
  return new Date(`${iso}T00:00:00Z`).toISOString().startsWith(iso) ? iso : null;
}

type Entered = {
  readonly values: Readonly<Record<string, string>>;
  readonly place: number;
  readonly before: Activity | null;
  readonly own: OwnTracks;
};

function readDate({ values, place, before }: Entered, field: 'start' | 'end'): Result<string | null, FormError> {
  if (values[field] === undefined) return ok(before?.[field] ?? null);
  const entered = values[field].trim();
  if (entered === '') return ok(null);
  const date = parsePartialDate(entered);
  return date === null
    ? fail({ section: place, field, message: `“${entered.slice(0, 40)}” is not a date I can read: write it ${DATE_HINT}.` })
    : ok(date);
}

const oneOf = <T extends string>(values: readonly T[], value: string | undefined): T | null =>
  values.find((each) => each === value) ?? null;

const namesIn = (entered: string): readonly string[] =>
  entered
    .slice(0, LONGEST)
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

function readSection(entered: Entered): Result<Activity | null, readonly FormError[]> {
  const { values, place, before, own } = entered;
  const chosen = values.kind ?? before?.kind ?? '';
  if (chosen === '' || chosen === 'remove') {
    const isFilled =
      before === null &&
      ['organisation', 'role', 'topic', 'start', 'end', 'funder', 'people'].some((name) => (values[name] ?? '').trim() !== '');
    if (chosen === '' && isFilled)
      return fail([{ section: place, field: 'kind', message: 'Choose what kind of thing this is.' }]);
    return ok(null);
  }
  const kind = oneOf(KINDS, chosen);
  const start = readDate(entered, 'start');
  const end = readDate(entered, 'end');
  const errors: FormError[] = [start, end].flatMap((each) => (each.ok ? [] : [each.error]));
  if (kind === null) errors.push({ section: place, field: 'kind', message: 'Choose one of the kinds.' });
  if (
    start.ok &&
    end.ok &&
    start.value &&
    end.value &&
    end.value.slice(0, start.value.length) < start.value.slice(0, end.value.length)
  ) {
    errors.push({ section: place, field: 'end', message: 'This ends before it begins.' });
  }
  if (errors.length > 0 || kind === null || !start.ok || !end.ok) return fail(errors);
  const words = (name: 'organisation' | 'role' | 'topic' | 'funder') =>
    values[name] === undefined ? (before?.[name] ?? null) : values[name].trim().slice(0, LONGEST) || null;
  return ok({
    kind,
    status: oneOf(STATUSES, values.status) ?? before?.status ?? 'current',
    track: oneOf([...tracksOf(own), 'unclear'], values.track) ?? before?.track ?? 'unclear',
    organisation: words('organisation'),
    role: words('role'),
    topic: words('topic'),
    start: start.value,
    end: end.value,
    commitment: values.commitment === undefined ? (before?.commitment ?? null) : oneOf(COMMITMENTS, values.commitment),
    funder: words('funder'),
    people: values.people === undefined ? (before?.people ?? []) : namesIn(values.people),
    evidence: before?.evidence ?? '',
  });
}

/** The record as a form was sent, or everything that is wrong with it. What the form does not ask stays as it was. */
export function readForm(
  update: CareerUpdate,
  sent: FormValues,
  own: OwnTracks = null,
): Result<CareerUpdate, readonly FormError[]> {
  const read = sent.map((values, place) => readSection({ values, place, before: update.activities[place] ?? null, own }));
  const errors = read.flatMap((each) => (each.ok ? [] : each.error));
  if (errors.length > 0) return fail(errors);
  const asked = read.flatMap((each) => (each.ok && each.value !== null ? [each.value] : []));
  const activities = [...asked, ...update.activities.slice(sent.length)];
  return ok({ ...update, intent: activities.length > 0 ? 'update' : update.intent, activities });
}
