import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { Directory, Profile } from '../../src/platform-ports.js';
import { failureOf, platformError } from './failure.js';

const userSchema = z.object({
  id: z.string(),
  team_id: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  tz: z.string().nullish(),
  is_bot: z.boolean().nullish(),
  is_workflow_bot: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  is_email_confirmed: z.boolean().nullish(),
  enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
  profile: z
    .object({ email: z.string().nullish(), real_name: z.string().nullish(), display_name: z.string().nullish() })
    .nullish(),
});
type User = z.output<typeof userSchema>;

const isOf = (team: string, { team_id, enterprise_user }: User) =>
  !team_id || team_id === team || (enterprise_user?.teams ?? []).includes(team);

function standingOf(user: User, team: string): Profile['standing'] {
  if (user.deleted) return 'deactivated';
  if (user.is_bot || user.is_workflow_bot || user.id === 'USLACKBOT') return 'bot';
  if (user.is_stranger || !isOf(team, user)) return 'external';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

const zones = new Set(Intl.supportedValuesOf('timeZone'));
/** Slack's zones are IANA names, old ones too; what cannot be reckoned with is none. */
function zoneOf(tz: string | null | undefined): string | null {
  if (!tz) return null;
  if (zones.has(tz)) return tz;
  try {
    new Intl.DateTimeFormat('en', { timeZone: tz });
    return tz;
  } catch {
    return null;
  }
}

/** Somebody's profile as Slack tells it; null where it is none. An address counts only where Slack vouches for it. */
export function profileFrom(given: unknown, team: string): Profile | null {
  const parsed = userSchema.safeParse(given);
  if (!parsed.success) return null;
  const user = parsed.data;
  const standing = standingOf(user, team);
  const isVouchedFor = user.is_email_confirmed !== false && standing !== 'external';
  return {
    account: { platform: 'slack', id: user.id },
    name: user.real_name || user.profile?.real_name || user.profile?.display_name || user.name || user.id,
    email: isVouchedFor ? (user.profile?.email ?? null) : null,
    timeZone: zoneOf(user.tz),
    standing,
  };
}

const KEPT_MS = 60_000;
const MOST_KEPT = 5_000;
const PAGE = 200;
/** What `users.list` may come to; beyond that a handle is not looked for. */
const MOST_PAGES = 50;
const NOBODY = new Set(['user_not_found', 'users_not_found', 'user_not_visible']);

export type DirectoryOptions = {
  readonly client: webApi.WebClient;
  readonly team: () => Promise<string>;
  readonly now?: () => number;
};

type Found = Result<Profile | null, SendFailure>;

/** Who is who in the workspace. Profiles are kept for a minute, so that a cohort that is written to is not asked after twice. */
export function directoryOn({ client, team, now = () => performance.now() }: DirectoryOptions): Directory {
  const kept = new Map<string, { readonly profile: Profile | null; readonly until: number }>();

  function keep(id: string, profile: Profile | null): Profile | null {
    if (kept.size > MOST_KEPT) kept.clear();
    kept.set(id, { profile, until: now() + KEPT_MS });
    return profile;
  }

  async function asked(ask: () => Promise<{ readonly user?: unknown }>): Promise<Found> {
    try {
      const ours = await team();
      return ok(profileFrom((await ask()).user, ours));
    } catch (error) {
      return NOBODY.has(platformError(error) ?? '') ? ok(null) : fail(failureOf(error, 'opening'));
    }
  }

  async function profile(id: string): Promise<Found> {
    const known = kept.get(id);
    if (known && known.until > now()) return ok(known.profile);
    const found = await asked(() => client.users.info({ user: id }));
    return found.ok ? ok(keep(id, found.value)) : found;
  }

  async function byEmail(email: string): Promise<Found> {
    const found = await asked(() => client.users.lookupByEmail({ email }));
    if (found.ok && found.value) keep(found.value.account.id, found.value);
    return found;
  }

  async function byHandle(handle: string): Promise<Found> {
    const wanted = handle.replace(/^@/, '').toLowerCase();
    const matches: Profile[] = [];
    try {
      const ours = await team();
      const isCalledSo = ({ name, profile }: NonNullable<webApi.UsersListResponse['members']>[number]) =>
        [name, profile?.display_name].some((each) => each?.toLowerCase() === wanted);
      let cursor = '';
      for (let pages = 0; pages < MOST_PAGES; pages += 1) {
        const page = await client.users.list({ limit: PAGE, ...(cursor ? { cursor } : {}) });
        const found = (page.members ?? []).filter(isCalledSo).flatMap((each) => profileFrom(each, ours) ?? []);
        matches.push(...found.filter(({ standing }) => standing !== 'deactivated' && standing !== 'bot'));
        cursor = page.response_metadata?.next_cursor ?? '';
        if (cursor === '') break;
      }
    } catch (error) {
      return fail(failureOf(error, 'opening'));
    }
    // Display names are not unique: of two who are called so, neither is meant for certain.
    return ok(matches.length === 1 ? (matches[0] ?? null) : null);
  }

  return {
    profile,
    byEmail,
    byHandle,
    async membersOf({ what, id }) {
      const ids = what === 'channel' ? await membersOfChannel(client, id) : await membersOfGroup(client, id);
      if (!ids.ok) return ids;
      const profiles: Profile[] = [];
      for (const each of ids.value) {
        const found = await profile(each);
        if (!found.ok) return found;
        if (found.value) profiles.push(found.value);
      }
      return ok(profiles);
    },
  };
}

type Ids = Result<readonly string[], SendFailure>;

/** The account ids of everybody in a channel, page by page. */
export async function membersOfChannel(client: webApi.WebClient, channel: string): Promise<Ids> {
  const ids: string[] = [];
  try {
    let cursor = '';
    do {
      const page = await client.conversations.members({ channel, limit: PAGE, ...(cursor ? { cursor } : {}) });
      ids.push(...(page.members ?? []));
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    return ok(ids);
  } catch (error) {
    return fail(failureOf(error, 'opening'));
  }
}

async function membersOfGroup(client: webApi.WebClient, usergroup: string): Promise<Ids> {
  try {
    return ok((await client.usergroups.users.list({ usergroup })).users ?? []);
  } catch (error) {
    return fail(failureOf(error, 'opening'));
  }
}
