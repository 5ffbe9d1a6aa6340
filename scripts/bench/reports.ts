import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { drawPng } from '../../adapters/charts/draw.js';
import { type Connection, connectEmbedded, connectPostgres, type Db } from '../../db/connect.js';
import { predictionStoreIn } from '../../db/predictions.js';
import { reportStoreIn } from '../../db/reports.js';
import { asProgramme } from '../../db/rows.js';
import { programmes } from '../../db/schema.js';
import { peoplePicture } from '../../src/domain/pictures.js';
import type { Report } from '../../src/domain/report.js';
import { makeReport } from '../../src/flows/report.js';
import { runOn, withDatabase } from '../../test/support/postgres.js';
import type { Figure } from '../bench.js';
import { fillReports } from './fill-reports.js';

const WAVE = 24;
const RUNS = 5;

/** A report over a great many people beside the plain SQL aggregate of the same rows, over a small programme on the embedded database, and its chart. */
export async function benchReports(server: string | null, people: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-bench-'));
  const figures: Figure[] = [];
  const embedded = await connectEmbedded(folder);
  try {
    await embedded.migrate();
    await fillReports(embedded.db, 300);
    figures.push({ what: 'report over 300 people (embedded)', ...(await median(() => reportOn(embedded))) });
    const picture = peoplePicture([await reportOn(embedded)]);
    if (picture) figures.push({ what: 'its chart as PNG', ...(await median(() => drawPng(picture))) });
  } finally {
    await embedded.close();
    rmSync(folder, { recursive: true, force: true });
  }
  if (!server) return figures;
  const name = `bench_test_reports_${process.pid}`;
  await runOn(server, `create database ${name}`);
  const connection = await connectPostgres(withDatabase(server, name), { poolSize: 4 });
  try {
    await connection.migrate();
    await fillReports(connection.db, people);
    figures.push(...(await benchLargeReport(connection)));
  } finally {
    await connection.close();
    await runOn(server, `drop database ${name} with (force)`);
  }
  return figures;
}

/** On a database that is filled already. */
export async function benchLargeReport(connection: Connection): Promise<readonly Figure[]> {
  const { people } = await reportOn(connection);
  const [rows] = await connection.db.select({ records: sql`count(*)`.mapWith(Number) }).from(sql`career_updates`);
  const about = `${people.roster} people and ${rows?.records} records (PostgreSQL)`;
  // By turns, so that whatever else the machine does weighs on both.
  const [reports, plain]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    reports.push(await timed(() => reportOn(connection)));
    plain.push(await timed(() => plainAggregate(connection.db)));
  }
  return [
    { what: `report over ${about}`, ...inMs(reports) },
    { what: 'plain SQL aggregate of the same rows', ...inMs(plain) },
  ];
}

/** The last state of each check-in, and where people were and are by their first activity: less than a report weighs, of the same rows. */
const plainAggregate = (db: Db) =>
  db.execute(sql`
    select e.state, u.basis, u.record->'activities'->0->>'track' as now, v.record->'activities'->0->>'track' as before, count(*)
    from alumni a
    join check_ins c on c.alumnus_id = a.id and c.wave_months = ${WAVE}::int
    left join career_updates u on u.check_in_id = c.id
    left join check_ins b on b.alumnus_id = a.id and b.wave_months = 12
    left join career_updates v on v.check_in_id = b.id
    cross join lateral (select state from check_in_events where check_in_id = c.id order by at desc, id desc limit 1) e
    where a.cohort_id = 1 group by 1, 2, 3, 4`);

async function reportOn({ db }: Pick<Connection, 'db'>): Promise<Report> {
  const [row] = await db.select().from(programmes).limit(1);
  if (!row) throw new Error('there is a programme');
  const programme = asProgramme(row);
  const ports = { reports: reportStoreIn(db), predictions: predictionStoreIn(db), clock: { now: () => new Date('2026-01-01Z') } };
  const made = await makeReport(ports, { programme, waveMonths: WAVE, audience: 'organisers' });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

async function median(run: () => Promise<unknown>): Promise<Pick<Figure, 'value' | 'unit'>> {
  await run();
  const times: number[] = [];
  for (let nth = 0; nth < RUNS; nth += 1) times.push(await timed(run));
  return inMs(times);
}

function inMs(times: readonly number[]): Pick<Figure, 'value' | 'unit'> {
  const sorted = [...times].sort((a, b) => a - b);
  return { value: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0), unit: 'ms' };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
