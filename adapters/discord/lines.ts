import type { Part } from '../../src/domain/message.js';
import { unreachable } from '../../src/domain/result.js';
import { escaped, escapedAtStart, fenced, oneLine, placeToCut, plainText } from './markdown.js';

/** A line as Discord shows it. `text` is escaped but for its beginning, or stands in a code block. */
export type Line = {
  /** What makes it a heading, a quote, an item or small print; the label of a field. */
  readonly prefix: string;
  /** The same for what is left over where it is cut. */
  readonly nextPrefix: string;
  readonly text: string;
  readonly isCode: boolean;
  /** Line ends between the line before and this one. */
  readonly gap: 1 | 2;
};

/** The words of a message a line after the other; controls and pictures have their own places. */
export function linesOf(parts: readonly Part[]): readonly Line[] {
  let before: Part | null = null;
  return parts.flatMap((part) => {
    const [first, ...rest] = partLines(part);
    if (!first) return [];
    const gap = before === null || isCloseTo(before, part) ? 1 : 2;
    before = part;
    return [{ ...first, gap }, ...rest];
  });
}

/** A heading stands on what it heads, somebody's words on what they are evidence for, small print in one piece. */
function isCloseTo(before: Part, part: Part): boolean {
  if (before.kind === 'heading') return true;
  if (part.kind === 'list' || part.kind === 'fields') return before.kind === 'paragraph';
  return part.kind === 'quote' ? before.kind !== 'note' : part.kind === 'note' && before.kind === 'note';
}

const line = (prefix: string, text: string, nextPrefix = ''): Line => ({
  prefix,
  nextPrefix,
  text: escaped(text),
  isCode: false,
  gap: 1,
});
/** Lines of a text that has several; one blank line between them stays, since it parts thoughts. */
const allLines = (prefix: string, text: string): readonly Line[] =>
  plainText(text)
    .trim()
    .split(/\n(?:[^\S\n]*\n(?=[^\S\n]*\n))*/)
    .map((each) => line(prefix, each.trimEnd(), prefix));

function partLines(part: Part): readonly Line[] {
  switch (part.kind) {
    case 'heading':
      return [line('### ', oneLine(part.text))].filter(saysSomething);
    case 'paragraph':
      return part.text.trim() === '' ? [] : allLines('', part.text);
    case 'note':
      return allLines('-# ', part.text).filter(saysSomething);
    case 'quote':
      return part.text.trim() === '' ? [] : allLines('> ', part.text);
    case 'list':
      return part.items.map((item) => line('- ', oneLine(item))).filter(saysSomething);
    case 'fields':
      return part.fields.map(({ label, value }) => fieldLine(oneLine(label), oneLine(value))).filter(saysSomething);
    case 'preformatted':
      return codeLines(part.text);
    case 'chart':
      return allLines('', part.picture.alt);
    case 'image':
    case 'file':
    case 'export':
    case 'controls':
      return [];
    default:
      return unreachable(part);
  }
}

const saysSomething = ({ text }: Line) => text.trim() !== '';

/** A question needs no colon. */
const marked = (label: string) => (label.endsWith('?') ? label : `${label}:`);
const fieldWords = (label: string, value: string) => (label === '' ? value : `${marked(label)} ${value}`);

/** A longer label is no label, and is cut like any words. */
const LONGEST_LABEL = 100;

function fieldLine(label: string, value: string): Line {
  if (label === '' || label.length > LONGEST_LABEL || value === '') return line('', fieldWords(label, value));
  return line(`**${escapedAtStart(escaped(marked(label)))}** `, value);
}

function codeLines(text: string): readonly Line[] {
  const lines = plainText(text)
    .replace(/^\s*\n|\s+$/g, '')
    .split('\n');
  if (lines.join('').trim() === '') return [];
  return lines.map((each) => ({ prefix: '', nextPrefix: '', text: fenced(each), isCode: true, gap: 1 }));
}

const FENCE = '```';
const FENCES = 2 * (FENCE.length + 1);
/** A line is not cut for less room than this: it goes to the next piece as a whole. */
const WORTH_CUTTING = 200;

/** Fills one piece of at most `room` UTF-16 units; what is left over goes to the next. */
export function fill(lines: readonly Line[], room: number): { readonly text: string; readonly rest: readonly Line[] } {
  const taken: Line[] = [];
  let used = 0;
  for (const [place, each] of lines.entries()) {
    const last = taken.at(-1);
    const around = (last ? each.gap : 0) + (each.isCode && !last?.isCode ? FENCES : 0);
    const left = room - used - around;
    const whole = shown(each);
    if (whole.length <= left) {
      taken.push(each);
      used += around + whole.length;
      continue;
    }
    // With room for one more backslash at the beginning of the line.
    const forText = left - each.prefix.length - 1;
    if (forText < WORTH_CUTTING && last) return { text: textOf(taken), rest: lines.slice(place) };
    const cut = placeToCut(each.text, forText);
    const rest: Line = { ...each, prefix: each.nextPrefix, text: each.text.slice(cut).trimStart(), gap: 1 };
    return { text: textOf([...taken, { ...each, text: each.text.slice(0, cut) }]), rest: [rest, ...lines.slice(place + 1)] };
  }
  return { text: textOf(taken), rest: [] };
}

const shown = ({ prefix, text, isCode }: Line) => (isCode ? text : `${prefix}${escapedAtStart(text)}`);

function textOf(lines: readonly Line[]): string {
  return lines
    .map((each, place) => {
      const before = lines[place - 1];
      const open = each.isCode && !before?.isCode ? `${FENCE}\n` : '';
      const close = each.isCode && !lines[place + 1]?.isCode ? `\n${FENCE}` : '';
      return `${before ? '\n'.repeat(each.gap) : ''}${open}${shown(each)}${close}`;
    })
    .join('');
}

/** All the words as plain text, for a file. */
export function wordsOf(parts: readonly Part[]): string {
  const pieces = parts.flatMap((part): readonly string[] => {
    switch (part.kind) {
      case 'list':
        return [part.items.map((item) => `- ${oneLine(item)}`).join('\n')];
      case 'fields':
        return [part.fields.map(({ label, value }) => fieldWords(oneLine(label), oneLine(value))).join('\n')];
      case 'chart':
        return [oneLine(part.picture.alt)];
      case 'image':
      case 'file':
      case 'export':
      case 'controls':
        return [];
      default:
        return [plainText(part.text)];
    }
  });
  return `${pieces.filter((each) => each.trim() !== '').join('\n\n')}\n`;
}
