import type { AnalysedMessage, Span } from '../analysis.js';
import { monthNumber } from '../calendar.js';
import type { Organisation } from '../organisations.js';
import { isCapitalised, isWord, type Token } from '../words.js';

/** Tokens that could name a body, and how they were come by. */
export type Mention = {
  readonly from: number;
  readonly to: number;
  readonly source: string;
  readonly known: Organisation | null;
  readonly isAlias: boolean;
};

/** Small words inside names: "Bank of England". */
export const CONNECTORS = new Set([
  'of',
  'the',
  'for',
  'and',
  '&',
  'de',
  'du',
  'des',
  'la',
  'le',
  'der',
  'die',
  'für',
  'di',
  'del',
  'da',
  'do',
  'van',
  'y',
  'et',
  'und',
  "'s",
  'in',
]);
const LEADS_TO_NAME = new Set([
  'at',
  '@',
  'with',
  'w',
  'w/',
  'for',
  'from',
  'to',
  'joined',
  'joining',
  'join',
  'by',
  'in',
  'called',
  'left',
  'into',
  'bei',
  'beim',
  'chez',
  'en',
  'na',
  'no',
  'em',
  'bij',
  'von',
  'an',
  'the',
  'as',
  'founded',
  'started',
  'of',
  'via',
  'through',
  'a',
  'à',
  'au',
  'presso',
  'w',
  'run',
  '/',
  '(',
  ':',
  ',',
]);
const STOPS_NAME = new Set(
  "i i'm im my me we our us you your now and but or so as on in at to for since until till from with because it is was are this that these those they their he she still then a an the just of by been not no if when while which who where what there here some all about after before doing working starting started full part time team job".split(
    ' ',
  ),
);

/** Every run of words near a span that could name a body, nearest first. */
export function mentionsNear(message: AnalysedMessage, span: Span): readonly Mention[] {
  const from = Math.max(0, span.from - 25);
  const to = Math.min(message.tokens.length, span.to + 25);
  const mentions = [
    ...knownMentions(message, from, to),
    ...capitalisedRuns(message.tokens, from, to),
    ...afterPrepositions(message.tokens, span),
    ...describedBodies(message.tokens, from, to),
  ];
  const seen = new Set<string>();
  const fresh = mentions.filter((mention) => {
    const key = `${mention.from}-${mention.to}`;
    return !seen.has(key) && seen.add(key);
  });
  const distance = (mention: Mention): number =>
    mention.from >= span.from && mention.from < span.to
      ? 0
      : Math.min(Math.abs(mention.from - span.to), Math.abs(span.from - mention.to)) + 1;
  return fresh.sort((a, b) => distance(a) - distance(b));
}

function knownMentions({ names }: AnalysedMessage, from: number, to: number): readonly Mention[] {
  return names
    .filter((name) => name.from >= from && name.to <= to)
    .map((name) => ({ from: name.from, to: name.to, source: 'known', known: name.organisation, isAlias: name.isAlias }));
}

function capitalisedRuns(tokens: readonly Token[], from: number, to: number): readonly Mention[] {
  const runs: Mention[] = [];
  for (let at = from; at < to; at++) {
    if (!startsName(tokens[at])) continue;
    let end = at + 1;
    let sure = end;
    while (
      end < to &&
      end - at < 8 &&
      tokens[end] &&
      (startsName(tokens[end]) || CONNECTORS.has(tokens[end]?.lower ?? '') || /^\d+$/.test(tokens[end]?.text ?? ''))
    ) {
      end++;
      if (!CONNECTORS.has(tokens[end - 1]?.lower ?? '')) sure = end;
    }
    runs.push(unknown(at, sure, 'run'));
    for (let cut = at + 1; cut < sure; cut++) {
      if (startsName(tokens[cut - 1]) && cut > at) runs.push(unknown(at, cut, 'head'));
      if (startsName(tokens[cut])) runs.push(unknown(cut, sure, 'tail'));
    }
    at = sure - 1;
  }
  return runs;
}

function startsName(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    isCapitalised(token) &&
    token.lower !== 'i' &&
    !token.lower.startsWith("i'") &&
    monthNumber(token.lower) === null
  );
}

/** "at kestrel", "joined the blue lantern": names that are written small. */
function afterPrepositions(tokens: readonly Token[], span: Span): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = span.from; at < span.to - 1; at++) {
    if (!LEADS_TO_NAME.has(tokens[at]?.lower ?? '')) continue;
    for (let end = at + 2; end <= Math.min(at + 5, tokens.length); end++) {
      const token = tokens[end - 1];
      if (
        !token ||
        !isWord(token) ||
        (STOPS_NAME.has(token.lower) && !(token.lower === 'the' && end === at + 2)) ||
        /^\d+$/.test(token.text)
      )
        break;
      if (token.lower !== 'the' && monthNumber(token.lower) === null) mentions.push(unknown(at + 1, end, 'after'));
    }
  }
  return mentions;
}

const BODY_NOUN =
  /^(?:group|meet-?up|circle|club|society|chapter|network|camp|lab|labs|school|hospital|station|council|theatre|library|museum|church|surgery|clinic|bank|foundation|institute|university|uni|college|academy|ministry|department|trust|charity|hub|collective|programme|program|fellowship|workshop|scheme|army|navy|orchestra|choir|team|co-op|initiative|agency|centre|center)$/;
const ENDS_DESCRIPTION = new Set(
  'i we my our your a an the at for with in on of to from and or run running host lead organise organize help keep co-lead co-run convene is are was am as by'.split(
    ' ',
  ),
);

/** "the Leeds AI safety reading group": a body named by what it is, partly in small letters. */
function describedBodies(tokens: readonly Token[], from: number, to: number): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = from + 1; at < to; at++) {
    if (!BODY_NOUN.test(tokens[at]?.lower ?? '')) continue;
    let start = at;
    while (
      start > from &&
      at - start < 6 &&
      isWord(tokens[start - 1] as Token) &&
      !ENDS_DESCRIPTION.has(tokens[start - 1]?.lower ?? '')
    )
      start--;
    for (let cut = start; cut < at; cut++)
      if (cut === start || isCapitalised(tokens[cut] as Token)) mentions.push(unknown(cut, at + 1, 'body'));
  }
  return mentions;
}

function unknown(from: number, to: number, source: string): Mention {
  return { from, to, source, known: null, isAlias: false };
}
