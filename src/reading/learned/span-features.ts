import { type AnalysedMessage, type Analysis, type Hit, type Span, textOf } from '../analysis.js';
import { findDates } from '../dates.js';
import { organisationNamed } from '../organisations.js';
import { classOf, tenseOf } from '../word-classes.js';
import { FeatureBag } from './linear.js';

export const SPAN_BITS = 18;

/** A span among the others found in its reply. */
export type SpanInReply = { readonly analysis: Analysis; readonly spans: readonly Span[]; readonly at: number };

/** The span itself; the caller has made sure that there is one. */
export function spanOf({ spans, at }: SpanInReply): Span {
  return spans[at] ?? { message: 0, from: 0, to: 0 };
}

// A span is asked after by three classifiers in turn; what they share is worked out once.
const shared = new WeakMap<SpanInReply, readonly number[]>();

/** What is true of a span and its surroundings, as buckets, with the caller's own findings (`extras`) added. */
export function spanFeatures(place: SpanInReply, extras: readonly string[]): readonly number[] {
  const own = shared.get(place) ?? sharedFeatures(place);
  shared.set(place, own);
  const bag = new FeatureBag(SPAN_BITS);
  for (const extra of extras) bag.add(extra);
  return [...own, ...bag.buckets];
}

function sharedFeatures(place: SpanInReply): readonly number[] {
  const { analysis, spans, at } = place;
  const span = spanOf(place);
  const bag = new FeatureBag(SPAN_BITS);
  const message = analysis.messages[span.message];
  if (!message) return bag.buckets;
  bag.add('bias');
  addWords(bag, message, span);
  addContext(bag, message, span);
  addHits(bag, message, span);
  addNames(bag, message, span);
  addLetters(bag, message, span);
  addTense(bag, message, span);
  addClasses(bag, message, span);
  addDates(bag, textOf(analysis, span), analysis.reply.received);
  addProgramme(bag, analysis.reply.programme);
  bag.add(`ordinal:${Math.min(at, 3)}/${Math.min(spans.length, 4)}`);
  bag.add(`length:${Math.min(span.to - span.from, 12)}`);
  return bag.buckets;
}

function addWords(bag: FeatureBag, { tokens }: AnalysedMessage, { from, to }: Span): void {
  for (let at = from; at < Math.min(to, from + 60); at++) {
    const word = tokens[at]?.lower ?? '';
    bag.add(`u:${word}`);
    bag.add(`b:${word} ${at + 1 < to ? tokens[at + 1]?.lower : '$'}`);
    if (at - from < 5) bag.add(`f${Math.min(at - from, 3)}:${word}`);
    if (word.length > 5) bag.add(`x:${word.slice(0, 5)}`);
    if (word.length > 6) bag.add(`y:${word.slice(-4)}`);
    if (at + 2 < to) bag.add(`t:${word} ${tokens[at + 1]?.lower} ${tokens[at + 2]?.lower}`);
  }
}

function addContext(bag: FeatureBag, { tokens }: AnalysedMessage, { from, to }: Span): void {
  for (let near = 1; near <= 4; near++) {
    bag.add(`l:${tokens[from - near]?.lower ?? '^'}`);
    bag.add(`r:${tokens[to - 1 + near]?.lower ?? '$'}`);
  }
  bag.add(`l1:${tokens[from - 1]?.lower ?? '^'} ${tokens[from]?.lower}`);
  bag.add(`l2:${tokens[from - 2]?.lower ?? '^'} ${tokens[from - 1]?.lower ?? '^'}`);
  bag.add(`r2:${tokens[to]?.lower ?? '$'} ${tokens[to + 1]?.lower ?? '$'}`);
}

function addHits(bag: FeatureBag, message: AnalysedMessage, { from, to }: Span): void {
  const first = new Map<string, Hit>();
  const inside = new Set<string>();
  const sentence = message.sentenceOf[from];
  for (const hit of message.hits) {
    if (hit.from >= from && hit.from < to) {
      bag.add(`h:${hit.name}`);
      bag.add(`hl:${hit.family}${hit.label}`);
      if (hit.from - from < 4) bag.add(`hf:${hit.name}`);
      inside.add(`${hit.family.slice(0, 2)}${hit.label}`);
      const earliest = first.get(hit.family);
      if (!earliest || hit.from < earliest.from) first.set(hit.family, hit);
    } else if (message.sentenceOf[hit.from] === sentence) {
      bag.add(`${hit.from < from ? 'sl' : 'sr'}:${hit.name}`);
    } else if (message.sentenceOf[hit.from] === (sentence ?? 0) - 1) bag.add(`sp:${hit.family}${hit.label}`);
  }
  for (const hit of first.values()) bag.add(`h1:${hit.name}`);
  const labels = [...inside].sort();
  for (const [index, one] of labels.entries()) for (const other of labels.slice(index + 1)) bag.add(`hp:${one}+${other}`);
  if (!labels.some((label) => label.startsWith('tr'))) bag.add('no-track-word');
}

/** Runs of letters inside words, for the endings and stems of words that were never seen. */
function addLetters(bag: FeatureBag, { tokens }: AnalysedMessage, { from, to }: Span): void {
  for (let at = from; at < Math.min(to, from + 40); at++) {
    const word = `<${tokens[at]?.lower ?? ''}>`;
    if (word.length < 5 || word.length > 26) continue;
    for (let size = 3; size <= 5; size++)
      for (let start = 0; start + size <= word.length; start++) bag.add(`c${word.slice(start, start + size)}`);
  }
}

