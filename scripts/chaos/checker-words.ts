/** How messages are told apart by somebody who reads them. */
export type Asked = { readonly kind: 'wave'; readonly months: number } | { readonly kind: 'again' };

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
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
};

/** "three months" as 3, "two years" as 24, "18 months" as 18. */
function monthsOf(words: string): number | null {
  const [, count = '', unit = ''] = /^(\w+) (month|year)s?$/.exec(words.trim()) ?? [];
  const number = NUMBERS[count] ?? Number(count);
  return Number.isInteger(number) && unit !== '' ? number * (unit === 'year' ? 12 : 1) : null;
}

/** What a question asks about; null for a message that is none. */
export function askedIn(words: string, controls: readonly string[]): Asked | null {
  if (!controls.some((each) => each.startsWith('aw:no_change:')) || isReminder(words)) return null;
  if (/You asked me to come back around now/.test(words)) return { kind: 'again' };
  const months = monthsOf(/It has been (.+?) since/.exec(words)?.[1] ?? '');
  if (months === null) throw new Error(`a question that nobody here understands: ${words}`);
  return { kind: 'wave', months };
}

export const isReminder = (words: string): boolean => /I asked on \d/.test(words);
export const isFarewell = (words: string): boolean => /I will not write to you/.test(words);
export const isThanks = (words: string): boolean => /Answered, thank you/.test(words);

/** The made-up places that are named in it. */
export const placesIn = (words: string): ReadonlySet<string> => new Set(words.match(/Norvik\d+ Labs/g) ?? []);
