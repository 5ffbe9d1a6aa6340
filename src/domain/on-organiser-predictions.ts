import { type Message, note, type Part, paragraph, say } from './message.js';
import type { Forecast } from './organiser-forecast.js';
import type { Programme } from './people.js';
import { reported } from './prediction.js';
import type { VerifiedPredictions } from './prediction-chain.js';
import { changeLines, type PredictionView, scoreLine, scoresByAuthor, statementText } from './prediction-record.js';
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

/** One of them, with the words that can be put somewhere public so that nobody has to trust the keeper of the database. */
export const predictionMessage = (each: Forecasted): Message => ({
  parts: [
    paragraph(`${each.id}: ${claim(each)}.`),
    ...(each.withdrawal === null ? [note(outcomeLine(reported(each, each.resolution)))] : []),
    ...changeLines(each).map(note),
    paragraph('To put anywhere public before the answers come in:'),
    { kind: 'preformatted', text: statementText(each).trimEnd() },
  ],
});

/** After a change of mind, or the end of a prediction. */
export const changedPredictionMessage = (each: Forecasted): Message => ({
  parts: [
    paragraph(`${each.id}: ${claim(each)}.`),
    paragraph(changeLines(each).at(-1) ?? ''),
    note('What was said first stays, and everybody can see both.'),
  ],
});

const BREAKS: Readonly<Record<'link' | 'content' | 'column', string>> = {
  link: 'it does not follow the entry before it, so something between them was removed, added or moved',
  content: 'it is not what was hashed, so it was changed afterwards',
  column: 'what stands beside it in the database says something else than the entry itself',
};

/** What following a chain comes to, a sentence a line; the first broken link is named. */
export function verdictLines({ chain, lists, noted }: VerifiedPredictions): readonly string[] {
  const first =
    chain.kind === 'whole'
      ? `The chain is whole: ${counted(chain.entries, 'entry', 'entries')}, each as it was written.`
      : `The chain is broken, first at ${chain.id} (entry ${chain.at + 1}): ${BREAKS[chain.why]}.`;
  const last = chain.kind === 'whole' && chain.lastHash !== null ? [`Its last hash is ${chain.lastHash}`] : [];
  const listed = lists.map(({ id, list }) => {
    if (list === 'fits') return `${id}: the list of people is the one that was committed to.`;
    if (list === 'erased')
      return `${id}: somebody of its list was erased, so the list can no longer be held against its commitment.`;
    return `${id}: the list of people is not the one that was committed to.`;
  });
  const found =
    noted === null ? ['No entry bears the hash that you noted.'] : noted ? [`The hash that you noted is that of ${noted}.`] : [];
  return [first, ...last, ...listed, ...found];
}

export const verdictMessage = (verified: VerifiedPredictions): Message => say(...verdictLines(verified));

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
      note(
        'Brier scores of what was decided: 0 is best, 0.25 is a coin. “predict show” and an id gives the words to publish, “predict amend” and “predict withdraw” change one, “predict verify” follows the chain.',
      ),
    ],
  };
}
