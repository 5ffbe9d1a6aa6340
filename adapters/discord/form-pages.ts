import type {
  APIComponentInLabel,
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
  APIModalSubmission,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { type Form, type FormField, type FormValues, parseControlId } from '../../src/domain/message.js';
import { unreachable } from '../../src/domain/result.js';
import { asOptions, type Offered, resolvedPress, valueFrom } from './components.js';
import { oneLine, plainText, shortened } from './markdown.js';

/** As much of a form as one modal holds: up to five fields of one section. */
export type FormPage = {
  readonly section: number;
  /** Its place among the pages of its section. */
  readonly part: number;
  readonly title: string;
  readonly fields: readonly FormField[];
};
/** What was entered so far, by section; a field that is absent stands as the form has it. */
export type Entered = FormValues;

const MOST = { fields: 5, title: 45, label: 45, description: 100, value: 4000 } as const;
const [TEXT, SELECT, LABEL, FILE] = [4, 3, 18, 19] as const;
const [SHORT, LONG] = [1, 2] as const;

/** A form as pages, each a modal of its own. */
export function pagesOf(form: Form): readonly FormPage[] {
  return form.sections.flatMap(({ title, fields }, section) => {
    const parts = Array.from({ length: Math.ceil(fields.length / MOST.fields) }, (_, part) =>
      fields.slice(part * MOST.fields, (part + 1) * MOST.fields),
    );
    return parts.map((of, part) => ({ section, part, title: pageTitle(title, part, of), fields: of }));
  });
}

/** "1. A job", "1. More", "1. With whom". */
function pageTitle(title: string, part: number, fields: readonly FormField[]): string {
  if (part === 0) return title;
  const [first] = fields;
  const what = fields.length === 1 && first ? first.label : 'More';
  const number = /^\d+\. /.exec(title)?.[0];
  return number === undefined ? `${title}: ${what.toLowerCase()}` : `${number}${what}`;
}

/** What a custom id asks of a form: a page to open, the whole to be sent, or no more of it. */
export type FormAction =
  | { readonly kind: 'page'; readonly section: number; readonly part: number; readonly isFromMessage: boolean }
  | { readonly kind: 'save' }
  | { readonly kind: 'done' };

/** The id of the form stands first, as everywhere; behind the tilde is what this button or modal does with it. */
export const pageId = (formId: string, { section, part }: Pick<FormPage, 'section' | 'part'>, isFromMessage: boolean): string =>
  `${formId}~${section}.${part}${isFromMessage ? 'm' : ''}`;
export const actionId = (formId: string, action: 'save' | 'done'): string => `${formId}~${action}`;

export type FormPress = { readonly formId: string; readonly action: FormAction };

/** Null for a component or a modal that is no form's. `values` is what a select was set to. */
export function formPressOf(customId: string, values: readonly string[] = []): FormPress | null {
  const { id } = resolvedPress(customId, values);
  const [, formId = '', doing = ''] = /^(aw:(?:form|ask):[^~]+)~(.+)$/.exec(id) ?? [];
  if (parseControlId(formId) === null) return null;
  if (doing === 'save' || doing === 'done') return { formId, action: { kind: doing } };
  const page = /^(\d{1,3})\.(\d{1,3})(m?)$/.exec(doing);
  if (!page) return null;
  const [section, part] = [Number(page[1]), Number(page[2])];
  return { formId, action: { kind: 'page', section, part, isFromMessage: page[3] === 'm' } };
}

/** A page as a modal, filled with what was entered, else with what the form holds. */
export function modalOf(
  form: Form,
  page: FormPage,
  entered: Entered,
  isFromMessage: boolean,
): APIModalInteractionResponseCallbackData {
  const isAll = form.sections.length === 1 && page.part === 0;
  return {
    custom_id: pageId(form.id, page, isFromMessage),
    title: shortened(oneLine(isAll ? form.title : page.title), MOST.title) || '…',
    components: page.fields.map((field) => labelled(field, entered[page.section]?.[field.name])),
  };
}

function labelled(field: FormField, entered: string | undefined): APILabelComponent {
  const { component, hint } = drawn(field, entered);
  return {
    type: LABEL,
    label: shortened(oneLine(field.label), MOST.label) || '…',
    ...(hint === '' ? {} : { description: shortened(hint, MOST.description) }),
    component,
  };
}

type DrawnField = { readonly component: APIComponentInLabel; readonly hint: string };

function drawn(field: FormField, entered: string | undefined): DrawnField {
  switch (field.kind) {
    case 'text':
      return textField(field, entered ?? field.value, field.hint ?? '');
    case 'day':
      return textField(field, entered ?? field.value ?? '', 'such as 2024-06-30');
    case 'select':
      return selectField(field, entered ?? field.value);
    case 'file':
      return {
        component: { type: FILE, custom_id: field.name, required: !field.optional, min_values: field.optional ? 0 : 1 },
        hint: oneLine(field.hint ?? ''),
      };
    default:
      return unreachable(field);
  }
}

function textField(field: Extract<FormField, { kind: 'text' | 'day' }>, value: string, hint: string): DrawnField {
  const isLong = field.kind === 'text' && field.isLong === true;
  const shown = isLong ? plainText(value) : oneLine(value);
  const isCut = shown.length > MOST.value;
  // What stands there already fits, however it came to be that long.
  const longest = field.kind === 'text' ? Math.max(1, field.longest ?? MOST.value, shown.length) : MOST.value;
  return {
    component: {
      type: TEXT,
      custom_id: field.name,
      style: isLong ? LONG : SHORT,
      required: !field.optional,
      max_length: Math.min(MOST.value, longest),
      ...(shown === '' ? {} : { value: shortened(shown, MOST.value) }),
    },
    hint: isCut ? 'Only the beginning fits here: what you send replaces all of it.' : oneLine(hint),
  };
}

function selectField(field: Extract<FormField, { kind: 'select' }>, chosen: string | null): DrawnField {
  const offered = field.choices.map((each): Offered => ({ ...each, isChosen: each.value === chosen }));
  const { options, leftOut } = asOptions(offered);
  return {
    component: {
      type: SELECT,
      custom_id: field.name,
      required: true,
      options: options.length === 0 ? [{ label: '…', value: 'aw:none' }] : [...options],
    },
    hint: leftOut === 0 ? '' : `${leftOut} more do not fit here.`,
  };
}

const field = z.object({ custom_id: z.string(), value: z.string().nullish(), values: z.array(z.string()).nullish() });
const submission = z.object({
  components: z.array(z.union([z.object({ component: field }), z.object({ components: z.array(field) })])),
  resolved: z
    .object({
      attachments: z.record(z.string(), z.object({ url: z.string(), size: z.number(), filename: z.string() })).optional(),
    })
    .optional(),
});

/** No database column takes these. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

export type SentPage = {
  readonly values: Readonly<Record<string, string>>;
  /** Where the files can be fetched, by the name of their field. */
  readonly files: Readonly<Record<string, { readonly url: string; readonly sizeBytes: number }>>;
};

