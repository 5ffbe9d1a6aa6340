import type { CareerUpdate } from './career-update.js';

/** All that an alumnus sent in answer to one check-in, with what a reader must know to resolve it. Days are ISO (`2024-06-28`). */
export type ReplyText = {
  readonly programme: string;
  readonly cohort: string;
  readonly cohortEnd: string;
  /** The day on which the reply came in, in the person's own zone: relative dates ("since March") resolve against it. */
  readonly received: string;
  readonly messages: readonly string[];
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

/** What a reader made of a reply. The offline rules alone find an opt-out (`src/reading/opt-out.ts`); a model can neither add nor remove one. */
export type Reading = {
  readonly update: CareerUpdate;
  readonly optOut: OptOut | null;
  /** The day until which the person asks to be left alone, where the text says one. */
  readonly snoozeUntil: string | null;
  readonly confidence: Confidence;
  readonly reader: string;
  readonly readerVersion: string;
};
