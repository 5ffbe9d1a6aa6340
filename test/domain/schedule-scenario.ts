import type { Settings } from '../../src/domain/settings.js';

/** What befalls the bot and its plans; days count from the scenario's start, programmes and cohorts from 0. */
export type Event = { readonly onDay: number } & (
  | { readonly kind: 'settings'; readonly programme: number; readonly settings: Settings }
  | { readonly kind: 'end'; readonly cohort: number; readonly endedOn: string }
  | { readonly kind: 'pause_programme'; readonly which: number; readonly days: number }
  | { readonly kind: 'pause_cohort'; readonly which: number; readonly days: number }
  | { readonly kind: 'outage'; readonly days: number }
  | { readonly kind: 'clock'; readonly hours: number }
  | { readonly kind: 'stop'; readonly programme: number }
  | { readonly kind: 'archive'; readonly programme: number }
);

export type Scenario = {
  readonly startsOn: string;
  readonly days: number;
  readonly timeZone: string | null;
  readonly programmes: readonly Settings[];
  readonly cohorts: readonly { readonly programme: number; readonly endedOn: string; readonly addedOnDay: number }[];
  readonly events: readonly Event[];
  /** Drives what the person does and when the bot happens to look. */
  readonly chance: number;
};
