import { fail, ok, type Result } from './result.js';
import { isTimeZone } from './settings.js';

/** What a cell says, or what is wrong with it and what is expected instead. */
export type ReadCell = Result<string, string>;

const LONGEST_SHOWN = 40;
const LONGEST_NAME = 200;
const LONGEST_EMAIL = 254;
const REGIONS = ['Europe', 'America', 'Asia', 'Africa', 'Australia', 'Pacific', 'Atlantic', 'Indian', 'America/Argentina'];

/** A value as a problem quotes it: on one line, without what could turn the text around, and never long. */
export function shown(value: string): string {
  const plain = [...bare(value)];
  return `"${plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN - 1).join('')}…` : plain.join('')}"`;
}

const oneLine = (value: string) => value.replace(/[\p{Cc}\s]+/gu, ' ').trim();

/** An identifier as it was meant: pasted text brings invisible marks along. */
const bare = (value: string) => oneLine(value.replace(/\p{Cf}/gu, ''));

export const isBlank = (value: string): boolean => bare(value) === '';

/** On one line; anything else that people call themselves is right. */
export function readName(value: string): ReadCell {
  const name = oneLine(value);
  if (isBlank(name)) return fail('the name is missing: every line needs one');
  const length = [...name].length;
  return length > LONGEST_NAME
    ? fail(`${shown(name)} has ${length} characters: expected a name of at most ${LONGEST_NAME}`)
    : ok(name);
}

export function readSlackId(value: string): ReadCell {
  const id = /^(?:<@)?([UW][A-Z0-9]{1,20})(?:\|[^>]*)?>?$/.exec(bare(value))?.[1];
  if (id !== undefined) return ok(id);
  return fail(
    `${shown(value)} is not a Slack member id: expected something like U012AB3CD (in Slack, open the person's profile, then the three dots, then "Copy member ID")`,
  );
}

export function readDiscordId(value: string): ReadCell {
  const id = /^(?:<@!?)?([1-9]\d{0,19})>?$/.exec(bare(value))?.[1];
  if (id !== undefined) return ok(id);
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(bare(value))) {
    return fail(`${shown(value)} is an id that a spreadsheet rounded: format the column as text, then paste the ids again`);
  }
  return fail(
    `${shown(value)} is not a Discord user id: expected only digits, like 80351110224678912 (in Discord, switch on Developer Mode under Advanced in the settings, then right-click the person, then "Copy User ID")`,
  );
}

/** In small letters: an address means the same in any. */
export function readEmail(value: string): ReadCell {
  const email = bare(value).toLowerCase();
  const isSane = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:".]+(\.[^\s@<>()[\]\\,;:".]+)+$/.test(email);
  if (isSane && email.length <= LONGEST_EMAIL) return ok(email);
  return fail(`${shown(value)} is not an e-mail address: expected something like ada@example.org`);
}

export function readTimeZone(value: string): ReadCell {
  const zone = bare(value);
  if (isTimeZone(zone)) return ok(usualSpelling(zone));
  const meant = zoneOfCity(zone);
  const expected = meant === null ? 'expected a name such as Europe/London or America/New_York' : `did you mean ${meant}?`;
  return fail(`${shown(value)} is not a time zone: ${expected}`);
}

/** "London", "new york" and "USA/Los Angeles" by their last part; null where no zone is called so. */
export function zoneOfCity(text: string): string | null {
  const city = (text.split('/').at(-1) ?? '').trim().replace(/\s+/g, '_');
  const zone = /^[a-z_-]{3,}$/i.test(city) ? REGIONS.map((region) => `${region}/${city}`).find(isTimeZone) : undefined;
  return zone === undefined ? null : usualSpelling(zone, titled(zone));
}

let spellings: ReadonlyMap<string, string> | undefined;

/** The runtime takes a zone in any letters; people should see one spelling. */
function usualSpelling(zone: string, otherwise = zone): string {
  spellings ??= new Map(Intl.supportedValuesOf('timeZone').map((name) => [name.toLowerCase(), name]));
  return spellings.get(zone.toLowerCase()) ?? otherwise;
}

const titled = (zone: string) => zone.replace(/[a-z]+/gi, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
