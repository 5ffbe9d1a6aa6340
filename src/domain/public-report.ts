import { CHANNELS, type Channel, KINDS, type Kind, type Track } from './career-update.js';
import { type Estimate, hideEstimate, isHidden, type ReportedEstimate } from './estimate.js';
import { type ReportedPrediction, resolve } from './prediction.js';
import type { InfluenceReport, Report } from './report.js';
import { type Cell, type Hiding, hidingsOf, type Published, sharedRange } from './small-cells.js';

/**
 * What the public may see of a report: who was asked and answered in full, and of what people do only numbers from which no class with 1 to k - 1
 * people can be worked out. `parts`: the public reports of the single cohorts that are pooled in it; what is hidden there is hidden here, since else
 * the difference would tell. Moves are not shown at all: with the report of the wave before they would add up to hidden numbers.
 */
export function hideSmallCells(report: Report, k: number, parts: readonly Report[] = []): Report {
  const cells = cellsOf(report);
  const totals = { places: report.people.answered, kinds: open(report.kinds.other).known };
  const alsoHidden = new Set(parts.flatMap((part) => cellsHiddenIn(part)));
  const hidings = hidingsOf(cells, totals, k, alsoHidden);
  const hidden = (name: string, each: ReportedEstimate) => hiddenAs(hidings.get(name) ?? 'shown', open(each), k);
  const any = anyHidings(report, { cells, totals, hidings, k }, parts);
  const seeking = hidden('job_search', report.seeking);
  const onBreak = hidden('career_break', report.onBreak);
  const shown: Report = {
    ...report,
    audience: 'public',
    tracks: Object.fromEntries(
      Object.entries(report.tracks).map(([track, each]) => [
        track,
        { main: hidden(nameOfTrack(track), each.main), any: any(track, each.any) },
      ]),
    ),
    seeking,
    onBreak,
    kinds: { ...mapKeys(KINDS, (kind) => hidden(kind, report.kinds[kind])), job_search: seeking, career_break: onBreak },
    moves: [],
    planned: null,
    thirdParty: { ...report.thirdParty, places: [] },
    influence: publicInfluence(report.influence, k),
    predictions: [],
  };
  return { ...shown, predictions: report.predictions.map((each) => publicPrediction(each, shown, k)) };
}

/** A report that has been hidden once has no numbers left to decide on. */
function open(each: ReportedEstimate): Estimate {
  if (isHidden(each)) throw new Error('a public report is made from an organisers’ one');
  return each;
}

function mapKeys<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}

const nameOfTrack = (track: Track) => `track:${track}`;
const isWork = (kind: Kind) => kind !== 'job_search' && kind !== 'career_break';

function cellsOf({ tracks, kinds, seeking, onBreak }: Report): readonly Cell[] {
  return [
    ...Object.entries(tracks).map(
      ([track, { main }]): Cell => ({ name: nameOfTrack(track), count: open(main).count, tables: ['places'] }),
    ),
    { name: 'job_search', count: open(seeking).count, tables: ['places', 'kinds'] },
    { name: 'career_break', count: open(onBreak).count, tables: ['places', 'kinds'] },
    ...KINDS.filter(isWork).map((kind): Cell => ({ name: kind, count: open(kinds[kind]).count, tables: ['kinds'] })),
  ];
}

function cellsHiddenIn({ tracks, kinds }: Report): readonly string[] {
  return [
    ...Object.entries(tracks).flatMap(([track, { main }]) => (isHidden(main) ? [nameOfTrack(track)] : [])),
    ...KINDS.filter((kind) => isHidden(kinds[kind])),
  ];
}

/** `known` is that of the cell unless another one is told: how many are known may itself say how many are in the class. */
function hiddenAs(hiding: Hiding, each: Estimate, k: number, known = each.known): ReportedEstimate {
  switch (hiding) {
    case 'shown':
      return each;
    case 'first':
      return hideEstimate(each, { k, known });
    default:
      return hideEstimate(each);
  }
}

/** Any work in a track, next to the main work: it is at least as much, and rules out that somebody seeks or rests. */
function anyHidings({ tracks }: Report, published: Published, parts: readonly Report[]) {
  const { hidings, k } = published;
  const known = Math.min(...Object.values(tracks).map(({ any }) => open(any).known));
  const isAnyoneOutside = [...hidings].some(([name, hiding]) => !isWork(name as Kind) && hiding !== 'shown');
  const outside = isAnyoneOutside ? sharedRange(published).high : 0;
  return (track: Track, any: ReportedEstimate): ReportedEstimate => {
    const each = open(any);
    const main = hidings.get(nameOfTrack(track));
    if (k <= 1) return each;
    if (main === 'slice') return hideEstimate(each);
    if (each.count > 0 && each.count < k) return hiddenAs('first', each, k, known);
    const isShared = each.known > 0 && each.count === each.known;
    const isHiddenInPart = parts.some(({ tracks: inPart }) => inPart[track] !== undefined && isHidden(inPart[track].any));
    const tells = main === 'second' || each.known - each.count < outside;
    return isShared || isHiddenInPart || tells ? hideEstimate(each) : each;
  };
}

/** All ratings or none, since their mean and their sum would tell of a hidden one. */
function publicInfluence({ ratings, channels }: InfluenceReport, k: number): InfluenceReport {
  const counts = ratings.counts ?? [];
  const isSmall = (people: number | null) => people !== null && people > 0 && people < k;
  const isShared = (people: number | null) => people !== null && people > 0 && people === ratings.n;
  const tells = k > 1 && counts.some((people) => isSmall(people) || isShared(people));
  const shown: Readonly<Record<Channel, number | null>> = mapKeys(CHANNELS, (channel) =>
    k > 1 && (isSmall(channels[channel]) || isShared(channels[channel])) ? null : channels[channel],
  );
  const isAnyHidden = tells || CHANNELS.some((channel) => shown[channel] !== channels[channel]);
  return {
    ...(isAnyHidden ? { hidden: true as const } : {}),
    ratings: tells ? { n: null, mean: null, counts: null } : ratings,
    channels: shown,
  };
}

/**
 * How a prediction came out says something of its class: it is told in full only where the same class stands in the report, and else only where
 * every small number would have come to the same.
 */
function publicPrediction(each: ReportedPrediction, shown: Report, k: number): ReportedPrediction {
  const { outcome, counts, class: predicted } = each;
  if (outcome === null || k <= 1) return each;
  const cell = shown.tracks[predicted.track]?.[predicted.scope];
  const isSmall = counts !== null && counts.count > 0 && counts.count < k;
  if (counts !== null && !isSmall && each.waveMonths === shown.waveMonths && cell && !isHidden(cell)) return each;
  const couldBe =
    counts !== null && isSmall ? Array.from({ length: k - 1 }, (_, place) => ({ ...counts, count: place + 1 })) : [];
  const possible = couldBe.filter(({ count, known }) => count <= known);
  const isToldAnyway =
    isSmall && possible.length === k - 1 && possible.every((other) => resolve(each, other).outcome === outcome);
  return {
    ...each,
    outcome: isToldAnyway ? outcome : null,
    score: isToldAnyway ? each.score : null,
    bounds: counts !== null && isSmall ? hideEstimate(counts, { k, known: counts.known }).bounds : null,
    counts: null,
    moreAnswersNeeded: null,
    toSettle: null,
    probabilityIfAlike: null,
    hidden: true,
  };
}
