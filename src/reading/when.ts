import type { Kind, Status } from '../domain/career-update.js';
import { COUNT, countOf, dayOf, isoMonth } from './calendar.js';
import { type FoundDate, findDates } from './dates.js';
import { bare, words } from './words.js';

/** When something began and ended, as fine as the text; null where it does not say. */
export type Extent = { readonly start: string | null; readonly end: string | null };

const ENDING = words(
  'left|quit|finish\\w*|wrap\\w*|end(?:ed|s|ing)?|complet\\w+|conclud\\w+|graduat\\w+|redundan\\w+|laid off|laid (?:\\w+ ){1,3}off|let (?:\\w+ ){0,4}go|erased|cut|fired|sacked|resigned|dropped|handed|submitted|defended|out|published|accepted|closed|sold|folded|over|wound|winding|done|stepped down|retired|gave up|hosted|organi[sz]ed|spoke|passed|came out|appeared|ran out|expires?',
);
const DURATION = new RegExp(
  `\\b(${COUNT})[ -]?(weeks?|wks?|months?|mos?|mths?|years?|yrs?)\\b(?! (?:ago|in\\b|into|old|now|this|and counting|so far|already))`,
);

// A length of time that has passed already says nothing of an end.
const SO_FAR = new RegExp(
  `\\b(?:for the (?:last|past)|been|already|so far|(?:since|seit|depuis|desde hace|da|sinds|od) (?:${COUNT}))\\b`,
);

/** Reads when an activity began and ended from the words that state it. Never more precise than they are. */
export function extentOf(
  text: string,
  { kind, status }: { readonly kind: Kind; readonly status: Status },
  received: string,
): Extent {
  const dates = findDates(text, received);
  const startDate = dates.find(({ role }) => role === 'start');
  const endDate = dates.findLast(({ role }) => role === 'end');
  const points = dates.filter(({ role }) => role === 'point');
  const stated = {
    start: startDate ? begun(startDate, status, text, received) : null,
    end: endDate ? ended(endDate, status, received) : null,
  };
  const extent = inOrder(withPoints(stated, points, { kind, status, text }, received));
  return extent.end === null && extent.start ? { ...extent, end: afterDuration(text, extent.start, status) } : extent;
}

const TO_COME = /\b(?:starting|starts|begins?|beginning)\b[^.]{0,15}$/;

/** "Starting March" said in January is this March, whatever the status; "since March" is last year's. */
function begun(date: FoundDate, status: Status, text: string, received: string): string {
  if (status === 'upcoming') return date.future;
  const isNearerAhead =
    date.future.length >= 7 &&
    months(received, date.future) < months(date.past, received) &&
    TO_COME.test(bare(text).slice(0, date.at));
  return status === 'current' && isNearerAhead ? date.future : date.past;
}

function months(from: string, to: string): number {
  return 12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}

function ended(date: FoundDate, status: Status, received: string): string {
  if (status === 'past') return date.past;
  if (date.future.length === 10) return date.future;
  return date.past.slice(0, 7) === received.slice(0, 7) ? date.past : date.future;
}

type Stated = { readonly kind: Kind; readonly status: Status; readonly text: string };

/** A date with no word for beginning or end: single events and endings have it as their end, the rest as their beginning. */
function withPoints(extent: Extent, points: readonly FoundDate[], { kind, status, text }: Stated, received: string): Extent {
  const point = points[0];
  if (kind === 'publication' && !point) return { start: null, end: extent.end ?? extent.start };
  if (!point || status === 'applying' || kind === 'job_search') return extent;
  if (kind === 'publication') return { start: null, end: extent.end ?? (status === 'upcoming' ? point.future : point.past) };
  if (status === 'past') {
    if (extent.end) return extent;
    const oneSpell = point.past.length === 4 && !ENDING.test(text);
    return { start: extent.start ?? (oneSpell ? point.past : null), end: point.past };
  }
  if (extent.start) return extent;
  return { ...extent, start: status === 'upcoming' ? notYet(point, received) : point.past };
}

function notYet(point: FoundDate, received: string): string {
  return point.future >= received.slice(0, point.future.length) ? point.future : point.past;
}

/** An end before its beginning is next year's: "from November to March". */
function inOrder({ start, end }: Extent): Extent {
  if (!start || !end || end >= start.slice(0, end.length)) return { start, end };
  const later = `${Number(end.slice(0, 4)) + 1}${end.slice(4)}`;
  return later >= start.slice(0, later.length) ? { start, end: later } : { start: null, end };
}

function afterDuration(text: string, start: string, status: Status): string | null {
  const [, count, unit = ''] = DURATION.exec(bare(text)) ?? [];
  const number = count ? countOf(count) : null;
  if (!number || number > 60 || start.length < 4) return null;
  if (status === 'current' && SO_FAR.test(bare(text))) return null;
  if (/^y/.test(unit)) return String(Number(start.slice(0, 4)) + number);
  if (start.length < 7) return null;
  const first = dayOf(start.length === 7 ? `${start}-01` : start);
  const last = /^m/.test(unit) ? first.add({ months: number }) : first.add({ weeks: number });
  const end = isoMonth(last.year, last.month);
  // A week's trial is over before its month is: no end worth saying.
  return /^w/.test(unit) && end === start.slice(0, 7) ? null : end;
}
