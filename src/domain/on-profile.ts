import { servedTogether } from './check-in.js';
import type { Change, CheckIn, Conversation } from './conversation.js';
import { type Account, addressesOf, isSameAccount, type Platform } from './people.js';
import { inZone } from './time-zone.js';
import { cancelReminders } from './transitions.js';

/** Why nobody can be written to at an account any more. */
export type Gone = 'deactivated' | 'left';

/** What a platform tells of somebody who is known here, as far as it bears on when and where they are asked. */
type Told = { readonly account: Account; readonly timeZone: string | null; readonly gone: Gone | null };

/**
 * Their clock is kept up to date. Whoever can be written to nowhere any more is unreachable with the question that is out; what is
 * planned is looked at when its time comes, for by then they may be back.
 */
export function decideOnProfile(
  conversation: Conversation,
  { account, timeZone, gone }: Told,
  connected: readonly Platform[],
  now: Date,
): readonly Change[] {
  const moved = timeZone === null ? [] : inZone(conversation, timeZone, 'profile', now);
  const elsewhere = addressesOf(conversation.person, connected).some((each) => !isSameAccount(each, account));
  if (gone === null || elsewhere) return moved;
  const out = conversation.checkIns.filter((each) => each.state === 'delivered' && each.servedBy === null);
  return [...moved, ...out.flatMap((each) => lost(conversation, each, gone))];
}

function lost(conversation: Conversation, checkIn: CheckIn, reason: Gone): readonly Change[] {
  const together = servedTogether(conversation, checkIn.id);
  return [
    ...together.map((each): Change => ({ kind: 'check_in', checkIn: { ...each, state: 'unreachable', reason, lookAt: null } })),
    ...cancelReminders(conversation, checkIn.id),
  ];
}
