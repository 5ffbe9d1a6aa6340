import type { Conversation } from '../domain/conversation.js';
import { afterTry, lookOnceMore, onRecorded, type Recorded, type Tried } from '../domain/delivery.js';
import type { ProgrammeId } from '../domain/ids.js';
import { withKey } from '../domain/message.js';
import { type Account, type Address, addressesOf, addressOf, isSameAccount } from '../domain/people.js';
import { DAY_MS } from '../domain/settings.js';
import { inZone } from '../domain/time-zone.js';
import type { Profile } from '../platform-ports.js';
import type { ClaimedDelivery, LastLook, Messenger, Ports } from '../ports.js';

/** How the sender works: leases in the database's time, and how many people are written to at once. */
export type Pace = {
  readonly batch: number;
  readonly atOnce: number;
  readonly leaseMs: number;
  /** When a try whose outcome is unknown is looked up, at the earliest; left out: after a minute. */
  readonly reconcileAfterMs?: number;
};
/** The lease outlasts a send's time-out by far, so that a try whose outcome is unknown is never looked up within a minute of it. */
export const DEFAULT_PACE: Pace = { batch: 40, atOnce: 8, leaseMs: 90_000 };
const LONGEST_TRY_MS = 12_000;

/** The pace at which an unknown outcome is looked up so long after the try, and no send in hand outlasts its lease. */
export function paceFor(reconcileAfterMs: number): Pace {
  return { ...DEFAULT_PACE, leaseMs: Math.max(reconcileAfterMs * 1.5, LONGEST_TRY_MS), reconcileAfterMs };
}

const UNCONNECTED_MS = 3_600_000;
const LOOK_UP_AGAIN_MS = 10 * 60_000;
/** How long a platform that may have taken a message is waited for, before a human is to look. */
const LONGEST_UNCONNECTED_MS = 3 * DAY_MS;

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
        await deliverInOrder(ports, next, pace);
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

/** Where the platform asks for a pause, the rest to the same receiver waits as well. */
async function deliverInOrder(ports: Ports, toOne: readonly ClaimedDelivery[], pace: Pace): Promise<void> {
  let heldUntil: Date | null = null;
  for (const delivery of toOne) {
    heldUntil = heldUntil ? await putOff(ports, delivery, pace.leaseMs, heldUntil) : await deliverOne(ports, delivery, pace);
  }
}

async function putOff(ports: Ports, claimed: ClaimedDelivery, leaseMs: number, until: Date): Promise<Date> {
  try {
    await ports.outbox.beginTry(claimed, ports.clock.now(), leaseMs, () => ({ kind: 'wait', until }));
  } catch (error) {
    logFailure(ports, claimed, error);
  }
  return until;
}

/** A failure here is a bug or a lost database: it is logged, the lease runs out, and the delivery is looked up before the next try. Returns until when its receiver is to be left alone. */
async function deliverOne(ports: Ports, claimed: ClaimedDelivery, pace: Pace): Promise<Date | null> {
  try {
    const found = await reconcile(ports, claimed);
    // It shows what an earlier try knew: whatever changed since then is still to be shown.
    if (found) return await record(ports, { ...claimed, revision: 0 }, found, pace);
    const isForOrganisers = claimed.publicPayload !== null && (await onlyOrganisersRead(ports, claimed));
    const later = await joinByAddress(ports, claimed);
    if (later) return await putOff(ports, claimed, pace.leaseMs, later);
    const back = await ports.lookBack?.(claimed, pace.leaseMs);
    if (back?.kind === 'wait') return await putOff(ports, claimed, pace.leaseMs, back.until);
    if (back?.kind === 'known') return await record(ports, { ...claimed, revision: 0 }, back.tried, pace);
    await lookUpZone(ports, claimed);
    return await tryEverywhere(ports, claimed, pace, isForOrganisers);
  } catch (error) {
    logFailure(ports, claimed, error);
    return null;
  }
}

/** Somebody who cannot be reached at one account is tried at the others before they count as unreachable. */
async function tryEverywhere(ports: Ports, claimed: ClaimedDelivery, pace: Pace, isForOrganisers: boolean): Promise<Date | null> {
  const closed: Account[] = [];
  for (;;) {
    let open: readonly Address[] = [];
    const begun = await ports.outbox.beginTry(claimed, ports.clock.now(), pace.leaseMs, (conversation) => {
      open = placesFor(ports, claimed, conversation).filter((each) => !closed.some((tried) => isSameAccount(tried, each)));
      return look(ports, claimed, conversation, { open, isForOrganisers });
    });
    if (begun.kind === 'nothing') return null;
    const messenger = ports.messengers.get(begun.address.platform);
    if (!messenger) return null;
    const outcome = await attempt(ports, messenger, claimed, begun);
    const isClosed = claimed.todo === 'send' && outcome.kind === 'failed' && outcome.failure.kind === 'unreachable';
    if (!isClosed || open.length < 2) return record(ports, claimed, outcome, pace);
    closed.push(begun.address);
  }
}

