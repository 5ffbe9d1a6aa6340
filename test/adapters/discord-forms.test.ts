import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormPorts, type FormReply, openForm, pressInForm, takeInPage } from '../../adapters/discord/form-dialogue.js';
import { joiningMessage } from '../../adapters/discord/form-messages.js';
import { formPressOf, modalOf, pageId, pagesOf, readSubmission } from '../../adapters/discord/form-pages.js';
import { renderMessage } from '../../adapters/discord/render.js';
import type { CareerUpdate } from '../../src/domain/career-update.js';
import { formFor, readForm } from '../../src/domain/form.js';
import { type Form, type FormField, type FormValues, parseControlId } from '../../src/domain/message.js';
import type { IncomingForm } from '../../src/platform-ports.js';
import { discordProblems, modalProblems } from '../support/discord/limits.js';
import { memoryOf } from '../support/discord/plain-memory.js';
import { controlsIn, wordsIn } from '../support/fake-messenger.js';

const KEY = 'abcdefghijklmnopqrstu_';
const NOW = new Date('2026-03-02T10:00:00Z');
const ADA = { platform: 'discord', id: '100000000000000001' } as const;

const RECORD: CareerUpdate = {
  intent: 'update',
  activities: [
    {
      kind: 'employment',
      status: 'current',
      organisation: 'Conjecture',
      role: 'research engineer',
      topic: null,
      track: 'alignment',
      start: '2024-02',
      end: null,
      commitment: 'full_time',
      funder: null,
      people: [],
      evidence: 'research engineer at Conjecture',
    },
    {
      kind: 'study',
      status: 'past',
      organisation: 'ETH',
      role: null,
      topic: 'mathematics',
      track: 'non_ai',
      start: null,
      end: '2023',
      commitment: null,
      funder: null,
      people: ['Emmy'],
      evidence: '',
    },
  ],
  influence: { rating: null, channels: [] },
  helpWanted: false,
} as CareerUpdate;

/** Whoever has forms open: a record that forms change, organisers' forms that are refused at will, and a memory like the database's. */
function aDesk(record: CareerUpdate = RECORD) {
  const desk = {
    record,
    heard: [] as IncomingForm[],
    /** What the next organiser's form is refused with. */
    refusal: [] as { section: number; field: string; message: string }[],
    files: new Map<string, Uint8Array>(),
  };
  const drafts = new Map<string, string>();
  const leases = memoryOf();
  const ports: FormPorts = {
    hearing: {
      press: async ({ ref }) => ({ answer: null, form: formFor(ref.key, desk.record) }),
      form: async (form) => {
        desk.heard.push(form);
        if (form.ref.verb === 'ask') {
          const errors = desk.refusal.splice(0);
          return errors.length > 0 ? { kind: 'errors', errors } : { kind: 'saved', answer: null };
        }
        const read = readForm(desk.record, form.values);
        if (!read.ok) return { kind: 'errors', errors: read.error };
        desk.record = read.value;
        return { kind: 'saved', answer: null };
      },
    },
    memory: {
      draft: async (account, name) => JSON.parse(drafts.get(`${account.id} ${name}`) ?? 'null'),
      keepDraft: async (account, name, payload) => void drafts.set(`${account.id} ${name}`, JSON.stringify(payload)),
      holdLease: leases.holdLease,
      dropLease: leases.dropLease,
    },
    download: async ({ url }) => desk.files.get(url) ?? null,
  };
  return { desk, ports };
}

let events = 0;
const heard = () => ({ from: ADA, eventId: `event ${++events}`, now: NOW });

/** The modal that a reply opens, valid by Discord's limits. */
function modalIn(reply: FormReply) {
  if (reply.kind !== 'modal') throw new Error(`no modal: ${wordsIn(reply.message)}`);
  expect(modalProblems(reply.modal)).toEqual([]);
  return reply.modal;
}
/** The words of the message that a reply is, valid by Discord's limits. */
function messageIn(reply: FormReply) {
  if (reply.kind !== 'message') throw new Error('a modal');
  const { body } = renderMessage(reply.message, null);
  expect(discordProblems(body)).toEqual([]);
  return { words: wordsIn(reply.message), labels: controlsIn(reply.message), replaces: reply.replaces };
}

function press(ports: FormPorts, reply: FormReply, label: string): Promise<FormReply> {
  const { labels } = messageIn(reply);
  const control = labels.find((each) => each.kind === 'button' && each.label === label);
  const pressed = formPressOf(control?.id ?? '');
  if (!pressed) throw new Error(`no button ${label} among ${JSON.stringify(labels)}`);
  return pressInForm(ports, heard(), pressed);
}

