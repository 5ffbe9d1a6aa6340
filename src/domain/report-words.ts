import type { Channel, Kind, Track } from './career-update.js';
import type { ClassScope, Place } from './main-activity.js';
import type { PeopleGroup } from './partition.js';
import type { Claim, PredictedClass } from './prediction.js';
import { percentWords } from './report-estimate.js';
import { monthsInWords } from './wording.js';

/** What organisers call things; alumni are shown gentler labels. */
const PLACE_WORDS: Readonly<Record<string, string>> = {
  alignment: 'alignment',
  governance: 'governance',
  field_building: 'field building',
  capabilities: 'capabilities',
  applied_ai: 'applied AI',
  non_ai: 'outside AI',
  seeking: 'looking for work',
  on_break: 'on a break',
};

/** A track, or where people stand who are on none; a programme's own track is called what its id says. */
export const placeWords = (place: Place): string =>
  (Object.hasOwn(PLACE_WORDS, place) ? PLACE_WORDS[place] : undefined) ?? place.replaceAll('_', ' ');

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  employment: 'employment',
  internship: 'internship',
  work_trial: 'work trial',
  fellowship: 'fellowship',
  study: 'study',
  independent_research: 'independent research',
  collaboration: 'collaboration',
  publication: 'publication',
  community_building: 'community building',
  founding: 'founding',
  volunteering: 'volunteering',
  job_search: 'looking for work',
  career_break: 'on a break',
  other: 'something else',
};

/** A group of the roster, and what puts people there. */
export const GROUP_WORDS: Readonly<Record<PeopleGroup, readonly [name: string, meaning: string]>> = {
  answered: ['answered clearly', 'what they mainly do is known'],
  partial: ['answered, but unclear', 'what they mainly do is not known for sure'],
  refused: ['asked not to be asked', 'before they had answered'],
  unreachable: ['could not be reached', 'they left, or take no messages'],
  notAsked: ['not asked', 'or not yet'],
  silent: ['silent', 'asked, and no answer so far'],
  erased: ['erased', 'nothing is held about them any more'],
};

export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  connections: 'connections',
  motivation: 'motivation',
  skills: 'skills',
  credential: 'credential',
};

/** When a wave is, seen from the cohort: "six months after the end". */
export function waveWords(months: number): string {
  return months === 0 ? 'at the end' : `${monthsInWords(months)} after the end`;
}

/** "in capabilities", "outside AI". */
export function inTrack(track: Track): string {
  return track === 'non_ai' ? placeWords(track) : `in ${placeWords(track)}`;
}

const SCOPE_WORDS: Readonly<Record<ClassScope, string>> = { main: 'mainly', any: 'in whole or in part' };

/** "less than 10% mainly in capabilities". */
export function claimWords({ comparator, threshold }: Claim, { track, scope }: PredictedClass): string {
  const than = comparator === 'less_than' ? 'less than' : 'more than';
  return `${than} ${percentWords(threshold)} ${SCOPE_WORDS[scope]} ${inTrack(track)}`;
}
