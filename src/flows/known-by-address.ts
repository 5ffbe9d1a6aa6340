import type { PersonId } from '../domain/ids.js';
import type { Account } from '../domain/people.js';
import type { Ports } from '../ports.js';

type Needs = Pick<Ports, 'conversations' | 'messengers' | 'clock' | 'log'>;

/**
 * Whose account it is. A list may know somebody only by their e-mail address: then the address that the platform vouches for tells, and
 * the account is theirs from then on.
 */
export async function personAtOrByAddress(ports: Needs, account: Account): Promise<PersonId | null> {
  const known = await ports.conversations.personAt(account);
  const directory = ports.messengers.get(account.platform)?.directory;
  if (known !== null || !directory) return known;
  const found = await directory.profile(account.id);
  if (!found.ok) {
    ports.log.warn('look_up_failed', { platform: account.platform, why: found.error.kind });
    return null;
  }
  const profile = found.value;
  if (!profile || profile.email === null || (profile.standing !== 'member' && profile.standing !== 'guest')) return null;
  return ports.conversations.joinByEmail(profile.email, account, ports.clock.now());
}
