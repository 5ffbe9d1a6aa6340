import { type SpanInReply, spanOf } from './learned/span-features.js';
import { type KnownName, type Organisation, organisationNamed } from './organisations.js';

const JOINS = new Set([
  ...[
    ',',
    '/',
    '&',
    '+',
    'and',
    'or',
    'the',
    'at',
    'to',
    'for',
    'with',
    'both',
    'also',
    'und',
    'oder',
    'y',
    'o',
    'et',
    'ou',
    'e',
    'en',
    'i',
  ],
  ...['the', 'a', 'an', 'one', 'in', 'then', 'plus', '(', ')'],
]);

/** The bodies that a span names in one breath with the given one: "applied to METR, Redwood and Apollo". */
export function namedInOneBreath(place: SpanInReply, name: string): readonly Organisation[] {
  const span = spanOf(place);
  const message = place.analysis.messages[span.message];
  const inside = (message?.names ?? []).filter(({ from, to }) => from >= span.from && to <= span.to);
  const own = organisationNamed(name);
  const at = inside.findIndex(({ organisation }) => organisation === own);
  if (!message || !own || at < 0) return [];
  const joined = (one: KnownName | undefined, other: KnownName | undefined): boolean =>
    one !== undefined &&
    other !== undefined &&
    other.from > one.to &&
    message.tokens.slice(one.to, other.from).every(({ lower }) => JOINS.has(lower));
  let [first, last] = [at, at];
  while (joined(inside[first - 1], inside[first])) first--;
  while (joined(inside[last], inside[last + 1])) last++;
  const others = inside.slice(first, last + 1).map(({ organisation }) => organisation);
  return [...new Set(others)].filter((organisation) => organisation !== own);
}
