import type { Readable, Writable } from 'node:stream';
import type { DeliveryKey } from '../../src/domain/ids.js';
import type { Message } from '../../src/domain/message.js';
import type { Account, Address } from '../../src/domain/people.js';
import type { Hearing } from '../../src/platform-ports.js';
import type { Clock, MessageRef, Messenger, Random } from '../../src/ports.js';

/** A message as the terminal keeps it. `at` is when it was sent; what was removed keeps its place, without its words. */
export type TerminalMessage = {
  readonly ref: MessageRef;
  readonly key: DeliveryKey;
  readonly to: Address;
  readonly at: Date;
  readonly message: Message;
  readonly isRemoved: boolean;
};

/** Something that the bot did to a message. `before` is what stood there until now. */
export type TerminalEvent =
  | { readonly kind: 'sent'; readonly now: TerminalMessage }
  | { readonly kind: 'edited' | 'removed'; readonly now: TerminalMessage; readonly before: TerminalMessage };

/** A messenger that keeps what it took, and tells whoever listens. */
export type TerminalMessenger = Messenger & {
  /** Returns a function that ends the listening. */
  listen(hear: (event: TerminalEvent) => void): () => void;
  /** What has been sent to somebody, or to every channel, oldest first; without what was removed. */
  messagesTo(to: Account | 'channels'): readonly TerminalMessage[];
};

/** Somebody whom one can be in the chat: everybody is known by their number here. */
export type ChatPerson = { readonly id: number; readonly name: string; readonly cohorts: readonly string[] };

/** What the chat is handed: the flows behind it, already bound to their ports. */
export type ChatPorts = {
  readonly messenger: TerminalMessenger;
  readonly clock: Clock;
  readonly random: Random;
  /** Those whose name, or a word of it, begins with these letters, or whose number it is; everybody for ''. By name, at most `limit`. */
  readonly findPeople: (start: string, limit: number) => Promise<readonly ChatPerson[]>;
  /** Names of the programmes that are not archived. */
  readonly programmes: () => Promise<readonly string[]>;
  /** Whoever sits at the terminal runs the bot, and may speak for the organisers of any programme. */
  readonly hearing: Pick<Hearing, 'message' | 'press' | 'form' | 'alumnusCommand' | 'organiserCommand'>;
  /** A file of this machine, by the path that was typed; null where it cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array | null>;
  /** Makes the sample programme, or says that it is there already. */
  readonly makeSample: () => Promise<Message>;
  /**
   * Returns once everything that follows from what was taken in has been sent: nothing is due, and no reply waits to be read.
   * Only awaited where lines are piped in; at a keyboard the bot's own tick does the work.
   */
  readonly settle: () => Promise<void>;
};

export type ChatOptions = {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Whether to use colour: the output is a terminal and NO_COLOR is not set. */
  readonly colour: boolean;
};

/** `done` is fulfilled when the person leaves, or the piped lines end; `close` ends it from outside, and a repeat is harmless. */
export type Chat = { readonly done: Promise<void>; readonly close: () => void };
