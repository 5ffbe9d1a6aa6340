import type { CheckInId, CohortId, PersonId, ProgrammeId } from '../../src/domain/ids.js';
import { decideOpen } from '../../src/domain/reminders.js';
import { decideQuestions } from '../../src/domain/schedule.js';
import { planChanges, snoozeUntil } from '../../src/domain/schedule-changes.js';
import type { Decision, LastQuestion, NotAskedReason, PersonSchedule } from '../../src/domain/schedule-person.js';
import { DAY_MS, type Settings } from '../../src/domain/settings.js';
import type { Event, Scenario } from './schedule-scenario.js';

const HOUR_MS = 3_600_000;

type State = 'planned' | 'snoozed' | 'delivered' | 'answered' | 'lapsed' | 'served' | 'not_asked' | 'stopped';
export type SimulatedCheckIn = {
  id: CheckInId;
  programmeId: ProgrammeId;
  cohortId: CohortId;
  alumnusId: number;
  waveMonths: number;
  dueOn: string;
  state: State;
  notBefore: string | null;
  addedAt: Date;
  servedBy: CheckInId | null;
  reason: NotAskedReason | null;
  asks: number;
};
/** As it was at that moment. */
export type Seen = Readonly<SimulatedCheckIn> & { readonly isHeld: boolean };
export type Sent = {
  readonly kind: 'question' | 'reminder';
  readonly checkIn: Seen;
  readonly serves: readonly Seen[];
  readonly all: readonly Seen[];
  readonly at: Date;
  readonly nth: number;
  readonly settings: Settings;
  readonly openBefore: number;
  readonly deliveredAt: Date;
};
type Open = {
  checkIn: SimulatedCheckIn;
  deliveredAt: Date;
  lastMessageAt: Date;
  remindersSent: number;
  reactsAt: number;
  reaction: 'answer' | 'none' | string;
};

/** One person and the bot over years: an array of check-ins, a clock that is turned, no database. */
export class Simulation {
  readonly checkIns: SimulatedCheckIn[] = [];
  readonly sent: Sent[] = [];
  /** Check-ins as they were when a decision closed them. */
  readonly closed: { readonly checkIn: Seen; readonly at: Date; readonly all: readonly Seen[] }[] = [];
  readonly faults: string[] = [];
  readonly programmes: { settings: Settings; pausedUntil: number; stopped: boolean; archived: boolean }[];
  private readonly cohorts: { programme: number; endedOn: string; addedOnDay: number; pausedUntil: number; isAdded: boolean }[];
  private readonly last = new Map<ProgrammeId, LastQuestion>();
  open: Open[] = [];
  private clockOffsetMs = 0;
  private darkUntil = 0;
  private dice: number;

  constructor(readonly scenario: Scenario) {
    this.programmes = scenario.programmes.map((settings) => ({ settings, pausedUntil: 0, stopped: false, archived: false }));
    this.cohorts = scenario.cohorts.map((cohort) => ({ ...cohort, pausedUntil: 0, isAdded: false }));
    this.dice = scenario.chance;
  }

  run(): this {
    const start = Date.parse(this.scenario.startsOn);
    const pending = [...this.scenario.events].sort((a, b) => a.onDay - b.onDay);
    let t = start;
    while (t < start + this.scenario.days * DAY_MS) {
      for (const cohort of this.cohorts) if (!cohort.isAdded && start + cohort.addedOnDay * DAY_MS <= t) this.add(cohort, t);
      while (pending[0] && start + pending[0].onDay * DAY_MS <= t) this.happen(pending.shift() as Event, t);
      if (t < this.darkUntil) {
        t = this.darkUntil;
        continue;
      }
      const next = this.look(t);
      if (next <= t) this.faults.push(`at ${new Date(t).toISOString()} told to look again at ${new Date(next).toISOString()}`);
      const nextEvent = pending[0] ? start + pending[0].onDay * DAY_MS : Number.POSITIVE_INFINITY;
      const nextJoin = Math.min(
        ...this.cohorts.filter(({ isAdded }) => !isAdded).map(({ addedOnDay }) => start + addedOnDay * DAY_MS),
      );
      t = Math.max(t + 1_000, Math.min(next + this.random() * 90_000, nextEvent, nextJoin, t + this.random() * 20 * DAY_MS));
    }
    return this;
  }

  private random(): number {
    this.dice = (Math.imul(this.dice, 1664525) + 1013904223) >>> 0;
    return this.dice / 2 ** 32;
  }

  private add(cohort: (typeof this.cohorts)[number], t: number): void {
    cohort.isAdded = true;
    this.replan(this.cohorts.indexOf(cohort), t);
  }

