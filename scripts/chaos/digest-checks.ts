import type { Entry } from './ledger.js';
import type { Roster } from './roster.js';

const DAY_MS = 86_400_000;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** A digest may come a week after what it tells of, and an outage may hold it up by another one or two. */
const TOLD_WITHIN_MS = 35 * DAY_MS;

type Digest = { readonly from: number; readonly to: number };

/** The days of "ARENA, 1 to 7 July 2024", "…, 28 June to 4 July 2024" or "…, 5 July 2024". */
function spanOf(words: string, programme: string): Digest | null {
  const title = words.split('\n')[0] ?? '';
  if (!title.startsWith(`${programme}, `)) return null;
  const [last = '', first = last] = title
    .slice(programme.length + 2)
    .split(' to ')
    .reverse();
  const [endDay, endMonth, endYear] = parts(last);
  const [day, month = endMonth, year = endYear] = parts(first);
  if (endYear === undefined || endMonth === undefined || endDay === undefined || month === undefined || year === undefined)
    return null;
  return { from: Date.UTC(year, month, day), to: Date.UTC(endYear, endMonth, endDay) };
}

function parts(date: string): readonly [number?, number?, number?] {
  const [day, month, year] = date.split(' ');
  if (month === undefined) return [Number(day)];
  return year === undefined ? [Number(day), MONTHS.indexOf(month)] : [Number(day), MONTHS.indexOf(month), Number(year)];
}

/** Days since a Monday, in whole weeks. */
const weekOf = (day: number) => Math.floor((day / DAY_MS + 3) / 7);

/** Digests come once a week, and tell of every answer. */
export function digestsOf(roster: Roster) {
  const byChannel = new Map(
    roster.programmes.map((each) => [each.channel, { programme: each, digests: new Map<string, Digest>() }]),
  );
  return {
    see({ what, who, words = '', id = '', isInThread }: Entry): string | null {
      const place = byChannel.get(who);
      if (what !== 'sent' || !place || isInThread || place.digests.has(id)) return null;
      const digest = spanOf(words, place.programme.name);
      if (!digest) return `something that is no digest was posted: ${words.slice(0, 80)}`;
      const isSecond = [...place.digests.values()].some((each) => weekOf(each.to) === weekOf(digest.to));
      place.digests.set(id, digest);
      return isSecond ? 'two digests tell of one week' : null;
    },
    missing(
      answers: readonly { readonly programme: string; readonly at: number }[],
      now: number,
    ): readonly { readonly who: string; readonly wrong: string }[] {
      return answers.flatMap(({ programme, at }) => {
        const place = [...byChannel.values()].find((each) => each.programme.name === programme);
        if (!place || at > now - TOLD_WITHIN_MS) return [];
        const isTold = [...place.digests.values()].some(({ from, to }) => at >= from && at < to + 2 * DAY_MS);
        return isTold
          ? []
          : [{ who: place.programme.channel, wrong: `no digest tells of an answer of ${new Date(at).toISOString()}` }];
      });
    },
  };
}
