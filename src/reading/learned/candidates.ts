import type { AnalysedMessage, Span } from '../analysis.js';
import { nameKey, nameWordWeight, type Organisation, organisationNamed } from '../organisations.js';
import { FIRST_NAMES, isPlace } from '../places.js';
import { classOf } from '../word-classes.js';
import { bare, isCapitalised, type Token } from '../words.js';
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
  for (const { name, from } of message.hits) if (from >= span.from && from < span.to) bag.add(`none|h:${name}`);
  for (const each of new Set(message.tokens.slice(span.from, span.to).map(classOf)))
    bag.add(`none|cl:${each}|${Math.min(knownInside, 1)}`);
  bag.add(
    `none|caps${Math.min(message.tokens.slice(span.from + 1, span.to).filter(isCapitalised).length, 3)}|${Math.min(knownInside, 1)}`,
  );
  return { name: null, written: null, features: bag.buckets, known: null };
}

const REFERRING = new Set(
  'there same here them they their it its programme program where dort da dorthin gleichen là même allí ahí mismo lá mesmo lì stesso daar'.split(
    ' ',
  ),
);

/** The organisation of the activity before ("there", "same place"), and the programme itself. */
function elsewhere({ place, message, span, kind, knownInside }: Context, before: string | null): readonly Candidate[] {
  const programme = place.analysis.reply.programme;
  const first = message.tokens[span.from]?.lower ?? '';
  const words = message.tokens.slice(span.from, span.to).map(({ lower }) => lower);
  const refers = words.some((word) => REFERRING.has(word));
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
    ...standing(context, mention, caps),
  ])
    bag.add(feature);
  return { name, written: writtenName(message, mention), features: bag.buckets, known };
}

/** Whose words the name stands among, what stands right before it, and how like the words of known names its own are. */
function standing({ place, message, span, kind }: Context, { from, to, known }: Mention, caps: string): readonly string[] {
  const { tokens, names } = message;
  const others = place.spans.some(
    (other) => other !== span && other.message === span.message && from >= other.from && to <= other.to,
  );
  const nameWords = tokens.slice(from, to).map(({ lower }) => nameWordWeight(lower));
  const classes = tokens.slice(from, to).map(classOf).filter(Boolean);
  const before = tokens.slice(Math.max(0, from - 3), from);
  const rival = names.some((name) => name.from >= span.from && name.to <= span.to && (name.to <= from || name.from >= to));
  const longer = names.some((name) => name.from <= from && name.to >= to && name.to - name.from > to - from);
  const cue = message.hits.filter((hit) => hit.family !== 'track' && hit.to <= from && hit.to >= from - 4).at(-1);
  const first = bare(tokens[from]?.lower ?? '');
  const isPerson = !known && FIRST_NAMES.has(first);
  const weights = `${Math.min(...nameWords)}${Math.max(...nameWords)}`;
  return [
    `cue:${cue?.name}|${cue ? from - cue.to : ''}`,
    `cue:${cue?.label}|${known !== null}|${caps}`,
    `first-name:${isPerson}|${tokens[from - 1]?.lower}`,
    `first-name:${isPerson}`,
    `alone:${to - from === 1}|${tokens[from - 1] ? isCapitalised(tokens[from - 1] as Token) : false}|${tokens[to] ? isCapitalised(tokens[to] as Token) : false}|${caps}`,
    `others:${others}`,
    `others:${others}|${from >= span.from && to <= span.to}`,
    `nw:${weights}|${caps}`,
    `nwl:${nameWords.at(-1)}|${known !== null}`,
    `nw:${weights}|${known !== null}|${to - from}`,
    `cl:${classes.join('+')}|${known !== null}`,
    `bc:${before.map(classOf).filter(Boolean).at(-1) ?? ''}|${tokens[from - 1]?.lower}`,
    `bc:${before.map(classOf).filter(Boolean).at(-1) ?? ''}|${kind}|${known !== null}`,
    `rival:${rival}|${known !== null}|${caps}`,
    `part:${longer}|${known !== null}`,
  ];
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
