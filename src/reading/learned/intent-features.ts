import type { Analysis } from '../analysis.js';
import { intentHits } from '../intent.js';
import { FeatureBag } from './linear.js';

export const INTENT_BITS = 16;

/** What speaks for a reply's intent: its words, the intents' rules and how many activities were found. */
export function intentFeatures(analysis: Analysis, activities: number): readonly number[] {
  const bag = new FeatureBag(INTENT_BITS);
  bag.add('bias');
  bag.add(`activities:${Math.min(activities, 2)}`);
  const hits = intentHits(analysis.reply.messages);
  for (const hit of hits) {
    bag.add(`i:${hit}`);
    bag.add(`i:${hit}|${activities > 0}`);
  }
  for (const message of analysis.messages) {
    for (const [at, token] of message.tokens.slice(0, 120).entries()) {
      bag.add(`w:${token.lower}`);
      bag.add(`b:${token.lower} ${message.tokens[at + 1]?.lower ?? '$'}`);
    }
    for (const hit of message.hits.slice(0, 60)) bag.add(`h:${hit.family}${hit.label}`);
    if (message.names.length > 0) bag.add('names');
  }
  const length = analysis.messages.reduce((sum, { tokens }) => sum + tokens.length, 0);
  bag.add(`length:${Math.min(Math.round(Math.log2(length + 1)), 7)}`);
  return bag.buckets;
}
