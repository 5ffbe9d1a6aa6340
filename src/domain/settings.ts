import { z } from 'zod';
import { ownOrganisationSchema, triggerSchema } from './own-words.js';
import { ownTrackSchema } from './tracks.js';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
export const DAY_MS = UNIT_MS.d;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Zones that were asked for and exist: making a formatter to find out takes longer than everything else about a programme. */
const KNOWN_ZONES = new Set<string>();

/** Whether the runtime knows this IANA zone ("Europe/London"); offsets such as "+02:00" are refused, since they know no clock changes. */
export function isTimeZone(zone: string): boolean {
  if (KNOWN_ZONES.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    KNOWN_ZONES.add(zone);
    return true;
  } catch {
    return false;
  }
}

export const timeZoneSchema = z.string().refine(isTimeZone, {
  error: (issue) => `"${String(issue.input)}" is not a time zone: use a name such as Europe/London or America/New_York`,
});

/** When and how a programme asks. Durations are milliseconds, minutes count from midnight on the person's own clock. */
export const settingsSchema = z.object({
  timeZone: timeZoneSchema,
  /** Months after the cohort's end, ascending, without repeats. */
  waves: z.array(z.number().int().min(0).max(600)).min(1).readonly(),
  window: z.object({ fromMinute: z.number().int().min(0).max(1440), toMinute: z.number().int().min(0).max(1440) }).readonly(),
  /** Days on which questions leave; 1 is Monday. */
  sendDays: z.array(z.number().int().min(1).max(7)).min(1).readonly(),
  /** How much of the window the slots are spread over; 0: everybody at its start. */
  spreadMs: z.number().int().min(0),
  settleMs: z.number().int().min(0),
  /** After delivery, ascending. */
  reminderAfterMs: z.array(z.number().int().positive()).max(3).readonly(),
  lapseMs: z.number().int().positive(),
  digest: z.object({ weekday: z.number().int().min(1).max(7), minute: z.number().int().min(0).max(1439) }).readonly(),
  /** Where the digest is posted. */
  channel: z
    .object({ platform: z.enum(['slack', 'discord', 'terminal']), id: z.string().min(1) })
    .readonly()
    .nullable(),
  channelAudience: z.enum(['public', 'organisers']),
  minCell: z.number().int().min(1).max(100),
  /** The programme's own; null: those of the codebook. */
  tracks: z.array(ownTrackSchema).readonly().nullable(),
  /** Whether a language model may read replies, where one is set up. */
  model: z.enum(['on', 'off']),
  /** Bodies that readers do not know, and words that say a field or kind. */
  organisations: z.array(ownOrganisationSchema).readonly(),
  triggers: z.array(triggerSchema).readonly(),
  /** How long what people wrote is kept; the coded records stay. Null: until they erase it. */
  retainMs: z.number().int().positive().nullable(),
});
export type Settings = Readonly<z.infer<typeof settingsSchema>>;

/** As they are kept: what an earlier version did not know stands at its default. */
export const keptSettingsSchema = settingsSchema.extend({
  tracks: settingsSchema.shape.tracks.default(null),
  model: settingsSchema.shape.model.default('on'),
  organisations: settingsSchema.shape.organisations.default([]),
  triggers: settingsSchema.shape.triggers.default([]),
  retainMs: settingsSchema.shape.retainMs.default(null),
});

export const DEFAULT_SETTINGS: Settings = {
  timeZone: 'Etc/UTC',
  waves: [3, 6, 12, 24, 36, 48, 60],
  window: { fromMinute: 600, toMinute: 960 },
  sendDays: [1, 2, 3, 4, 5],
  spreadMs: 6 * UNIT_MS.h,
  settleMs: 45 * UNIT_MS.s,
  reminderAfterMs: [4 * UNIT_MS.d, 11 * UNIT_MS.d],
  lapseMs: 28 * UNIT_MS.d,
  digest: { weekday: 1, minute: 540 },
  channel: null,
  channelAudience: 'public',
  minCell: 5,
  tracks: null,
  model: 'on',
  organisations: [],
  triggers: [],
  retainMs: null,
};
