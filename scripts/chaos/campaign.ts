import { adversaryOf } from './adversary.js';
import { Habits } from './alumni.js';
import { type Breach, Checker } from './checker.js';
import { Copy } from './copies.js';
import { Dice } from './dice.js';
import { type Database, openStage, STARTS_AT, type Stage } from './stage.js';

export type Orders = {
  readonly seed: number;
  readonly database: Database['kind'];
  /** How long the bad weather lasts at most. */
  readonly minutes: number;
  /** Or until so many faults have happened. */
  readonly faults: number;
  /** A fault planted in the bot; `none` for the bot as it is. */
  readonly mutant: string;
  /** In each of four cohorts. */
  readonly people: number;
  readonly waves: readonly number[];
  /** How far time goes at a step, as a share of what suits a long campaign. */
  readonly speed: number;
  /** Whether the first breach ends it. */
  readonly untilBreach: boolean;
  readonly say: (line: string) => void;
};

export type Outcome = {
  readonly faults: number;
  readonly sends: number;
  readonly kills: number;
  readonly questions: number;
  readonly judgedWaves: number;
  readonly days: number;
  readonly seconds: number;
  readonly unsure: number;
  /** Copies that ended by themselves, with what they said last. */
  readonly crashes: readonly string[];
  readonly breaches: readonly Breach[];
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const STEP_MS = 220;
const FAULTY_CALLS = 0.2;
const BLOWS = 0.4;
const LONGEST_STEP_MS = 3_000;
const LAST_DAYS = 16;

const sleep = (ms: number) => new Promise<void>((again) => setTimeout(again, ms));

/** Lets the bot live through years of bad weather, then through some fair days, and judges what came of it. */
export async function campaign(orders: Orders): Promise<Outcome> {
  const dice = new Dice(orders.seed);
  const stage = await openStage({ database: orders.database, people: orders.people, waves: orders.waves, dice });
  const crew = new Copies(stage, orders.mutant, dice);
  try {
    const checker = new Checker(stage.roster, stage.ledger, STARTS_AT);
    const began = performance.now();
    crew.begin();
    await crew.copies[0]?.untilReady();
    const faults = () => stage.ledger.counts.get('fault') ?? 0;
    const isOver = () =>
      performance.now() - began > orders.minutes * MINUTE_MS ||
      faults() >= orders.faults ||
      (orders.untilBreach && checker.breaches.length > 0) ||
      stage.time.now() > Date.now() - 120 * DAY_MS;
    await badWeather({ stage, crew, dice, orders, isOver });
    const isCut = orders.untilBreach && checker.breaches.length > 0;
    if (!isCut) {
      await fairWeather(stage, crew);
      checker.atEnd(stage.time.now());
      for (const side of stage.sides)
        for (const problem of side.problems().slice(0, 5))
          checker.breaches.push({ rule: `${side.platform} would not have taken it`, story: `  ${problem}` });
    }
    return {
      faults: faults(),
      sends: stage.ledger.counts.get('sent') ?? 0,
      kills: crew.kills,
      questions: checker.questions,
      judgedWaves: checker.judgedWaves,
      days: Math.round((stage.time.now() - STARTS_AT) / DAY_MS),
      seconds: Math.round((performance.now() - began) / 1_000),
      unsure: isCut ? 0 : await unsure(stage, crew),
      crashes: crew.crashes,
      breaches: checker.breaches,
    };
  } finally {
    await crew.endAll('SIGKILL');
    await stage.close();
  }
}

/** The copies that run, begun anew when they end, as whatever runs a service does. */
class Copies {
  copies: Copy[] = [];
  kills = 0;
  readonly crashes: string[] = [];
  private calmUntil = 0;
  private isKept = true;

  constructor(
    private readonly stage: Stage,
    private readonly mutant: string,
    private readonly dice: Dice,
  ) {}

  begin(): void {
    const copy = new Copy(this.stage.environment, this.stage.folder, this.mutant);
    this.copies.push(copy);
    copy.turn(this.stage.time.offsetMs);
    void copy.ended.then((how) => {
      this.copies = this.copies.filter((each) => each !== copy);
      if (how === 'SIGKILL') this.kills += 1;
      else if (!copy.isDoomed || (how !== 0 && how !== 'SIGTERM')) this.crashes.push(`${how}: ${copy.said.slice(-400)}`);
      // One that was told to end while others run may have been one too many.
      const isWanted = how !== 0 || this.copies.length === 0 || this.dice.happens(0.5);
      if (this.isKept && isWanted) setTimeout(() => this.isKept && this.begin(), 100);
    });
  }

  calm(ms: number): void {
    this.calmUntil = Math.max(this.calmUntil, performance.now() + ms);
  }

  /** Whether days may pass: nobody is deaf just now, nor busy trying again. */
  get isAwake(): boolean {
    return performance.now() > this.calmUntil && this.copies.some((each) => each.isReady && !each.isDoomed);
  }

  turn(): void {
    for (const each of this.copies) each.turn(this.stage.time.offsetMs);
  }

  /** At least so long, and on a busy machine until whoever is ready has come to look twice. */
  async ticked(ms: number): Promise<void> {
    const before = new Map(this.copies.map((each) => [each, each.ticks]));
    const until = performance.now() + LONGEST_STEP_MS;
    await sleep(ms);
    const isBusy = ([copy, ticks]: readonly [Copy, number]) =>
      copy.isReady && !copy.isDoomed && !copy.isOver && copy.ticks < ticks + 2;
    while ([...before].some(isBusy) && performance.now() < until) await sleep(10);
  }

  async endAll(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.isKept = false;
    const all = [...this.copies];
    for (const each of all) each.end(signal);
    await Promise.all(all.map((each) => each.ended));
  }
}

type Weather = {
  readonly stage: Stage;
  readonly crew: Copies;
  readonly dice: Dice;
  readonly orders: Orders;
  readonly isOver: () => boolean;
};

async function badWeather({ stage, crew, dice, orders, isOver }: Weather): Promise<void> {
  const habits = new Habits(dice);
  const strike = adversaryOf(stage, crew, dice);
  for (const side of stage.sides) side.fail(FAULTY_CALLS);
  let toldAt = performance.now();
  while (!isOver()) {
    const passed = crew.isAwake ? stepMs(dice) * orders.speed : dice.between(0, 20_000);
    pass(stage, crew, passed);
    for (const each of stage.roster.alumni) if (dice.happens(passed / DAY_MS)) habits.act(each);
    if (dice.happens(BLOWS)) strike();
    if (dice.happens(0.5)) for (const side of stage.sides) side.settle();
    await crew.ticked(dice.between(STEP_MS * 0.5, STEP_MS * 1.5));
    if (performance.now() - toldAt > 20_000) {
      toldAt = performance.now();
      orders.say(standing(stage, crew));
    }
  }
}

function stepMs(dice: Dice): number {
  const kind = dice.next();
  if (kind < 0.4) return dice.between(5 * MINUTE_MS, 90 * MINUTE_MS);
  return kind < 0.8 ? dice.between(3 * HOUR_MS, 12 * HOUR_MS) : dice.between(DAY_MS, 2 * DAY_MS);
}

function pass({ time }: Stage, crew: Copies, ms: number): void {
  time.offsetMs += Math.round(ms);
  crew.turn();
}

const standing = ({ time, ledger }: Stage, crew: Copies) =>
  `${new Date(time.now()).toISOString().slice(0, 10)}: ${ledger.counts.get('fault')} faults, ${ledger.counts.get('sent')} sends, ${crew.copies.filter((each) => each.isReady).length} of ${crew.copies.length} copies ready, ${crew.kills} kills`;

/** Nothing goes wrong any more: whatever was held up comes, and the days go by in which it must. */
async function fairWeather(stage: Stage, crew: Copies): Promise<void> {
  for (const side of stage.sides) side.fail(0);
  for (const each of crew.copies) each.deviationMs = 0;
  crew.turn();
  if (crew.copies.length === 0) crew.begin();
  // Whoever held the gateway may be dead, and its lease has to run out; what nobody heard is then read from the histories.
  for (let wait = 0; wait < 40; wait += 1) {
    for (const side of stage.sides) side.settle();
    pass(stage, crew, 30_000);
    await crew.ticked(300);
  }
  const end = stage.time.now() + LAST_DAYS * DAY_MS;
  while (stage.time.now() < end) {
    pass(stage, crew, crew.isAwake ? 6 * HOUR_MS : 1_000);
    await crew.ticked(120);
  }
  await sleep(2_000);
}

/** Check-ins of which the bot itself cannot say whether they arrived. */
async function unsure(stage: Stage, crew: Copies): Promise<number> {
  await crew.endAll('SIGTERM');
  const said = await stage.cli('checkins', '--json');
  const rows = JSON.parse(said) as readonly { readonly state: string }[];
  return rows.filter((each) => each.state === 'unsure').length;
}
