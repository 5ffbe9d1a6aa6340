import type { Picture } from '../../src/domain/pictures.js';
import { INK, NOTHING_KNOWN, PAPER, SOFT_INK } from './palette.js';

type Bounds = Extract<Picture, { kind: 'bounds' }>;

const WIDTH = 640;
const HEIGHT = 260;
/** Room for a line of words above the threshold, as a share of the height. */
const WORDS_ROOM = 0.1;

/** What is possible as a band that narrows step by step, and the threshold across it. */
export function boundsOverTime({ points, roster, threshold, thresholdLabel }: Bounds): Record<string, unknown> {
  const values = points.map((point) => ({ ...point, at: `${point.day}T00:00:00Z` }));
  const time = { field: 'at', type: 'temporal', scale: { type: 'utc' } };
  const x = {
    ...time,
    title: null,
    axis: { format: '%-d %b %Y', grid: false, labelOverlap: true, tickCount: 5, labelFlush: true },
  };
  const y = (field: string) => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, roster], nice: false },
    axis: { title: 'people', tickMinStep: 1, format: 'd', grid: true },
  });
  const ends = values.slice(-1).flatMap(({ at, low, high }) =>
    low === high
      ? [{ at, people: low, text: `${low}` }]
      : [
          { at, people: high, text: `at most ${high}` },
          { at, people: low, text: `at least ${low}` },
        ],
  );
  const isHigh = threshold / Math.max(1, roster) > 1 - WORDS_ROOM;
  return {
    width: WIDTH,
    height: HEIGHT,
    padding: { left: 20, right: 90, top: 18, bottom: 18 },
    data: { values },
    layer: [
      {
        mark: { type: 'area', interpolate: 'step-after', fill: NOTHING_KNOWN, fillOpacity: 1 },
        encoding: { x, y: y('low'), y2: { field: 'high' } },
      },
      { mark: { type: 'line', interpolate: 'step-after', stroke: INK, strokeWidth: 1.5 }, encoding: { x, y: y('low') } },
      { mark: { type: 'line', interpolate: 'step-after', stroke: INK, strokeWidth: 1.5 }, encoding: { x, y: y('high') } },
      {
        data: { values: [{ threshold }] },
        mark: { type: 'rule', stroke: '#d55e00', strokeWidth: 2.5, strokeDash: [7, 4] },
        encoding: { y: y('threshold') },
      },
      {
        data: { values: [{ threshold, text: thresholdLabel }] },
        mark: {
          type: 'text',
          align: 'left',
          x: 6,
          dy: isHigh ? 11 : -9,
          fontSize: 12,
          fontWeight: 'bold',
          fill: INK,
          stroke: PAPER,
          strokeWidth: 4,
          strokeJoin: 'round',
        },
        encoding: { y: y('threshold'), text: { field: 'text' } },
      },
      {
        data: { values: [{ threshold, text: thresholdLabel }] },
        mark: { type: 'text', align: 'left', x: 6, dy: isHigh ? 11 : -9, fontSize: 12, fontWeight: 'bold', fill: INK },
        encoding: { y: y('threshold'), text: { field: 'text' } },
      },
      {
        data: { values: ends },
        mark: { type: 'text', align: 'left', dx: 6, fontSize: 12, fill: SOFT_INK },
        encoding: { x, y: y('people'), text: { field: 'text' } },
      },
    ],
  };
}
