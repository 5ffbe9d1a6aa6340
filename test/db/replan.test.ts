import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { replanCohort } from '../../db/replan.js';
import { checkIns, replies } from '../../db/schema.js';
import { storeIn } from '../../db/store.js';
import { placeMessage } from '../../src/domain/placement.js';
import { aCohort, anAlumnus, aProgramme, THEN } from '../support/builders.js';
import { describeOnBoth } from '../support/test-db.js';

describeOnBoth('planning anew', (open) => {
  const scene = async () => {
    const { db } = await open();
    const store = storeIn({ db, token: () => crypto.randomUUID(), fingerprint: (identifier) => identifier });
    const programme = await aProgramme(db, { settings: { waves: [3, 6, 12] } });
    const cohort = await aCohort(db, programme, { endedOn: '2025-06-30' });
    const alumnus = await anAlumnus(db, programme, cohort, { slack: 'U1' });
    const rows = async () =>
      (await db.select().from(checkIns).orderBy(checkIns.waveMonths)).map((row) => [row.waveMonths, row.state, row.dueOn]);
    return { db, store, programme, cohort, alumnus, rows };
  };

  it('moves what is unsent, keeps what was asked, and says what it changes', async () => {
    const { db, programme, cohort, rows } = await scene();
    await db.update(checkIns).set({ state: 'lapsed', asks: 1, deliveredAt: THEN }).where(eq(checkIns.waveMonths, 3));
    const changes = await replanCohort(db, programme, { ...cohort, endedOn: '2025-07-31' }, THEN);
    expect(changes.map((each) => [each.kind, each.waveMonths])).toEqual([
      ['moved', 6],
      ['moved', 12],
    ]);
    expect(await rows()).toEqual([
      [3, 'lapsed', '2025-09-30'],
      [6, 'planned', '2026-01-31'],
      [12, 'planned', '2026-07-31'],
    ]);
  });

  it('on paper alone changes nothing, and twice the same as once', async () => {
    const { db, programme, cohort, rows } = await scene();
    const moved = { ...cohort, endedOn: '2025-07-31' };
    const before = await rows();
    expect(await replanCohort(db, programme, moved, THEN, true)).toHaveLength(3);
    expect(await rows()).toEqual(before);
    await replanCohort(db, programme, moved, THEN);
    expect(await replanCohort(db, programme, moved, THEN)).toEqual([]);
  });

  it('drops a wave to which somebody had written already, and keeps what they wrote', async () => {
    const { db, store, programme, rows, alumnus } = await scene();
    const now = new Date('2025-09-20T09:00:00Z');
    const from = { platform: 'slack', id: 'U1' } as const;
    await store.conversations.keepMessage({ kind: 'new', from, externalId: 'a', text: 'hello', sentAt: now }, now, placeMessage);
    expect((await db.select().from(replies))[0]?.checkInId).not.toBeNull();
    const settings = { ...programme.settings, waves: [6, 12] };
    expect(await store.programmes.saveSettings(programme, settings, now)).toEqual([
      { kind: 'removed', waveMonths: 3, from: '2025-09-30', to: null, people: 1 },
    ]);
    expect((await rows()).map(([wave]) => wave)).toEqual([6, 12]);
    expect((await db.select().from(replies))[0]?.checkInId).toBeNull();
    expect((await store.conversations.wordsOf(alumnus.personId)).map((each) => each.text)).toEqual(['hello']);
  });
});
