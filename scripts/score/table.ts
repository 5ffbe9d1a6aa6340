import { TRACKS } from '../../src/domain/career-update.js';
import type { Score } from '../score.js';
import type { Breakdown } from './breakdown.js';
import type { Calibration } from './calibration.js';
import type { Figures, OptOutFigures, Share } from './figures.js';
import type { Interval } from './intervals.js';
import type { PeopleFigures } from './people.js';

const HEADER = 'writer,by,replies,P,R,F1,core,strict,kind,status,track,org,intent,date P,date R,role,topic,help P,help R'.split(
  ',',
);

/** The score as tables for people; every figure in per cent. */
export function tableOf(score: Score, withTags: boolean): string {
  const writers = Object.entries(score.writers).map(([writer, figures]) => [writer, 'reader', ...cells(figures)]);
  const pools = Object.entries(score.pooled).flatMap(([pool, { reader, baseline }]) => [
    [pool, 'reader', ...cells(reader)],
    [pool, 'keywords', ...cells(baseline)],
  ]);
  const tags = Object.entries(score.tags).map(([tag, figures]) => [tag, 'reader', ...cells(figures)]);
  return [
    'Each writer read with weights trained on the others; nobody read b, c and e while rules were written.',
    grid([HEADER, ...writers, ...pools, ...(withTags ? tags : [])]),
    section(
      'Main figures with 95 % intervals',
      Object.entries(score.intervals).map(([pool, own]) => intervals(pool, own)),
    ),
    section('People: their main track right on the card', [
      ['', 'people', 'untouched', 'after its question', 'after two taps', 'mean taps', 'need the form'],
      ...Object.entries(score.people).map(([pool, own]) => peopleRow(pool, own)),
    ]),
    ...(['track', 'kind'] as const).map((field) => confidence(field, score.confidence[field])),
    ...Object.entries(score.breakdown).map(([pool, own]) => breakdown(pool, own)),
    section('Opt-outs: found as what they are (clearly so), and how many of those acted on are right', [
      ['replies', 'of', 'found', 'clearly', 'precision'],
      ...Object.entries(score.optOut).map(optOutRow),
    ]),
    `${score.msPerReply.toFixed(2)} ms a reply, once warm`,
  ].join('\n\n');
}

/** Figures of one reader, a row each. */
export function figuresTable(rows: readonly (readonly [string, Figures])[]): string {
  return grid([HEADER, ...rows.map(([name, figures]) => [name, 'reader', ...cells(figures)])]);
}

function cells({ replies, activities, core, fields, intent, dates, help }: Figures): readonly string[] {
  const { kind, status, track, organisation, role, topic } = fields;
  const shares = [
    kind,
    status,
    track,
    organisation,
    intent,
    dates.precision,
    dates.recall,
    role,
    topic,
    help.precision,
    help.recall,
  ];
  return [
    String(replies),
    percent(activities.precision),
    percent(activities.recall),
    activities.f1.toFixed(1),
    core.f1.toFixed(1),
    core.strictF1.toFixed(1),
    ...shares.map(percent),
  ];
}

function intervals(pool: string, own: Readonly<Record<string, Interval>>): readonly string[] {
  const said = Object.entries(own).map(
    ([name, { value, low, high }]) => `${name} ${value.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`,
  );
  return [pool, said.join('; ')];
}

function peopleRow(pool: string, figures: PeopleFigures): readonly string[] {
  const { people, untouched, afterQuestion, afterTwoTaps, meanTaps, needForm } = figures;
  return [
    pool,
    String(people),
    percent(untouched),
    percent(afterQuestion),
    percent(afterTwoTaps),
    meanTaps.toFixed(2),
    percent(needForm),
  ];
}

function confidence(field: string, { bins, error, sure, rightWhenSure }: Calibration): string {
  const title = `Confidence in the main ${field}, fitted to the other writers: off by ${error.toFixed(1)} points; 0.9 or more for ${percent(sure)} % of people, right in ${percent(rightWhenSure)} %`;
  return section(title, [
    ['said from', 'people', 'said', 'right'],
    ...bins.map(({ from, said, right, of }) => [from.toFixed(1), String(of), (100 * said).toFixed(0), (100 * right).toFixed(0)]),
  ]);
}

function breakdown(pool: string, { confusion, organisations, capabilities, falseAlarms }: Breakdown): string {
  const tracks = TRACKS.map((gold) => [gold, ...TRACKS.map((read) => String(confusion[gold]?.[read] ?? 0))]);
  const sorts = Object.entries(organisations).map(([sort, { percent: right, of }]) => `${sort} ${right?.toFixed(0)} of ${of}`);
  return [
    section(`${pool}: true track (rows) by track read`, [['', ...TRACKS], ...tracks]),
    `organisation right, per cent, by sort: ${sorts.join(', ')}`,
    `capabilities: precision ${percent(capabilities.precision)} of ${capabilities.precision.of}, recall ${percent(capabilities.recall)} of ${capabilities.recall.of}; an activity read where none is stated: ${percent(falseAlarms)} % of ${falseAlarms.of}`,
  ].join('\n');
}

function percent(share: Share | undefined): string {
  return share?.percent === undefined || share.percent === null ? '-' : share.percent.toFixed(0);
}

function optOutRow([name, { recall, clearRecall, precision }]: readonly [string, OptOutFigures]): readonly string[] {
  return [name, String(recall.of), percent(recall), percent(clearRecall), percent(precision)];
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return `${title}\n${grid(rows)}`;
}

function grid(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}
