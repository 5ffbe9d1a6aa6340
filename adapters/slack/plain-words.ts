/** Characters that turn the direction of everything after them, and so can make a line read as another. */
const REORDERING = /[\u202A-\u202E\u2066-\u2069]/g;
const LONE_SURROGATES = /\p{Cs}/gu;
const VISIBLE = /[^\p{DI}\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\u2800]/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text of somebody as it may be shown: whole characters, in the order in which they stand. Lines stay lines. */
export function plainWords(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, '  ')
    .replace(LONE_SURROGATES, '\uFFFD')
    .replace(/[^\n\P{Cc}]/gu, '')
    .replace(REORDERING, '')
    .replace(/^\n+|\s+$/g, '');
}

/** The same on one line, for headings and labels. */
export const oneLine = (text: string): string => plainWords(text).replace(/\s+/g, ' ').trim();

/** Whether there is anything to see in it: Slack refuses text that is empty, and nobody can read what is blank. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);

/** The beginning of a text, at most so long, never ending within a character as people see it; at a gap between words where one is near. */
export function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  const gap = Math.max(text.lastIndexOf(' ', most), text.lastIndexOf('\n', most));
  if (gap > most - 40 && gap > most / 2) return text.slice(0, gap);
  // A character as people see it is seldom longer than this; one that is (heaps of accents) is cut all the same.
  const from = Math.max(0, most - 64);
  const start = isLowSurrogate(text, from) ? from - 1 : from;
  let end = start;
  for (const { index, segment } of graphemes.segment(text.slice(start, most + 64))) {
    const after = start + index + segment.length;
    if (after > most) break;
    end = after;
  }
  if (end > 0 && end > start) return text.slice(0, end);
  return text.slice(0, isLowSurrogate(text, most) ? most - 1 : most);
}

const isLowSurrogate = (text: string, at: number) => /[\uDC00-\uDFFF]/.test(text.charAt(at)) && at > 0;

/** A label in at most so many characters, with an ellipsis where it is cut; `otherwise` where there is nothing to see. */
export function label(text: string, most: number, otherwise = '…'): string {
  const line = oneLine(text);
  if (!isVisible(line)) return otherwise;
  return line.length <= most ? line : `${beginning(line, most - 1)}…`;
}

/** A text in pieces of at most so many characters, whole lines and words where it can be. */
export function pieces(text: string, most: number): readonly string[] {
  const all: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const newline = rest.lastIndexOf('\n', most);
    const piece = newline > most / 2 ? rest.slice(0, newline) : beginning(rest, most);
    all.push(piece);
    rest = rest.slice(piece.length).replace(/^[ \n]/, '');
  }
  return rest === '' && all.length > 0 ? all : [...all, rest];
}

export const countWords = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** A text in at most so many characters, with how much is missing said at its end. */
export function cutShort(text: string, most: number): string {
  if (text.length <= most) return text;
  const begun = beginning(text, most - 40).trimEnd();
  return `${begun} … (${countWords(text.length - begun.length)} more characters)`;
}

/** Text for Slack's own markup, in which nothing pings, links or breaks out. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=(?:here|channel|everyone)\b)/gi, '@\u2060');
}