/** Sends a modal as Discord does: every field of it, as it stands or as it was filled in. */
function send(ports: FormPorts, reply: FormReply, entered: Readonly<Record<string, string>> = {}): Promise<FormReply> {
  const modal = modalIn(reply);
  const pressed = formPressOf(modal.custom_id);
  if (!pressed) throw new Error(`not a form: ${modal.custom_id}`);
  const components = modal.components.map((each) => {
    if (!('component' in each)) throw new Error('a field without a label');
    const field = each.component;
    if (field.type === 4) {
      return {
        type: 18,
        component: { type: 4, custom_id: field.custom_id, value: entered[field.custom_id] ?? field.value ?? '' },
      };
    }
    if (field.type !== 3) return { type: 18, component: { type: field.type, custom_id: field.custom_id, values: ['900'] } };
    const chosen = entered[field.custom_id] ?? field.options.find((option) => option.default)?.value;
    return { type: 18, component: { type: 3, custom_id: field.custom_id, values: chosen === undefined ? [] : [chosen] } };
  });
  const resolved = { attachments: { '900': { id: '900', url: 'https://cdn.example/list.csv', size: 3, filename: 'list.csv' } } };
  return takeInPage(ports, heard(), pressed, readSubmission({ components, resolved }));
}

describe('the form behind “Change something”', () => {
  it('is a message with three small forms an activity, and one to add another', async () => {
    const { desk, ports } = aDesk();
    const opened = messageIn(await openForm(ports, heard(), formFor(KEY, desk.record)));
    expect(opened.labels.map((each) => (each.kind === 'button' ? each.label : ''))).toEqual([
      '1. A job',
      '1. More',
      '1. With whom',
      '2. Studying for a degree',
      '2. More',
      '2. With whom',
      'Something to add',
      'Done',
    ]);
    expect(opened.replaces).toBe(false);
  });

  it('opens a small form filled with the record, its fields named as in the codebook', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), formFor(KEY, desk.record));
    const modal = modalIn(await press(ports, opened, '1. A job'));
    expect(modal.custom_id).toContain(`aw:form:${KEY}`);
    const fields = modal.components.flatMap((each) => ('component' in each ? [each.component] : []));
    expect(fields.map((each) => ('custom_id' in each ? each.custom_id : ''))).toEqual([
      'kind',
      'status',
      'track',
      'organisation',
      'role',
    ]);
    expect(fields[3]).toMatchObject({ value: 'Conjecture' });
    expect(fields[0]).toMatchObject({
      options: expect.arrayContaining([expect.objectContaining({ value: 'employment', default: true })]),
    });
  });

  it('changes what a small form asks, and nothing else', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), formFor(KEY, desk.record));
    const saved = await send(ports, await press(ports, opened, '2. Studying for a degree'), {
      organisation: 'EPFL',
      track: 'applied_ai',
    });
    expect(messageIn(saved)).toMatchObject({ words: expect.stringContaining('Saved.'), replaces: true });
    expect(desk.record.activities[0]).toEqual(RECORD.activities[0]);
    expect(desk.record.activities[1]).toEqual({ ...RECORD.activities[1], organisation: 'EPFL', track: 'applied_ai' });
    const more = await send(ports, await press(ports, saved, '2. More'), { start: 'Feb 2022' });
    expect(desk.record.activities[1]).toMatchObject({ organisation: 'EPFL', start: '2022-02', end: '2023', people: ['Emmy'] });
    await send(ports, await press(ports, more, '2. With whom'), { people: 'Emmy, David' });
    expect(desk.record.activities[1]).toMatchObject({ people: ['Emmy', 'David'] });
  });

  it('adds an activity, and then asks more about it', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), formFor(KEY, desk.record));
    const saved = await send(ports, await press(ports, opened, 'Something to add'), {
      kind: 'volunteering',
      organisation: 'EAG',
    });
    expect(desk.record.activities).toHaveLength(3);
    await send(ports, await press(ports, saved, '3. More'), { topic: 'the stage' });
    expect(desk.record.activities[2]).toMatchObject({ kind: 'volunteering', organisation: 'EAG', topic: 'the stage' });
  });

  it('takes an activity off by its kind', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), formFor(KEY, desk.record));
    await send(ports, await press(ports, opened, '1. A job'), { kind: 'remove' });
    expect(desk.record.activities).toEqual([RECORD.activities[1]]);
  });

  it('leaves a form that is opened and sent as it stands without a trace', async () => {
    const { desk, ports } = aDesk();
    let message = await openForm(ports, heard(), formFor(KEY, desk.record));
    for (const label of ['1. A job', '1. More', '1. With whom', '2. More', 'Something to add'])
      message = await send(ports, await press(ports, message, label));
    expect(desk.record).toEqual(RECORD);
  });

  it('lists what is wrong, and “Try again” opens what was entered', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), formFor(KEY, desk.record));
    const wrong = await send(ports, await press(ports, opened, '1. More'), { start: 'in spring', funder: 'LTFF' });
    expect(messageIn(wrong)).toMatchObject({ words: expect.stringContaining('“in spring” is not a date'), replaces: true });
    expect(desk.record).toEqual(RECORD);
    const again = modalIn(await press(ports, wrong, 'Try again'));
    const values = again.components.map((each) =>
      'component' in each && 'value' in each.component ? each.component.value : null,
    );
    expect(values).toEqual([null, 'in spring', null, null, 'LTFF']);
    await send(ports, { kind: 'modal', modal: again }, { start: '2024-03' });
    expect(desk.record.activities[0]).toMatchObject({ start: '2024-03', funder: 'LTFF' });
  });

  it('does not write over a record that has changed meanwhile', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), formFor(KEY, desk.record));
    const modal = await press(ports, opened, '1. A job');
    desk.record = { ...RECORD, activities: RECORD.activities.slice(1) };
    const refused = await send(ports, modal, { organisation: 'Elsewhere' });
    expect(messageIn(refused).words).toContain('This has changed since you opened it');
    expect(desk.record.activities).toEqual(RECORD.activities.slice(1));
    expect(desk.heard).toEqual([]);
  });

  it('fits with any number of activities', async () => {
    for (const count of [0, 1, 3, 4, 7, 10]) {
      const activities = Array.from({ length: count }, () => RECORD.activities[0]).flatMap((each) => (each ? [each] : []));
      const { desk, ports } = aDesk({ ...RECORD, activities });
      const opened = await openForm(ports, heard(), formFor(KEY, desk.record));
      const { labels } = messageIn(opened);
      expect(labels).toHaveLength(count * 3 + 2);
      if (opened.kind !== 'message') throw new Error('a modal');
      const { body } = renderMessage(opened.message, null);
      for (const { id } of labels) expect(JSON.stringify(body.components)).toContain(`"${id}"`);
    }
  });
});

