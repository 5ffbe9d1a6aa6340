import type { Temporal } from 'temporal-polyfill';
import { COUNT, countOf, dayOf, isoDay, isoMonth, MONTH, monthNumber } from './calendar.js';
import { bare } from './words.js';

/** Which side of `received` a date without a year lies on. */
export type Direction = 'past' | 'future';

/** What the words around a date make of it. `point`: "in May", which may begin or end something. */
export type DateRole = 'start' | 'end' | 'point';

/** A date as fine as the text, an ISO year, month or day; `at` is its place in the text. */
export type FoundDate = { readonly at: number; readonly role: DateRole; readonly past: string; readonly future: string };

const START =
  /(?:\bsince(?: around| about| like| early| late| mid)?|\bfrom|\bstart(?:ing|ed|s)?(?: date)?(?: is| was| on| in| of)?|\bas of|\beffective|\bbegan|\bbegin(?:ning|s)?|\bfrom the|\bseit(?: dem)?|\bdesde(?: el)?|\bdepuis(?: le)?|\bdal?l?(?:a|o)?|\bsinds|\bab(?: dem)?|\bod|\ba partir de|\bjoin(?:ed|ing)?(?: in)?|\bpartir de|\bbetween)\s*(?:the |about |around |early |mid.?|late |end of |the end of |beginning of |in |like )*$/;
