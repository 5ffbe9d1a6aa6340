import type { Temporal } from 'temporal-polyfill';
import { COUNT, countOf, dayOf } from './calendar.js';
import { findDates } from './dates.js';
import { bare, withoutQuotes } from './words.js';

const IN_A_WHILE = new RegExp(
  `\\b(?:in|en|dans|tra|fra|over|za|dentro de|daqui a|em) (?:about |like |say |another |ca )?(${COUNT})[ -]?(days?|dias?|jours?|tage?n?|giorni|dagen|dni|weeks?|wks?|semanas?|semaines?|wochen?|settimane|weken|tygodni\\w*|months?|mos?|meses|mes|mois|monate?n?|mesi|maanden|miesi\\w*)\\b`,
);
const AFTER_DAY = /\b(?:after|on|until|till?|before) the (\d{1,2})(?:st|nd|rd|th)?\b/;
const UNSPACED_WAIT = /(下个?月|来月|다음 ?달)|(下个?周|下星期|来週|다음 ?주)|(明天|明日|내일)/u;

/** The day until which the words ask for quiet ("ask me in March", "in two weeks"), always after `received`; null where they name none. */
export function snoozeDay(messages: readonly string[], received: string): string | null {
  const text = bare(withoutQuotes(messages.join('\n')).slice(0, 3000));
  const now = dayOf(received);
  const day = afterAWhile(text, now) ?? byName(text, now) ?? byDate(text, now, received);
  return day?.toString() ?? null;
}

function afterAWhile(text: string, now: Temporal.PlainDate): Temporal.PlainDate | null {
  const [, count, unit] = IN_A_WHILE.exec(text) ?? [];
  const number = count ? countOf(count) : null;
  if (!number || !unit || number > 120) return null;
  if (/^(?:d|j|t[ae]g|g)/.test(unit) && !/^ty/.test(unit)) return now.add({ days: number });
  return /^(?:w|s|ty)/.test(unit) ? now.add({ weeks: number }) : now.add({ months: number });
}

function byName(text: string, now: Temporal.PlainDate): Temporal.PlainDate | null {
  const [, month, week, tomorrow] = UNSPACED_WAIT.exec(text) ?? [];
  if (tomorrow || /\b(?:tomorrow|tmrw|tmr|manana|demain|morgen|domani|amanha|jutro|kal)\b/.test(text))
    return now.add({ days: 1 });
  if (
    week ||
    /\bnext week|not this week|la semana que viene|proxima semana|semaine prochaine|nachste woche|volgende week|settimana prossima|agle hafte\b/.test(
      text,
    )
  ) {
    return now.add({ days: 8 - now.dayOfWeek });
  }
  if (
    month ||
    /\bnext month|mes que viene|proximo mes|mois prochain|nachsten monat|volgende maand|mese prossimo|agle mahine\b/.test(text)
  ) {
    return now.add({ months: 1 }).with({ day: 1 });
  }
  if (/\b(?:in|after) (?:the )?new year|neujahr|ano nuevo|ano novo|nouvel an\b|\breyes\b/.test(text))
    return dayOf(`${now.year + 1}-01-07`);
  return /\bnext year\b/.test(text) ? dayOf(`${now.year + 1}-01-07`) : null;
}

function byDate(text: string, now: Temporal.PlainDate, received: string): Temporal.PlainDate | null {
  const dayOfMonth = Number(AFTER_DAY.exec(text)?.[1] ?? Number.NaN);
  if (dayOfMonth >= 1 && dayOfMonth <= 31) return nextDayOfMonth(now, dayOfMonth, text.includes('after'));
  const found = findDates(text, received).findLast(
    ({ future }) => future.length > 4 && future.slice(0, 7) >= received.slice(0, 7),
  );
  if (!found) return seasonStart(text, now);
  if (found.future.length === 10) return laterThan(now, dayOf(found.future));
  const first = dayOf(`${found.future}-01`);
  const near = text.slice(Math.max(0, found.at - 25), found.at);
  const day = /\bmid|middle|mitte|mediados/.test(near)
    ? 15
    : /\b(?:late|end of|ende|second half|finales|fin)\b/.test(near)
      ? 21
      : 1;
  // "After March" has waited for the month to end; "in March" for it to begin.
  return laterThan(now, /\bafter\s*$/.test(near) ? first.add({ months: 1 }) : first.with({ day }));
}

function nextDayOfMonth(now: Temporal.PlainDate, day: number, isAfter: boolean): Temporal.PlainDate {
  const asked = now.with({ day }).add({ days: isAfter ? 1 : 0 });
  return asked.toString() > now.toString() ? asked : asked.add({ months: 1 });
}

function laterThan(now: Temporal.PlainDate, day: Temporal.PlainDate): Temporal.PlainDate | null {
  return day.toString() > now.toString() ? day : null;
}

function seasonStart(text: string, now: Temporal.PlainDate): Temporal.PlainDate | null {
  const season = [
    /\bspring|primavera|printemps|fruhling\b/,
    /\bsummer|verano|sommer\b/,
    /\bautumn|fall|herbst|otono\b/,
    /\bwinter\b/,
  ].findIndex((name) => name.test(text));
  if (season < 0) return null;
  const start = dayOf(`${now.year}-${['03', '06', '09', '12'][season]}-01`);
  return start.toString() > now.toString() ? start : start.add({ years: 1 });
}
