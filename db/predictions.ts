import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { canonicalJson, type Json } from '../src/domain/canonical-json.js';
import type { CohortId, PersonId, ProgrammeId } from '../src/domain/ids.js';
import type { Programme } from '../src/domain/people.js';
import { CHAIN_START, chained } from '../src/domain/prediction-chain.js';
import type { NewPrediction, PredictionStore, RecordedResolution, RegisteredPrediction } from '../src/report-ports.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import { numberOf } from './report-people.js';
import { asRegistered, type EntryRow } from './report-predictions.js';
import { asProgramme } from './rows.js';
import { activityLog, alumni, people, predictionEntries, predictionMembers, programmes } from './schema.js';

const CHUNK = 10_000;

export function predictionStoreIn(db: Db): PredictionStore {
  return {
    register: (draft, members) => register(db, draft, members),
    find: (id) => find(db, id),
    list: (programmeId) => list(db, programmeId),
    closingBy: (day) => closingBy(db, day),
    resolve: (id, resolution) => resolve(db, id, resolution),
    reportsOpened: (query) => reportsOpened(db, query),
    timeZones: (cohortId) => timeZones(db, cohortId),
    programmeOf: (id) => programmeOf(db, id),
  };
}

async function register(db: Db, draft: NewPrediction, members: readonly PersonId[]): Promise<RegisteredPrediction> {
  const { programmeId, cohortIds, ...said } = draft;
  return db.transaction(async (tx) => {
    const entry = { kind: 'registered', cohortIds: [...cohortIds], ...said } as const;
    const row = await append(tx, programmeId, null, draft.createdAt, entry);
    for (let from = 0; from < members.length; from += CHUNK) {
      const some = members.slice(from, from + CHUNK);
      // Somebody erased since they were counted has no place on the list.
      await tx.execute(sql`
        insert into ${predictionMembers} (prediction_id, person_id)
        select ${row.id}, id from ${people} where id = any(${idList(some)}) and erased_at is null`);
    }
    return asRegistered([row]);
  });
}

type Entry = { readonly [key: string]: Json } & { readonly kind: 'registered' | 'resolved' };

/** Adds an entry to a programme's chain. The lock on the programme keeps two at once from following the same entry. */
async function append(tx: Db, programmeId: ProgrammeId, about: number | null, at: string, entry: Entry): Promise<EntryRow> {
  await tx.select({ id: programmes.id }).from(programmes).where(eq(programmes.id, programmeId)).for('no key update');
  const [last] = await tx
    .select({ sequence: predictionEntries.sequence, hash: predictionEntries.hash })
    .from(predictionEntries)
    .where(eq(predictionEntries.programmeId, programmeId))
    .orderBy(sql`${predictionEntries.sequence} desc`)
    .limit(1);
  // The number comes first, since it is part of what is hashed.
  const [next] = await tx
    .select({ id: sql`nextval(pg_get_serial_sequence('prediction_entries', 'id'))`.mapWith(Number) })
    .from(sql`(select 1) one`);
  if (!next) throw new Error('the database gave no number to a prediction');
  const sequence = (last?.sequence ?? 0) + 1;
  const { hash, previousHash, ...body } = chained(last?.hash ?? CHAIN_START, { ...entry, id: `p${next.id}`, sequence });
  const row = { id: next.id, programmeId, sequence, kind: entry.kind, about, body, previousHash, hash, at: new Date(at) };
  await tx.execute(sql`
    insert into ${predictionEntries} (id, programme_id, sequence, kind, about, body, previous_hash, hash, at)
    overriding system value
    values (${row.id}, ${programmeId}, ${sequence}, ${row.kind}, ${about}::bigint, ${canonicalJson(body)}::json, ${previousHash}, ${hash}, ${at}::timestamptz)`);
  return row;
}

async function find(db: Db, id: string): Promise<RegisteredPrediction | null> {
  const entries = await db
    .select()
    .from(predictionEntries)
    .where(sql`${predictionEntries.id} = ${numberOf(id)} or ${predictionEntries.about} = ${numberOf(id)}`)
    .orderBy(asc(predictionEntries.id));
  return entries[0]?.kind === 'registered' ? asRegistered(entries) : null;
}

