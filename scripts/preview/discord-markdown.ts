/** What Discord's client makes of a message's text, as far as a preview and tests need it. Written from how the client behaves, and kept apart from the renderer so that it can prove it wrong. */
export type Shown =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code' | 'codeBlock'; readonly text: string }
  /** A link, mention, timestamp, emoji: something else than what was typed, or something that acts. */
  | { readonly kind: 'link' | 'mention' | 'timestamp' | 'emoji'; readonly text: string }
  | {
      readonly kind: 'strong' | 'em' | 'underline' | 'strike' | 'spoiler' | 'heading' | 'subtext' | 'quote' | 'item';
      readonly children: readonly Shown[];
    };

type Rule = {
  readonly pattern: RegExp;
  readonly isAtLineStart?: boolean;
  readonly show: (match: RegExpExecArray) => Shown;
};

const text = (content: string): Shown => ({ kind: 'text', text: content });
const group = (match: RegExpExecArray, ...places: readonly number[]): string =>
  places.map((place) => match[place]).find((each) => each !== undefined) ?? '';
const inline = (content: string) => shownIn(content, INLINE);

type Nested = Extract<Shown, { children: unknown }>['kind'];
const nested =
  (kind: Nested, ...places: readonly number[]) =>
  (match: RegExpExecArray): Shown => ({
    kind,
    children: inline(group(match, ...places)),
  });
const leaf =
  (kind: 'link' | 'mention' | 'timestamp' | 'emoji' | 'code', place = 0) =>
  (match: RegExpExecArray): Shown => ({
    kind,
    text: group(match, place),
  });

const INLINE: readonly Rule[] = [
  {
    pattern: /^```(?:[a-z0-9_+\-.#]+?\n)?\n*([^\n][\s\S]*?)\n*```/i,
    show: (match) => ({ kind: 'codeBlock', text: group(match, 1) }),
  },
  { pattern: /^\\([^0-9A-Za-z\s])/, show: (match) => text(group(match, 1)) },
  { pattern: /^<(?:https?|steam|discord):\/\/[^\s>]+>/, show: leaf('link') },
  { pattern: /^<(?:mailto:)?[^\s<>@]+@[^\s<>@]+\.[^\s<>]+>/, show: leaf('link') },
  { pattern: /^<\+\d+>/, show: leaf('link') },
  { pattern: /^\[([^\]\n]+)\]\(\s*<?(?:https?|discord):\/\/[^\s)]+>?[^)\n]*\)/, show: leaf('link', 1) },
  { pattern: /^(?:https?|steam|discord):\/\/[^\s<]+[^<.,:;"'\]\s]/, show: leaf('link') },
  { pattern: /^<t:-?\d+(?::[tTdDfFRsS])?>/, show: leaf('timestamp') },
  { pattern: /^<(?:@[!&]?|#)\d+>|^<\/[^:>]+:\d+>|^<id:\w+>|^@(?:everyone|here)/, show: leaf('mention') },
  { pattern: /^<a?:\w+:\d+>|^:[\w+-]+:/, show: leaf('emoji') },
  { pattern: /^(`+)([\s\S]*?[^`])\1(?!`)/, show: leaf('code', 2) },
  { pattern: /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, show: nested('strong', 1) },
  { pattern: /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, show: nested('underline', 1) },
  {
    pattern: /^_((?:__|\\[\s\S]|[^\\_])+?)_\b|^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/,
    show: nested('em', 1, 2),
  },
  { pattern: /^~~([\s\S]+?)~~(?!_)/, show: nested('strike', 1) },
  { pattern: /^\|\|([\s\S]+?)\|\|/, show: nested('spoiler', 1) },
];

const BLOCKS: readonly Rule[] = [
  {
    pattern: /^ *>>> ([\s\S]*)|^ *> [^\n]*(?:\n *> [^\n]*)*(?:\n|$)/,
    isAtLineStart: true,
    show: (match) => ({
      kind: 'quote',
      children: shownIn(match[1] ?? match[0].replace(/^ *> ?/gm, '').replace(/\n$/, ''), [...LINES, ...INLINE]),
    }),
  },
];
const LINES: readonly Rule[] = [
  { pattern: /^ *#{1,3}\s+([^\n]+)(?:\n|$)/, isAtLineStart: true, show: nested('heading', 1) },
  { pattern: /^ *-# +([^\n]+)(?:\n|$)/, isAtLineStart: true, show: nested('subtext', 1) },
  {
    pattern: /^ *(?:[*+-]|\d+\.) +([^\n]+)(?:\n|$)/,
    isAtLineStart: true,
    show: (match) => ({ kind: 'item', children: shownIn(group(match, 1), [...LINES, ...INLINE]) }),
  },
];

/** A message's content, or an embed's description, as it is shown. */
export const discordShows = (content: string): readonly Shown[] => shownIn(content, [...BLOCKS, ...LINES, ...INLINE]);

function shownIn(content: string, rules: readonly Rule[]): readonly Shown[] {
  const shown: Shown[] = [];
  let plain = '';
  let rest = content;
  let isAtLineStart = true;
  while (rest !== '') {
    const found = firstMatch(rules, rest, isAtLineStart);
    const taken = found ? found.match[0] : ([...rest.slice(0, 2)][0] ?? rest.charAt(0));
    if (found) {
      if (plain !== '') shown.push(text(plain));
      plain = '';
      shown.push(found.rule.show(found.match));
    } else plain += taken;
    rest = rest.slice(taken.length);
    isAtLineStart = taken.endsWith('\n') || (isAtLineStart && taken === ' ');
  }
  if (plain !== '') shown.push(text(plain));
  return shown;
}

function firstMatch(rules: readonly Rule[], rest: string, isAtLineStart: boolean) {
  for (const rule of rules) {
    const match = rule.isAtLineStart && !isAtLineStart ? null : rule.pattern.exec(rest);
    if (match) return { rule, match };
  }
  return null;
}

/** All words of what is shown. */
export function wordsShown(shown: readonly Shown[]): string {
  return shown.map((each) => ('children' in each ? wordsShown(each.children) : each.text)).join('');
}

/** Every kind that occurs, however deep. */
export function kindsShown(shown: readonly Shown[]): readonly Shown['kind'][] {
  return shown.flatMap((each) => [each.kind, ...('children' in each ? kindsShown(each.children) : [])]);
}
