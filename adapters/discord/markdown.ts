/** They turn the direction of everything after them, and so can make a line read as another. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/g;

/** Text of somebody without what cannot be shown: lone surrogates, control characters, turned directions. Lines stay lines. */
export function plainText(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, '  ')
    .replace(/[^\n\P{Cc}]/gu, '\uFFFD')
    .replace(DIRECTIONS, '\uFFFD');
}

/** The same on one line, for labels and names of files. */
export const oneLine = (text: string): string => plainText(text).replace(/\s+/g, ' ').trim();

/** The text with an ellipsis where it is longer than `most` UTF-16 units; a pair of surrogates is never split. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, placeToCut(text, most - 1))}…`;
}

/** Emphasis, spoilers, code, masked links, mentions, timestamps, custom emoji, and the names of pings. */
const INLINE = /[\\*_~`|<[]|@(?=\w)|:(?=\/\/)|:(?=[\w+-]+:)/g;
/** Headings, quotes, lists, small print. */
const AT_LINE_START = /^(\s*)([#>+-])/;
const NUMBER_AT_LINE_START = /^(\s*\d+)([.)])/;

/**
 * A line of plain text so that Discord shows it as it was typed. Discord takes a backslash before any sign for an escape; links
 * lose theirs in the scheme, since a bare address would be a link and unfold.
 */
export const escaped = (line: string): string => line.replace(INLINE, '\\$&');

/** What stands at the beginning of a line needs more: it could be a heading, a quote or a list. Takes a line that is `escaped`. */
export const escapedAtStart = (line: string): string =>
  line.replace(AT_LINE_START, '$1\\$2').replace(NUMBER_AT_LINE_START, '$1\\$2');

/** Text that stands in a code block, where nothing can be escaped: a fence within it is broken by marks without width. */
export const fenced = (text: string): string => text.replace(/``+/g, (run) => [...run].join('\u200B'));

const HOW_FAR_BACK = 60;

/**
 * Where to cut text that has room for `room` UTF-16 units: behind a space if one is near, and never within a pair of surrogates
 * or between a backslash and what it escapes.
 */
export function placeToCut(text: string, room: number): number {
  if (text.length <= room) return text.length;
  const space = text.lastIndexOf(' ', room - 1);
  const place = space > room - HOW_FAR_BACK ? space + 1 : room;
  const isWithinPair = /[\uDC00-\uDFFF]/.test(text.charAt(place)) && /[\uD800-\uDBFF]/.test(text.charAt(place - 1));
  const isEscaping = (/\\+$/.exec(text.slice(0, place))?.[0].length ?? 0) % 2 === 1;
  return Math.max(0, isWithinPair || isEscaping ? place - 1 : place);
}