  private replan(index: number, t: number): void {
    const cohort = this.cohorts[index];
    const programme = cohort && this.programmes[cohort.programme];
    if (!programme?.settings || !cohort?.isAdded || programme.stopped || programme.archived) return;
    const own = this.checkIns.filter(({ cohortId }) => cohortId === index);
    const isUnsent = (each: SimulatedCheckIn) => (each.state === 'planned' || each.state === 'not_asked') && each.asks === 0;
    const unsent = own.filter(isUnsent).map((each) => ({ ...each, state: each.state as 'planned' | 'not_asked' }));
    const settled = own.filter((each) => !isUnsent(each)).map(({ waveMonths }) => waveMonths);
    for (const change of planChanges({ endedOn: cohort.endedOn, waves: programme.settings.waves }, [
      { alumnusId: index, settled, unsent },
    ])) {
      const there = change.kind === 'added' ? undefined : own.find(({ id }) => id === change.checkInId);
      if (change.kind === 'removed') this.checkIns.splice(this.checkIns.indexOf(there as SimulatedCheckIn), 1);
      else if (there) Object.assign(there, { dueOn: change.to, state: 'planned', reason: null });
      else this.checkIns.push(this.fresh(index, change.waveMonths, change.to as string, t));
    }
  }

  private nextId = 1;
  private fresh(cohort: number, waveMonths: number, dueOn: string, t: number): SimulatedCheckIn {
    return {
      id: this.nextId++ as CheckInId,
      programmeId: (this.cohorts[cohort]?.programme ?? 0) as ProgrammeId,
      cohortId: cohort as CohortId,
      alumnusId: cohort,
      waveMonths,
      dueOn,
      state: 'planned',
      notBefore: null,
      addedAt: new Date(t),
      servedBy: null,
      reason: null,
      asks: 0,
    };
  }

  private happen(event: Event, t: number): void {
    if (event.kind === 'outage') this.darkUntil = t + event.days * DAY_MS;
    else if (event.kind === 'clock') this.clockOffsetMs = event.hours * HOUR_MS;
    else if (event.kind === 'end') {
      const cohort = this.cohorts[event.cohort];
      if (cohort) cohort.endedOn = event.endedOn;
      this.replan(event.cohort, t);
    } else if (event.kind === 'pause_cohort') {
      const cohort = this.cohorts[event.which];
      if (cohort) cohort.pausedUntil = t + event.days * DAY_MS;
    } else this.happenToProgramme(event, t);
  }

  private happenToProgramme(event: Event & { kind: 'settings' | 'pause_programme' | 'stop' | 'archive' }, t: number): void {
    const index = event.kind === 'pause_programme' ? event.which : event.programme;
    const programme = this.programmes[index];
    if (!programme) return;
    if (event.kind === 'pause_programme') programme.pausedUntil = t + event.days * DAY_MS;
    if (event.kind === 'stop') programme.stopped = true;
    if (event.kind === 'archive') programme.archived = true;
    if (event.kind === 'stop')
      this.open = this.open.filter(({ checkIn }) => checkIn.programmeId !== index || !this.close(checkIn, 'stopped'));
    if (event.kind !== 'settings') return;
    programme.settings = event.settings;
    this.cohorts.forEach((cohort, i) => {
      if (cohort.programme === index) this.replan(i, t);
    });
  }

  private close(checkIn: SimulatedCheckIn, state: State): true {
    checkIn.state = state;
    return true;
  }

  /** Looks once; the true instant at which to look again. */
  private look(t: number): number {
    const now = new Date(t + this.clockOffsetMs);
    this.react(t, now);
    const untils = [...this.open].map((open) => this.lookAtOpen(open, t, now));
    const person = this.person(t);
    const decisions = decideQuestions(person, now);
    this.checkCoverage(person, decisions);
    for (const decision of decisions) untils.push(this.apply(decision, t, now));
    return Math.min(
      ...untils.map((until) => until - this.clockOffsetMs),
      t + 400 * DAY_MS,
      ...this.open.map(({ reactsAt }) => Math.max(reactsAt, t + 1)),
    );
  }

  private react(t: number, now: Date): void {
    for (const open of this.open.filter(({ reactsAt }) => reactsAt <= t)) {
      open.reactsAt = Number.POSITIVE_INFINITY;
      if (open.reaction === 'none') continue;
      this.open.splice(this.open.indexOf(open), 1);
      open.checkIn.state = open.reaction === 'answer' ? 'answered' : 'snoozed';
      if (open.reaction !== 'answer') open.checkIn.notBefore = snoozeUntil(open.reaction, now.toISOString().slice(0, 10));
    }
  }

  private lookAtOpen(open: Open, t: number, now: Date): number {
    const programme = this.programmes[open.checkIn.programmeId];
    if (!programme) throw new Error('no such programme');
    const isPaused = this.seen(open.checkIn, t).isHeld;
    const asked = { ...open, hasUnsettledReply: false, isPaused, slotSeed: `person ${this.scenario.chance}` };
    const decided = decideOpen(asked, this.scenario.timeZone, programme.settings, now);
    if (decided.kind === 'wait') return decided.until.getTime();
    if (decided.kind === 'lapse') {
      this.close(open.checkIn, 'lapsed');
      this.open.splice(this.open.indexOf(open), 1);
      return now.getTime() + 1;
    }
    open.remindersSent = decided.nth;
    open.lastMessageAt = now;
    this.record('reminder', open.checkIn, [], { t, now, nth: decided.nth, deliveredAt: open.deliveredAt });
    return now.getTime() + 1;
  }

