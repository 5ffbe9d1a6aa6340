import { type Message, note, type Part, paragraph, say } from './message.js';
import type { Forecast } from './organiser-forecast.js';
import type { Programme } from './people.js';
import { reported } from './prediction.js';
import { changeLines, type PredictionView, scoreLine, scoresByAuthor } from './prediction-record.js';
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
export type Forecasted = PredictionView;

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

/** Some of all the predictions, and how well each author of all of them does. */
export function predictionsMessage(programme: string, all: readonly Forecasted[], shown: readonly Forecasted[]): Message {
  if (all.length === 0) return say(`Nobody has predicted anything about ${programme} yet. “predict” shows how to.`);
  return {
    parts: [
      { kind: 'heading', text: `Predictions about ${programme}` },
      ...shown.flatMap((each): readonly Part[] => [
        paragraph(`${each.id}: ${claim(each)}.`),
        ...(each.withdrawal === null ? [note(outcomeLine(reported(each, each.resolution)))] : []),
        ...changeLines(each).map(note),
      ]),
      { kind: 'heading', text: 'Scores' },
      { kind: 'list', items: scoresByAuthor(all).map(scoreLine) },
      note('Brier scores of what was decided: 0 is best, 0.25 is a coin.'),
    ],
  };
}
