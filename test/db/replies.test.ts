import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { messages, replies } from '../../db/schema.js';
import { storeIn } from '../../db/store.js';
import { placeMessage } from '../../src/domain/placement.js';
import type { IncomingMessage } from '../../src/ports.js';
import { aCohort, anAlumnus, aProgramme, THEN } from '../support/builders.js';
import { describeOnBoth, type TestDb } from '../support/test-db.js';

const at = (seconds: number) => new Date(THEN.getTime() + seconds * 1000);
let tokens = 0;
const storeOf = ({ db }: TestDb) =>
  storeIn({ db, token: () => `key-${++tokens}`, fingerprint: (identifier) => `hash of ${identifier}` }).conversations;
const message = (externalId: string, text: string, wish: Partial<IncomingMessage> = {}): IncomingMessage => ({
  kind: 'new',
  from: { platform: 'slack', id: 'U1' },
  externalId,
  text,
  sentAt: at(0),
  ...wish,
});

describeOnBoth('replies', (open) => {
  const scene = async () => {
    const test = await open();
    const programme = await aProgramme(test.db);
    const cohort = await aCohort(test.db, programme);
    const { personId } = await anAlumnus(test.db, programme, cohort, { slack: 'U1' });
    return { test, db: test.db, store: storeOf(test), personId };
  };

  it('are one where two messages of somebody arrive at the same moment', async () => {
    const { db, store } = await scene();
    const kept = await Promise.all(
      ['one', 'two', 'three', 'four'].map((text) => store.keepMessage(message(text, text), at(0), placeMessage)),
    );
    expect(kept.map((each) => each.kind)).toEqual(['kept', 'kept', 'kept', 'kept']);
    const rows = await db.select().from(replies);
    expect(rows.map((row) => [row.version, row.state])).toEqual([[4, 'collecting']]);
    expect(rows[0]?.settleAt).toEqual(at(45));
    const [settled] = await store.settled(at(45), 10);
    expect([...(settled?.messages ?? [])].sort()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('keep a message once where the platform delivers it on two connections at once', async () => {
    const { db, store } = await scene();
    const kept = await Promise.all([1, 2, 3].map(() => store.keepMessage(message('same', 'hello'), at(0), placeMessage)));
    expect(kept.map((each) => each.kind).sort()).toEqual(['kept', 'seen_before', 'seen_before']);
    expect(await db.select().from(messages)).toHaveLength(1);
    expect((await db.select().from(replies))[0]?.version).toBe(1);
  });

  it('settle 45 seconds after the last message, edit or deletion, in the order in which it was written', async () => {
    const { store } = await scene();
    await store.keepMessage(message('b', 'second', { sentAt: at(2) }), at(2), placeMessage);
    await store.keepMessage(message('a', 'first', { sentAt: at(1) }), at(10), placeMessage);
    await store.keepMessage(message('c', 'gone', { sentAt: at(3) }), at(20), placeMessage);
    await store.keepMessage(message('c', '', { kind: 'deleted' }), at(30), placeMessage);
    await store.keepMessage(message('b', 'second', { kind: 'edited' }), at(70), placeMessage);
    expect(await store.settled(at(74), 10)).toEqual([]);
    const [settled] = await store.settled(at(75), 10);
    expect(settled?.messages).toEqual(['first', 'second']);
    expect(settled?.version).toBe(4);
  });

  it('keep what PostgreSQL cannot store, but for the one character', async () => {
    const { store, personId } = await scene();
    await store.keepMessage(message('a', 'a\u0000b\u0007'), at(0), placeMessage);
    expect((await store.wordsOf(personId)).map((each) => each.text)).toEqual(['a\uFFFDb\u0007']);
    expect((await store.keepMessage(message('a', 'a\u0000b\u0007', { kind: 'edited' }), at(1), placeMessage)).kind).toBe(
      'seen_before',
    );
  });

  it('let nobody edit or delete what somebody else wrote', async () => {
    const { test, store, personId } = await scene();
    const programme = await aProgramme(test.db, { name: 'MATS' });
    await anAlumnus(test.db, programme, await aCohort(test.db, programme), { name: 'Tom', slack: 'U2' });
    await store.keepMessage(message('a', 'mine'), at(0), placeMessage);
    const from = { platform: 'slack', id: 'U2' } as const;
    for (const kind of ['edited', 'deleted'] as const) {
      expect((await store.keepMessage(message('a', 'theirs', { kind, from }), at(1), placeMessage)).kind).toBe('seen_before');
    }
    expect((await store.wordsOf(personId)).map((each) => each.text)).toEqual(['mine']);
  });

  it('store nothing of somebody whose erasure comes at the same moment', async () => {
    const { db, store, personId } = await scene();
    await Promise.all([
      store.change(personId, at(0), () => ({ changes: [{ kind: 'erase' }] })),
      ...['a', 'b', 'c'].map((id) => store.keepMessage(message(id, id), at(0), placeMessage)),
    ]);
    expect(await db.select().from(messages)).toEqual([]);
    expect(await db.select().from(replies)).toEqual([]);
    expect((await store.keepMessage(message('d', 'd'), at(1), placeMessage)).kind).toBe('stranger');
  });

  it('change whole or not at all, and the same event once', async () => {
    const { db, store, personId } = await scene();
    const event = { platform: 'slack', eventId: 'press:1' } as const;
    const halfway = store.change(
      personId,
      at(0),
      (conversation) => ({
        changes: [
          { kind: 'time_zone', timeZone: 'Asia/Tokyo', from: 'person' },
          {
            kind: 'record',
            replyId: 999_999 as never,
            programmeId: conversation.participations[0]?.programme.id ?? (0 as never),
            checkInId: null,
            stored: {} as never,
          },
        ],
      }),
      event,
    );
    await expect(halfway).rejects.toThrow();
    expect((await store.conversation(personId))?.person.timeZone).toBeNull();
    const again = () =>
      store.change(personId, at(1), () => ({ changes: [{ kind: 'time_zone', timeZone: 'Asia/Tokyo', from: 'person' }] }), event);
    const both = await Promise.all([again(), again()]);
    expect(both.filter((each) => each !== null)).toHaveLength(1);
    expect((await store.conversation(personId))?.person.timeZone).toBe('Asia/Tokyo');
    expect((await db.execute(sql`select 1 from inbound_events`)) as unknown as { rows: unknown[] }).toHaveProperty(
      'rows.length',
      1,
    );
  });

  it('that cannot be read wait without holding up the others', async () => {
    const { db, store } = await scene();
    const kept = await store.keepMessage(message('a', 'hello'), at(0), placeMessage);
    if (kept.kind !== 'kept') throw new Error('not kept');
    await store.putOffReply(kept.replyId, at(300));
    expect(await store.settled(at(100), 10)).toEqual([]);
    expect((await store.settled(at(300), 10))[0]?.attempts).toBe(1);
    await store.keepMessage(message('b', 'again'), at(301), placeMessage);
    expect((await db.select().from(replies).where(eq(replies.id, kept.replyId)))[0]?.attempts).toBe(0);
  });
});

describeOnBoth('a reply while its writer types', (open) => {
  const scene = async () => {
    const test = await open();
    const programme = await aProgramme(test.db);
    const cohort = await aCohort(test.db, programme);
    await anAlumnus(test.db, programme, cohort, { slack: 'U1' });
    const store = storeOf(test);
    await store.keepMessage(message('a', 'I am at'), at(0), placeMessage);
    return { store, account: { platform: 'slack', id: 'U1' } as const };
  };
  const settlesAt = async (store: ReturnType<typeof storeOf>, second: number) => {
    const before = await store.settled(at(second - 1), 10);
    const then = await store.settled(at(second), 10);
    return before.length === 0 && then.length === 1;
  };

  it('settles as long after the last sign of typing as after a message', async () => {
    const { store, account } = await scene();
    await store.waitWhileTyping(account, at(30));
    expect(await settlesAt(store, 75)).toBe(true);
  });

  it('does not wait for ever for somebody who never sends it', async () => {
    const { store, account } = await scene();
    for (let second = 10; second < 1000; second += 10) await store.waitWhileTyping(account, at(second));
    expect(await settlesAt(store, 225)).toBe(true);
  });

  it('is not held up by anybody else, nor once it is due or put off', async () => {
    const { store, account } = await scene();
    await store.waitWhileTyping({ platform: 'slack', id: 'U2' }, at(30));
    await store.waitWhileTyping(account, at(50));
    expect(await settlesAt(store, 45)).toBe(true);
    const [settled] = await store.settled(at(45), 10);
    if (settled) await store.putOffReply(settled.replyId, at(60));
    await store.waitWhileTyping(account, at(55));
    expect(await settlesAt(store, 60)).toBe(true);
  });
});
