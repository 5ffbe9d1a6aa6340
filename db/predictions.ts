import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { CohortId, PersonId, ProgrammeId } from '../src/domain/ids.js';
import type { Programme } from '../src/domain/people.js';
import type { NewPrediction, PredictionStore, RegisteredPrediction } from '../src/report-ports.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import { append, type LaterEntry, lockChain, memberLists, storedChain } from './prediction-chain.js';
import { numberOf } from './report-people.js';
import { asRegistered, type EntryRow } from './report-predictions.js';
import { asProgramme } from './rows.js';
import { activityLog, alumni, people, predictionEntries, predictionMembers, predictionSalts, programmes } from './schema.js';

const CHUNK = 10_000;

export function predictionStoreIn(db: Db): PredictionStore {
  return {
    register: (draft, members) => register(db, draft, members),
    find: (id) => find(db, id),
    list: (programmeId) => list(db, programmeId),
    closingBy: (day) => closingBy(db, day),
    resolve: (id, resolution) => addTo(db, id, resolution.resolvedAt, { kind: 'resolved', ...resolution }),
    amend: (id, amendment) => addTo(db, id, amendment.at, { kind: 'amended', ...amendment }),
    withdraw: (id, withdrawal) => addTo(db, id, withdrawal.at, { kind: 'withdrawn', ...withdrawal }),
    chain: (programmeId) => storedChain(db, programmeId),
    memberLists: (programmeId) => memberLists(db, programmeId),
    reportsOpened: (query) => reportsOpened(db, query),
    timeZones: (cohortId) => timeZones(db, cohortId),
    programmeOf: (id) => programmeOf(db, id),
  };
}

async function register(db: Db, draft: NewPrediction, members: readonly PersonId[]): Promise<RegisteredPrediction> {
  const { programmeId, cohortIds, salt, ...said } = draft;
  return db.transaction(async (tx) => {
    const entry = { kind: 'registered', cohortIds: [...cohortIds], ...said } as const;
    const row = await append(tx, { programmeId, about: null, at: draft.createdAt }, entry);
    await tx.insert(predictionSalts).values({ predictionId: row.id, salt });
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

/**
 * Writes what became of a prediction. Under the programme's lock, so that of two at once the second finds what the first wrote;
 * what is resolved or withdrawn stays as it is.
 */
async function addTo(db: Db, id: string, at: string, said: LaterEntry): Promise<RegisteredPrediction> {
  return db.transaction(async (tx) => {
    const found = await find(tx, id);
    if (!found) throw new Error(`there is no prediction ${id}`);
    await lockChain(tx, found.programmeId);
    const current = await find(tx, id);
    if (current === null || current.resolution || current.withdrawal) return current ?? found;
    await append(tx, { programmeId: found.programmeId, about: numberOf(id), at }, { ...said, about: found.prediction.id });
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
