import type { Activity, Kind } from '../domain/career-update.js';
import { monthNumber } from './calendar.js';
import { TRACK_CUES } from './lexicon.js';
import { nameKey, organisationNamed } from './organisations.js';
import { isPlace } from './places.js';
import { words } from './words.js';

const FULL_TIME = words(
  'full.?time|vollzeit|tiempo completo|temps plein|tempo integral|tempo pieno|voltijds?|fulltime|pełny etat',
);
const PART_TIME = words(
  'part.?time|half.?time|teilzeit|media jornada|tiempo parcial|temps partiel|mi-temps|meio período|deeltijd|parttime|(?:one|two|three|four|\\d(?:\\.5)?)(?:-| )?(?:days?|d|evenings?|mornings?|afternoons?|shifts?|hours?|hrs?|nights?)(?: \\w+)? (?:a|per|/|each) ?(?:week|wk)|\\d+ ?(?:hrs?|hours|std\\.?|h)(?: a| per| pro|/)? ?(?:week|wk|woche)|evenings|weekends|(?:most )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon.?(?:tue|wed|thu)|thu.?fri|one day|two days|0\\.[2-8] ?(?:fte)?|\\d days|20 std',
);

export function commitmentIn(text: string): Activity['commitment'] {
  if (FULL_TIME.test(text)) return 'full_time';
  return PART_TIME.test(text) ? 'part_time' : null;
}

const PERSON = "(?:(?:Prof(?:essor)?|Dr)\\.? )?\\p{Lu}[\\p{L}'’-]+(?: (?:de |van |von |al-|O['’])?\\p{Lu}[\\p{L}'’-]+){0,2}";
const BESIDE_PEOPLE = new RegExp(
  `(?:\\b(?:[Ww]ith|w/|w|[Ss]upervised by|supervisor(?: is)?,?|under|[Aa]dvised by|[Mm]entored by|mentor(?: is)?,?|alongside|reporting to|me (?:and|\\+)|me, |together with|by|mit|con|avec|com|met|professor|friend|colleague|co-authors?|stream of|assist(?:ing)?|for|me &)) ?(?:my (?:friend|mentor|supervisor|colleague|cofounder|co-founder|old \\w+) |professor |prof\\.? |people \\(|ppl from the cohort, )?(${PERSON}(?:(?:,? (?:and|&|und|y|et|e|\\+) |, )${PERSON})*)`,
  'gu',
);
const THEIR_PROJECT = new RegExp(
  `(${PERSON})['’]s (?:\\w+ )?(?:stream|project|team|group|lab|supervision|mentorship|agenda)`,
  'gu',
);
const NOT_A_PERSON =
  /^(?:The|A|My|Our|I|We|AI|ML|PhD|Since|From|In|At|On|Still|Now|Also|NLP|SAE|Discord|Slack|GPT|LLM|English|Python|Berlin|London|Paris|Oxford|Cambridge|Open|Deep|Lab|Labs|Institute|University)$/;

