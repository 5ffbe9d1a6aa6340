import { type Counts, estimate, estimateProblems } from '../domain/estimate.js';
import { describeEstimate } from '../domain/report-estimate.js';
import { DONE, jsonText, type Voice, wrongUse } from './shell.js';

export type EstimateOptions = {
  readonly roster: string;
  readonly known: string;
  readonly count: string;
  readonly json?: boolean;
};

export function sayEstimate(options: EstimateOptions, voice: Voice): number {
  const typed = { roster: options.roster, known: options.known, count: options.count };
  const notWhole = Object.entries(typed).filter(([, text]) => !/^\d{1,15}$/.test(text.trim()));
  if (notWhole.length > 0)
    throw wrongUse(...notWhole.map(([name, text]) => `--${name} must be a whole number of people, 0 or more, not ${text}`));
  const counts: Counts = { roster: Number(typed.roster), known: Number(typed.known), count: Number(typed.count) };
  const problems = estimateProblems(counts);
  if (problems.length > 0) throw wrongUse(...problems.map((problem) => `--${problem}`));
  const estimated = estimate(counts);
  voice.out(options.json ? jsonText(estimated) : `${describeEstimate(estimated, null).join('\n')}\n`);
  return DONE;
}
