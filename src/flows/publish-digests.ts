import { activityLine } from '../domain/activity-line.js';
import { type DigestInput, type DigestUpdate, digestMessage } from '../domain/digest.js';
import { type Message, paragraph } from '../domain/message.js';
import type { Audience, Programme } from '../domain/people.js';
import { addDays, daysBetween, weekdayOf } from '../domain/schedule-days.js';
import { instantOf } from '../domain/schedule-zones.js';
import { DAY_MS } from '../domain/settings.js';
import { whyUnreachable } from '../domain/unreachable-words.js';
import { waveDueOn } from '../domain/wave.js';
import { dayIn, dayInWords } from '../domain/wording.js';
import type { DigestCandidate, NewsItem, ReportPorts, Span, Unreached } from '../report-ports.js';

type Needs = Pick<ReportPorts, 'digests' | 'log'>;
/** A digest's moment, and what makes it once. */
type Due = { readonly at: Date; readonly what: string };

const STILL_NEWS_MS = 6 * DAY_MS;
const WEEKS_AHEAD = 4;
const LONGEST_WORDS = 300;
const MOST_LINES = 5;

/** Writes down every digest whose moment has come, each once however many copies of the process do it; returns how many are to be posted. */
export async function publishDigests(ports: Needs, now: Date): Promise<number> {
  let posted = 0;
  for (const candidate of await ports.digests.candidates()) {
    try {
      const due = dueDigest(candidate, now);
      if (due === null || candidate.latest.includes(due.what)) continue;
      if (await publishOne(ports, candidate, due)) posted += 1;
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      ports.log.error('digest_failed', { programmeId: candidate.programmeId, error: name });
    }
  }
  return posted;
}

async function publishOne(ports: Needs, { programmeId }: DigestCandidate, { at, what }: Due): Promise<boolean> {
  if (await ports.digests.isWrittenDown(what)) return false;
  const { programme, createdAt } = await ports.digests.programme(programmeId);
  const since = (await ports.digests.toldUntil(programmeId, at)) ?? createdAt;
  const payloads = await payloadsFor(ports, programme, { since, until: at });
  const added = await ports.digests.add({ programme, what, until: at, ...payloads });
  return added && payloads.payload !== null;
}

/** The last moment of the programme's digest, where it is fresh enough to be told and the programme was there. */
function dueDigest(candidate: DigestCandidate, now: Date): Due | null {
  const { programmeId, createdAt, timeZone, weekday, minute } = candidate;
  const today = dayIn(timeZone, now);
  const atOn = (day: string) => instantOf({ day, minute }, timeZone).at;
  const thisWeeks = addDays(today, weekday - weekdayOf(today));
  const day = atOn(thisWeeks) <= now ? thisWeeks : addDays(thisWeeks, -7);
  const at = atOn(day);
  if (now.getTime() - at.getTime() > STILL_NEWS_MS || at <= createdAt) return null;
  return { at, what: digestOf(programmeId, day) };
}

/** Such as `digest:3:2024-W05`. An ISO week belongs to the year of its Thursday. */
function digestOf(programmeId: number, day: string): string {
  const thursday = addDays(day, 4 - weekdayOf(day));
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `digest:${programmeId}:${year}-W${String(week).padStart(2, '0')}`;
}

/** What has come in since the last digest, as it would be posted now; null where that is nothing. */
export async function digestNow(
  ports: Needs,
  programme: Programme,
  now: Date,
  { audience }: { readonly audience: Audience },
): Promise<Message | null> {
  return digestMessage(await factsOf(ports, programme, await runningSpan(ports, programme, now), audience));
}

async function runningSpan(ports: Needs, programme: Programme, now: Date): Promise<Span> {
  const { createdAt } = await ports.digests.programme(programme.id);
  return { since: (await ports.digests.toldUntil(programme.id, now)) ?? createdAt, until: now };
}

export type Posting = { readonly kind: 'posted' | 'posted_already' | 'nothing' | 'no_channel' };

/** Posts this calendar week's digest before its time. It takes the place of the weekly one, so that neither comes twice. */
export async function postDigestNow(ports: Needs, programme: Programme, now: Date): Promise<Posting> {
  if (programme.settings.channel === null) return { kind: 'no_channel' };
  const what = digestOf(programme.id, dayIn(programme.settings.timeZone, now));
  if (await ports.digests.isWrittenDown(what)) return { kind: 'posted_already' };
  const payloads = await payloadsFor(ports, programme, await runningSpan(ports, programme, now));
  if (payloads.payload === null) return { kind: 'nothing' };
  const added = await ports.digests.add({ programme, what, until: now, ...payloads });
  return { kind: added ? 'posted' : 'posted_already' };
}

type Payloads = { readonly payload: Message | null; readonly publicPayload: Message | null };