/** The people named beside an activity: collaborators and supervisors, not organisations. */
export function peopleIn(text: string, organisation: string | null): readonly string[] {
  const lists = [...text.matchAll(BESIDE_PEOPLE), ...text.matchAll(THEIR_PROJECT)].map((match) => match[1] ?? '');
  const names = lists
    .flatMap((list) => list.split(/,? (?:and|&|und|y|et|e|\+) |, /))
    .map((name) =>
      name
        .replace(/^(?:Prof(?:essor)?|Dr)\.? /, '')
        .replace(/['’]s$/, '')
        .trim(),
    );
  return [...new Set(names)].filter((name) => isPerson(name, organisation)).slice(0, 6);
}

function isPerson(name: string, organisation: string | null): boolean {
  if (name.length < 2 || monthNumber(name) !== null || name.split(' ').some((part) => NOT_A_PERSON.test(part))) return false;
  if (/^\p{Lu}{2,}$/u.test(name) || (organisation !== null && nameKey(organisation).includes(nameKey(name)))) return false;
  return organisationNamed(name) === null;
}

const FUNDER_NAMES =
  'LTFF|Long.Term Future Fund|Manifund|SFF|Survival and Flourishing(?: Fund)?|Open ?Phil(?:anthropy)?|Coefficient(?: Giving)?|EA Funds|Lightspeed(?: Grants)?|Foresight(?: Institute)?|Emergent Ventures|Cosmos(?: Institute)?|FLI|Future of Life Institute|Schmidt(?: Sciences| Futures)?|ARIA|AISF|AI Safety Fund|Longview|UKRI|EPSRC|ERC|NSF|Wellcome(?: Trust)?|Cooperative AI Foundation|CAIF|Leverhulme(?: Trust)?|Carnegie Trust|Arts Council(?: England)?|Tarbell';
const FUNDER = new RegExp(`(?<![\\p{L}])(${FUNDER_NAMES})(?![\\p{L}])`, 'iu');
const FUNDED =
  /(?:(?:grants?|regrant|funding|funded|money|stipend|scholarship|paid|covered|backed|supported|sponsored|bankrolled) (?:\w+ )?(?:by|from|through|via|of) (?:the |an? )?|,? which )(\p{Lu}[\p{L}&-]+(?: \p{Lu}[\p{L}&-]+){0,3})|(\p{Lu}[\p{L}&-]+(?: \p{Lu}[\p{L}&-]+){0,3})(?: \w+)? (?:grant|money|funding|regrant|stipend|scholarship|pays for|is paying|funds|is funding|gave me|gave us)/u;

/** Who pays: the giver of a grant, or of the money for a post elsewhere. */
export function funderIn(text: string, kind: Kind): string | null {
  const speaksOfMoney =
    /\b(?:grants?|grantee|regrant|fund(?:s|ed|ing)?|money|pays?|paid|stipend|covered|backed|gave|sponsor\w*|supported)\b/i.test(
      text,
    );
  if (!speaksOfMoney && kind !== 'independent_research') return null;
  const listed = FUNDER.exec(text)?.[1];
  if (listed) return usualFunder(listed);
  const match = kind === 'employment' || kind === 'job_search' ? null : FUNDED.exec(text);
  const name = match?.[1] ?? match?.[2];
  return name && monthNumber(name) === null && !NOT_A_PERSON.test(name) ? usualFunder(name) : null;
}

function usualFunder(name: string): string {
  const acronym = /^\p{Lu}{2,5}$/u.test(name) ? name : null;
  return acronym ?? organisationNamed(name)?.name ?? name;
}

const ON_TOPIC =
  /(?:\b(?:working|work|research(?:ing)?|works|focus(?:ing|ed)?|writing|thesis|dissertation|paper|stuff|project|projects|poke at|poking at|hacking|mostly|arbeite|forsche|evals?|studying|reports?)? ?(?:on|about|into|über|sobre|sur|su|over|around)\b|\bresearching|\bstudying|\bfor|\bdoing|\bbuilding|\bcovering|\bin) (?:my |the |our |some |a |an )?([^,.;:()\n!?—]{3,70})/iu;
const IN_BRACKETS = /\(([^()]{3,50})\)/;
const TOPIC_ENDS =
  / (?:with|at|since|from|until|till?|for|in|and then|while|as|by|because|but|through|under|via|w\/|which|who|that|these days|atm|rn|now|and|to|so|mit|bei|seit|à|chez|en|desde|again|up|together|of my own|on my own|alone|by myself)(?: .*)?$/iu;
const WORK_WORDS = TRACK_CUES.filter(({ label }) => label !== 'non_ai' && label !== 'field_building').map(({ rule }) => rule);

const NOT_A_TOPIC =
  /\b(?:i|i'm|i've|we|my|me|got|joined|left|hired|job|started|stream|programme|program|trial|cohort|month|months|weeks?|phd|msc|intern\w*|position|role|team lead|engineer|scientist|researcher|advis[eo]r|officer|analyst|manager|community|run|co-run|running|organise|accepted|published|offer|based|remote|unpaid|paid|full.?time|part.?time)\b/i;
const OPENS_OTHERWISE =
  /^(?:it|them|this|that|me|us|now|since|from|until|till?|up|full|part|\d|paper|the|my|a|an|at|with|as|to|another|different|here|there)\b/i;

/** What the work is about, as a short noun phrase from the words; null where they do not say. */
export function topicIn(text: string, kind: Kind, organisation: string | null): string | null {
  if (kind === 'career_break' || kind === 'job_search') return kind === 'job_search' ? workPhrase(text, organisation) : null;
  const about = after(ON_TOPIC, text)
    .map(tidy)
    .filter((phrase) => fitsAsTopic(phrase, organisation));
  return (
    about.find(namesWork) ??
    workPhrase(text, organisation) ??
    about.find((phrase) => phrase.split(' ').length <= 5 && !isKnownName(phrase)) ??
    null
  );
}

/** The part of the text, between marks, that names work in AI and little else. */
function workPhrase(text: string, organisation: string | null): string | null {
  const parts = [...after(IN_BRACKETS, text), ...text.split(/[,.;:()\n!?—–]/)].map(tidy);
  return parts.find((phrase) => phrase.split(' ').length <= 5 && fitsAsTopic(phrase, organisation) && namesWork(phrase)) ?? null;
}

function namesWork(phrase: string): boolean {
  return !isKnownName(phrase) && WORK_WORDS.some((rule) => rule.test(phrase));
}

function isKnownName(phrase: string): boolean {
  return organisationNamed(phrase) !== null || isPlace(phrase.toLowerCase().split(' '));
}

function after(rule: RegExp, text: string): readonly string[] {
  return [...text.matchAll(new RegExp(rule.source, 'giu'))].flatMap((match) => (match[1] ? [match[1]] : []));
}

function tidy(phrase: string): string {
  return phrase
    .trim()
    .replace(/^(?:independent |my own |own )?(?:research|work|stuff|papers?|preprint) (?:on|about|into) /i, '')
    .replace(/^(?:and|mostly|mainly|still|also|doing|working on|on|about|the|my|our|some|a|an|mostly on|our|mainly on) /i, '')
    .replace(TOPIC_ENDS, '')
    .replace(/ (?:research|stuff|things?|work|team|paper|preprint|again|mostly)$/i, '')
    .trim();
}

function fitsAsTopic(phrase: string, organisation: string | null): boolean {
  if (phrase.length < 3 || phrase.length > 60 || OPENS_OTHERWISE.test(phrase) || NOT_A_TOPIC.test(phrase)) return false;
  if (monthNumber(phrase.split(' ')[0] ?? '') !== null) return false;
  return organisation === null || !nameKey(phrase).includes(nameKey(organisation));
}
