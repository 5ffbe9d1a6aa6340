import { addDays, daysBetween } from './schedule-days.js';
import {
  askableOn,
  type Decision,
  type PersonSchedule,
  type ProgrammeSchedule,
  type ScheduledCheckIn,
} from './schedule-person.js';
import { firstSlot, localDay, nextOpening, slotMinute } from './send-window.js';
import { DAY_MS } from './settings.js';

/** Between two questions to one person, whoever asks; waves of one programme closer than this are served by one question. */
const APART_DAYS = 30;
/** A wave that fell due (or was put off to) longer ago than this is not asked any more. */
const LATE_DAYS = 60;

/** One person in one programme, on the day it is there. */
type Place = {
  readonly person: PersonSchedule;
  readonly programme: ProgrammeSchedule;
  readonly slot: number;
  readonly today: string;
  readonly now: Date;
};

/** A wave that may be asked, with those that wait for its question. */
type Turn = {
  readonly place: Place;
  readonly checkIn: ScheduledCheckIn;
  /** Due too, and near enough that its answer counts for them. */
  readonly older: readonly ScheduledCheckIn[];
  readonly upcoming: readonly ScheduledCheckIn[];
  /** The end of the thirty days after another question; in the past if there was none. */
  readonly apartUntil: Date;
};

type Considered = { readonly decisions: readonly Decision[]; readonly turn: Turn | null };

/**
 * What becomes of each unsent check-in at this moment: exactly one decision for every one of them, in no particular order. At most one is `ask`.
 * Deciding again changes nothing until the answers are recorded: an `ask` must be stored (check-in no longer unsent, `lastQuestions` and `open` with it) before the next look.
 * Throws if a check-in's programme is missing from `programmes`.
 */
export function decideQuestions(person: PersonSchedule, now: Date): Decision[] {
  const considered = byProgramme(person).map(([programme, unsent]) => consider(placeOf(person, programme, now), unsent));
  const turns = considered.flatMap(({ turn }) => turn ?? []);
  return [...considered.flatMap(({ decisions }) => decisions), ...takeTurns(turns, now)];
}

function byProgramme({ programmes, unsent }: PersonSchedule): [ProgrammeSchedule, ScheduledCheckIn[]][] {
  const groups = new Map<number, ScheduledCheckIn[]>();
  for (const checkIn of unsent) {
    const group = groups.get(checkIn.programmeId);
    if (group) group.push(checkIn);
    else groups.set(checkIn.programmeId, [checkIn]);
  }
  return [...groups].map(([id, group]) => {
    const programme = programmes.find((each) => each.id === id);
    if (!programme) throw new Error(`no schedule of programme ${id} among the person's programmes`);
    return [programme, group];
  });
}

function placeOf(person: PersonSchedule, programme: ProgrammeSchedule, now: Date): Place {
  const { settings } = programme;
  return { person, programme, now, slot: slotMinute(person.slotSeed, settings), today: localDay(now, person.timeZone, settings) };
}

/** Everything but the order among programmes. */
function consider(place: Place, unsent: readonly ScheduledCheckIn[]): Considered {
  const decisions: Decision[] = [];
  const due: ScheduledCheckIn[] = [];
  const upcoming: ScheduledCheckIn[] = [];
  for (const checkIn of unsent) {
    const decided = decideAlone(place, checkIn);
    if (decided) decisions.push(decided);
    else if (askableOn(checkIn) <= place.today) due.push(checkIn);
    else upcoming.push(checkIn);
  }
  const [newest, ...older] = due.sort(newestFirst);
  if (!newest) return { decisions: [...decisions, ...upcoming.map((each) => waitForItsDay(place, each))], turn: null };

  const isServed = (each: ScheduledCheckIn) => isNear(each, newest, place.today);
  decisions.push(...older.filter((each) => !isServed(each)).map((each) => notAsked(place, each)));
  const turn = { place, checkIn: newest, older: older.filter(isServed), upcoming, apartUntil: apartUntil(place, newest) };
  if (!isOpen(place)) return { decisions, turn };
  return { decisions: [...decisions, ...hold(turn, inADay(place.now), 'still_open')], turn: null };
}

/** What can be said of a check-in without looking at the others that are due. */
function decideAlone(place: Place, checkIn: ScheduledCheckIn): Decision | null {
  const { programme, today } = place;
  const { id: checkInId, cohortId } = checkIn;
  if (programme.stopped) return { kind: 'stopped', checkInId };
  const isDue = askableOn(checkIn) <= today;
  if (programme.archived || programme.archivedCohorts.includes(cohortId))
    return isDue ? { kind: 'not_asked', checkInId, reason: 'archived' } : waitForItsDay(place, checkIn);
  if (isDue && isLate(place, checkIn)) return notAsked(place, checkIn);
  if (programme.paused || programme.pausedCohorts.includes(cohortId))
    return isDue ? { kind: 'wait', checkInId, until: inADay(place.now), why: 'paused' } : waitForItsDay(place, checkIn);
  return servedAlready(place, checkIn);
}