/** Where it may go, in the order in which that is tried: an answer first where it was asked for. */
function placesFor(ports: Ports, claimed: ClaimedDelivery, conversation: Conversation | null): readonly Address[] {
  if (conversation === null) return [];
  const { address, todo, kind } = claimed;
  if (todo === 'edit') return address ? [address] : [];
  const all = addressesOf(conversation.person, [...ports.messengers.keys()]);
  const wished = kind === 'note' || kind === 'notice' ? all.find((each) => address && isSameAccount(each, address)) : undefined;
  return wished ? [wished, ...all.filter((each) => each !== wished)] : all;
}

/**
 * Somebody whom a list knows only by their e-mail address is looked up where addresses are vouched for, before they are written to for
 * the first time. Returns until when the message waits, where that cannot be told just now.
 */
async function joinByAddress(ports: Ports, { personId, todo }: ClaimedDelivery): Promise<Date | null> {
  const directories = [...ports.messengers.values()].flatMap(({ directory }) => directory ?? []);
  if (todo !== 'send' || personId === null || directories.length === 0) return null;
  const conversation = await ports.conversations.conversation(personId);
  if (!conversation || conversation.person.email === null) return null;
  if (addressOf(conversation.person, [...ports.messengers.keys()]) !== null) return null;
  const { email } = conversation.person;
  const now = ports.clock.now();
  for (const directory of directories) {
    const found = await directory.byEmail(email);
    if (!found.ok) {
      ports.log.warn('look_up_failed', { why: found.error.kind });
      const waitMs = found.error.kind === 'rate_limited' ? found.error.retryAfterMs : LOOK_UP_AGAIN_MS;
      return new Date(now.getTime() + waitMs);
    }
    const isOurs = found.value !== null && isOfThisPlace(found.value.standing);
    if (found.value && isOurs && (await ports.conversations.joinByEmail(email, found.value.account, now)) !== null) return null;
  }
  return null;
}

/** People move: their profile is looked at once more before they are asked. Whatever goes wrong with that, the question leaves. */
async function lookUpZone(ports: Ports, claimed: ClaimedDelivery): Promise<void> {
  const { personId, todo, kind } = claimed;
  if (todo !== 'send' || personId === null || (kind !== 'question' && kind !== 'reminder')) return;
  if (![...ports.messengers.values()].some((each) => each.directory)) return;
  try {
    const conversation = await ports.conversations.conversation(personId);
    const address = conversation && addressOf(conversation.person, [...ports.messengers.keys()]);
    const found = address && (await ports.messengers.get(address.platform)?.directory?.profile(address.id));
    const zone = found?.ok ? (found.value?.timeZone ?? null) : null;
    const now = ports.clock.now();
    const news = (each: Conversation) => (zone === null ? [] : inZone(each, zone, 'profile', now));
    if (conversation && news(conversation).length > 0)
      await ports.conversations.change(personId, now, (each) => ({ changes: news(each) }));
  } catch (error) {
    ports.log.warn('profile_not_looked_up', { deliveryId: claimed.id, error: errorName(error) });
  }
}

const logFailure = (ports: Ports, claimed: ClaimedDelivery, error: unknown) =>
  ports.log.error('delivery_failed', { deliveryId: claimed.id, kind: claimed.kind, error: errorName(error) });

/** Never the message of an error: it may carry the words that were to be sent. */
const errorName = (error: unknown) => (error instanceof Error ? error.name : typeof error);

