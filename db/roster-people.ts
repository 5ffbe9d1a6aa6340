import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { PersonId } from '../src/domain/ids.js';
import type { Programme } from '../src/domain/people.js';
import { slotSeedOf } from '../src/domain/plan.js';
import type { RosterChange, RosterRow } from '../src/domain/roster.js';
import { askableOn } from '../src/domain/schedule-person.js';
import { firstSlot, slotMinute } from '../src/domain/send-window.js';
import { takesOver } from '../src/domain/time-zone.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import { inChunks, type Known } from './roster-match.js';
import { asBrand, asProgramme } from './rows.js';
import { accounts, checkIns, people, programmes } from './schema.js';

/** A row and whom it is about, once they are in the database. */
export type Entry = { readonly row: RosterRow; readonly personId: PersonId; readonly known: Known | null };

/** New people get their numbers before they are written down: what `returning` gives is in no promised order. */
export async function entriesOf(
  tx: Db,
  rows: readonly RosterRow[],
  personOf: ReadonlyMap<number, PersonId>,
  known: ReadonlyMap<PersonId, Known>,
): Promise<readonly Entry[]> {
  const fresh = rows.filter(({ line }) => !personOf.has(line)).length;
  const numbers = await tx
    .select({ id: sql<string>`nextval(pg_get_serial_sequence('people', 'id'))` })
    .from(sql`generate_series(1, ${fresh}::int)`);
  const next = numbers.map(({ id }) => asBrand<PersonId>(Number(id))).values();
  return rows.map((row) => {
    const personId = personOf.get(row.line) ?? next.next().value;
    if (personId === undefined) throw new Error('the database gave too few numbers');
    return { row, personId, known: known.get(personId) ?? null };
  });
}

export async function addPeople(tx: Db, entries: readonly Entry[], now: Date): Promise<void> {
  await inChunks(entries, (chunk) =>
    tx
      .insert(people)
      .overridingSystemValue()
      .values(
        chunk.map(({ row, personId }) => ({
          id: personId,
          name: row.name,
          email: row.email,
          timeZone: row.timeZone,
          timeZoneFrom: row.timeZone === null ? null : 'roster',
          createdAt: now,
        })),
      ),
  );
  await addAccounts(
    tx,
    entries.flatMap(({ row, personId }) => [
      ...(row.slack === null ? [] : [{ platform: 'slack', account: row.slack, personId, linkedAt: now }]),
      ...(row.discord === null ? [] : [{ platform: 'discord', account: row.discord, personId, linkedAt: now }]),
    ]),
  );
}

async function addAccounts(tx: Db, rows: readonly (typeof accounts.$inferInsert)[]): Promise<void> {
  await inChunks(rows, (chunk) => tx.insert(accounts).values([...chunk]));
}

/** A changed time zone moves all that has not been sent to them, in every programme. */
export async function applyPeopleChanges(
  tx: Db,
  entries: readonly Entry[],
  changed: readonly RosterChange[],
  now: Date,
): Promise<void> {
  const entryOf = new Map(entries.map((entry) => [entry.row.line, entry]));
  const all = changed.flatMap((change) => {
    const entry = entryOf.get(change.line);
    return entry ? [{ ...change, entry }] : [];
  });
  await addAccounts(
    tx,
    all.flatMap(({ field, to, entry }) =>
      field === 'slack' || field === 'discord' ? [{ platform: field, account: to, personId: entry.personId, linkedAt: now }] : [],
    ),
  );
  const rewritten = all.filter(({ field }) => field === 'name' || field === 'email' || field === 'time zone');
  await inChunks([...new Set(rewritten.map(({ entry }) => entry))], (chunk) => rewritePeople(tx, chunk));
  const moved = rewritten.filter(({ field }) => field === 'time zone').map(({ entry }) => entry.personId);
  await inChunks(moved, (chunk) => moveSlots(tx, chunk, now));
}

async function rewritePeople(tx: Db, entries: readonly Entry[]): Promise<void> {
  const news = entries.map(({ row, personId, known }) => {
    const isNewZone = row.timeZone !== null && (known === null || takesOver(known, 'roster'));
    return {
      id: personId,
      name: row.name,
      email: row.email ?? known?.email ?? null,
      time_zone: isNewZone ? row.timeZone : (known?.timeZone ?? null),
      zone_from: isNewZone ? 'roster' : (known?.timeZoneFrom ?? null),
    };
  });
  await tx.execute(sql`
    update people p set name = n.name, email = n.email, time_zone = n.time_zone, time_zone_from = n.zone_from
    from jsonb_to_recordset(${JSON.stringify(news)}::jsonb) as n(id bigint, name text, email text, time_zone text, zone_from text)
    where p.id = n.id`);
}

/** Each unsent question to the person's slot on their clock as it is now. The next look may hold it back for another reason. */
async function moveSlots(tx: Db, ids: readonly PersonId[], now: Date): Promise<void> {
  const { id, personId, programmeId, dueOn, notBefore, dueAt, lookAt } = checkIns;
  const unsent = await tx
    .select({ id, personId, programmeId, dueOn, notBefore, dueAt, lookAt, timeZone: people.timeZone })
    .from(checkIns)
    .innerJoin(people, eq(people.id, checkIns.personId))
    .where(
      and(
        sql`${checkIns.personId} = any(${idList(ids)})`,
        inArray(checkIns.state, ['planned', 'snoozed']),
        isNull(checkIns.servedBy),
      ),
    );
  const wanted = [...new Set(unsent.map((each) => each.programmeId))];
  const found = wanted.length === 0 ? [] : await tx.select().from(programmes).where(inArray(programmes.id, wanted));
  const settingsOf = new Map<number, Programme['settings']>(found.map((row) => [row.id, asProgramme(row).settings]));
  const moves = unsent.flatMap((each) => {
    const settings = settingsOf.get(each.programmeId);
    if (!settings) return [];
    const at = firstSlot(askableOn(each), each.timeZone, slotMinute(slotSeedOf(each.personId), settings), settings);
    return [{ id: each.id, due_at: at, look_at: at > now ? at : now }];
  });
  await inChunks(moves, (chunk) =>
    tx.execute(sql`
      update check_ins c set due_at = n.due_at, look_at = n.look_at
      from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as n(id bigint, due_at timestamptz, look_at timestamptz)
      where c.id = n.id`),
  );
}
