import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Form, FormError, FormField, FormSection, FormValues } from '../../src/domain/message.js';
import { unreachable } from '../../src/domain/result.js';
import { choiceValue, plainText, staticSelect } from './controls.js';
import { cutShort, isVisible, label, plainWords } from './plain-words.js';

const TITLE = 24;
const HEADER = 150;
const LABEL = 2000;
const HINT = 2000;
const INPUT = 3000;
const BLOCKS = 100;
const VALUE = 'value';

/**
 * A form as a modal: a heading a section, an input a field. What was typed stays in it when it comes back with errors, by Slack's own
 * doing. Sections that do not fit are left out, which leaves what they stand for as it is; the modal says so.
 */
export function formView(form: Form): types.ModalView {
  const sections = form.sections.map((section, at) => sectionBlocks(section, at, form.sections.length > 1));
  return {
    type: 'modal',
    callback_id: form.id,
    title: plainText(label(form.title, TITLE)),
    submit: plainText(label(form.submitLabel, TITLE, 'Save')),
    close: plainText('Cancel'),
    blocks: [...asManyAsFit(sections)],
  };
}

function asManyAsFit(sections: readonly (readonly types.KnownBlock[])[]): readonly types.KnownBlock[] {
  const all = sections.flat();
  if (all.length <= BLOCKS) return all;
  const shown: types.KnownBlock[] = [];
  for (const [at, blocks] of sections.entries()) {
    // One block is kept for the line that says what is missing.
    if (shown.length + blocks.length > BLOCKS - 1) return [...shown, missing(sections.length - at)];
    shown.push(...blocks);
  }
  return shown;
}

const small = (text: string): types.ContextBlock => ({ type: 'context', elements: [plainText(text)] });

const missing = (count: number) =>
  small(
    `This form has no room for the last ${count === 1 ? 'part' : `${count} parts`}: ${count === 1 ? 'it stays' : 'they stay'} as before.`,
  );

function sectionBlocks(section: FormSection, at: number, hasTitle: boolean): readonly types.KnownBlock[] {
  const title =
    hasTitle && isVisible(section.title) ? [{ type: 'header' as const, text: plainText(label(section.title, HEADER)) }] : [];
  const note = section.note !== undefined && isVisible(section.note) ? [small(cutShort(plainWords(section.note), INPUT))] : [];
  return [
    ...(at > 0 ? [{ type: 'divider' as const }] : []),
    ...title,
    ...note,
    ...section.fields.map((field) => fieldBlock(field, at)),
  ];
}

const blockId = (section: number, field: string) => `${section}:${field}`;

/** An input, or a line that says why there is none. */
function fieldBlock(field: FormField, section: number): types.InputBlock | types.ContextBlock {
  if (field.kind === 'text' && field.value.length > INPUT)
    return small(`“${label(field.label, HEADER)}” is too long to be changed here, and stays as before.`);
  if (field.kind === 'select' && field.choices.length === 0)
    return small(`${label(field.label, HEADER)}: there is nothing to choose.`);
  const hint = 'hint' in field && field.hint !== undefined && isVisible(field.hint) ? plainText(label(field.hint, HINT)) : null;
  return {
    type: 'input',
    block_id: blockId(section, field.name),
    label: plainText(label(field.label, LABEL)),
    optional: field.kind !== 'select' && field.optional,
    element: input(field),
    ...(hint === null ? {} : { hint }),
  };
}

function input(field: FormField): types.InputBlockElement {
  switch (field.kind) {
    case 'text':
      return textInput(field);
    case 'select':
      return staticSelect(VALUE, field.choices, { chosen: field.value, prompt: null });
    case 'day': {
      const isDay = field.value !== null && /^\d{4}-\d{2}-\d{2}$/.test(field.value);
      return { type: 'datepicker', action_id: VALUE, ...(isDay ? { initial_date: field.value } : {}) };
    }
    case 'file':
      return { type: 'file_input', action_id: VALUE, filetypes: ['csv'], max_files: 1 };
    default:
      return unreachable(field);
  }
}

