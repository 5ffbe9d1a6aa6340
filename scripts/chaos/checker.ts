import { type Asked, askedIn, isFarewell, isReminder, isThanks, placesIn } from './checker-words.js';
import { digestsOf } from './digest-checks.js';
import type { Entry, Ledger } from './ledger.js';
import { namesOn } from './name-checks.js';
import type { Alumnus, Roster } from './roster.js';

export type Breach = { readonly rule: string; readonly story: string };

/** A request that was on its way when a stop or an answer was stored may still arrive; a second time-out's worth is no accident any more. */
const ON_ITS_WAY_MS = 2_500;

const DAY_MS = 86_400_000;

/** What is known of somebody from outside. */
type Known = {
  readonly asked: Map<number, number>;
  /** How often they were asked again, and how often that may have been by their own wish. */
  again: number;
  wishes: number;
  reminders: number;
  wantsOut: boolean;
  outSince: number | null;
  answeredSince: number | null;
  carriedForward: number;
  readonly messages: Set<string>;
  /** What they wrote about, and the cards on which that stood. */
  readonly places: Map<
    string,
    { readonly at: number; readonly id: string; readonly carried: number; readonly cards: Set<string> }
  >;
  /** When they were silent by choice: no wave that fell due then is missed. */
  readonly out: { from: number; to: number }[];
  readonly wroteAt: number[];
};

const nobody = (): Known => ({
  asked: new Map(),
  again: 0,
  wishes: 0,
  reminders: 0,
  wantsOut: false,
  outSince: null,
  answeredSince: null,
  carriedForward: 0,
  messages: new Set(),
  places: new Map(),
  out: [],
  wroteAt: [],
});

/** Judges the bot by the roster and by what people and platforms saw. It knows nothing of how the bot decides. */
export class Checker {
  readonly breaches: Breach[] = [];
  private readonly known = new Map<string, Known>();
  private readonly alumni: ReadonlyMap<string, Alumnus>;
  private readonly rules: readonly ((entry: Entry) => string | null)[];
  private readonly digests;
  judgedWaves = 0;
  questions = 0;

  constructor(
    private readonly roster: Roster,
    private readonly ledger: Ledger,
    private readonly startsAt: number,
  ) {
    this.alumni = new Map(roster.alumni.map((each) => [each.account.id, each]));
    this.digests = digestsOf(roster);
    this.rules = [this.digests.see, namesOn(roster), (entry) => this.person(entry)];
    ledger.listen((entry) => this.see(entry));
  }

  private see(entry: Entry): void {
    for (const rule of this.rules) {
      const wrong = rule(entry);
      if (wrong !== null) this.breach(wrong, entry.who);
    }
  }

  private breach(rule: string, who: string): void {
    this.breaches.push({ rule, story: this.ledger.story(who) });
  }

  private of(who: string): Known {
    const known = this.known.get(who) ?? nobody();
    this.known.set(who, known);
    return known;
  }

  private person(entry: Entry): string | null {
    if (!this.alumni.has(entry.who)) return null;
    const known = this.of(entry.who);
    switch (entry.what) {
      case 'wrote':
        return this.wrote(known, entry);
      case 'pressed':
        return pressed(known, entry);
      case 'stored':
        return stored(known, entry);
      case 'sent':
        return known.messages.has(entry.id ?? '') ? null : this.sent(known, entry);
      case 'edited':
      case 'shown':
        if (entry.words && isFarewell(entry.words)) isOut(known, entry);
        if (entry.words && isThanks(entry.words)) known.answeredSince ??= entry.real;
        return isCard(entry) ? card(known, entry) : null;
      default:
        return null;
    }
  }

  private wrote(known: Known, { words = '', id = '', at }: Entry): null {
    known.wroteAt.push(at);
    if (words === 'stop') known.wantsOut = true;
    for (const place of placesIn(words)) known.places.set(place, { at, id, carried: known.carriedForward, cards: new Set() });
    return null;
  }

  private sent(known: Known, entry: Entry): string | null {
    const { words = '', controls = [], id = '' } = entry;
    known.messages.add(id);
    if (isFarewell(words)) isOut(known, entry);
    if (isCard(entry)) return card(known, entry);
    const asked = askedIn(words, controls);
    if (asked === null && !isReminder(words)) return null;
    const tooLate = known.outSince !== null && entry.real - known.outSince > ON_ITS_WAY_MS;
    if (tooLate) return 'somebody who had stopped was written to';
    return asked ? this.question(known, asked) : reminder(known, entry);
  }

