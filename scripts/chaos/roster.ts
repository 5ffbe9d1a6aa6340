import type { Account, Side } from './side.js';

export type Alumnus = {
  readonly account: Account;
  readonly side: Side;
  /** Nobody else, and nothing else, has either part of it. */
  readonly name: string;
  readonly programme: string;
  readonly cohort: string;
  /** ISO day. */
  readonly endedOn: string;
  readonly timeZone: string;
};

export type Programme = {
  readonly name: string;
  readonly channel: string;
  readonly platform: Side['platform'];
  readonly audience: 'public' | 'organisers';
  readonly organisers: readonly Account[];
};

/** All that whoever judges may know beforehand. */
export type Roster = {
  readonly alumni: readonly Alumnus[];
  readonly programmes: readonly Programme[];
  /** Months after a cohort's end. */
  readonly waves: readonly number[];
  /** On no list at all. */
  readonly outsider: Account;
};

const SYLLABLES = [
  'qua',
  'zem',
  'vyr',
  'dox',
  'bru',
  'fli',
  'gno',
  'hux',
  'jyt',
  'kwe',
  'lib',
  'myz',
  'nop',
  'pra',
  'ruk',
  'syv',
];
const ZONES = ['Europe/London', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney', 'America/Los_Angeles', 'Europe/Stockholm'];

const syllable = (n: number) => SYLLABLES[n % SYLLABLES.length] ?? '';
const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** A name of two words that occur nowhere else. */
export const madeUpName = (n: number): string =>
  `${capital(`${syllable(n)}${syllable(Math.floor(n / SYLLABLES.length))}wyn`)} ${capital(`${syllable(n + 5)}${syllable(Math.floor(n / SYLLABLES.length) + 3)}thorpe`)}`;

const MONTH_MS = 30.4 * 86_400_000;
const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Two programmes of four cohorts on both platforms, one with a channel for everybody and one with a channel of its organisers. */
export function rosterOn(
  sides: readonly Side[],
  { startsAt, people, waves }: { startsAt: number; people: number; waves: readonly number[] },
): Roster {
  let names = 0;
  const someone = (side: Side, timeZone = 'Europe/London') => {
    const name = madeUpName(names++);
    return { name, timeZone, account: side.person(name, timeZone) };
  };
  const alumni: Alumnus[] = [];
  const programmes: Programme[] = [];
  const [first, second = first] = sides;
  if (!first || !second) throw new Error('no platform');
  for (const [at, programme] of ['ARENA', 'MATS'].entries()) {
    const home = at === 0 ? first : second;
    const organisers = [someone(home).account, someone(home).account];
    const audience = at === 0 ? 'public' : 'organisers';
    const members = organisers.map((each) => each.id);
    const channel = home.channel(programme.toLowerCase(), members, audience === 'organisers');
    programmes.push({ name: programme, channel, platform: home.platform, audience, organisers });
    for (const [nth, side] of sides.entries()) {
      const endedOn = isoDay(startsAt - (nth + at * 2) * MONTH_MS * 0.7 - 86_400_000);
      const cohort = `${programme} ${nth + 1}.0`;
      for (let count = 0; count < people; count += 1)
        alumni.push({ ...someone(side, ZONES[count % ZONES.length]), side, programme, cohort, endedOn });
    }
  }
  return { alumni, programmes, waves, outsider: someone(second).account };
}
