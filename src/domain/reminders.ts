import { nextOpening, slotMinute } from './send-window.js';
import { DAY_MS, type Settings } from './settings.js';

/** A question that is out: neither answered nor lapsed. */
export type OpenQuestion = {
  readonly deliveredAt: Date;
  /** The `nth` of the latest reminder, 0 before the first. */
  readonly remindersSent: number;
  /** The latest message of this check-in that was delivered: the question, or a reminder. */
  readonly lastMessageAt: Date;
  /** Something has come in and not been read yet. */
  readonly hasUnsettledReply: boolean;
  /** Programme, cohort or person: the question still lapses, but no reminder leaves. */
  readonly isPaused: boolean;
  readonly slotSeed: string;
};

/** `nth` counts the reminders of the setting, not those sent: it skips the ones an outage swallowed, and is what to store as `remindersSent`. */
export type OpenDecision =
  | { readonly kind: 'remind'; readonly nth: number }
  | { readonly kind: 'lapse' }
  | { readonly kind: 'wait'; readonly until: Date };

/** What to do about a question without an answer. A repeat before the reminder is stored decides the same. */
export function decideOpen(open: OpenQuestion, zone: string | null, settings: Settings, now: Date): OpenDecision {
  const lapsesAt = plus(open.deliveredAt, settings.lapseMs);
  if (open.hasUnsettledReply) return { kind: 'wait', until: plus(now, Math.max(settings.settleMs, 1_000)) };
  if (now >= lapsesAt) return { kind: 'lapse' };
  const nextMs = settings.reminderAfterMs[open.remindersSent];
  if (nextMs === undefined) return { kind: 'wait', until: lapsesAt };
  if (open.isPaused) return { kind: 'wait', until: earlier(plus(now, DAY_MS), lapsesAt) };

  const wanted = later(plus(open.deliveredAt, nextMs), plus(open.lastMessageAt, smallestSpacingMs(settings)));
  const leavesAt = nextOpening(later(wanted, now), zone, slotMinute(open.slotSeed, settings), settings);
  if (leavesAt > now) return { kind: 'wait', until: earlier(leavesAt, lapsesAt) };
  return { kind: 'remind', nth: settings.reminderAfterMs.filter((afterMs) => plus(open.deliveredAt, afterMs) <= now).length };
}

/** Between two messages of one check-in, whatever was missed. */
function smallestSpacingMs({ reminderAfterMs }: Settings): number {
  return Math.min(...reminderAfterMs.map((afterMs, i) => afterMs - (reminderAfterMs[i - 1] ?? 0)));
}

const plus = (at: Date, ms: number) => new Date(at.getTime() + ms);
const earlier = (a: Date, b: Date) => (a < b ? a : b);
const later = (a: Date, b: Date) => (a > b ? a : b);