async function list(db: Db, programmeId: ProgrammeId): Promise<readonly RegisteredPrediction[]> {
  const entries = await db
    .select()
    .from(predictionEntries)
    .where(eq(predictionEntries.programmeId, programmeId))
    .orderBy(asc(predictionEntries.sequence));
  return together(entries);
}

/** Every registration with the entries about it. */
function together(entries: readonly EntryRow[]): readonly RegisteredPrediction[] {
  const about = new Map<number, EntryRow[]>();
  for (const entry of entries) {
    const id = entry.about ?? entry.id;
    about.set(id, [...(about.get(id) ?? []), entry]);
  }
  return [...about.values()].filter(([first]) => first?.kind === 'registered').map(asRegistered);
}

async function closingBy(
  db: Db,
  day: string,
): Promise<readonly { readonly registered: RegisteredPrediction; readonly programme: Programme }[]> {
  const rows = await db
    .select({ entry: predictionEntries, programme: programmes })
    .from(predictionEntries)
    .innerJoin(programmes, eq(programmes.id, predictionEntries.programmeId))
    .where(
      and(
        eq(predictionEntries.kind, 'registered'),
        isNull(predictionEntries.about),
        sql`${predictionEntries.body}->>'closesOn' <= ${day}`,
        sql`not exists (select 1 from prediction_entries over where over.about = ${predictionEntries.id} and over.kind in ('resolved', 'withdrawn'))`,
      ),
    )
    .orderBy(asc(predictionEntries.id));
  return rows.map(({ entry, programme }) => ({ registered: asRegistered([entry]), programme: asProgramme(programme) }));
}

/** Under the programme's lock, so that of two at once the second finds what the first wrote. */
async function resolve(db: Db, id: string, resolution: RecordedResolution): Promise<RegisteredPrediction> {
  return db.transaction(async (tx) => {
    const found = await find(tx, id);
    if (!found) throw new Error(`there is no prediction ${id} to resolve`);
    await tx.select({ id: programmes.id }).from(programmes).where(eq(programmes.id, found.programmeId)).for('no key update');
    const current = await find(tx, id);
    if (current === null || current.resolution || current.withdrawnAt !== null) return current ?? found;
    const entry = { kind: 'resolved', about: found.prediction.id, ...resolution } as const;
    await append(tx, found.programmeId, numberOf(id), resolution.resolvedAt, entry);
    return (await find(tx, id)) ?? found;
  });
}

async function reportsOpened(
  db: Db,
  query: {
    readonly programmeId: ProgrammeId;
    readonly cohortIds: readonly CohortId[];
    readonly waveMonths: number;
    readonly actors: readonly string[];
  },
): Promise<number> {
  const { programmeId, cohortIds, waveMonths, actors } = query;
  const { detail } = activityLog;
  const [row] = await db
    .select({ opened: sql`count(*)`.mapWith(Number) })
    .from(activityLog)
    .where(
      and(
        eq(activityLog.programmeId, programmeId),
        eq(activityLog.what, 'report_opened'),
        inArray(
          sql`lower(${activityLog.actor})`,
          actors.map((each) => each.toLowerCase()),
        ),
        sql`${detail}->>'waveMonths' = ${String(waveMonths)}`,
        sql`exists (select 1 from jsonb_array_elements_text(${detail}->'cohortIds') seen where seen::bigint = any(${idList(cohortIds)}))`,
      ),
    );
  return row?.opened ?? 0;
}

async function timeZones(db: Db, cohortId: CohortId): Promise<readonly (string | null)[]> {
  const rows = await db
    .selectDistinct({ zone: people.timeZone })
    .from(alumni)
    .innerJoin(people, eq(people.id, alumni.personId))
    .where(eq(alumni.cohortId, cohortId));
  return rows.map((row) => row.zone);
}

async function programmeOf(db: Db, id: ProgrammeId): Promise<Programme> {
  const [row] = await db.select().from(programmes).where(eq(programmes.id, id));
  if (!row) throw new Error(`there is no programme ${id}`);
  return asProgramme(row);
}