/** What a modal was sent with, as its interaction's data has it. Throws for a payload that is none. */
export function readSubmission(data: Pick<APIModalSubmission, 'components' | 'resolved'> | unknown): SentPage {
  const { components, resolved } = submission.parse(data);
  const fields = components.flatMap((each) => ('component' in each ? [each.component] : each.components));
  const values: Record<string, string> = {};
  const files: Record<string, { url: string; sizeBytes: number }> = {};
  for (const each of fields) {
    const first = each.values?.[0];
    const attached = first === undefined ? undefined : resolved?.attachments?.[first];
    if (attached) files[each.custom_id] = { url: attached.url, sizeBytes: attached.size };
    else values[each.custom_id] = (each.value ?? (first === undefined ? '' : valueFrom(first))).replace(UNSTORABLE, '\uFFFD');
  }
  return { values, files };
}

/** The values of one page alone: a record keeps whatever a form does not ask. Sections before it have a place, and nothing in it. */
export function valuesOfPage({ section }: FormPage, values: Readonly<Record<string, string>>): FormValues {
  return [...Array.from({ length: section }, () => ({})), values];
}

/** The values of the whole form, with what was entered in place of what stood in it. */
export function valuesOfAll(form: Form, entered: Entered): FormValues {
  return form.sections.map(({ fields }, section) =>
    Object.fromEntries(
      fields.filter(({ kind }) => kind !== 'file').map(({ name, value }) => [name, entered[section]?.[name] ?? value ?? '']),
    ),
  );
}
