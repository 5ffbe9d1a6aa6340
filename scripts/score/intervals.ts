import { randomFrom } from '../train/random.js';
import type { Read } from './figures.js';
import { isCore, isStrictCore, pairUp } from './matching.js';

/** A figure in per cent with its 95 % interval. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

const RESAMPLES = 1000;
const SEED = 20240601;

/** Counts of one reply that any figure is made of: figures of many are ratios of their sums. */
type Counts = Readonly<Record<'stated' | 'found' | 'core' | 'strict' | 'kind' | 'status' | 'track' | 'organisation', number>>;

function countsOf({ labelled, reading }: Read): Counts {
  const pairs = pairUp(labelled.reply, labelled.gold.activities, reading.update.activities);
  const count = (isRight: (pair: (typeof pairs)[number]) => boolean): number => pairs.filter(isRight).length;
  return {
    stated: labelled.gold.activities.length + reading.update.activities.length,
    found: pairs.length,
    core: count(isCore),
    strict: count(isStrictCore),
    kind: count(({ gold, read }) => gold.kind === read.kind),
    status: count(({ gold, read }) => gold.status === read.status),
    track: count(({ gold, read }) => gold.track === read.track),
    organisation: count((pair) => isCore({ ...pair, read: { ...pair.gold, organisation: pair.read.organisation } })),
  };
}

const RATIOS: Readonly<Record<string, (sum: (name: keyof Counts) => number) => number>> = {
  'activity F1': (sum) => (2 * sum('found')) / sum('stated'),
  'core F1': (sum) => (2 * sum('core')) / sum('stated'),
  'core F1, names as written': (sum) => (2 * sum('strict')) / sum('stated'),
  kind: (sum) => sum('kind') / sum('found'),
  status: (sum) => sum('status') / sum('found'),
  track: (sum) => sum('track') / sum('found'),
  organisation: (sum) => sum('organisation') / sum('found'),
};

/** The main figures with 95 % intervals: the middle 95 of 100 figures of as many replies drawn anew from these (bootstrap). */
export function intervalsOf(reads: readonly Read[]): Readonly<Record<string, Interval>> {
  const counts = reads.map(countsOf);
  const draws = resampled(counts.length);
  return Object.fromEntries(
    Object.entries(RATIOS).map(([name, ratio]) => {
      const figure = (of: readonly Counts[]): number => 100 * ratio((part) => of.reduce((sum, each) => sum + each[part], 0));
      const drawn = draws.map((draw) => figure(draw.map((at) => counts[at] as Counts))).sort((a, b) => a - b);
      return [name, { value: figure(counts), low: at(drawn, 0.025), high: at(drawn, 0.975) }];
    }),
  );
}

function resampled(size: number): readonly (readonly number[])[] {
  const random = randomFrom(SEED);
  return Array.from({ length: RESAMPLES }, () => Array.from({ length: size }, () => Math.floor(random() * size)));
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
