import type { Activity } from '../../src/domain/career-update.js';
import type { Reading } from '../../src/domain/reply.js';
import type { Labelled } from '../train/labelled.js';
import { isCore, isStrictCore, type Pair, pairUp, sameOrganisation, sameText } from './matching.js';

export type Read = { readonly labelled: Labelled; readonly reading: Reading };

/** A share in hundredths, with what it is a share of; null share where there is nothing to count. */
export type Share = { readonly percent: number | null; readonly of: number };

export type Figures = {
  readonly replies: number;
  readonly activities: {
    readonly gold: number;
    readonly read: number;
    readonly precision: Share;
    readonly recall: Share;
    readonly f1: number;
  };
  /** `strictF1` tells an organisation's aliases apart. */
  readonly core: { readonly f1: number; readonly strictF1: number };
  readonly fields: Readonly<Record<string, Share>>;
  readonly intent: Share;
  readonly dates: { readonly precision: Share; readonly recall: Share };
  readonly help: { readonly precision: Share; readonly recall: Share };
  readonly evidenceVerbatim: Share;
};

const FIELDS: Readonly<Record<string, (pair: Pair) => boolean>> = {
  kind: ({ gold, read }) => gold.kind === read.kind,
  status: ({ gold, read }) => gold.status === read.status,
  track: ({ gold, read }) => gold.track === read.track,
  organisation: ({ gold, read }) => sameOrganisation(gold.organisation, read.organisation),
  role: ({ gold, read }) => sameText(gold.role, read.role),
  topic: ({ gold, read }) => sameText(gold.topic, read.topic),
  start: ({ gold, read }) => gold.start === read.start,
  end: ({ gold, read }) => gold.end === read.end,
  commitment: ({ gold, read }) => gold.commitment === read.commitment,
  funder: ({ gold, read }) => sameText(gold.funder, read.funder),
  people: ({ gold, read }) => [...gold.people].sort().join() === [...read.people].sort().join(),
};

/** Every figure of the score, from what was read beside what is true. */
export function figuresOf(reads: readonly Read[]): Figures {
  const pairs = reads.flatMap(({ labelled, reading }) =>
    pairUp(labelled.reply, labelled.gold.activities, reading.update.activities),
  );
  const gold = reads.flatMap(({ labelled }) => labelled.gold.activities);
  const read = reads.flatMap(({ reading }) => reading.update.activities);
  const f1 = (hits: number): number => (gold.length + read.length === 0 ? 0 : (200 * hits) / (gold.length + read.length));
  return {
    replies: reads.length,
    activities: {
      gold: gold.length,
      read: read.length,
      precision: share(pairs.length, read.length),
      recall: share(pairs.length, gold.length),
      f1: f1(pairs.length),
    },
    core: { f1: f1(pairs.filter(isCore).length), strictF1: f1(pairs.filter(isStrictCore).length) },
    fields: Object.fromEntries(
      Object.entries(FIELDS).map(([name, isRight]) => [name, share(pairs.filter(isRight).length, pairs.length)]),
    ),
    intent: share(reads.filter(({ labelled, reading }) => labelled.gold.intent === reading.update.intent).length, reads.length),
    dates: dateFigures(pairs, gold, read),
    help: helpFigures(reads),
    evidenceVerbatim: share(reads.flatMap(verbatim).filter(Boolean).length, read.length),
  };
}

export function share(part: number, of: number): Share {
  return { percent: of === 0 ? null : (100 * part) / of, of };
}

function verbatim({ labelled, reading }: Read): readonly boolean[] {
  return reading.update.activities.map(({ evidence }) => labelled.reply.messages.some((message) => message.includes(evidence)));
}

function dateFigures(pairs: readonly Pair[], gold: readonly Activity[], read: readonly Activity[]): Figures['dates'] {
  const dates = (activities: readonly Activity[]): number =>
    activities.reduce((sum, { start, end }) => sum + (start ? 1 : 0) + (end ? 1 : 0), 0);
  const right = pairs.reduce(
    (sum, pair) =>
      sum +
      (pair.gold.start && pair.gold.start === pair.read.start ? 1 : 0) +
      (pair.gold.end && pair.gold.end === pair.read.end ? 1 : 0),
    0,
  );
  return { precision: share(right, dates(read)), recall: share(right, dates(gold)) };
}

function helpFigures(reads: readonly Read[]): Figures['help'] {
  const said = reads.filter(({ reading }) => reading.update.helpWanted);
  const true_ = reads.filter(({ labelled }) => labelled.gold.helpWanted);
  const both = said.filter(({ labelled }) => labelled.gold.helpWanted).length;
  return { precision: share(both, said.length), recall: share(both, true_.length) };
}

export type OptOutFigures = { readonly recall: Share; readonly clearRecall: Share; readonly precision: Share };

/** How many stops and erasures were found (in any certainty, and clearly), and how many clear findings were right. */
export function optOutFigures(reads: readonly Read[]): OptOutFigures {
  const wanted = reads.filter(({ labelled }) => labelled.gold.intent === 'stop' || labelled.gold.intent === 'erase');
  const found = wanted.filter(({ labelled, reading }) => reading.optOut?.wants === labelled.gold.intent);
  const clear = reads.filter(({ reading }) => reading.optOut?.certainty === 'clear');
  return {
    recall: share(found.length, wanted.length),
    clearRecall: share(found.filter(({ reading }) => reading.optOut?.certainty === 'clear').length, wanted.length),
    precision: share(
      clear.filter(({ labelled, reading }) => reading.optOut?.wants === labelled.gold.intent).length,
      clear.length,
    ),
  };
}
