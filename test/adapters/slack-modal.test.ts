import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorsAt, formView, submission } from '../../adapters/slack/modal.js';
import { type Activity, type CareerUpdate, NO_INFLUENCE } from '../../src/domain/career-update.js';
import { formFor, readForm } from '../../src/domain/form.js';
import type { Form, FormField } from '../../src/domain/message.js';
import { viewProblems, wordsIn } from '../support/slack/block-kit.js';
import { stateOf } from '../support/slack/filled-in.js';

const words = fc.oneof(
  fc.string({ maxLength: 4000 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', '\u200B', '<!channel>', 'two\nlines', '\uD800', 'x'.repeat(3001)),
);
const name = fc.stringMatching(/^[a-z_]{1,12}$/);
const choices = fc.uniqueArray(fc.record({ value: fc.stringMatching(/^[a-z~]{0,10}$/), label: words }), {
  maxLength: 130,
  selector: (each) => each.value,
});
const field: fc.Arbitrary<FormField> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    name,
    label: words,
    value: words,
    hint: words,
    optional: fc.boolean(),
    isLong: fc.boolean(),
  }),
  fc.tuple(name, words, choices, fc.nat({ max: 140 })).map(([id, label, all, at]) => ({
    kind: 'select' as const,
    name: id,
    label,
    choices: all,
    value: all[at]?.value ?? null,
  })),
  fc.record({
    kind: fc.constant('day' as const),
    name,
    label: words,
    value: fc.constantFrom(null, '2026-03-01', 'soon'),
    optional: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('file' as const),
    name,
    label: words,
    value: fc.constant(null),
    hint: words,
    optional: fc.boolean(),
  }),
);
const fields = fc.uniqueArray(field, { minLength: 1, maxLength: 13, selector: (each) => each.name });
const form: fc.Arbitrary<Form> = fc.record({
  id: fc.constant('aw:form:key'),
  title: words,
  sections: fc.array(fc.record({ title: words, note: words, fields }), { minLength: 1, maxLength: 12 }),
  submitLabel: words,
});

const activity = (organisation: string): Activity => ({
  kind: 'employment',
  status: 'current',
  organisation,
  role: 'researcher',
  topic: null,
  track: 'alignment',
  start: '2024-02',
  end: null,
  commitment: null,
  funder: null,
  people: ['Grace Hopper'],
  evidence: '',
});
const places = (count: number) => Array.from({ length: count }, (_, at) => `Place ${at}`);
const recordOf = (count: number): CareerUpdate => ({
  intent: 'update',
  activities: places(count).map(activity),
  influence: NO_INFLUENCE,
  helpWanted: false,
});

describe('any form, as a modal', () => {
  it('keeps within Slack’s limits', () => {
    fc.assert(
      fc.property(form, (each) => {
        expect(viewProblems(formView(each))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the form of a record, as a modal', () => {
  it('comes back as it was where nothing is changed', () => {
    const update = recordOf(3);
    const sent = submission(stateOf(formView(formFor('key', update)), {}));
    expect(sent?.id).toBe('aw:form:key');
    expect(readForm(update, sent?.values ?? [])).toEqual({ ok: true, value: update });
  });

  it('brings what was entered, by section and field', () => {
    const update = recordOf(1);
    const sent = submission(
      stateOf(formView(formFor('key', update)), { '0:kind': 'remove', '1:kind': 'study', '1:organisation': 'Somewhere' }),
    );
    const read = readForm(update, sent?.values ?? []);
    expect(read.ok && read.value.activities.map((each) => [each.kind, each.organisation])).toEqual([['study', 'Somewhere']]);
  });

  it('loses none of more activities than fit, and says that they stay', () => {
    const update = recordOf(12);
    const view = formView(formFor('key', update));
    expect(viewProblems(view)).toEqual([]);
    expect(wordsIn(view.blocks).at(-1)).toBe('This form has no room for the last 6 parts: they stay as before.');
    const sent = submission(stateOf(view, { '0:organisation': 'Elsewhere' }));
    const read = readForm(update, sent?.values ?? []);
    const kept = read.ok ? read.value.activities.map((each) => each.organisation) : [];
    expect(kept).toEqual(['Elsewhere', ...places(12).slice(1)]);
  });

  it('says how to add more than one', () => {
    const view = formView(formFor('key', recordOf(1)));
    expect(wordsIn(view.blocks)).toContain('One at a time: save this, then press “Change something” again for the next.');
  });
});

describe('errors in a form', () => {
  const update = recordOf(1);
  const sent = submission(stateOf(formView(formFor('key', update)), {}));
  const at = (section: number, field: string) => sent && errorsAt(sent, [{ section, field, message: 'Not so.' }]);

  it('stand at their field', () => {
    expect(at(1, 'start')).toEqual({ '1:start': 'Not so.' });
  });

  it('of a field that is not there stand at the first of their section, else at the first of all', () => {
    expect(at(1, 'nowhere')).toEqual({ '1:kind': 'Not so.' });
    expect(at(7, 'nowhere')).toEqual({ '0:kind': 'Not so.' });
  });

  it('of one field are all told', () => {
    const two = [
      { section: 0, field: 'end', message: 'Not a date.' },
      { section: 0, field: 'end', message: 'Too early.' },
    ];
    expect(sent && errorsAt(sent, two)).toEqual({ '0:end': 'Not a date. Too early.' });
  });
});

describe('a form with a file', () => {
  const view = formView({
    id: 'aw:ask:import',
    title: 'Bring people in from a list',
    submitLabel: 'Look at it first',
    sections: [
      {
        title: '',
        fields: [
          { kind: 'file', name: 'roster', label: 'The list', value: null, optional: false },
          { kind: 'day', name: 'ended', label: 'Ended on', value: '2026-03-01', optional: false },
        ],
      },
    ],
  });

  it('takes one CSV file, and brings its id', () => {
    expect(view.blocks[0]).toMatchObject({ element: { type: 'file_input', filetypes: ['csv'], max_files: 1 } });
    const sent = submission(stateOf(view, { '0:roster': 'F0123' }));
    expect(sent).toMatchObject({ values: [{ ended: '2026-03-01' }], fileIds: { roster: 'F0123' } });
  });
});

describe('a view that is none of ours', () => {
  it.each([
    null,
    {},
    { callback_id: 'x', blocks: [], state: { values: { other: { value: { type: 'plain_text_input', value: '' } } } } },
    { callback_id: 'x', blocks: [], state: { values: { '0:a': { other: { type: 'plain_text_input', value: '' } } } } },
  ])('is refused: %j', (view) => {
    expect(submission(view)).toBeNull();
  });
});
