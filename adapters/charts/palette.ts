/** After Okabe and Ito, so that no two neighbours look alike to anybody; text on a fill is chosen by its lightness. */
const FILLS: Readonly<Record<string, string>> = {
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

/** For tracks of a programme's own, in the order in which they come. */
const OWN_FILLS = ['#0072b2', '#7cc4ee', '#009e73', '#d55e00', '#f0b429', '#cc79a7', '#56606a', '#8fd0b8', '#9c5a2d', '#c9b8e8'];

/** A fill for each of these, in the order of a legend. */
export function fillsOf(keys: readonly string[]): ReadonlyMap<string, string> {
  const own = keys.filter((key) => !Object.hasOwn(FILLS, key));
  const fills = own.map((key, place) => [key, OWN_FILLS[place % OWN_FILLS.length] ?? INK] as const);
  const usual = Object.entries(FILLS).filter(([key]) => keys.includes(key));
  return new Map([...fills, ...usual]);
}

/** Drawn hatched, since nothing is known of them: the fill of a rectangle, and the colour of its lines. */
export const HATCHED: Readonly<Record<string, string>> = { '#b7bdc3': '#6f7881', '#dfe3e7': '#a3abb3' };

/** The fill of what nothing is known of; hatched in a picture, see `HATCHED`. */
export const NOTHING_KNOWN = '#dfe3e7';

export const INK = '#1d2329';
export const SOFT_INK = '#4c555d';
export const PAPER = '#ffffff';
export const GRID = '#e3e6e9';

const LIGHT_FILLS = new Set(['#7cc4ee', '#f0b429', '#f5e663', '#b7bdc3', '#dfe3e7', '#cc79a7', '#8fd0b8', '#c9b8e8']);
export const inkOn = (fill: string): string => (LIGHT_FILLS.has(fill) ? INK : PAPER);
