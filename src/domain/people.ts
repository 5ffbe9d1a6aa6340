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

/** Whether the organisers may see somebody's answers beside their name. Until a yes: totals. */
export type NamesConsent = 'not_asked' | 'totals' | 'named';

export type Person = {
  readonly id: PersonId;
  /** Null once erased. */
  readonly name: string | null;
  readonly email: string | null;
  readonly timeZone: string | null;
  readonly accounts: readonly Account[];
  readonly erasedAt: Date | null;
};

/** Where somebody is written to: on the platform they used last, among those connected. A terminal reaches everybody, by their number. */
export function addressOf(person: Person, connected: readonly Platform[]): Address | null {
  if (connected.includes('terminal')) return { platform: 'terminal', id: String(person.id), what: 'person' };
  const account = person.accounts.find((each) => connected.includes(each.platform));
  return account ? { ...account, what: 'person' } : null;
}
