import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { type Form, type FormValues, type Message, parseControlId, say } from '../../src/domain/message.js';
import type { Account } from '../../src/domain/people.js';
import type { FormAnswer, Hearing, PlatformMemory } from '../../src/platform-ports.js';
import { isSavedByPage, joiningMessage, type OpenForm, openFormSchema, sendsAll } from './form-messages.js';
import { type FormPage, type FormPress, modalOf, pagesOf, type SentPage, valuesOfAll, valuesOfPage } from './form-pages.js';

export type FormPorts = {
  readonly hearing: Pick<Hearing, 'press' | 'form'>;
  readonly memory: Pick<PlatformMemory, 'draft' | 'keepDraft' | 'holdLease' | 'dropLease'>;
  /** Null where it cannot be fetched, or is too large. */
  readonly download: (file: SentPage['files'][string]) => Promise<Uint8Array | null>;
};

/** Who did something, and when. The event id is the interaction's. */
export type FormHeard = { readonly from: Account; readonly eventId: string; readonly now: Date };

/** How an interaction is to be answered. */
export type FormReply =
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  /** To the asker alone. `replaces`: in place of the message that was pressed, which is such a one too. */
  | { readonly kind: 'message'; readonly message: Message; readonly replaces: boolean };

const CLOSED = say('That form is closed by now. Open it once more, please.');
const ON_ITS_WAY = say('That is on its way already.');
const SAVED = say('Saved.');
const NOT_YOURS = say('That form belongs to a message that is gone, so nothing has changed.');
const CHANGED_MEANWHILE = 'This has changed since you opened it, so nothing of yours is saved. It stands like this now:';
const FILE_MISSED = 'I could not fetch the file, or it is over 5 MB. Attach it again, please.';

/** One turn of the dialogue: nothing of it is in memory between two, since another copy of the process may take the next. */
type Turn = { readonly ports: FormPorts; readonly heard: FormHeard; readonly replaces: boolean };

const answer = (message: Message, { replaces }: Pick<Turn, 'replaces'>): FormReply => ({ kind: 'message', message, replaces });

/** Opens a form that an answer carries: as a modal where one holds it, else as a message with a button a page. */
export async function openForm(ports: FormPorts, heard: FormHeard, form: Form): Promise<FormReply> {
  const turn: Turn = { ports, heard, replaces: false };
  const opened: OpenForm = { form, entered: [], errors: [] };
  await keep(turn, opened);
  const [first, ...others] = pagesOf(form);
  if (first && others.length === 0) return { kind: 'modal', modal: modalOf(form, first, [], false) };
  return answer(joiningMessage(opened), turn);
}

/** A button of a form's message. */
export async function pressInForm(ports: FormPorts, heard: FormHeard, { formId, action }: FormPress): Promise<FormReply> {
  const turn: Turn = { ports, heard, replaces: true };
  if (action.kind === 'done') return answer(say('All right.'), turn);
  const opened = (await openedForm(turn, formId)) ?? (await recordNow(turn, formId, 'now'));
  if (opened === null) return answer(CLOSED, turn);
  if (action.kind === 'save') return sendOnce(turn, opened, {}, formId);
  const page = pageAt(opened.form, action);
  if (!page) return answer(joiningMessage(opened), turn);
  return { kind: 'modal', modal: modalOf(opened.form, page, opened.entered, true) };
}

/** A modal of a form that was sent. */
export async function takeInPage(
  ports: FormPorts,
  heard: FormHeard,
  { formId, action }: FormPress,
  sent: SentPage,
): Promise<FormReply> {
  const turn: Turn = { ports, heard, replaces: action.kind === 'page' && action.isFromMessage };
  const opened = await openedForm(turn, formId);
  const page = opened && action.kind === 'page' ? pageAt(opened.form, action) : undefined;
  if (!opened || !page) return answer(CLOSED, turn);
  if (isSavedByPage(opened.form)) return savePage(turn, opened, page, sent.values);
  const filled = { ...opened, entered: withPage(opened, page, sent.values), errors: errorsElsewhere(opened, page) };
  if (sendsAll(opened.form, page)) return sendOnce(turn, filled, sent.files, formId);
  await keep(turn, filled);
  return answer(joiningMessage(filled), turn);
}

/** The page is checked against the record as it is now: activities have no names, and another one may stand in this place. */
async function savePage(turn: Turn, opened: OpenForm, page: FormPage, values: SentPage['values']): Promise<FormReply> {
  const { form } = opened;
  const before = await recordNow(turn, form.id, 'before');
  if (before === null) return answer(NOT_YOURS, turn);
  if (!isDeepStrictEqual(filledIn(before.form, page), filledIn(form, page))) {
    await keep(turn, before);
    return answer(joiningMessage(before, CHANGED_MEANWHILE), turn);
  }
  const heard = await hearForm(turn, form, valuesOfPage(page, values));
  if (heard.kind === 'not_yours') return answer(NOT_YOURS, turn);
  if (heard.kind === 'errors') return refused(turn, { form, entered: withPage(opened, page, values), errors: heard.errors });
  const after = await recordNow(turn, form.id, 'after');
  if (after === null) return answer(heard.answer ?? SAVED, turn);
  await keep(turn, after);
  return answer(joiningMessage(after, 'Saved.'), turn);
}

