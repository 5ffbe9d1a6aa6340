import { isUnsent } from './check-in.js';
import type { Change, CheckIn, Conversation } from './conversation.js';
import type { CohortId } from './ids.js';
import { type Message, note, paragraph, say } from './message.js';
import type { Cohort, Programme } from './people.js';
import { decideDue } from './plan.js';
import { counted } from './report-layout.js';
import { waveDueOn } from './wave.js';
import { dayIn, dayInWords, listInWords } from './wording.js';

/** What became of one person when a cohort was to be asked at once. */
export type AskedNow =
  | { readonly kind: 'asked' }
  | { readonly kind: 'waits'; readonly until: Date }
  | { readonly kind: 'not_asked'; readonly reason: string }
  /** Their question is out, answered, put off or ended already, or another one serves it. */
  | { readonly kind: 'nothing' };

/**
 * Asks somebody of a cohort now instead of at their own slot, by all the other rules: the day, the window, one open question,
 * thirty days between two, a pause or a stop.
 */
export function askNow(
  conversation: Conversation,
  wave: { readonly cohortId: CohortId; readonly waveMonths: number },
  now: Date,
): { readonly changes: readonly Change[]; readonly outcome: AskedNow } {
  const isMeant = (each: CheckIn) => each.cohortId === wave.cohortId && each.waveMonths === wave.waveMonths;
  const target = conversation.checkIns.find((each) => isMeant(each) && isUnsent(each) && each.servedBy === null);
  if (!target) return { changes: [], outcome: { kind: 'nothing' } };
  const changes = decideDue(withoutSlots(conversation, target, now), now).filter(
    // Waves that are not to be asked now keep their slots.
    (change) => change.kind !== 'check_in' || change.checkIn.id === target.id || !isUnsent(change.checkIn),
  );
  const after = changes.flatMap((change) =>
    change.kind === 'check_in' && change.checkIn.id === target.id ? [change.checkIn] : [],
  );
  return { changes, outcome: outcomeOf(after.at(-1) ?? target) };
}

/** The slot spreads a cohort over the window; without it the window is open to everybody from its start. */
function withoutSlots(conversation: Conversation, target: CheckIn, now: Date): Conversation {
  return {
    ...conversation,
    checkIns: conversation.checkIns.map((each) => (each.id === target.id ? { ...each, lookAt: now } : each)),
    participations: conversation.participations.map((each) =>
      each.programme.id === target.programmeId
        ? { ...each, programme: { ...each.programme, settings: { ...each.programme.settings, spreadMs: 0 } } }
        : each,
    ),
  };
}

function outcomeOf(checkIn: CheckIn): AskedNow {
  if (checkIn.servedBy !== null) return { kind: 'nothing' };
  if (checkIn.state === 'sending') return { kind: 'asked' };
  if (checkIn.state === 'not_asked') return { kind: 'not_asked', reason: checkIn.reason ?? '' };
  return isUnsent(checkIn) && checkIn.lookAt !== null ? { kind: 'waits', until: checkIn.lookAt } : { kind: 'nothing' };
}

/** The newest wave that is due for the cohort, else its first. */
export function waveToAsk({ settings: { waves } }: Programme, { endedOn }: Cohort, today: string): number {
  return waves.findLast((months) => waveDueOn(endedOn, months) <= today) ?? waves[0] ?? 0;
}

/** Why nobody of the cohort can be asked about that wave today; null where they can. */
export function whyNotNow(programme: Programme, cohort: Cohort, waveMonths: number, today: string): string | null {
  const { name, settings, archivedAt, pausedAt } = programme;
  if (archivedAt) return `${name} is archived, so nobody in it is asked any more.`;
  if (cohort.archivedAt) return `${cohort.name} is archived, so nobody in it is asked any more.`;
  if (pausedAt) return `${name} is paused, so I ask nobody.`;
  if (cohort.pausedAt) return `${cohort.name} is paused. First write: resume ${cohort.name}`;
  if (!settings.waves.includes(waveMonths))
    return `There is no wave ${waveMonths}: ${name} asks ${listInWords(settings.waves.map(String))} months after the end.`;
  const dueOn = waveDueOn(cohort.endedOn, waveMonths);
  if (dueOn <= today) return null;
  return `Wave ${waveMonths} of ${cohort.name} is due on ${dayInWords(dueOn)}, and I ask nobody before that: the answers of two cohorts can only be compared if both were asked after the same time. It goes out by itself then.`;
}

type Asking = { readonly cohort: string; readonly waveMonths: number; readonly zone: string };

/** How it went, over everybody. */
export function askNowMessage({ cohort, waveMonths, zone }: Asking, outcomes: readonly AskedNow[]): Message {
  const asked = outcomes.filter((each) => each.kind === 'asked').length;
  const waits = outcomes.flatMap((each) => (each.kind === 'waits' ? [each.until] : []));
  const late = outcomes.filter((each) => each.kind === 'not_asked').length;
  const lines = [
    ...(asked > 0 ? [`${counted(asked, 'person is', 'people are')} being asked now.`] : []),
    ...(waits.length > 0 ? [waitLine(waits, zone)] : []),
    ...(late > 0 ? [`${counted(late, 'person is', 'people are')} not asked: that wave was due more than sixty days ago.`] : []),
  ];
  if (lines.length === 0)
    return say(`Nobody of ${cohort} has wave ${waveMonths} still to be asked. “status ${cohort}” shows where everybody stands.`);
  return { parts: [...lines.map(paragraph), note(`${cohort}, wave ${waveMonths}`)] };
}

function waitLine(waits: readonly Date[], zone: string): string {
  const first = waits.reduce((soonest, each) => (each < soonest ? each : soonest));
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(first);
  const when = `${dayInWords(dayIn(zone, first))} at ${time} (${zone})`;
  return `${counted(waits.length, 'person has', 'people have')} to wait, the first until ${when}: I write only within the window on their own clock, never while a question is open, and not within thirty days of another one.`;
}
