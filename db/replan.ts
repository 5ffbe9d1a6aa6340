import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Cohort, Programme } from '../src/domain/people.js';
import { slotSeedOf } from '../src/domain/plan.js';
import { type PlanChange, planChanges, type WavesOfAlumnus } from '../src/domain/schedule-changes.js';
import { firstSlot, slotMinute } from '../src/domain/send-window.js';
import { waveDueOn } from '../src/domain/wave.js';
import type { Db } from './connect.js';
import { asBrand } from './rows.js';
import { alumni, careerUpdates, checkInEvents, checkIns, people, replies } from './schema.js';

const CHUNK = 1_000;

type Member = { readonly alumnusId: number; readonly personId: number; readonly timeZone: string | null };
type Planned = { readonly dueOn: string; readonly dueAt: Date; readonly lookAt: Date };

/** When a wave's question leaves for one person. What is past is looked at now, and then asked or not. */
function plannedFor(programme: Programme, cohort: Cohort, waveMonths: number, member: Member, now: Date): Planned {
  const dueOn = waveDueOn(cohort.endedOn, waveMonths);
  const slot = slotMinute(slotSeedOf(member.personId), programme.settings);
  const dueAt = firstSlot(dueOn, member.timeZone, slot, programme.settings);
  return { dueOn, dueAt, lookAt: dueAt > now ? dueAt : now };
}

/** Writes down every wave of these people that is not written down yet; returns how many that were. */
export async function planMembers(
  tx: Db,
  programme: Programme,
  cohort: Cohort,
  members: readonly Member[],
  now: Date,
): Promise<number> {
  let added = 0;
  for (let from = 0; from < members.length; from += CHUNK) {
    const rows = members.slice(from, from + CHUNK).flatMap(({ alumnusId, personId, timeZone }) =>
      programme.settings.waves.map((waveMonths) => {
        const planned = plannedFor(programme, cohort, waveMonths, { alumnusId, personId, timeZone }, now);
        return { a: alumnusId, p: personId, w: waveMonths, o: planned.dueOn, d: planned.dueAt, l: planned.lookAt };
      }),
    );
    // One parameter for all: thousands of them take longer to bind than the rows to write.
    const inserted = await tx.execute(sql`
      insert into check_ins (alumnus_id, person_id, programme_id, cohort_id, wave_months, state, due_on, due_at, look_at)
      select n.a, n.p, ${programme.id}::bigint, ${cohort.id}::bigint, n.w, 'planned', n.o, n.d, n.l
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(a bigint, p bigint, w int, o date, d timestamptz, l timestamptz)
      on conflict (alumnus_id, wave_months) do nothing returning id`);
    added += rowsOf(inserted);
  }
  return added;
}

/** Both drivers answer with a list of rows under the same name. */
const rowsOf = (result: unknown): number => z.object({ rows: z.array(z.unknown()) }).parse(result).rows.length;

/**
 * Brings the unsent check-ins of a cohort in line with its end date and its programme's settings, and says what that changes.
 * With `dryRun` nothing is written.
 */
export async function replanCohort(
  tx: Db,
  programme: Programme,
  cohort: Cohort,
  now: Date,
  dryRun = false,
): Promise<readonly PlanChange[]> {
  const all: PlanChange[] = [];
  for await (const members of membersInChunks(tx, cohort, dryRun)) {
    const existing = await existingOf(tx, members);
    const changes = planChanges({ endedOn: cohort.endedOn, waves: programme.settings.waves }, wavesOf(members, existing));
    all.push(...changes);
    if (dryRun) continue;
    await removePlanned(
      tx,
      changes.flatMap((change) => (change.kind === 'removed' ? [change.checkInId] : [])),
    );
    await movePlanned(tx, programme, cohort, members, existing, now);
    await planMembers(tx, programme, cohort, members, now);
  }
  return all;
}

type Existing = Pick<
  typeof checkIns.$inferSelect,
  'id' | 'alumnusId' | 'waveMonths' | 'state' | 'asks' | 'servedBy' | 'dueOn' | 'dueAt'
>;

async function existingOf(tx: Db, members: readonly Member[]): Promise<readonly Existing[]> {
  const { id, alumnusId, waveMonths, state, asks, servedBy, dueOn, dueAt } = checkIns;
  return tx
    .select({ id, alumnusId, waveMonths, state, asks, servedBy, dueOn, dueAt })
    .from(checkIns)
    .where(
      inArray(
        checkIns.alumnusId,
        members.map((member) => member.alumnusId),
      ),
    );
}

