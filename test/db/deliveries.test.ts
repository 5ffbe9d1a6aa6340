import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { connectPostgres } from '../../db/connect.js';
import { claimDue, recordTry } from '../../db/deliveries.js';
import { deliveries } from '../../db/schema.js';
import type { Conversation } from '../../src/domain/conversation.js';
import { say } from '../../src/domain/message.js';
import { stopped } from '../../src/domain/transitions.js';
import { deliver } from '../../src/flows/deliver.js';
import { planCheckIns } from '../../src/flows/plan-check-ins.js';
import { settleReplies } from '../../src/flows/settle-replies.js';
import type { ClaimedDelivery } from '../../src/ports.js';
import { describeOnBoth, freshPostgresUrl, hasPostgres, type TestDb } from '../support/test-db.js';
import { World } from '../support/world.js';

const NOW = new Date('2024-07-01T12:00:00Z');
const MINUTE_MS = 60_000;
const ALWAYS = { waves: [3], window: { fromMinute: 0, toMinute: 1440 }, sendDays: [1, 2, 3, 4, 5, 6, 7], spreadMs: 0 };
const token = () => crypto.randomUUID();

/** So many messages to as many channels, due a minute apart. */
async function messagesDue({ db }: Pick<TestDb, 'db'>, count: number): Promise<void> {
  const row = (n: number) => ({
    what: `digest:${n}`,
    kind: 'digest',
    payload: say(`Number ${n}`),
    platform: 'slack',
    address: `C${n}`,
    addressKind: 'channel',
    key: `key-${n}`,
    state: 'queued',
    dueAt: new Date(NOW.getTime() - n * MINUTE_MS),
    createdAt: NOW,
  });
  await db.insert(deliveries).values(Array.from({ length: count }, (_, n) => row(n)));
}

const isSent = { kind: 'sent', ref: 'm1' } as const;
const nothing = () => [];

describeOnBoth('the outbox', (open) => {
  it('gives what is due, the oldest first, once while its lease lasts', async () => {
    const { db } = await open();
    await messagesDue({ db }, 5);
    const first = await claimDue(db, NOW, 3, MINUTE_MS);
    expect(first.map((each) => each.key)).toEqual(['key-4', 'key-3', 'key-2']);
    expect((await claimDue(db, NOW, 10, MINUTE_MS)).map((each) => each.key)).toEqual(['key-1', 'key-0']);
    expect(await claimDue(db, NOW, 10, MINUTE_MS)).toEqual([]);
  });

  it('gives nothing before it is due, however long ago the database thinks that was', async () => {
    const { db } = await open();
    await messagesDue({ db }, 1);
    expect(await claimDue(db, new Date(NOW.getTime() - 1), 10, MINUTE_MS)).toEqual([]);
    expect(await claimDue(db, NOW, 10, MINUTE_MS)).toHaveLength(1);
  });

  it('hands over what a worker let run out, and refuses that worker’s late record', async () => {
    const { db } = await open();
    await messagesDue({ db }, 1);
    const [slow] = await claimDue(db, NOW, 1, -1);
    const [quick] = await claimDue(db, NOW, 1, MINUTE_MS);
    if (!slow || !quick) throw new Error('nothing was claimed');
    expect(quick.attempt).toBeGreaterThan(slow.attempt);
    expect(await recordTry(db, token, slow, { ...isSent, ref: 'late' }, NOW, nothing)).toBe(false);
    expect((await db.select().from(deliveries))[0]).toMatchObject({ state: 'sending', messageRef: null });
    expect(await recordTry(db, token, quick, isSent, NOW, nothing)).toBe(true);
    expect(await recordTry(db, token, quick, { ...isSent, ref: 'twice' }, NOW, nothing)).toBe(false);
    expect((await db.select().from(deliveries))[0]).toMatchObject({ state: 'sent', messageRef: 'm1', leaseUntil: null });
  });

  it('never gives a number of a claim twice, whatever the outcome', async () => {
    const { db } = await open();
    await messagesDue({ db }, 1);
    const numbers: number[] = [];
    for (const mayHaveGoneOut of [true, false, true, true, false]) {
      const [claimed] = await claimDue(db, NOW, 1, MINUTE_MS);
      if (!claimed) throw new Error('nothing was claimed');
      numbers.push(claimed.attempt);
      await recordTry(db, token, claimed, { kind: 'again', at: NOW, mayHaveGoneOut, problem: 'x' }, NOW, nothing);
    }
    expect(numbers).toEqual([1, 2, 101, 102, 103]);
  });
});

