import { z } from 'zod';
import {
  type Control,
  controls,
  type Form,
  type FormError,
  type FormSection,
  type Message,
  note,
  type Part,
  paragraph,
} from '../../src/domain/message.js';
import { actionId, type Entered, type FormPage, pageId, pagesOf } from './form-pages.js';

/** A form that somebody has open: what it asks, what they entered that is not saved, and what was wrong with it. */
export type OpenForm = { readonly form: Form; readonly entered: Entered; readonly errors: readonly FormError[] };

/** A record is saved page by page, since what a page does not ask stays; an organiser's form is sent as a whole. */
export const isSavedByPage = (form: Form): boolean => form.id.startsWith('aw:form:');

/** Files cannot wait for the other pages: the page that asks for one comes last, and sends the whole. */
export function sendsAll(form: Form, page: FormPage): boolean {
  const pages = pagesOf(form);
  return pages.length === 1 || (page.fields.some(({ kind }) => kind === 'file') && pages.at(-1)?.section === page.section);
}

const button = (id: string, label: string, style?: 'primary'): Control =>
  style === undefined ? { kind: 'button', id, label } : { kind: 'button', id, label, style };

/** The message that joins the pages of a form: a modal holds five inputs, and cannot be answered by another modal. */
export function joiningMessage({ form, entered, errors }: OpenForm, told: string | null = null): Message {
  const pages = pagesOf(form).filter((page) => page.part === 0 || !isEmptySection(form, page.section));
  const wrong = pages.filter((page) => errorsOf(page, errors).length > 0);
  const head: readonly Part[] = [{ kind: 'heading', text: form.title }, ...(told === null ? [] : [paragraph(told)])];
  if (wrong.length > 0) return { parts: [...head, ...problems(form, errors, wrong)] };
  const sections = isSavedByPage(form) ? [] : form.sections.flatMap((each, at) => shownSection(each, entered[at] ?? {}));
  return { parts: [...head, howItWorks(form), ...sections, ...pageButtons(form, pages).map((row) => controls(...row))] };
}

/** A record has a row an activity, and the end of it beside what can be added. */
function pageButtons(form: Form, pages: readonly FormPage[]): readonly (readonly Control[])[] {
  const open = (page: FormPage) => button(pageId(form.id, page, true), page.title);
  if (!isSavedByPage(form)) return [pages.map(open), endOf(form, true)];
  const rows = form.sections.map((_, place) => pages.filter((page) => page.section === place).map(open));
  return rows.map((row, place) => (place === rows.length - 1 ? [...row, ...endOf(form, true)] : row));
}

function howItWorks(form: Form): Part {
  return isSavedByPage(form)
    ? note('Each button opens a small form, and what you send in it is saved at once. “Remove this” stands among the kinds.')
    : note(`Each button opens a small form. Fill in what you like, in any order; nothing counts until “${form.submitLabel}”.`);
}

function endOf(form: Form, isPlain: boolean): readonly Control[] {
  if (isSavedByPage(form)) return [button(actionId(form.id, 'done'), 'Done')];
  const pages = pagesOf(form);
  const last = pages.at(-1);
  if (pages.length === 1 || (last && sendsAll(form, last))) return [];
  const save = button(actionId(form.id, 'save'), form.submitLabel, 'primary');
  return isPlain ? [save, button(actionId(form.id, 'done'), 'Never mind')] : [button(actionId(form.id, 'done'), 'Never mind')];
}

const errorsOf = ({ section, fields }: FormPage, errors: readonly FormError[]) =>
  errors.filter((each) => each.section === section && fields.some(({ name }) => name === each.field));

/** What was wrong, and a button each that opens its page again as it was sent. */
function problems(form: Form, errors: readonly FormError[], wrong: readonly FormPage[]): readonly Part[] {
  const fields = errors.map(({ section, field, message }) => ({
    label: form.sections[section]?.fields.find(({ name }) => name === field)?.label ?? '',
    value: message,
  }));
  const again = (page: FormPage) =>
    button(pageId(form.id, page, true), wrong.length === 1 ? 'Try again' : `Try again: ${page.title}`, 'primary');
  return [
    { kind: 'fields', fields },
    note('Nothing of it is saved yet. What you entered is still there.'),
    controls(...wrong.map(again), ...endOf(form, false)),
  ];
}

/** An activity that is not there yet is begun with its first page. */
const isEmptySection = (form: Form, section: number) =>
  isSavedByPage(form) && form.sections[section]?.fields.some(({ name, value }) => name === 'kind' && value === '') === true;

function shownSection({ title, note: small, fields }: FormSection, entered: Readonly<Record<string, string>>): readonly Part[] {
  const shown = fields.flatMap((field) => {
    const value = entered[field.name] ?? field.value ?? '';
    const label = field.kind === 'select' ? (field.choices.find((each) => each.value === value)?.label ?? '') : value;
    return label === '' ? [] : [{ label: field.label, value: label }];
  });
  return [
    { kind: 'heading', text: title },
    ...(small === undefined ? [] : [note(small)]),
    ...(shown.length === 0 ? [] : [{ kind: 'fields' as const, fields: shown }]),
  ];
}

const choice = z.object({ value: z.string(), label: z.string() });
const named = { name: z.string(), label: z.string() };
const hint = z.string().exactOptional();
const optional = z.boolean();
const formField = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    ...named,
    value: z.string(),
    hint,
    optional,
    isLong: z.boolean().exactOptional(),
    longest: z.number().exactOptional(),
  }),
  z.object({ kind: z.literal('select'), ...named, value: z.string().nullable(), choices: z.array(choice) }),
  z.object({ kind: z.literal('day'), ...named, value: z.string().nullable(), optional }),
  z.object({ kind: z.literal('file'), ...named, value: z.null(), hint, optional }),
]);

/** An open form as it is kept between two turns. */
export const openFormSchema: z.ZodType<OpenForm> = z.object({
  form: z.object({
    id: z.string(),
    title: z.string(),
    sections: z.array(z.object({ title: z.string(), note: z.string().exactOptional(), fields: z.array(formField) })),
    submitLabel: z.string(),
  }),
  entered: z.array(z.record(z.string(), z.string())),
  errors: z.array(z.object({ section: z.number(), field: z.string(), message: z.string() })),
});
