import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIComponentInMessageActionRow,
  APISelectMenuOption,
  APIStringSelectComponent,
} from 'discord-api-types/v10';
import { type Control, type ControlRef, parseControlId } from '../../src/domain/message.js';
import { oneLine, shortened } from './markdown.js';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

const MOST = { rows: 5, buttons: 5, options: 25, customId: 100, buttonLabel: 80, optionText: 100, placeholder: 150 } as const;
const [ROW, BUTTON, SELECT] = [1, 2, 3] as const;
const STYLES = { primary: 1, danger: 4, plain: 2 } as const;

/** Discord takes no empty value. */
const NO_VALUE = 'aw:none';
/** A select that stands for controls which would need rows of their own; its values say which of them is meant. */
const PICK = 'aw:pick:';

const valueFor = (value: string) => (value === '' ? NO_VALUE : value);
/** A select's value as it was given to it. */
export const valueFrom = (value: string) => (value === NO_VALUE ? '' : value);
const labelOf = (text: string, most: number) => shortened(oneLine(text), most) || '…';

export type Arranged = {
  readonly rows: readonly Row[];
  /** What has no place, in words for whoever reads the message; empty where everything has one. */
  readonly leftOut: readonly string[];
};

/**
 * Controls as rows: the buttons of one group side by side, a select a row. Where that takes more than five rows, selects that stand
 * together become one, those first that are answered; then groups of buttons share theirs; and where even that is too much,
 * everything from the fifth row on is offered in one select.
 */
export function arrange(groups: readonly (readonly Control[])[], key: string | null): Arranged {
  const all = uniqueControls(groups);
  const apart = all.flatMap((group) => rowsOf(group));
  const joined = joinedSelects(apart);
  const together = joined.length <= MOST.rows ? joined : sharedRows(joined);
  if (together.length <= MOST.rows) return drawnRows(together, key);
  return drawnRows([...together.slice(0, MOST.rows - 1), together.slice(MOST.rows - 1).flat()], key);
}

/** Discord refuses an id that comes twice, or is too long. */
function uniqueControls(groups: readonly (readonly Control[])[]): readonly (readonly Control[])[] {
  const seen = new Set<string>();
  return groups.map((group) =>
    group.filter(({ id }) => {
      const isNew = !seen.has(id) && id !== '' && id.length <= MOST.customId;
      seen.add(id);
      return isNew;
    }),
  );
}

type ControlRow = readonly Control[];

function rowsOf(controls: readonly Control[]): readonly ControlRow[] {
  const rows: Control[][] = [];
  let buttons: Control[] | null = null;
  for (const control of controls) {
    if (control.kind === 'select') rows.push([control]);
    else if (buttons && buttons.length < MOST.buttons) buttons.push(control);
    else {
      buttons = [control];
      rows.push(buttons);
    }
    if (control.kind === 'select') buttons = null;
  }
  return rows;
}

/** Buttons that stand one below the other share a row where all of both fit in it: an answer is not torn from its alternative. */
function sharedRows(apart: readonly ControlRow[]): readonly ControlRow[] {
  const hasButtons = (row: ControlRow | undefined) => row?.[0]?.kind === 'button';
  const rows: ControlRow[] = [];
  for (const row of apart) {
    const last = rows.at(-1);
    if (last && hasButtons(last) && hasButtons(row) && last.length + row.length <= MOST.buttons)
      rows[rows.length - 1] = [...last, ...row];
    else rows.push(row);
  }
  return rows;
}

type Select = Extract<Control, { kind: 'select' }>;

const isSelect = (control: Control): control is Select => control.kind === 'select';
const isAnswered = (control: Control) => isSelect(control) && control.chosen !== null;

/** Neighbours become one select as long as there are too many rows and their choices fit in one. */
function joinedSelects(apart: readonly ControlRow[]): readonly ControlRow[] {
  const rows = [...apart];
  while (rows.length > MOST.rows) {
    const pairs = rows.slice(1).flatMap((row, at): readonly { readonly at: number; readonly both: ControlRow }[] => {
      const both = [...(rows[at] ?? []), ...row];
      const fits = both.length === 2 && both.every(isSelect) && choicesIn(both) <= MOST.options;
      return fits ? [{ at, both }] : [];
    });
    const [best] = pairs.toSorted((a, b) => b.both.filter(isAnswered).length - a.both.filter(isAnswered).length);
    if (!best) break;
    rows.splice(best.at, 2, best.both);
  }
  return rows;
}

const choicesIn = (controls: readonly Control[]) => controls.filter(isSelect).reduce((sum, each) => sum + each.choices.length, 0);

/** A row holds buttons, or one select; what is more than that is offered in a select of its own. */
function drawnRows(rows: readonly ControlRow[], key: string | null): Arranged {
  let picks = 0;
  const drawn = rows.map((row): { readonly row: Row; readonly leftOut: readonly string[] } => {
    const isOne = row.length === 1 || (row.length <= MOST.buttons && !row.some(isSelect));
    if (!isOne) {
      picks += 1;
      return pickOf(row, key, picks);
    }
    const each = row.map(drawControl);
    return {
      row: { type: ROW, components: each.map(({ component }) => component) },
      leftOut: each.flatMap((one) => one.leftOut),
    };
  });
  return { rows: drawn.map(({ row }) => row), leftOut: drawn.flatMap(({ leftOut }) => leftOut) };
}

