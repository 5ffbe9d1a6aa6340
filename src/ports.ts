import type { DeliveryKind } from './domain/conversation.js';
import type { DeliveryId, DeliveryKey, PersonId, ProgrammeId, ReplyId } from './domain/ids.js';
import type { Message } from './domain/message.js';
import type { Account, Address, Platform } from './domain/people.js';
import type { Reading, ReplyText } from './domain/reply.js';
import type { Result } from './domain/result.js';
import type { SendFailure } from './domain/send-failure.js';

/** The only source of time. Instants are `Date`. */
export type Clock = { now(): Date };
/** The only source of chance: a fresh opaque token of 22 characters out of A-Z a-z 0-9 _ -. */
export type Random = { token(): string };

/** Structured, one line an event. Never a reply's words, a name or a token: ids and kinds only. */
export type Log = {
  info(event: string, detail?: Readonly<Record<string, unknown>>): void;
  warn(event: string, detail?: Readonly<Record<string, unknown>>): void;
  error(event: string, detail?: Readonly<Record<string, unknown>>): void;
};

/** Reads a reply into a record. A reader that fails falls back by itself: this never rejects for what is in the text. */
export type ReplyReader = (reply: ReplyText) => Promise<Reading>;

/** A message as the platform knows it: enough to edit or remove it. */
export type MessageRef = string;
export type Found =
  | { readonly kind: 'found'; readonly ref: MessageRef }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'cannot_tell' };

/** One chat platform. It never retries by itself: a retry after an unknown outcome would ask somebody twice. */
export type Messenger = {
  readonly platform: Platform;
  /** Sends once, with the key on the message so that it survives edits. */
  send(address: Address, key: DeliveryKey, message: Message): Promise<Result<MessageRef, SendFailure>>;
  /** Edits what was sent; the key stays on it. */
  edit(address: Address, ref: MessageRef, key: DeliveryKey, message: Message): Promise<Result<MessageRef, SendFailure>>;
  remove(address: Address, ref: MessageRef): Promise<Result<null, SendFailure>>;
  /** Looks for our message with this key among those sent to the address since then. */
  find(key: DeliveryKey, address: Address, since: Date): Promise<Found>;
  /** For a public digest channel is nothing to check; for `organisers` every member must be one. */
  membersOf(
    address: Address,
  ): Promise<Result<{ readonly isPrivate: boolean; readonly members: readonly Account[] }, SendFailure>>;
};

/** A message of somebody, as an adapter heard it. Bots never get this far. */
export type IncomingMessage = {
  readonly kind: 'new' | 'edited' | 'deleted';
  readonly from: Account;
  /** Unique on its platform, and the same for the message's edits and its deletion. */
  readonly externalId: string;
  readonly text: string;
  readonly sentAt: Date;
};

/** What became of a message that was taken in. */
export type Kept =
  | { readonly kind: 'kept'; readonly personId: PersonId; readonly replyId: ReplyId }
  | { readonly kind: 'seen_before' }
  | { readonly kind: 'stranger' };

export type SettledReply = {
  readonly replyId: ReplyId;
  readonly personId: PersonId;
  readonly version: number;
  readonly messages: readonly string[];
  /** How many of the messages had been read when the card was last made; the rest are new. */
  readonly readMessages: number;
  readonly attempts: number;
  readonly text: ReplyText;
};

/** A delivery that this worker holds until its lease runs out. */
export type ClaimedDelivery = {
  readonly id: DeliveryId;
  readonly key: DeliveryKey;
  readonly what: string;
  readonly kind: DeliveryKind;
  readonly todo: 'send' | 'edit' | 'remove';
  readonly attempt: number;
  readonly personId: PersonId | null;
  readonly programmeId: ProgrammeId | null;
  readonly payload: Message | null;
  readonly address: Address | null;
  readonly messageRef: MessageRef | null;
  /** Set where an earlier try may have gone out: look it up first. */
  readonly attemptedAt: Date | null;
  readonly dueAt: Date;
  /** The revision that an edit would show. */
  readonly revision: number;
};
