import { DAY_MS } from './settings.js';
import { waveDueOn } from './wave.js';
import { dayInWords } from './wording.js';

/** A wave that is past when the cohort is imported is asked about only if it is no older. */
const LATE_DAYS = 60;

export type FirstQuestion = { readonly on: string; readonly waveMonths: number; readonly isLate: boolean };

/** The day from which a cohort's first question may leave; null where all its waves are past. `isLate`: it fell due before today. */
export function firstQuestion(endedOn: string, waves: readonly number[], today: string): FirstQuestion | null {
  const due = waves.map((waveMonths) => ({ waveMonths, on: waveDueOn(endedOn, waveMonths) }));
  const late = due.filter(({ on }) => on < today).at(-1);
  if (late && Date.parse(today) - Date.parse(late.on) <= LATE_DAYS * DAY_MS) return { ...late, isLate: true };
  const next = due.find(({ on }) => on >= today);
  return next ? { ...next, isLate: false } : null;
}

export function firstQuestionWords(first: FirstQuestion | null): string {
  if (first === null) return 'no question: all its waves are past';
  if (first.isLate) return `first question in the next send window, for the wave due ${dayInWords(first.on)}`;
  return `first question around ${dayInWords(first.on)}`;
}
