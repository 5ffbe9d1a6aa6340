import type { CohortId, PersonId, ProgrammeId } from './ids.js';
import { unreachable } from './result.js';
import type { Settings } from './settings.js';

export const PLATFORMS = ['slack', 'discord', 'terminal'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Somebody on a platform, by the platform's own id (`U012AB3CD`, a snowflake). */
export type Account = { readonly platform: Platform; readonly id: string };
/** Where a message goes: a person's direct messages, or a channel; there in the thread of a message, where `thread` names one. */
export type Address = Account & { readonly what: 'person' | 'channel'; readonly thread?: string };

export type Audience = 'organisers' | 'public';

export type Programme = {
  readonly id: ProgrammeId;
  readonly name: string;
  readonly settings: Settings;
  readonly archivedAt: Date | null;
  readonly pausedAt: Date | null;
};

export type Cohort = {
  readonly id: CohortId;
  readonly programmeId: ProgrammeId;
  readonly name: string;
  /** ISO day on which the cohort ended. */
  readonly endedOn: string;
  readonly archivedAt: Date | null;
  readonly pausedAt: Date | null;
};

/** How somebody came onto a cohort's list: `invitation` where they pressed the button themselves. */
export const WAYS_IN = ['roster', 'channel', 'role', 'invitation'] as const;
export type WayIn = (typeof WAYS_IN)[number];
/** A cohort that somebody is on the list of. */
export type JoinedCohort = Cohort & { readonly cameBy: WayIn };

/** Who said where somebody lives: the person has the last word, then their platform's profile, then a roster. */
export const ZONE_SOURCES = ['roster', 'profile', 'person'] as const;
export type ZoneSource = (typeof ZONE_SOURCES)[number];

/** Whether the organisers may see somebody's answers beside their name. Until a yes: totals. */
export type NamesConsent = 'not_asked' | 'totals' | 'named';

export type Person = {
  readonly id: PersonId;
  /** Null once erased. */
  readonly name: string | null;
  readonly email: string | null;
  readonly timeZone: string | null;
  /** Who said so; null while nobody has. */
  readonly timeZoneFrom: ZoneSource | null;
  /** The one they used last first. */
  readonly accounts: readonly Account[];
  readonly erasedAt: Date | null;
};

/** Where somebody is written to: at the account they used last, among those connected. A terminal reaches everybody, by their number. */
export function addressOf(person: Person, connected: readonly Platform[]): Address | null {
  return addressesOf(person, connected)[0] ?? null;
}

/** Everywhere somebody can be written to, in the order in which it is tried. */
export function addressesOf({ id, accounts }: Person, connected: readonly Platform[]): readonly Address[] {
  if (connected.includes('terminal')) return [{ platform: 'terminal', id: String(id), what: 'person' }];
  return accounts.filter((each) => connected.includes(each.platform)).map((each) => ({ ...each, what: 'person' }));
}

export const isSameAccount = (a: Account, b: Account): boolean => a.platform === b.platform && a.id === b.id;
/** How organisers are named on a list: by account, by the e-mail address that their platform vouches for, or all that are in a user group or role. */
export type OrganiserName =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'group'; readonly group: Account };

/** As it is typed and printed: `slack:U123`, `ada@example.org`, `slack:S123` for a user group, `discord:role:123`. */
export function organiserText(name: OrganiserName): string {
  switch (name.kind) {
    case 'email':
      return name.email;
    case 'account':
      return `${name.account.platform}:${name.account.id}`;
    case 'group':
      return `${name.group.platform}:${name.group.platform === 'slack' ? '' : 'role:'}${name.group.id}`;
    default:
      return unreachable(name);
  }
}

/** Somebody who asks, with all by which they may be on a list of organisers. */
export type Asker = {
  readonly account: Account;
  /** The address that the platform vouches for. */
  readonly email: string | null;
  /** Ids of user groups or roles of theirs, among those that stand on any list. */
  readonly groups: readonly string[];
};

const LONGEST_NAME = 100;

/** What keeps a name from being one; null where it can. A name is printed, and typed again from what was printed: nothing may stand in it that shows as nothing. */
export function nameProblem(what: 'programme' | 'cohort', name: string, example: string): string | null {
  if (name.trim() === '') return `A ${what} needs a name, such as ${example}`;
  if (/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(name))
    return `The name of a ${what} must not hold line breaks, control characters or marks that turn text around`;
  const length = [...name].length;
  return length > LONGEST_NAME ? `The name of a ${what} has at most ${LONGEST_NAME} characters, not ${length}` : null;
}