const END =
  /(?:\buntil|\btill?|\bthrough|\bthru|\bend(?:s|ed|ing)(?: in| on)?|\bup to|\bbis(?: zum| ende)?|\bhasta|\bjusqu'?(?:a|en|au)?|\bate|\bfino (?:a|al)|\btot(?: en met)?|\bfinish(?:es|ing|ed)?(?: in| on)?|\bby|\bdo(?: konca)?|\bruns out(?: in)?|\bends|\bdone in|\bup in|\bto|\bgraduat(?:e|es|ing)(?: in)?|\blast day(?: is| was| will be)?(?: on)?|\bwraps?(?: up)?(?: on| in)?|\bdone|\bover in|\bsubmi(?:t|tting|ssion)(?: planned)?(?: in| for)?|\bbetween [^.]{2,30} and|\b(?:until|till?) (?:i|we|the|my) [^.,;]{0,30}|(?<!\b(?:mid|early|late))[-–—])\s*(?:the |about |around |early |mid.?|late |end of |the end of |beginning of |in |like |final de |fin de |fin |ende )*$/;

const UNITS =
  'days?|weeks?|wks?|months?|mos?|years?|yrs?|wochen?|monate?n?|jahre?n?|mois|semaines?|ans?|meses|mes|semanas?|anos?|mesi|settimane|anni|weken|maanden|jaar|tygodni|miesiecy';

const PATTERN = new RegExp(
  [
    '(?<iso>\\b(?:19|20)\\d{2}-\\d{2}(?:-\\d{2})?\\b)',
    '\\b(?<nd>\\d{1,2})[./](?<nm>\\d{1,2})[./](?<ny>(?:19|20)\\d{2})\\b',
    `\\b(?<d1>\\d{1,2})(?:st|nd|rd|th|er|\\.|º)?(?: of| de)? (?<m1>${MONTH})\\b\\.?(?:,? (?:de )?(?<y1>(?:19|20)\\d{2}))?`,
    `\\b(?<m2>${MONTH})\\b\\.? (?:the )?(?<d2>\\d{1,2})(?:st|nd|rd|th)?\\b(?!:|\\d|%)(?:,? (?<y2>(?:19|20)\\d{2}))?`,
    `\\b(?<m3>${MONTH})\\b\\.?,?(?: (?:of |de |del |di )?(?<y3>(?:19|20)\\d{2})\\b| ?'(?<y4>\\d{2})\\b| (?<near>last|next|this) year)?`,
    "\\b(?:(?<nearSeason>last|next|this) )?(?<season>spring|summer|autumn|fall|winter|fruhjahr|fruhling|sommer|herbst|primavera|verano|otono|invierno|ete|automne|hiver|estate|autunno)\\b(?:,? (?:of )?(?<sy>(?:19|20)\\d{2})\\b| ?'(?<sy2>\\d{2})\\b)?",
    '\\bq[1-4](?: (?:of )?| ?/)?(?<qy>(?:19|20)\\d{2})?\\b',
    '\\b(?<year>(?:19|20)[0-4]\\d)\\b',
    `\\b(?<ago>${COUNT})[ -]?(?<agoUnit>days?|weeks?|wks?|months?|mos?|years?|yrs?) ago\\b`,
    `\\b(?<into>${COUNT})[ -]?(?<intoUnit>weeks?|wks?|months?|mos?|years?|yrs?) in(?:to)?\\b`,
    `\\b(?:been (?:here|there|at it|doing (?:it|this|that))|here|there) (?:for )?(?<been>${COUNT})[ -]?(?<beenUnit>weeks?|wks?|months?|mos?|years?|yrs?)\\b`,
    `\\b(?:since|seit|depuis|desde hace|da|sinds|od) (?:about |like |circa )?(?<since>${COUNT})[ -]?(?<sinceUnit>${UNITS})\\b`,
    `\\b(?<sofar>${COUNT})[ -]?(?<sofarUnit>weeks?|wks?|months?|mos?|years?|yrs?) (?:now|and counting|so far|already)\\b`,
    `\\bin (?:about )?(?<inN>${COUNT}) (?<inUnit>days?|weeks?|wks?|months?|mos?|years?|yrs?)\\b`,
    '\\b(?<rel>last|this|next|this past|the past|coming) (?<relUnit>week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri)\\b',
    '\\b(?<near1>yesterday|today|tomorrow|christmas|xmas|easter|new year)\\b',
    `(?<=\\b(?:on|from|since|starting|until|till|by|as of) the )(?<dom>\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of )?(?:${MONTH})\\b| (?:floor|place|week|year|time))`,
    '\\b(?<=\\b(?:on|starting|from|since|started|begins?|starts) )(?<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri)\\b',
  ].join('|'),
  'g',
);

const MAX_DATES = 12;

/** The dates that a run of text names, in its order, each read both as past and as to come where the year is left out. */
export function findDates(text: string, received: string): readonly FoundDate[] {
  const now = dayOf(received);
  const plain = bare(text.slice(0, 2000));
  const found: FoundDate[] = [];
  for (const match of plain.matchAll(PATTERN)) {
    const groups = match.groups ?? {};
    if (groups.m3 && isNotAMonth(match[0], plain, match.index)) continue;
    const past = resolve(groups, now, 'past');
    const future = resolve(groups, now, 'future');
    if (past && future) found.push({ at: match.index, role: roleOf(groups, plain, match.index, match[0].length), past, future });
    if (found.length >= MAX_DATES) break;
  }
  return found;
}

/** "may", "mar", "sep" and their like are words too: a bare one counts only after a preposition or with a year. */
function isNotAMonth(word: string, text: string, at: number): boolean {
  if (!/^(?:may|mar|mars|maja|mei|ago|set|jan|dec|ene|marca|march|dez|maj)\b/.test(word) || /\d/.test(word)) return false;
  if (/^(?:jan|dec|march)/.test(word)) return /^march/.test(word) && /\b(?:the|a|our|to)\s$/.test(text.slice(0, at));
  return !/(?:since|in|from|until|till?|by|of|mid|early|late|last|next|this|to|starting|for|end|seit|im|en|de|desde|depuis|a|ab|until|through|-|–|,|\()[\s-]*$/.test(
    text.slice(Math.max(0, at - 12), at),
  );
}

function roleOf(groups: Groups, text: string, at: number, length: number): DateRole {
  const before = text.slice(Math.max(0, at - 40), at);
  if (groups.into || groups.been || groups.since || groups.sofar) return 'start';
  if (END.test(before)) return 'end';
  if (START.test(before)) return 'start';
  if (
    /^\s*(?:-|–|—|to|until|till?|through|bis|a)\s*(?:the |end of |mid.?|early |late )*[\d\p{L}]/u.test(text.slice(at + length)) &&
    rangeFollows(text.slice(at + length))
  )
    return 'start';
  if (/^\s*(?:onwards?|start)\b/.test(text.slice(at + length))) return 'start';
  return 'point';
}

const RANGE = new RegExp(
  `^\\s*(?:-|–|—|to|until|till?|through|bis)\\s*(?:the |end of |mid.?|early |late )*(?:\\d{1,2}(?:st|nd|rd|th)? )?(?:${MONTH}|(?:19|20)\\d{2}|spring|summer|autumn|winter|now|present)\\b`,
);

function rangeFollows(rest: string): boolean {
  return RANGE.test(rest);
}

type Groups = Readonly<Record<string, string | undefined>>;

function resolve(groups: Groups, now: Temporal.PlainDate, direction: Direction): string | null {
  if (groups.iso) return groups.iso;
  if (groups.nd) return isoDay(Number(groups.ny), Number(groups.nm), Number(groups.nd));
  const dayMonth = groups.m1 ?? groups.m2;
  if (dayMonth) return dayOfYear(dayMonth, Number(groups.d1 ?? groups.d2), groups.y1 ?? groups.y2, now, direction);
  if (groups.m3) return monthOfYear(groups, now, direction);
  if (groups.season) return seasonYear(groups, now, direction);
  return resolveRelative(groups, now, direction);
}

function dayOfYear(
  name: string,
  day: number,
  year: string | undefined,
  now: Temporal.PlainDate,
  direction: Direction,
): string | null {
  const month = monthNumber(name);
  if (!month) return null;
  if (year) return isoDay(Number(year), month, day);
  const thisYear = isoDay(now.year, month, day);
  if (!thisYear) return null;
  const today = now.toString();
  if (direction === 'past') return thisYear <= today ? thisYear : isoDay(now.year - 1, month, day);
  return thisYear >= today ? thisYear : isoDay(now.year + 1, month, day);
}

function monthOfYear(groups: Groups, now: Temporal.PlainDate, direction: Direction): string | null {
  const month = monthNumber(groups.m3 ?? '');
  if (!month) return null;
  if (groups.y3) return isoMonth(Number(groups.y3), month);
  if (groups.y4) return isoMonth(2000 + Number(groups.y4), month);
  if (groups.near) return isoMonth(now.year + { last: -1, this: 0, next: 1 }[groups.near as 'last' | 'this' | 'next'], month);
  if (direction === 'past') return isoMonth(month <= now.month ? now.year : now.year - 1, month);
  return isoMonth(month >= now.month ? now.year : now.year + 1, month);
}

const SEASON_STARTS: readonly (readonly [RegExp, number])[] = [
  [/^(?:spring|fru|prima)/, 3],
  [/^(?:summer|sommer|verano|ete|estate)/, 6],
  [/^(?:autumn|fall|herbst|otono|automne|autunno)/, 9],
  [/^(?:winter|invierno|hiver)/, 12],
];

function seasonYear(groups: Groups, now: Temporal.PlainDate, direction: Direction): string {
  if (groups.sy) return groups.sy;
  if (groups.sy2) return `20${groups.sy2}`;
  const month = SEASON_STARTS.find(([name]) => name.test(groups.season ?? ''))?.[1] ?? 6;
  const toward = groups.nearSeason === 'next' ? 'future' : groups.nearSeason === 'last' ? 'past' : direction;
  if (groups.nearSeason === 'this') return String(now.year);
  if (toward === 'past') return String(month <= now.month ? now.year : now.year - 1);
  return String(month + 2 >= now.month ? now.year : now.year + 1);
}

function resolveRelative(groups: Groups, now: Temporal.PlainDate, direction: Direction): string | null {
  if (groups.year) return groups.year;
  if (groups.ago) return shifted(now, groups.ago, groups.agoUnit, -1);
  if (groups.into) return shifted(now, groups.into, groups.intoUnit, -1);
  if (groups.been) return shifted(now, groups.been, groups.beenUnit, -1);
  if (groups.since) return shifted(now, groups.since, groups.sinceUnit, -1);
  if (groups.sofar) return shifted(now, groups.sofar, groups.sofarUnit, -1);
  if (groups.dom) return dayOfThisMonth(now, Number(groups.dom), direction);
  if (groups.inN) return shifted(now, groups.inN, groups.inUnit, 1);
  if (groups.rel) return besideNow(groups.rel, groups.relUnit ?? '', now, direction);
  if (groups.weekday) return weekdayFrom(groups.weekday, now, direction);
  if (groups.near1) return named(groups.near1, now, direction);
  return groups.qy ?? String(now.year);
}

function shifted(now: Temporal.PlainDate, words: string, unit = '', sign: 1 | -1): string | null {
  const count = countOf(words);
  if (count === null || count > 120) return null;
  const by = sign * count;
  if (/^(?:y|an|ja)/.test(unit)) return String(now.year + by);
  const day = /^mi?[oea]/.test(unit) ? now.add({ months: by }) : now.add({ days: /^d/.test(unit) ? by : 7 * by });
  return isoMonth(day.year, day.month);
}

function besideNow(rel: string, unit: string, now: Temporal.PlainDate, direction: Direction): string | null {
  const sign = /next|coming/.test(rel) ? 1 : /this$/.test(rel) ? 0 : -1;
  if (unit === 'year') return String(now.year + sign);
  if (unit === 'month') return isoMonth(now.add({ months: sign }).year, now.add({ months: sign }).month);
  if (unit === 'week') return isoMonth(now.add({ days: 7 * sign }).year, now.add({ days: 7 * sign }).month);
  return weekdayFrom(unit, now, sign < 0 ? 'past' : sign > 0 ? 'future' : direction);
}

/** "The 22nd": of this month, or of the one before or after. */
function dayOfThisMonth(now: Temporal.PlainDate, day: number, direction: Direction): string | null {
  const month =
    direction === 'past' ? now.subtract({ months: day <= now.day ? 0 : 1 }) : now.add({ months: day >= now.day ? 0 : 1 });
  return isoDay(month.year, month.month, day);
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function weekdayFrom(name: string, now: Temporal.PlainDate, direction: Direction): string {
  const wanted = WEEKDAYS.indexOf(name.slice(0, 3)) + 1;
  const ahead = (wanted - now.dayOfWeek + 7) % 7 || 7;
  return now.add({ days: direction === 'future' ? ahead : ahead - 7 }).toString();
}

function named(name: string, now: Temporal.PlainDate, direction: Direction): string | null {
  if (name === 'yesterday') return now.subtract({ days: 1 }).toString();
  if (name === 'today') return now.toString();
  if (name === 'tomorrow') return now.add({ days: 1 }).toString();
  const month = { christmas: 12, xmas: 12, easter: 4 }[name] ?? 1;
  if (direction === 'past') return isoMonth(month <= now.month ? now.year : now.year - 1, month);
  return isoMonth(month >= now.month ? now.year : now.year + 1, month);
}
