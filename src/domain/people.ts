import type { CohortId, PersonId, ProgrammeId } from './ids.js';
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
