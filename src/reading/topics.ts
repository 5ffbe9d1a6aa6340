import type { Kind } from '../domain/career-update.js';
import { monthNumber } from './calendar.js';
import { TRACK_CUES } from './lexicon.js';
import { nameKey, organisationNamed } from './organisations.js';
import { isPlace } from './places.js';
import { roleIn } from './roles.js';

const ON_TOPIC =
  /(?:\b(?:working|work|research(?:ing)?|works|focus(?:ing|ed)?|writing|thesis|dissertation|paper|stuff|project|projects|poke at|poking at|hacking|mostly|arbeite|forsche|evals?|studying|reports?)? ?(?:on|about|into|über|sobre|sur|su|over|around)\b|\bresearching|\bstudying|\bfor|\bdoing|\bbuilding|\bcovering|\bin) (?:my |the |our |some |a |an )?([^,.;:()\n!?—]{3,70})/iu;
const PLACED = /\b(?:in|for) (?:my |the |our |some |a |an )?([^.,;:()\n!?—]{3,70})/iu;
const WRITING =
  /(?:\b(?:our|my|the|a|an|first|second) )((?:[\p{L}\p{N}-]+ ){1,4})(?:paper|preprint|pre-print|report|article|chapter|book|manuscript|post|essay)\b/iu;
