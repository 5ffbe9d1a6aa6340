import type { AnalysedMessage, Analysis, Hit, Span } from '../analysis.js';
import { classOf, tenseOf } from '../word-classes.js';
import { bare, isWord } from '../words.js';
import { FeatureBag, type LinearModel, scoresOf } from './linear.js';

/** Marks where activities are stated: a linear chain over Outside, Begin, Inside. */
export type Tagger = {
  readonly emissions: LinearModel /** From row to column, O B I; the fourth row is the start. */;
  readonly transitions: Float32Array;
};

export const TAGS = ['O', 'B', 'I'] as const;
/** Finding one too many costs a tap, missing one costs the news: the balance tips a little towards finding. */
const BEGIN_BONUS = 0.2;
export const TAGGER_BITS = 18;

/** The runs of tokens in which the tagger finds activities, in reading order. */
export function findSpans(analysis: Analysis, tagger: Tagger): readonly Span[] {
  return analysis.messages.flatMap((message, index) =>
    spansOf(bestTags(message, analysis, tagger), index).map((span) => trimmed(span, message)),
  );
}

function bestTags(message: AnalysedMessage, analysis: Analysis, { emissions, transitions }: Tagger): readonly number[] {
  const rows = tokenFeatures(message, analysis).map((buckets) => scoresOf(emissions, buckets));
  const back: number[][] = [];
  let reached = [0, 0, 0];
  for (const [position, row] of rows.entries()) {
    const from: number[] = [];
    reached = [0, 1, 2].map((tag) => {
      const ways =
        position === 0
          ? [transitions[9 + tag] ?? 0]
          : reached.map((score, before) => score + (transitions[before * 3 + tag] ?? 0));
      from[tag] = ways.indexOf(Math.max(...ways));
      return (ways[from[tag]] ?? 0) + (row[tag] ?? 0) + (tag === 1 ? BEGIN_BONUS : 0);
    });
    back.push(from);
  }
  const tags: number[] = [];
  let tag = reached.indexOf(Math.max(...reached));
  for (let position = rows.length - 1; position >= 0; position--) {
    tags[position] = tag;
    tag = back[position]?.[tag] ?? 0;
  }
  return tags;
}

function spansOf(tags: readonly number[], message: number): readonly Span[] {
  const spans: Span[] = [];
  let from = -1;
  for (let at = 0; at <= tags.length; at++) {
    const tag = tags[at] ?? 0;
    if (from >= 0 && tag !== 2) {
      spans.push({ message, from, to: at });
      from = -1;
    }
    if (tag === 1 || (tag === 2 && from < 0)) from = at;
  }
  return spans;
}

