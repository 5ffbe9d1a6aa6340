import type { types } from '@slack/bolt';
import type { Message, Part } from '../../src/domain/message.js';
import { unreachable } from '../../src/domain/result.js';
import { actionRows, controlWords, plainText } from './controls.js';
import { countWords, cutShort, isVisible, label, oneLine, pieces, plainWords } from './plain-words.js';

export type Rich = types.RichTextSection | types.RichTextList | types.RichTextQuote | types.RichTextPreformatted;

/** The smallest thing that stays whole: one block, or a piece of rich text that may share a block with its neighbours. */
export type Unit =
  | {
      readonly kind: 'rich';
      readonly elements: readonly Rich[];
      /** What introduces it stands right before it: they share a block. */
      readonly belongsBefore: boolean;
      readonly words: string;
    }
  | { readonly kind: 'block'; readonly block: types.KnownBlock; readonly words: string }
  | { readonly kind: 'controls'; readonly block: types.ActionsBlock; readonly words: string }
  /** Only in words: a picture, which is uploaded as a file. */
  | { readonly kind: 'words'; readonly words: string };

const HEADER = 150;
const TEXT = 3000;
/** A piece of a long text, so that it fits into a message with others. */
const PIECE = 2500;
const PREFORMATTED_PIECE = 5000;
/** What an item of a list takes on the wire beside its words. */
const AROUND_AN_ITEM = 100;

/** How long a part may be where the whole has to fit into one message. */
const MOST = { paragraph: 3000, note: 1000, quote: 1000, item: 600, preformatted: 8000 } as const;

export type Length = 'short' | 'whole';

/** A message in units, in order. `short`: long parts are cut, and say so; `whole`: they become several units. */
export function unitsOf(message: Message, length: Length): readonly Unit[] {
  return message.parts.flatMap((part) => partUnits(part, length));
}

function partUnits(part: Part, length: Length): readonly Unit[] {
  switch (part.kind) {
    case 'heading':
      return headingUnits(part.text);
    case 'paragraph':
      return texts(part.text, MOST.paragraph, length).map((text) => rich(section(words(text)), text, false));
    case 'note':
      return texts(part.text, MOST.note, length).map(noteUnit);
    case 'quote':
      return texts(part.text, MOST.quote, length).map((text) =>
        rich({ type: 'rich_text_quote', elements: words(text) }, `“${text}”`, true),
      );
    case 'list':
      return listUnits(
        part.items.map((item) => ({ label: null, value: item })),
        length,
      );
    case 'fields':
      return listUnits(part.fields, length);
    case 'preformatted':
      return preformattedUnits(part.text, length);
    case 'image':
      return isVisible(part.alt) ? [{ kind: 'words', words: `Picture: ${oneLine(part.alt)}` }] : [];
    case 'file':
    case 'export':
      return [];
    case 'chart':
      return [{ kind: 'words', words: `Picture: ${oneLine(part.picture.alt)}` }];
    case 'controls':
      return controlUnits(part);
    default:
      return unreachable(part);
  }
}

function texts(text: string, most: number, length: Length): readonly string[] {
  const plain = plainWords(text);
  if (!isVisible(plain)) return [];
  return length === 'short' ? [cutShort(plain, most)] : pieces(plain, PIECE).filter(isVisible);
}

/** Long texts go in pieces that Slack takes; they stand in one line all the same. */
const words = (text: string, style?: { readonly bold: boolean }): types.RichTextText[] =>
  pieces(text, TEXT).map((piece) => ({ type: 'text', text: piece, ...(style === undefined ? {} : { style }) }));

const section = (elements: types.RichTextText[]): types.RichTextSection => ({ type: 'rich_text_section', elements });
const rich = (element: Rich, shown: string, belongsBefore: boolean): Unit => ({
  kind: 'rich',
  elements: [element],
  belongsBefore,
  words: shown,
});

