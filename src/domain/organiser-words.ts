import { fail, ok, type Result } from './result.js';
import { listInWords } from './wording.js';

/** Words, with what stands in double quotes (straight or curly) as one; keyboards that turn two hyphens into a dash are forgiven. */
export function wordsOf(text: string): readonly string[] {
  const found = text.matchAll(/(?:([-—–]{1,2}\p{L}[\p{L}-]*=))?["“”„]([^"“”„]*)["“”„]|(\S+)/gu);
  return [...found].map(([, flag = '', quoted, bare = '']) => withHyphens(quoted === undefined ? bare : `${flag}${quoted}`));
}

const withHyphens = (word: string) => word.replace(/^[—–](?=\p{L})/u, '--');

type Flags = {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly on: ReadonlySet<string>;
  readonly words: readonly string[];
};

/** Takes words apart into flags with a value (any number of times), flags without, and the rest. */
export function flagsIn(words: readonly string[], valued: readonly string[], bare: readonly string[]): Result<Flags, string> {
  const values = new Map<string, string[]>();
  const on = new Set<string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', attached] = splitFlag(words[at] ?? '');
    if (!word.startsWith('--')) rest.push(words[at] ?? '');
    else if (bare.includes(word)) on.add(word);
    else if (valued.includes(word)) {
      if (attached === undefined) at += 1;
      const value = attached ?? words[at];
      if (value === undefined) return fail(`Something is missing behind ${word}.`);
      values.set(word, [...(values.get(word) ?? []), value]);
    } else return fail(`I do not know ${word}. There are ${listInWords([...valued, ...bare])}.`);
  }
  return ok({ values, on, words: rest });
}

function splitFlag(word: string): readonly [string, string | undefined] {
  const [, flag, value] = /^(--[a-z-]+)=(.*)$/i.exec(word) ?? [];
  return flag === undefined ? [word.startsWith('--') ? word.toLowerCase() : word, undefined] : [flag.toLowerCase(), value];
}

/** The longest of these names that the words begin with. */
export function leadingName(words: readonly string[], names: readonly string[]) {
  for (let length = words.length; length > 0; length -= 1) {
    const name = named(words.slice(0, length), names);
    if (name !== undefined) return { name, rest: words.slice(length) };
  }
  return null;
}

/** Which of these names the words are, whatever the capitals. */
export const named = (words: readonly string[], names: readonly string[]) =>
  names.find((each) => each.toLowerCase() === words.join(' ').toLowerCase());
