import { readMonths } from './organiser-forecast.js';
import { flagsIn } from './organiser-words.js';
import { ok, type Result } from './result.js';

/** Which cohorts and wave, as of when, somebody asks to see. `words` may name a cohort and a wave as well; null: not said. */
export type ReportSelection = {
  readonly words: readonly string[];
  readonly cohorts: readonly string[];
  readonly waveMonths: number | null;
  readonly asOf: string | null;
};

/** Reads the flags `--cohort`, `--wave` and `--as-of`, and leaves the other words as they are. */
export function readSelection(typed: readonly string[]): Result<ReportSelection, string> {
  const flags = flagsIn(typed, ['--cohort', '--wave', '--as-of'], []);
  if (!flags.ok) return flags;
  const { values, words } = flags.value;
  const wave = values.get('--wave')?.at(-1);
  const waveMonths = wave === undefined ? ok(null) : readMonths(wave);
  if (!waveMonths.ok) return waveMonths;
  return ok({
    words,
    cohorts: values.get('--cohort') ?? [],
    waveMonths: waveMonths.value,
    asOf: values.get('--as-of')?.at(-1) ?? null,
  });
}
