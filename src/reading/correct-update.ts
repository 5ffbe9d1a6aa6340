import { type Activity, type CareerUpdate, KINDS, type Kind, type Track } from '../domain/career-update.js';
import type { ReplyText } from '../domain/reply.js';
import { readActivities } from './activities.js';
import { analyse } from './analysis.js';
import { mainActivity } from './confidence.js';
import { findDates } from './dates.js';
import { loadModels } from './learned/weights.js';
import { knownNames, nameKey, organisationNamed } from './organisations.js';
import { commitmentIn } from './slots.js';
import { isCapitalised, tokenise, withoutQuotes, words } from './words.js';

const CORRECTS = words(
  "no|nope|nah|actually|sorry|correction|oops|i meant|i mean|meant|not quite|wrong|rather|it's|its|it is|that's|should be|should say|scratch that|my mistake|not|nein|eigentlich|en realidad|non|en fait|in realtà|na verdade|eigenlijk|właściwie",
);
const FRESH_START = words(
  "i'm now|i am now|i've (?:just|now|started|joined|left)|i (?:just |now )?(?:started|joined|left|quit|got|work)|also|in addition|another thing|update:|new job|got a|and i|plus",
);

const KIND_WORDS: readonly (readonly [RegExp, Kind])[] = [
  [words('work trial|trial'), 'work_trial'],
  [words('internship|intern|interning'), 'internship'],
  [words('fellowship|fellow|residency'), 'fellowship'],
  [words('phd|study|studying|degree|masters?|course'), 'study'],
  [words('independent research|independent|on my own|self-?funded'), 'independent_research'],
  [words('collaboration|collaborating|collab'), 'collaboration'],
  [words('paper|preprint|publication'), 'publication'],
  [words('community|organising|reading group'), 'community_building'],
  [words('founded|co-?founded|my own company|startup of my own|founder'), 'founding'],
  [words('volunteering|volunteer|unpaid'), 'volunteering'],
  [words('job search|looking|unemployed'), 'job_search'],
  [words('on leave|sabbatical|break'), 'career_break'],
  [words('job|employment|employed|staff|permanent|paid work|contract(?:or|ing)?'), 'employment'],
];

const TRACK_WORDS: readonly (readonly [RegExp, Track])[] = [
  [words('governance|policy|regulation|ai law|standards'), 'governance'],
  [words('field.?building|community work|teaching safety|outreach'), 'field_building'],
  [words('capabilit(?:y|ies)|pre-?training|scaling|post-?training'), 'capabilities'],
  [words('alignment|ai safety|safety|interp\\w*|evals?|control|oversight|robustness|red.?teaming'), 'alignment'],
  [words('applied (?:ai|ml)|machine learning|\\bml\\b|data science|computer vision|nlp'), 'applied_ai'],
  [words('not ai|nothing to do with ai|no ai|non.?ai|software|unrelated to ai|not in ai'), 'non_ai'],
];

