import { type Control, type FormValues, parseControlId } from '../../src/domain/message.js';
import type { Answer, IncomingForm } from '../../src/platform-ports.js';
import { fillForm } from './fill-form.js';
import { oneLine } from './plain-text.js';
import { choiceLines } from './render.js';
import { accountOf, type Session, showMessage, tell } from './session.js';

/** "2" or "2 3", as a control and a choice in it; null for anything else. */
export function parsePress(text: string): { readonly control: number; readonly choice: number | null } | null {
  const [, control, choice] = /^(\d{1,2})(?:\s+(\d{1,2}))?$/.exec(text.trim()) ?? [];
  return control === undefined ? null : { control: Number(control), choice: choice === undefined ? null : Number(choice) };
}

/** Presses a control of the last message shown by its number. */
export async function press(session: Session, number: number, choice: number | null): Promise<void> {
  const controls = session.shown?.controls ?? [];
  const control = controls[number - 1];
  if (!control) {
    const there =
      controls.length === 0 ? 'There is nothing to press just now.' : `There are only the numbers 1 to ${controls.length}.`;
    return tell(session, `  ${there}`);
  }
  const value = control.kind === 'select' ? await chosenIn(session, control, choice) : null;
  if (control.kind === 'select' && value === null) return;
  await pressControl(session, control, value);
}

async function chosenIn(
  session: Session,
  select: Extract<Control, { kind: 'select' }>,
  choice: number | null,
): Promise<string | null> {
  let number = choice;
  if (number === null) {
    const place = select.choices.findIndex((each) => each.value === select.chosen);
    tell(
      session,
      `  ${oneLine(select.prompt)}`,
      ...choiceLines(select.choices, session.look(), place).map((line) => `    ${line}`),
    );
    const line = (await session.lines.next('  number, or enter to leave it> '))?.trim() ?? '';
    if (line === '') return null;
    number = /^\d+$/.test(line) ? Number(line) : 0;
  }
  const chosen = select.choices[number - 1];
  if (!chosen) tell(session, `  The choices are 1 to ${select.choices.length}, so nothing has changed.`);
  return chosen?.value ?? null;
}

async function pressControl(session: Session, control: Control, value: string | null): Promise<void> {
  const ref = parseControlId(control.id);
  if (!ref) return tell(session, '  That button does nothing here.');
  const { ports, self } = session;
  await showAnswer(session, await ports.hearing.press({ from: accountOf(self), eventId: ports.random.token(), ref, value }));
}

/** Shows what was answered, and asks for the form if there is one. */
export async function showAnswer(session: Session, { answer, form }: Answer): Promise<void> {
  if (answer) showMessage(session, answer);
  const ref = form && parseControlId(form.id);
  if (!form || !ref) return;
  const { ports, self } = session;
  const submit = (values: FormValues, files: IncomingForm['files']) =>
    ports.hearing.form({ from: accountOf(self), eventId: ports.random.token(), ref, values, files });
  await fillForm(session, form, submit);
}
