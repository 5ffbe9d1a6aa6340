import { TRACKS, type Track } from '../../src/domain/career-update.js';
import { organisationNamed } from '../../src/reading/organisations.js';
import { type Read, type Share, share } from './figures.js';
import { type Pair, pairUp, sameOrganisation } from './matching.js';

export type Breakdown = {
  /** True track by track read, of activities found. */
  readonly confusion: Readonly<Record<Track, Readonly<Record<Track, number>>>>;
  /** Organisations right, by the sort of the true one. */
  readonly organisations: Readonly<Record<string, Share>>;
  /** Of all activities in capabilities, found as such; and of those read so, rightly so. */
  readonly capabilities: { readonly precision: Share; readonly recall: Share };
  /** Replies that state no activity in which one was read. */
  readonly falseAlarms: Share;
};

export function breakdownOf(reads: readonly Read[]): Breakdown {
  const pairs = reads.flatMap(({ labelled, reading }) =>
    pairUp(labelled.reply, labelled.gold.activities, reading.update.activities),
  );
  const empty = reads.filter(({ labelled }) => labelled.gold.activities.length === 0);
  return {
    confusion: confusionOf(pairs),
    organisations: organisationsOf(pairs),
    capabilities: capabilitiesOf(reads, pairs),
    falseAlarms: share(empty.filter(({ reading }) => reading.update.activities.length > 0).length, empty.length),
  };
}

function confusionOf(pairs: readonly Pair[]): Breakdown['confusion'] {
  const count = (gold: Track, read: Track): number =>
    pairs.filter((pair) => pair.gold.track === gold && pair.read.track === read).length;
  const rows = TRACKS.map((gold) => [gold, Object.fromEntries(TRACKS.map((read) => [read, count(gold, read)]))]);
  return Object.fromEntries(rows) as Breakdown['confusion'];
}

function organisationsOf(pairs: readonly Pair[]): Breakdown['organisations'] {
  const bySort = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const stated = pair.gold.organisation;
    const sort = stated === null ? 'none stated' : (organisationNamed(stated)?.sort ?? 'not in the table');
    bySort.set(sort, [...(bySort.get(sort) ?? []), pair]);
  }
  return Object.fromEntries(
    [...bySort]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([sort, own]) => [
        sort,
        share(own.filter(({ gold, read }) => sameOrganisation(gold.organisation, read.organisation)).length, own.length),
      ]),
  );
}

function capabilitiesOf(reads: readonly Read[], pairs: readonly Pair[]): Breakdown['capabilities'] {
  const isIn = ({ track }: { readonly track: Track }): boolean => track === 'capabilities';
  const both = pairs.filter(({ gold, read }) => isIn(gold) && isIn(read)).length;
  const gold = reads.flatMap(({ labelled }) => labelled.gold.activities).filter(isIn).length;
  const read = reads.flatMap(({ reading }) => reading.update.activities).filter(isIn).length;
  return { precision: share(both, read), recall: share(both, gold) };
}
