import { Temporal } from 'temporal-polyfill';
import { type Message, note, paragraph, say } from './message.js';
import type { RosterRow } from './roster.js';
import { DEFAULT_SETTINGS, type Settings } from './settings.js';
import { dayInWords, listInWords } from './wording.js';

export const SAMPLE = 'Sample';
export const SAMPLE_COHORT = 'First cohort';
const NAMES = ['Mara Lindqvist', 'Tomás Herrera', 'Aisha Bello', 'Jun Watanabe', 'Ellen Fischer'];
const WAVE_MONTHS = 3;

/** Asks at any hour of any day, and answers after two seconds: nobody is bothered, and whoever tries it is not kept waiting. */
export const SAMPLE_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  window: { fromMinute: 0, toMinute: 1440 },
  sendDays: [1, 2, 3, 4, 5, 6, 7],
  spreadMs: 0,
  settleMs: 2_000,
  channel: { platform: 'terminal', id: 'organisers' },
  channelAudience: 'organisers',
};

/** The day on which a cohort must have ended for its first wave to be due on this one. */
export function sampleEndedOn(today: string): string {
  return Temporal.PlainDate.from(today).subtract({ months: WAVE_MONTHS }).toString();
}

export const sampleRows = (): readonly RosterRow[] =>
  NAMES.map((name, place) => ({ line: place + 2, name, slack: null, discord: null, email: null, timeZone: null }));

export const sampleMade = (endedOn: string): Message => ({
  parts: [
    paragraph(
      `Here is a programme called ${SAMPLE}, with one cohort that ended on ${dayInWords(endedOn)} and five people in it, all invented: ${listInWords(NAMES)}. Three months have passed, so each of them is being asked now.`,
    ),
    note('/be Mara lets you answer as her; /be organiser brings you back.'),
  ],
});

export const SAMPLE_THERE = say(
  `The programme ${SAMPLE} is there already. /people shows who is in it, /be Mara lets you answer as her.`,
);
