import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { organiserListsIn } from '../../db/organiser-lists.js';
import { checkIns, people } from '../../db/schema.js';
import type { Asker } from '../../src/domain/people.js';
import { describeOnBoth, type TestDb } from '../support/test-db.js';
import { World } from '../support/world.js';

const STRANGER: Asker = { account: { platform: 'slack', id: 'U0' }, email: null, groups: [] };

async function scene(test: TestDb) {
  const world = new World(test, '2024-05-06T09:00:00Z');
  const names = ['Mara Lindqvist', 'Martin 100% Müller', 'Jun_Watanabe', 'Juno Mars'];
  const someone = names.map((name, at) => ({ name, slack: `U${at + 1}`, email: `p${at + 1}@example.org` }));
  const made = await world.cohort('2024-02-06', someone, { waves: [3, 6] });
  return { world, lists: organiserListsIn(test.db), db: test.db, ...made };
}

describeOnBoth('lists for organisers', (open) => {
  it('find people by the beginning of any word of their name, taken as it stands, or by number', async () => {
    const { lists, people: ids } = await scene(await open());
    const found = async (start: string, limit = 10) => (await lists.findPeople(start, limit)).map((each) => each.name);
    expect(await found('mar')).toEqual(['Juno Mars', 'Mara Lindqvist', 'Martin 100% Müller']);
    expect(await found('MÜLL')).toEqual(['Martin 100% Müller']);
    expect(await found('100%')).toEqual(['Martin 100% Müller']);
    expect(await found('jun_')).toEqual(['Jun_Watanabe']);
    expect(await found('%')).toEqual([]);
    expect(await found("'; drop table people; --")).toEqual([]);
    expect(await found(String(ids[0]))).toContain('Mara Lindqvist');
    expect(await found('', 2)).toHaveLength(2);
    expect((await lists.findPeople('mara', 1))[0]?.cohorts).toEqual(['ARENA 2.0']);
  });

  it('leave erased people out of every list but the totals', async () => {
    const { lists, db, programme, cohort, people: ids } = await scene(await open());
    await db
      .update(people)
      .set({ name: null, email: null, timeZone: null, erasedAt: new Date('2024-05-06T09:00:00Z') })
      .where(eq(people.id, ids[0] ?? 0));
    await db
      .update(checkIns)
      .set({ state: 'erased' })
      .where(eq(checkIns.personId, ids[0] ?? 0));
    expect(await lists.findPeople('mara', 10)).toEqual([]);
    expect((await lists.personStates(cohort.id, 10)).all).toBe(3);
    expect(await lists.waveStates(programme.id)).toContainEqual({
      cohort: 'ARENA 2.0',
      waveMonths: 3,
      state: 'erased',
      people: 1,
    });
  });

  it('show of everybody the last wave that came, else the next one, and how many there are beyond the limit', async () => {
    const { lists, db, cohort, people: ids } = await scene(await open());
    const first = await lists.personStates(cohort.id, 2);
    expect(first.all).toBe(4);
    expect(first.people.map((each) => [each.name, each.waveMonths, each.state])).toEqual([
      ['Jun_Watanabe', 3, 'planned'],
      ['Juno Mars', 3, 'planned'],
    ]);
    const deliveredAt = new Date('2024-05-06T10:00:00Z');
    await db
      .update(checkIns)
      .set({ state: 'delivered', deliveredAt })
      .where(and(eq(checkIns.personId, ids[0] ?? 0), eq(checkIns.waveMonths, 6)));
    const all = (await lists.personStates(cohort.id, 10)).people;
    expect(all.find((each) => each.name === 'Mara Lindqvist')).toMatchObject({ waveMonths: 6, state: 'delivered', deliveredAt });
  });

  it('hold the newest version of an answer, and neither one that was taken back nor one that was confirmed', async () => {
    const { world, lists, programme } = await scene(await open());
    await world.until('2024-05-06T15:59:00Z');
    const list = async (asker: Asker = STRANGER) =>
      (await lists.unconfirmed(programme.id, new Date('2024-01-01T00:00:00Z'), asker, 10)).map((each) => [
        each.name,
        each.update.activities[0]?.track,
      ]);
    const card = await world.answers('U1', "I'm a research engineer at Conjecture");
    expect(await list()).toEqual([]);
    await world.presses('U1', card, 'names', { choice: 'named' });
    await world.presses('U1', world.last('U1'), 'track', { value: 'governance' });
    expect(await list()).toEqual([['Mara Lindqvist', 'governance']]);
    expect(await list({ account: { platform: 'slack', id: 'U1' }, email: null, groups: [] })).toEqual([]);
    expect(await list({ account: { platform: 'discord', id: '9' }, email: 'P1@Example.org', groups: [] })).toEqual([]);
    await world.presses('U1', world.last('U1'), 'undo');
    expect(await list()).toEqual([]);
  });

  it('name who is still to be asked in batches that follow each other', async () => {
    const { lists, cohort, people: ids } = await scene(await open());
    const first = await lists.stillToAsk(cohort.id, 3, 0, 3);
    expect([...first, ...(await lists.stillToAsk(cohort.id, 3, first.at(-1) ?? 0, 3))]).toEqual([...ids].sort((a, b) => a - b));
    expect(await lists.stillToAsk(cohort.id, 12, 0, 3)).toEqual([]);
  });

  it('say what new waves would change, and change nothing', async () => {
    const { lists, world, programme } = await scene(await open());
    const before = await world.checkIns();
    const lines = await lists.previewSettings(programme, { ...programme.settings, waves: [3, 12] }, world.time);
    expect(lines.map((each) => [each.kind, each.waveMonths, each.people])).toEqual([
      ['removed', 6, 4],
      ['added', 12, 4],
    ]);
    expect(await world.checkIns()).toEqual(before);
  });
});
