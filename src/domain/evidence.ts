type Word = { readonly key: string; readonly from: number; readonly to: number };

/** How much of a claimed run of words must stand in the message, in order, to be taken for a slip of copying. */
const NEARLY = 0.8;
const MOST_WORDS = 80;
const MOST_OF_MESSAGE = 1500;

/**
 * Where in the messages a claimed run of words stands: letter for letter, else but for case, spaces and marks, else nearly
 * (most of its words, in order, with little between them). Returns what the message says there, verbatim; null where it stands nowhere.
 */
export function alignEvidence(claimed: string, messages: readonly string[]): string | null {
  const trimmed = claimed.trim();
  if (trimmed === '') return null;
  if (messages.some((message) => message.includes(trimmed))) return trimmed;
  const said = wordsOf(trimmed).slice(0, MOST_WORDS);
  if (said.length === 0) return null;
  let best: { readonly text: string; readonly share: number } | null = null;
  for (const message of messages) {
    const found = bestRun(said, message);
    if (found && (best === null || found.share > best.share)) best = found;
  }
  return best?.text ?? longestPart(trimmed, messages);
}

/** Letters and digits alone, lower case, no accents. */
const keyOf = (word: string) =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '');

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    key: keyOf(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** A run of a message, from word `from` up to but not including `to`, and how many of the claimed words it holds in order. */
type Run = { readonly shared: number; readonly from: number; readonly to: number };
const NO_RUN: Run = { shared: 0, from: -1, to: -1 };
/** Of two runs with as many shared words, the one that begins later is the closer. */
const better = (one: Run, other: Run): Run =>
  other.shared > one.shared || (other.shared === one.shared && other.from > one.from) ? other : one;

/** The run of the message that shares most words, in order, with what is claimed; it ends and begins with shared words. */
function bestRun(said: readonly Word[], message: string): { readonly text: string; readonly share: number } | null {
  const words = wordsOf(message).slice(0, MOST_OF_MESSAGE);
  // The longest common subsequence, by rows; row[j] is the best run that ends at or before word j.
  let row: readonly Run[] = new Array<Run>(words.length + 1).fill(NO_RUN);
  for (const { key } of said) {
    const next: Run[] = [NO_RUN];
    for (let j = 1; j <= words.length; j++) {
      const matched = words[j - 1]?.key === key ? extended(row[j - 1] ?? NO_RUN, j) : NO_RUN;
      next.push(better(better(row[j] ?? NO_RUN, next[j - 1] ?? NO_RUN), matched));
    }
    row = next;
  }
  const best = row[words.length] ?? NO_RUN;
  const share = best.shared / said.length;
  const [first, last] = [words[best.from], words[best.to - 1]];
  if (share < NEARLY || !first || !last || best.to - best.from > said.length * 1.3 + 1) return null;
  return { text: message.slice(first.from, last.to), share };
}

const extended = ({ shared, from }: Run, to: number): Run => ({
  shared: shared + 1,
  from: shared === 0 ? to - 1 : from,
  to,
});

const SHORTEST_PART = 3;

/** "Joined Apollo … as an engineer": the longest piece between the dots that stands as it is. */
function longestPart(claimed: string, messages: readonly string[]): string | null {
  const parts = claimed
    .split(/\s*(?:\.\.\.|…|\[\.\.\.\]|\[…\])\s*/)
    .filter((part) => wordsOf(part).length >= SHORTEST_PART && messages.some((message) => message.includes(part)));
  if (parts.length === 0 || parts[0] === claimed) return null;
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest));
}
