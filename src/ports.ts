import type { Change, Conversation, DeliveryKind } from './domain/conversation.js';
import type { Recorded, Tried } from './domain/delivery.js';
import type { CheckInId, DeliveryId, DeliveryKey, PersonId, ProgrammeId, ReplyId } from './domain/ids.js';
import type { Invitation } from './domain/invitation.js';
import type { Message } from './domain/message.js';
import type { Account, Address, Platform, WayIn } from './domain/people.js';
import type { Placement } from './domain/placement.js';
import type { Reading, ReplyText } from './domain/reply.js';
import type { Result } from './domain/result.js';
import type { SendFailure } from './domain/send-failure.js';
import type { Directory } from './platform-ports.js';
import type { ProgrammeStore } from './programme-ports.js';

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
  /** What somebody wrote in their direct messages since then, oldest first; absent where nothing can be missed. */
  missed?(address: Address, since: Date): Promise<Result<readonly IncomingMessage[], SendFailure>>;
  /** Absent where nobody has a profile. */
  readonly directory?: Directory;
};

/** A message of somebody, as an adapter heard it. Bots never get this far. */
export type IncomingMessage = {
  readonly kind: 'new' | 'edited' | 'deleted';
  readonly from: Account;
  /** Unique on its platform, and the same for the message's edits and its deletion. */
  readonly externalId: string;
  readonly text: string;
  readonly sentAt: Date;
  /** Files that came with it; they are fetched only where somebody wants them. */
  readonly files?: readonly IncomingFile[];
};
/** `read` gives null where it cannot be fetched, or is over 5 MB. */
export type IncomingFile = { readonly name: string; readonly read: () => Promise<Uint8Array | null> };

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

/** A reply that was read some time ago, with the words that are still there. */
export type OldReply = Pick<SettledReply, 'replyId' | 'personId' | 'version' | 'text'> & {
  readonly cohort: string | null;
  readonly waveMonths: number | null;
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
  readonly checkInId: CheckInId | null;
  readonly replyId: ReplyId | null;
  readonly payload: Message | null;
  /** The version for everybody, where the payload is only for a channel of organisers. */
  readonly publicPayload: Message | null;
  /** Where an earlier try went; null before the first. */
  readonly address: Address | null;
  readonly messageRef: MessageRef | null;
  /** Set where an earlier try may have gone out: look it up first. */
  readonly attemptedAt: Date | null;
  readonly dueAt: Date;
  readonly createdAt: Date;
  /** The revision that an edit would show. */
  readonly revision: number;
};

/** What the last look before a send comes to. */
export type Begun =
  | { readonly kind: 'go'; readonly message: Message; readonly address: Address }
  /** Put back, dropped, or another worker's by now: nothing to send. */
  | { readonly kind: 'nothing'; readonly why: string };

/** What is found out about a delivery after a restore. `known`: it was sent after the backup was made, or nobody can tell. */
export type LookedBack =
  | { readonly kind: 'clear' }
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'known'; readonly tried: Tried };

/** What to do with a claimed delivery, decided on the conversation as it is at the last moment; null: it goes to a channel. */
export type LastLook =
  | { readonly kind: 'send'; readonly message: Message; readonly address: Address }
  | { readonly kind: 'wait'; readonly until: Date }
  | { readonly kind: 'drop'; readonly why: string; readonly changes: readonly Change[] };

/** The outbox. Leases run on the database's clock, calendar decisions on the `now` handed in. */
export type Outbox = {
  /** Takes up to `limit` due deliveries for this worker alone until the lease runs out. */
  claimDue(now: Date, limit: number, leaseMs: number): Promise<readonly ClaimedDelivery[]>;
  /** The last look: under the person's lock, and with the try written down before it is made. */
  beginTry(
    claimed: ClaimedDelivery,
    now: Date,
    leaseMs: number,
    look: (conversation: Conversation | null) => LastLook,
  ): Promise<Begun>;
  /** Records a try, unless the lease was lost meanwhile; false then. */
  recordTry(
    claimed: ClaimedDelivery,
    recorded: Recorded,
    now: Date,
    changes: (conversation: Conversation) => readonly Change[],
  ): Promise<boolean>;
};

/** Conversations: read and changed under one lock a person, decided by pure functions handed in. */
export type Conversations = {
  personAt(account: Account): Promise<PersonId | null>;
  /**
   * The account is that of whoever is on a list by this e-mail address: joins it to them. Null where nobody is, and where the account
   * is somebody else's already.
   */
  joinByEmail(email: string, account: Account, now: Date): Promise<PersonId | null>;
  ownerOf(key: string): Promise<PersonId | null>;
  conversation(personId: PersonId): Promise<Conversation | null>;
  /**
   * Decides and carries out in one transaction. With an event id the whole happens once, however often the platform delivers
   * the event: null the second time. Null too for a person who does not exist.
   */
  change<T extends { readonly changes: readonly Change[] }>(
    personId: PersonId,
    now: Date,
    decide: (conversation: Conversation) => T,
    event?: InboundEvent,
  ): Promise<T | null>;
  /** Decides for everybody whose time has come, at most `limit` people; returns how many there were. */
  changeDue(now: Date, limit: number, decide: (conversation: Conversation) => readonly Change[]): Promise<number>;
  /** Stores a message before anything else happens; the reply it belongs to settles later. */
  keepMessage(
    incoming: IncomingMessage,
    now: Date,
    place: (conversation: Conversation, now: Date) => Placement | null,
  ): Promise<Kept>;
  /** Replies that have been quiet long enough. */
  settled(now: Date, limit: number): Promise<readonly SettledReply[]>;
  /** Replies of a programme that have words and are not being collected, by id: those after `after`. */
  repliesOf(programmeId: ProgrammeId, after: number, limit: number): Promise<readonly OldReply[]>;
  /** Puts off a reply that could not be read, so that it does not hold up the others. */
  putOffReply(replyId: ReplyId, until: Date): Promise<void>;
  /** Lets a reply wait as long again that is about to settle while its writer types; only so often, and for nobody else. */
  waitWhileTyping(account: Account, now: Date): Promise<void>;
  wordsOf(personId: PersonId): Promise<readonly { readonly at: Date; readonly text: string }[]>;
  /** True the first time an event of somebody unknown is seen; `payload` is delivered to them. */
  tellStranger(account: Account, what: string, payload: Message, now: Date): Promise<boolean>;
  makeLinkCode(personId: PersonId, code: string, expiresAt: Date, now: Date): Promise<void>;
  /** Joins an account to the person whose code it is, once; the account that it joined is told the same again. */
  useLinkCode(code: string, account: Account, now: Date): Promise<'joined' | 'no_such_code' | 'account_taken'>;
  /** Drops the fingerprint that an erasure left. */
  forget(account: Account): Promise<boolean>;
};