/** A wave that came up (another cohort joined, a changed end date) after a question that was asked near enough to its day. */
function servedAlready({ person, programme, now }: Place, checkIn: ScheduledCheckIn): Decision | null {
  if (checkIn.state === 'snoozed') return null;
  const last = person.lastQuestions.find(({ programmeId }) => programmeId === programme.id);
  if (!last || person.unsent.some(({ id }) => id === last.checkInId)) return null;
  const askedOn = localDay(notAfter(last.at, now), person.timeZone, programme.settings);
  const isServed = Math.abs(daysBetween(askedOn, checkIn.dueOn)) <= APART_DAYS;
  return isServed ? { kind: 'serve', checkInId: checkIn.id, by: last.checkInId } : null;
}

/** One question at most: of the turns not kept apart by an earlier question, the one due first goes first, if need be by waiting for its window while the others wait behind it. */
function takeTurns(turns: readonly Turn[], now: Date): Decision[] {
  const [first] = turns.filter(({ apartUntil }) => apartUntil <= now).sort(dueFirst);
  const firstLeavesAt = first && opening(first, now);
  return turns.flatMap((turn) => {
    if (turn.apartUntil > now) return hold(turn, opening(turn, turn.apartUntil), 'kept_apart');
    if (!first || !firstLeavesAt) return [];
    if (turn === first) return firstLeavesAt <= now ? ask(turn) : hold(turn, firstLeavesAt, 'window');
    const free = firstLeavesAt <= now ? new Date(now.getTime() + APART_DAYS * DAY_MS) : firstLeavesAt;
    return hold(turn, opening(turn, free), 'other_programme_first');
  });
}

function ask({ place, checkIn, older, upcoming }: Turn): Decision[] {
  const lastServed = addDays(place.today, APART_DAYS);
  // By the day it was due, not the day it was put off to: a snooze past this wave folds into it, however far it reaches.
  const isServed = (each: ScheduledCheckIn) => each.dueOn <= lastServed;
  const serves = [...older, ...upcoming.filter(isServed)].map(({ id }) => id);
  return [
    { kind: 'ask', checkInId: checkIn.id, serves },
    ...serves.map((checkInId): Decision => ({ kind: 'serve', checkInId, by: checkIn.id })),
    ...upcoming.filter((each) => !isServed(each)).map((each) => waitForItsDay(place, each)),
  ];
}

function hold(
  { place, checkIn, older, upcoming }: Turn,
  until: Date,
  why: 'window' | 'kept_apart' | 'still_open' | 'other_programme_first',
): Decision[] {
  return [
    { kind: 'wait', checkInId: checkIn.id, until, why },
    ...older.map((each): Decision => ({ kind: 'wait', checkInId: each.id, until, why: 'newer_wave_first' })),
    ...upcoming.map((each) => waitForItsDay(place, each)),
  ];
}

function waitForItsDay({ person, programme, slot }: Place, checkIn: ScheduledCheckIn): Decision {
  const until = firstSlot(askableOn(checkIn), person.timeZone, slot, programme.settings);
  return { kind: 'wait', checkInId: checkIn.id, until, why: 'not_due' };
}

function notAsked(place: Place, checkIn: ScheduledCheckIn): Decision {
  const { person, programme } = place;
  const addedOn = localDay(checkIn.addedAt, person.timeZone, programme.settings);
  const wasPast = checkIn.state === 'planned' && checkIn.dueOn < addedOn;
  const reason = wasPast ? 'imported_late' : isLate(place, checkIn) ? 'too_late' : 'superseded';
  return { kind: 'not_asked', checkInId: checkIn.id, reason };
}

const isLate = ({ today }: Place, checkIn: ScheduledCheckIn) => daysBetween(askableOn(checkIn), today) > LATE_DAYS;

/** By the day it was put off to, if it was: a snooze past the newer wave is near enough too. */
const isNear = (older: ScheduledCheckIn, newest: ScheduledCheckIn, today: string) =>
  daysBetween(askableOn(older), newest.dueOn) <= APART_DAYS || daysBetween(askableOn(older), today) <= APART_DAYS;

const isOpen = ({ person, programme }: Place) => person.open.some(({ programmeId }) => programmeId === programme.id);

/** A snoozed question may come back sooner than thirty days after itself, but not sooner after any other. */
function apartUntil({ person, now }: Place, checkIn: ScheduledCheckIn): Date {
  const others = person.lastQuestions.filter(({ checkInId }) => checkInId !== checkIn.id);
  return new Date(Math.max(0, ...others.map(({ at }) => notAfter(at, now).getTime() + APART_DAYS * DAY_MS)));
}

const opening = ({ place }: Turn, from: Date) =>
  nextOpening(notBefore(from, place.now), place.person.timeZone, place.slot, place.programme.settings);

/** A question in the future was sent before the clock was set back: it counts as sent now. */
const notAfter = (at: Date, now: Date) => (at > now ? now : at);
const notBefore = (at: Date, now: Date) => (at < now ? now : at);
const inADay = (now: Date) => new Date(now.getTime() + DAY_MS);

const newestFirst = (a: ScheduledCheckIn, b: ScheduledCheckIn) =>
  compare(b.dueOn, a.dueOn) || b.waveMonths - a.waveMonths || a.id - b.id;
const dueFirst = (a: Turn, b: Turn) => compare(askableOn(a.checkIn), askableOn(b.checkIn)) || a.checkIn.id - b.checkIn.id;
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
