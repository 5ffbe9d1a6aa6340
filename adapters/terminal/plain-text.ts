const ESC = String.fromCharCode(0x1b);
const CSI = String.fromCharCode(0x9b);
const BELL = String.fromCharCode(0x07);

/** Whole escape sequences: titles and links (OSC and its kin), colours and cursor moves (CSI), and the short ones. */
const SEQUENCES = new RegExp(
  `${ESC}[\\]PX^_][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\|$)|(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]|${ESC}[ -/]*[0-~]`,
  'g',
);
/** They turn the direction of everything after them, and so can make a line read as another. */
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * Text of somebody as it may be shown in a terminal: it can neither move the cursor, nor colour, nor ring, nor reorder what
 * stands around it. Lines stay lines.
 */
export function plainText(text: string): string {
  return text
    .replace(SEQUENCES, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, '  ')
    .replace(/[^\n\P{Cc}]/gu, '\uFFFD')
    .replace(DIRECTIONS, '\uFFFD');
}

/** The same on one line, for names and labels. */
export const oneLine = (text: string): string => plainText(text).replace(/\s+/g, ' ').trim();

/** Lines of at most `width` characters; a longer word is cut. Line ends in the text stay. */
export function wrapLines(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(8, width)));
}

function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    if (line !== '' && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const lengthOf = (text: string) => [...text].length;

function pieces(word: string, width: number): readonly string[] {
  const characters = [...word];
  if (characters.length <= width) return [word];
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, at) =>
    characters.slice(at * width, (at + 1) * width).join(''),
  );
}
