import type { Conversation } from '../domain/conversation.js';
import { afterTry, lookOnceMore, onRecorded, type Recorded, type Tried } from '../domain/delivery.js';
import { withKey } from '../domain/message.js';
import { addressOf } from '../domain/people.js';
import { DAY_MS } from '../domain/settings.js';
import type { ClaimedDelivery, LastLook, Messenger, Ports } from '../ports.js';

/** How the sender works: leases in the database's time, and how many people are written to at once. */
export type Pace = { readonly batch: number; readonly atOnce: number; readonly leaseMs: number };
/** The lease outlasts a send's time-out by far, so that a try whose outcome is unknown is never looked up within a minute of it. */
export const DEFAULT_PACE: Pace = { batch: 40, atOnce: 8, leaseMs: 90_000 };

const UNCONNECTED_MS = 3_600_000;

/** Sends everything that is due, each once: claim, last look, send, record. Returns how many deliveries it handled. */
export async function deliver(ports: Ports, pace: Pace = DEFAULT_PACE): Promise<number> {
  let handled = 0;
  for (;;) {
    const claimed = await ports.outbox.claimDue(ports.clock.now(), pace.batch, pace.leaseMs);
    if (claimed.length === 0) return handled;
    handled += claimed.length;
    const waiting = [...byReceiver(claimed)];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        for (const delivery of next) await deliverOne(ports, delivery, pace.leaseMs);
      }
    };
    await Promise.all(Array.from({ length: pace.atOnce }, worker));
  }
}

/** What goes to one person goes in order. */
function byReceiver(claimed: readonly ClaimedDelivery[]): Iterable<readonly ClaimedDelivery[]> {
  const groups = new Map<string, ClaimedDelivery[]>();
  for (const each of claimed) {
    const receiver = each.personId === null ? `${each.address?.platform}:${each.address?.id}` : String(each.personId);
    groups.set(receiver, [...(groups.get(receiver) ?? []), each]);
  }
  return groups.values();
}

/** A failure here is a bug or a lost database: it is logged, the lease runs out, and the delivery is looked up before the next try. */
async function deliverOne(ports: Ports, claimed: ClaimedDelivery, leaseMs: number): Promise<void> {
  try {
    const found = await reconcile(ports, claimed);
    if (found) return await record(ports, claimed, found);
    const isForOrganisers = claimed.publicPayload !== null && (await onlyOrganisersRead(ports, claimed));
    const begun = await ports.outbox.beginTry(claimed, ports.clock.now(), leaseMs, (conversation) =>
      look(ports, claimed, conversation, isForOrganisers),
    );
    if (begun.kind === 'nothing') return;
    const messenger = ports.messengers.get(begun.address.platform);
    if (!messenger) return;
    await record(ports, claimed, await attempt(messenger, claimed, begun.address, begun.message));
  } catch (error) {
    ports.log.error('delivery_failed', { deliveryId: claimed.id, kind: claimed.kind, error: errorName(error) });
  }
}

/** Never the message of an error: it may carry the words that were to be sent. */
const errorName = (error: unknown) => (error instanceof Error ? error.name : typeof error);

/** Looks an earlier try up, where its outcome is unknown; null: it did not go out, or there was none. */
async function reconcile(ports: Ports, claimed: ClaimedDelivery): Promise<Tried | null> {
  if (claimed.todo !== 'send' || claimed.attemptedAt === null || claimed.address === null) return null;
  const messenger = ports.messengers.get(claimed.address.platform);
  if (!messenger) return null;
  const since = new Date(Math.min(claimed.attemptedAt.getTime(), claimed.dueAt.getTime()) - DAY_MS);
  const found = await messenger.find(claimed.key, claimed.address, since);
  switch (found.kind) {
    case 'found':
      return { kind: 'sent', ref: found.ref };
    case 'cannot_tell':
      return { kind: 'cannot_tell' };
    case 'not_found':
      return null;
  }
}

