import type { Form, FormError, FormField, FormSection, FormValues } from '../../src/domain/message.js';
import type { FormAnswer, IncomingForm } from '../../src/platform-ports.js';
import { oneLine } from './plain-text.js';
import { choiceLines } from './render.js';
import { type Session, showMessage, tell } from './session.js';

type Answers = Record<string, string>[];
type Asked = 'next' | 'save' | 'cancel';
type Place = { readonly section: number; readonly field: FormField };

/** Asks for a form field by field, and sends it; what is wrong with it is shown, and asked again. */
export async function fillForm(
  session: Session,
  form: Form,
  submit: (values: FormValues, files: IncomingForm['files']) => Promise<FormAnswer>,
): Promise<void> {
  tell(
    session,
    `  ${oneLine(form.title)}. Enter keeps what stands there, - empties it,`,
    '  /save keeps all the rest as it is, /cancel leaves everything as it was.',
  );
  const answers: Answers = form.sections.map((section) =>
    Object.fromEntries(section.fields.map((field) => [field.name, field.value ?? ''])),
  );
  let asked = await askAll(session, form.sections, answers);
  for (;;) {
    if (asked === 'cancel') return tell(session, '  Nothing has changed.');
    const sent = await submit(answers, await filesIn(session, form, answers));
    if (sent.kind === 'not_yours') return tell(session, '  That form belongs to a message that is gone, so nothing has changed.');
    if (sent.kind === 'saved') {
      if (sent.answer) showMessage(session, sent.answer);
      return;
    }
    asked = await askAgain(session, form, answers, sent.errors);
  }
}

/** A file is named by its path on this machine, and read when the form is sent. */
async function filesIn({ ports }: Session, form: Form, answers: Answers): Promise<IncomingForm['files']> {
  const files: Record<string, Uint8Array> = {};
  for (const [section, { fields }] of form.sections.entries()) {
    for (const { kind, name } of fields) {
      const path = kind === 'file' ? (answers[section]?.[name] ?? '') : '';
      const bytes = path === '' ? null : await ports.readFile(path);
      if (bytes) files[name] = bytes;
    }
  }
  return files;
}

async function askAll(session: Session, sections: readonly FormSection[], answers: Answers): Promise<Asked> {
  for (const [section, { title, note, fields }] of sections.entries()) {
    tell(session, `  ${oneLine(title)}`, ...(note === undefined ? [] : [`  ${oneLine(note)}`]));
    for (const field of fields) {
      const asked = await askField(session, { section, field }, answers);
      if (asked !== 'next') return asked;
      if (isLeftOut(field, answers[section])) break;
    }
  }
  return 'next';
}

/** A section that is empty, or to be removed, needs no further questions: its first select says so. */
const isLeftOut = (field: FormField, values: Record<string, string> | undefined) =>
  field.kind === 'select' && field.name === 'kind' && ['', 'remove'].includes(values?.[field.name] ?? '');

async function askAgain(session: Session, form: Form, answers: Answers, errors: readonly FormError[]): Promise<Asked> {
  for (const error of errors) {
    const field = form.sections[error.section]?.fields.find((each) => each.name === error.field);
    tell(session, `  ${oneLine(error.message)}`);
    if (!field) return 'cancel';
    const asked = await askField(session, { section: error.section, field }, answers);
    if (asked === 'cancel') return asked;
  }
  return 'next';
}

async function askField(session: Session, place: Place, answers: Answers): Promise<Asked> {
  const { section, field } = place;
  const values = answers[section];
  if (!values) return 'next';
  listChoices(session, field, values[field.name] ?? '');
  for (;;) {
    const entered = (await session.lines.next(`    ${promptFor(field, values[field.name] ?? '')}> `))?.trim();
    if (entered === undefined || entered === '/cancel') return 'cancel';
    if (entered === '/save') return 'save';
    if (entered === '') return 'next';
    const isCommand = entered.startsWith('/') && field.kind !== 'file';
    const value = isCommand ? null : entryFor(field, entered);
    if (value !== null) {
      values[field.name] = value;
      return 'next';
    }
    tell(
      session,
      isCommand
        ? '    First finish the form: /save or /cancel.'
        : '    Type the number of a choice, or enter to keep what stands there.',
    );
  }
}

function listChoices(session: Session, field: FormField, value: string): void {
  if (field.kind !== 'select') return;
  const place = field.choices.findIndex((each) => each.value === value);
  tell(session, ...choiceLines(field.choices, session.look(), place).map((line) => `      ${line}`));
}

function hintOf(field: FormField): string {
  const how = { day: 'as 2023-06-30', file: 'a path on this machine', text: null, select: null }[field.kind];
  const hints = ['hint' in field ? (field.hint ?? null) : null, how].filter((each) => each !== null);
  return hints.length === 0 ? '' : ` (${oneLine(hints.join('; '))})`;
}

function promptFor(field: FormField, value: string): string {
  const label = oneLine(field.label);
  const hint = hintOf(field);
  const shown = field.kind !== 'select' ? value : (field.choices.find((each) => each.value === value)?.label ?? '');
  return `${label}${hint} [${oneLine(shown)}]`;
}

/** Null where it is none of the choices. */
function entryFor(field: FormField, entered: string): string | null {
  if (field.kind !== 'select') return entered === '-' ? '' : entered;
  if (entered === '-') return field.choices.some((each) => each.value === '') ? '' : null;
  const byNumber = /^\d+$/.test(entered) ? field.choices[Number(entered) - 1] : undefined;
  const byName = field.choices.filter((each) => each.label.toLowerCase().startsWith(entered.toLowerCase()));
  return byNumber?.value ?? (byName.length === 1 ? (byName[0]?.value ?? null) : null);
}
