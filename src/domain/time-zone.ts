import { isUnsent } from './check-in.js';
import type { Change, Conversation } from './conversation.js';
import type { Choice } from './message.js';
import { type Person, ZONE_SOURCES, type ZoneSource } from './people.js';
import { slotSeedOf } from './plan.js';
import { readTimeZone, zoneOfCity } from './roster-fields.js';
import { askableOn } from './schedule-person.js';
import { firstSlot, slotMinute } from './send-window.js';
import { isTimeZone } from './settings.js';

/** From west to east, and few enough for one select of any platform. */
export const COMMON_ZONES: readonly Choice[] = [
  { value: 'America/Los_Angeles', label: 'Los Angeles, San Francisco' },
  { value: 'America/Denver', label: 'Denver' },
  { value: 'America/Chicago', label: 'Chicago, Austin' },
  { value: 'America/New_York', label: 'New York, Boston, Toronto' },
  { value: 'America/Sao_Paulo', label: 'São Paulo' },
  { value: 'Europe/London', label: 'London, Oxford, Dublin' },
  { value: 'Africa/Lagos', label: 'Lagos' },
  { value: 'Europe/Berlin', label: 'Berlin, Paris, Madrid, Warsaw' },
  { value: 'Africa/Johannesburg', label: 'Johannesburg' },
  { value: 'Europe/Helsinki', label: 'Helsinki, Tallinn' },
  { value: 'Europe/Istanbul', label: 'Istanbul' },
  { value: 'Africa/Nairobi', label: 'Nairobi' },
  { value: 'Asia/Dubai', label: 'Dubai' },
  { value: 'Asia/Kolkata', label: 'Delhi, Mumbai, Bangalore' },
  { value: 'Asia/Bangkok', label: 'Bangkok, Jakarta' },
  { value: 'Asia/Shanghai', label: 'Beijing, Shanghai, Hong Kong' },
  { value: 'Asia/Singapore', label: 'Singapore, Kuala Lumpur' },
  { value: 'Asia/Tokyo', label: 'Tokyo' },
  { value: 'Australia/Sydney', label: 'Sydney, Melbourne' },
  { value: 'Pacific/Auckland', label: 'Auckland, Wellington' },
];

/** What people write who do not know what their zone is called; small letters. An abbreviation means a place whose clocks change, not a fixed one. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  'san francisco': 'America/Los_Angeles',
  'the bay': 'America/Los_Angeles',
  'bay area': 'America/Los_Angeles',
  berkeley: 'America/Los_Angeles',
  california: 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  mst: 'America/Denver',
  austin: 'America/Chicago',
  texas: 'America/Chicago',
  cst: 'America/Chicago',
  boston: 'America/New_York',
  nyc: 'America/New_York',
  washington: 'America/New_York',
  montreal: 'America/Toronto',
  est: 'America/New_York',
  edt: 'America/New_York',
  oxford: 'Europe/London',
  cambridge: 'Europe/London',
  edinburgh: 'Europe/London',
  uk: 'Europe/London',
  bst: 'Europe/London',
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  munich: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  germany: 'Europe/Berlin',
  barcelona: 'Europe/Madrid',
  geneva: 'Europe/Zurich',
  bangalore: 'Asia/Kolkata',
  bengaluru: 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  india: 'Asia/Kolkata',
  ist: 'Asia/Kolkata',
  beijing: 'Asia/Shanghai',
  canberra: 'Australia/Sydney',
  wellington: 'Pacific/Auckland',
};

/** The zone that somebody means by a name of it, a city, or what people call it; null where I know none. */
export function zoneNamed(text: string): string | null {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^(?:is|in|to|at)\s+/i, '')
    .trim();
  const called = ALSO_CALLED[plain.toLowerCase()];
  const named = readTimeZone(plain);
  return called ?? (named.ok ? named.value : zoneOfCity(plain));
}

/** Whether what this source says takes the place of what is known. A zone whose source nobody wrote down came from a roster. */
export function takesOver({ timeZone, timeZoneFrom }: Pick<Person, 'timeZone' | 'timeZoneFrom'>, from: ZoneSource): boolean {
  if (timeZone === null) return true;
  return ZONE_SOURCES.indexOf(from) >= ZONE_SOURCES.indexOf(timeZoneFrom ?? 'roster');
}

/** Somebody lives by this clock from now on, and so does everything that has not been sent to them; nothing where another word counts for more. */
export function inZone(conversation: Conversation, timeZone: string, from: ZoneSource, now: Date): readonly Change[] {
  const { person } = conversation;
  if (!isTimeZone(timeZone) || !takesOver(person, from)) return [];
  const isSame = person.timeZone === timeZone;
  if (isSame && person.timeZoneFrom === from) return [];
  return [{ kind: 'time_zone', timeZone, from }, ...(isSame ? [] : movedTo(conversation, timeZone, now))];
}

/** The next look may hold a question back for another reason. */
function movedTo(conversation: Conversation, zone: string, now: Date): readonly Change[] {
  const unsent = conversation.checkIns.filter((each) => isUnsent(each) && each.servedBy === null);
  return unsent.flatMap((checkIn): readonly Change[] => {
    const { programme } = conversation.participations.find((each) => each.programme.id === checkIn.programmeId) ?? {};
    if (!programme) return [];
    const slot = slotMinute(slotSeedOf(conversation.person.id), programme.settings);
    const dueAt = firstSlot(askableOn(checkIn), zone, slot, programme.settings);
    return [{ kind: 'check_in', checkIn: { ...checkIn, dueAt, lookAt: dueAt > now ? dueAt : now } }];
  });
}
