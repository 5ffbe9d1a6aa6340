/** A run of letters or digits, a mark or a pictograph, with its place in its message (UTF-16 offsets, end exclusive). */
export type Token = {
  readonly text: string;
  /** Lower case, accents kept, curly quotes straightened. */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
};

/** One message of a reply, cut into tokens. */
export type TokenisedMessage = { readonly text: string; readonly tokens: readonly Token[] };

// Longer replies exist only as attacks or pasted documents; the bound keeps a read linear and short.
const MAX_TOKENS_PER_REPLY = 1200;
const MAX_CHARS_PER_MESSAGE = 8000;
const MAX_MESSAGES = 40;

// Scripts written without spaces are cut into single characters.
const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}';
const TOKEN = new RegExp(
  `[${UNSPACED}]|<[@#!][^>\\s]{1,40}>|:[a-z_]{2,30}:|<https?:[^|>\\s]{1,200}[|>]|https?:\\/\\/\\S{1,200}|[\\p{L}\\p{M}\\p{N}]+(?:['’.&\\-+](?=[\\p{L}\\p{N}])[\\p{L}\\p{M}\\p{N}]+)*|\\/\\/|->|\\n|\\p{Extended_Pictographic}|[^\\s\\p{L}\\p{N}]`,
  'gu',
);

/** Cuts messages into tokens, up to a fixed bound for the whole reply. */
export function tokenise(messages: readonly string[]): readonly TokenisedMessage[] {
  let left = MAX_TOKENS_PER_REPLY;
  return messages.slice(0, MAX_MESSAGES).map((text) => {
    const tokens = tokensOf(text, left);
    left -= tokens.length;
    return { text, tokens };
  });
}

function tokensOf(text: string, limit: number): readonly Token[] {
  const tokens: Token[] = [];
  if (limit <= 0) return tokens;
  for (const match of withoutQuotes(text.slice(0, MAX_CHARS_PER_MESSAGE)).matchAll(TOKEN)) {
    const found = match[0];
    tokens.push({ text: found, lower: plain(found), start: match.index, end: match.index + found.length });
    if (tokens.length >= limit) break;
  }
  return tokens;
}

/** Lower case with straight quotes: the form in which lists and rules are written. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/[’‘ʼ]/g, "'").replace(/[“”]/g, '"');
}

/** Plain, without accents either: for names and for rules in languages often typed without them. */
export function bare(text: string): string {
  return plain(text.normalize('NFD').replace(/\p{M}/gu, '')).replace(/ß/g, 'ss').replace(/ł/g, 'l').replace(/ø/g, 'o');
}

export function isWord(token: Token): boolean {
  return /^[\p{L}\p{N}]/u.test(token.text);
}

export function isCapitalised(token: Token): boolean {
  return /^\p{Lu}/u.test(token.text);
}

/** A rule over whole words, any case: `words('intern|interned')` does not match "internal". */
export function words(alternatives: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, 'iu');
}

/** Blanks quoted lines ("> What's new?"): the words of whoever asked. Every other character keeps its place. */
export function withoutQuotes(text: string): string {
  return text.replace(/^[ \t]*(?:>|&gt;).*$/gm, (line) => ' '.repeat(line.length));
}
