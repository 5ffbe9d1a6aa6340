import { z } from 'zod';
import { KINDS, type Kind, type Track } from './career-update.js';
import { fail, ok, type Result } from './result.js';
import { type OwnTracks, trackId, trackNamed, tracksOf } from './tracks.js';

/** A body that a programme's people work at and that readers do not know: its usual name, what else it is called, and what work there is where no work is named. */
export const ownOrganisationSchema = z
  .object({ name: z.string(), also: z.array(z.string()).readonly(), track: z.string().nullable() })
  .readonly();
export type OwnOrganisation = z.infer<typeof ownOrganisationSchema>;

/** Words that say, where they stand in the statement of an activity, which field or kind it is. */
export const triggerSchema = z.object({ means: z.string(), words: z.array(z.string()).readonly() }).readonly();
export type Trigger = z.infer<typeof triggerSchema>;

/** As much as a field of a form holds on either platform. */
const MOST_CHARACTERS = 2_800;
const LONGEST = 80;

const tidy = (text: string) => text.trim().replaceAll(/\s+/g, ' ');
const parts = (text: string, mark: string) => text.split(mark).map(tidy);
const isNone = (text: string) => /^\s*(?:none)?\s*$/i.test(text);

/**
 * Reads organisations as they are typed, with semicolons between: the name, what else it is called after "=", its field after a
 * colon: "Harbour Trust = HT, the Harbour: non_ai; Acme Safety: alignment; Foo Lab". `none`: no own ones.
 */
export function parseOrganisations(text: string): Result<readonly OwnOrganisation[], string> {
  if (isNone(text)) return ok([]);
  const all: OwnOrganisation[] = [];
  for (const part of text.split(/[;\n]/).filter((each) => each.trim() !== '')) {
    const [named = '', track = '', ...more] = parts(part, ':');
    const [name = '', others = '', ...rest] = parts(named, '=');
    const also = parts(others, ',').filter((each) => each !== '');
    const problem =
      more.length > 0 || rest.length > 0
        ? `“${tidy(part)}” is not written as NAME = OTHER NAME, OTHER NAME: FIELD, with semicolons between`
        : ([name, ...also].map(spellingProblem).find((each) => each !== null) ?? null);
    if (problem !== null) return fail(problem);
    const taken = [name, ...also].find((each) => all.some((one) => [one.name, ...one.also].some((other) => isSame(other, each))));
    if (taken !== undefined) return fail(`“${taken}” stands there twice: a name can mean one organisation only`);
    all.push({ name, also, track: track === '' ? null : trackId(track) });
  }
  return ifItFits(all, formatOrganisations(all));
}

function ifItFits<T>(all: T, written: string): Result<T, string> {
  if (written.length <= MOST_CHARACTERS) return ok(all);
  return fail(`That is too much: ${written.length} characters, and ${MOST_CHARACTERS} fit. Leave out what replies seldom name`);
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function spellingProblem(name: string): string | null {
  if (!/[\p{L}\p{N}]/u.test(name)) return 'An organisation needs a name of letters: NAME = OTHER NAME: FIELD';
  if ([...name].length > LONGEST)
    return `The name of an organisation has at most ${LONGEST} characters: “${name.slice(0, 20)}…” has more`;
  return [...name].length < 2 ? `“${name}” is too short to be found: it would be found everywhere` : null;
}

export const formatOrganisations = (all: readonly OwnOrganisation[]): string =>
  all.length === 0
    ? 'none'
    : all
        .map(
          ({ name, also, track }) =>
            `${name}${also.length > 0 ? ` = ${also.join(', ')}` : ''}${track === null ? '' : `: ${track}`}`,
        )
        .join('; ');

/** Reads trigger words: a field or kind, a colon, the words that say so: "governance: statehouse, bill drafting; internship: stage". */
export function parseTriggers(text: string): Result<readonly Trigger[], string> {
  if (isNone(text)) return ok([]);
  const all: Trigger[] = [];
  for (const part of text.split(/[;\n]/).filter((each) => each.trim() !== '')) {
    const [typed = '', ...rest] = parts(part, ':');
    const words = [...new Set(rest.join(':').toLowerCase().split(',').map(tidy))].filter((each) => each !== '');
    if (typed === '' || words.length === 0)
      return fail(
        `“${tidy(part)}” is not written as FIELD: WORD, WORD (or a kind in place of the field), with semicolons between`,
      );
    const short = words.find((each) => [...each].length < 2);
    if (short !== undefined) return fail(`“${short}” is too short: it would be found everywhere`);
    const long = words.find((each) => [...each].length > LONGEST);
    if (long !== undefined) return fail(`“${long.slice(0, 20)}…” is too long: a word or two are found more often`);
    const means = trackId(typed);
    const twice = words.find((word) => all.some((each) => each.words.includes(word)));
    if (twice !== undefined) return fail(`“${twice}” stands there twice: it can mean one thing only`);
    all.push({ means, words });
  }
  return ifItFits(all, formatTriggers(all));
}

export const formatTriggers = (all: readonly Trigger[]): string =>
  all.length === 0 ? 'none' : all.map(({ means, words }) => `${means}: ${words.join(', ')}`).join('; ');

/** The kind that is meant; undefined where it is none of the codebook. */
export const kindNamed = (typed: string): Kind | undefined => KINDS.find((kind) => kind === typed.toLowerCase());

/** What the words mean where no field or kind of that name is told apart; said with those that are. */
export function ownWordsProblem(
  organisations: readonly OwnOrganisation[],
  triggers: readonly Trigger[],
  own: OwnTracks,
): string | null {
  const isTrack = (track: Track) => trackNamed(track, own) !== undefined;
  const lost = organisations.find(({ track }) => track !== null && !isTrack(track));
  const fields = `the fields are ${tracksOf(own).join(', ')}`;
  if (lost) return `“${lost.track}”, the field of ${lost.name}, is not told apart: ${fields}`;
  const unknown = triggers.find(({ means }) => !isTrack(means) && kindNamed(means) === undefined);
  if (unknown) return `“${unknown.means}” is neither a field nor a kind: ${fields}; the kinds are ${KINDS.join(', ')}`;
  return null;
}