function textInput({ value, isLong, longest = INPUT }: Extract<FormField, { kind: 'text' }>): types.PlainTextInput {
  const initial = plainWords(value);
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    // A value that was longer before must not be refused as it is.
    max_length: Math.min(INPUT, Math.max(1, longest, initial.length)),
    multiline: isLong === true || initial.includes('\n'),
    ...(isVisible(initial) ? { initial_value: initial } : {}),
  };
}

const stateSchema = z.object({
  callback_id: z.string(),
  blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })),
  state: z.object({
    values: z.record(
      z.string(),
      z.record(
        z.string(),
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('plain_text_input'), value: z.string().nullish() }),
          z.object({ type: z.literal('static_select'), selected_option: z.object({ value: z.string() }).nullish() }),
          z.object({ type: z.literal('datepicker'), selected_date: z.string().nullish() }),
          z.object({ type: z.literal('file_input'), files: z.array(z.object({ id: z.string() })).nullish() }),
        ]),
      ),
    ),
  }),
});
type State = z.output<typeof stateSchema>['state']['values'][string][string];

/** A modal that was sent: what was entered, section by section, and the ids of the files by the names of their fields. */
export type Submission = {
  /** The id of the form. */
  readonly id: string;
  readonly values: FormValues;
  readonly fileIds: Readonly<Record<string, string>>;
  /** Where errors can be shown: the inputs of the modal, in order. */
  readonly inputs: readonly string[];
};

/** The `view` of a `view_submission`; null for one that is not a form of ours. */
export function submission(view: unknown): Submission | null {
  const read = stateSchema.safeParse(view);
  if (!read.success) return null;
  const sections: Record<string, string>[] = [];
  const fileIds: Record<string, string> = {};
  for (const [id, elements] of Object.entries(read.data.state.values)) {
    const place = placeOf(id);
    const state = elements[VALUE];
    if (place === null || state === undefined) return null;
    while (sections.length <= place.section) sections.push({});
    const values = sections[place.section];
    const fileId = state.type === 'file_input' ? state.files?.[0]?.id : undefined;
    if (fileId !== undefined) fileIds[place.field] = fileId;
    if (values && state.type !== 'file_input') values[place.field] = entered(state);
  }
  const inputs = read.data.blocks.flatMap((block) => (block.type === 'input' ? (block.block_id ?? []) : []));
  return { id: read.data.callback_id, values: sections, fileIds, inputs };
}

function placeOf(id: string): { readonly section: number; readonly field: string } | null {
  const match = /^(\d{1,3}):(.+)$/.exec(id);
  return match?.[1] && match[2] ? { section: Number(match[1]), field: match[2] } : null;
}

function entered(state: Exclude<State, { type: 'file_input' }>): string {
  switch (state.type) {
    case 'plain_text_input':
      return state.value ?? '';
    case 'static_select':
      return state.selected_option ? choiceValue(state.selected_option.value) : '';
    case 'datepicker':
      return state.selected_date ?? '';
  }
}

/**
 * The `errors` of a `response_action: 'errors'`, by input. An error of a field that is not there is shown at the first of its section,
 * since Slack takes no other; null where the modal has no input at all.
 */
export function errorsAt({ inputs }: Submission, errors: readonly FormError[]): Readonly<Record<string, string>> | null {
  const shown: Record<string, string> = {};
  for (const { section, field, message } of errors) {
    const place =
      inputs.find((id) => id === blockId(section, field)) ??
      inputs.find((id) => id.startsWith(blockId(section, ''))) ??
      inputs[0];
    if (place === undefined) return null;
    const words = label(message, HEADER * 2);
    shown[place] = shown[place] === undefined ? words : `${shown[place]} ${words}`;
  }
  return shown;
}
