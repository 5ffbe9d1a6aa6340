import { Temporal } from 'temporal-polyfill';

/** The ISO day a wave falls due: so many months after the cohort's end, clamped to the month's end (31 August + 6 months is 28 or 29 February). Throws on what is no ISO day. */
export function waveDueOn(endedOn: string, months: number): string {
  return Temporal.PlainDate.from(endedOn).add({ months }, { overflow: 'constrain' }).toString();
}
