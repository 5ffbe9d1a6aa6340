import type { Counts } from './estimate.js';
import type { Amendment, Outcome, Prediction, Resolution, Score, Withdrawal } from './prediction.js';
import { type Scoreboard, score, scoreboard } from './prediction.js';
import { percentWords } from './report-estimate.js';
import { counted } from './report-layout.js';
import { claimWords, waveWords } from './report-words.js';
import { listInWords } from './wording.js';

/** How a prediction came out, as it stands in the chain. */
export type RecordedResolution = Resolution & {
  readonly counts: Counts;
  /** ISO instants: records stored by `asOf` counted; `resolvedAt` is when that was written down. */
  readonly asOf: string;
  readonly resolvedAt: string;
};

/** A prediction with all that its chain holds about it. */
export type PredictionRecord = {
  readonly prediction: Prediction;
  readonly resolution: RecordedResolution | null;
  /** Oldest first. */
  readonly amendments: readonly Amendment[];
  readonly withdrawal: Withdrawal | null;
};

/** A prediction with what has become of it. `score` is that of its first probability, once decided. Its JSON is what `predict list|show --json` prints. */
export type PredictionView = Prediction & {
  readonly outcome: Outcome | null;
  readonly resolution: RecordedResolution | null;
  readonly score: Score | null;
  readonly amendments: readonly Amendment[];
  readonly withdrawnAt: string | null;
  readonly withdrawal: Withdrawal | null;
};

export function viewOf({ prediction, resolution, amendments, withdrawal }: PredictionRecord): PredictionView {
  const outcome = resolution?.outcome ?? null;
  const isDecided = outcome === 'true' || outcome === 'false';
  return {
    ...prediction,
    outcome,
    resolution,
    score: isDecided ? score(prediction.probability, outcome) : null,
    amendments,
    withdrawnAt: withdrawal?.at ?? null,
    withdrawal,
  };
}

/** Each change of mind, and the end of it, in a sentence. */
export function changeLines({ amendments, withdrawal }: Pick<PredictionView, 'amendments' | 'withdrawal'>): readonly string[] {
  const why = (reason: string | null) => (reason === null ? '' : ` “${reason}”`);
  const known = (answers: number) => `with ${counted(answers, 'answer')} in`;
  return [
    ...amendments.map(({ at, by, probability, text, reason, answers }) => {
      const changes = [
        ...(probability === null ? [] : [`now ${percentWords(probability)} sure`]),
        ...(text === null ? [] : [`now in these words: “${text}”`]),
      ];
      return `Amended on ${at.slice(0, 10)} by ${by}, ${known(answers)}: ${listInWords(changes)}.${why(reason)} It is scored as it was first made.`;
    }),
    ...(withdrawal === null
      ? []
      : [
          `Withdrawn on ${withdrawal.at.slice(0, 10)} by ${withdrawal.by}, ${known(withdrawal.answers)}.${why(withdrawal.reason)}`,
        ]),
  ];
}

export type AuthorScore = Scoreboard & { readonly author: string };

/** Mean scores by author, by name; each says "decided d of p" with `decided` and `of`. */
export function scoresByAuthor(all: readonly PredictionView[]): readonly AuthorScore[] {
  const authors = [...new Set(all.map(({ author }) => author))].sort((a, b) => a.localeCompare(b, 'en'));
  return authors.map((author) => ({ author, ...scoreboard(all.filter((each) => each.author === author)) }));
}

/** "Ada: decided 2 of 3, Brier 0.040, log -0.223". */
export function scoreLine({ author, decided, of, brier, log }: AuthorScore): string {
  const scores = [...(brier === null ? [] : [`Brier ${brier.toFixed(3)}`]), ...(log === null ? [] : [`log ${log.toFixed(3)}`])];
  return `${author}: ${[`decided ${decided} of ${of}`, ...scores].join(', ')}`;
}

/**
 * What is put somewhere public before the answers come in, so that nobody has to trust the keeper of the database: the hash stands for every word
 * of the prediction and for all those before it.
 */
export function statementText(view: PredictionView): string {
  const { id, author, cohorts, roster, waveMonths, probability, closesOn, createdAt, hash, previousHash, text } = view;
  return `${[
    `Prediction ${id}, made at ${createdAt}`,
    `by ${author}, who is ${percentWords(probability)} sure: ${claimWords(view, view.class)},`,
    `${listInWords(cohorts)}, ${waveWords(waveMonths)}, ${counted(roster, 'person', 'people')} on the roster.`,
    ...(text === null ? [] : [`“${text}”`]),
    `Closes on ${closesOn}.`,
    `SHA-256 ${hash}`,
    `after   ${previousHash}`,
    'The hash is over canonical JSON (RFC 8785) of {"entry": …, "previousHash": …}; afterwards predict verify follows the chain.',
  ].join('\n')}\n`;
}

/** What is changed of a prediction: how sure its author is, or their words for it. What is claimed never changes. */
export type AmendRequest = {
  readonly id: string;
  readonly probability: number | null;
  readonly text: string | null;
  readonly reason: string | null;
  /** Left out: the author of the prediction. */
  readonly by?: string;
};
export type WithdrawRequest = Pick<AmendRequest, 'id' | 'reason' | 'by'>;