  private question(known: Known, asked: Asked): string | null {
    this.questions += 1;
    known.answeredSince = null;
    known.reminders = 0;
    if (asked.kind === 'again') {
      known.again += 1;
      return known.again > known.wishes ? 'somebody was asked again who had not wished for it' : null;
    }
    const times = (known.asked.get(asked.months) ?? 0) + 1;
    known.asked.set(asked.months, times);
    return times > 1 ? `somebody was asked ${times} times at ${asked.months} months` : null;
  }

  /** Once the weather has been fair for a while: whatever had to be done is done. */
  atEnd(now: number): void {
    for (const alumnus of this.roster.alumni) {
      const known = this.of(alumnus.account.id);
      for (const wrong of [...this.notAsked(alumnus, known, now), ...unanswered(known)]) this.breach(wrong, alumnus.account.id);
    }
    for (const { who, wrong } of this.digests.missing(this.cards(), now)) this.breach(wrong, who);
  }

  private notAsked({ endedOn }: Alumnus, known: Known, now: number): readonly string[] {
    return this.roster.waves.flatMap((months) => {
      const due = dueOn(endedOn, months);
      if (due < this.startsAt || due > now - 12 * DAY_MS) return [];
      const isNear = (at: number) => at > due - 35 * DAY_MS && at < due + 5 * DAY_MS;
      const isExcused =
        known.wroteAt.some(isNear) || known.out.some(({ from, to }) => due > from - 40 * DAY_MS && due < to + 40 * DAY_MS);
      if (isExcused) return [];
      this.judgedWaves += 1;
      return known.asked.has(months)
        ? []
        : [`somebody was not asked at ${months} months, due on ${new Date(due).toISOString().slice(0, 10)}`];
    });
  }

  /** When each answer was known to be taken in, by programme. */
  private cards(): readonly { readonly programme: string; readonly at: number }[] {
    const first = new Map<string, { programme: string; at: number }>();
    for (const { what, who, at, words = '', controls = [] } of this.ledger.entries) {
      const alumnus = this.alumni.get(who);
      if ((what !== 'sent' && what !== 'edited') || !alumnus || !controls.some((each) => each.startsWith('aw:right:'))) continue;
      for (const place of placesIn(words)) if (!first.has(place)) first.set(place, { programme: alumnus.programme, at });
    }
    return [...first.values()];
  }
}

const isCard = ({ controls = [] }: Entry) => controls.some((each) => /^aw:(right|track|change):/.test(each));

/** Whoever presses "later" may be asked again; whoever resumes, too. */
function pressed(known: Known, { words = '', at }: Entry): null {
  const [verb] = words.split(' ');
  if (verb === 'later') known.wishes += 1;
  if (verb === 'no_change') known.carriedForward += 1;
  if (verb === 'stop') {
    known.wantsOut = true;
    known.out.push({ from: at, to: Number.POSITIVE_INFINITY });
  }
  if (verb === 'resume') {
    known.wantsOut = false;
    known.outSince = null;
    known.wishes += 1;
    for (const span of known.out) span.to = Math.min(span.to, at);
  }
  return null;
}

function stored(known: Known, { id, real, at }: Entry): null {
  const place = [...known.places.values()].find((each) => each.id === id);
  if (place) known.answeredSince ??= real;
  else if (known.wantsOut) isOut(known, { real, at });
  return null;
}

function isOut(known: Known, { real, at }: Pick<Entry, 'real' | 'at'>): void {
  if (!known.wantsOut) return;
  known.outSince ??= real;
  known.out.push({ from: at, to: Number.POSITIVE_INFINITY });
}

function reminder(known: Known, { real }: Entry): string | null {
  known.reminders += 1;
  if (known.answeredSince !== null && real - known.answeredSince > ON_ITS_WAY_MS) return 'somebody who had answered was reminded';
  return known.reminders > 2 + known.wishes * 2 ? `somebody was reminded ${known.reminders} times` : null;
}

function card(known: Known, { words = '', id = '', real }: Entry): string | null {
  for (const name of placesIn(words)) {
    const place = known.places.get(name);
    if (!place) return `a card tells of ${name}, of which they never wrote`;
    known.answeredSince ??= real;
    place.cards.add(id);
    if (place.cards.size > 1 + known.carriedForward - place.carried) return `a message was answered ${place.cards.size} times`;
  }
  return null;
}

const unanswered = (known: Known): readonly string[] =>
  [...known.places].flatMap(([name, { cards, at }]) =>
    cards.size > 0 ? [] : [`a message of ${new Date(at).toISOString()} was never answered (${name})`],
  );

/** Months after a day, at its last day where the month is shorter. */
function dueOn(endedOn: string, months: number): number {
  const [year = 0, month = 1, day = 1] = endedOn.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(day, last));
}