/** One in four each answers, stops, pauses and resumes, or is erased. */
async function actThrice(world: World, n: number): Promise<void> {
  const { conversations } = world.ports;
  for (let turn = 0; turn < 3; turn += 1) {
    const personId = await conversations.personAt({ platform: 'slack', id: `U${n}` });
    if (personId === null) return;
    if (n % 4 === 0) await world.says(`U${n}`, 'I am a research engineer at Redwood Research.');
    if (n % 4 === 1)
      await conversations.change(personId, world.time, (conversation) => ({ changes: stopAll(conversation, world.time) }));
    if (n % 4 === 2) await world.says(`U${n}`, turn === 0 ? 'pause 2 months' : 'resume');
    if (n % 4 === 3 && turn === 2) await conversations.change(personId, world.time, () => ({ changes: [{ kind: 'erase' }] }));
  }
}

const stopAll = (conversation: Conversation, now: Date) =>
  stopped(
    conversation,
    conversation.participations.map((each) => each.programme.id),
    now,
  );

describe.skipIf(!hasPostgres)('several workers on one PostgreSQL', () => {
  it('share what is due without a row in common, round after round', async () => {
    const connection = await connectPostgres(await freshPostgresUrl(), { poolSize: 8 });
    try {
      const { db } = connection;
      await messagesDue({ db }, 300);
      const claimed: ClaimedDelivery[] = [];
      const worker = async (limit: number) => {
        for (;;) {
          const mine = await claimDue(db, NOW, limit, MINUTE_MS);
          if (mine.length === 0) return;
          expect(mine.length).toBeLessThanOrEqual(limit);
          claimed.push(...mine);
        }
      };
      await Promise.all([7, 7, 11, 3, 40, 1].map(worker));
      // Whoever finds all the rest locked for a moment goes home early; the next tick comes.
      await worker(50);
      expect(claimed).toHaveLength(300);
      expect(new Set(claimed.map((each) => each.id)).size).toBe(300);
      await db.update(deliveries).set({ leaseUntil: sql`now() - interval '1 second'` });
      claimed.splice(0);
      await Promise.all([7, 13, 5].map(worker));
      await worker(50);
      expect(new Set(claimed.map((each) => each.id)).size).toBe(300);
      expect(claimed).toHaveLength(300);
    } finally {
      await connection.close();
    }
  });

  it('send each message once while people stop, answer, snooze and are erased, and never lock each other out', async () => {
    const connection = await connectPostgres(await freshPostgresUrl(), { poolSize: 14 });
    try {
      const world = new World({ db: connection.db, kind: 'postgres' }, NOW.toISOString());
      const people = Array.from({ length: 60 }, (_, n) => ({ name: `Person ${n}`, slack: `U${n}` }));
      await world.cohort('2024-04-01', people, ALWAYS);
      const { ports } = world;
      const acts = people.map((_, n) => actThrice(world, n));
      const sender = async () => {
        for (let turn = 0; turn < 6; turn += 1) {
          await planCheckIns(ports);
          await deliver(ports, { batch: 9, atOnce: 3, leaseMs: 10 * MINUTE_MS });
          await settleReplies(ports);
        }
      };
      await Promise.all([...acts, sender(), sender(), sender()]);
      await world.pass(MINUTE_MS);
      await world.pass(MINUTE_MS);
      expect(world.logged.filter((each) => each.level === 'error')).toEqual([]);
      const keys = world.messenger.taken.map((each) => each.key);
      expect(new Set(keys).size).toBe(keys.length);
      const unfinished = await connection.db
        .select({ what: deliveries.what, state: deliveries.state })
        .from(deliveries)
        .where(
          sql`state in ('sending', 'remove') or lease_until is not null or (state = 'sent' and revision_wanted > revision_shown)`,
        );
      expect(unfinished).toEqual([]);
      for (let n = 3; n < people.length; n += 4) {
        const left = world.messenger.to(`U${n}`).filter((each) => !each.isRemoved);
        expect(left, `U${n}`).toHaveLength(1);
      }
      const named = await connection.db.select().from(deliveries).where(eq(deliveries.kind, 'farewell'));
      expect(named).toHaveLength(15);
      for (const farewell of named) expect(farewell).toMatchObject({ address: null, personId: null });
    } finally {
      await connection.close();
    }
  });
});
