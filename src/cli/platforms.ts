import type { Config } from '../config.js';
import type { Platform } from '../domain/people.js';
import type { Messenger } from '../ports.js';
import { failed } from './shell.js';

/** A platform that is connected: what speaks, and whether it still hears. */
export type Connected = {
  readonly messenger: Messenger;
  /** Null while messages come and go, else what is missing. */
  readonly notReady: () => string | null;
  /** Hears nothing more. */
  readonly close: () => Promise<void>;
};

/** The platforms that the configuration names. */
export function platformsOf({ slack, discord }: Config): readonly Platform[] {
  return [...(slack ? (['slack'] as const) : []), ...(discord ? (['discord'] as const) : [])];
}

/** Connects every platform of the configuration; fails where one cannot be. */
export async function connectPlatforms(config: Config): Promise<readonly Connected[]> {
  const wanted = platformsOf(config);
  if (wanted.length === 0) return [];
  const names = wanted.map((each) => ({ slack: 'Slack', discord: 'Discord', terminal: 'the terminal' })[each]).join(' and ');
  const variables = wanted.map((each) => `${each.toUpperCase()}_…`).join(' and ');
  throw failed(`This version cannot connect to ${names} yet: unset ${variables} to try it in the terminal`);
}