const ask = (sections: Form['sections'], key = 'predict-1'): Form => ({
  id: `aw:ask:${key}`,
  title: 'A prediction',
  submitLabel: 'Put it on record',
  sections,
});
const textField = (name: string, optional = false) => ({ kind: 'text', name, label: name, value: '', optional }) as const;
const SMALL = ask([
  { title: 'Small', fields: [textField('name'), { kind: 'day', name: 'ended', label: 'Ended', value: null, optional: false }] },
]);
const LARGE = ask([
  { title: 'What', fields: ['a', 'b', 'c', 'd'].map((name) => textField(name)) },
  { title: 'How', fields: ['e', 'f'].map((name) => textField(name)) },
]);
const IMPORT = ask([
  {
    title: 'People',
    fields: [
      { kind: 'select', name: 'cohort', label: 'Cohort', value: '', choices: [{ value: '', label: 'A new one' }] },
      { kind: 'file', name: 'file', label: 'List', value: null, optional: false },
    ],
  },
]);

describe('a form of organisers', () => {
  it('opens at once where one modal holds it, and is sent as a whole', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), SMALL);
    const saved = await send(ports, opened, { name: 'ARENA 3.0', ended: '2024-01-31' });
    expect(desk.heard[0]).toMatchObject({ ref: parseControlId(SMALL.id), values: [{ name: 'ARENA 3.0', ended: '2024-01-31' }] });
    expect(messageIn(saved)).toMatchObject({ words: 'Saved.', replaces: false });
  });

  it('collects several pages, shows them, and sends them together once', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), LARGE);
    const first = await send(ports, await press(ports, opened, 'How'), { e: 'five', f: 'six' });
    expect(desk.heard).toEqual([]);
    expect(messageIn(first).words).toContain('e: five');
    const second = await send(ports, await press(ports, first, 'What'), { a: 'one' });
    await press(ports, second, 'Put it on record');
    const values: FormValues = [
      { a: 'one', b: '', c: '', d: '' },
      { e: 'five', f: 'six' },
    ];
    expect(desk.heard.map((each) => each.values)).toEqual([values]);
    const twice = await press(ports, second, 'Put it on record');
    expect(messageIn(twice).words).toContain('closed');
    expect(desk.heard).toHaveLength(1);
  });

  it('is sent once where its button is pressed twice at the same instant, as by two copies of the bot', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), LARGE);
    const filled = await send(ports, await press(ports, opened, 'How'), { e: 'five', f: 'six' });
    const all = await Promise.all([1, 2, 3].map(() => press(ports, filled, 'Put it on record')));
    expect(desk.heard).toHaveLength(1);
    expect(all.map((each) => messageIn(each).words).filter((words) => words === 'Saved.')).toHaveLength(1);
  });

  it('can be sent again where that failed', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), LARGE);
    const broken: FormPorts = { ...ports, hearing: { ...ports.hearing, form: () => Promise.reject(new Error('no database')) } };
    await expect(press(broken, opened, 'Put it on record')).rejects.toThrow('no database');
    await press(ports, opened, 'Put it on record');
    expect(desk.heard).toHaveLength(1);
  });

  it('keeps every page when it is refused, and leads back to those that are wrong', async () => {
    const { desk, ports } = aDesk();
    const opened = await openForm(ports, heard(), LARGE);
    const filled = await send(ports, await press(ports, opened, 'How'), { e: 'five', f: 'six' });
    desk.refusal.push({ section: 0, field: 'a', message: 'This is needed.' });
    const wrong = await press(ports, filled, 'Put it on record');
    expect(messageIn(wrong).words).toContain('a: This is needed.');
    const mended = await send(ports, await press(ports, wrong, 'Try again'), { a: 'one' });
    await press(ports, mended, 'Put it on record');
    expect(desk.heard.at(-1)?.values).toEqual([
      { a: 'one', b: '', c: '', d: '' },
      { e: 'five', f: 'six' },
    ]);
  });

  it('takes a file', async () => {
    const { desk, ports } = aDesk();
    desk.files.set('https://cdn.example/list.csv', new Uint8Array([1, 2, 3]));
    await send(ports, await openForm(ports, heard(), IMPORT));
    expect(desk.heard[0]).toMatchObject({ values: [{ cohort: '' }], files: { file: new Uint8Array([1, 2, 3]) } });
  });

  it('asks for a file again that could not be fetched', async () => {
    const { desk, ports } = aDesk();
    const missed = await send(ports, await openForm(ports, heard(), IMPORT));
    expect(messageIn(missed).words).toContain('Attach it again');
    expect(desk.heard).toEqual([]);
    desk.files.set('https://cdn.example/list.csv', new Uint8Array([1]));
    await send(ports, await press(ports, missed, 'Try again'));
    expect(desk.heard).toHaveLength(1);
  });
});

