import type { DigestInput } from './digest.js';
import type { ReportedPrediction } from './prediction.js';
import { counted } from './report-layout.js';
import { unreachable } from './result.js';
import { monthsInWords } from './wording.js';

/** "a year after ARENA 2.0", "at the end of ARENA 2.0". */
export function afterCohort(cohort: string, waveMonths: number): string {
  return waveMonths === 0 ? `at the end of ${cohort}` : `${monthsInWords(waveMonths)} after ${cohort}`;
}

/** The week in one sentence: what came in and how far that has brought them, else whatever else happened. The public hears of no author. */
export function headline(input: DigestInput): string {
  const told = [answers(input), predictions(input)].filter((clause) => clause !== null);
  const sentence = told.length > 0 ? told.join('; ') : otherNews(input);
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** The one cohort at the one wave that the week's answers are of, where the headline tells of it all there is to tell. */
export function standingInHeadline({ counts, standings }: DigestInput): DigestInput['standings'][number] | null {
  const [only, ...others] = standings;
  if (!only || others.length > 0) return null;
  return counts.answered > 0 || (counts.asked > 0 && counts.asked === only.asked) ? only : null;
}

function answers(input: DigestInput): string | null {
  const { asked, answered } = input.counts;
  const only = standingInHeadline(input);
  if (asked + answered === 0) return null;
  if (only && asked === only.asked && answered === only.answered) return fromTheStart(only);
  if (answered === 0) return `${people(asked)} ${was(asked)} asked, and nobody has answered yet`;
  const happened = asked > 0 ? `${people(asked)} ${was(asked)} asked and ${answered} answered` : `${people(answered)} answered`;
  return only ? `${happened}: that makes ${soFar(only)}` : happened;
}

function fromTheStart({ cohort, waveMonths, answered, asked, roster }: DigestInput['standings'][number]): string {
  const when = afterCohort(cohort, waveMonths);
  const them = asked === roster ? people(asked) : `${asked} of ${roster} people`;
  if (answered === 0) return `${them} ${was(asked)} asked ${when}, and nobody has answered yet`;
  const all = asked === 1 ? 'and answered' : 'and all have answered';
  return answered === asked
    ? `${them} ${was(asked)} asked ${when}, ${all}`
    : `${them} ${was(asked)} asked ${when}, and ${answered} ${answered === 1 ? 'has' : 'have'} answered so far`;
}

function soFar({ cohort, waveMonths, answered, asked, roster }: DigestInput['standings'][number]): string {
  const when = afterCohort(cohort, waveMonths);
  if (answered === roster) return `${roster === 1 ? 'everybody' : `all ${roster}`} ${when}`;
  return `${answered} of ${roster} ${when}${asked === roster ? '' : ` (${asked} ${was(asked)} asked)`}`;
}

function predictions({ resolved, audience }: DigestInput): string | null {
  const [first, ...others] = resolved;
  if (!first) return null;
  if (others.length > 0) return `${counted(resolved.length, 'prediction')} came due`;
  return audience === 'public' ? 'a prediction came due' : `${first.author}’s prediction ${cameOut(first)}`;
}

function cameOut({ outcome }: ReportedPrediction): string {
  switch (outcome) {
    case 'true':
    case 'false':
      return `came out ${outcome}`;
    case 'undecided':
    case null:
      return 'stays undecided';
    default:
      return unreachable(outcome);
  }
}

function otherNews({ counts: { confirmed }, newUpdates, needsHuman, asks }: DigestInput): string {
  if (newUpdates.length > 0) return `${counted(newUpdates.length, 'answer')} came in`;
  if (confirmed > 0) return `${people(confirmed)} confirmed what was understood`;
  if (needsHuman.length > 0) return `${people(needsHuman.length)} could not be reached`;
  const [first] = asks;
  return first && asks.length === 1 ? `${first.who} could use your help` : `${people(asks.length)} could use your help`;
}

const people = (count: number) => counted(count, 'person', 'people');
const was = (count: number) => (count === 1 ? 'was' : 'were');