/** Lists that people come onto by themselves. */
export type Enrolments = {
  /** Writes an invitation down; the sender posts it. The same event twice posts one. */
  invite(invitation: Invitation, to: Address, payload: Message, event: InboundEvent, now: Date): Promise<void>;
  /** What the invitation with this key is for. */
  invitationAt(key: string): Promise<Invitation | null>;
  /**
   * Puts somebody on a cohort's list, and decides on what follows in the same transaction. Whoever is known by the account or
   * the address that the platform vouches for is that person, and the account is theirs from then on; the fingerprint that an
   * erasure left is lifted. `isNew`: they were not on the list. With the same event a second time: null.
   */
  enrol<T extends { readonly changes: readonly Change[] }>(
    newcomer: Newcomer,
    decide: (conversation: Conversation, isNew: boolean) => T,
    event: InboundEvent,
    now: Date,
  ): Promise<T | null>;
};
export type Newcomer = Invitation & {
  readonly account: Account;
  /** Null where the platform knows no names. */
  readonly name: string | null;
  readonly email: string | null;
  /** As the platform's profile says. */
  readonly timeZone: string | null;
  readonly cameBy: WayIn;
};

/** Whose history is to be read from when, and what it has been read up to then. */
export type Unread = { readonly account: Account; readonly since: Date; readonly until: Date };

/** When platforms were not heard, and how far people's histories have been read since. */
export type Silences = {
  /** A sign of life: from here on the next silence counts. */
  heardNow(platform: Platform, now: Date): Promise<void>;
  /**
   * Writes down that nothing was heard since the last sign of life, or since `heardUntil` where that is earlier. Where there never was
   * a sign, there was nothing to hear.
   */
  endSilence(platform: Platform, now: Date, heardUntil?: Date): Promise<void>;
  /** Accounts, not read since the last silence, of people whose question is out. `last`: the next `after`; null once there are no more. */
  unreadOfAsked(
    platform: Platform,
    after: number,
    limit: number,
  ): Promise<{ readonly unread: readonly Unread[]; readonly last: number | null }>;
  /** Accounts of anybody that have not been read since the last silence longer than this. */
  unreadOfEverybody(platform: Platform, longerThanMs: number, limit: number): Promise<readonly Unread[]>;
  readUntil(account: Account, until: Date): Promise<void>;
  /** Whether an account of theirs on one of these platforms has not been read up to then. */
  isUnread(personId: PersonId, platforms: readonly Platform[], until: Date): Promise<boolean>;
};

/** Fingerprints of erased people. Those that one erasure left bear the same moment. `version` grows with every change. */
export type ErasedList = {
  readonly version: number;
  readonly fingerprints: readonly { readonly hash: string; readonly erasedAt: Date }[];
};
/** The list as the database has it. */
export type ErasedStore = {
  version(): Promise<number>;
  list(): Promise<ErasedList>;
  /** For a database that is older than a list: takes it over, and erases whoever is on it. Returns how many people that were. */
  applyAgain(list: ErasedList, now: Date): Promise<number>;
};
/** The copy beside the database, which a restore does not take back. Null: there is none. */
export type ErasedCopy = { read(): Promise<ErasedList | null>; write(list: ErasedList): Promise<void> };

/** `accountId`: whose act it was, so that the next message goes where they are. */
export type InboundEvent = { readonly platform: Platform; readonly eventId: string; readonly accountId?: string };

/** What the flows that speak with people need. */
export type Ports = {
  readonly conversations: Conversations;
  readonly outbox: Outbox;
  readonly programmes: ProgrammeStore;
  readonly enrolments: Enrolments;
  readonly silences: Silences;
  /** The platforms that are connected. */
  readonly messengers: ReadonlyMap<Platform, Messenger>;
  readonly readReply: ReplyReader;
  /** The message with its charts drawn, asked for right before it is sent; rejects where one cannot be. Left out: they are told in words. */
  readonly withChartsDrawn?: (message: Message) => Promise<Message>;
  /** The language model that reads replies, in words; null where the offline reader does. */
  readonly model: string | null;
  /** Where the database was restored from a backup: looks up first what may have been sent meanwhile. */
  readonly lookBack?: (claimed: ClaimedDelivery, leaseMs: number) => Promise<LookedBack>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** There is something to send: do not wait for the next tick. */
  readonly wakeSender: () => void;
};