  private person(t: number): PersonSchedule {
    const unsent = this.checkIns.filter(({ state }) => state === 'planned' || state === 'snoozed');
    return {
      personId: 1 as PersonId,
      slotSeed: `person ${this.scenario.chance}`,
      timeZone: this.scenario.timeZone,
      unsent: unsent.map((each) => ({ ...each, state: each.state as 'planned' | 'snoozed' })),
      lastQuestions: [...this.last.values()],
      open: this.open.map(({ checkIn }) => ({ programmeId: checkIn.programmeId, checkInId: checkIn.id })),
      programmes: this.programmes.map(({ settings, pausedUntil, stopped, archived }, i) => ({
        id: i as ProgrammeId,
        settings,
        paused: t < pausedUntil,
        stopped,
        archived,
        pausedCohorts: this.cohorts.flatMap((cohort, c) => (t < cohort.pausedUntil ? [c as CohortId] : [])),
        archivedCohorts: [],
      })),
    };
  }

  private checkCoverage(person: PersonSchedule, decisions: readonly Decision[]): void {
    const decided = decisions.map(({ checkInId }) => checkInId).sort((a, b) => a - b);
    const unsent = person.unsent.map(({ id }) => id).sort((a, b) => a - b);
    if (decided.join() !== unsent.join()) this.faults.push(`decided on ${decided} where ${unsent} were unsent`);
    if (decisions.filter(({ kind }) => kind === 'ask').length > 1) this.faults.push('asked two questions at once');
  }

  private apply(decision: Decision, t: number, now: Date): number {
    if (decision.kind === 'wait') return decision.until.getTime();
    const checkIn = this.checkIns.find(({ id }) => id === decision.checkInId);
    if (!checkIn) throw new Error('a decision on nothing');
    if (decision.kind === 'ask') this.ask(checkIn, decision.serves, t, now);
    else {
      if (decision.kind === 'serve') checkIn.servedBy = decision.by;
      if (decision.kind === 'not_asked') checkIn.reason = decision.reason;
      this.closed.push({ checkIn: this.seen(checkIn, t), at: now, all: this.checkIns.map((each) => this.seen(each, t)) });
      this.close(checkIn, decision.kind === 'serve' ? 'served' : decision.kind);
    }
    return now.getTime() + 1;
  }

  private ask(checkIn: SimulatedCheckIn, serves: readonly CheckInId[], t: number, now: Date): void {
    const deliveredAt = new Date(now.getTime() + Math.floor(this.random() * 60_000));
    this.record('question', checkIn, serves, { t, now, nth: 0, deliveredAt });
    checkIn.asks += 1;
    this.close(checkIn, 'delivered');
    this.last.set(checkIn.programmeId, { programmeId: checkIn.programmeId, checkInId: checkIn.id, at: deliveredAt });
    const roll = this.random();
    const farDay = new Date(t + Math.floor(this.random() * 300) * DAY_MS).toISOString().slice(0, 10);
    const reaction = roll < 0.35 ? 'answer' : roll < 0.6 ? 'none' : roll < 0.75 ? 'two_weeks' : roll < 0.9 ? 'month' : farDay;
    const reactsAt = t + 120_000 + this.random() ** 3 * 26 * DAY_MS;
    this.open.push({ checkIn, deliveredAt, lastMessageAt: deliveredAt, remindersSent: 0, reactsAt, reaction });
  }

  private seen(checkIn: SimulatedCheckIn, t: number): Seen {
    const programme = this.programmes[checkIn.programmeId];
    const cohort = this.cohorts[checkIn.cohortId];
    if (!programme || !cohort) throw new Error('no such programme or cohort');
    return { ...checkIn, isHeld: programme.stopped || programme.archived || t < programme.pausedUntil || t < cohort.pausedUntil };
  }

  private record(
    kind: Sent['kind'],
    checkIn: SimulatedCheckIn,
    serves: readonly CheckInId[],
    { t, now, nth, deliveredAt }: { t: number; now: Date; nth: number; deliveredAt: Date },
  ): void {
    const settings = this.programmes[checkIn.programmeId]?.settings;
    if (!settings) throw new Error('no such programme');
    const all = this.checkIns.map((each) => this.seen(each, t));
    const served = all.filter(({ id }) => serves.includes(id));
    const openBefore = this.open.filter((open) => open.checkIn.programmeId === checkIn.programmeId).length;
    this.sent.push({
      kind,
      checkIn: this.seen(checkIn, t),
      serves: served,
      all,
      at: now,
      nth,
      settings,
      openBefore,
      deliveredAt,
    });
  }
}