/** A span without the marks at its edges. */
function trimmed(span: Span, { tokens }: AnalysedMessage): Span {
  let { from, to } = span;
  while (to - 1 > from && /^[^\p{L}\p{N})\]"'%]+$/u.test(tokens[to - 1]?.text ?? '')) to--;
  while (from < to - 1 && /^[^\p{L}\p{N}("'@<]+$/u.test(tokens[from]?.text ?? '')) from++;
  return { ...span, from, to };
}

/** The features of every token of a message, as buckets. Shared with the training script, so that both see the same. */
export function tokenFeatures(message: AnalysedMessage, analysis: Analysis): readonly (readonly number[])[] {
  const { tokens } = message;
  const hitsAt: Hit[][] = tokens.map(() => []);
  const sentenceHits = new Map<number, Set<string>>();
  for (const hit of message.hits) {
    for (let at = hit.from; at < hit.to; at++) hitsAt[at]?.push(hit);
    const sentence = message.sentenceOf[hit.from] ?? 0;
    const names = sentenceHits.get(sentence) ?? new Set();
    sentenceHits.set(
      sentence,
      names.add(hit.family === 'kind' || hit.family === 'strong' ? hit.name : `${hit.family}${hit.label}`),
    );
  }
  const sorts = nameSorts(message);
  const starts = sentenceStarts(message);
  const shapes = tokens.map(({ text }) => shape(text));
  const tenses = tokens.map(tenseOf);
  const classes = tokens.map(classOf);
  const tenseOfSentence = tenseBySentence(message, tenses);
  const programme = bare(analysis.reply.programme);
  return tokens.map((token, at) => {
    const bag = new FeatureBag(TAGGER_BITS);
    addWords(bag, message, at, shapes);
    addHits(bag, hitsAt, at);
    const sentence = message.sentenceOf[at] ?? 0;
    const into = Math.min(at - (starts[sentence] ?? 0), 5);
    bag.add(`into${into}`);
    bag.add(`into${into}|${token.lower}`);
    bag.add(`first${at < 2}|${analysis.messages.length > 1}`);
    for (const name of sentenceHits.get(sentence) ?? []) {
      bag.add(`s:${name}`);
      if (into <= 1) bag.add(`s${into}:${name}`);
    }
    for (const name of sentenceHits.get(sentence - 1) ?? []) if (into === 0) bag.add(`p:${name}`);
    for (let near = -1; near <= 1; near++) bag.add(`o${near}:${sorts[at + near] ?? ''}`);
    addClasses(bag, at, tenses, classes);
    bag.add(`ts:${tenseOfSentence[sentence] ?? ''}|${into}`);
    if (programme.includes(token.lower) && token.lower.length > 2) bag.add('programme');
    return bag.buckets;
  });
}

function addWords(bag: FeatureBag, { tokens }: AnalysedMessage, at: number, shapes: readonly string[]): void {
  const word = (offset: number): string => tokens[at + offset]?.lower ?? '';
  bag.add('bias');
  for (let offset = -3; offset <= 3; offset++) bag.add(`w${offset}:${word(offset)}`);
  for (let offset = -2; offset <= 1; offset++) bag.add(`b${offset}:${word(offset)} ${word(offset + 1)}`);
  bag.add(`t:${word(-1)} ${word(0)} ${word(1)}`);
  bag.add(`pre:${word(0).slice(0, 3)}`);
  bag.add(`suf:${word(0).slice(-3)}`);
  for (let offset = -1; offset <= 1; offset++) bag.add(`sh${offset}:${shapes[at + offset] ?? ''}`);
  bag.add(`sh2:${shapes[at - 1] ?? ''}${shapes[at] ?? ''}${shapes[at + 1] ?? ''}`);
}

function addHits(bag: FeatureBag, hitsAt: readonly (readonly Hit[])[], at: number): void {
  for (const hit of hitsAt[at] ?? []) {
    bag.add(`h:${hit.name}`);
    bag.add(`h:${hit.name}${hit.from === at ? 'B' : 'I'}`);
  }
  for (const near of [-2, -1, 1, 2, 3]) for (const hit of hitsAt[at + near] ?? []) bag.add(`h${near}:${hit.family}${hit.label}`);
}

function nameSorts({ tokens, names }: AnalysedMessage): readonly string[] {
  const sorts = tokens.map(() => '');
  for (const { from, to, organisation } of names)
    for (let at = from; at < to; at++) sorts[at] = `${at === from ? 'B' : 'I'}${organisation.sort}`;
  return sorts;
}

function addClasses(bag: FeatureBag, at: number, tenses: readonly string[], classes: readonly string[]): void {
  for (let near = -2; near <= 2; near++) {
    if (tenses[at + near]) bag.add(`te${near}:${tenses[at + near]}`);
    if (classes[at + near]) bag.add(`cl${near}:${classes[at + near]}`);
  }
  bag.add(`te:${tenses[at - 1]}|${tenses[at]}|${tenses[at + 1]}`);
}

/** The first two telling words of each sentence. */
function tenseBySentence({ sentenceOf }: AnalysedMessage, tenses: readonly string[]): readonly string[] {
  const first: string[][] = Array.from({ length: (sentenceOf.at(-1) ?? 0) + 1 }, () => []);
  for (const [at, tense] of tenses.entries()) {
    const own = first[sentenceOf[at] ?? 0];
    if (tense && own && own.length < 2) own.push(tense);
  }
  return first.map((each) => each.join());
}

function sentenceStarts({ sentenceOf, tokens }: AnalysedMessage): readonly number[] {
  const starts: number[] = [];
  for (const [at, sentence] of sentenceOf.entries()) {
    const token = tokens[at];
    if (starts[sentence] === undefined && token && isWord(token)) starts[sentence] = at;
  }
  return starts;
}

function shape(text: string): string {
  if (/^\d+$/.test(text)) return text.length === 4 ? 'year' : 'num';
  if (/^\p{Lu}{2,}$/u.test(text)) return 'CAPS';
  if (/^\p{Lu}/u.test(text)) return 'Cap';
  if (/^\p{Ll}/u.test(text)) return /\p{Lu}/u.test(text) ? 'mix' : 'low';
  return /^[\p{L}]/u.test(text) ? 'other' : text.slice(0, 2);
}
