import type { Account, Asker } from '../domain/people.js';
import type { Result } from '../domain/result.js';
import type { Directory, Profile } from '../platform-ports.js';
import type { Ports } from '../ports.js';

type Needs = Pick<Ports, 'messengers' | 'programmes' | 'log'>;

/** Somebody with all by which they may be on a list of organisers. What cannot be looked up counts as not so. */
export async function whoIs(ports: Needs, account: Account): Promise<Asker> {
  const directory = ports.messengers.get(account.platform)?.directory;
  if (!directory) return { account, email: null, groups: [] };
  const [profile, groups] = await Promise.all([
    looked(ports, account, directory.profile(account.id)),
    groupsOf(ports, account, directory),
  ]);
  return { account, email: profile && isVouchedFor(profile) ? profile.email : null, groups };
}

/** Somebody of another workspace has an address that only that workspace vouches for. */
const isVouchedFor = ({ standing }: Profile) => standing === 'member' || standing === 'guest';

async function groupsOf(ports: Needs, account: Account, directory: Directory): Promise<readonly string[]> {
  const named = await ports.programmes.organiserGroups(account.platform);
  if (named.length > 0 && directory.groupsOf) {
    const theirs = await looked(ports, account, directory.groupsOf(account.id));
    return named.filter((id) => theirs?.includes(id));
  }
  const found = await Promise.all(
    named.map(async (id) => {
      const members = await looked(ports, account, directory.membersOf({ what: 'group', id }));
      return members?.some((each) => each.account.id === account.id) ? [id] : [];
    }),
  );
  return found.flat();
}

async function looked<T>(
  ports: Needs,
  { platform }: Account,
  looking: Promise<Result<T, { readonly kind: string }>>,
): Promise<T | null> {
  const result = await looking;
  if (result.ok) return result.value;
  ports.log.warn('look_up_failed', { platform, why: result.error.kind });
  return null;
}