describe('any form', () => {
  const text = fc
    .array(fc.constantFrom('x', ' ', '\n', '\0', '\ud83d', '👩‍👩‍👧', '@everyone', 'ש', 'a'.repeat(900)), { maxLength: 8 })
    .map((all) => all.join(''));
  const choices = fc.array(fc.record({ value: fc.stringMatching(/^[a-z_]{0,9}$/), label: text }), {
    minLength: 1,
    maxLength: 40,
  });
  const field = (name: string): fc.Arbitrary<FormField> =>
    fc.oneof(
      fc.record({
        kind: fc.constant('text' as const),
        name: fc.constant(name),
        label: text,
        value: text,
        optional: fc.boolean(),
        hint: text,
        isLong: fc.boolean(),
      }),
      fc
        .tuple(text, choices, fc.nat(50))
        .map(([label, of, at]): FormField => ({ kind: 'select', name, label, choices: of, value: of[at]?.value ?? null })),
      fc.record({
        kind: fc.constant('day' as const),
        name: fc.constant(name),
        label: text,
        value: fc.constantFrom(null, '2024-06-30'),
        optional: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('file' as const),
        name: fc.constant(name),
        label: text,
        value: fc.constant(null),
        optional: fc.boolean(),
      }),
    );
  const section = fc
    .tuple(text, fc.integer({ min: 1, max: 12 }))
    .chain(([title, count]) =>
      fc.tuple(...Array.from({ length: count }, (_, at) => field(`f${at}`))).map((fields) => ({ title, fields })),
    );
  const anyForm = fc
    .record({
      sections: fc.array(section, { minLength: 1, maxLength: 6 }),
      title: text,
      submitLabel: text,
      verb: fc.constantFrom('form', 'ask'),
    })
    .map(({ verb, ...rest }): Form => ({ ...rest, id: `aw:${verb}:${KEY}` }));

  it('becomes modals that Discord takes, each field in one of them, and a message that opens them all', () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        const pages = pagesOf(form);
        const modals = pages.map((page) => modalOf(form, page, [], true));
        expect(modals.flatMap((each) => modalProblems(each))).toEqual([]);
        expect(pages.flatMap((page) => page.fields)).toEqual(form.sections.flatMap((each) => each.fields));
        expect(pages.map((page) => formPressOf(pageId(form.id, page, true))?.action)).toEqual(
          pages.map(({ section: at, part }) => ({ kind: 'page', section: at, part, isFromMessage: true })),
        );
        const { body } = renderMessage(joiningMessage({ form, entered: [], errors: [] }), null);
        expect(discordProblems(body)).toEqual([]);
        const shown = JSON.stringify(body.components);
        expect(pages.filter((page) => !shown.includes(`"${pageId(form.id, page, true)}"`))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
