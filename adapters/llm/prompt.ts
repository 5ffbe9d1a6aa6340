import type { ReplyText } from '../../src/domain/reply.js';
import { CODEBOOK, EXAMPLES } from './codebook.js';
import { RECORD_SCHEMA } from './schema.js';

/** Raised with every change that may make a model answer otherwise. Kept with each record that a model read. */
export const PROMPT_VERSION = 'p1';

/** What a model is asked. `fixed` is the same for every reply and comes first, so that an endpoint can cache it. */
export type Prompt = { readonly fixed: string; readonly reply: string };

/** Longer replies exist only as attacks or pasted documents. */
const MOST_CHARS = 8000;

/** A prompt for a reply whose words are masked already. `withSchema`: for endpoints that take none beside the prompt. */
export function promptFor(reply: ReplyText, withSchema: boolean): Prompt {
  const { programme, cohort, cohortEnd, received, messages } = reply;
  const about = { programme, cohort, cohort_end: cohortEnd, received };
  return { fixed: withSchema ? FIXED_WITH_SCHEMA : FIXED, reply: asked(about, messages) };
}

/** The same again after an answer that could not be used; `problem` names the path. */
export function repairFor(problem: string): string {
  return `That answer cannot be used: ${problem}. Answer once more with the whole JSON object as described, and nothing else.`;
}

function asked(about: Readonly<Record<string, string>>, messages: readonly string[]): string {
  let left = MOST_CHARS;
  const told = messages.flatMap((message) => {
    const words = withoutDelimiters(message).slice(0, left);
    left -= words.length;
    return words.trim() === '' ? [] : [`<message>\n${words}\n</message>`];
  });
  const facts = Object.entries(about).map(([name, value]) => `${name}: ${withoutDelimiters(value).replace(/\s+/g, ' ')}`);
  return `${facts.join('\n')}\n<reply>\n${told.join('\n')}\n</reply>`;
}

const DELIMITER = /<\s*\/?\s*(?:reply|message)\b[^>]{0,200}>?/giu;

/** What would end the reply too early. Taken out until none is left, since taking one out may make another. */
function withoutDelimiters(text: string): string {
  let before = text;
  for (;;) {
    const after = before.replace(DELIMITER, ' ');
    if (after === before) return after;
    before = after;
  }
}

const FIXED = `${CODEBOOK}

EXAMPLES
${EXAMPLES.map(({ about, messages, record }) => `${asked(about, messages)}\n${JSON.stringify(record)}`).join('\n\n')}`;

const FIXED_WITH_SCHEMA = `${FIXED}

THE JSON SCHEMA OF YOUR ANSWER
${JSON.stringify(RECORD_SCHEMA)}`;
