/** A reply with what identifies people taken out, and the way back. */
export type Masked = {
  readonly messages: readonly string[];
  /** Takes the same out of other words, by the same masks. */
  readonly hide: (text: string) => string;
  /** Puts back what stood there, wherever a mask was copied to. */
  readonly restore: (text: string) => string;
};

const MAIL = /(?:<mailto:[^>\s]{1,300}>|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4})/gu;
const LINK =
  /(?:<https?:[^>\n]{1,2000}>|\bhttps?:\/\/[^\s<>]{1,2000}|\bwww\.[^\s<>]{1,2000}|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:com|org|net|io|edu|dev|me|co|uk|de|fr|eu|ai)\/[^\s<>]{1,2000})/giu;
/** Mentions as the platforms write them, and handles as people do. */
const HANDLE = /(?:<[@#!][^>\s]{1,60}>|(?<![\p{L}\p{N}@])@[\p{L}\p{N}][\p{L}\p{N}._-]{1,60})/gu;
/** Nine digits or more with the usual marks between them, or an international number: a date or a year is none. */
const PHONE =
  /(?<![\p{L}\p{N}])(?!\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d))(?:\+\d[\d ().-]{6,20}\d|\(?0\d[\d ().-]{7,18}\d)(?![\p{L}\p{N}])/gu;

// Names that are words too: alone they stay, or "since May" would lose its month.
const ALSO_WORDS = new Set(
  'may june july april august march summer autumn dawn mark will bill art rose grace hope faith joy sky rich frank grant young long short brown black white green king bishop cook baker smith park field wood stone hill lake west east north south noble major best love day page price sage dean earnest chance drew an do so la de van von der den of the and in on at to for no me my we he it us le du da di el al'.split(
    ' ',
  ),
);

/**
 * Takes e-mail addresses, links, handles, phone numbers and the writer's own name out of a reply, so that it can leave the machine.
 * The same thing gets the same mask. Everything else stays letter for letter. `others`: names of others to take out as well.
 */
export function mask(messages: readonly string[], writer: string | null, others: readonly string[] = []): Masked {
  const hidden = new Map<string, string>();
  const taken = messages.join('\n');
  const counts = new Map<string, number>();
  const maskFor = (sort: string, original: string): string => {
    for (const [made, stood] of hidden) if (stood === original && made.startsWith(`[${sort}_`)) return made;
    let count = counts.get(sort) ?? 0;
    // Somebody may write what looks like a mask.
    do count += 1;
    while (taken.includes(`[${sort}_${count}]`));
    counts.set(sort, count);
    const made = `[${sort}_${count}]`;
    hidden.set(made, original);
    return made;
  };
  const rules: readonly (readonly [string, RegExp])[] = [
    ['EMAIL', MAIL],
    ['LINK', LINK],
    ['HANDLE', HANDLE],
    ['PHONE', PHONE],
    ...[writer, ...others].flatMap(nameRules).map((rule) => ['NAME', rule] as const),
  ];
  const hide = (words: string) =>
    rules.reduce((text, [sort, rule]) => text.replace(rule, (found) => maskFor(sort, found)), words);
  const masked = messages.map(hide);
  // A masked name may hold a mask of another sort: the last put in is the first put back.
  const restore = (text: string) =>
    [...hidden].reverse().reduce((restored, [made, stood]) => restored.replaceAll(made, () => stood), text);
  return { messages: masked, hide, restore };
}

/** The whole name in any case, then its parts where they are written as names. */
function nameRules(writer: string | null): readonly RegExp[] {
  const parts = (writer ?? '').match(/[\p{L}\p{M}][\p{L}\p{M}'’-]*/gu) ?? [];
  const whole = parts.length > 1 ? [partOf(parts.map(literal).join('[\\s.]+'), 'giu')] : [];
  const alone = parts.filter((part) => part.length > 1 && !ALSO_WORDS.has(part.toLowerCase()));
  return [...whole, ...alone.flatMap((part) => spellings(part).map((spelling) => partOf(literal(spelling), 'gu')))];
}

/** "Ana", "ANA", and "ana" where it is long enough to be no word. */
const spellings = (part: string) => [...new Set([part, part.toUpperCase(), ...(part.length > 3 ? [part.toLowerCase()] : [])])];
/** A whole word, except in scripts that put no spaces between words. */
const partOf = (source: string, flags: string) =>
  UNSPACED.test(source) ? new RegExp(source, flags) : new RegExp(`(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`, flags);
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
