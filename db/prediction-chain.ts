import { asc, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { canonicalJson, type Json } from '../src/domain/canonical-json.js';
import type { PersonId, ProgrammeId } from '../src/domain/ids.js';
import { CHAIN_START, chained, type StoredEntry } from '../src/domain/prediction-chain.js';
import type { Db } from './connect.js';
import type { EntryRow } from './report-predictions.js';
import { asBrand } from './rows.js';
import { predictionEntries, predictionMembers, predictionSalts, programmes } from './schema.js';

export type LaterEntry = { readonly [key: string]: Json } & { readonly kind: 'amended' | 'withdrawn' | 'resolved' };
type Entry = { readonly [key: string]: Json } & { readonly kind: 'registered' | LaterEntry['kind'] };
type Place = { readonly programmeId: ProgrammeId; readonly about: number | null; readonly at: string };

/** Keeps two at once from following the same entry of a programme's chain. */
export async function lockChain(tx: Db, programmeId: ProgrammeId): Promise<void> {
  await tx.select({ id: programmes.id }).from(programmes).where(eq(programmes.id, programmeId)).for('no key update');
}

/** Adds an entry to a programme's chain. */
export async function append(tx: Db, { programmeId, about, at }: Place, entry: Entry): Promise<EntryRow> {
  await lockChain(tx, programmeId);
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

const bodySchema = z.record(z.string(), z.json());

/** As it stands in the table, whether it holds together or not. */
export async function storedChain(db: Db, programmeId: ProgrammeId): Promise<readonly StoredEntry[]> {
  const rows = await db
    .select()
    .from(predictionEntries)
    .where(eq(predictionEntries.programmeId, programmeId))
    .orderBy(asc(predictionEntries.sequence));
  return rows.map(({ id, kind, about, sequence, at, body, hash, previousHash }) => ({
    id: `p${id}`,
    kind,
    about: about === null ? null : `p${about}`,
    sequence,
    at: at.toISOString(),
    entry: { ...bodySchema.parse(body), hash, previousHash: previousHash ?? '' },
  }));
}

export async function memberLists(
  db: Db,
  programmeId: ProgrammeId,
): Promise<readonly { readonly id: string; readonly members: readonly PersonId[]; readonly salt: string | null }[]> {
  const registrations = await db
    .select({ id: predictionEntries.id, salt: predictionSalts.salt })
    .from(predictionEntries)
    .leftJoin(predictionSalts, eq(predictionSalts.predictionId, predictionEntries.id))
    .where(sql`${predictionEntries.programmeId} = ${programmeId} and ${predictionEntries.kind} = 'registered'`)
    .orderBy(asc(predictionEntries.sequence));
  const lists: { id: string; members: PersonId[]; salt: string | null }[] = [];
  for (const { id, salt } of registrations) {
    const members = salt === null ? [] : await membersOf(db, id);
    lists.push({ id: `p${id}`, members, salt });
  }
  return lists;
}

async function membersOf(db: Db, predictionId: number): Promise<PersonId[]> {
  const rows = await db
    .select({ personId: predictionMembers.personId })
    .from(predictionMembers)
    .where(eq(predictionMembers.predictionId, predictionId));
  return rows.map((row) => asBrand<PersonId>(row.personId));
}

/** Takes a person off every list; with the salts of these lists gone, nobody can be guessed back into one. */
export async function takeOffLists(tx: Db, personId: number): Promise<void> {
  const lists = tx
    .select({ id: predictionMembers.predictionId })
    .from(predictionMembers)
    .where(eq(predictionMembers.personId, personId));
  await tx.delete(predictionSalts).where(inArray(predictionSalts.predictionId, lists));
  await tx.delete(predictionMembers).where(eq(predictionMembers.personId, personId));
}
