import type { Score } from '../score.js';
import type { Figures, OptOutFigures, Share } from './figures.js';

const HEADER: readonly string[] = [
  'file',
  'by',
  'n',
  'P',
  'R',
  'F1',
  'core',
  'strict',
  'kind',
  'status',
  'track',
  'org',
  'intent',
  'date P',
  'date R',
  'role',
  'topic',
  'help P',
  'help R',
];

/** The score as a table for people; every figure in per cent. */
export function tableOf({ heldOut, optOut, seen, msPerReply }: Score): string {
  const rows = Object.entries(heldOut).flatMap(([file, { reader, baseline }]) => [
    [file, 'reader', ...cells(reader)],
    [file, 'keywords', ...cells(baseline)],
  ]);
  const seenRows = Object.entries(seen).map(([file, figures]) => [`${file} (looked at)`, 'reader', ...cells(figures)]);
  const pooled = heldOut.pooled?.reader;
  return [
    'Held out: no rule was written from these files, and no weight was trained on the one being scored.',
    grid([HEADER, ...rows, ...seenRows]),
    '',
    'Opt-outs: found as what they are (clearly so), and how many of those acted on are right.',
    grid([['replies', 'of', 'found', 'clearly', 'precision'], ...Object.entries(optOut).map(optOutRow)]),
    '',
    ...(pooled ? [calibrationTable(pooled)] : []),
    '',
    `${msPerReply.toFixed(2)} ms a reply, once warm`,
  ].join('\n');
}

/** Figures of the reader alone, a row each. */
export function figuresTable(rows: readonly (readonly [string, Figures])[]): string {
  return grid([HEADER, ...rows.map(([file, figures]) => [file, 'reader', ...cells(figures)])]);
}

function cells({ replies, activities, core, fields, intent, dates, help }: Figures): readonly string[] {
  const { kind, status, track, organisation, role, topic } = fields;
  return [
    String(replies),
    percent(activities.precision),
    percent(activities.recall),
    activities.f1.toFixed(1),
    core.f1.toFixed(1),
    core.strictF1.toFixed(1),
    ...[kind, status, track, organisation, intent, dates.precision, dates.recall, role, topic, help.precision, help.recall].map(
      percent,
    ),
  ];
}

function percent(share: Share | undefined): string {
  return share?.percent === undefined || share.percent === null ? '-' : share.percent.toFixed(0);
}

function optOutRow([name, { recall, clearRecall, precision }]: readonly [string, OptOutFigures]): readonly string[] {
  return [name, String(recall.of), percent(recall), percent(clearRecall), percent(precision)];
}

function calibrationTable({ calibration }: Figures): string {
  const rows = (['kind', 'track'] as const).flatMap((field) =>
    calibration[field].map(({ from, said, right, of }) => [
      field,
      `from ${from}`,
      String(of),
      (100 * said).toFixed(0),
      (100 * right).toFixed(0),
    ]),
  );
  return `Confidence in the main activity, held out: said and right, per cent.\n${grid([['field', 'bin', 'n', 'said', 'right'], ...rows])}`;
}

function grid(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}
