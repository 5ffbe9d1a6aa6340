import type { Activity, CareerUpdate, Commitment, Influence } from './career-update.js';
import { alignEvidence } from './evidence.js';
import { ground } from './grounding.js';
import type { ReplyText } from './reply.js';

/** What the offline rules know of names and dates; handed in, so that nothing here depends on their data. */
export type TextSense = {
  /** A message with whatever is not the writer's own blanked, every other character in its place. */
  readonly ownWords: (message: string) => string;
  /** The usual name of a body and all that it is called; null where it is not known. */
  readonly namesOf: (name: string) => { readonly usual: string; readonly all: readonly string[] } | null;
  /** Every date that the text can mean, each as fine as its words. `received` is an ISO day. */
  readonly datesIn: (text: string, received: string) => readonly string[];
  readonly commitmentIn: (text: string) => Commitment | null;
};

const MOST_ACTIVITIES = 12;
const MOST_PEOPLE = 8;

/**
 * Holds a model's record against the words it was made of, field by field: what does not stand there is emptied, and an activity
 * without a statement in the reply is dropped. Evidence that was copied with a slip is put right. Never throws.
 */
export function groundFields(reply: ReplyText, update: CareerUpdate, sense: TextSense): CareerUpdate {
  const own = reply.messages.map(sense.ownWords);
  const said = { ...reply, messages: own };
  const text = own.join('\n');
  const activities = update.activities.flatMap((activity) => {
    const evidence = alignEvidence(activity.evidence, own);
    return evidence === null ? [] : [groundActivity({ ...activity, evidence }, { said, text, sense })];
  });
  return {
    ...ground(said, { ...update, activities: distinct(activities).slice(0, MOST_ACTIVITIES) }),
    influence: groundInfluence(update.influence, reply, text),
  };
}

type Around = { readonly said: ReplyText; readonly text: string; readonly sense: TextSense };

function groundActivity(activity: Activity, { said, text, sense }: Around): Activity {
  const { evidence } = activity;
  const about = { said, text, evidence, sense };
  const dates = datesAround(said, text, sense);
  const organisation = named(activity.organisation, about);
  return {
    ...activity,
    organisation,
    funder: named(activity.funder, about),
    role: activity.role !== null && (sharesWord(activity.role, text) || !isEnglish(text)) ? tidy(activity.role) : null,
    topic: activity.topic !== null && sharesWord(activity.topic, text) ? tidy(activity.topic) : null,
    start: dateAmong(activity.start, dates),
    end: dateAmong(activity.end, dates),
    commitment: activity.commitment !== null && sense.commitmentIn(text) !== null ? activity.commitment : null,
    people: [...new Set(activity.people.map(tidy))].filter((name) => standsWhole(name, text)).slice(0, MOST_PEOPLE),
  };
}

/** The same thing said twice is one thing. */
function distinct(activities: readonly Activity[]): readonly Activity[] {
  const seen = new Set<string>();
  return activities.filter(({ kind, status, organisation, evidence }) => {
    const key = JSON.stringify([kind, status, organisation, evidence]);
    return !seen.has(key) && seen.add(key);
  });
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 120);
const plainWords = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const joined = (text: string) => plainWords(text).join('');

/** Words that many names share: alone they name nobody. */
const OF_MANY_NAMES = new Set(
  'the of for and in at ai inc ltd llc gmbh university universite universitat universidad college school institute institut lab labs laboratory centre center research group foundation company team department programme program technologies'.split(
    ' ',
  ),
);
/** "The extension", "the course": the programme itself, without its name. */
const THE_PROGRAMME = /\b(?:extension|programme|program|course|boot ?camp|cohort|fellowship|the camp)\b/iu;

function named(claimed: string | null, { said, text, evidence, sense }: Around & { readonly evidence: string }): string | null {
  if (claimed === null) return null;
  const name = tidy(claimed);
  if (name === '') return null;
  const known = sense.namesOf(name);
  const spellings = known ? [name, ...known.all] : [name];
  const usual = known?.usual ?? name;
  if (spellings.some((each) => standsWhole(each, text) || isInitialsIn(each, text) || standsNearly(each, text))) return usual;
  // "Mistral" for Mistral AI, "Leeds" for the University of Leeds: only where the activity itself says so.
  const telling = plainWords(name).filter((word) => !OF_MANY_NAMES.has(word));
  const inEvidence = new Set(plainWords(evidence));
  if (telling.length > 0 && telling.every((word) => inEvidence.has(word))) return usual;
  return joined(name) === joined(said.programme) && THE_PROGRAMME.test(text) ? usual : null;
}

