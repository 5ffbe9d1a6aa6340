import { counted } from '../../domain/report-layout.js';
import { unreachable } from '../../domain/result.js';
import type { PlanChangeLine } from '../../domain/schedule-changes.js';
import { waveDueOn } from '../../domain/wave.js';
import { dayInWords } from '../../domain/wording.js';

/** What a new plan changes, a line a wave; what was sent stays in any case. */
export function planLines(lines: readonly PlanChangeLine[]): readonly string[] {
  return lines.map((line) => `  wave ${line.waveMonths}: ${planLine(line)}`);
}

function planLine({ kind, people, from, to }: PlanChangeLine): string {
  const who = counted(people, 'person', 'people');
  switch (kind) {
    case 'added':
      return `${who} will be asked, due ${dayInWords(to ?? '')}`;
    case 'moved':
      return `${who} will be asked on ${dayInWords(to ?? '')} instead of ${dayInWords(from ?? '')}`;
    case 'removed':
      return `${who} will not be asked any more (it was due ${dayInWords(from ?? '')})`;
    default:
      return unreachable(kind);
  }
}

/** A wave that is past when the cohort is imported is asked about only if it is no older. */
const LATE_DAYS = 60;
const DAY_MS = 86_400_000;

/** The day from which a cohort's first question may leave; null where all its waves are past. `isLate`: it fell due before today. */
export function firstQuestion(
  endedOn: string,
  waves: readonly number[],
  today: string,
): { readonly on: string; readonly waveMonths: number; readonly isLate: boolean } | null {
  const due = waves.map((waveMonths) => ({ waveMonths, on: waveDueOn(endedOn, waveMonths) }));
  const late = due.filter(({ on }) => on < today).at(-1);
  if (late && Date.parse(today) - Date.parse(late.on) <= LATE_DAYS * DAY_MS) return { ...late, isLate: true };
  const next = due.find(({ on }) => on >= today);
  return next ? { ...next, isLate: false } : null;
}
