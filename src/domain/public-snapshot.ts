import type { Cohort } from './people.js';
import { firstSlot } from './send-window.js';
import type { Settings } from './settings.js';
import { waveDueOn } from './wave.js';

export type SnapshotState = { readonly takenAt: Date; readonly minCell: number; readonly changedPeople: number };

/**
 * Whether what the public was shown last gives way to what is known now: when the answers of at least k people have changed, so that the difference
 * tells of nobody, or once the wave has lapsed.
 */
export function isOutdated(
  { takenAt, minCell, changedPeople }: SnapshotState,
  about: { readonly cohorts: readonly Cohort[]; readonly waveMonths: number; readonly settings: Settings; readonly now: Date },
): boolean {
  const { cohorts, waveMonths, settings, now } = about;
  if (minCell !== settings.minCell || changedPeople >= settings.minCell) return true;
  return cohorts.some(({ endedOn }) => {
    const asked = firstSlot(waveDueOn(endedOn, waveMonths), null, settings.window.toMinute - 1, settings);
    const lapsed = new Date(asked.getTime() + settings.lapseMs);
    return takenAt < lapsed && lapsed <= now;
  });
}
