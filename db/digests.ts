import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { CohortId, ProgrammeId } from '../src/domain/ids.js';
import { type Cohort, PLATFORMS, type Programme } from '../src/domain/people.js';
import type { ReportedPrediction } from '../src/domain/prediction.js';
import type { DigestCandidate, DigestStore, NewChart, NewDigest, PostedDigest, Span } from '../src/report-ports.js';
import type { Db } from './connect.js';
import type { Keys } from './delivery-keys.js';
import { digestCounts, digestNews, helpAsked, standings, unreached } from './report-facts.js';
import { instantParam } from './report-people.js';
import { asRegistered } from './report-predictions.js';
import { asBrand, asCohort, asProgramme } from './rows.js';
import { checkIns, cohorts, deliveries, predictionEntries, programmes } from './schema.js';

export function digestStoreIn(db: Db, keys: Keys): DigestStore {
  return {
    candidates: () => candidates(db),
    programme: (id) => datedProgramme(db, id),
    toldUntil: (programmeId, before) => toldUntil(db, programmeId, before),
    isWrittenDown: (what) => isWrittenDown(db, what),
    add: (digest) => add(db, keys, digest),
    withoutChart: (since) => withoutChart(db, since),
    addChart: (chart, now) => addChart(db, keys, chart, now),
    counts: (programmeId, span) => digestCounts(db, programmeId, span),
    news: (programmeId, span) => digestNews(db, programmeId, span),
    standings: (programmeId, at) => standings(db, programmeId, at),
    asks: (programmeId, span) => helpAsked(db, programmeId, span),
    unreached: (programmeId, span) => unreached(db, programmeId, span),
    activeCohorts: (programmeId) => activeCohorts(db, programmeId),
    planned: (cohortId, waveMonths) => planned(db, cohortId, waveMonths),
    resolved: (programmeId, span) => resolved(db, programmeId, span),
  };
}

const momentSchema = z.object({ weekday: z.number().int(), minute: z.number().int() });

async function candidates(db: Db): Promise<readonly DigestCandidate[]> {
  const rows = await db
    .select({
      programmeId: programmes.id,
      createdAt: programmes.createdAt,
      timeZone: sql<string>`${programmes.settings}->>'timeZone'`,
      digest: sql<unknown>`${programmes.settings}->'digest'`,
      latest: sql<string | null>`(
        select string_agg(what, ' ' order by id desc)
        from (select what, id from deliveries d where d.programme_id = programmes.id and d.kind = 'digest' order by d.id desc limit 3) last)`,
    })
    .from(programmes)
    .where(and(isNull(programmes.archivedAt), sql`jsonb_typeof(${programmes.settings}->'channel') = 'object'`))
    .orderBy(asc(programmes.id));
  return rows.map(({ programmeId, createdAt, timeZone, digest, latest }) => ({
    programmeId: asBrand(programmeId),
    createdAt,
    timeZone,
    ...momentSchema.parse(digest),
    latest: latest?.split(' ') ?? [],
  }));
}

async function datedProgramme(db: Db, id: ProgrammeId): Promise<{ readonly programme: Programme; readonly createdAt: Date }> {
  const [row] = await db.select().from(programmes).where(eq(programmes.id, id));
  if (!row) throw new Error(`there is no programme ${id}`);
  return { programme: asProgramme(row), createdAt: row.createdAt };
}

/** A digest's row is dated by its moment, see `add`. */
async function toldUntil(db: Db, programmeId: ProgrammeId, before: Date): Promise<Date | null> {
  const [row] = await db
    .select({ at: deliveries.createdAt })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.programmeId, programmeId),
        sql`${deliveries.kind} = 'digest'`,
        sql`${deliveries.createdAt} <= ${instantParam(before)}`,
      ),
    )
    .orderBy(sql`${deliveries.createdAt} desc`)
    .limit(1);
  return row?.at ?? null;
}

async function isWrittenDown(db: Db, what: string): Promise<boolean> {
  const rows = await db.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.what, what));
  return rows.length > 0;
}

