import { isHidden, type ReportedEstimate } from './estimate.js';
import type { Place } from './main-activity.js';
import { PEOPLE_GROUPS, type PeopleGroup } from './partition.js';
import type { Report } from './report.js';
import { placeWords, waveWords } from './report-words.js';
import { listInWords } from './wording.js';

/** People who look alike in a picture. `hidden`: known people whose numbers are not told apart; `unclear` and `unknown` are drawn hatched, at full size. */
export type SegmentKey = string;
export type Segment = { readonly key: SegmentKey; readonly label: string; readonly people: number };
/** All people of the roster, one after the other. */
export type Bar = { readonly label: string; readonly segments: readonly Segment[] };
/** What a count says about the whole roster, in people: `likely` if the unknown are like the rest, `possible` in any case. */
export type RangeRow = {
  readonly label: string;
  /** Null where it is hidden. */
  readonly seen: number | null;
  readonly likely: readonly [low: number, high: number] | null;
  readonly possible: readonly [low: number, high: number];
};
export type MoveCell = { readonly from: string; readonly to: string; readonly people: number };

/** What a picture is made of, and in words what it shows: everything in it is plain JSON. */
export type Picture = { readonly title: string; readonly subtitle: string; readonly alt: string } & (
  | { readonly kind: 'people'; readonly roster: number; readonly bars: readonly Bar[]; readonly ranges: readonly RangeRow[] }
  | { readonly kind: 'response'; readonly roster: number; readonly bars: readonly Bar[] }
  | { readonly kind: 'moves'; readonly places: readonly string[]; readonly cells: readonly MoveCell[] }
  | {
      readonly kind: 'bounds';
      readonly roster: number;
      /** In people, and a fraction of one. */
      readonly threshold: number;
      readonly thresholdLabel: string;
      readonly isTrueBelow: boolean;
      /** How many people of the roster are possible by the end of an ISO day. */
      readonly points: readonly { readonly day: string; readonly low: number; readonly high: number }[];
    }
);

const placesIn = ({ tracks }: Report): readonly Place[] => [...Object.keys(tracks), 'seeking', 'on_break'];
const UNKNOWN: Readonly<Record<'hidden' | 'unclear' | 'unknown', string>> = {
  hidden: 'known, not shown apart',
  unclear: 'answered, unclear',
  unknown: 'nothing known',
};

const placeOf = (report: Report, place: Place): ReportedEstimate | undefined => {
  if (place === 'seeking') return report.seeking;
  return place === 'on_break' ? report.onBreak : report.tracks[place]?.main;
};

const scopeWords = ({ programme, cohorts }: Report) =>
  cohorts.length === 0 ? programme : `${programme}: ${listInWords(cohorts)}`;
const waveLabel = ({ waveMonths }: Report) => (waveMonths === null ? 'before the first wave' : waveWords(waveMonths));

function barOf(report: Report): Bar {
  const { answered, partial, roster } = report.people;
  const shown = placesIn(report).flatMap((place): readonly Segment[] => {
    const each = placeOf(report, place);
    return !each || isHidden(each) ? [] : [{ key: place, label: placeWords(place), people: each.count }];
  });
  // Who looks for work or is on a break while their card is not confirmed would make the parts more than the whole.
  const hidden = Math.max(0, answered - shown.reduce((sum, { people }) => sum + people, 0));
  return {
    label: report.waveMonths === 0 ? 'planned at the end' : waveLabel(report),
    segments: [
      ...shown,
      { key: 'hidden' as const, label: UNKNOWN.hidden, people: hidden },
      { key: 'unclear' as const, label: UNKNOWN.unclear, people: partial },
      { key: 'unknown' as const, label: UNKNOWN.unknown, people: roster - answered - partial },
    ].filter(({ people }) => people > 0),
  };
}

function rangesOf(report: Report): readonly RangeRow[] {
  return placesIn(report).flatMap((place): readonly RangeRow[] => {
    const each = placeOf(report, place);
    if (!each || each.bounds === null) return [];
    const { roster, bounds } = each;
    const possible = [Math.round(bounds.low * roster), Math.round(bounds.high * roster)] as const;
    if (isHidden(each)) return [{ label: placeWords(place), seen: null, likely: null, possible }];
    const { count, interval } = each;
    // An interval from 0 to 0 would say none, of people of whom nothing is known.
    const likely = interval === null ? null : ([interval.low, interval.high === 0 ? possible[1] : interval.high] as const);
    return [{ label: placeWords(place), seen: count, likely, possible }];
  });
}

