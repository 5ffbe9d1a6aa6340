import type { TextSense } from '../domain/field-grounding.js';
import { COUNT, countOf } from './calendar.js';
import { findDates } from './dates.js';
import { namesOf } from './organisations.js';
import { commitmentIn } from './slots.js';
import { bare, withoutQuotes } from './words.js';

/** What the rules know of names and dates, for holding a model's record against the words it was made of. */
export const textSense: TextSense = { ownWords: withoutQuotes, namesOf, datesIn, commitmentIn };

const DURATION = new RegExp(`\\b(${COUNT})[ -]?(weeks?|wks?|months?|mos?|mths?|years?|yrs?)\\b`, 'g');
const MOST_DURATIONS = 6;

/** What is named, each both as past and as to come; and where a length of time stands beside it, the other end. */
function datesIn(text: string, received: string): readonly string[] {
  const named = findDates(text, received).flatMap(({ past, future }) => [past, future]);
  const lengths = [...bare(text.slice(0, 2000)).matchAll(DURATION)].slice(0, MOST_DURATIONS);
  const ends = lengths.flatMap(([, count = '', unit = '']) =>
    [...named, received].flatMap((date) => [shifted(date, countOf(count), unit, 1), shifted(date, countOf(count), unit, -1)]),
  );
  return [...new Set([...named, ...ends.filter((date) => date !== null)])];
}

/** As fine as the coarser of the two: "3 yrs from January" ends in a year, "six months from May" in a month. */
function shifted(date: string, count: number | null, unit: string, sign: 1 | -1): string | null {
  if (count === null || count > 120) return null;
  const [year = 0, month] = date.split('-').map(Number);
  if (/^y/.test(unit)) return String(year + sign * count);
  if (month === undefined) return null;
  const months = year * 12 + month - 1 + sign * (/^w/.test(unit) ? Math.round(count / 4.35) : count);
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}
