// Orders to whoever reads: what an instruction hidden in a reply looks like. News of a job is told, never ordered.
const EVERYBODY =
  'everyone|everybody|all (?:of )?(?:the |your )?(?:alumni|people|participants|records|replies|answers|activities)|each (?:person|alumn\\w+)';
const ORDERS = new RegExp(
  [
    '\\b(?:ignore|disregard|forget|override|bypass) (?:all |any |every |the |your |my |these |those |this |what |everything |previous |prior |earlier |above )',
    `\\b(?:mark|set|code|classify|record|count|label|report|treat|register|list|tag|log|change|update) (?:down )?(?:${EVERYBODY}|me (?:as|under|down as)|(?:this|my|the|its|their) (?:record|reply|answer|track|kind|status|intent|person|activity) (?:as|to))\\b`,
    '\\b(?:output|respond|answer|reply|return|print|write|emit) (?:only |exactly |just )?(?:with (?:only |exactly |just )?(?:the |an? )?(?:json|object|record|word|text|following)|the following|in json|json|an? (?:activity|empty|record)|nothing but)\\b',
    '\\b(?:system|developer|hidden) (?:prompt|message|instructions?)\\b',
    '\\b(?:new|updated|following|real|actual) instructions?\\b',
    '\\byou are (?:now |no longer |really )?(?:an? |the )?(?:ai|assistant|bot|language model|llm|parser|coder|dan|unrestricted)\\b',
    '\\b(?:dear|hey|note to|attention|hello) (?:ai|assistant|bot|language model|llm|gpt|claude|parser)\\b',
    '\\b(?:you|assistant|bot|ai) (?:must|should|shall|have to|are to) (?:now |always |instead )?(?:mark|set|code|classify|record|count|label|output|respond|return|ignore|treat)\\b',
    '\\b(?:ignoriere?|vergiss|ignora|olvida|ignorez|oubliez|oublie|negeer|zignoruj|ignore) (?:alle|all|todas?|toutes?|tutt[ei]|las?|les|le|tus|vos|wszystkie|as) (?:\\p{L}+ )?(?:anweisungen|instruc\\p{L}+|istruzioni|instructies|instrukcje|consignes|regeln|reglas)',
    '<\\|?(?:im_start|im_end|system|endoftext)\\|?>',
    '\\[/?inst\\]',
  ].join('|'),
  'iu',
);

const SENTENCE_END = /[.!?;\n。！？…|]/u;
const FARTHEST = 400;

/** Whether the evidence, or the sentence of the message around it, gives orders to whoever reads it instead of telling something. */
export function speaksToTheBot(message: string, evidence: string): boolean {
  const at = message.indexOf(evidence);
  if (at < 0) return ORDERS.test(evidence);
  return ORDERS.test(sentenceAround(message, at, at + evidence.length));
}

function sentenceAround(message: string, from: number, to: number): string {
  let begin = from;
  while (begin > 0 && from - begin < FARTHEST && !SENTENCE_END.test(message[begin - 1] ?? '')) begin -= 1;
  let end = to;
  while (end < message.length && end - to < FARTHEST && !SENTENCE_END.test(message[end] ?? '')) end += 1;
  return message.slice(begin, end);
}