type Drawn = { readonly component: APIComponentInMessageActionRow; readonly leftOut: readonly string[] };

function drawControl(control: Control): Drawn {
  if (control.kind === 'select') return drawSelect(control);
  const component: APIButtonComponentWithCustomId = {
    type: BUTTON,
    style: STYLES[control.style ?? 'plain'],
    label: labelOf(control.label, MOST.buttonLabel),
    custom_id: control.id,
  };
  return { component, leftOut: [] };
}

function drawSelect(select: Select): Drawn {
  const { options, leftOut } = asOptions(select.choices.map((each) => ({ ...each, isChosen: each.value === select.chosen })));
  const prompt = oneLine(select.prompt);
  const component: APIStringSelectComponent = {
    type: SELECT,
    custom_id: select.id,
    ...(prompt === '' ? {} : { placeholder: shortened(prompt, MOST.placeholder) }),
    options: options.length === 0 ? [{ label: '…', value: NO_VALUE }] : [...options],
    ...(options.length === 0 ? { disabled: true } : {}),
  };
  const what = leftOut === 0 ? [] : [`${leftOut} more of “${prompt}” do not fit here.`];
  return { component, leftOut: what };
}

export type Offered = {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  readonly isChosen: boolean;
};

/** At most 25, whichever is chosen among them. */
export function asOptions(offered: readonly Offered[]): {
  readonly options: readonly APISelectMenuOption[];
  readonly leftOut: number;
} {
  const byValue = new Map(offered.map((each) => [valueFor(each.value), each]));
  const usable = [...byValue].filter(([value]) => value.trim() !== '' && value.length <= MOST.optionText);
  const chosenAt = usable.findIndex(([, each]) => each.isChosen);
  const first = usable.slice(0, MOST.options);
  const shown = chosenAt < MOST.options ? first : [...first.slice(0, -1), ...usable.slice(chosenAt, chosenAt + 1)];
  const options = shown.map(([value, { label, description, isChosen }]) => ({
    label: labelOf(label, MOST.optionText),
    value,
    ...(description ? { description: shortened(description, MOST.optionText) } : {}),
    ...(isChosen ? { default: true } : {}),
  }));
  return { options, leftOut: byValue.size - options.length };
}

/** `nth`: a message may have several of these, and no two of one id. */
function pickOf(
  controls: readonly Control[],
  key: string | null,
  nth: number,
): { readonly row: Row; readonly leftOut: readonly string[] } {
  // What is still asked comes first.
  const inOrder = controls.toSorted((a, b) => Number(isAnswered(a)) - Number(isAnswered(b)));
  const offered = inOrder.flatMap((control): readonly Offered[] =>
    control.kind === 'button'
      ? [{ value: control.id, label: control.label, isChosen: false }]
      : control.choices.map(({ value, label }) => ({
          value: `${control.id}=${valueFor(value)}`,
          label,
          description: oneLine(control.prompt),
          isChosen: false,
        })),
  );
  const { options, leftOut } = asOptions(offered);
  const told = controls
    .filter(isSelect)
    .flatMap(({ choices, chosen }) => choices.find(({ value }) => value === chosen)?.label ?? []);
  const asked = controls.filter(isSelect).flatMap((each) => (isAnswered(each) ? [] : [each.prompt]));
  const of = key ?? parseControlId(controls[0]?.id ?? '')?.key ?? 'none';
  const component: APIStringSelectComponent = {
    type: SELECT,
    custom_id: `${PICK}${of}${nth === 1 ? '' : `.${nth}`}`,
    placeholder: shortened(
      oneLine([...told, asked.join(' ')].filter((each) => each !== '').join(' · ')) || 'More to choose from',
      MOST.placeholder,
    ),
    options: options.length === 0 ? [{ label: '…', value: NO_VALUE }] : [...options],
  };
  return {
    row: { type: ROW, components: [component] },
    leftOut: leftOut === 0 ? [] : [`${leftOut} more choices do not fit here.`],
  };
}

/** The control that was meant, where one select stands for several; `values` is what a select was set to. */
export function resolvedPress(
  customId: string,
  values: readonly string[],
): { readonly id: string; readonly value: string | null } {
  const [id = '', value] = customId.startsWith(PICK) ? (values[0] ?? '').split(/=(.*)/s) : [customId, values[0]];
  return { id, value: value === undefined ? null : valueFrom(value) };
}

export type Pressed = { readonly ref: ControlRef; readonly value: string | null };

/** Which control of ours was pressed, or chosen in; null for a component that is not one. */
export function pressOf(customId: string, values: readonly string[]): Pressed | null {
  const { id, value } = resolvedPress(customId, values);
  const ref = parseControlId(id);
  return ref === null ? null : { ref, value };
}

/** The message's key as its components carry it. */
export function keyOfComponent(customId: string): string | null {
  if (customId.startsWith(PICK)) return customId.slice(PICK.length).replace(/\.\d+$/, '');
  return parseControlId(customId)?.key ?? null;
}
