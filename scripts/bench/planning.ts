import { sql } from 'drizzle-orm';
import { connectPostgres, type Db } from '../../db/connect.js';
import { storeIn } from '../../db/store.js';
import { planCheckIns } from '../../src/flows/plan-check-ins.js';
import { runOn, withDatabase } from '../../test/support/postgres.js';
import type { Figure } from '../bench.js';
import { fillPeople } from './fill.js';

/** A Wednesday at noon UTC, in the window of everybody here. */
const NOW = new Date('2025-06-04T12:00:00Z');
const DUE_SHARE = 0.01;

/** How long a tick plans for a great many alumni of whom one in a hundred is due, and with nobody due. */
export async function benchPlanning(server: string, people: number): Promise<Figure[]> {
  const name = `bench_test_${process.pid}`;
  await runOn(server, `create database ${name}`);
  const connection = await connectPostgres(withDatabase(server, name), { poolSize: 4 });
  try {
    await connection.migrate();
    await fill(connection.db, people);
    let keys = 0;
    const store = storeIn({ db: connection.db, token: () => `bench-${++keys}`, fingerprint: (each) => each });
    const ports = { ...store, clock: { now: () => NOW }, log: { info() {}, warn() {}, error: console.error } };
    const due = await timed(() => planCheckIns(ports));
    const idle = await timed(() => planCheckIns(ports));
    const [queued] = await connection.db.select({ n: sql`count(*)`.mapWith(Number) }).from(sql`deliveries`);
    if (queued?.n !== Math.floor(people * DUE_SHARE))
      throw new Error(`${queued?.n} questions were planned, not ${people * DUE_SHARE}`);
    return [
      {
        what: `tick that plans ${queued.n} due questions among ${people} alumni (PostgreSQL)`,
        value: Math.round(due),
        unit: 'ms',
      },
      { what: `tick with nothing due among ${people} alumni (PostgreSQL)`, value: Math.round(idle * 10) / 10, unit: 'ms' },
    ];
  } finally {
    await connection.close();
    await runOn(server, `drop database ${name} with (force)`);
  }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function fill(db: Db, people: number): Promise<void> {
  const due = Math.floor(people * DUE_SHARE);
  await fillPeople(db, people);
  await db.execute(sql`
    insert into check_ins (alumnus_id, person_id, programme_id, cohort_id, wave_months, state, due_on, due_at, look_at)
    select a.id, a.person_id, 1, 1, 12, 'planned',
      case when a.id <= ${due} then date '2025-06-04' else date '2025-12-04' end,
      case when a.id <= ${due} then timestamptz '2025-06-04 10:00Z' else timestamptz '2025-12-04 10:00Z' end,
      case when a.id <= ${due} then timestamptz '2025-06-04 10:00Z' else timestamptz '2025-12-04 10:00Z' end
    from alumni a`);
  await db.execute(sql`analyze`);
}