const isReplannable = (row: Existing) =>
  row.asks === 0 && row.servedBy === null && (row.state === 'planned' || row.state === 'not_asked');

function wavesOf(members: readonly Member[], existing: readonly Existing[]): readonly WavesOfAlumnus[] {
  const rowsOf = groupedBy(existing);
  return members.map(({ alumnusId }) => {
    const rows = rowsOf.get(alumnusId) ?? [];
    return {
      alumnusId,
      settled: rows.filter((row) => !isReplannable(row)).map((row) => row.waveMonths),
      unsent: rows.filter(isReplannable).map((row) => ({
        id: asBrand(row.id),
        waveMonths: row.waveMonths,
        dueOn: row.dueOn,
        state: row.state === 'planned' ? 'planned' : 'not_asked',
      })),
    };
  });
}

async function removePlanned(tx: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const locked = await tx
    .select({ id: checkIns.id })
    .from(checkIns)
    .where(and(inArray(checkIns.id, [...ids]), eq(checkIns.state, 'planned'), eq(checkIns.asks, 0)))
    .orderBy(asc(checkIns.id))
    .for('update');
  const gone = locked.map((row) => row.id);
  if (gone.length === 0) return;
  // What was said for a wave that there no longer is stays, as news of no wave.
  await tx.update(replies).set({ checkInId: null }).where(inArray(replies.checkInId, gone));
  await tx.update(careerUpdates).set({ checkInId: null }).where(inArray(careerUpdates.checkInId, gone));
  await tx.delete(checkInEvents).where(inArray(checkInEvents.checkInId, gone));
  await tx.delete(checkIns).where(inArray(checkIns.id, gone));
}

/** Locked unless it is only to be shown, so that the bot does not decide on them meanwhile. */
async function* membersInChunks(tx: Db, cohort: Cohort, dryRun: boolean): AsyncGenerator<readonly Member[]> {
  let after = 0;
  for (;;) {
    const query = tx
      .select({ alumnusId: alumni.id, personId: alumni.personId, timeZone: people.timeZone })
      .from(alumni)
      .innerJoin(people, eq(people.id, alumni.personId))
      .where(and(eq(alumni.cohortId, cohort.id), gt(alumni.id, after), isNull(people.erasedAt)))
      .orderBy(asc(alumni.id))
      .limit(CHUNK);
    const rows = await (dryRun ? query : query.for('update', { of: people }));
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.alumnusId ?? after;
  }
}

/** A wave whose day changed is planned again, also where it was given up; one whose day stands may still leave at another hour. */
async function movePlanned(
  tx: Db,
  programme: Programme,
  cohort: Cohort,
  members: readonly Member[],
  existing: readonly Existing[],
  now: Date,
): Promise<void> {
  const byAlumnus = new Map(members.map((member) => [member.alumnusId, member]));
  const moves = existing.filter(isReplannable).flatMap((row) => {
    const member = byAlumnus.get(row.alumnusId);
    if (!member || !programme.settings.waves.includes(row.waveMonths)) return [];
    const planned = plannedFor(programme, cohort, row.waveMonths, member, now);
    const isSameDay = planned.dueOn === row.dueOn;
    if (isSameDay && (row.state === 'not_asked' || planned.dueAt.getTime() === row.dueAt.getTime())) return [];
    return [{ id: row.id, due_on: planned.dueOn, due_at: planned.dueAt, look_at: planned.lookAt }];
  });
  if (moves.length === 0) return;
  await tx.execute(sql`
    -- Asked meanwhile: what was sent stays.
    update check_ins c set due_on = n.due_on, due_at = n.due_at, look_at = n.look_at, state = 'planned', reason = null
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as n(id bigint, due_on date, due_at timestamptz, look_at timestamptz)
    where c.id = n.id and c.asks = 0 and c.served_by is null and c.state in ('planned', 'not_asked')`);
}

function groupedBy(rows: readonly Existing[]): ReadonlyMap<number, readonly Existing[]> {
  const groups = new Map<number, Existing[]>();
  for (const row of rows) groups.set(row.alumnusId, [...(groups.get(row.alumnusId) ?? []), row]);
  return groups;
}
