import type { types } from '@slack/bolt';
import type { Message } from '../../src/domain/message.js';
import { assembled, inOne, inSeveral, MESSAGE_ROOM } from './fit.js';
import { beginning, countWords, escaped } from './plain-words.js';
import { type Unit, unitsOf } from './units.js';

/**
 * A message as Slack takes it. `text` is what notifications and screen readers use; it is escaped, and to be sent with `mrkdwn: false`.
 * `blocks` is empty where there is nothing but a picture, which is uploaded as a file.
 */
export type Rendered = { readonly text: string; readonly blocks: types.KnownBlock[] };

/** More is shortened by Slack, or refused. */
const LONGEST_TEXT = 4000;
const NOTHING = 'There is nothing to show.';

/** A message in one piece. What does not fit is cut and says so; every control stays. All words are shown as they were typed. */
export function renderMessage(message: Message): Rendered {
  const blocks = inOne(unitsOf(message, 'short'), MESSAGE_ROOM);
  return { text: wordsOf(unitsOf(message, 'whole')), blocks: [...blocks] };
}

/** A message in as many pieces as it takes to show all of it, in order; at least one. */
export function renderWhole(message: Message): readonly Rendered[] {
  const pages = inSeveral(unitsOf(message, 'whole'), MESSAGE_ROOM);
  if (pages.length === 0) return [{ text: NOTHING, blocks: [] }];
  return pages.map((page) => ({ text: wordsOf(page), blocks: [...assembled(page, 'loose')] }));
}

/** The words of a message, in order, for whoever hears it read out. */
function wordsOf(units: readonly Unit[]): string {
  const words = units
    .map((unit) => unit.words)
    .filter((each) => each !== '')
    .join('\n');
  const whole = escaped(words);
  if (words === '') return NOTHING;
  if (whole.length <= LONGEST_TEXT) return whole;
  // Escaping makes a text longer: cut it by what it comes to.
  let most = LONGEST_TEXT - 60;
  let begun = beginning(words, most);
  while (escaped(begun).length > LONGEST_TEXT - 60) {
    most -= Math.max(1, Math.ceil((escaped(begun).length - LONGEST_TEXT + 60) / 5));
    begun = beginning(words, most);
  }
  return `${escaped(begun)} … (${countWords(words.length - begun.length)} more characters)`;
}
