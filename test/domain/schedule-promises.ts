import { DAY_MS } from '../../src/domain/settings.js';
import type { Seen, Sent, Simulation } from './schedule-simulator.js';

/** Every promise that was broken, in words. Clock and calendar are Intl's and this file's own: a mistake in the code under test must not excuse itself. */
export function broken(life: Simulation): string[] {
  const questions = life.sent.filter(({ kind }) => kind === 'question');
  return [
    ...life.sent.flatMap((each) => outOfBounds(each, life)),
    ...tooClose(questions),
    ...questions.flatMap((each) => [...wronglyAsked(each, life), ...wronglyReminded(each, life)]),
    ...life.closed.flatMap((each) => wronglyClosed(each, life)),
    ...lost(life),
  ];
}

function outOfBounds({ at, kind, checkIn, settings, deliveredAt }: Sent, { scenario }: Simulation): string[] {
  const { minute, weekday } = shown(at, zoneOf(scenario.timeZone, settings.timeZone));
  const isInside =
    minute >= settings.window.fromMinute && minute < settings.window.toMinute && settings.sendDays.includes(weekday);
  return [
    isInside ? '' : `a ${kind} outside the window at ${at.toISOString()}`,
    checkIn.isHeld ? `a ${kind} of a paused, stopped or archived programme or cohort at ${at.toISOString()}` : '',
    kind === 'reminder' && at.getTime() >= deliveredAt.getTime() + settings.lapseMs
      ? `a reminder after the lapse at ${at.toISOString()}`
      : '',
  ].filter(Boolean);
}

function tooClose(questions: readonly Sent[]): string[] {
  return questions.flatMap((later, i) =>
    questions
      .slice(0, i)
      .filter(({ checkIn }) => checkIn.id !== later.checkIn.id)
      .filter(({ deliveredAt }) => later.at.getTime() - deliveredAt.getTime() < 30 * DAY_MS)
      .map(
        (earlier) =>
          `${later.checkIn.id} at ${later.at.toISOString()} follows ${earlier.checkIn.id} at ${earlier.at.toISOString()}`,
      ),
  );
}

function wronglyAsked(question: Sent, life: Simulation): string[] {
  const { checkIn, at, all, serves, openBefore } = question;
  const today = dayOf(question, life);
  const before = life.sent.filter((each) => each.kind === 'question' && each.checkIn.id === checkIn.id && each.at < at);
  const late = days(askable(checkIn), today);
  const newer = all.filter(
    (each) =>
      isWaiting(each) &&
      each.programmeId === checkIn.programmeId &&
      !each.isHeld &&
      each.dueOn > checkIn.dueOn &&
      isTimely(each, today),
  );
  const soon = all
    .filter((each) => isWaiting(each) && each.id !== checkIn.id && each.programmeId === checkIn.programmeId && !each.isHeld)
    .filter((each) => each.state === 'planned' && Math.abs(days(today, each.dueOn)) <= 30);
  const told = `${checkIn.id} at ${at.toISOString()}`;
  return [
    openBefore > 0 ? `${told} while another question of its programme is open` : '',
    before.length > 0 && checkIn.state !== 'snoozed' ? `${told} was asked before, without a snooze` : '',
    late < 0 ? `${told} is asked before its day ${askable(checkIn)}` : '',
    late > 60 ? `${told} is asked ${late} days late` : '',
    newer.length > 0 ? `${told} is asked although ${newer[0]?.id} is newer` : '',
    ...soon.filter(({ id }) => !serves.some((each) => each.id === id)).map(({ id }) => `${told} does not serve ${id}`),
    ...serves
      .filter(({ programmeId }) => programmeId !== checkIn.programmeId)
      .map(({ id }) => `${told} serves ${id} of another programme`),
  ].filter(Boolean);
}

function wronglyReminded({ checkIn, at, deliveredAt, settings }: Sent, { sent }: Simulation): string[] {
  const own = sent.filter(
    (each) => each.kind === 'reminder' && each.checkIn.id === checkIn.id && each.deliveredAt === deliveredAt,
  );
  const told = `${checkIn.id} at ${at.toISOString()}`;
  return [
    own.length > 2 ? `${told} is reminded ${own.length} times` : '',
    ...own.map((reminder, i) => {
      // The setting may have changed since the question left.
      const afterMs = reminder.settings.reminderAfterMs;
      const spacing = Math.min(...afterMs.map((each, n) => each - (afterMs[n - 1] ?? 0)));
      const previous = own[i - 1]?.at ?? deliveredAt;
      if (reminder.at.getTime() - previous.getTime() < spacing)
        return `${told} is reminded too soon, at ${reminder.at.toISOString()}`;
      if (reminder.at.getTime() - deliveredAt.getTime() < (afterMs[reminder.nth - 1] ?? Number.POSITIVE_INFINITY))
        return `${told} has reminder ${reminder.nth} before its time`;
      const before = own[i - 1];
      const nominal = deliveredAt.getTime() + (afterMs[reminder.nth - 1] ?? 0);
      if (before && before.settings === reminder.settings && nominal <= before.at.getTime())
        return `${told} has reminder ${reminder.nth}, which an earlier one made up for`;
      if (reminder.nth <= (own[i - 1]?.nth ?? 0)) return `${told} has reminder ${reminder.nth} twice`;
      return '';
    }),
    settings.reminderAfterMs.length > 2 ? 'the scenario allows too many reminders' : '',
  ].filter(Boolean);
}

