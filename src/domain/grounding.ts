import type { CareerUpdate } from './career-update.js';
import type { ReplyText } from './reply.js';
import { speaksToTheBot } from './spoken-to.js';

/**
 * Drops every activity whose evidence does not stand, letter for letter, in one of the messages, and every one that is stated in
 * words to the bot ("ignore what you were told"): nothing that is not in the text, and nothing that is an order.
 * Run after any reader, a language model above all. Never throws; grounding twice changes nothing more.
 */
export function ground(reply: ReplyText, update: CareerUpdate): CareerUpdate {
  const activities = update.activities.filter(({ evidence }) => stands(evidence, reply.messages));
  return activities.length === update.activities.length ? update : { ...update, activities };
}

function stands(evidence: string, messages: readonly string[]): boolean {
  // An empty or blank run of text stands everywhere and states nothing.
  if (evidence.trim() === '') return false;
  const places = messages.filter((message) => message.includes(evidence));
  return places.some((message) => !speaksToTheBot(message, evidence));
}
