import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type Connection, connectEmbedded, connectPostgres } from '../../db/connect.js';
import { storeIn } from '../../db/store.js';
import { ok } from '../../src/domain/result.js';
import { DEFAULT_PACE, deliver } from '../../src/flows/deliver.js';
import type { Messenger, Ports } from '../../src/ports.js';
import { runOn, withDatabase } from '../../test/support/postgres.js';
import type { Figure } from '../bench.js';
import { fillPeople } from './fill.js';

const NOW = new Date('2025-06-04T12:00:00Z');

/** Takes everything at once and keeps nothing. */
const NOWHERE: Messenger = {
  platform: 'slack',
  send: async (_address, key) => ok(key),
  edit: async (_address, ref) => ok(ref),
  remove: async () => ok(null),
  find: async () => ({ kind: 'not_found' }),
  membersOf: async () => ok({ isPrivate: false, members: [] }),
};

/** Questions a second through the whole outbox: claim, last look, send to nowhere, record. On both databases. */
export async function benchOutbox(server: string | null, deliveries: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-bench-'));
  const figures = [await measure(await connectEmbedded(folder), deliveries, 'embedded')];
  rmSync(folder, { recursive: true, force: true });
  if (!server) return figures;
  const name = `bench_test_outbox_${process.pid}`;
  await runOn(server, `create database ${name}`);
  figures.push(await measure(await connectPostgres(withDatabase(server, name), { poolSize: 10 }), deliveries, 'PostgreSQL'));
  await runOn(server, `drop database ${name} with (force)`);
  return figures;
}

async function measure(connection: Connection, deliveries: number, database: string): Promise<Figure> {
  try {
    await connection.migrate();
    await fill(connection, deliveries);
    let keys = 0;
    const token = () => `bench-${++keys}`;
    const ports: Ports = {
      ...storeIn({ db: connection.db, token, fingerprint: (each) => each }),
      messengers: new Map([['slack', NOWHERE]]),
      readReply: () => Promise.reject(new Error('nobody answers here')),
      model: null,
      clock: { now: () => NOW },
      random: { token },
      log: { info() {}, warn: console.error, error: console.error },
      wakeSender: () => {},
    };
    const start = performance.now();
    const sent = await deliver(ports, DEFAULT_PACE);
    const seconds = (performance.now() - start) / 1000;
    if (sent !== deliveries) throw new Error(`${sent} of ${deliveries} were sent`);
    return { what: `questions through the outbox (${database})`, value: Math.round(sent / seconds), unit: 'a second' };
  } finally {
    await connection.close();
  }
}

async function fill({ db }: Connection, deliveries: number): Promise<void> {
  await fillPeople(db, deliveries);
  await db.execute(sql`
    insert into check_ins (alumnus_id, person_id, programme_id, cohort_id, wave_months, state, due_on, due_at, asks)
    select a.id, a.person_id, 1, 1, 12, 'sending', date '2025-06-04', timestamptz '2025-06-04 10:00Z', 1 from alumni a`);
  await db.execute(sql`
    insert into deliveries (key, what, kind, person_id, programme_id, check_in_id, state, due_at, created_at)
    select 'k' || id, 'question:' || id || ':1', 'question', person_id, 1, id, 'queued', timestamptz '2025-06-04 10:00Z', timestamptz '2025-06-04 10:00Z'
    from check_ins`);
}
