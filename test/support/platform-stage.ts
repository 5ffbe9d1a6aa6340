import type { Platform } from '../../src/domain/people.js';

/** A message as somebody sees it: its words as plain text, and what can be pressed on it. */
export type Seen = {
  readonly id: string;
  readonly words: string;
  /** The ids (`aw:<verb>:<key>`) of its buttons and selects, in order. */
  readonly controls: readonly string[];
};

/** A form that is open in front of somebody: its title, and the fields of each section with what stands in them. */
export type OpenForm = {
  readonly title: string;
  readonly sections: readonly Readonly<Record<string, string>>[];
  /** What is said at fields that were refused. */
  readonly errors: readonly string[];
};

export type Pick = {
  /** Tells two buttons of one verb apart. */
  readonly choice?: string;
  /** The chosen value of a select. */
  readonly value?: string;
  /** On which message; left out: on the newest one that has such a control. */
  readonly on?: string;
};

/**
 * Somebody who uses the platform. Each act resolves once the bot has done with it; what it sends by its outbox comes with the next
 * `pass`.
 */
export type Actor = {
  readonly id: string;
  readonly name: string;
  /** Writes to the bot in a direct message; returns the message's id. */
  says(text: string, files?: Readonly<Record<string, string>>): Promise<string>;
  edits(id: string, text: string): Promise<void>;
  deletes(id: string): Promise<void>;
  /** Presses a button, or chooses in a select, by its verb. */
  presses(verb: string, pick?: Pick): Promise<void>;
  /** Presses what stands in front of somebody else, as with a forwarded message or a forged request. */
  pressesOf(other: Actor, verb: string, on: string): Promise<void>;
  /** Types a command, such as `/checkin data`; in a channel, where one is named. */
  commands(text: string, channelId?: string): Promise<void>;
  /** The form that is open, or null. */
  form(): OpenForm | null;
  /** Changes these fields of the open form (one map a section; what is left out stays) and sends it. */
  fills(changes: readonly Readonly<Record<string, string>>[], files?: Readonly<Record<string, string>>): Promise<void>;
  /** What stands in the direct messages with the bot, oldest first. */
  sees(): readonly Seen[];
  /** What was shown to them alone and is no message of its own, oldest first. */
  told(): readonly string[];
};

/** A picture in a channel: what it shows in words, and the message that it answers to, if any. */
export type SeenPicture = { readonly told: string; readonly answersTo: string | null; readonly bytes: Uint8Array };

export type StageChannel = {
  readonly id: string;
  sees(): readonly Seen[];
  pictures(): readonly SeenPicture[];
};

/** The whole bot on a real database, a turned clock and a made-up platform; the same story runs on each. */
export type Stage = {
  readonly platform: Platform;
  now(): Date;
  /** Turns the clock and does all that is due. */
  pass(ms: number): Promise<void>;
  /** Turns the clock to an instant, stopping on the way at every moment at which something is due. */
  until(instant: string): Promise<void>;
  /** Somebody by their name; made where there is nobody of that name. */
  person(name: string, about?: { readonly email?: string; readonly timeZone?: string }): Actor;
  /** A channel that the bot is in, with these people. */
  channel(name: string, members: readonly Actor[], about?: { readonly isPrivate?: boolean }): StageChannel;
  /** A role or user group that these people have. */
  group(name: string, members: readonly Actor[]): { readonly id: string };
  /** Switches on whatever the platform wants before it lists people to a bot. */
  letsMembersBeListed(): void;
  /** A list of these people as a CSV file, with whatever way of reaching them the platform has. */
  listOf(people: readonly Actor[]): string;
  /** Puts people on the list of a cohort, by the command line. */
  import(
    cohort: { readonly programme: string; readonly cohort: string; readonly ended: string },
    people: readonly Actor[],
  ): Promise<void>;
  /** Runs a command of the command line on the bot's database; what it said. */
  cli(...argv: readonly string[]): Promise<string>;
  close(): Promise<void>;
};

/** Somebody who is also told things in a window. */
export type Organiser = Actor & {
  /** The last words that were shown to them alone: in the window that is open, else as an answer. */
  reads(): string;
  /** Hands in a list as a CSV file in the platform's own way: with the command, or in the direct messages. */
  sendsList(csv: string): Promise<void>;
  /** What is offered while they type in an option of `/alumni …`. */
  isOffered(subcommand: string, option: string, start: string): Promise<readonly string[]>;
};
/** What can go wrong between the bot and a platform. */
export type Trouble = {
  /** The platform takes the next messages of the bot, and its answers get lost. */
  answersLost(times: number): void;
  /** The next messages of the bot get lost on their way. */
  sendsLost(times: number): void;
  /** The next message of the bot is one too many for now. */
  tooFast(seconds: number): void;
  /** From now on everything is told twice. */
  eventsTwice(): void;
  /** Somebody writes and edits that, and the edit is told first. */
  editOvertakes(actor: Actor, text: string, edited: string): Promise<void>;
  /** Everything that was logged. */
  log(): string;
};

export type OrganisersStage = Omit<Stage, 'person'> & {
  readonly trouble: Trouble;
  person(...about: Parameters<Stage['person']>): Organiser;
  /** Somebody who may speak for a programme. */
  organiser(name: string, programme: string): Promise<Organiser>;
};

/** The last thing somebody sees, or an error that says that there is none. */
export function newest(actor: Actor): Seen {
  const seen = actor.sees().at(-1);
  if (!seen) throw new Error(`${actor.id} sees nothing`);
  return seen;
}