const inWords = (segments: readonly Segment[]) => listInWords(segments.map(({ people, label }) => `${people} ${label}`));
const barWords = ({ label, segments }: Bar) => `${label.charAt(0).toUpperCase()}${label.slice(1)}: ${inWords(segments)}.`;

function rangeWords({ label, seen, likely, possible }: RangeRow): string {
  const range = ([low, high]: readonly [number, number]) => (low === high ? `${low}` : `${low} to ${high}`);
  const first = seen === null ? 'a small number' : `${seen} known`;
  return `${label}, ${first}: ${likely === null ? '' : `${range(likely)} if the unknown are like the rest, `}${range(possible)} in any case`;
}

/** What people mainly do at each wave, as stacked bars of all of them, and what the newest wave says about the whole roster. Null: nobody is on it. */
export function peoplePicture(waves: readonly Report[]): Picture | null {
  const last = waves.at(-1);
  if (!last || last.people.roster === 0) return null;
  const bars = waves.map(barOf);
  const ranges = rangesOf(last);
  return {
    kind: 'people',
    title: `What became of ${scopeWords(last)}`,
    subtitle: `Each bar is all ${last.people.roster} people, by what they mainly do`,
    roster: Math.max(...waves.map(({ people }) => people.roster)),
    bars,
    ranges,
    alt: [
      `Stacked bars of the ${last.people.roster} people of ${scopeWords(last)}.`,
      ...bars.map(barWords),
      ...(ranges.length === 0 ? [] : [`Of all ${last.people.roster}, ${waveLabel(last)}: ${ranges.map(rangeWords).join('; ')}.`]),
    ].join(' '),
  };
}

const GROUP_LABELS: Readonly<Record<PeopleGroup, string>> = {
  answered: 'answered clearly',
  partial: 'answered, unclear',
  refused: 'asked not to be asked',
  unreachable: 'could not be reached',
  notAsked: 'not asked',
  silent: 'silent',
  erased: 'erased',
};

/** Who answered at each wave. Null: nobody is on the roster. */
export function responsePicture(waves: readonly Report[]): Picture | null {
  const last = waves.at(-1);
  if (!last || last.people.roster === 0) return null;
  const bars = waves.map(
    (report): Bar => ({
      label: waveLabel(report),
      segments: PEOPLE_GROUPS.map((group) => ({ key: group, label: GROUP_LABELS[group], people: report.people[group] })).filter(
        ({ people }) => people > 0,
      ),
    }),
  );
  return {
    kind: 'response',
    title: 'Who answered',
    subtitle: `${scopeWords(last)}: all ${last.people.roster} people at each wave`,
    roster: Math.max(...waves.map(({ people }) => people.roster)),
    bars,
    alt: [`Stacked bars of who answered, of ${scopeWords(last)}.`, ...bars.map(barWords)].join(' '),
  };
}

/** Where people were at the wave before, and are now. Null where nobody is known at both, or it may not be shown. */
export function movesPicture(report: Report): Picture | null {
  if (report.moves.length === 0) return null;
  const used = placesIn(report).filter((place) => report.moves.some(({ from, to }) => from === place || to === place));
  const cells = report.moves.map(({ from, to, people }) => ({ from: placeWords(from), to: placeWords(to), people }));
  const known = cells.reduce((sum, { people }) => sum + people, 0);
  const words = cells.map(({ from, to, people }) =>
    from === to ? `${people} stayed in ${from}` : `${people} from ${from} to ${to}`,
  );
  return {
    kind: 'moves',
    title: 'Where they were, and are now',
    subtitle: `${known} people who are known at both waves; those who stayed stand on the diagonal`,
    places: used.map(placeWords),
    cells,
    alt: `Moves since the wave before, of ${known} people who are known at both: ${listInWords(words)}.`,
  };
}
