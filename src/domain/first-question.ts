import { firstSlot, localDay } from './send-window.js';
import { DAY_MS, type Settings } from './settings.js';
import { waveDueOn } from './wave.js';
import { dayInWords } from './wording.js';

/** A wave that is past when the cohort is imported is asked about only if it is no older. */
const LATE_DAYS = 60;

/** `on`: the day on which the wave is due; `leavesOn`: the day, in the programme's zone, from which its question may leave. */
export type FirstQuestion = {
  readonly on: string;
  readonly leavesOn: string;
  readonly waveMonths: number;
  readonly isLate: boolean;
};

/** The first question of a cohort that is brought in now; null where all its waves are past. `isLate`: it fell due before today. */
export function firstQuestion(endedOn: string, settings: Settings, now: Date): FirstQuestion | null {
  const today = localDay(now, null, settings);
  const leaves = (on: string) => localDay(firstSlot(on, null, settings.window.fromMinute, settings, now), null, settings);
  const due = settings.waves.map((waveMonths) => ({ waveMonths, on: waveDueOn(endedOn, waveMonths) }));
  const late = due.filter(({ on }) => on < today).at(-1);
  if (late && Date.parse(today) - Date.parse(late.on) <= LATE_DAYS * DAY_MS)
    return { ...late, leavesOn: leaves(late.on), isLate: true };
  const next = due.find(({ on }) => on >= today);
  return next ? { ...next, leavesOn: leaves(next.on), isLate: false } : null;
}

export function firstQuestionWords(first: FirstQuestion | null): string {
  if (first === null) return 'no question: all its waves are past';
  if (first.isLate) return `first question in the next send window, for the wave due ${dayInWords(first.on)}`;
  return `first question around ${dayInWords(first.leavesOn)}`;
}