/** Looks an earlier try up, where its outcome is unknown; null: it did not go out, or there was none. */
async function reconcile(ports: Ports, claimed: ClaimedDelivery): Promise<Tried | null> {
  if (claimed.todo !== 'send' || claimed.attemptedAt === null || claimed.address === null) return null;
  const messenger = ports.messengers.get(claimed.address.platform);
  if (!messenger) return isWaitedFor(ports, claimed.attemptedAt) ? null : { kind: 'cannot_tell' };
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

const isWaitedFor = (ports: Ports, attemptedAt: Date) =>
  ports.clock.now().getTime() - attemptedAt.getTime() < LONGEST_UNCONNECTED_MS;

/** What stands on a platform, or may stand there, is that platform's matter even while it is not connected. */
const isBoundTo = ({ todo, attemptedAt, personId, address }: ClaimedDelivery) =>
  todo !== 'send' || attemptedAt !== null || personId === null ? address : null;

type Way = { readonly open: readonly Address[]; readonly isForOrganisers: boolean };

function look(
  ports: Ports,
  claimed: ClaimedDelivery,
  conversation: Conversation | null,
  { open, isForOrganisers }: Way,
): LastLook {
  const now = ports.clock.now();
  const bound = isBoundTo(claimed);
  if (bound && !ports.messengers.has(bound.platform)) return { kind: 'wait', until: new Date(now.getTime() + UNCONNECTED_MS) };
  if (claimed.todo === 'remove' || conversation === null) return lookAtPlain(claimed, isForOrganisers);
  if (conversation.person.erasedAt !== null) return { kind: 'drop', why: 'erased', changes: [] };
  const [address] = open;
  if (address === undefined) {
    const failed: Recorded = { kind: 'failed', problem: 'unknown_account' };
    const changes = onRecorded(conversation, claimed, failed, { now, model: ports.model });
    return { kind: 'drop', why: 'unknown_account', changes };
  }
  const looked = lookOnceMore(conversation, claimed, now, ports.model);
  return looked.kind === 'send' ? { ...looked, address } : looked;
}

/** What is no part of somebody's conversation: a channel's digest, a word to a stranger, a message to be removed. */
function lookAtPlain(claimed: ClaimedDelivery, isForOrganisers: boolean): LastLook {
  const { address, payload, publicPayload } = claimed;
  const words = publicPayload !== null && !isForOrganisers ? publicPayload : payload;
  if (address === null || (words === null && claimed.todo !== 'remove'))
    return { kind: 'drop', why: 'nobody_there', changes: [] };
  return { kind: 'send', address, message: withKey(words ?? { parts: [] }, claimed.key) };
}

async function onlyOrganisersRead(ports: Ports, claimed: ClaimedDelivery): Promise<boolean> {
  const messenger = claimed.address && ports.messengers.get(claimed.address.platform);
  if (!messenger || !claimed.address || claimed.programmeId === null) return false;
  const room = await messenger.membersOf(claimed.address);
  if (!room.ok || !room.value.isPrivate) return false;
  const organisers = await accountsOfOrganisers(ports, messenger, claimed.programmeId);
  return room.value.members.every((member) => organisers.has(member.id));
}

/** Every account on a platform that is on a programme's list, by itself, by its address or by a group. Whoever cannot be looked up is not. */
async function accountsOfOrganisers(ports: Ports, messenger: Messenger, programmeId: ProgrammeId): Promise<ReadonlySet<string>> {
  const { platform, directory } = messenger;
  const ids = new Set<string>();
  for (const name of await ports.programmes.organisersOf(programmeId)) {
    if (name.kind === 'account') {
      if (name.account.platform === platform) ids.add(name.account.id);
      continue;
    }
    if (!directory || (name.kind === 'group' && name.group.platform !== platform)) continue;
    const found =
      name.kind === 'email'
        ? await directory.byEmail(name.email)
        : await directory.membersOf({ what: 'group', id: name.group.id });
    if (!found.ok) ports.log.warn('look_up_failed', { platform, why: found.error.kind });
    else for (const profile of [found.value].flat()) if (profile && isOfThisPlace(profile.standing)) ids.add(profile.account.id);
  }
  return ids;
}

const isOfThisPlace = (standing: Profile['standing']) => standing === 'member' || standing === 'guest';

type Going = Extract<Awaited<ReturnType<Ports['outbox']['beginTry']>>, { kind: 'go' }>;

const NOT_DRAWN: Tried = { kind: 'failed', failure: { kind: 'refused', detail: 'its picture could not be drawn' } };

async function attempt(
  ports: Ports,
  messenger: Messenger,
  claimed: ClaimedDelivery,
  { address, message }: Going,
): Promise<Tried> {
  if (claimed.todo === 'send') {
    const drawing = ports.withChartsDrawn?.(message) ?? Promise.resolve(message);
    const drawn = await drawing.catch((error) => logFailure(ports, claimed, error));
    return drawn ? tried(await messenger.send(address, claimed.key, drawn)) : NOT_DRAWN;
  }
  if (claimed.messageRef === null) return { kind: 'sent', ref: '' };
  if (claimed.todo === 'edit') return tried(await messenger.edit(address, claimed.messageRef, claimed.key, message));
  const removed = await messenger.remove(address, claimed.messageRef);
  return removed.ok ? { kind: 'sent', ref: claimed.messageRef } : { kind: 'failed', failure: removed.error };
}

const tried = (result: Awaited<ReturnType<Messenger['send']>>): Tried =>
  result.ok ? { kind: 'sent', ref: result.value } : { kind: 'failed', failure: result.error };

async function record(ports: Ports, claimed: ClaimedDelivery, outcome: Tried, pace: Pace): Promise<Date | null> {
  const now = ports.clock.now();
  const recorded = afterTry(outcome, claimed.attempt, now, pace.reconcileAfterMs);
  const isMine = await ports.outbox.recordTry(claimed, recorded, now, (conversation) =>
    onRecorded(conversation, claimed, recorded, { now, model: ports.model }),
  );
  const detail = { deliveryId: claimed.id, kind: claimed.kind, todo: claimed.todo, outcome: recorded.kind };
  if (!isMine) ports.log.warn('delivery_taken_over', detail);
  else if (recorded.kind !== 'sent') ports.log.warn('delivery', { ...detail, problem: recorded.problem });
  else ports.log.info('delivery', detail);
  return recorded.kind === 'again' && !recorded.mayHaveGoneOut ? recorded.at : null;
}
