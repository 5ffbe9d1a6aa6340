import type { Address } from '../../src/domain/people.js';
import type { ClaimedDelivery } from '../../src/ports.js';
import type { Dump } from './killed-worker.js';

/** The moments between claim and record at which a delivery can be held until the process dies, in order. */
export const HELD_STEPS = [
  'before the try is written down',
  'the try is written down',
  'before the request leaves',
  'the platform took it and has not answered',
  'the platform answered',
  'before the record',
  'it is recorded',
] as const;
export type HeldStep = (typeof HELD_STEPS)[number];
/** Those at which nothing can be held: the process dies at the first that comes by, and the others are wherever they are. */
export const SUDDEN_STEPS = ['the claim is committed', 'while the try is written down', 'while it is recorded'] as const;
export type SuddenStep = (typeof SUDDEN_STEPS)[number];

export type Order =
  /** Makes one of each kind of delivery due, so many times over, for people and channels of this round alone. */
  | { readonly do: 'prepare'; readonly round: number; readonly groups: number }
  /** Sends what is due. Dies at a sudden step, or once each group of this round's receivers stands at the held step of its number. */
  | { readonly do: 'deliver'; readonly dies: null | SuddenStep | { readonly round: number }; readonly forgetsTries?: boolean }
  | { readonly do: 'dump' };
export type Asked = { readonly address: Address; readonly key: string; readonly isAnswered: boolean } & (
  | { readonly what: 'send'; readonly message: unknown }
  | { readonly what: 'edit'; readonly ref: string; readonly message: unknown }
  | { readonly what: 'remove'; readonly ref: string }
  | { readonly what: 'find' }
);
export type Answer = { readonly ref: string | null };
export type Told = { readonly kind: 'told'; readonly dump: Dump | null };
export type FromWorker = Told | { readonly kind: 'ask'; readonly id: number; readonly asked: Asked };

export type CheckInDump = {
  readonly account: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly delivered_at: unknown;
  readonly reminders_sent: number;
  readonly events: string | null;
};

/** Kills this process: at once, or when everybody whose deliveries it waits for has come to their step. */
export class Death {
  private sudden: SuddenStep | null = null;
  private readonly stepOf = new Map<string, HeldStep>();
  private readonly missing = new Set<string>();
  private readonly receiverOf = new Map<string, string>();

  await(dies: Extract<Order, { do: 'deliver' }>['dies'], receivers: ReadonlyMap<string, HeldStep>): void {
    this.sudden = typeof dies === 'string' ? dies : null;
    if (dies === null || typeof dies === 'string') return;
    for (const [receiver, step] of receivers) {
      this.stepOf.set(receiver, step);
      this.missing.add(receiver);
    }
  }

  learns(claimed: ClaimedDelivery): void {
    const receiver = claimed.personId === null ? `at ${claimed.address?.id}` : `person ${claimed.personId}`;
    this.receiverOf.set(claimed.key, receiver);
    // A removal knows its message by the platform's reference alone.
    if (claimed.messageRef !== null) this.receiverOf.set(claimed.messageRef, receiver);
  }

  comesAt(step: SuddenStep): void {
    if (step === this.sudden) process.kill(process.pid, 'SIGKILL');
  }

  isToHoldAt(step: HeldStep, key: string): boolean {
    return this.stepOf.get(this.receiverOf.get(key) ?? '') === step;
  }

  async holdsAt(step: HeldStep, key: string): Promise<void> {
    if (!this.isToHoldAt(step, key)) return;
    this.missing.delete(this.receiverOf.get(key) ?? '');
    if (this.missing.size === 0) process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  }
}
