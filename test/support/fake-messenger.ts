import type { DeliveryKey } from '../../src/domain/ids.js';
import type { Control, Message } from '../../src/domain/message.js';
import type { Account, Address, Platform } from '../../src/domain/people.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { Clock, Messenger } from '../../src/ports.js';

export type Taken = {
  readonly ref: string;
  readonly key: DeliveryKey;
  readonly to: string;
  readonly at: Date;
  message: Message;
  isRemoved: boolean;
};

/** A platform that keeps what it took, and fails when told to. */
export class FakeMessenger implements Messenger {
  readonly taken: Taken[] = [];
  readonly edits: string[] = [];
  /** Failures for the next sends to an account, in order. */
  readonly failures = new Map<string, SendFailure[]>();
  room: { isPrivate: boolean; members: readonly Account[] } = { isPrivate: false, members: [] };

  constructor(
    readonly clock: Clock,
    readonly platform: Platform = 'slack',
  ) {}

  async send(address: Address, key: DeliveryKey, message: Message): Promise<Result<string, SendFailure>> {
    const failure = this.failures.get(address.id)?.shift();
    if (failure) return fail(failure);
    const ref = `m${this.taken.length + 1}`;
    this.taken.push({ ref, key, to: address.id, at: this.clock.now(), message, isRemoved: false });
    return ok(ref);
  }

  async edit(_address: Address, ref: string, _key: DeliveryKey, message: Message): Promise<Result<string, SendFailure>> {
    const taken = this.taken.find((each) => each.ref === ref);
    if (!taken) return fail({ kind: 'refused', detail: 'message_not_found' });
    taken.message = message;
    this.edits.push(ref);
    return ok(ref);
  }

  async remove(_address: Address, ref: string): Promise<Result<null, SendFailure>> {
    const taken = this.taken.find((each) => each.ref === ref);
    if (taken) taken.isRemoved = true;
    return ok(null);
  }

  async find(key: DeliveryKey, address: Address) {
    const taken = this.taken.find((each) => each.key === key && each.to === address.id);
    return taken ? ({ kind: 'found', ref: taken.ref } as const) : ({ kind: 'not_found' } as const);
  }

  async membersOf() {
    return ok(this.room);
  }

  to(account: string): readonly Taken[] {
    return this.taken.filter((each) => each.to === account);
  }
}

/** All that a message says, a line a part. */
export function wordsIn(message: Message): string {
  return message.parts
    .map((part) => {
      switch (part.kind) {
        case 'list':
          return part.items.join('\n');
        case 'fields':
          return part.fields.map((each) => `${each.label}: ${each.value}`).join('\n');
        case 'image':
          return part.alt;
        case 'controls':
          return part.controls
            .map((each) => (each.kind === 'button' ? `[${each.label}]` : `<${each.prompt} = ${each.chosen ?? ''}>`))
            .join(' ');
        default:
          return part.text;
      }
    })
    .join('\n');
}

export function controlsIn(message: Message): readonly Control[] {
  return message.parts.flatMap((part) => (part.kind === 'controls' ? part.controls : []));
}
