import type { DeliveryKey } from '../../src/domain/ids.js';
import type { Message } from '../../src/domain/message.js';
import type { Account, Address } from '../../src/domain/people.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { Clock } from '../../src/ports.js';
import type { TerminalEvent, TerminalMessage, TerminalMessenger } from './chat-ports.js';
import { openMessageFile } from './message-file.js';

type Options = {
  readonly clock: Clock;
  /** Where to keep what was sent, so that it is found again after a restart; null: in memory only. */
  readonly folder: string | null;
  /** Who reads a channel of this name: its organisers. Left out: whoever sits at the terminal, and nobody else. */
  readonly organisersOf?: (channel: string) => Promise<readonly Account[]>;
};

const GONE: SendFailure = { kind: 'refused', detail: 'that message is not there any more' };

/** A platform in the terminal: people are addressed by their number, channels by their name. It keeps what it took. */
export async function openTerminalMessenger({ clock, folder, organisersOf }: Options): Promise<TerminalMessenger> {
  const file = await openMessageFile(folder);
  const messages = new Map(file.messages.map((each) => [each.ref, each]));
  const listeners = new Set<(event: TerminalEvent) => void>();
  let lastNumber = Math.max(0, ...file.messages.map((each) => Number(each.ref.slice(1)) || 0));
  const tell = (event: TerminalEvent) => {
    for (const hear of listeners) hear(event);
  };

  /** Written down first: what the disk did not take may still be there after a restart, and is looked up then. */
  async function keep(message: TerminalMessage): Promise<Result<string, SendFailure>> {
    try {
      await file.write(message);
    } catch {
      return fail({ kind: 'no_answer' });
    }
    const before = messages.get(message.ref);
    messages.set(message.ref, message);
    if (!before) tell({ kind: 'sent', now: message });
    else tell({ kind: message.isRemoved ? 'removed' : 'edited', now: message, before });
    return ok(message.ref);
  }

  return {
    platform: 'terminal',
    send: (to, key, message) => keep({ ref: `t${++lastNumber}`, key, to, at: clock.now(), message, isRemoved: false }),
    async edit(_to: Address, ref: string, _key: DeliveryKey, message: Message) {
      const known = messages.get(ref);
      return known && !known.isRemoved ? keep({ ...known, message }) : fail(GONE);
    },
    async remove(_to: Address, ref: string) {
      const known = messages.get(ref);
      if (!known || known.isRemoved) return ok(null);
      const removed = await keep({ ...known, message: { parts: [] }, isRemoved: true });
      return removed.ok ? ok(null) : removed;
    },
    async find(key: DeliveryKey, to: Address, since: Date) {
      const found = [...messages.values()].find(
        (each) => each.key === key && isTo(each, to) && each.at >= since && !each.isRemoved,
      );
      return found ? { kind: 'found', ref: found.ref } : { kind: 'not_found' };
    },
    async membersOf({ id }: Address) {
      return ok({ isPrivate: true, members: (await organisersOf?.(id)) ?? [] });
    },
    listen(hear) {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    messagesTo(to) {
      const isMeant = (each: TerminalMessage) =>
        to === 'channels' ? each.to.what === 'channel' : isTo(each, { ...to, what: 'person' });
      return [...messages.values()].filter((each) => !each.isRemoved && isMeant(each));
    },
  };
}

const isTo = (message: TerminalMessage, to: Address) => message.to.id === to.id && message.to.what === to.what;
