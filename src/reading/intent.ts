import type { Intent } from '../domain/career-update.js';
import { bare, withoutQuotes, words } from './words.js';

const NO_CHANGE = words(
  "same (?:as (?:last|before|ever|always|in|it|the)|again|here|same|old|story|desk|job|role|place|team|everything|still)|no change|nothing(?:'s| has| is|s)? (?:new|changed|to report|different|much new|to (?:add|declare|see)|moved|else)|no news|unchanged|as (?:before|you were|i was|ever)|still (?:the same|exactly where|same)|ditto|all the same|status quo|zero delta|no updates?|nada (?:nuevo|novo|de nuevo)|sin (?:novedad\\w*|cambios)|todo (?:sigue )?igual|tudo (?:na mesma|igual)|sem (?:novidades|mudanças)|rien de (?:neuf|nouveau)|rien (?:n'a )?changé|pas de changement|nichts neues|alles (?:beim alten|wie gehabt|gleich)|unverändert|keine änderung\\w*|niente di nuovo|nessuna novità|tutto (?:uguale|come prima)|niets nieuws|geen nieuws|alles (?:hetzelfde|bij het oude)|bez zmian|nic nowego|kuch naya nahi|sab same|koi change nahi|wahi|copy.?paste|what i (?:said|told you)",
);
const NO_CHANGE_UNSPACED = /没有变化|没什么变化|没变|一样|老样子|沒變|変わりません|変わらず|特に変わ|변함없|그대로/u;

const SNOOZE = words(
  "(?:ask|ping|poke|try|remind|write|message|msg|text|nudge|check|get|come|circle|catch|hit|bug|dm|contact|bother)(?: (?:me|back|to|with|up|in|again))* (?:again |back |then |later |me )*(?:in|after|next|later|when|tomorrow|tmrw|mid|late|early|towards|around|on|closer|another|sometime|once|at|post|this)|later(?: pls| please|!|\\?)?|another time|not (?:now|this week|today|yet|a good time|rn)|can't (?:rn|right now)|cant (?:rn|right now)|too busy|remind me|some other time|come back (?:to me )?(?:in|after|later)|postponed?|not before|(?:ask|ping|remind|try|poke) me (?:again)?|más tarde|después de|más adelante|luego|plus tard|später|mais tarde|più tardi|dopo|later graag|później|baad mein|escríbeme|risentiamoci|melde dich",
);
const SNOOZE_UNSPACED = /以后再|之后再|下个?月再|下周再|过.{1,4}再(?:问|说)|また聞いて|後で|나중에|다시 (?:물어|연락)/u;

const QUESTION_START = words(
  'who|what|when|where|why|how|which|is (?:this|there|it)|are (?:you|there|these)|do (?:you|these|i|alumni|we)|does|can (?:i|you|we|someone|u)|could (?:i|you|one|somebody|someone|we)|will|would|has|have|may i|quién|qué|cómo|cuándo|qui|quand|comment|est-ce|wer|was|wann|wie|quem|quando|chi|come|wie|wanneer|kaun|kya',
);
const REQUEST = words(
  'certificate|letter confirming|confirmation letter|invite (?:link|expired)|new (?:address|e-?mail)|my address|change my (?:e-?mail|address)|certificado|attestation|bescheinigung|attestato',
);

const AUTOMATIC = words(
  'automatic reply|auto-?reply|out of (?:the )?office|away from my desk|limited (?:access|e-?mail)|annual leave, returning|abwesenheitsnotiz|respuesta automática|réponse automatique',
);
const WRONG_PERSON = words(
  "wrong (?:number|person|chat|guy|address)|never (?:been|attended|heard|did)|you want a different|don't know (?:who|what) (?:this|you)|who is this|this is \\w+'s (?:mum|mother|dad|father|sister|brother|wife|husband|partner)|i'm \\w+'s (?:mum|mother|dad|father|sister|brother|wife|husband)",
);
const INJECTION = words(
  'ignore (?:all |your )?(?:previous|prior|earlier) instructions|^system:|code this (?:reply|one) as|the codebook was updated|record this user',
);
const HYPOTHETICAL = words(
  'might|maybe|perhaps|thinking (?:about|of)|considering|not sure yet|who knows|who can say|someday|one day',
);

const ASKS_FOR =
  '(?:intro\\w*|introduce|introduction|referrals?|refer|recommendation|reference|feedback|leads?|hiring|advice|tips|pointers?|put me in touch|know (?:of )?(?:any|some|anyone|a)|hear of|pass (?:it|my|me|that)|send (?:it|them|me|any|my)|point me|(?:look|glance) (?:over|at)|have a look|read (?:my|over|through)|proofread|mock interview|shout|job going|openings?|vouch|mentor me|talk to me|chat with me)';
