import type { TopLevelSpec } from 'vega-lite';
import type { Bar, MoveCell, Picture, RangeRow } from '../../src/domain/pictures.js';
import { boundsOverTime } from './bounds-spec.js';
import { fillsOf, GRID, INK, inkOn, PAPER, SOFT_INK } from './palette.js';

const WIDTH = 560;
const BAR = 34;
const ROW = 24;

type Layer = Record<string, unknown>;

/** The chart as vega-lite has it. */
export function specOf(picture: Picture): TopLevelSpec {
  const spec: Layer = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: PAPER,
    padding: { left: 20, right: 24, top: 18, bottom: 18 },
    title: {
      text: inLines(picture.title, 54),
      subtitle: inLines(picture.subtitle, 84),
      anchor: 'start',
      frame: 'group',
      fontSize: 17,
      subtitleFontSize: 12,
      subtitleColor: SOFT_INK,
      offset: 14,
      color: INK,
      limit: 0,
    },
    config: {
      font: 'DejaVu Sans',
      view: { stroke: null },
      axis: {
        labelColor: INK,
        titleColor: SOFT_INK,
        titleFontWeight: 'normal',
        gridColor: GRID,
        domainColor: GRID,
        tickColor: GRID,
        labelLimit: 0,
        labelFontSize: 12,
        titleFontSize: 11,
      },
      legend: {
        labelColor: INK,
        labelFontSize: 12,
        labelLimit: 0,
        symbolType: 'square',
        symbolStrokeColor: SOFT_INK,
        symbolStrokeWidth: 0.5,
        title: null,
        orient: 'bottom',
        columns: 3,
        columnPadding: 18,
      },
      concat: { spacing: 30 },
    },
    ...body(picture),
  };
  return spec as unknown as TopLevelSpec;
}

/** Words in lines of at most so many letters, so that a long name makes a picture taller, never wider; a word longer than a line stays whole. */
function inLines(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.pop();
    if (line === undefined) lines.push(word);
    else if (line.length + 1 + word.length > most) lines.push(line, word);
    else lines.push(`${line} ${word}`);
  }
  return lines;
}

function body(picture: Picture): Layer {
  switch (picture.kind) {
    case 'people':
      return {
        resolve: { legend: { fill: 'independent' } },
        vconcat: [
          stacked(picture.bars, picture.roster),
          ...(picture.ranges.length > 0 ? [ranges(picture.ranges, picture.roster)] : []),
        ],
      };
    case 'response':
      return stacked(picture.bars, picture.roster);
    case 'moves':
      return moves(picture.places, picture.cells);
    case 'bounds':
      return boundsOverTime(picture);
  }
}

const peopleAxis = { title: 'people', tickMinStep: 1, format: 'd', grid: true };

