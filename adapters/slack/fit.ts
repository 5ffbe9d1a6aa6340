import type { types } from '@slack/bolt';
import { plainText } from './controls.js';
import { countWords } from './plain-words.js';
import type { Rich, Unit } from './units.js';

/** What a surface takes: blocks, and characters of their JSON. */
export type Room = { readonly blocks: number; readonly json: number };

/**
 * A message takes 50 blocks, and somewhat more than 13,000 characters in them, containers counted: that is written down nowhere,
 * and answered with `msg_blocks_too_long`.
 */
export const MESSAGE_ROOM: Room = { blocks: 50, json: 12_000 };
/** A view takes 100 blocks and 250 kB. */
export const VIEW_ROOM: Room = { blocks: 100, json: 60_000 };

/** All units as blocks in one message where they fit; else as much as fits, every control, and a line that says what is missing. */
export function inOne(units: readonly Unit[], room: Room): readonly types.KnownBlock[] {
  const blocks = assembled(units, 'loose');
  if (fits(blocks, room)) return blocks;
  const dense = assembled(units, 'dense');
  return fits(dense, room) ? dense : assembled(asMuchAsFits(units, room), 'dense');
}

/** All units in as many messages as it takes, in order. */
export function inSeveral(units: readonly Unit[], room: Room): readonly (readonly Unit[])[] {
  const pages: Unit[][] = [];
  for (const whole of units) {
    const unit = fits(assembled([whole], 'loose'), room) ? whole : missingLine([whole]);
    const page = pages.at(-1);
    if (page && fits(assembled([...page, unit], 'loose'), room)) page.push(unit);
    else pages.push([...takenAlong(page), unit]);
  }
  return pages.filter((page) => page.length > 0);
}

/** A heading at the end of a message goes over to the next one, with what it is the heading of. */
function takenAlong(page: Unit[] | undefined): readonly Unit[] {
  const last = page?.at(-1);
  const isHeading = last?.kind === 'block' && last.block.type === 'header';
  return page && isHeading ? page.splice(-1) : [];
}

const jsonLength = (value: unknown) => JSON.stringify(value).length;
const fits = (blocks: readonly types.KnownBlock[], room: Room) => blocks.length <= room.blocks && jsonLength(blocks) <= room.json;

const BLANK: types.RichTextSection = { type: 'rich_text_section', elements: [{ type: 'text', text: '\n' }] };

/** Loose: a block each, but for what stands right behind the words that introduce it. Dense: rich text shares blocks wherever it meets. */
export function assembled(units: readonly Unit[], how: 'loose' | 'dense'): readonly types.KnownBlock[] {
  const blocks: types.KnownBlock[] = [];
  let open: Rich[] | null = null;
  for (const unit of units) {
    if (unit.kind === 'words') continue;
    if (unit.kind !== 'rich') {
      blocks.push(unit.block);
      open = null;
    } else if (open && (unit.belongsBefore || how === 'dense')) {
      open.push(...(unit.belongsBefore ? [] : [BLANK]), ...unit.elements);
    } else {
      open = [...unit.elements];
      blocks.push({ type: 'rich_text', elements: open });
    }
  }
  return blocks;
}

const ROOM_FOR_THE_LINE = 200;

/** Controls come first, since without them nothing can be done; then the rest in order, until one does not fit. */
function asMuchAsFits(units: readonly Unit[], room: Room): readonly Unit[] {
  const left = { blocks: room.blocks - 1, json: room.json - ROOM_FOR_THE_LINE };
  const kept = new Set<Unit>();
  const take = (unit: Unit): boolean => {
    const before = units[units.indexOf(unit) - 1];
    const sharesBlock = unit.kind === 'rich' && before?.kind === 'rich' && kept.has(before);
    const needs = jsonLength(assembled([unit], 'dense')) + jsonLength(BLANK);
    if (left.blocks < (sharesBlock ? 0 : 1) || left.json < needs) return false;
    left.blocks -= sharesBlock ? 0 : 1;
    left.json -= needs;
    kept.add(unit);
    return true;
  };
  const controls = units.filter((unit) => unit.kind === 'controls');
  const missingControls = controls.filter((unit) => !take(unit));
  const others = units.filter((unit) => unit.kind === 'rich' || unit.kind === 'block');
  const firstMissing = others.findIndex((unit) => !take(unit));
  const missing = [...(firstMissing < 0 ? [] : others.slice(firstMissing)), ...missingControls];
  const line = missingLine(missing);
  const place = missing.length === 0 ? -1 : Math.min(...missing.map((unit) => units.indexOf(unit)));
  return units.flatMap((unit, at) => [...(at === place ? [line] : []), ...(kept.has(unit) ? [unit] : [])]);
}

function missingLine(missing: readonly Unit[]): Unit {
  const lines = missing.reduce((sum, unit) => sum + unit.words.split('\n').length, 0);
  const text = `… and ${countWords(lines)} more ${lines === 1 ? 'line, which does' : 'lines, which do'} not fit into this message.`;
  return { kind: 'block', block: { type: 'context', elements: [plainText(text)] }, words: text };
}
