import type { Seen } from '../../test/support/platform-stage.js';

/** Somebody with an account on a made-up platform. Nothing here waits for the bot: people do not either. */
export type Account = {
  readonly id: string;
  /** Writes to the bot; the ledger hears when it is known to be stored. */
  writes(text: string): void;
  /** Presses a button, or chooses in a select, of a message of the bot's. */
  presses(on: Seen, verb: string, pick?: { readonly choice?: string; readonly value?: string }): void;
  /** What the bot has written to them and not removed, oldest first. */
  fromBot(): readonly Seen[];
};

/** A made-up platform, as the campaign handles it. */
export type Side = {
  readonly platform: 'slack' | 'discord';
  readonly environment: Readonly<Record<string, string>>;
  person(name: string, timeZone: string): Account;
  /** A channel that the bot is in. */
  channel(name: string, members: readonly string[], isPrivate: boolean): string;
  /** Somebody joins a channel, or leaves it. */
  comes(channel: string, account: string): void;
  goes(channel: string, account: string): void;
  /** What the client did that the real platform would not have taken. */
  problems(): readonly string[];
  /** How likely a request fails, and by which die. Zero: fair weather. */
  fail(probability: number): void;
  /** One thing that goes wrong with the connection or the events; its name. */
  disturb(): string;
  /** Delivers what was held back or not acknowledged. */
  settle(): void;
  close(): Promise<void>;
};

/** The control of this verb on a message, by its id `aw:<verb>:<key>`; a choice stands behind a dot in the key. */
export function controlOf(on: Seen, verb: string, choice?: string): string | undefined {
  return on.controls.find((id) => {
    const [, has, key = ''] = id.split(':');
    return has === verb && (choice === undefined || key.endsWith(`.${choice}`));
  });
}
