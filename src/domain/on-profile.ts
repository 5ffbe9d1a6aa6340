import { servedTogether } from './check-in.js';
import type { Change, CheckIn, Conversation } from './conversation.js';
import { type Account, addressesOf, isSameAccount, type Platform } from './people.js';
import { inZone } from './time-zone.js';
import { cancelReminders } from './transitions.js';

/** What a platform tells of somebody who is known here, as far as it bears on when and where they are asked. */
type Told = { readonly account: Account; readonly timeZone: string | null; readonly isDeactivated: boolean };

/**
 * Their clock is kept up to date. Whoever can be written to nowhere any more is unreachable with the question that is out; what is
 * planned is looked at when its time comes, for by then they may be back.
 */
export function decideOnProfile(
  conversation: Conversation,
  { account, timeZone, isDeactivated }: Told,
  connected: readonly Platform[],
  now: Date,
): readonly Change[] {
  const moved = timeZone === null ? [] : inZone(conversation, timeZone, 'profile', now);
  const elsewhere = addressesOf(conversation.person, connected).some((each) => !isSameAccount(each, account));
  if (!isDeactivated || elsewhere) return moved;
  const out = conversation.checkIns.filter((each) => each.state === 'delivered' && each.servedBy === null);
  return [...moved, ...out.flatMap((each) => lost(conversation, each))];
}

function lost(conversation: Conversation, checkIn: CheckIn): readonly Change[] {
  const together = servedTogether(conversation, checkIn.id);
  return [
    ...together.map(
      (each): Change => ({ kind: 'check_in', checkIn: { ...each, state: 'unreachable', reason: 'deactivated', lookAt: null } }),
    ),
    ...cancelReminders(conversation, checkIn.id),
  ];
}
