import { leadingName } from './organiser-words.js';
import { type ReportSelection, readSelection } from './report-selection.js';
import { fail, ok, type Result } from './result.js';

/** Cohorts side by side; none named: all of them. The words are names behind each other, and may end with a wave. */
export type CompareCommand = ReportSelection & { readonly kind: 'compare' };

/** `compare`, `compare "ARENA 2.0" "ARENA 3.0" 12`, and with flags as on the command line. */
export function readCompare(words: readonly string[]): Result<CompareCommand, string> {
  const selection = readSelection(words);
  return selection.ok ? ok({ kind: 'compare', ...selection.value }) : selection;
}

/** The cohorts that stand behind each other in the words, and the wave behind them. Fails with the words that are neither. */
export function cohortsNamed(
  words: readonly string[],
  all: readonly string[],
): Result<{ readonly cohorts: readonly string[]; readonly waveMonths: number | null }, string> {
  const cohorts: string[] = [];
  let rest = words;
  for (let found = leadingName(rest, all); found; found = leadingName(rest, all)) {
    cohorts.push(found.name);
    rest = found.rest;
  }
  const [only = '', ...more] = rest;
  if (rest.length === 0) return ok({ cohorts, waveMonths: null });
  return more.length === 0 && /^\d{1,3}$/.test(only) ? ok({ cohorts, waveMonths: Number(only) }) : fail(rest.join(' '));
}
