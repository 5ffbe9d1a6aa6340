import type { DeliveryKey } from '../../src/domain/ids.js';
import { type Control, parseControlId } from '../../src/domain/message.js';
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
  const { ports } = session;
  const from = accountOf(session.self);
  const { answer, form } = await ports.takeInPress({ from, eventId: ports.random.token(), ref, value });
  if (answer) showMessage(session, answer);
  if (!form) return;
  const submit = (values: Parameters<typeof ports.takeInForm>[0]['values']) =>
    ports.takeInForm({ from, eventId: ports.random.token(), key: ref.key as DeliveryKey, values });
  await fillForm(session, form, submit);
}