function wronglyClosed({ checkIn, at, all }: Simulation['closed'][number], life: Simulation): string[] {
  const told = `${checkIn.id} (due ${checkIn.dueOn}) closed at ${at.toISOString()}`;
  if (checkIn.servedBy !== null) return wronglyServed(checkIn, at, life).map((why) => `${told}: ${why}`);
  const settings = life.programmes[checkIn.programmeId]?.settings;
  const zone = zoneOf(life.scenario.timeZone, settings?.timeZone ?? 'UTC');
  const today = shown(at, zone).day;
  const isLate = days(askable(checkIn), today) > 60;
  const newer = all.filter(
    (each) =>
      each.programmeId === checkIn.programmeId &&
      isWaiting(each) &&
      isTimely(each, today) &&
      days(askable(checkIn), each.dueOn) > 30,
  );
  const isTrue = {
    imported_late:
      checkIn.dueOn < shown(checkIn.addedAt, zone).day && checkIn.state === 'planned' && (isLate || newer.length > 0),
    too_late: isLate,
    superseded: newer.length > 0,
    archived: life.programmes[checkIn.programmeId]?.archived === true,
  };
  if (checkIn.reason !== null) return isTrue[checkIn.reason] ? [] : [`${told} as ${checkIn.reason}, which it is not`];
  return life.programmes[checkIn.programmeId]?.stopped ? [] : [`${told} without a reason`];
}

function wronglyServed(checkIn: Seen, at: Date, life: Simulation): string[] {
  const by = life.sent.findLast((each) => each.kind === 'question' && each.checkIn.id === checkIn.servedBy && each.at <= at);
  if (!by) return [`served by ${checkIn.servedBy}, which was not asked`];
  if (by.checkIn.programmeId !== checkIn.programmeId) return ['served by another programme'];
  const asked = dayOf(by, life);
  const isNear = Math.abs(days(asked, checkIn.dueOn)) <= 30 || Math.abs(days(by.checkIn.dueOn, checkIn.dueOn)) <= 30;
  const isPutOffPast =
    checkIn.state === 'snoozed' &&
    checkIn.dueOn <= asked &&
    (days(askable(checkIn), asked) <= 30 || days(askable(checkIn), by.checkIn.dueOn) <= 30);
  return isNear || isPutOffPast ? [] : [`served by ${by.checkIn.id} of ${by.at.toISOString()}, which is too far`];
}

/** At the end everything that fell due long enough ago is asked, served, or has a reason. */
function lost({ checkIns, open, scenario }: Simulation): string[] {
  const end = new Date(Date.parse(scenario.startsOn) + scenario.days * DAY_MS);
  const settledBy = new Date(end.getTime() - 100 * DAY_MS).toISOString().slice(0, 10);
  return [
    ...checkIns
      .filter((each) => isWaiting(each) && askable(each) <= settledBy)
      .map(({ id, dueOn }) => `${id}, due ${dueOn}, was forgotten`),
    ...open
      .filter(({ deliveredAt }) => end.getTime() - deliveredAt.getTime() > 60 * DAY_MS)
      .map(({ checkIn }) => `${checkIn.id} never lapsed`),
  ];
}

const isWaiting = ({ state }: Pick<Seen, 'state'>) => state === 'planned' || state === 'snoozed';
const askable = ({ dueOn, notBefore }: Pick<Seen, 'dueOn' | 'notBefore'>) =>
  notBefore !== null && notBefore > dueOn ? notBefore : dueOn;
const isTimely = (each: Seen, today: string) => days(askable(each), today) >= 0 && days(askable(each), today) <= 60;
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS;
const dayOf = ({ at, settings }: Sent, { scenario }: Simulation) => shown(at, zoneOf(scenario.timeZone, settings.timeZone)).day;

const clocks = new Map<string, Intl.DateTimeFormat>();
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const zoneOf = (zone: string | null, fallback: string) => (zone === null || zone === 'Mars/Phobos' ? fallback : zone);

/** What calendar and clock show there. */
export function shown(at: Date, timeZone: string): { day: string; minute: number; weekday: number } {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  clocks.set(timeZone, clock);
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: `${part.year}-${part.month}-${part.day}`,
    minute: Number(part.hour) * 60 + Number(part.minute),
    weekday: WEEKDAYS.indexOf(part.weekday ?? '') + 1,
  };
}
