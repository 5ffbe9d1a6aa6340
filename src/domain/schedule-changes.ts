import { Temporal } from 'temporal-polyfill';
import type { CheckInId } from './ids.js';
import { addDays } from './schedule-days.js';
import { waveDueOn } from './wave.js';

/** One alumnus of a cohort, and what there is of their check-ins. */
export type WavesOfAlumnus = {
  readonly alumnusId: number;
  /** Waves whose question has left at least once (snoozed ones too), or that a message has answered: they stay as they are. */
  readonly settled: readonly number[];
  /** Waves that have never been asked: planned, or given up as `not_asked` (a corrected end date brings those back). */
  readonly unsent: readonly {
    readonly id: CheckInId;
    readonly waveMonths: number;
    readonly dueOn: string;
    readonly state: 'planned' | 'not_asked';
  }[];
};

/** One line of a new plan. A moved check-in is planned again; a removed one is deleted; an added one has no id yet. Days are ISO days. */
export type PlanChange =
  | { readonly kind: 'added'; readonly alumnusId: number; readonly waveMonths: number; readonly to: string }
  | {
      readonly kind: 'moved';
      readonly checkInId: CheckInId;
      readonly alumnusId: number;
      readonly waveMonths: number;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'removed';
      readonly checkInId: CheckInId;
      readonly alumnusId: number;
      readonly waveMonths: number;
      readonly from: string;
    };

/** What differs between the check-ins there are and those a cohort should have; empty once applied. Also plans somebody new: all is added. */
export function planChanges(
  cohort: { readonly endedOn: string; readonly waves: readonly number[] },
  alumni: readonly WavesOfAlumnus[],
): PlanChange[] {
  const dueOn = new Map(cohort.waves.map((months) => [months, waveDueOn(cohort.endedOn, months)]));
  return alumni.flatMap((alumnus) => changesOf(alumnus, dueOn));
}

function changesOf({ alumnusId, settled, unsent }: WavesOfAlumnus, dueOn: ReadonlyMap<number, string>): PlanChange[] {
  const there = new Set([...settled, ...unsent.map(({ waveMonths }) => waveMonths)]);
  const changed = unsent.flatMap(({ id: checkInId, waveMonths, dueOn: from, state }): PlanChange[] => {
    const to = dueOn.get(waveMonths);
    // What was given up stays on record when its wave is dropped: reports count it.
    if (to === undefined) return state === 'planned' ? [{ kind: 'removed', checkInId, alumnusId, waveMonths, from }] : [];
    return to === from ? [] : [{ kind: 'moved', checkInId, alumnusId, waveMonths, from, to }];
  });
  const missing = [...dueOn].filter(([waveMonths]) => !there.has(waveMonths));
  return [...changed, ...missing.map(([waveMonths, to]): PlanChange => ({ kind: 'added', alumnusId, waveMonths, to }))];
}

/** One line of the difference as it is shown: how many people a change of a wave touches. */
export type PlanChangeLine = {
  readonly kind: PlanChange['kind'];
  readonly waveMonths: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly people: number;
};

/** By wave, and within one by the days it moves between. */
export function changeLines(changes: readonly PlanChange[]): PlanChangeLine[] {
  const lines = new Map<string, PlanChangeLine>();
  for (const change of changes) {
    const from = change.kind === 'added' ? null : change.from;
    const to = change.kind === 'removed' ? null : change.to;
    const key = [String(change.waveMonths).padStart(4, '0'), change.kind, from, to].join(' ');
    lines.set(key, { kind: change.kind, waveMonths: change.waveMonths, from, to, people: (lines.get(key)?.people ?? 0) + 1 });
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

/** The ISO day up to which "ask me later" puts a question off; a day that is not in the future means tomorrow. Throws on what is no ISO day. */
export function snoozeUntil(choice: 'two_weeks' | 'month' | 'three_months' | (string & {}), today: string): string {
  if (choice === 'two_weeks') return addDays(today, 14);
  if (choice === 'month') return waveDueOn(today, 1);
  if (choice === 'three_months') return waveDueOn(today, 3);
  const day = Temporal.PlainDate.from(choice).toString();
  return day > today ? day : addDays(today, 1);
}