/** A heading that is too long for one goes on as text. */
function headingUnits(text: string): readonly Unit[] {
  const line = oneLine(text);
  if (!isVisible(line)) return [];
  const head: Unit = { kind: 'block', block: { type: 'header', text: plainText(label(line, HEADER)) }, words: line };
  return line.length <= HEADER
    ? [head]
    : [{ ...head, words: '' }, ...texts(line, MOST.paragraph, 'short').map((all) => rich(section(words(all)), all, false))];
}

const noteUnit = (text: string): Unit => ({
  kind: 'block',
  block: { type: 'context', elements: [plainText(text)] },
  words: text,
});

type Item = { readonly label: string | null; readonly value: string };

/** Items of a list have dots, fields have their names in bold and a line each. A long list is several units. */
function listUnits(items: readonly Item[], length: Length): readonly Unit[] {
  const cut = (text: string) => (length === 'short' ? cutShort(text, MOST.item) : text);
  const shown = items
    .map((item) => ({ label: item.label === null ? null : cut(oneLine(item.label)), value: cut(oneLine(item.value)) }))
    .filter((item) => isVisible(item.value) || isVisible(item.label ?? ''))
    .flatMap(inPieces);
  return grouped(shown).map(itemsUnit);
}

function inPieces(item: Item): readonly Item[] {
  const [first = '', ...rest] = pieces(item.value, PIECE);
  const [name = null, ...names] = item.label === null ? [] : pieces(item.label, PIECE);
  return [
    ...(names.length === 0
      ? []
      : [{ label: null, value: name ?? '' }, ...names.slice(0, -1).map((value) => ({ label: null, value }))]),
    { label: names.at(-1) ?? name, value: first },
    ...rest.map((value) => ({ label: null, value })),
  ];
}

/** Items in groups, in order; only one that is long by itself goes over the size of a group. */
function grouped(items: readonly Item[]): readonly (readonly Item[])[] {
  const groups: Item[][] = [];
  let size = 0;
  for (const item of items) {
    const needs = item.value.length + (item.label?.length ?? 0) + AROUND_AN_ITEM;
    const last = groups.at(-1);
    if (last && size + needs <= PIECE) {
      last.push(item);
      size += needs;
    } else {
      groups.push([item]);
      size = needs;
    }
  }
  return groups;
}

function itemsUnit(items: readonly Item[]): Unit {
  const shown = items.map((item) => (item.label === null ? `• ${item.value}` : `${item.label}: ${item.value}`)).join('\n');
  const isList = items.every((item) => item.label === null);
  return rich(isList ? bullets(items) : section(items.flatMap(fieldLine)), shown, true);
}

const bullets = (items: readonly Item[]): types.RichTextList => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: items.map((item) => section(words(item.value))),
});

function fieldLine(item: Item, at: number): readonly types.RichTextText[] {
  const start = at === 0 ? '' : '\n';
  if (item.label === null) return words(`${start}${item.value}`);
  return [...words(`${start}${item.label}:`, { bold: true }), ...words(` ${item.value}`)];
}

function preformattedUnits(text: string, length: Length): readonly Unit[] {
  const plain = plainWords(text);
  if (!isVisible(plain)) return [];
  // Quotation marks and line ends take two characters on the wire.
  const most = JSON.stringify(plain).length > plain.length * 1.2 ? PREFORMATTED_PIECE : MOST.preformatted;
  const shown = length === 'whole' ? pieces(plain, PREFORMATTED_PIECE) : [firstLines(plain, most)];
  return shown.filter(isVisible).map((each) => rich({ type: 'rich_text_preformatted', elements: words(each) }, each, true));
}

function firstLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf('\n', most - 40);
  if (end <= 0) return cutShort(text, most);
  return `${text.slice(0, end)}\n… and ${countWords(text.slice(end + 1).split('\n').length)} more lines`;
}

function controlUnits({ controls }: Extract<Part, { kind: 'controls' }>): readonly Unit[] {
  return actionRows(controls).map((block, at) => ({ kind: 'controls', block, words: at === 0 ? controlWords(controls) : '' }));
}
