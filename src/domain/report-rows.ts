import { CHANNELS, KINDS } from './career-update.js';
import { isHidden, type ReportedEstimate } from './estimate.js';
import { PEOPLE_GROUPS } from './partition.js';
import type { Report } from './report.js';

export type CellValue = string | number | boolean | null;

const SCOPE_COLUMNS = ['programme', 'cohorts', 'wave_months', 'as_of', 'audience'] as const;

/** Every column of a report as a table, with what it means. */
export const REPORT_COLUMNS = {
  programme: 'The programme.',
  cohorts: 'The cohorts that are counted, separated by semicolons; people in several count once.',
  wave_months: 'The wave: months after the end of the cohort; empty before the first.',
  as_of: 'The day or instant by which everything counted was stored.',
  audience: 'organisers or public; on a public one small numbers are hidden.',
  section: 'people, rates, tracks, outside (of any track), kinds, moves, planned, third_party, influence or predictions.',
  item: 'Within the section: a group of people, a rate, a track, a kind, the place people were in or had planned, a prediction.',
  detail:
    'main or any for a track; the place people are in now; the rating or the way of influence; the outcome of a prediction.',
  roster: 'How many people are on the list, whether anything is known of them or not.',
  known: 'Of how many of them it is known whether the item holds.',
  count: 'Of how many of these it does.',
  unclear: 'How many have answered without saying this clearly.',
  share: 'count / known, or the rate; for a prediction, how probable it is that it is true if the unknown are like the rest.',
  bounds_low: 'The least share of the roster, whatever the unknown do: count / roster.',
  bounds_high: 'The largest: (count + roster - known) / roster.',
  interval_low: 'People: the low end of the exact 95 % hypergeometric interval, if the unknown are like the rest.',
  interval_high: 'People: its high end.',
  interval_share_low: 'Its low end as a share of the roster.',
  interval_share_high: 'Its high end as a share of the roster.',
  share_if_half_as_likely: 'The share of the roster if it holds for the unknown half as often as for the known.',
  share_if_twice_as_likely: 'The same, twice as often.',
  share_if_three_times_as_likely: 'The same, three times as often.',
  hidden: 'Whether the number is withheld so that nobody can be singled out.',
  fewer_than: 'Where it is withheld because it is small: it is less than this, and more than 0.',
} as const;
const COLUMNS = Object.keys(REPORT_COLUMNS) as readonly (keyof typeof REPORT_COLUMNS)[];
type Column = (typeof COLUMNS)[number];
type Numbers = Partial<Record<Exclude<Column, 'section' | 'item'>, CellValue>>;
type Row = Numbers & { readonly section: string; readonly item: string };

/** Reports as one table for a spreadsheet, a row a number: first the names of its columns. Shares run from 0 to 1; empty: not known, or not shown. */
export function reportRows(reports: readonly Report[]): readonly (readonly CellValue[])[] {
  const rows = reports.flatMap((report) => rowsOf(report).map((row) => ({ ...scopeOf(report), ...row })));
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column] ?? null))];
}

function scopeOf({ programme, cohorts, waveMonths, asOf, audience }: Report): Record<(typeof SCOPE_COLUMNS)[number], CellValue> {
  return { programme, cohorts: cohorts.join('; '), wave_months: waveMonths, as_of: asOf, audience };
}

function rowsOf(report: Report): readonly Row[] {
  const { people, rates, tracks, seeking, onBreak, kinds, moves, planned, influence, thirdParty, predictions } = report;
  const { roster } = people;
  const groups = [...PEOPLE_GROUPS, 'asked', 'confirmed', 'shown', 'carriedForward'] as const;
  const { ratings, channels } = influence;
  return [
    { section: 'people', item: 'roster', count: roster, roster },
    ...groups.map((group): Row => ({ section: 'people', item: group, count: people[group], roster })),
    ...Object.entries(rates).map(([rate, share]): Row => ({ section: 'rates', item: rate, share })),
    ...Object.entries(tracks).flatMap(([track, { main, any }]): readonly Row[] => [
      { section: 'tracks', item: track, detail: 'main', ...estimateCells(main) },
      { section: 'tracks', item: track, detail: 'any', ...estimateCells(any) },
    ]),
    { section: 'outside', item: 'seeking', ...estimateCells(seeking) },
    { section: 'outside', item: 'onBreak', ...estimateCells(onBreak) },
    ...KINDS.map((kind): Row => ({ section: 'kinds', item: kind, ...estimateCells(kinds[kind]) })),
    ...moves.map(({ from, to, people: count }): Row => ({ section: 'moves', item: from, detail: to, count })),
    ...(planned?.moves ?? []).map(
      ({ from, to, people: count }): Row => ({
        section: 'planned',
        item: from,
        detail: to,
        count,
        known: planned?.people ?? null,
      }),
    ),
    { section: 'third_party', item: 'people', count: thirdParty.people, roster },
    { section: 'third_party', item: 'alone', count: thirdParty.alone, roster },
    ...thirdParty.places.map(
      ({ place, people: count }): Row => ({ section: 'third_party', item: 'place', detail: place, count }),
    ),
    ...(ratings.counts ?? []).map(
      (count, place): Row => ({ section: 'influence', item: 'rating', detail: place + 1, count, known: ratings.n }),
    ),
    ...CHANNELS.map(
      (channel): Row => ({
        section: 'influence',
        item: 'channel',
        detail: channel,
        count: channels[channel],
        hidden: channels[channel] === null,
      }),
    ),
    ...predictions.map(
      (each): Row => ({
        section: 'predictions',
        item: each.id,
        detail: each.outcome ?? (each.hidden ? 'not shown' : 'open'),
        ...(each.counts ?? {}),
        share: each.probabilityIfAlike,
        bounds_low: each.bounds?.low ?? null,
        bounds_high: each.bounds?.high ?? null,
        hidden: each.hidden === true,
      }),
    ),
  ];
}

function estimateCells(each: ReportedEstimate): Numbers {
  const [half, twice, thrice] = each.sensitivity;
  return {
    roster: each.roster,
    known: each.known,
    count: each.count,
    unclear: each.unclear ?? null,
    share: each.share,
    bounds_low: each.bounds?.low ?? null,
    bounds_high: each.bounds?.high ?? null,
    interval_low: each.interval?.low ?? null,
    interval_high: each.interval?.high ?? null,
    interval_share_low: each.interval?.shareLow ?? null,
    interval_share_high: each.interval?.shareHigh ?? null,
    share_if_half_as_likely: half?.share ?? null,
    share_if_twice_as_likely: twice?.share ?? null,
    share_if_three_times_as_likely: thrice?.share ?? null,
    hidden: isHidden(each),
    fewer_than: isHidden(each) ? each.fewerThan : null,
  };
}
