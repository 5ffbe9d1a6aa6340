import type { Kind, Status, Track } from '../domain/career-update.js';
import type { Candidate } from './learned/candidates.js';
import { TRACK_CUES } from './lexicon.js';
import { organisationNamed } from './organisations.js';
import { isPlace } from './places.js';
import { peopleIn } from './slots.js';
import { bare, words } from './words.js';

// What the codebook settles outright; the learned parts decide only what it leaves open.

const WITHOUT_ORGANISATION: readonly Kind[] = ['job_search', 'career_break', 'independent_research'];
/** Kinds that nearly always have an organisation: by how much the linker must prefer "none" to be believed. */
export const NULL_PENALTY: Partial<Record<Kind, number>> = {
  fellowship: 2,
  internship: 2,
  work_trial: 2,
  publication: 0.7,
  study: 0.7,
  founding: 0.7,
  employment: 0.4,
  community_building: 0.7,
};
const NOT_A_NAME = words(
  'ai act|ai|ml|rl|nlp|cs|lms?|llms?|saes?|sqe|re|swe|mts|ta|yc|phd|msc|uk|us|eu|spring|summer|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|english|spanish|french|german|swahili|tamil|tagalog|legal adviser|discord|slack|youtube|linkedin|python|christmas|easter|dutch|british|american|indian|italian|portuguese|polish|swiss|swedish|irish|scottish|chinese|japanese|european',
);
const WORK_RULES = TRACK_CUES.filter(({ label }) => label !== 'non_ai' && label !== 'field_building').map(
  ({ rule }) => new RegExp(`^(?:the )?${rule.source}$`, 'iu'),
);
const EXTENSION = words('ext|extension|ext phase|extensions?|extensión|verlängerung');
const GATHERING =
  /(?<![\p{L}-])(?!The |Our |My |I |We )(\p{Lu}[\p{L}\p{N}'’-]*(?: (?!the |at |in |for |and I |with |of )[\p{L}\p{N}'’&-]+){0,5}? (?:reading (?:group|circle|club)|group|meet-?up|circle|club|society|chapter|dinners|collective|network|hub|initiative|camp|salon|hackathon))(?![\p{L}])/u;

/** Whether a candidate cannot be the organisation of an activity of this kind, whatever speaks for it. */
export function isRuledOut({ name, known }: Candidate, kind: Kind, evidence: string): boolean {
  if (name === null) return false;
  if (WITHOUT_ORGANISATION.includes(kind)) return true;
  if (known) return false;
  if (isPlace(bare(name).split(/[\s,]+/)) || (NOT_A_NAME.exec(name)?.[0].length ?? 0) === name.length) return true;
  return WORK_RULES.some((rule) => rule.test(name)) || peopleIn(evidence, null).includes(name);
}

/** The name that the kind and the words settle: the group that is run, the programme whose extension it is; null where they settle none. */
export function settledName(kind: Kind, evidence: string, programme: string): string | null {
  if (kind === 'community_building') {
    const gathering = GATHERING.exec(evidence)?.[1];
    return gathering && !/ (?:I|we) /.test(gathering) ? gathering : null;
  }
  if (kind === 'fellowship' && EXTENSION.test(evidence)) return organisationNamed(programme)?.name === 'MATS' ? 'MATS' : null;
  return null;
}

/** The track that the codebook settles: a break is no AI; an organisation with one aim and no other work named has that aim. */
export function settledTrack(kind: Kind, candidate: Candidate | null, work: string): Track | null {
  if (kind === 'career_break') return 'non_ai';
  const known = candidate?.known ?? null;
  if (!known || work !== 'none') return null;
  return kind === 'publication' || kind === 'founding' ? null : known.track;
}

const TAKEN = words('accepted (?:in)?to|accepted for|got (?:in)?to|admitted to|a place (?:on|in|at)');
const UNDER_WAY = words('now|currently|at the moment|these days|right now|in the middle|under way|halfway|so far|rn|atm');

// "Was an intern there until autumn", but not "was promoted in May", which goes on.
const IS_OVER = /^(?:i |we |previously |before that,? (?:i )?)?(?:was|were|used to be) (?:an?|the|on|in|at|with)\b/iu;

/**
 * What opens by saying what somebody was is over. Being accepted for a programme or a degree is not its end: it is under way where
 * the message says so, else to come.
 */
export function settledStatus(kind: Kind, evidence: string, message: string, status: Status): Status {
  if (status === 'current' && IS_OVER.test(evidence)) return 'past';
  if (status !== 'past' || (kind !== 'fellowship' && kind !== 'study') || !TAKEN.test(evidence) || ENDED.test(message))
    return status;
  return UNDER_WAY.test(message) ? 'current' : 'upcoming';
}

const ENDED = words('finished|completed|done|ended|graduated|was|did|over|left|dropped|until|till');
