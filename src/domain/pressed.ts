import type { Change, Conversation, OwnMessage } from './conversation.js';
import { type ControlRef, type Form, type Message, say } from './message.js';

/** Stands in for a message's key in answers that are no delivery of their own: whoever presses speaks for themselves. */
export const ME_KEY = 'me';

/** What follows from a press: what changes, what to say to the presser alone, and a form to open. */
export type Pressed = { readonly changes: readonly Change[]; readonly answer: Message | null; readonly form: Form | null };

export type Press = {
  readonly ref: ControlRef;
  readonly value: string | null;
  readonly now: Date;
  readonly model: string | null;
};
/** A press on one of their own messages, and what is known of them. */
export type Place = Press & { readonly conversation: Conversation; readonly own: OwnMessage | null };

export const done = (changes: readonly Change[], answer: Message | null = null): Pressed => ({ changes, answer, form: null });
export const only = (...texts: readonly string[]): Pressed => done([], say(...texts));
export const NOT_YOURS = only('That button belongs to a message I no longer know, so nothing has changed.');
