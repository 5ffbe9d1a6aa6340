import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { deliveries, drafts, erasedIdentifiers } from '../../db/schema.js';
import { storeIn } from '../../db/store.js';
import { say } from '../../src/domain/message.js';
import { aCohort, anAlumnus, aProgramme, THEN } from '../support/builders.js';
import { describeOnBoth } from '../support/test-db.js';

describeOnBoth('an erasure', (open) => {
  const scene = async () => {
    const { db } = await open();
    let tokens = 0;
    const store = storeIn({ db, token: () => `key-${++tokens}`, fingerprint: (identifier) => `hash of ${identifier}` });
    const programme = await aProgramme(db);
    const cohort = await aCohort(db, programme);
    const ada = await anAlumnus(db, programme, cohort, { name: 'Ada', slack: 'U1', discord: '77', email: 'Ada@example.org' });
    const tom = await anAlumnus(db, programme, cohort, { name: 'Tom', slack: 'U2', email: 'tom@example.org' });
    const erase = (personId: typeof ada.personId) =>
      store.conversations.change(personId, THEN, () => ({ changes: [{ kind: 'erase' }] }));
    const left = async () => (await db.select().from(erasedIdentifiers)).map((row) => row.hash).sort();
    return { db, store, programme, ada, tom, erase, left };
  };

  it('leaves one fingerprint an address, and "forget" from any of them drops all of that person and nobody else', async () => {
    const { store, ada, tom, erase, left } = await scene();
    await Promise.all([erase(ada.personId), erase(tom.personId)]);
    expect(await left()).toEqual([
      'hash of discord:77',
      'hash of email:ada@example.org',
      'hash of email:tom@example.org',
      'hash of slack:U1',
      'hash of slack:U2',
    ]);
    expect(await store.conversations.forget({ platform: 'discord', id: '77' })).toBe(true);
    expect(await left()).toEqual(['hash of email:tom@example.org', 'hash of slack:U2']);
    expect(await store.conversations.forget({ platform: 'discord', id: '77' })).toBe(false);
  });

  it('happens once, and leaves nothing that could be changed', async () => {
    const { store, ada, erase } = await scene();
    const both = await Promise.all([erase(ada.personId), erase(ada.personId)]);
    expect(both.filter((each) => each !== null)).toHaveLength(1);
    expect(await store.conversations.personAt({ platform: 'slack', id: 'U1' })).toBeNull();
    const touched = await store.conversations.change(ada.personId, THEN, () => ({
      changes: [{ kind: 'time_zone', timeZone: 'Asia/Tokyo', from: 'person' }],
    }));
    expect(touched).toBeNull();
    expect((await store.conversations.conversation(ada.personId))?.person).toMatchObject({
      name: null,
      email: null,
      timeZone: null,
      accounts: [],
    });
  });

  it('takes with it what organisers have under review and names them, and nothing else', async () => {
    const { db, ada, erase } = await scene();
    const draft = (key: string, payload: unknown) =>
      db.insert(drafts).values({ key, platform: 'slack', account: 'UORG', kind: 'import', payload, madeAt: THEN });
    await draft('by-address', { lines: [{ name: 'A.', email: 'ADA@example.org' }] });
    await draft('by-account', { lines: [{ name: 'A.', discord: '77' }] });
    await draft('of-others', { lines: [{ name: 'Tom', email: 'tom@example.org' }] });
    await erase(ada.personId);
    expect((await db.select().from(drafts)).map((each) => each.key)).toEqual(['of-others']);
  });

  it('takes the name out of digests, those that were posted and those that will be', async () => {
    const { db, ada, erase, programme } = await scene();
    const named = say('Ada: research engineer at METR');
    const about = { kind: 'digest', programmeId: programme.id, dueAt: THEN, createdAt: THEN, addressKind: 'channel' };
    await db.insert(deliveries).values([
      { ...about, key: 'k1', what: 'digest:1', state: 'sent', sentAt: THEN, payload: named, publicPayload: say('one answer') },
      { ...about, key: 'k2', what: 'digest:2', state: 'queued', payload: named, publicPayload: say('one answer') },
      { ...about, key: 'k3', what: 'digest:3', state: 'sent', sentAt: THEN, payload: say('Tom: at a bank'), publicPayload: null },
    ]);
    await erase(ada.personId);
    const left = await db.select().from(deliveries).where(eq(deliveries.kind, 'digest')).orderBy(deliveries.id);
    expect(left.map((row) => row.payload)).toEqual([null, say('one answer'), say('Tom: at a bank')]);
  });
});