const filledIn = ({ sections }: Form, { section }: FormPage) => sections[section]?.fields.map(({ name, value }) => [name, value]);

/** Longer than a form takes to be carried out. */
const SENDING_MS = 60_000;

/** Two presses at one instant may reach two copies of the process: the database lets one of them send the form. */
async function sendOnce(turn: Turn, opened: OpenForm, files: SentPage['files'], formId: string): Promise<FormReply> {
  const { memory } = turn.ports;
  const { from, eventId } = turn.heard;
  const lease = `form:${createHash('sha256').update(`${from.id} ${formId}`).digest('base64url')}`;
  if (!(await memory.holdLease(lease, eventId, SENDING_MS))) return answer(ON_ITS_WAY, turn);
  try {
    // It may have been sent since it was looked at.
    return (await openedForm(turn, formId)) === null ? answer(CLOSED, turn) : await sendAll(turn, opened, files);
  } finally {
    await memory.dropLease(lease, eventId);
  }
}

async function sendAll(turn: Turn, { form, entered }: OpenForm, files: SentPage['files']): Promise<FormReply> {
  const fetched: Record<string, Uint8Array> = {};
  for (const [name, file] of Object.entries(files)) {
    const bytes = await turn.ports.download(file);
    if (bytes === null) return refused(turn, { form, entered, errors: [fileMissed(form, name)] });
    fetched[name] = bytes;
  }
  const heard = await hearForm(turn, form, valuesOfAll(form, entered), fetched);
  if (heard.kind === 'not_yours') return answer(NOT_YOURS, turn);
  if (heard.kind === 'errors') return refused(turn, { form, entered, errors: heard.errors });
  // A second press of its button must not send it again.
  await turn.ports.memory.keepDraft(turn.heard.from, form.id, { isClosed: true }, turn.heard.now);
  return answer(heard.answer ?? SAVED, turn);
}

const fileMissed = ({ sections }: Form, field: string) => ({
  section: sections.findIndex(({ fields }) => fields.some(({ name }) => name === field)),
  field,
  message: FILE_MISSED,
});

async function refused(turn: Turn, opened: OpenForm): Promise<FormReply> {
  await keep(turn, opened);
  return answer(joiningMessage(opened), turn);
}

async function hearForm(
  { ports, heard: { from, eventId } }: Turn,
  form: Form,
  values: FormValues,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<FormAnswer> {
  const ref = parseControlId(form.id);
  return ref === null ? { kind: 'not_yours' } : ports.hearing.form({ from, eventId, ref, values, files });
}

/** A record's form as it is filled now; null for any other form, and where it is not theirs. One event may look several times. */
async function recordNow({ ports, heard: { from, eventId } }: Turn, formId: string, look: string): Promise<OpenForm | null> {
  const ref = parseControlId(formId);
  if (ref?.verb !== 'form') return null;
  const change = { verb: 'change', key: ref.key, choice: null } as const;
  const { form } = await ports.hearing.press({ from, eventId: `${eventId}.${look}`, ref: change, value: null });
  // As it comes back from where it is kept, so that the two can be compared.
  return form === null ? null : openFormSchema.parse(JSON.parse(JSON.stringify({ form, entered: [], errors: [] })));
}

const pageAt = (form: Form, at: { readonly section: number; readonly part: number }) =>
  pagesOf(form).find(({ section, part }) => section === at.section && part === at.part);

function withPage({ form, entered }: OpenForm, { section }: FormPage, values: SentPage['values']): FormValues {
  return form.sections.map((_, place) => ({ ...entered[place], ...(place === section ? values : {}) }));
}

const errorsElsewhere = ({ errors }: OpenForm, { section, fields }: FormPage) =>
  errors.filter((each) => each.section !== section || !fields.some(({ name }) => name === each.field));

const keep = ({ ports, heard: { from, now } }: Turn, opened: OpenForm): Promise<void> =>
  ports.memory.keepDraft(from, opened.form.id, opened, now);

/** Null too for one that was sent, or was kept by a version that wrote it otherwise. */
async function openedForm({ ports, heard: { from, now } }: Turn, formId: string): Promise<OpenForm | null> {
  const read = openFormSchema.safeParse(await ports.memory.draft(from, formId, now));
  return read.success ? read.data : null;
}