const NOT_X_BUT_Y =
  /\bnot (?:at |with |for )?(?:the )?([^,.;!?\n]{2,40})(?:,| but|;|\.| -|—) ?(?:but |it's |its |at |with |for |actually |rather )*(?:the )?([^,.;!?\n]{2,40})/iu;
const Y_NOT_X =
  /(?:^|[,.;!\n] ?|\b(?:it's|its|it is|at|meant|with|actually|is) )(?:the )?([^,.;!?\n]{2,40}?),? not (?:at |with |for )?(?:the )?([^,.;!?\n]{2,40})/iu;
const AT_NAME = /\b(?:at|with|for|meant|it's|its|it is|actually|called|is)\b (?:the )?(\p{Lu}[^,.;!?\n]{1,40})/u;

const SINCE = words('since|from|started|start(?:ing|s)?|began|seit|desde|depuis|dal|sinds|od');
const UNTIL = words('until|till?|ends?|ended|ending|finish\\w*|bis|hasta|jusqu\\w*|fino|tot|do|through');

const MAX_WORDS = 16;

/**
 * Applies a further message such as "no, it's part time", "actually it's governance" or "not Anthropic, OpenAI" to a record.
 * Changes the activity that the words name, else the main one, and keeps its evidence, which still stands in the earlier message.
 * Null where the words are no correction but a statement of their own (or mere thanks): then they are to be read as a reply.
 */
export function correctUpdate(previous: CareerUpdate, correction: ReplyText): CareerUpdate | null {
  const text = withoutQuotes(correction.messages.join('\n')).trim().slice(0, 1000);
  const target = targetOf(previous.activities, text);
  if (!target || !mayCorrect(text, correction)) return null;
  const change = changeIn(text, target, correction);
  if (Object.keys(change).length === 0) return null;
  const corrected = { ...target, ...change };
  return { ...previous, activities: previous.activities.map((activity) => (activity === target ? corrected : activity)) };
}

function mayCorrect(text: string, correction: ReplyText): boolean {
  const count = text.split(/\s+/).length;
  if (count > MAX_WORDS) return false;
  if (CORRECTS.test(text.slice(0, 40)) && !startsAfresh(text, correction)) return true;
  // "full-time", "since May": a bare value can only be about what was said before.
  return count <= 4 && !FRESH_START.test(text);
}

/** "No, I left in May and joined Apollo as an engineer" says more than a field can hold. */
function startsAfresh(text: string, correction: ReplyText): boolean {
  const after = text.replace(/^\W*(?:no|nope|actually|sorry|oops)\W+/i, '');
  return FRESH_START.test(after) && readActivities(analyse(correction), loadModels()).length > 0 && after.split(/\s+/).length > 5;
}

/** The activity whose organisation the words name (as wrong or as meant), else the main one. */
function targetOf(activities: readonly Activity[], text: string): Activity | null {
  const said = nameKey(text);
  const named = activities.find(
    ({ organisation }) => organisation !== null && nameKey(organisation).length > 2 && said.includes(nameKey(organisation)),
  );
  return named ?? mainActivity(activities.map((activity) => ({ activity })))?.activity ?? null;
}

type Change = Partial<Pick<Activity, 'kind' | 'track' | 'organisation' | 'start' | 'end' | 'commitment' | 'status'>>;

function changeIn(text: string, target: Activity, { received }: ReplyText): Change {
  const meant = withoutDenied(text);
  const organisation = organisationMeant(text, target);
  const commitment = commitmentIn(meant);
  const rest = organisation ? meant.replace(organisation, ' ') : meant;
  const kind = kindMeant(rest);
  const track = TRACK_WORDS.find(([rule]) => rule.test(/\b(?:not ai|non.?ai|nothing to do)\b/i.test(text) ? text : rest))?.[1];
  return {
    ...(commitment ? { commitment } : {}),
    ...(organisation ? { organisation } : {}),
    ...(track ? { track } : {}),
    ...(kind ? { kind } : {}),
    ...datesMeant(meant, target, received),
    ...statusMeant(meant),
  };
}

/** What is said to be wrong does not count: "not full-time", "governance, not alignment". */
function withoutDenied(text: string): string {
  const kept = text.replace(
    /\bnot (?:a |an |in |at |the )?[\p{L}\p{N}-]+(?: (?!but\b|it|actually|rather)[\p{L}\p{N}-]+){0,2}/giu,
    ' ',
  );
  return /[\p{L}]{3}/u.test(kept) ? kept : text;
}

function kindMeant(text: string): Kind | undefined {
  const kind = KIND_WORDS.find(([rule]) => rule.test(text))?.[1];
  return kind && KINDS.includes(kind) ? kind : undefined;
}

function organisationMeant(text: string, target: Activity): string | null {
  const current = target.organisation ? nameKey(target.organisation) : '';
  const [, wrong, right] = NOT_X_BUT_Y.exec(text) ?? [];
  const [, right2, wrong2] = Y_NOT_X.exec(text) ?? [];
  for (const [denied, meant] of [
    [wrong, right],
    [wrong2, right2],
  ] as const) {
    const name = meant ? nameIn(meant) : null;
    if (name && denied && nameKey(name) !== current && (isName(denied) || nameKey(denied) === current)) return name;
  }
  const said = AT_NAME.exec(text)?.[1];
  const name = said ? nameIn(said) : nameIn(text);
  return name && (organisationNamed(name) !== null || said !== undefined) && nameKey(name) !== current ? name : null;
}

function isName(words: string): boolean {
  return organisationNamed(words.trim()) !== null || /^\p{Lu}/u.test(words.trim());
}

/** A known organisation in the words, by its usual name; else a name as it was written. */
function nameIn(text: string): string | null {
  const tokens = tokenise([text])[0]?.tokens ?? [];
  const isWritten = (from: number, to: number): boolean => tokens.slice(from, to).some((token) => isCapitalised(token));
  const known = knownNames(tokens).find(
    ({ from, to, organisation }) => isWritten(from, to) || !organisation.ambiguous,
  )?.organisation;
  if (known) return known.name;
  const written = /^\s*(\p{Lu}[\p{L}\p{N}&'’.-]*(?: (?:of |for |and |& )?\p{Lu}[\p{L}\p{N}&'’.-]*)*)/u.exec(
    text.replace(/^(?:at|with|for|it's|actually|the) /i, ''),
  )?.[1];
  return written &&
    !/^(?:No|It|Its|It's|Actually|Sorry|Since|I|Full|Part|Not|Oops|From|Until|My|The)$/.test(written) &&
    findDates(written, '2024-01-01').length === 0
    ? written
    : null;
}

function datesMeant(text: string, target: Activity, received: string): Pick<Change, 'start' | 'end'> {
  const date = findDates(text, received)[0];
  if (!date) return {};
  const ahead = target.status === 'upcoming';
  if (UNTIL.test(text) && !SINCE.test(text)) return { end: target.status === 'past' ? date.past : date.future };
  if (SINCE.test(text) || target.start !== null || target.end === null) return { start: ahead ? date.future : date.past };
  return { end: target.status === 'past' ? date.past : date.future };
}

function statusMeant(text: string): Pick<Change, 'status'> {
  if (words("(?:it )?(?:has )?ended|finished|it's over|was|used to be|no longer|not any more").test(text))
    return { status: 'past' };
  if (words("hasn't started|haven't started|not started|starts|will start|upcoming").test(text)) return { status: 'upcoming' };
  if (words('only applied|just applied|still applying|not decided').test(text)) return { status: 'applying' };
  return words('still (?:there|going|current|ongoing)|ongoing|current(?:ly)?').test(text) ? { status: 'current' } : {};
}