/** Whether the words stand in the text one after the other, whatever their case, accents and marks. */
function standsWhole(name: string, text: string): boolean {
  const words = plainWords(name);
  if (words.length === 0) return false;
  // A name in a script without spaces, or written as one word, stands within others.
  if (joined(name).length >= 5 || UNSPACED.test(name)) {
    if (joined(text).includes(joined(name))) return true;
  }
  return ` ${plainWords(text).join(' ')} `.includes(` ${words.join(' ')} `);
}
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** "Machine Intelligence Research Institute" where the text says MIRI. */
function isInitialsIn(name: string, text: string): boolean {
  const initials = (name.match(/\p{Lu}/gu) ?? []).join('');
  return initials.length >= 3 && new RegExp(`(?<![\\p{L}\\p{N}])${initials}(?![\\p{L}\\p{N}])`, 'u').test(text);
}

/** One letter wrong, or two in a long name: "Antropic". */
function standsNearly(name: string, text: string): boolean {
  const words = plainWords(name);
  const key = words.join('');
  if (key.length < 6 || key.length > 40) return false;
  const most = key.length >= 10 ? 2 : 1;
  const all = plainWords(text);
  for (let at = 0; at + words.length <= all.length; at++) {
    if (isWithin(key, all.slice(at, at + words.length).join(''), most)) return true;
  }
  return false;
}

function isWithin(one: string, other: string, most: number): boolean {
  if (Math.abs(one.length - other.length) > most || one[0] !== other[0]) return false;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[other.length] ?? most + 1) <= most;
}

const EMPTY_WORDS = new Set(
  'the and for with from into about this that work working research researcher role job team lead project projects study studies general other various new'.split(
    ' ',
  ),
);
const STEM = 5;

/** Whether a telling word of the phrase, or another form of it, stands in the text: "contractor" where it says "contracting". */
function sharesWord(phrase: string, text: string): boolean {
  const inText = plainWords(text);
  const stems = new Set(inText.map((word) => word.slice(0, STEM)));
  const whole = new Set(inText);
  const words = plainWords(phrase);
  const telling = words.filter((word) => !EMPTY_WORDS.has(word) && word.length > 1);
  return (telling.length > 0 ? telling : words).some((word) =>
    word.length < STEM ? whole.has(word) || (word.length === 4 && stems.has(word)) : stems.has(word.slice(0, STEM)),
  );
}

const ENGLISH =
  /\b(?:i|i'm|i've|my|the|and|at|in|on|to|with|for|is|am|was|since|still|now|just|as|of|it|but|working|started|got)\b/giu;

/** Roles are told in English whatever the reply's language, so that a foreign one cannot be looked up in it. */
function isEnglish(text: string): boolean {
  const words = plainWords(text).length;
  return words > 0 && (text.match(ENGLISH) ?? []).length / words >= 0.12;
}

const YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/g;

function datesAround({ messages, received }: ReplyText, text: string, sense: TextSense): ReadonlySet<string> {
  const found = messages.flatMap((message) => sense.datesIn(message, received));
  return new Set([...found, ...(text.match(YEAR) ?? [])]);
}

/** The claimed date where the text can mean it, made no finer than the text; null where it cannot. */
function dateAmong(claimed: string | null, possible: ReadonlySet<string>): string | null {
  if (claimed === null) return null;
  let found: string | null = null;
  for (const date of possible) {
    if (date.startsWith(claimed)) return claimed;
    if (claimed.startsWith(date) && date.length > (found?.length ?? 0)) found = date;
  }
  return found;
}

const NUMBER_WORDS = ['', 'one', 'two', 'three', 'four', 'five'];
const CREDITS = /\b(?:you|your|programme|program|course|boot ?camp|cohort|fellowship|mentors?|organi[sz]ers?|alumni|network)\b/iu;

/** A rating only where its number stands there (8/10 is 4); ways only where the programme is spoken of at all. */
function groundInfluence({ rating, channels }: Influence, { programme }: ReplyText, text: string): Influence {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const isSaid = (value: number) =>
    numbers.some((each) => each === value || Math.ceil(each / 2) === value) ||
    plainWords(text).includes(NUMBER_WORDS[value] ?? '');
  const isCredited = CREDITS.test(text) || standsWhole(programme, text);
  return { rating: rating !== null && isSaid(rating) ? rating : null, channels: isCredited ? [...new Set(channels)] : [] };
}