const SET_APART: readonly Kind[] = [
  'employment',
  'internship',
  'study',
  'founding',
  'work_trial',
  'fellowship',
  'independent_research',
];
const IN_BRACKETS = /\(([^()]{3,50})\)/;
const TOPIC_ENDS =
  /(?:,|→| (?:with|w|at|since|from|until|till?|for(?= (?:the|a|an|my|our|some|which|their|its|\d|\p{Lu}))|in(?! (?:LLMs|language models|models))|on|there|if|went|thats|that's|obviously|basically|near|via|ab|of (?:my|our|which)|and then|while|as|by|because|but|through|under|via|w\/|which|who|that|these days|atm|rn|now|again|up|together|alone|mainly|mostly|lately|currently|so far|is|are|was|were|has|have|will|starts?|starting|dries|runs|ends|out|off|over|and|to|so|mit|bei|seit|à|chez|en|desde))(?: .*)?$/u;
const WORK_WORDS = TRACK_CUES.filter(({ label }) => label !== 'non_ai' && label !== 'field_building').map(({ rule }) => rule);

const NOT_A_TOPIC =
  /\b(?:i|i'm|i've|we|my|me|us|you|got|get|joined|left|hired|laid|applying|applied|looking|seeking|searching|keeping|keep|resulting|job|jobs|started|starts?|starting|stream|programme|program|trials?|cohort|months?|weeks?|wks?|years?|yrs?|phd|msc|intern\w*|placement|position|position|role|roles|team lead|engineer|scientist|researcher|advis[eo]r|officer|analyst|manager|director|contractor|lead|assistant|community|run|co-run|running|organise|accepted|published|offer|offered|based|remote|remotely|unpaid|paid|full.?time|part.?time|extension|mentors?|mentee|fellow|fellows|fellowship|grants?|application|interview\w*|exams?|friends?|people|cofounder|currently|still|again|said|says|is|are|was|were|am|will|would|can|can't|don't|didn't|not|no|yes|lol|haha|crossed|moved?|moving|visa|remote|secondment|postdoc|doctorate|masters?|strike|solo|hourly|proper|days?|signed|seit|near|numbers|side|room|pit|things?|area|aide|apprentice|degree|science|master of|residence|eng|mag|bot|pub|project|w|hybrid|salary|money|free|fun|loving|glamorous|thrilling|heaven|boring|hopefully|probably|working|hobby|half|freelance|same|rounds?|spotlight|oral|accept\w*|finish\w*|wrapp\w*|begins?|began|ended|end|own|account|dream|evenings?|unchanged|counting|nice|else|open(?!-)|available)\b/i;
const TIME_WORD =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|wed|thu|fri|sat|sun)|today|tomorrow|yesterday|spring|summer|autumn|winter|christmas|easter|term|semester|night|(?:19|20)\d\d)\b/i;
const OPENS_OTHERWISE =
  /^(?:it|them|this|that|me|us|now|since|from|until|till?|up|full|part|\d|paper|the|my|a|an|at|with|as|to|another|different|here|there|and|or|but|so|then|after|before|if|when|where|themselves|itself|too|just|only|also|very|like|well|ok|thanks|head of|through|sent|exactly|one|tenure|self-employed|bezahlt|de|en|la|el|le|les|all|both|two|three|first|second|in|on|of|for|by|back|not|no)\b/i;

/** What the work is about, as a short noun phrase from the words; null where they do not say. */
export function topicIn(text: string, kind: Kind, organisation: string | null): string | null {
  if (kind === 'career_break') return null;
  const found = after(ON_TOPIC, text).map(tidy);
  const about = found.filter((phrase) => fitsAsTopic(phrase, organisation));
  if (kind === 'job_search') return workPhrase(text, organisation) ?? about.find(namesWork) ?? null;
  // "In" and "for" lead to places and people more often than to a subject.
  const loose = kind === 'study' || kind === 'publication' ? [] : after(PLACED, text).map(tidy);
  return (
    about.find((phrase) => !loose.includes(phrase) && namesWork(phrase)) ??
    workPhrase(text, organisation) ??
    about.find(namesWork) ??
    about.find((phrase) => phrase.split(' ').length <= 5 && !loose.includes(phrase) && !isKnownName(phrase)) ??
    ofWriting(text, kind, organisation) ??
    setApart(text, kind, organisation) ??
    null
  );
}

/** "Our goal misgeneralisation paper": what stands before the word for a piece of writing. */
function ofWriting(text: string, kind: Kind, organisation: string | null): string | null {
  if (kind !== 'publication') return null;
  const before = tidy(WRITING.exec(text)?.[1] ?? '');
  return before.split(' ').length <= 4 &&
    fitsAsTopic(before, organisation) &&
    !/^(?:first|second|new|latest|last|next|joint|big|other|short)$/i.test(before)
    ? before
    : null;
}

/** "Wigan Council (housing)", "PhD, Leeds, soil fungi": a few words set apart that are no name, no time and no title. */
function setApart(text: string, kind: Kind, organisation: string | null): string | null {
  if (!SET_APART.includes(kind)) return null;
  const brackets = after(IN_BRACKETS, text).flatMap((inside) => inside.split(','));
  const parts = text.split(/[,;:\n—–]| - /).slice(1);
  const found = [...brackets, ...parts].map((part) => ({ part: part.trim(), phrase: tidy(part) }));
  return (
    found.find(
      ({ part, phrase }) =>
        phrase === part.replace(/[.!?]+$/, '').trim() &&
        phrase.split(' ').length <= 3 &&
        /^\p{Ll}[\p{L} -]+$/u.test(phrase) &&
        roleIn(phrase, 'employment') === null &&
        fitsAsTopic(phrase, organisation) &&
        !isKnownName(phrase),
    )?.phrase ?? null
  );
}

/** The part of the text, between marks, that names work in AI and little else. */
function workPhrase(text: string, organisation: string | null): string | null {
  const parts = [...after(IN_BRACKETS, text).flatMap((inside) => inside.split(',')), ...text.split(/[,.;:()\n!?—–]/)].map(tidy);
  return parts.find((phrase) => phrase.split(' ').length <= 5 && fitsAsTopic(phrase, organisation) && namesWork(phrase)) ?? null;
}

function namesWork(phrase: string): boolean {
  return !isKnownName(phrase) && WORK_WORDS.some((rule) => rule.test(phrase));
}

function isKnownName(phrase: string): boolean {
  return organisationNamed(phrase) !== null || isPlace(phrase.toLowerCase().split(' '));
}

/** What a rule captures at every place, places within other matches included: "in May as an engineer on evals". */
function after(rule: RegExp, text: string): readonly string[] {
  const captured = [...text.matchAll(new RegExp(`(?=${rule.source})`, 'giu'))].flatMap((match) => (match[1] ? [match[1]] : []));
  return [...new Set(captured)];
}

function tidy(phrase: string): string {
  return phrase
    .trim()
    .replace(/^(?:independent |my own |own )?(?:research|work|stuff|papers?|preprint) (?:on|about|into) /i, '')
    .replace(/^(?:and|mostly|mainly|still|also|doing|working on|on|about|the|my|our|some|a|an|mostly on|our|mainly on) /i, '')
    .replace(TOPIC_ENDS, '')
    .replace(
      /(?: (?:research|stuff|things?|work|team|paper|preprint|again|mostly|mainly|unit|group|desk|side|gigs?|roles?|jobs?|teams?|posts?|positions?|project|projects|side quest))+$/i,
      '',
    )
    .replace(/(?: (?:eng|engineer\w*|REs?|RS|researcher|degree|bits))+$/i, '')
    .replace(/^(?:developing|building|teaching|doing) (?:an? |the )?/i, '')
    .replace(/^(?:ideally|anything|something|bits of|leading|mostly|mainly|only|also) /i, '')
    .replace(/-shaped$/i, '')
    .replace(/[.!?]+$/, '')
    .replace(/^(?:frontier |the )?red(?: team(?:er|ers)?)?$/i, 'red teaming')
    .replace(/^interp$/i, 'interpretability')
    .replace(/^mech\.? ?interp$/i, 'mechanistic interpretability')
    .trim();
}

function fitsAsTopic(phrase: string, organisation: string | null): boolean {
  if (phrase.length < 3 || phrase.length > 60 || OPENS_OTHERWISE.test(phrase) || NOT_A_TOPIC.test(phrase)) return false;
  if (TIME_WORD.test(phrase) || /["“”<>@\p{Extended_Pictographic}]/u.test(phrase)) return false;
  if (phrase.split(' ').some((word) => monthNumber(word) !== null && !/^mars?$/i.test(word))) return false;
  return organisation === null || !nameKey(phrase).includes(nameKey(organisation));
}