function look(ports: Ports, claimed: ClaimedDelivery, conversation: Conversation | null, isForOrganisers: boolean): LastLook {
  const now = ports.clock.now();
  if (claimed.todo === 'remove' || conversation === null || conversation.person.erasedAt !== null) {
    return lookAtPlain(ports, claimed, isForOrganisers, now);
  }
  const address = claimed.todo === 'edit' ? claimed.address : addressOf(conversation.person, [...ports.messengers.keys()]);
  if (address === null) {
    const failed: Recorded = { kind: 'failed', problem: 'unknown_account' };
    return { kind: 'drop', why: 'unknown_account', changes: onRecorded(conversation, claimed, failed, now) };
  }
  const looked = lookOnceMore(conversation, claimed, now, ports.model);
  return looked.kind === 'send' ? { ...looked, address } : looked;
}

/** What is no part of somebody's conversation: a channel's digest, a word to a stranger, a message to be removed. */
function lookAtPlain(ports: Ports, claimed: ClaimedDelivery, isForOrganisers: boolean, now: Date): LastLook {
  const { address, payload, publicPayload } = claimed;
  const words = publicPayload !== null && !isForOrganisers ? publicPayload : payload;
  if (address === null || (words === null && claimed.todo !== 'remove'))
    return { kind: 'drop', why: 'nobody_there', changes: [] };
  if (!ports.messengers.has(address.platform)) return { kind: 'wait', until: new Date(now.getTime() + UNCONNECTED_MS) };
  return { kind: 'send', address, message: withKey(words ?? { parts: [] }, claimed.key) };
}

async function onlyOrganisersRead(ports: Ports, claimed: ClaimedDelivery): Promise<boolean> {
  const messenger = claimed.address && ports.messengers.get(claimed.address.platform);
  if (!messenger || !claimed.address || claimed.programmeId === null) return false;
  const room = await messenger.membersOf(claimed.address);
  if (!room.ok || !room.value.isPrivate) return false;
  const organisers = await ports.programmes.organisersOf(claimed.programmeId);
  const accounts = new Set(
    organisers.flatMap((each) => (each.kind === 'account' ? [`${each.account.platform}:${each.account.id}`] : [])),
  );
  return room.value.members.every((member) => accounts.has(`${member.platform}:${member.id}`));
}

type Going = Extract<Awaited<ReturnType<Ports['outbox']['beginTry']>>, { kind: 'go' }>;

async function attempt(
  messenger: Messenger,
  claimed: ClaimedDelivery,
  address: Going['address'],
  message: Going['message'],
): Promise<Tried> {
  if (claimed.todo === 'send') return tried(await messenger.send(address, claimed.key, message));
  if (claimed.messageRef === null) return { kind: 'sent', ref: '' };
  if (claimed.todo === 'edit') return tried(await messenger.edit(address, claimed.messageRef, claimed.key, message));
  const removed = await messenger.remove(address, claimed.messageRef);
  return removed.ok ? { kind: 'sent', ref: claimed.messageRef } : { kind: 'failed', failure: removed.error };
}

const tried = (result: Awaited<ReturnType<Messenger['send']>>): Tried =>
  result.ok ? { kind: 'sent', ref: result.value } : { kind: 'failed', failure: result.error };

async function record(ports: Ports, claimed: ClaimedDelivery, outcome: Tried): Promise<void> {
  const now = ports.clock.now();
  const recorded = afterTry(outcome, claimed.attempt, now);
  const isMine = await ports.outbox.recordTry(claimed, recorded, now, (conversation) =>
    onRecorded(conversation, claimed, recorded, now),
  );
  const detail = { deliveryId: claimed.id, kind: claimed.kind, todo: claimed.todo, outcome: recorded.kind };
  if (!isMine) ports.log.warn('delivery_taken_over', detail);
  else if (recorded.kind !== 'sent') ports.log.warn('delivery', { ...detail, problem: recorded.problem });
  else ports.log.info('delivery', detail);
}
