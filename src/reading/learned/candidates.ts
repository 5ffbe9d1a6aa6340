import type { AnalysedMessage, Span } from '../analysis.js';
import { nameKey, type Organisation, organisationNamed } from '../organisations.js';
import { isPlace } from '../places.js';
import { bare, isCapitalised } from '../words.js';
import { FeatureBag } from './linear.js';
import { CONNECTORS, type Mention, mentionsNear } from './mentions.js';
import { type SpanInReply, spanOf } from './span-features.js';

/** A name that an activity's organisation may have; `name` null is "the text does not say". */
export type Candidate = {
  readonly name: string | null;
  /** As it stands in the text; null where it does not stand there. */
  readonly written: string | null;
  readonly features: readonly number[];
  readonly known: Organisation | null;
};

export const LINKER_BITS = 18;

const MAX_CANDIDATES = 40;

/** Everything that could be the name of an activity's organisation, nearest first, with what speaks for and against it. */
export function candidatesFor(place: SpanInReply, kind: string, before: string | null): readonly Candidate[] {
  const span = spanOf(place);
  const message = place.analysis.messages[span.message];
  if (!message) return [];
  const mentions = mentionsNear(message, span).slice(0, MAX_CANDIDATES);
  const knownInside = mentions.filter(({ known, from, to }) => known && from >= span.from && to <= span.to).length;
  const context: Context = { place, message, span, kind, knownInside };
  const found = mentions.flatMap((mention) => candidatesOf(mention, context));
  return [none(context, mentions.length), ...found, ...elsewhere(context, before)];
}

type Context = {
  readonly place: SpanInReply;
  readonly message: AnalysedMessage;
  readonly span: Span;
  readonly kind: string;
  readonly knownInside: number;
};

function none({ message, span, kind, knownInside }: Context, mentions: number): Candidate {
  const bag = new FeatureBag(LINKER_BITS);
  bag.add('none');
  bag.add(`none|${kind}`);
  bag.add(`none|known${Math.min(knownInside, 2)}`);
  bag.add(`none|${kind}|known${Math.min(knownInside, 2)}`);
  bag.add(`none|mentions${Math.min(mentions, 3)}`);
  for (let at = span.from; at < Math.min(span.to, span.from + 40); at++) bag.add(`none|${message.tokens[at]?.lower}`);
  return { name: null, written: null, features: bag.buckets, known: null };
}

/** The organisation of the activity before ("there", "same place"), and the programme itself. */
function elsewhere({ place, message, span, kind, knownInside }: Context, before: string | null): readonly Candidate[] {
  const programme = place.analysis.reply.programme;
  const first = message.tokens[span.from]?.lower ?? '';
  const words = message.tokens.slice(span.from, span.to).map(({ lower }) => lower);
  const refers = words.some((word) =>
    ['there', 'same', 'here', 'them', 'they', 'their', 'it', 'programme', 'program'].includes(word),
  );
  return [
    ...new Map([
      ['before', before],
      ['programme', programme],
    ] as const),
  ].flatMap(([source, name]) => {
    if (!name) return [];
    const bag = new FeatureBag(LINKER_BITS);
    const known = organisationNamed(name);
    for (const feature of [
      source,
      `${source}|${kind}`,
      `${source}|refers${refers}`,
      `${source}|known${Math.min(knownInside, 1)}`,
      `${source}|${first}`,
      `${source}|${kind}|${known?.sort}`,
    ])
      bag.add(feature);
    for (const word of words.slice(0, 30)) bag.add(`${source}|w:${word}`);
    return [{ name: known?.name ?? name, written: null, features: bag.buckets, known }];
  });
}

/** A known name is offered under its usual name and as it was written; an unknown one as written. */
function candidatesOf(mention: Mention, context: Context): readonly Candidate[] {
  const written = writtenName(context.message, mention);
  if (!mention.known) return written ? [candidate(mention, written, 'written', context)] : [];
  const usual = candidate(mention, mention.known.name, 'usual', context);
  return mention.isAlias && nameKey(written) !== nameKey(mention.known.name)
    ? [usual, candidate(mention, written, 'alias', context)]
    : [usual];
}

