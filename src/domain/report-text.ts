import { CHANNELS, KINDS } from './career-update.js';
import { isHidden, type ReportedEstimate } from './estimate.js';
import { PEOPLE_GROUPS } from './partition.js';
import { type Report, type ReportPeople, type TrackEstimates, trackInWords } from './report.js';
import { describeEstimate } from './report-estimate.js';
import { aligned, counted, wrapped } from './report-layout.js';
import { predictionLines } from './report-predictions.js';
import { rateRows } from './report-rates.js';
import { estimateTable, type NamedEstimate } from './report-table.js';
import { CHANNEL_WORDS, GROUP_WORDS, inTrack, KIND_WORDS, placeWords, waveWords } from './report-words.js';
import { dayInWords, listInWords } from './wording.js';

/** A report in plain words, for a terminal or a message in a fixed-width font; no line is longer than 78 characters. */
export function reportText(report: Report): string {
  const isAnybodyThere = report.people.roster > 0;
  const picture = [mainWork(report), anyWork(report), kinds(report), moves(report), plans(report), influence(report)];
  const sections = [
    title(report),
    whoAnswered(report),
    ...(isAnybodyThere ? [...picture, thirdParty(report), hiding(report)] : []),
    predictionLines(report.predictions),
    wrapped('All of this rests on what people said to the organisers of their own programme.', 0),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function title({ programme, cohorts, waveMonths, asOf, audience, newAnswers }: Report): readonly string[] {
  const wave = waveMonths === null ? 'before the first wave' : waveWords(waveMonths);
  const since = newAnswers ? ` ${counted(newAnswers, 'new answer')} since, shown with the next ones.` : '';
  const scope = cohorts.length === 0 ? programme : `${programme}: ${listInWords(cohorts)}`;
  return [
    ...wrapped(`${scope}, ${wave}`, 0),
    ...wrapped(`For ${audience === 'public' ? 'the public' : 'its organisers'}, as of ${asOfWords(asOf)}.${since}`, 0),
  ];
}

function asOfWords(asOf: string): string {
  const [day, time] = [asOf.slice(0, 10), /T(\d\d:\d\d)/.exec(asOf)?.[1]];
  return time === undefined ? dayInWords(day) : `${dayInWords(day)}, ${time} UTC`;
}

function whoAnswered({ people, rates }: Report): readonly string[] {
  if (people.roster === 0) return ['WHO ANSWERED', ...wrapped('Nobody is on the roster yet.')];
  const groups = PEOPLE_GROUPS.map((group) => [`${people[group]}`, ...GROUP_WORDS[group]]);
  return [
    'WHO ANSWERED',
    ...aligned([...groups, [`${people.roster}`, 'on the roster', `${people.asked} asked`]], ['right', 'left', 'left']),
    '',
    ...aligned(rateRows(people, rates), ['right', 'right', 'left']),
    ...basisLines(people),
  ];
}

function basisLines({ confirmed, shown, carriedForward }: ReportPeople): readonly string[] {
  const parts = [
    confirmed > 0 ? `${confirmed} confirmed what was understood` : null,
    shown > 0 ? `${shown} saw it and let it stand` : null,
    carriedForward > 0 ? `${carriedForward} said that nothing had changed` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? [] : ['', ...wrapped(`${parts.join('; ')}.`)];
}

function mainWork(report: Report): readonly string[] {
  const { people, tracks, seeking, onBreak } = report;
  const { track: told, main } = trackInWords(report);
  const { roster, answered: known, partial: unclear } = people;
  const heading = report.waveMonths === 0 ? 'WHAT THEY MAINLY PLAN TO DO' : 'WHAT THEY MAINLY DO';
  if (known === 0) return [heading, ...wrapped(describeEstimate(main, inTrack(told)).join(' '))];
  const all = `${roster} in all${unclear ? `, ${unclear} answered but unclear` : ''}`;
  const whole = wrapped(known === roster ? `All ${roster} are known.` : `${known} known, ${all}.`);
  const rows = [
    ...Object.entries(tracks).map(([track, each]) => ({ name: placeWords(track), estimate: each.main })),
    { name: placeWords('seeking'), estimate: seeking },
    { name: placeWords('on_break'), estimate: onBreak },
  ];
  if (rows.every(({ estimate }) => isUntold(estimate))) return [heading, ...whole, ...wrapped(ALL_HIDDEN)];
  const inSentences = wrapped(describeEstimate(main, inTrack(told)).join(' '));
  return [heading, ...whole, '', ...estimateTable(rows), '', ...inSentences];
}

const ALL_HIDDEN =
  'What they do is not shown: they are so few, or so many of them do the same, that it would tell of single people.';
const isUntold = (each: ReportedEstimate) => isHidden(each) && each.fewerThan === null;

/** Tracks in which side work changes the picture, and the one told of in sentences always. */
function anyWork(report: Report): readonly string[] {
  const told = trackInWords(report);
  const rows = Object.entries(report.tracks).flatMap(([track, each]): readonly NamedEstimate[] =>
    track === told.track || !isTheSame(each) ? [{ name: placeWords(track), estimate: each.any }] : [],
  );
  if (rows.every(({ estimate: each }) => isUntold(each) || each.known === 0)) return [];
  if (rows.length === 1 && isTheSame(told))
    return wrapped(
      `With all of their current work and study counted, every track stays as above, ${placeWords(told.track)} included.`,
    );
  return [
    'WITH ANY OF THEIR CURRENT WORK OR STUDY',
    ...wrapped('Tracks not listed here are as above.'),
    '',
    ...estimateTable(rows),
  ];
}

/** By what is shown: of two hidden ones nobody may tell whether they differ. */
function isTheSame({ main, any }: TrackEstimates): boolean {
  return main.count === any.count && main.known === any.known;
}

function kinds(report: Report): readonly string[] {
  const rows = KINDS.filter((kind) => kind !== 'job_search' && kind !== 'career_break').map((kind) => ({
    name: KIND_WORDS[kind],
    estimate: report.kinds[kind],
  }));
  const hidden = rows.filter(({ estimate }) => isHidden(estimate));
  const shown = rows.flatMap(({ name, estimate }) => (isHidden(estimate) ? [] : [{ name, estimate }]));
  if (shown.every(({ estimate: { known } }) => known === 0) && hidden.every(({ estimate }) => isUntold(estimate))) return [];
  const unseen = shown.filter(({ estimate: { count } }) => count === 0);
  const [example] = unseen;
  const notSeen = example
    ? wrapped(`For each of ${listInWords(unseen.map(({ name }) => name))}: ${describeEstimate(example.estimate, null)[0]}`)
    : [];
  const seen = shown.filter(({ estimate: { count } }) => count > 0).sort((a, b) => b.estimate.count - a.estimate.count);
  return ['WHAT KIND OF THING THAT IS', ...estimateTable([...seen, ...hidden]), ...notSeen];
}

function moves({ moves: all }: Report): readonly string[] {
  const sum = (some: typeof all) => some.reduce((total, { people }) => total + people, 0);
  if (all.length === 0) return [];
  const moved = all.filter(({ from, to }) => from !== to).sort((a, b) => b.people - a.people);
  const stayed = sum(all) - sum(moved);
  return [
    'SINCE THE WAVE BEFORE',
    ...wrapped(`${counted(sum(all), 'person is', 'people are')} known at both waves, ${whereNow(sum(all), stayed)}.`),
    ...aligned(
      moved.map(({ from, to, people }) => [`${placeWords(from)} → ${placeWords(to)}`, `${people}`]),
      ['left', 'right'],
    ),
  ];
}

/** What people said at the cohort's end, held against what they do. */
function plans({ planned }: Report): readonly string[] {
  if (planned === null) return [];
  const { people, asPlanned, moves: all } = planned;
  const others = all.filter(({ from, to }) => from !== to).sort((a, b) => b.people - a.people);
  return [
    'PLANNED AT THE END, AND WHAT CAME OF IT',
    ...wrapped(
      `Of ${counted(people, 'person', 'people')} both are known: ${asPlanned} ${asPlanned === 1 ? 'does' : 'do'} what they had planned.`,
    ),
    ...aligned(
      others.map((each) => [`planned ${placeWords(each.from)}, now ${placeWords(each.to)}`, `${each.people}`]),
      ['left', 'right'],
    ),
  ];
}

/** Apart from what people say themselves. */
function thirdParty({ thirdParty: { people, alone, places } }: Report): readonly string[] {
  if (people === 0) return [];
  const whom = alone === 0 ? 'of whom' : alone === people ? 'and of them' : `and of ${alone} of them`;
  const known = alone === 0 ? 'something is known from themselves too' : 'nothing clear is known from themselves';
  return [
    'ENTERED BY ORGANISERS',
    ...wrapped(`${counted(people, 'person', 'people')}, ${whom} ${known}. Counted in no number above but the knowledge rate.`),
    ...aligned(
      places.map((each) => [placeWords(each.place), `${each.people}`]),
      ['left', 'right'],
    ),
  ];
}

function whereNow(all: number, stayed: number): string {
  if (stayed !== 0 && stayed !== all) return `${stayed} of them in the same place as before`;
  return `${all === 1 ? '' : 'all of them '}in ${stayed === 0 ? 'another place now' : 'the same place as before'}`;
}

function influence({ influence: { ratings, channels } }: Report): readonly string[] {
  const { n, mean, counts } = ratings;
  if (!n || counts === null || mean === null) return [];
  const average = n === 1 ? '' : `, ${mean.toFixed(1)} on average`;
  const byRating = counts.map((people, place) => `${place + 1}: ${people}`).join(' · ');
  const ways = CHANNELS.map((channel) => `${CHANNEL_WORDS[channel]} ${channels[channel] ?? 'not shown'}`).join(', ');
  return [
    'WHAT THE PROGRAMME HAD TO DO WITH IT',
    ...wrapped(
      `${counted(n, 'person', 'people')} rated it from 1 (nothing) to 5 (it would not have happened otherwise)${average}.`,
    ),
    ...wrapped(`People by rating: ${byRating}`),
    ...wrapped(`By what, as far as named: ${ways}`),
  ];
}

/** Why there are gaps. */
function hiding({ audience, tracks, kinds: byKind, seeking, onBreak }: Report): readonly string[] {
  if (audience !== 'public') return [];
  const all = [
    ...Object.values(tracks).flatMap(({ main, any }) => [main, any]),
    ...KINDS.map((kind) => byKind[kind]),
    seeking,
    onBreak,
  ];
  if (!all.some(isHidden)) return [];
  return wrapped(
    'Small numbers are not shown to the public, nor others from which they could be worked out, nor moves between waves.',
    0,
  );
}
