import { LOOK_BACK_MS, type Restored } from '../domain/backup.js';
import { type Address, addressesOf } from '../domain/people.js';
import { DAY_MS } from '../domain/settings.js';
import type { ClaimedDelivery, LookedBack, Ports } from '../ports.js';

/** The clocks of the bot and the platform may disagree by so much. */
const CLOCKS_MS = 3_600_000;
/** For so long a question waits until what its receiver wrote meanwhile has been read: they may have answered, or stopped. */
const HEARING_MS = DAY_MS;
const HEAR_AGAIN_MS = 30_000;

const CLEAR: LookedBack = { kind: 'clear' };

type LookBackPorts = Pick<Ports, 'conversations' | 'outbox' | 'silences' | 'messengers' | 'clock'>;

/**
 * After a restore: what the database does not know of may have been sent all the same, between the backup and the restore. Each
 * message bears the same key as then, and is looked for where it would have gone.
 */
export function lookBackOn(ports: LookBackPorts, restored: Restored): NonNullable<Ports['lookBack']> {
  return async (claimed, leaseMs) => {
    if (claimed.todo !== 'send' || claimed.attemptedAt !== null) return CLEAR;
    const now = ports.clock.now();
    const isNews = claimed.createdAt > restored.restoredAt;
    const isLongAgo = now.getTime() - restored.restoredAt.getTime() > LOOK_BACK_MS;
    if (isNews && (isLongAgo || isOfItsMoment(claimed))) return CLEAR;
    if (await isUnheard(ports, claimed, restored, now)) return { kind: 'wait', until: new Date(now.getTime() + HEAR_AGAIN_MS) };
    const since = new Date(restored.madeAt.getTime() - CLOCKS_MS);
    const places = await placesThen(ports, claimed);
    let unknown: Address | null = null;
    for (const address of places) {
      const messenger = ports.messengers.get(address.platform);
      const found = messenger ? await messenger.find(claimed.key, address, since) : null;
      if (found?.kind === 'found') return known(ports, claimed, leaseMs, address, { kind: 'sent', ref: found.ref });
      if (found?.kind !== 'not_found') unknown ??= address;
    }
    // A chart is written down once its digest is known to stand there, which nobody could have found out about an old one.
    if (unknown === null || (isNews && claimed.kind === 'chart')) return CLEAR;
    return known(ports, claimed, leaseMs, unknown, { kind: 'cannot_tell' });
  };
}

/**
 * Dated by the moment that it is about: what is about a moment after the restore was never sent before. In a channel of Slack nobody could
 * look. Cards and questions are written down anew from what is old.
 */
const isOfItsMoment = ({ personId, kind }: ClaimedDelivery) => personId === null && kind !== 'chart';

/** Written down as a try to that place, so that what is found there is edited there. */
async function known(
  { outbox, clock }: LookBackPorts,
  claimed: ClaimedDelivery,
  leaseMs: number,
  address: Address,
  tried: Extract<LookedBack, { kind: 'known' }>['tried'],
): Promise<LookedBack> {
  await outbox.beginTry(claimed, clock.now(), leaseMs, () => ({ kind: 'send', message: { parts: [] }, address }));
  return { kind: 'known', tried };
}

/** Everywhere that it may have gone to. */
async function placesThen(ports: LookBackPorts, { personId, address }: ClaimedDelivery): Promise<readonly Address[]> {
  if (personId === null) return address ? [address] : [];
  const conversation = await ports.conversations.conversation(personId);
  if (!conversation) return [];
  const { person } = conversation;
  return addressesOf(person, ports.messengers.has('terminal') ? ['terminal'] : person.accounts.map((each) => each.platform));
}

/** What people wrote since the backup comes from the platforms' histories, little by little. */
async function isUnheard(
  { messengers, silences }: LookBackPorts,
  { personId, kind }: ClaimedDelivery,
  { restoredAt }: Restored,
  now: Date,
): Promise<boolean> {
  if (personId === null || (kind !== 'question' && kind !== 'reminder')) return false;
  if (now.getTime() - restoredAt.getTime() > HEARING_MS) return false;
  const platforms = [...messengers.values()].filter((each) => each.missed).map(({ platform }) => platform);
  return silences.isUnread(personId, platforms, restoredAt);
}