function candidate(mention: Mention, name: string, form: string, context: Context): Candidate {
  const { message, span, kind, knownInside } = context;
  const { tokens, sentenceOf } = message;
  const { from, to, source, known } = mention;
  const bag = new FeatureBag(LINKER_BITS);
  const inside = from >= span.from && to <= span.to;
  const where = inside
    ? 'in'
    : to <= span.from
      ? sentenceOf[from] === sentenceOf[span.from]
        ? 'left'
        : 'before'
      : sentenceOf[from] === sentenceOf[span.from]
        ? 'right'
        : 'after';
  const sort = known?.sort ?? 'unknown';
  const before = tokens[from - 1]?.lower ?? '^';
  const after = tokens[to]?.lower ?? '$';
  const caps = tokens.slice(from, to).every((token) => isCapitalised(token) || CONNECTORS.has(token.lower)) ? 'caps' : 'small';
  const place = isPlace(tokens.slice(from, to).map((token) => bare(token.lower)));
  const acronym = /^\p{Lu}{2,6}s?$/u.test(name) ? 'acronym' : 'word';
  const distance = inside ? 0 : Math.min(4, Math.ceil(Math.min(Math.abs(span.from - to), Math.abs(from - span.to)) / 3) + 1);
  bag.add(`src:${source}|${caps}`);
  for (const feature of [
    `sort:${sort}`,
    `sort:${sort}|${kind}`,
    `where:${where}`,
    `where:${where}|${sort}`,
    `where:${where}|${kind}`,
    `known${known !== null}|${knownInside}|${where}`,
    `pre:${before}`,
    `pre:${before}|${known ? 'known' : caps}`,
    `pre:${before}|${sort}`,
    `pre:${before}|${kind}`,
    `pre2:${tokens[from - 2]?.lower ?? '^'} ${before}`,
    `post:${after}`,
    `post:${after}|${known ? 'known' : caps}`,
    `form:${form}|${acronym}`,
    `form:${form}|${sort}|${acronym}`,
    `dist:${distance}|${where}`,
    `len:${to - from}|${source}`,
    `amb:${known?.ambiguous}|${caps}`,
    `first:${tokens[from]?.lower}|${known !== null}`,
    `last:${tokens[to - 1]?.lower}|${known !== null}`,
    `edge:${from === span.from}|${to === span.to}`,
    `caps:${caps}|${source}|${kind}`,
    `place:${place}`,
    `place:${place}|${kind}|${knownInside}`,
    `person:${LIKE_A_PERSON.test(name)}|${before}|${sort}`,
    `name:${nameKey(name)}`,
    `sub:${neighbours(message, mention)}`,
    `org:${ORGANISATION_WORD.test(name)}|${caps}`,
    `${kind}|${where}|${known !== null}|${caps}`,
  ])
    bag.add(feature);
  return { name, written: writtenName(message, mention), features: bag.buckets, known };
}

const ORGANISATION_WORD =
  /\b(?:lab|labs|institute|university|uni|college|school|hospital|council|trust|centre|center|foundation|research|ai|safety|group|society|bank|ministry|department|agency|studio|theatre|museum|press|ltd|inc|nhs|club|network|initiative|project|systems|technologies|health|academy|clinic|library|charity|fund|partners|capital|news|times|journal|gazette|company|co-op|church|surgery|primary|academy|hochschule|universität|université|universidad|instituto|klinik|uni)\b/i;

const LIKE_A_PERSON = /^\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{L}'’.-]*){1,2}$/u;

/** Whether the name could be longer: a capitalised neighbour belongs to it, as a rule. */
function neighbours({ tokens }: AnalysedMessage, { from, to }: Mention): string {
  const left = tokens[from - 1];
  const right = tokens[to];
  return `${left ? isCapitalised(left) && from > 1 : false}${right ? isCapitalised(right) : false}`;
}

function writtenName({ text, tokens }: AnalysedMessage, { from, to }: Mention): string {
  const written = text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0).replace(/['’]s$/, '');
  return /\p{Lu}/u.test(written) ? written : written.replace(/(?<=^|[\s-])\p{Ll}/gu, (letter) => letter.toUpperCase());
}
