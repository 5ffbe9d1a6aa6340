import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http';
import type { ControlRef, Form, FormError, FormValues, Message } from './domain/message.js';
import type { Account, Platform } from './domain/people.js';
import type { Result } from './domain/result.js';
import type { SendFailure } from './domain/send-failure.js';
import type { IncomingMessage, Messenger } from './ports.js';

/** A press of a button, or a choice in a select (`value`). The event id is the platform's own; the same one twice counts once. */
export type IncomingPress = {
  readonly from: Account;
  readonly eventId: string;
  readonly ref: ControlRef;
  readonly value: string | null;
};

/** A form that was sent. `ref` is what its id says: verb `form` is an alumnus's record, `ask` an organiser's form. */
export type IncomingForm = {
  readonly from: Account;
  readonly eventId: string;
  readonly ref: ControlRef;
  readonly values: FormValues;
  /** What was attached, by the name of its field. */
  readonly files: Readonly<Record<string, Uint8Array>>;
};

/** What stands behind `/checkin` or `/alumni`. */
export type IncomingCommand = {
  readonly from: Account;
  readonly eventId: string;
  readonly text: string;
  /** Where it was written, where that was a channel: the cohort's own, as a rule. */
  readonly channelId: string | null;
  /** A file that came with the command (Discord). */
  readonly file: Uint8Array | null;
  /** The programme it is about, where that is known without the words (terminal). */
  readonly programme?: string | null;
};

/** To whoever acted, and to nobody else: words, and a form to open. Both null: a message of ours is edited instead. */
export type Answer = { readonly answer: Message | null; readonly form: Form | null };

export type FormAnswer =
  | { readonly kind: 'saved'; readonly answer: Message | null }
  | { readonly kind: 'not_yours' }
  /** Nothing was saved; what was entered stays in the form. */
  | { readonly kind: 'errors'; readonly errors: readonly FormError[] };

/** What may be completed while an organiser types. */
export type Suggested = 'programme' | 'cohort' | 'person';

/**
 * What an adapter calls with what it hears; all of it is decided behind here, and authorised again each time. A rejection means that
 * nothing was stored: the platform must be let deliver it again.
 */
export type Hearing = {
  readonly message: (incoming: IncomingMessage) => Promise<void>;
  /** Somebody is typing in their direct messages; absent where nothing is made of that. */
  readonly typing?: (account: Account) => Promise<void>;
  readonly press: (press: IncomingPress) => Promise<Answer>;
  readonly form: (form: IncomingForm) => Promise<FormAnswer>;
  /** `/checkin …` */
  readonly alumnusCommand: (command: IncomingCommand) => Promise<Answer>;
  /** `/alumni …` */
  readonly organiserCommand: (command: IncomingCommand) => Promise<Answer>;
  /** At most 25 names that begin so, for an organiser; none for anybody else. */
  readonly suggest: (from: Account, what: Suggested, start: string) => Promise<readonly string[]>;
  /** Somebody's profile as the platform tells that it changed; whoever is not known here is no news. */
  readonly profile: (profile: Profile) => Promise<void>;
  /** Everything that is held about somebody and what they can do about it, for a tab of their own. */
  readonly home: (account: Account) => Promise<Message>;
  /**
   * The platform is connected, or connected again: what was written meanwhile is to be read from its history. `heardUntil`: until when
   * it surely was heard, where that is earlier than it was thought to be.
   */
  readonly connected: (platform: Platform, heardUntil?: Date) => Promise<void>;
};

/** `guest`: in one or a few channels only. `external`: of another workspace. `left`: was here, and their account goes on elsewhere. */
export type Standing = 'member' | 'guest' | 'external' | 'bot' | 'deactivated' | 'left';

export type Profile = {
  readonly account: Account;
  readonly name: string;
  /** Only one that the platform vouches for. */
  readonly email: string | null;
  /** IANA name; null where the platform does not say. */
  readonly timeZone: string | null;
  readonly standing: Standing;
};

/** Who is who on one platform. An answer may be some minutes old. */
export type Directory = {
  /** Null: there is nobody by this id. */
  profile(id: string): Promise<Result<Profile | null, SendFailure>>;
  byEmail(email: string): Promise<Result<Profile | null, SendFailure>>;
  /** By the name that stands behind an @. */
  byHandle(handle: string): Promise<Result<Profile | null, SendFailure>>;
  /** Everybody in a channel, or with a user group or role. */
  membersOf(group: { readonly what: 'channel' | 'group'; readonly id: string }): Promise<Result<readonly Profile[], SendFailure>>;
  /** The groups or roles that somebody is in, by id; absent where that can only be told from each group's members. */
  groupsOf?(id: string): Promise<Result<readonly string[], SendFailure>>;
  /** The id of the user group or role of this name, whatever its capitals; null: there is none. Absent where groups have no names. */
  groupNamed?(name: string): Promise<Result<string | null, SendFailure>>;
};

/** What of a platform outlives the process. */
export type PlatformMemory = {
  /** The channel of somebody's direct messages, where it was opened before. */
  directChannel(account: Account): Promise<string | null>;
  keepDirectChannel(account: Account, channelId: string): Promise<void>;
  /** A fact about the installation, such as which workspace it serves. */
  fact(name: string): Promise<string | null>;
  keepFact(name: string, value: string): Promise<void>;
  /** Takes or renews a lease by the database's clock; false while another holder has it. */
  holdLease(name: string, holder: string, leaseMs: number): Promise<boolean>;
  dropLease(name: string, holder: string): Promise<void>;
  /** What somebody has begun to fill in, kept for a day; the same name again takes its place. */
  keepDraft(account: Account, name: string, payload: unknown, now: Date): Promise<void>;
  /** Null where there is none, or it is older. */
  draft(account: Account, name: string, now: Date): Promise<unknown>;
};

/** A platform as the front door gets it: it can speak at once, and hears once `listen` resolves. */
export type Plug = {
  readonly messenger: Messenger;
  /** Connects, and rejects with `PlatformRefusal` where that cannot be: a wrong token, a second workspace. */
  readonly listen: (hearing: Hearing, memory: PlatformMemory) => Promise<Listening>;
};

export type Listening = {
  /** Null while messages come and go, else what is missing. */
  readonly notReady: () => string | null;
  /**
   * Whether this very process hears everything at this moment; left out: whenever nothing is missing. A copy that leaves the hearing
   * to another one is ready, and hears nothing.
   */
  readonly hears?: () => boolean;
  /** Takes in nothing more, and resolves when what is in hand is done. */
  readonly close: () => Promise<void>;
  /** Requests of the platform to this server; null where it does not make any. True: it is answered. */
  readonly serve: ((request: HttpRequest, response: ServerResponse) => boolean) | null;
  /** Rejects where the platform can no longer be reached for good: the process then ends, with these words. */
  readonly lost: Promise<never>;
};

/** In one line, for the operator: what is wrong with the set-up, and what to do. */
export class PlatformRefusal extends Error {
  override readonly name = 'PlatformRefusal';
}

/** What `doctor` found at one place. `warn`: it works, but somebody should know. */
export type Check = {
  readonly what: string;
  readonly state: 'ok' | 'warn' | 'fail';
  /** What was seen. */
  readonly detail: string;
  /** What to do about it; absent where all is well. */
  readonly mend?: string;
};
