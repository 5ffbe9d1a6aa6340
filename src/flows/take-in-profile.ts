import { decideOnProfile } from '../domain/on-profile.js';
import type { Profile } from '../platform-ports.js';
import type { Ports } from '../ports.js';

/** Takes in somebody's profile as it is now; of whoever is not known here nothing is kept. */
export async function takeInProfile(ports: Ports, { account, timeZone, standing }: Profile): Promise<void> {
  const personId = await ports.conversations.personAt(account);
  if (personId === null) return;
  const now = ports.clock.now();
  const told = { account, timeZone, gone: standing === 'deactivated' || standing === 'left' ? standing : null };
  await ports.conversations.change(personId, now, (conversation) => ({
    changes: decideOnProfile(conversation, told, [...ports.messengers.keys()], now),
  }));
}
