import type { SegmentKey } from '../../src/domain/pictures.js';

/** After Okabe and Ito, so that no two neighbours look alike to anybody; text on a fill is chosen by its lightness. */
export const FILLS: Readonly<Record<SegmentKey, string>> = {
  alignment: '#0072b2',
  governance: '#7cc4ee',
  field_building: '#009e73',
  capabilities: '#d55e00',
  applied_ai: '#f0b429',
  non_ai: '#cc79a7',
  seeking: '#f5e663',
  on_break: '#6b4c9a',
  hidden: '#5b6670',
  unclear: '#b7bdc3',
  unknown: '#dfe3e7',
  answered: '#0072b2',
  partial: '#b7bdc3',
  refused: '#d55e00',
  unreachable: '#cc79a7',
  notAsked: '#f5e663',
  silent: '#dfe3e7',
  erased: '#5b6670',
};

/** Drawn hatched, since nothing is known of them: the fill of a rectangle, and the colour of its lines. */
export const HATCHED: Readonly<Record<string, string>> = { '#b7bdc3': '#6f7881', '#dfe3e7': '#a3abb3' };

export const INK = '#1d2329';
export const SOFT_INK = '#4c555d';
export const PAPER = '#ffffff';
export const GRID = '#e3e6e9';

const LIGHT_FILLS = new Set(['#7cc4ee', '#f0b429', '#f5e663', '#b7bdc3', '#dfe3e7', '#cc79a7']);
export const inkOn = (fill: string): string => (LIGHT_FILLS.has(fill) ? INK : PAPER);
