import type { Counts } from './estimate.js';
import { type Message, note, type Part, paragraph, say } from './message.js';
import type { Forecast } from './organiser-forecast.js';
import type { Programme } from './people.js';
import { type Outcome, type Prediction, type Resolution, reported, type Score } from './prediction.js';
import { percentWords } from './report-estimate.js';
import { counted } from './report-layout.js';
import { outcomeLine } from './report-predictions.js';
import { claimWords, waveWords } from './report-words.js';
import { dayInWords, listInWords } from './wording.js';

/** A forecast that is to be put on record. `authorAlso`: under which other name its author may have opened reports. */
export type NewForecast = Omit<Forecast, 'author' | 'text'> & {
  readonly programme: Programme;
  readonly author: string;
  readonly authorAlso: readonly string[];
  readonly text?: string;
};

/** A prediction with what has become of it. */
export type Forecasted = Prediction & {
  readonly outcome: Outcome | null;
  readonly resolution: (Resolution & { readonly counts: Counts }) | null;
  readonly score: Score | null;
  readonly withdrawnAt: string | null;
};

export function registeredMessage(forecast: Forecasted): Message {
  const { declared, computed } = forecast.seenData;
  const seen =
    computed.answers > 0 || computed.reportsOpened > 0
      ? `Beside it stands that ${counted(computed.answers, 'answer was', 'answers were')} in by then, and that you had opened ${counted(computed.reportsOpened, 'report')} of that wave.`
      : 'Beside it stands that no answer of that wave was in by then.';
  return {
    parts: [
      paragraph(`On record as ${forecast.id}: ${claim(forecast)}.`),
      paragraph(`${seen}${declared ? ' You said that you had seen data.' : ''}`),
      note(`It is resolved by itself after ${dayInWords(forecast.closesOn)}. Nobody can change it, me included.`),
    ],
  };
}

const claim = (each: Forecasted) =>
  `${each.author} is ${percentWords(each.probability)} sure of ${claimWords(each, each.class)} in ${listInWords(each.cohorts)}, ${waveWords(each.waveMonths)}`;

export function predictionsMessage(programme: string, all: readonly Forecasted[]): Message {
  if (all.length === 0) return say(`Nobody has predicted anything about ${programme} yet. “predict” shows how to.`);
  const decided = all.flatMap((each) => (each.score === null ? [] : [each.score.brier]));
  const mean = decided.reduce((sum, brier) => sum + brier, 0) / decided.length;
  const scores =
    decided.length === 0
      ? `None of ${counted(all.length, 'prediction')} is decided yet.`
      : `Decided ${decided.length} of ${all.length}; mean Brier score ${mean.toFixed(3)} (0 is best, 0.25 is a coin).`;
  return {
    parts: [
      { kind: 'heading', text: `Predictions about ${programme}` },
      ...all.flatMap((each): readonly Part[] => [
        paragraph(`${each.id}: ${claim(each)}.`),
        note(each.withdrawnAt === null ? outcomeLine(reported(each, each.resolution)) : 'Withdrawn.'),
      ]),
      paragraph(scores),
    ],
  };
}
