import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../adapters/local-socket.js';
import type { Connection } from '../../db/connect.js';
import { nextMoment } from '../../db/next-moment.js';
import { platformMemoryIn } from '../../db/platform-memory.js';
import { type Bot, makeBot } from '../../src/cli/bot.js';
import { execute } from '../../src/cli/execute.js';
import { hearingOn } from '../../src/cli/hearing.js';
import { type OpenRoom, roomOn } from '../../src/cli/open.js';
import { organiserPortsOn } from '../../src/cli/organiser-ports.js';
import { isHearing, listenToAll } from '../../src/cli/platforms.js';
import { type Config, type Environment, readConfig } from '../../src/config.js';
import { catchUpOn } from '../../src/flows/catch-up.js';
import { paceFor } from '../../src/flows/deliver.js';
import type { Hearing, Listening, Plug } from '../../src/platform-ports.js';
import type { Log } from '../../src/ports.js';
import { afterwards } from '../cli/run-cli.js';
import { freshFolder, type TestDb } from './test-db.js';

export type Logged = { readonly level: string; readonly event: string; readonly detail: unknown };

/** A clock that a test turns. */
export class TurnedClock {
  constructor(private time: Date) {}
  now = (): Date => new Date(this.time);
  turn(to: Date): void {
    this.time = to;
  }
}

export type BotOptions = {
  readonly test: TestDb;
  readonly plug: (log: Log) => Plug;
  readonly clock: TurnedClock;
  /** The platform's variables, so that the bot takes itself for configured. */
  readonly environment: Environment;
  readonly around?: (hearing: Hearing) => Hearing;
  /** A second platform in the same process, plugged in after the first. */
  readonly beside?: (log: Log) => Plug;
};

/** The whole bot as `start` puts it together, on a test's database and clock, with its platforms plugged in. */
export class PlatformBot {
  readonly logged: Logged[] = [];
  private constructor(
    readonly room: OpenRoom,
    readonly bot: Bot,
    readonly listening: Listening,
    readonly clock: TurnedClock,
    private readonly folder: string,
    private readonly closing: (() => Promise<void>)[],
  ) {}

  static async open({ test, plug, beside, clock, environment, around = (hearing) => hearing }: BotOptions): Promise<PlatformBot> {
    const logged: Logged[] = [];
    const keep =
      (level: string): Log['info'] =>
      (event, detail) =>
        void logged.push({ level, event, detail });
    const log = { info: keep('info'), warn: keep('warn'), error: keep('error') };
    const plugs = [plug(log), ...(beside ? [beside(log)] : [])];
    let bot: Bot | undefined;
    const messengers = new Map(plugs.map(({ messenger }) => [messenger.platform, messenger]));
    const fingerprint = (identifier: string) => createHash('sha256').update(`secret ${identifier}`).digest('hex');
    const connection = { ...test, migrate: async () => {}, close: async () => {} } as unknown as Connection;
    const furnishing = { log, poolSize: 1, messengers, wakeSender: () => bot?.wakeSender(), clock };
    const room = {
      ...roomOn(connection, configIn(environment), fingerprint, furnishing),
      connection,
      keepErased: async () => {},
    };
    const memory = platformMemoryIn(test.db);
    let isConnected = () => false;
    const catchUp = catchUpOn({ ...room.ports, memory, takeIn: (incoming) => hearing.message(incoming) });
    const running = makeBot(room.ports, paceFor(configIn(environment).reconcileAfterMs), () => catchUp.look(isConnected));
    bot = running;
    const hearing = around(hearingOn(room.ports, organiserPortsOn(room), catchUp));
    const all = await listenToAll(plugs, hearing, memory);
    const [listening] = all;
    isConnected = () => all.every(isHearing);
    if (!listening) throw new Error('nothing listens');
    for (const each of all) each.lost.catch(() => {});
    const folder = freshFolder();
    const unserve = await serve(folder, (request) => carryOut(room, request));
    const self = new PlatformBot(room, running, listening, clock, folder, [
      unserve,
      ...all.map((each) => each.close),
      running.stop,
    ]);
    self.logged.push(...logged);
    logged.push = (...more) => self.logged.push(...more);
    return self;
  }

  /** Does all that is due, and what follows from it. */
  async settle(): Promise<void> {
    await this.bot.settle();
    // What has just been delivered is looked at again by the next tick, which comes a second later and is not waited for here.
    await this.bot.settle();
  }

  async until(instant: string): Promise<void> {
    const end = new Date(instant);
    for (;;) {
      const next = await nextMoment(this.room.connection.db, this.clock.now());
      if (next === null || next >= end) break;
      this.clock.turn(next);
      await this.settle();
    }
    this.clock.turn(end);
    await this.settle();
  }

  async pass(ms: number): Promise<void> {
    this.clock.turn(new Date(this.clock.now().getTime() + ms));
    await this.settle();
  }

  /** A command of the command line, carried out by the running bot. */
  async cli(...argv: readonly string[]): Promise<string> {
    const said = await afterwards(argv, { env: { AFTERWARDS_DATA: this.folder }, cwd: this.folder });
    if (said.exitCode !== 0) throw new Error(`${argv.join(' ')}: ${said.err}${said.out}`);
    return said.out;
  }

  /** Imports a roster of these lines. */
  async import(lines: readonly string[], options: readonly string[]): Promise<void> {
    writeFileSync(join(this.folder, 'roster.csv'), `${lines.join('\n')}\n`);
    await this.cli('cohort', 'import', join(this.folder, 'roster.csv'), ...options);
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
  }
}

function configIn(environment: Environment): Config {
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.error.join('\n'));
  return config.value;
}

async function carryOut(room: OpenRoom, request: unknown) {
  const out: string[] = [];
  const err: string[] = [];
  const voice = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  return { exitCode: await execute(room, request, voice), stdout: out.join(''), stderr: err.join('') };
}

/** Waits in real time for something that sockets bring about. */
export async function eventually<T>(look: () => T | null | undefined | false, what: string, withinMs = 5_000): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > until) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((again) => setTimeout(again, 10));
  }
}
