import type { CareerUpdate } from './career-update.js';
import type { ReplyText } from './reply.js';

/**
 * Drops every activity whose evidence does not stand, letter for letter, in one of the messages: nothing that is not in the text.
 * Run after any reader, a language model above all. Never throws; grounding twice changes nothing more.
 */
export function ground(reply: ReplyText, update: CareerUpdate): CareerUpdate {
  const activities = update.activities.filter(({ evidence }) => stands(evidence, reply.messages));
  return activities.length === update.activities.length ? update : { ...update, activities };
}

function stands(evidence: string, messages: readonly string[]): boolean {
  // An empty or blank run of text stands everywhere and states nothing.
  return evidence.trim() !== '' && messages.some((message) => message.includes(evidence));
}
