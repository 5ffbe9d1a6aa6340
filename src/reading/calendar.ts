import { Temporal } from 'temporal-polyfill';
import { bare } from './words.js';

const MONTH_NAMES: readonly string[] = [
  'january jan janvier enero januar jaenner janner gennaio janeiro januari stycznia styczen styczniu janv ene',
  'february feb febr fevrier febrero februar febbraio fevereiro februari lutego luty lutym fev fevr',
  'march mar mars marzo marz maerz marco maart marca marzec marcu mrz',
  'april apr avril abril aprile kwietnia kwiecien kwietniu avr abr',
  'may mai mayo maggio maio mei maja maj maju',
  'june jun juin junio juni giugno junho czerwca czerwiec czerwcu',
  'july jul juillet julio juli luglio julho lipca lipiec lipcu',
  'august aug aout agosto augustus sierpnia sierpien sierpniu ago',
  'september sept sep septembre septiembre settembre setembro wrzesnia wrzesien wrzesniu',
  'october oct octobre octubre oktober ottobre outubro okt pazdziernika pazdziernik pazdzierniku',
  'november nov novembre noviembre novembro listopada listopad listopadzie',
  'december dec decembre diciembre dezember dicembre dezembro dez grudnia grudzien grudniu dic',
];

const MONTHS = new Map(MONTH_NAMES.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)));

/** A regular expression's alternatives for a month's name, without accents, in eight languages. */
export const MONTH = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|');

export function monthNumber(name: string): number | null {
  return MONTHS.get(bare(name).replace(/\.$/, '')) ?? null;
}

const COUNTS = new Map(
  Object.entries({
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    'a couple of': 2,
    'couple of': 2,
    'a few': 3,
    few: 3,
    eighteen: 18,
    un: 1,
    une: 1,
    una: 1,
    uno: 1,
    ein: 1,
    eine: 1,
    einem: 1,
    einer: 1,
    dos: 2,
    deux: 2,
    zwei: 2,
    due: 2,
    duas: 2,
    dois: 2,
    twee: 2,
    tres: 3,
    trois: 3,
    drei: 3,
    tre: 3,
    drie: 3,
    vier: 4,
    cuatro: 4,
    quatre: 4,
    sechs: 6,
    seis: 6,
    zes: 6,
  }),
);

/** A regular expression's alternatives for a small number, in figures or words. */
export const COUNT = `\\d{1,3}|${[...COUNTS.keys()].sort((a, b) => b.length - a.length).join('|')}`;

export function countOf(words: string): number | null {
  return /^\d+$/.test(words) ? Number(words) : (COUNTS.get(words) ?? null);
}

/** `2024-06-28` as a date; an unreadable day falls back to the epoch rather than throwing. */
export function dayOf(iso: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(iso.slice(0, 10));
  } catch {
    return new Temporal.PlainDate(1970, 1, 1);
  }
}

export function isoMonth(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** An ISO day, or null where the calendar has no such day (31 June). */
export function isoDay(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