/** The telling words of time in the span in their order, and the last before it and first after it in its sentence. */
function addTense(bag: FeatureBag, { tokens, sentenceOf }: AnalysedMessage, { from, to }: Span): void {
  const own = tokens.slice(from, to).map(tenseOf).filter(Boolean);
  const verbs = own.filter((tense) => tense !== 'date');
  bag.add(`te1:${verbs[0] ?? 'none'}`);
  bag.add(`te2:${verbs.slice(0, 2).join()}`);
  bag.add(`te3:${own.slice(0, 3).join()}`);
  for (const tense of new Set(own)) bag.add(`te:${tense}`);
  const inSentence = (at: number): boolean => sentenceOf[at] === sentenceOf[from];
  const left = tokens.slice(Math.max(0, from - 12), from).filter((_, at) => inSentence(Math.max(0, from - 12) + at));
  const right = tokens.slice(to, to + 8).filter((_, at) => inSentence(to + at));
  const before = left.map(tenseOf).filter(Boolean).at(-1) ?? (left.length > 0 ? 'none' : '^');
  const after = right.map(tenseOf).find(Boolean) ?? (right.length > 0 ? 'none' : '$');
  bag.add(`tel:${before}`);
  bag.add(`ter:${after}`);
  bag.add(`tel:${before}|${verbs[0] ?? 'none'}`);
  bag.add(`ter:${verbs[0] ?? 'none'}|${after}`);
}

/** Which classes of words the span holds, and whether it names any field of work at all. */
function addClasses(bag: FeatureBag, { tokens }: AnalysedMessage, { from, to }: Span): void {
  const own = [...new Set(tokens.slice(from, to).map(classOf).filter(Boolean))].sort();
  for (const one of own) bag.add(`cl:${one}`);
  bag.add(`cls:${own.join('+')}`);
}

function addNames(bag: FeatureBag, { names, tokens, sentenceOf }: AnalysedMessage, { from, to }: Span): void {
  for (const { from: start, organisation } of names) {
    const inside = start >= from && start < to;
    if (!inside && sentenceOf[start] !== sentenceOf[from]) continue;
    const where = inside ? 'n' : 'm';
    bag.add(`${where}:${organisation.name}`);
    bag.add(`${where}s:${organisation.sort}`);
    bag.add(`${where}t:${organisation.sort}${organisation.track}`);
    bag.add(`${where}p:${tokens[start - 1]?.lower}|${organisation.sort}`);
  }
}

function addDates(bag: FeatureBag, text: string, received: string): void {
  const dates = findDates(text, received);
  const month = received.slice(0, 7);
  for (const { role, past, future, at } of dates) {
    const said = past === future ? compared(past, month) : 'open';
    const ahead = compared(future, month);
    const word = text.slice(0, at).trim().split(/\s+/).at(-1)?.toLowerCase() ?? '';
    bag.add(`d:${role}${said}`);
    bag.add(`d:${role}${said}${monthsAhead(future, month)}`);
    bag.add(`dw:${word}${said}${ahead}`);
  }
  if (dates.length === 0) bag.add('d:none');
}

function compared(date: string, month: string): string {
  const cut = month.slice(0, Math.min(date.length, 7));
  const own = date.slice(0, 7);
  return own < cut ? '<' : own > cut ? '>' : '=';
}

/** Whether a month without a year is nearer ahead or nearer behind. */
function monthsAhead(future: string, month: string): string {
  if (future.length < 7) return 'y';
  const ahead =
    (Number(future.slice(0, 4)) - Number(month.slice(0, 4))) * 12 + Number(future.slice(5, 7)) - Number(month.slice(5, 7));
  return ahead <= 2 ? 'near' : ahead <= 6 ? 'ahead' : 'behind';
}

function addProgramme(bag: FeatureBag, programme: string): void {
  const known = organisationNamed(programme);
  bag.add(`p:${programme}`);
  for (const word of programme.toLowerCase().split(/\s+/)) bag.add(`pw:${word}`);
  bag.add(`pt:${known?.track ?? 'unknown'}`);
}

/** Whether the programme is about AI safety, and whether the span names any work in AI: together they tell "unclear" from "non_ai". */
export function situationOf(place: SpanInReply): string {
  const { from, to, message } = spanOf(place);
  const programme = organisationNamed(place.analysis.reply.programme)?.track ?? 'non_ai';
  const hits = place.analysis.messages[message]?.hits ?? [];
  const labels = hits.filter(({ family, from: at }) => family === 'track' && at >= from && at < to).map(({ label }) => label);
  const named = place.analysis.messages[message]?.tokens.slice(from, to).map(classOf) ?? [];
  const isOrdinary = labels.length > 0 || named.some((each) => each === 'subject' || each === 'trade' || each === 'line');
  const work = labels.find((label) => label !== 'non_ai') ?? (isOrdinary ? 'ordinary' : 'none');
  return `${programme === 'non_ai' || programme === 'applied_ai' ? 'other' : 'safety'}|${work}`;
}
