import {
  type Activity,
  type CareerUpdate,
  type Kind,
  NO_INFLUENCE,
  type Status,
  type Track,
} from '../../src/domain/career-update.js';
import type { Reading, ReplyText } from '../../src/domain/reply.js';
import { knownNames } from '../../src/reading/organisations.js';
import { tokenise } from '../../src/reading/words.js';

// What a day's work with a list of keywords and the same table of organisations gives: one activity a sentence that holds a keyword.

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/\bwork trial|\btrial/i, 'work_trial'],
  [/\bintern/i, 'internship'],
  [/\bpaper|preprint|published|arxiv/i, 'publication'],
  [/\bfounded|co-?founded|startup/i, 'founding'],
  [/\bgrant|independent/i, 'independent_research'],
  [/\bphd|dphil|master'?s?|msc|degree|studying|thesis/i, 'study'],
  [/\bfellow|\bmats\b|residency|\bscholar/i, 'fellowship'],
  [/\blooking for|job hunt|applying|unemployed/i, 'job_search'],
  [/\bleave\b|sabbatical|travelling|time off/i, 'career_break'],
  [/\breading group|community|meetup|organis/i, 'community_building'],
  [/\bvolunteer|unpaid|mentor/i, 'volunteering'],
  [/\bcollaborat|working with/i, 'collaboration'],
  [/\bwork|job|joined|hired|engineer|analyst|manager|teacher|nurse|researcher|contract|freelanc|\bat\b/i, 'employment'],
];
const STATUSES: readonly (readonly [RegExp, Status])[] = [
  [/\bappl(?:ied|ying)|interview|waiting|under review|submitted/i, 'applying'],
  [/\bwill\b|starting|start in|next (?:month|year|week)|accepted an offer/i, 'upcoming'],
  [/\bleft|quit|finished|was\b|until|interned|published|came out|did\b|ended/i, 'past'],
];
const TRACKS: readonly (readonly [RegExp, Track])[] = [
  [/alignment|interp|evals?\b|safety research|\belk\b|red.?team|oversight|control/i, 'alignment'],
  [/governance|policy|regulation/i, 'governance'],
  [/reading group|community|teach|facilitat|mentor/i, 'field_building'],
  [/pretraining|scaling|post-training|kernels/i, 'capabilities'],
  [/machine learning|\bml\b|data scien|computer vision|\bnlp\b/i, 'applied_ai'],
  [/nurse|school|journalis|software|trader|frontend|backend|hospital|council/i, 'non_ai'],
];

export function keywordReading(reply: ReplyText): Reading {
  const activities = reply.messages.flatMap((message) => message.split(/(?<=[.!?;\n])\s+|\n/)).flatMap(inSentence);
  const text = reply.messages.join('\n');
  const intent = intentOf(text, activities.length);
  const update: CareerUpdate = {
    intent,
    activities,
    influence: NO_INFLUENCE,
    helpWanted: /\bintro|hiring|let me know\b/i.test(text),
  };
  const optOut = intent === 'stop' || intent === 'erase' ? ({ wants: intent, certainty: 'clear' } as const) : null;
  return { update, optOut, snoozeUntil: null, confidence: { kind: 0, track: 0 }, reader: 'keywords', readerVersion: '1' };
}

function intentOf(text: string, activities: number): CareerUpdate['intent'] {
  if (/\b(?:delete|erase)\b.*\b(?:data|everything|me)\b/i.test(text)) return 'erase';
  if (/\bunsubscribe\b|^\s*stop\b|\bstop (?:these|messaging|sending)|take me off/i.test(text)) return 'stop';
  if (/\bask me (?:again|later)|remind me|ping me/i.test(text)) return 'snooze';
  if (/\bno change|nothing new|same as/i.test(text)) return 'no_change';
  if (activities > 0) return 'update';
  return text.includes('?') ? 'question' : 'other';
}

function inSentence(sentence: string): readonly Activity[] {
  const kind = KINDS.find(([rule]) => rule.test(sentence))?.[1];
  const known = knownNames(tokenise([sentence])[0]?.tokens ?? [])[0]?.organisation;
  const evidence = sentence.trim();
  if ((!kind && !known) || evidence === '') return [];
  const status = STATUSES.find(([rule]) => rule.test(sentence))?.[1] ?? 'current';
  const track = TRACKS.find(([rule]) => rule.test(sentence))?.[1] ?? known?.track ?? 'unclear';
  const empty = { role: null, topic: null, start: null, end: null, commitment: null, funder: null, people: [] };
  return [{ kind: kind ?? 'employment', status, organisation: known?.name ?? null, track, evidence, ...empty }];
}
