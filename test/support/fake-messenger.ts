import type { DeliveryKey } from '../../src/domain/ids.js';
import type { Control, Message } from '../../src/domain/message.js';
import type { Account, Address, Platform } from '../../src/domain/people.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { Directory, Profile } from '../../src/platform-ports.js';
import type { Clock, IncomingMessage, Messenger } from '../../src/ports.js';

export type Taken = {
  readonly ref: string;
  readonly key: DeliveryKey;
  readonly to: string;
  readonly thread?: string;
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
  /** Who is who here, as the directory tells; `null` in it stands for a look-up that fails. */
  readonly profiles = new Map<string, Profile | null>();
  /** What people wrote while nobody heard it, by account. */
  readonly unheard = new Map<string, IncomingMessage[]>();
  /** Every reading of somebody's history, in order. */
  readonly looked: { readonly account: string; readonly since: Date }[] = [];
  room: { isPrivate: boolean; members: readonly Account[] } = { isPrivate: false, members: [] };

  constructor(
    readonly clock: Clock,
    readonly platform: Platform = 'slack',
  ) {}

  async send(address: Address, key: DeliveryKey, message: Message): Promise<Result<string, SendFailure>> {
    const failure = this.failures.get(address.id)?.shift();
    if (failure) return fail(failure);
    const ref = `m${this.taken.length + 1}`;
    const thread = address.thread === undefined ? {} : { thread: address.thread };
    this.taken.push({ ref, key, to: address.id, ...thread, at: this.clock.now(), message, isRemoved: false });
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

  directory: Directory = {
    profile: async (id) => this.look(id),
    byEmail: async (email) => ok([...this.profiles.values()].find((each) => each?.email === email) ?? null),
    byHandle: async () => ok(null),
    membersOf: async () => ok([...this.profiles.values()].flatMap((each) => each ?? [])),
  };

  private look(id: string): Result<Profile | null, SendFailure> {
    const profile = this.profiles.get(id);
    return profile === null ? fail({ kind: 'no_answer' }) : ok(profile ?? null);
  }

  async missed({ id }: Address, since: Date): Promise<Result<readonly IncomingMessage[], SendFailure>> {
    this.looked.push({ account: id, since });
    const failure = this.failures.get(id)?.shift();
    return failure ? fail(failure) : ok((this.unheard.get(id) ?? []).filter((each) => each.sentAt >= since));
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
        case 'chart':
          return part.picture.alt;
        case 'controls':
          return part.controls
            .map((each) => (each.kind === 'button' ? `[${each.label}]` : `<${each.prompt} = ${each.chosen ?? ''}>`))
            .join(' ');
        case 'export':
          return `[export of ${part.programme}]`;
        default:
          return part.text;
      }
    })
    .join('\n');
}

export function controlsIn(message: Message): readonly Control[] {
  return message.parts.flatMap((part) => (part.kind === 'controls' ? part.controls : []));
}
