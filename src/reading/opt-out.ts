import type { OptOut } from '../domain/reply.js';
import {
  BARE_ERASE,
  BARE_STOP,
  ERASE_IDIOMS,
  NEGATED_ERASE,
  STOP_IDIOMS,
  STUDIED,
  TELEGRAM,
  withoutSlips,
} from './opt-out-idioms.js';
import { ERASE_RULES, HEDGES, NEGATED_STOP, STOP_RULES, TAKEN_BACK, WHOLE_MESSAGE_STOP } from './opt-out-rules.js';
import { bare, withoutQuotes } from './words.js';

// An opt-out stands at the beginning or the end of a long text, if anywhere.
const MAX_CHARS = 6000;

/**
 * Looks for a wish to get no more check-ins or to have everything deleted, in a dozen languages. Erase beats stop, clear beats ambiguous.
 * Wording that only plays with the thought ("maybe we should stop this?") is `ambiguous`: to be asked back. Never throws.
 */
export function findOptOut(messages: readonly string[]): OptOut | null {
  const said = bounded(withoutQuotes(messages.join('\n')));
  const text = TELEGRAM.test(said) ? said.replace(/\bstop\b/g, '') : said;
  // "take. me. off. your. list." is shouting, not five sentences.
  const unshouted = text.replace(/(?<=(?:^|[.\s])[\p{L}]{1,12})\. (?=[\p{L}]{1,12}\.(?:\s|$))/gu, ' ');
  const sentences = (unshouted === text ? text : `${text}\n${unshouted}`).split(/(?<=[.!?。！？…;])\s+|\n+|(?<=[。！？])/u);
  const found = sentences.map(inSentence).filter((optOut) => optOut !== null);
  if (found.length > 0 && TAKEN_BACK.test(text)) return { wants: found[0]?.wants ?? 'stop', certainty: 'ambiguous' };
  return (
    found.find(({ wants, certainty }) => wants === 'erase' && certainty === 'clear') ??
    found.find(({ certainty }) => certainty === 'clear') ??
    wholeMessage(messages) ??
    found.find(({ wants }) => wants === 'erase') ??
    found[0] ??
    null
  );
}

function bounded(text: string): string {
  const all = bare(text.length <= 2 * MAX_CHARS ? text : `${text.slice(0, MAX_CHARS)}\n${text.slice(-MAX_CHARS)}`);
  return withoutSlips(all.replace(/[ \t]+/g, ' '));
}

const ALL_ERASE = [...ERASE_RULES, ...ERASE_IDIOMS];
const ALL_STOP = [...STOP_RULES, ...STOP_IDIOMS];

function inSentence(sentence: string): OptOut | null {
  const certainty = HEDGES.test(sentence) ? 'ambiguous' : 'clear';
  if (NEGATED_ERASE.test(sentence)) return null;
  if (ALL_ERASE.some((rule) => rule.test(sentence)) && !STUDIED.test(sentence)) return { wants: 'erase', certainty };
  if (NEGATED_STOP.test(sentence)) return null;
  if (ALL_STOP.some((rule) => rule.test(sentence))) return { wants: 'stop', certainty };
  return null;
}

/** One message that is nothing but the wish: a single word, as a rule. */
function wholeMessage(messages: readonly string[]): OptOut | null {
  const short = messages.filter(({ length }) => length < 80).map((message) => withoutSlips(bare(message)));
  if (short.some((message) => BARE_ERASE.test(message))) return { wants: 'erase', certainty: 'clear' };
  const stops = short.some((message) => WHOLE_MESSAGE_STOP.test(message) || BARE_STOP.test(message));
  return stops ? { wants: 'stop', certainty: 'clear' } : null;
}
