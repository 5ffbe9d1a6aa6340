import type { types } from '@slack/bolt';
import type { Choice, Control } from '../../src/domain/message.js';
import { label } from './plain-words.js';

const LABEL = 75;
const PLACEHOLDER = 150;
const LONGEST_VALUE = 150;
const OPTIONS = 100;
const ELEMENTS = 25;
/** A row of long selects is not let grow beyond what fits into a message with others. */
const ROW_JSON = 6000;

export const plainText = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });

/** The value of a choice as Slack takes it, which refuses an empty one. */
export function optionValue(value: string): string {
  const slack = value === '' || value.startsWith('~') ? `~${value}` : value;
  if (slack.length > LONGEST_VALUE)
    throw new Error(`the value of a choice has ${slack.length} characters, Slack takes ${LONGEST_VALUE}`);
  return slack;
}

/** The value of a choice as it was before `optionValue`. */
export const choiceValue = (slack: string): string => (slack.startsWith('~') ? slack.slice(1) : slack);

const option = ({ value, label: words }: Choice): types.PlainTextOption => ({
  text: plainText(label(words, LABEL)),
  value: optionValue(value),
});

/** A select that is filled in where one of its choices is chosen. Above a hundred choices they stand in groups of a hundred. */
export function staticSelect(
  actionId: string,
  choices: readonly Choice[],
  { chosen, prompt }: { readonly chosen: string | null; readonly prompt: string | null },
): types.StaticSelect {
  const options = choices.map(option);
  const initial = options[choices.findIndex((each) => each.value === chosen)];
  const groups = Array.from({ length: Math.ceil(options.length / OPTIONS) }, (_, at) => {
    const inGroup = options.slice(at * OPTIONS, (at + 1) * OPTIONS);
    return { label: plainText(`${at * OPTIONS + 1} to ${at * OPTIONS + inGroup.length}`), options: inGroup };
  });
  return {
    type: 'static_select',
    action_id: actionId,
    ...(prompt === null ? {} : { placeholder: plainText(label(prompt, PLACEHOLDER)) }),
    ...(options.length > OPTIONS ? { option_groups: groups } : { options }),
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

type Element = types.Button | types.StaticSelect;

function element(control: Control): readonly Element[] {
  switch (control.kind) {
    case 'button':
      return [
        {
          type: 'button',
          action_id: control.id,
          text: plainText(label(control.label, LABEL)),
          ...(control.style === undefined ? {} : { style: control.style }),
        },
      ];
    case 'select':
      // Slack refuses a select of nothing, and there is nothing to choose.
      return control.choices.length === 0 ? [] : [staticSelect(control.id, control.choices, control)];
  }
}

/** Controls in rows; two of one id stand in two rows, since Slack tells them apart only so. One button a row is marked as the main one. */
export function actionRows(controls: readonly Control[]): readonly types.ActionsBlock[] {
  const rows: Element[][] = [];
  for (const each of controls.flatMap(element)) {
    const row = rows.at(-1);
    const fits =
      row &&
      row.length < ELEMENTS &&
      row.every((other) => other.action_id !== each.action_id) &&
      JSON.stringify([...row, each]).length <= ROW_JSON;
    if (fits) row.push(isSecondPrimary(row, each) ? plain(each) : each);
    else rows.push([each]);
  }
  return rows.map((elements) => ({ type: 'actions', elements }));
}

const isPrimary = (each: Element) => each.type === 'button' && each.style === 'primary';
const isSecondPrimary = (row: readonly Element[], each: Element) => isPrimary(each) && row.some(isPrimary);

function plain(each: Element): Element {
  if (each.type !== 'button') return each;
  const { style: _, ...rest } = each;
  return rest;
}

/** Controls in words, for whoever cannot see them. */
export function controlWords(controls: readonly Control[]): string {
  const buttons = controls.flatMap((each) => (each.kind === 'button' ? [label(each.label, LABEL)] : []));
  const selects = controls.flatMap((each) => {
    if (each.kind !== 'select' || each.choices.length === 0) return [];
    const chosen = each.choices.find(({ value }) => value === each.chosen);
    return [`${label(each.prompt, PLACEHOLDER)} ${chosen ? `Chosen: ${label(chosen.label, LABEL)}.` : 'Nothing chosen yet.'}`];
  });
  const named = buttons.length === 0 ? [] : [`${buttons.length === 1 ? 'Button' : 'Buttons'}: ${buttons.join(', ')}.`];
  return [...selects, ...named].join('\n');
}