/** Dated by the moment until which it tells everything: the next one goes on from there, however late this one is posted. */
async function add(db: Db, keys: Keys, digest: NewDigest): Promise<boolean> {
  const { programme, what, until, payload, publicPayload } = digest;
  const { channel } = programme.settings;
  const isToPost = payload !== null && channel !== null;
  const rows = await db
    .insert(deliveries)
    .values({
      key: keys(what),
      what,
      kind: 'digest',
      programmeId: programme.id,
      payload,
      publicPayload,
      platform: channel?.platform ?? null,
      address: channel?.id ?? null,
      addressKind: 'channel',
      state: isToPost ? 'queued' : 'cancelled',
      problem: isToPost ? null : 'nothing',
      dueAt: until,
      createdAt: until,
    })
    .onConflictDoNothing({ target: deliveries.what })
    .returning({ id: deliveries.id });
  return rows.length > 0;
}

const CHANNEL_PLATFORM = z.enum(PLATFORMS);

async function withoutChart(db: Db, since: Date): Promise<readonly PostedDigest[]> {
  const chart = sql<string>`'chart:' || substr(${deliveries.what}, length('digest:') + 1)`;
  const rows = await db
    .select({ digest: deliveries, chart })
    .from(deliveries)
    .where(
      and(
        sql`${deliveries.kind} = 'digest' and ${deliveries.state} = 'sent' and ${deliveries.messageRef} is not null`,
        sql`${deliveries.sentAt} >= ${instantParam(since)}`,
        sql`not exists (select 1 from deliveries c where c.what = ${chart})`,
      ),
    )
    .orderBy(asc(deliveries.id));
  return rows.flatMap(({ digest: { programmeId, platform, address, messageRef, publicPayload }, chart: what }) => {
    if (programmeId === null || address === null || messageRef === null) return [];
    return {
      programmeId: asBrand<ProgrammeId>(programmeId),
      chart: what,
      isForOrganisers: publicPayload !== null,
      address: { platform: CHANNEL_PLATFORM.parse(platform), id: address, what: 'channel' },
      ref: messageRef,
    };
  });
}

async function addChart(db: Db, keys: Keys, { digest, payload, publicPayload }: NewChart, now: Date): Promise<boolean> {
  const { programmeId, chart, address, ref } = digest;
  const rows = await db
    .insert(deliveries)
    .values({
      key: keys(chart),
      what: chart,
      kind: 'chart',
      programmeId,
      payload,
      publicPayload,
      platform: address.platform,
      address: address.id,
      addressKind: address.what,
      thread: ref,
      state: payload ? 'queued' : 'cancelled',
      problem: payload ? null : 'nothing',
      dueAt: now,
      createdAt: now,
    })
    .onConflictDoNothing({ target: deliveries.what })
    .returning({ id: deliveries.id });
  return rows.length > 0;
}

async function activeCohorts(db: Db, programmeId: ProgrammeId): Promise<readonly Cohort[]> {
  const rows = await db
    .select()
    .from(cohorts)
    .where(and(eq(cohorts.programmeId, programmeId), isNull(cohorts.archivedAt), isNull(cohorts.pausedAt)))
    .orderBy(asc(cohorts.endedOn), asc(cohorts.id));
  return rows.map(asCohort);
}

async function planned(db: Db, cohortId: CohortId, waveMonths: number): Promise<number> {
  const [row] = await db
    .select({ people: sql`count(*)`.mapWith(Number) })
    .from(checkIns)
    .where(
      and(
        eq(checkIns.cohortId, cohortId),
        eq(checkIns.waveMonths, waveMonths),
        sql`${checkIns.state} in ('planned', 'snoozed') and ${checkIns.servedBy} is null`,
      ),
    );
  return row?.people ?? 0;
}

async function resolved(db: Db, programmeId: ProgrammeId, { since, until }: Span): Promise<readonly ReportedPrediction[]> {
  const about = sql`(
    select about from prediction_entries r
    where r.programme_id = ${programmeId} and r.kind = 'resolved' and r.at > ${instantParam(since)} and r.at <= ${instantParam(until)})`;
  const entries = await db
    .select()
    .from(predictionEntries)
    .where(sql`${predictionEntries.id} in ${about} or ${predictionEntries.about} in ${about}`)
    .orderBy(asc(predictionEntries.id));
  return entries
    .filter((entry) => entry.kind === 'registered')
    .map((first) => asRegistered([first, ...entries.filter((entry) => entry.about === first.id)]).reported);
}