/** A message for organisers always has a public one beside it: the sender falls back to that where somebody else reads the channel too. */
async function payloadsFor(ports: Needs, programme: Programme, span: Span): Promise<Payloads> {
  const { channelAudience } = programme.settings;
  const facts = await factsOf(ports, programme, span, channelAudience);
  const forAll = digestMessage(publicFacts(facts));
  if (channelAudience === 'public') return { payload: forAll, publicPayload: null };
  const payload = digestMessage(facts);
  return { payload, publicPayload: payload && (forAll ?? nothingToShow(facts)) };
}

/** Without anything that tells of one person. */
const publicFacts = (facts: DigestInput): DigestInput => ({
  ...facts,
  audience: 'public',
  newUpdates: [],
  asks: [],
  needsHuman: [],
  reportLine: null,
});

function nothingToShow({ programme, weekLabel }: DigestInput): Message {
  return { parts: [{ kind: 'heading', text: `${programme}, ${weekLabel}` }, paragraph('Nothing to count this time.')] };
}

async function factsOf(ports: Needs, programme: Programme, span: Span, audience: Audience): Promise<DigestInput> {
  const { digests } = ports;
  const { id, name } = programme;
  const isForAll = audience === 'public';
  const isEmpty = span.since >= span.until;
  return {
    programme: name,
    weekLabel: spanInWords(span, programme.settings.timeZone),
    audience,
    counts: isEmpty ? { asked: 0, answered: 0, confirmed: 0 } : await digests.counts(id, span),
    // Whatever tells of one person is not even fetched for a public digest.
    newUpdates: isForAll ? [] : (await digests.news(id, span)).map(asUpdate),
    asks: isForAll
      ? []
      : (await digests.asks(id, span)).map(({ name: who, words }) => ({ who: who ?? SOMEBODY, text: shortened(words) })),
    needsHuman: isForAll ? [] : (await digests.unreached(id, span)).map(asProblem),
    standings: await digests.standings(id, span.until),
    comingUp: await comingUp(ports, programme, span.until),
    resolved: await digests.resolved(id, span),
    reportLine: isForAll ? null : 'The whole picture: /alumni report',
  };
}

const SOMEBODY = 'Somebody without a name on the list';

function asUpdate({ personId, name, update, isConfirmed, cohort, waveMonths, carriedForward }: NewsItem): DigestUpdate {
  const lines = (update?.activities ?? []).slice(0, MOST_LINES).map(activityLine);
  const doubt = isConfirmed || lines.length === 0 ? [] : ['as it was read, not confirmed yet'];
  return {
    who: update === null ? null : name,
    personId,
    cohort: cohort ?? 'no cohort',
    waveMonths,
    lines: update === null ? [] : [...lines, ...doubt],
    carriedForward,
  };
}

function asProblem({ name, state, reason, cohort }: Unreached): DigestInput['needsHuman'][number] {
  const why =
    state === 'unsure'
      ? 'perhaps asked, perhaps not: it cannot be told'
      : (whyUnreachable(reason) ?? 'the question did not arrive');
  return { name, why, cohort };
}

function shortened(words: string): string {
  const text = words.replace(/\s+/g, ' ').trim();
  return text.length <= LONGEST_WORDS
    ? text
    : `${Array.from(text)
        .slice(0, LONGEST_WORDS - 1)
        .join('')}…`;
}

async function comingUp({ digests }: Needs, programme: Programme, until: Date): Promise<DigestInput['comingUp']> {
  const today = dayIn(programme.settings.timeZone, until);
  const last = addDays(today, WEEKS_AHEAD * 7);
  const due = (await digests.activeCohorts(programme.id))
    .flatMap((cohort) =>
      programme.settings.waves.map((waveMonths) => ({ cohort, waveMonths, dueOn: waveDueOn(cohort.endedOn, waveMonths) })),
    )
    .filter(({ dueOn }) => dueOn >= today && dueOn <= last)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  const coming: DigestInput['comingUp'][number][] = [];
  for (const { cohort, waveMonths, dueOn } of due) {
    const people = await digests.planned(cohort.id, waveMonths);
    if (people > 0) coming.push({ cohort: cohort.name, waveMonths, dueOn, people });
  }
  return programme.pausedAt === null ? coming : [];
}

/** "1 to 7 July 2024". A digest in the morning tells of the days before. */
function spanInWords({ since, until }: Span, zone: string): string {
  const from = dayIn(zone, since);
  const last = dayIn(zone, until);
  if (last <= from) return dayInWords(from);
  const [first, end] = [dayInWords(from).split(' '), dayInWords(last)];
  const isSame = (parts: number) => first.slice(-parts).join(' ') === end.split(' ').slice(-parts).join(' ');
  return `${first.slice(0, isSame(2) ? 1 : isSame(1) ? 2 : 3).join(' ')} to ${end}`;
}
