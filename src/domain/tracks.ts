import { z } from 'zod';
import { type Activity, TRACKS, type Track } from './career-update.js';
import { fail, ok, type Result } from './result.js';

/** A field of work that a programme tells apart by itself, with the words by which it is found in a reply. */
export const ownTrackSchema = z.object({ name: z.string(), words: z.array(z.string()).readonly() }).readonly();
export type OwnTrack = z.infer<typeof ownTrackSchema>;
/** Null: the tracks of the AI-safety codebook. */
export type OwnTracks = readonly OwnTrack[] | null;

/** What a programme calls a field, as an id: "ICU nursing" is `ICU_nursing`. */
export const trackId = (name: string): Track => name.trim().replaceAll(/\s+/g, '_');

const CODEBOOK_TRACKS: readonly Track[] = TRACKS.filter((track) => track !== 'unclear');

/** The tracks of a programme, in their fixed order; `unclear` is the lack of one, and not among them. */
export const tracksOf = (own: OwnTracks): readonly Track[] => own?.map(({ name }) => trackId(name)) ?? CODEBOOK_TRACKS;

/** The track of this name or id, whatever the capitals. */
export function trackNamed(typed: string, own: OwnTracks): Track | undefined {
  const wanted = trackId(typed.replaceAll('-', ' ')).toLowerCase();
  return tracksOf(own).find((track) => track.replaceAll('-', '_').toLowerCase() === wanted);
}

/** As many as a select holds, with "hard to say" beside them. */
const MOST_TRACKS = 20;
const LONGEST_NAME = 40;
const MOST_WORDS = 60;
/** What stands beside the tracks in a report or a picture. */
const TAKEN: ReadonlySet<string> = new Set(
  'unclear seeking on_break hidden unknown answered partial refused unreachable notasked silent erased other'.split(' '),
);

/**
 * Reads tracks as they are typed: a name, a colon, the words by which it is found, one track behind the other with semicolons between:
 * "bedside nursing: ward, staff nurse; midwifery: midwife, birth centre". `default` is the codebook.
 */
export function parseTracks(text: string): Result<OwnTracks, string> {
  if (/^\s*default\s*$/i.test(text)) return ok(null);
  const own: OwnTrack[] = [];
  for (const part of text.split(/[;\n]/).filter((each) => each.trim() !== '')) {
    const [typed = '', ...rest] = part.split(':');
    const name = typed.trim().replaceAll(/\s+/g, ' ');
    const words = rest.join(':').split(',');
    const problem =
      nameProblem(name) ?? wordsProblem(name, words) ?? (isThere(own, name) ? `“${name}” stands there twice` : null);
    if (problem !== null) return fail(problem);
    own.push({ name, words: [...new Set(words.map(tidy).filter((word) => word !== ''))] });
  }
  if (own.length < 2)
    return fail(
      'Name at least two fields, such as: bedside nursing: ward, staff nurse; midwifery: midwife, birth. Or write default',
    );
  return own.length > MOST_TRACKS ? fail(`There can be at most ${MOST_TRACKS} fields, not ${own.length}`) : ok(own);
}

const tidy = (word: string) => word.trim().replaceAll(/\s+/g, ' ').toLowerCase();
const isThere = (own: readonly OwnTrack[], name: string) =>
  own.some((each) => trackId(each.name).toLowerCase() === trackId(name).toLowerCase());

function nameProblem(name: string): string | null {
  if (!/^\p{L}[\p{L}\p{M}\p{N} '’&-]*$/u.test(name))
    return name === ''
      ? 'A field needs a name before the colon'
      : `“${name}” cannot be the name of a field: it begins with a letter, and holds letters, digits, blanks and hyphens`;
  if ([...name].length > LONGEST_NAME) return `The name of a field has at most ${LONGEST_NAME} characters: “${name}” has more`;
  return TAKEN.has(trackId(name).toLowerCase()) ? `“${name}” means something else in a report: choose another name` : null;
}

function wordsProblem(name: string, words: readonly string[]): string | null {
  if (words.length > MOST_WORDS) return `“${name}” has more than ${MOST_WORDS} words`;
  const short = words.map(tidy).find((word) => [...word].length === 1);
  return short === undefined ? null : `“${short}”, by which “${name}” is to be found, is too short: it would be found everywhere`;
}

/** As `parseTracks` reads them. */
export function formatTracks(own: OwnTracks): string {
  if (own === null) return 'default';
  return own.map(({ name, words }) => (words.length === 0 ? name : `${name}: ${words.join(', ')}`)).join('; ');
}

const RECORDS = ['record', 'previous', 'planned', 'thirdParty'] as const;
type Recorded = { readonly activities: readonly Activity[] };

/** A person's records as the programme tells tracks apart: one that it does not, or no longer does, says nothing. */
export function inTracks<P extends Record<(typeof RECORDS)[number], Recorded | null>>(tracks: ReadonlySet<Track>, person: P): P {
  const isForeign = ({ track }: Activity) => track !== 'unclear' && !tracks.has(track);
  if (!RECORDS.some((name) => person[name]?.activities.some(isForeign))) return person;
  const told = (each: Recorded): Recorded => ({
    ...each,
    activities: each.activities.map((activity) => (isForeign(activity) ? { ...activity, track: 'unclear' } : activity)),
  });
  const records = RECORDS.map((name) => [name, person[name] && told(person[name])] as const);
  return { ...person, ...Object.fromEntries(records) };
}
