import type { Activity, Kind } from '../domain/career-update.js';
import { monthNumber } from './calendar.js';
import { nameKey, organisationNamed } from './organisations.js';
import { words } from './words.js';

const FULL_TIME = words(
  'full.?time|vollzeit|tiempo completo|temps plein|tempo integral|tempo pieno|voltijds?|fulltime|pełny etat',
);
const SMALL = 'one|two|three|four|a few|few|some|\\d(?:\\.5)?';
const PART_TIME = words(
  `part.?time|half.?time|half (?:my|the|of my|of the) (?:week|time)|(?:other|spare) half|reduced hours|hourly|teilzeit|media jornada|tiempo parcial|temps partiel|mi-temps|meio período|deeltijd|parttime|(?:${SMALL})(?:-| )?(?:days?|d|evenings?|mornings?|afternoons?|shifts?|hours?|hrs?|nights?)(?: \\w+)? (?:a|per|/|each|in the) ?(?:week|wk)|\\d+ ?(?:hrs?|hours|std\\.?|h)(?: a| per| pro|/)? ?(?:week|wk|woche)|(?:ein|zwei|drei|vier|\\d) tage (?:die|pro) woche|(?:one|two|three|four|\\d) days|one day|0\\.[2-8] ?(?:fte)?|20 std`,
);
// Of a group that meets on Thursdays they say when it meets; of work, how much of it there is.
const SOME_OF_THE_WEEK = words(
  'evenings?|weekends|(?:by|at) night|nights|de noche|nachts|(?:most )?(?:mon|tues|wednes|thurs|fri|satur|sun)days|mon.?(?:tue|wed|thu)|thu.?fri',
);
const MEETINGS: readonly Kind[] = ['community_building', 'publication', 'collaboration', 'job_search', 'career_break'];

/** How much of the week, where the words say; `kind` null where the words stand alone. */
export function commitmentIn(text: string, kind: Kind | null = null): Activity['commitment'] {
  if (FULL_TIME.test(text)) return 'full_time';
  if (kind !== 'publication' && PART_TIME.test(text)) return 'part_time';
  return (kind === null || !MEETINGS.includes(kind)) && SOME_OF_THE_WEEK.test(text) ? 'part_time' : null;
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