const HELP = words(
  [
    '(?:introduce|connect) (?:me|us) (?:to|with)',
    `(?:could|can|would (?:you|any|some|one|love|like|appreciate|be)|anyone|anybody|if (?:you|anyone|someone|any|one)|do you|any of you|one of you|please|pls|plz|happy to|appreciate|grateful|love|looking for|need|want|after)\\b[^.!?\\n]{0,80}\\b${ASKS_FOR}`,
    '(?:leads?|referrals?|intros?|introductions?|tips|advice|feedback|pointers|contacts|suggestions|recommendations) (?:\\w+ ){0,3}(?:welcome|appreciated|would (?:be|do|help|mean)|needed|wanted|pls|please|plz)',
    '(?:send|point|refer|forward) (?:us|me) (?:\\w+ ){0,2}(?:people|candidates|anyone|leads|openings|jobs|names|cvs|roles)',
    '(?:grateful|great|lovely|amazing|nice|awesome|glad|happy) if (?:some|any|one of|you)\\w*',
    '(?:kindly|please|pls|plz) (?:let me know|say me|tell me|share|keep me in mind|think of me)',
    "(?:would|i'd) (?:really )?(?:like|love) to (?:meet|talk (?:to|with)|speak (?:to|with)|chat (?:to|with)|be introduced)",
    '(?:does |do )?any(?:one|body)(?: here| there)? knows?',
    '(?:somebody|someone|anyone|anybody) (?:\\S+ ){0,6}?(?:could|can|to|who could) (?:talk|chat|speak|help|look|introduce|refer)',
    'lmk if|let me know if|shout if|if you hear|if you know (?:of )?(?:a|any|some)\\w*|if any(?:one|body)|in case any(?:one|body| \\w+ (?:needs|wants|knows))|hook me up|any (?:leads|pointers|tips|advice|intros?|openings|contacts)|recommendation letter|letter of recommendation|put in a (?:good )?word',
    "(?:se|si|falls|wenn|als) (?:souber|sab|conoc|conhec|jemand|ihr|iemand|alguien|alguém|vous connaissez|quelqu'un|qualcuno)\\w*",
    '(?:kann|könnte|könnt) (?:mir )?(?:jemand|ihr)|quelqu.un (?:pourrait|peut|connaît|connait)|alguien (?:podría|puede|conoce|sabe)|alguém (?:pode|poderia|conhece|sabe)',
  ].join('|'),
);

/** What the words alone suggest, where the reply states no activity. */
export function intentWithoutActivity(messages: readonly string[]): Intent {
  const text = withoutQuotes(messages.join('\n')).slice(0, 4000);
  if (AUTOMATIC.test(text) || WRONG_PERSON.test(text)) return 'other';
  if (saysSnooze(text)) return 'snooze';
  if (saysNoChange(text)) return 'no_change';
  if (INJECTION.test(text)) return 'other';
  if (asks(text)) return 'question';
  return 'other';
}

/** Names of the intents' rules that hit: evidence for the learned part to weigh. */
export function intentHits(messages: readonly string[]): readonly string[] {
  const text = withoutQuotes(messages.join('\n')).slice(0, 4000);
  const rules: readonly (readonly [string, boolean])[] = [
    ['snooze', saysSnooze(text)],
    ['no_change', saysNoChange(text)],
    ['asks', asks(text)],
    ['automatic', AUTOMATIC.test(text)],
    ['wrong', WRONG_PERSON.test(text)],
    ['injection', INJECTION.test(text)],
    ['hypothetical', HYPOTHETICAL.test(text)],
    ['request', REQUEST.test(text)],
    ['help', HELP.test(text)],
    ['short', text.length < 25],
    ['medium', text.length < 70],
    ['wordless', !/\p{L}{2}/u.test(text)],
  ];
  return rules.filter(([, hit]) => hit).map(([name]) => name);
}

/** An automatic answer, a stranger, an attempt to command the reader: no place to look for activities. */
export function isNotFromThem(messages: readonly string[]): boolean {
  const text = withoutQuotes(messages.join('\n')).slice(0, 4000);
  return AUTOMATIC.test(text) || (WRONG_PERSON.test(text) && text.length < 300) || /^\s*system:/i.test(text);
}

export function asksForHelp(messages: readonly string[]): boolean {
  const text = withoutQuotes(messages.join('\n')).slice(0, 4000);
  return HELP.test(text) && !AUTOMATIC.test(text);
}

export function saysSnooze(text: string): boolean {
  return SNOOZE.test(text) || SNOOZE_UNSPACED.test(text);
}

function saysNoChange(text: string): boolean {
  return (
    NO_CHANGE.test(text) ||
    NO_CHANGE_UNSPACED.test(text) ||
    /^\W*(?:same|ditto|nope|nothing|no|nichts|nada|rien|nee|niente)\W*$/i.test(bare(text))
  );
}

function asks(text: string): boolean {
  return (
    /[?？]/.test(text) ||
    REQUEST.test(text) ||
    (QUESTION_START.test(text.slice(0, 30)) && text.length < 200 && !/[.!]/.test(text))
  );
}