function stacked(bars: readonly Bar[], roster: number): Layer {
  const seen = new Map(bars.flatMap(({ segments }) => segments).map(({ key, label }) => [key, label]));
  const fills = fillsOf([...seen.keys()]);
  const rows = bars.flatMap((bar) => {
    let from = 0;
    return bar.segments.map(({ key, label, people }) => {
      const start = from;
      from += people;
      const fits = (people / Math.max(1, roster)) * WIDTH >= `${people}`.length * 8 + 4;
      return {
        bar: bar.label,
        label,
        people,
        start,
        end: from,
        middle: start + people / 2,
        text: fits ? `${people}` : '',
        ink: inkOn(fills.get(key) ?? INK),
      };
    });
  });
  const y = { field: 'bar', type: 'nominal', sort: null, title: null, axis: { labelPadding: 8, ticks: false, domain: false } };
  return {
    width: WIDTH,
    height: { step: BAR + 12 },
    data: { values: rows },
    layer: [
      {
        mark: { type: 'bar', height: BAR, stroke: PAPER, strokeWidth: 1.5 },
        encoding: {
          y,
          x: { field: 'start', type: 'quantitative', axis: peopleAxis, scale: { domain: [0, roster], nice: false } },
          x2: { field: 'end' },
          fill: {
            field: 'label',
            type: 'nominal',
            scale: { domain: [...fills.keys()].map((key) => seen.get(key)), range: [...fills.values()] },
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 13, fontWeight: 'bold' },
        encoding: {
          y,
          x: { field: 'middle', type: 'quantitative' },
          text: { field: 'text' },
          color: { field: 'ink', type: 'nominal', scale: null },
        },
      },
    ],
  };
}

function ranges(rows: readonly RangeRow[], roster: number): Layer {
  const values = rows.map(({ label, seen, likely, possible }) => ({
    label,
    seen,
    likelyLow: likely?.[0] ?? null,
    likelyHigh: likely?.[1] ?? null,
    low: possible[0],
    high: possible[1],
    text: words(seen, likely, possible),
  }));
  const y = { field: 'label', type: 'nominal', sort: null, title: null, axis: { labelPadding: 8, ticks: false, domain: false } };
  const x = (field: string) => ({ field, type: 'quantitative', axis: peopleAxis, scale: { domain: [0, roster], nice: false } });
  return {
    width: WIDTH,
    height: { step: ROW },
    title: {
      text: 'What the newest wave says about all of them',
      subtitle: [
        'dot: seen · thick: 95 % interval if the unknown are like the rest',
        'thin: possible in any case · right: the three in numbers',
      ],
      anchor: 'start',
      frame: 'group',
      fontSize: 13,
      subtitleFontSize: 11,
      subtitleColor: SOFT_INK,
      color: INK,
      offset: 8,
    },
    data: { values },
    layer: [
      { mark: { type: 'rule', strokeWidth: 1.5, color: SOFT_INK }, encoding: { y, x: x('low'), x2: { field: 'high' } } },
      { mark: { type: 'tick', thickness: 1.5, size: 9, color: SOFT_INK }, encoding: { y, x: x('low') } },
      { mark: { type: 'tick', thickness: 1.5, size: 9, color: SOFT_INK }, encoding: { y, x: x('high') } },
      {
        transform: [{ filter: 'datum.likelyLow !== null' }],
        mark: { type: 'rule', strokeWidth: 7, color: '#0072b2' },
        encoding: { y, x: x('likelyLow'), x2: { field: 'likelyHigh' } },
      },
      {
        transform: [{ filter: 'datum.seen !== null' }],
        mark: { type: 'point', filled: true, size: 80, color: INK, opacity: 1, stroke: PAPER, strokeWidth: 1.5 },
        encoding: { y, x: x('seen') },
      },
      {
        mark: { type: 'text', align: 'left', x: WIDTH + 8, fontSize: 11, color: SOFT_INK },
        encoding: { y, text: { field: 'text' } },
      },
    ],
  };
}

function words(seen: number | null, likely: RangeRow['likely'], [low, high]: RangeRow['possible']): string {
  const range = (from: number, to: number) => (from === to ? `${from}` : `${from}–${to}`);
  const first = seen === null ? 'few' : `${seen}`;
  return likely === null ? `${first}; ${range(low, high)}` : `${first}; ${range(...likely)}; ${range(low, high)}`;
}

function moves(places: readonly string[], cells: readonly MoveCell[]): Layer {
  const most = Math.max(...cells.map(({ people }) => people));
  const axis = { domain: false, ticks: false, labelAngle: 0, labelPadding: 8 };
  const encoding = {
    y: { field: 'from', type: 'nominal', sort: null, scale: { domain: places }, title: 'was', axis },
    x: {
      field: 'to',
      type: 'nominal',
      sort: null,
      scale: { domain: places },
      title: 'is now',
      axis: { ...axis, orient: 'top', labelAngle: -30 },
    },
  };
  return {
    width: { step: 74 },
    height: { step: 40 },
    data: {
      values: cells.map((cell) => ({
        ...cell,
        ink: cell.people > most / 2 ? PAPER : INK,
        strength: 0.12 + (0.88 * cell.people) / most,
      })),
    },
    layer: [
      {
        mark: { type: 'rect', fill: '#0072b2', stroke: GRID },
        encoding: { ...encoding, fillOpacity: { field: 'strength', type: 'ordinal', scale: null } },
      },
      {
        mark: { type: 'text', fontSize: 14, fontWeight: 'bold' },
        encoding: { ...encoding, text: { field: 'people' }, color: { field: 'ink', type: 'nominal', scale: null } },
      },
    ],
  };
}
