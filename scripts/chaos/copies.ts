import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const COPY = fileURLToPath(new URL('./copy.mjs', import.meta.url));
const LONGEST_SAID = 4_000;
const START_MS = 90_000;

/** A copy of the built bot in a process of its own. */
export class Copy {
  readonly child: ChildProcess;
  readonly ended: Promise<number | string>;
  isReady = false;
  isOver = false;
  /** It was told to end, or killed. */
  isDoomed = false;
  /** How far its clock is from the campaign's, in milliseconds. */
  deviationMs = 0;
  said = '';
  /** How often it has looked for what is due. */
  ticks = 0;

  constructor(environment: Readonly<Record<string, string>>, cwd: string, mutant: string) {
    this.child = fork(COPY, [mutant], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
      cwd,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout?.on('data', (text: Buffer) => {
      if (text.includes('"ready":true')) this.isReady = true;
    });
    this.child.stderr?.on('data', (text: Buffer) => {
      this.said = (this.said + text.toString()).slice(-LONGEST_SAID);
    });
    this.child.on('message', () => {
      this.ticks += 1;
    });
    this.child.on('error', () => {});
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      this.isOver = true;
      return (signal ?? code) as number | string;
    });
  }

  /** Tells it what time it is. */
  turn(offsetMs: number): void {
    if (this.child.connected) this.child.send({ offsetMs: offsetMs + this.deviationMs }, () => {});
  }

  end(signal: 'SIGKILL' | 'SIGTERM'): void {
    this.isDoomed = true;
    this.child.kill(signal);
  }

  async untilReady(): Promise<void> {
    const until = performance.now() + START_MS;
    while (!this.isReady) {
      if (this.isOver || performance.now() > until) throw new Error(`a copy did not get ready:\n${this.said}`);
      await new Promise((again) => setTimeout(again, 20));
    }
  }
}
