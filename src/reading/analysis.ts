import type { ReplyText } from '../domain/reply.js';
import { type Cue, KIND_CUES, NOT_AN_ACTIVITY, OTHER_PEOPLE, STATUS_CUES, TRACK_CUES } from './lexicon.js';
import { type KnownName, knownNames } from './organisations.js';
import { STRONG_KIND_CUES } from './strong-cues.js';
import { type Token, type TokenisedMessage, tokenise } from './words.js';

/** A rule's hit on tokens `from` up to but not including `to`. */
export type Hit = {
  readonly family: 'kind' | 'strong' | 'status' | 'track' | 'not';
  readonly label: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
};

/** A message with everything found in it before any decision. */
export type AnalysedMessage = TokenisedMessage & {
  readonly hits: readonly Hit[];
  readonly names: readonly KnownName[];
  /** The sentence that each token belongs to. */
  readonly sentenceOf: readonly number[];
};

export type Analysis = { readonly reply: ReplyText; readonly messages: readonly AnalysedMessage[] };

/** A run of tokens of one message: where an activity may be stated. */
export type Span = { readonly message: number; readonly from: number; readonly to: number };

export function analyse(reply: ReplyText): Analysis {
  const messages = tokenise(reply.messages).map((message) => ({
    ...message,
    hits: hitsIn(message),
    names: knownNames(message.tokens),
    sentenceOf: sentencesOf(message.tokens),
  }));
  return { reply, messages };
}

/** The words of the reply from a span's first token to its last, verbatim. */
export function textOf(analysis: Analysis, span: Span): string {
  const message = analysis.messages[span.message];
  return message ? message.text.slice(message.tokens[span.from]?.start ?? 0, message.tokens[span.to - 1]?.end ?? 0) : '';
}

const ENDS_SENTENCE = new Set(['.', '!', '?', ';', '\n', '//', '•', '。', '！', '？', '…', '|']);

function sentencesOf(tokens: readonly Token[]): readonly number[] {
  let sentence = 0;
  return tokens.map((token) => (ENDS_SENTENCE.has(token.text) ? sentence++ : sentence));
}

type Family = { readonly family: Hit['family']; readonly label: string; readonly name: string; readonly sticky: RegExp };

function family(kind: Hit['family'], cues: readonly Cue<string>[]): readonly Family[] {
  return cues.map(({ label, name, rule }) => ({ family: kind, label, name, sticky: new RegExp(rule.source, 'yiu') }));
}

const FAMILIES: readonly Family[] = [
  ...family('kind', KIND_CUES),
  ...family('strong', STRONG_KIND_CUES),
  ...family('status', STATUS_CUES),
  ...family('track', TRACK_CUES),
  ...family('not', [
    { label: 'not', name: 'not', rule: NOT_AN_ACTIVITY },
    { label: 'others', name: 'others', rule: OTHER_PEOPLE },
  ]),
];

/** Rules are tried at the beginning of each token only, which keeps hundreds of alternatives cheap. */
function hitsIn({ text, tokens }: TokenisedMessage): readonly Hit[] {
  const hits: Hit[] = [];
  const straight = text.replace(/[’‘]/g, "'");
  for (const { family, label, name, sticky } of FAMILIES) {
    let from = 0;
    while (from < tokens.length) {
      sticky.lastIndex = tokens[from]?.start ?? 0;
      const length = sticky.exec(straight)?.[0].length ?? 0;
      const to = length > 0 ? tokenAfter(tokens, from, (tokens[from]?.start ?? 0) + length) : from + 1;
      if (length > 0) hits.push({ family, label, name: family === 'strong' ? `!${name}` : name, from, to });
      from = to;
    }
  }
  return hits;
}

function tokenAfter(tokens: readonly Token[], from: number, end: number): number {
  let to = from + 1;
  while (to < tokens.length && (tokens[to]?.start ?? end) < end) to++;
  return to;
}
