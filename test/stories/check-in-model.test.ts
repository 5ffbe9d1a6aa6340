import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SendFailure } from '../../src/domain/send-failure.js';
import { deliver } from '../../src/flows/deliver.js';
import { planCheckIns } from '../../src/flows/plan-check-ins.js';
import { settleReplies } from '../../src/flows/settle-replies.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1', timeZone: 'Europe/Stockholm' };
const DAY_MS = 86_400_000;
const DUE_ON_DAY = 3;
const LAPSES_AFTER_DAYS = 28;

const MISHAPS = ['taken_and_lost', 'dies', 'dropped', 'rate_limited', 'unreachable'] as const;
type Mishap = (typeof MISHAPS)[number];

/** What should be true of one question to one person, told without any of the bot's code. */
type Model = {
  state: 'planned' | 'sending' | 'delivered' | 'answered' | 'lapsed' | 'stopped' | 'unreachable';
  /** How often the question stands on the platform. */
  questions: number;
  day: number;
  deliveredOn: number;
  /** What befalls the next message. */
  mishap: Mishap | null;
};

function sendsSomething(model: Model): Mishap | null {
  const { mishap } = model;
  model.mishap = null;
  return mishap;
}

function looks(model: Model): void {
  if (model.state === 'delivered' && model.day - model.deliveredOn >= LAPSES_AFTER_DAYS) model.state = 'lapsed';
  if (model.state === 'planned' && model.day >= DUE_ON_DAY) model.state = 'sending';
  if (model.state !== 'sending') return;
  const mishap = model.questions > 0 ? null : sendsSomething(model);
  if (mishap === null || mishap === 'taken_and_lost' || mishap === 'dies') model.questions = 1;
  if (mishap === 'unreachable') model.state = 'unreachable';
  if (mishap !== null) return;
  model.state = 'delivered';
  model.deliveredOn = model.day;
}

const FAILURES: Readonly<Partial<Record<Mishap, SendFailure>>> = {
  dropped: { kind: 'no_answer' },
  rate_limited: { kind: 'rate_limited', retryAfterMs: 5_000, what: 'sending' },
  unreachable: { kind: 'unreachable', why: 'messages_closed' },
};

/** The bot, on a platform that fails on demand, in a process that dies on demand. */
class Real {
  private mishap: Mishap | null = null;

  constructor(readonly world: World) {
    const { messenger } = world;
    const send = messenger.send.bind(messenger);
    messenger.send = async (...given) => {
      const failure = this.mishap === null ? undefined : FAILURES[this.mishap];
      if (failure) {
        this.mishap = null;
        return { ok: false, error: failure };
      }
      const taken = await send(...given);
      if (this.mishap !== 'taken_and_lost') return taken;
      this.mishap = null;
      return { ok: false, error: { kind: 'no_answer' } };
    };
  }

  arm(mishap: Mishap): void {
    this.mishap = mishap;
  }

  /** Two workers look at once; whoever died is past its lease by the next look. */
  async looks(): Promise<void> {
    const { ports, test } = this.world;
    const outbox = {
      ...ports.outbox,
      recordTry: async (...given: Parameters<typeof ports.outbox.recordTry>) => {
        if (this.mishap !== 'dies') return ports.outbox.recordTry(...given);
        this.mishap = null;
        throw new Error('killed');
      },
    };
    const pace = { batch: 10, atOnce: 1, leaseMs: 60_000 };
    const worker = async () => {
      await planCheckIns(ports);
      await settleReplies(ports);
      await deliver({ ...ports, outbox }, pace);
    };
    await Promise.all([worker(), worker()]);
    await worker();
    await test.db.execute(sql`update deliveries set lease_until = null where lease_until is not null`);
    await planCheckIns(ports);
  }

  async pass(ms: number): Promise<void> {
    this.world.time = new Date(this.world.time.getTime() + ms);
    await this.looks();
  }

  /** Every key counts, whatever became of the message afterwards. */
  questions(): number {
    return this.world.messenger.to('U1').filter(({ message }) => JSON.stringify(message).includes('It has been three months'))
      .length;
  }
}

type Command = fc.AsyncCommand<Model, Real>;

async function agrees(model: Model, real: Real): Promise<void> {
  expect({ state: await real.world.stateOf(MARA.name, 3), questions: real.questions() }).toEqual({
    state: model.state,
    questions: model.questions,
  });
}

class DaysPass implements Command {
  constructor(readonly days: number) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    for (let day = 0; day < this.days; day += 1) {
      model.day += 1;
      looks(model);
      await real.pass(DAY_MS);
      await agrees(model, real);
    }
  }
  toString = () => `${this.days} days pass`;
}

class GoesWrong implements Command {
  constructor(readonly mishap: Mishap) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    model.mishap = this.mishap;
    real.arm(this.mishap);
  }
  toString = () => `the next message: ${this.mishap}`;
}

class Answers implements Command {
  check = ({ state }: Model) => state === 'delivered' || state === 'lapsed';
  async run(model: Model, real: Real): Promise<void> {
    model.state = 'answered';
    // The card is a message like any other.
    sendsSomething(model);
    await real.world.says('U1', 'I am a research engineer at Redwood Research, full time.');
    await real.pass(46_000);
    await agrees(model, real);
  }
  toString = () => 'answers';
}

class Stops implements Command {
  check = ({ state }: Model) => state !== 'answered' && state !== 'stopped';
  async run(model: Model, real: Real): Promise<void> {
    if (model.state !== 'lapsed' && model.state !== 'unreachable') model.state = 'stopped';
    sendsSomething(model);
    await real.world.says('U1', 'stop');
    await real.pass(1_000);
    await agrees(model, real);
  }
  toString = () => 'stops';
}

const commands = fc.commands(
  [
    fc.integer({ min: 1, max: 4 }).map((days) => new DaysPass(days)),
    fc.constant(new DaysPass(28)),
    fc.constantFrom(...MISHAPS).map((mishap) => new GoesWrong(mishap)),
    fc.constant(new Answers()),
    fc.constant(new Stops()),
  ],
  { maxCommands: 10 },
);

describeOnBoth('one question, whatever goes wrong on its way', (open) => {
  it('is where a model of it says, and stands on the platform once', async () => {
    const test = await open();
    // A look takes longer there, and the database is the same.
    const runs = test.kind === 'embedded' ? 2 : 15;
    await fc.assert(
      fc.asyncProperty(commands, async (acts) => {
        await test.db.execute(
          sql`truncate programmes, people, deliveries, inbound_events, erased_identifiers restart identity cascade`,
        );
        const world = new World(test, '2023-09-27T12:00:00Z');
        const always = { fromMinute: 0, toMinute: 1440 };
        const settings = { waves: [3], reminderAfterMs: [], window: always, sendDays: [1, 2, 3, 4, 5, 6, 7], spreadMs: 0 };
        await world.cohort('2023-06-30', [MARA], settings);
        const model: Model = { state: 'planned', questions: 0, day: 0, deliveredOn: 0, mishap: null };
        await fc.asyncModelRun(() => ({ model, real: new Real(world) }), acts);
      }),
      { numRuns: runs },
    );
  }, 300_000);
});
