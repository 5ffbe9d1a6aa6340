import type { Control, Message, Part } from '../../src/domain/message.js';
import { unreachable } from '../../src/domain/result.js';
import { oneLine, plainText, wrapLines } from './plain-text.js';

export type Look = {
  readonly colour: boolean;
  /** Characters in a line. */
  readonly width: number;
  /** Whether its controls can be pressed by number; left out: they can. */
  readonly numbered?: boolean;
};

type Style = 'bold' | 'dim' | 'key' | 'danger' | 'quote';
const CODES: Readonly<Record<Style, string>> = { bold: '1', dim: '2', key: '36', danger: '31', quote: '3' };

/** Text that is safe already, in a style where the terminal has them. */
export function styled(text: string, style: Style, { colour }: Pick<Look, 'colour'>): string {
  const start = String.fromCharCode(0x1b);
  return colour && text !== '' ? `${start}[${CODES[style]}m${text}${start}[0m` : text;
}

/** Whether to use colour: only in a terminal, and not where NO_COLOR is set to anything, see no-color.org. */
export function hasColour(output: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean {
  return output.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}

/** The controls of a message in the order of their numbers, the first is 1. */
export function controlsOf(message: Message): readonly Control[] {
  return message.parts.flatMap((part) => (part.kind === 'controls' ? part.controls : []));
}

/** A message as lines of text. All that people wrote is shown as plain text, whatever it holds. */
export function renderMessage(message: Message, look: Look): string {
  return renderParts(message, message.parts, look);
}

/** Some parts of a message; controls keep the numbers that they have in the whole. */
export function renderParts(message: Message, parts: readonly Part[], look: Look): string {
  const all = controlsOf(message);
  return parts.flatMap((part) => partLines(part, all, look)).join('\n');
}

function partLines(part: Part, all: readonly Control[], look: Look): readonly string[] {
  const { width } = look;
  switch (part.kind) {
    case 'heading':
      return wrapLines(oneLine(part.text), width).map((line) => styled(line, 'bold', look));
    case 'paragraph':
      return wrapLines(plainText(part.text), width);
    case 'note':
      return wrapLines(plainText(part.text), width).map((line) => styled(line, 'dim', look));
    case 'quote':
      return wrapLines(plainText(part.text), width - 4).map((line) => `  > ${styled(line, 'quote', look)}`);
    case 'list':
      return part.items.flatMap((item) => hanging('  • ', oneLine(item), width));
    case 'fields':
      return fieldLines(part.fields, width);
    case 'preformatted':
      return plainText(part.text).replace(/\n+$/, '').split('\n');
    case 'image':
      return hanging('', `[picture ${oneLine(part.fileName)}] ${oneLine(part.alt)}`, width);
    case 'file':
      return [`[file ${oneLine(part.fileName)}]`];
    case 'export':
      return [];
    case 'chart':
      return hanging('', `[picture] ${oneLine(part.picture.alt)}`, width);
    case 'controls':
      return controlLines(part.controls, all, look);
    default:
      return unreachable(part);
  }
}

/** The text behind a mark, its further lines under its beginning. */
function hanging(mark: string, text: string, width: number): readonly string[] {
  const indent = ' '.repeat([...mark].length);
  return wrapLines(text, width - indent.length).map((line, at) => `${at === 0 ? mark : indent}${line}`);
}

const WIDEST_LABEL = 30;

function fieldLines(fields: readonly { readonly label: string; readonly value: string }[], width: number): readonly string[] {
  const labels = fields.map((each) => oneLine(each.label));
  const column = Math.min(WIDEST_LABEL, Math.max(0, ...labels.map((each) => [...each].length)));
  return fields.flatMap(({ value }, at) => {
    const label = labels[at] ?? '';
    const fits = [...label].length <= column;
    const lines = hanging(`  ${(fits ? label : '').padEnd(column)}  `, oneLine(value), width);
    return fits ? lines : [...hanging('  ', label, width), ...lines];
  });
}

function controlLines(controls: readonly Control[], all: readonly Control[], look: Look): readonly string[] {
  const lines: string[] = [];
  let row: { text: string; length: number } | null = null;
  for (const control of controls) {
    if (control.kind === 'select') {
      row = null;
      lines.push(...selectLines(control, mark(control, all, look), look));
      continue;
    }
    const label = oneLine(control.label);
    const { text, length } = mark(control, all, look);
    const shown = `${text} ${control.style === 'danger' ? styled(label, 'danger', look) : label}`;
    const needs = length + 1 + [...label].length;
    if (row && row.length + 3 + needs <= look.width) {
      row = { text: `${row.text}   ${shown}`, length: row.length + 3 + needs };
      lines[lines.length - 1] = row.text;
    } else {
      row = { text: `  ${shown}`, length: 2 + needs };
      lines.push(row.text);
    }
  }
  return lines;
}

type Mark = { readonly text: string; readonly length: number };

function mark(control: Control, all: readonly Control[], look: Look): Mark {
  const text = look.numbered === false ? '[ ]' : `[${all.indexOf(control) + 1}]`;
  return { text: styled(text, 'key', look), length: text.length };
}

/** One that is filled in shows what was chosen; an empty one asks, with everything that can be chosen. */
function selectLines(select: Extract<Control, { kind: 'select' }>, { text }: Mark, look: Look): readonly string[] {
  const chosen = select.choices.find((each) => each.value === select.chosen);
  const line = `  ${text} ${oneLine(select.prompt)} > ${chosen ? styled(oneLine(chosen.label), 'bold', look) : ''}`.trimEnd();
  if (chosen || look.numbered === false) return [line];
  return [line, ...choiceLines(select.choices, look).map((each) => `    ${each}`)];
}

/** The choices of a select with their numbers, as many in a line as fit. */
export function choiceLines(
  choices: readonly { readonly label: string }[],
  look: Look,
  chosen: number | null = null,
): readonly string[] {
  const cells = choices.map((each, at) => {
    const label = oneLine(each.label);
    // Some labels are a number in words already, such as "3: something".
    const named = label.startsWith(`${at + 1}: `) ? label : `${at + 1} ${label}`;
    return at === chosen ? `${named} *` : named;
  });
  const lines: string[] = [];
  for (const cell of cells) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + 3 + [...cell].length <= look.width - 4)
      lines[lines.length - 1] = `${last} · ${cell}`;
    else lines.push(cell);
  }
  return lines.map((line) => styled(line, 'dim', look));
}
