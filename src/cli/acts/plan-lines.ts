import { counted } from '../../domain/report-layout.js';
import { unreachable } from '../../domain/result.js';
import type { PlanChangeLine } from '../../domain/schedule-changes.js';
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
