import type { CareerUpdate } from './career-update.js';

/** All that an alumnus sent in answer to one check-in, with what a reader must know to resolve it. Days are ISO (`2024-06-28`). */
export type ReplyText = {
  readonly programme: string;
  readonly cohort: string;
  readonly cohortEnd: string;
  /** The day on which the reply came in, in the person's own zone: relative dates ("since March") resolve against it. */
  readonly received: string;
  readonly messages: readonly string[];
  /** Whoever wrote it, so that their name can be masked before anything leaves the machine. */
  readonly writer?: string | null;
  /** Whether a language model may read it, where one is set up; left out: yes. */
  readonly mayUseModel?: boolean;
};

/** How sure a reader is, each from 0 to 1 and calibrated: of a hundred fields read at 0.9, some ninety are right. */
export type Confidence = {
  /** That the main activity's kind is right. */
  readonly kind: number;
  /** That the main activity's track is right. */
  readonly track: number;
};

/** An opt-out in the words. `ambiguous` is asked back, never acted on. */
export type OptOut = { readonly wants: 'stop' | 'erase'; readonly certainty: 'clear' | 'ambiguous' };

/** How it went with a language model; on all but the first two the offline reader stood in for it. */
export type ReadingOutcome = 'read' | 'repaired' | 'refused' | 'unreachable' | 'timed_out' | 'unreadable' | 'resting';

/** What a language model had to do with a reading: kept with the record, never with a word of prompt or answer. */
export type ReadingTrace = {
  readonly model: string;
  readonly promptVersion: string;
  readonly outcome: ReadingOutcome;
  /** All tries together; null where it was not asked. */
  readonly latencyMs: number | null;
  /** Null where the endpoint does not count them. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
};

/** What a reader made of a reply. The offline rules alone find an opt-out (`src/reading/opt-out.ts`); a model can neither add nor remove one. */
export type Reading = {
  readonly update: CareerUpdate;
  readonly optOut: OptOut | null;
  /** The day until which the person asks to be left alone, where the text says one. */
  readonly snoozeUntil: string | null;
  readonly confidence: Confidence;
  readonly reader: string;
  readonly readerVersion: string;
  /** Left out: no model was asked. */
  readonly trace?: ReadingTrace;
};
