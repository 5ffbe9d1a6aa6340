import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Message } from '../../src/domain/message.js';
import { wordsIn } from './fake-messenger.js';
import type { Answer, Asked, FromWorker, Order, Told } from './kill-steps.js';

export type Standing = {
  readonly ref: string;
  readonly key: string;
  readonly to: string;
  /** After every edit. */
  words: string;
  isRemoved: boolean;
};

/** A platform that outlives its workers: what it took, it keeps. */
export class LastingPlatform {
  readonly standing: Standing[] = [];
  /** Says of nothing that it has it. */
  isBlind = false;

  asked(asked: Asked): Answer | null {
    const answer = this.carryOut(asked);
    return asked.isAnswered ? answer : null;
  }

  private carryOut(asked: Asked): Answer {
    switch (asked.what) {
      case 'send': {
        const ref = `m${this.standing.length + 1}`;
        const { key, address } = asked;
        this.standing.push({ ref, key, to: address.id, words: wordsIn(asked.message as Message), isRemoved: false });
        return { ref };
      }
      case 'edit':
      case 'remove': {
        const known = this.standing.find((each) => each.ref === asked.ref);
        if (!known) throw new Error(`nothing stands under ${asked.ref}`);
        if (asked.what === 'remove') known.isRemoved = true;
        else known.words = wordsIn(asked.message as Message);
        return { ref: known.ref };
      }
      case 'find': {
        const isIt = (each: Standing) => each.key === asked.key && each.to === asked.address.id && !each.isRemoved;
        return { ref: (this.isBlind ? undefined : this.standing.find(isIt)?.ref) ?? null };
      }
    }
  }
}

const WORKER = fileURLToPath(new URL('./killed-worker.ts', import.meta.url));

/** A worker in a process of its own, which talks to this platform and is ordered about from here. */
export class Worker {
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown[]>;
  private readonly waiting: ((told: Told) => void)[] = [];

  constructor(
    platform: LastingPlatform,
    readonly place: { readonly postgres: string } | { readonly folder: string },
  ) {
    this.child = fork(WORKER, {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.exited = once(this.child, 'exit');
    this.child.on('message', (message: FromWorker) => {
      if (message.kind === 'told') this.waiting.shift()?.(message);
      else {
        const answer = platform.asked(message.asked);
        this.send({ kind: answer ? 'answer' : 'silence', id: message.id, ref: answer?.ref ?? null });
      }
    });
  }

  private send(message: unknown): void {
    if (this.child.connected) this.child.send(message as object, () => {});
  }

  /** Has it done, in order; fails where the process ends before. */
  async does(order: Order): Promise<Told> {
    const told = new Promise<Told>((resolve) => this.waiting.push(resolve));
    this.send({ kind: 'order', place: this.place, order });
    const ended = this.exited.then(([code, signal]) => {
      throw new Error(`the worker ended (${code ?? signal}) instead of "${order.do}"`);
    });
    return Promise.race([told, ended]);
  }

  /** Orders something that it does not live through; returns the signal it ended by. */
  async diesOf(order: Order): Promise<unknown> {
    this.send({ kind: 'order', place: this.place, order });
    const [, signal] = await this.exited;
    return signal;
  }

  /** Ends it in good order, if it still runs. */
  async ends(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.exited;
  }
}
