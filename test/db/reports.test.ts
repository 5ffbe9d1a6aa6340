import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { peopleAtWave } from '../../db/reports.js';
import { checkIns } from '../../db/schema.js';
import type { Cohort, Programme } from '../../src/domain/people.js';
import type { PersonInReport } from '../../src/report-ports.js';
import { ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

type Look = { readonly waveMonths?: number | null; readonly asOf?: string; readonly batch?: number };

async function peopleOf(
  scene: ReportScene,
  programme: Programme,
  cohorts: readonly Cohort[],
  { waveMonths = 12, asOf = '2025-01-01T00:00:00Z', batch = 100 }: Look = {},
): Promise<PersonInReport[]> {
  const query = { programmeId: programme.id, cohortIds: cohorts.map((each) => each.id), waveMonths, asOf: new Date(asOf), batch };
  const people: PersonInReport[] = [];
  for await (const person of peopleAtWave(scene.db, query)) people.push(person);
  return people;
}

describeOnBoth('people at a wave', (open) => {
  async function aScene() {
    const scene = new ReportScene((await open()).db);
    const programme = await scene.programme();
    const cohort = await scene.cohort(programme);
    return { scene, programme, cohort, look: (given?: Look) => peopleOf(scene, programme, [cohort], given) };
  }

  it('are all on the list, each once, whatever the size of a batch', async () => {
    const { scene, cohort, look } = await aScene();
    for (const name of ['Ada', 'Ben', 'Cai', 'Dan', 'Eva']) await scene.alumnus(cohort, { name });
    for (const batch of [1, 2, 5, 6]) {
      expect((await look({ batch })).map((person) => person.name)).toEqual(['Ada', 'Ben', 'Cai', 'Dan', 'Eva']);
    }
  });

  it('are those who had been added by then', async () => {
    const { scene, cohort, look } = await aScene();
    await scene.alumnus(cohort, { name: 'Ada', addedAt: '2024-01-01T00:00:00Z' });
    await scene.alumnus(cohort, { name: 'Ben', addedAt: '2024-06-01T00:00:00Z' });
    expect((await look({ asOf: '2024-03-01T00:00:00Z' })).map((person) => person.name)).toEqual(['Ada']);
    expect(await look({ asOf: '2024-06-01T00:00:00Z' })).toHaveLength(2);
  });

  it('have the state that their check-in had by then', async () => {
    const { scene, cohort, look } = await aScene();
    const ada = await scene.alumnus(cohort);
    const checkIn = await scene.checkIn(ada);
    await scene.moves(checkIn, 'sending', '2024-07-01T10:00:00Z', { asked: false });
    await scene.moves(checkIn, 'delivered', '2024-07-01T10:00:05Z');
    await scene.moves(checkIn, 'answered', '2024-07-03T10:00:00Z');
    const stateAt = async (asOf: string) => (await look({ asOf }))[0]?.checkIn;
    expect(await stateAt('2024-06-30T00:00:00Z')).toEqual({ state: 'planned', asked: false });
    expect(await stateAt('2024-07-01T10:00:01Z')).toEqual({ state: 'sending', asked: false });
    expect(await stateAt('2024-07-02T00:00:00Z')).toEqual({ state: 'delivered', asked: true });
    expect(await stateAt('2024-07-04T00:00:00Z')).toEqual({ state: 'answered', asked: true });
  });

  it('have no check-in at a wave that was never planned for them, nor before the first', async () => {
    const { scene, cohort, look } = await aScene();
    await scene.asked(await scene.alumnus(cohort), 6);
    expect((await look())[0]?.checkIn).toBeNull();
    expect((await look({ waveMonths: null }))[0]).toMatchObject({ checkIn: null, record: null, erased: false });
  });

  it('are erased at every date once they are erased, and have no name', async () => {
    const { scene, cohort, look } = await aScene();
    const ada = await scene.alumnus(cohort);
    await scene.answered(ada, working());
    await scene.erases(ada.personId, '2024-12-01T00:00:00Z');
    expect(await look({ asOf: '2024-07-15T00:00:00Z' })).toMatchObject([{ erased: true, name: null, record: null }]);
  });

  it('are known by their own confirmed word from the moment that it was stored', async () => {
    const { scene, cohort, look } = await aScene();
    await scene.answered(await scene.alumnus(cohort), working({ track: 'governance' }), { at: '2024-07-02T10:00:00Z' });
    expect((await look({ asOf: '2024-07-02T09:59:59Z' }))[0]?.record).toBeNull();
    const record = (await look({ asOf: '2024-07-02T10:00:00Z' }))[0]?.record;
    expect(record).toMatchObject({ basis: 'confirmed', activities: [{ track: 'governance' }], carriedForward: false });
  });

  it('keep what they confirmed until they confirm something else', async () => {
    const { scene, cohort, look } = await aScene();
    const checkIn = await scene.asked(await scene.alumnus(cohort));
    const replyId = await scene.says(checkIn, '2024-07-02T10:00:00Z', working({ role: 'first' }));
    await scene.says(checkIn, '2024-07-03T10:00:00Z', working({ role: 'second' }), { replyId, basis: 'corrected' });
    await scene.says(checkIn, '2024-07-04T10:00:00Z', working({ role: 'third' }), { basis: 'read' });
    await scene.says(checkIn, '2024-07-05T10:00:00Z', working({ role: 'fourth' }), { replyId });
    const roleAt = async (asOf: string) => (await look({ asOf }))[0]?.record?.activities[0]?.role;
    expect(await roleAt('2024-07-03T12:00:00Z')).toBe('first');
    expect(await roleAt('2024-07-04T12:00:00Z')).toBe('first');
    expect(await roleAt('2024-07-05T12:00:00Z')).toBe('fourth');
  });

  it('have nothing on record after they took it back, confirmed or not', async () => {
    const { scene, cohort, look } = await aScene();
    const checkIn = await scene.asked(await scene.alumnus(cohort));
    const replyId = await scene.says(checkIn, '2024-07-02T10:00:00Z', working());
    await scene.says(checkIn, '2024-07-03T10:00:00Z', working(), { replyId, basis: 'taken_back' });
    expect((await look({ asOf: '2024-07-02T12:00:00Z' }))[0]?.record).not.toBeNull();
    expect((await look({ asOf: '2024-07-03T12:00:00Z' }))[0]?.record).toBeNull();
    await scene.says(checkIn, '2024-07-04T10:00:00Z', working({ role: 'again' }), { replyId, basis: 'read' });
    expect((await look())[0]?.record).toMatchObject({ basis: 'read', activities: [{ role: 'again' }] });
  });

  it('count by a card that stood for seven days, where the reader was sure', async () => {
    const { scene, cohort, look } = await aScene();
    const [sure, unsure] = [await scene.alumnus(cohort), await scene.alumnus(cohort, { name: 'Ben' })];
    for (const [alumnus, confidence] of [
      [sure, 900],
      [unsure, 899],
    ] as const) {
      const replyId = await scene.says(await scene.asked(alumnus), '2024-07-02T10:00:00Z', working(), {
        basis: 'read',
        confidence,
      });
      await scene.card(replyId, '2024-07-02T10:00:10Z');
    }
    const basesAt = async (asOf: string) => (await look({ asOf })).map((person) => person.record?.basis);
    expect(await basesAt('2024-07-09T10:00:09Z')).toEqual(['read', 'read']);
    expect(await basesAt('2024-07-09T10:00:10Z')).toEqual(['shown', 'read']);
  });

  it('have seven days anew for a version that the card shows only since it was edited', async () => {
    const { scene, cohort, look } = await aScene();
    const checkIn = await scene.asked(await scene.alumnus(cohort));
    const replyId = await scene.says(checkIn, '2024-07-02T10:00:00Z', working(), { basis: 'read' });
    await scene.card(replyId, '2024-07-02T10:00:10Z');
    await scene.says(checkIn, '2024-07-08T10:00:00Z', working({ role: 'more' }), { basis: 'read', replyId });
    expect((await look({ asOf: '2024-07-14T00:00:00Z' }))[0]?.record?.basis).toBe('read');
    expect((await look({ asOf: '2024-07-15T10:00:00Z' }))[0]?.record?.basis).toBe('shown');
  });

  it('are not known by what an organiser entered, which is told apart', async () => {
    const { scene, cohort, look } = await aScene();
    const checkIn = await scene.asked(await scene.alumnus(cohort));
    await scene.says(checkIn, '2024-07-05T10:00:00Z', working(), { basis: 'organiser' });
    expect((await look({ asOf: '2024-07-04T00:00:00Z' }))[0]).toMatchObject({ thirdParty: null });
    expect((await look())[0]).toMatchObject({ record: null, thirdParty: { activities: [{ track: 'alignment' }] } });
  });

  it('bring their record of the last wave asked before', async () => {
    const { scene, cohort, look } = await aScene();
    const ada = await scene.alumnus(cohort);
    await scene.answered(ada, working({ track: 'non_ai' }), { waveMonths: 3, at: '2023-10-02T10:00:00Z' });
    await scene.answered(ada, working({ track: 'governance' }), { waveMonths: 6, at: '2024-01-05T10:00:00Z' });
    await scene.answered(ada, working());
    const previousAt = async (waveMonths: number) => (await look({ waveMonths }))[0]?.previous?.activities[0]?.track;
    expect(await previousAt(12)).toBe('governance');
    expect(await previousAt(6)).toBe('non_ai');
    expect(await previousAt(3)).toBeUndefined();
  });

  it('count an answer for the check-in that its question served too, from when it served it', async () => {
    const { scene, programme, cohort } = await aScene();
    const later = await scene.cohort(programme, 'ARENA 3.0', '2023-07-10');
    const ada = await scene.alumnus(cohort);
    const asked = await scene.asked(ada);
    const served = await scene.checkIn(await scene.joins(later, ada.personId));
    await scene.says(asked, '2024-07-02T10:00:00Z', working());
    await scene.db.update(checkIns).set({ servedBy: asked }).where(eq(checkIns.id, served));
    await scene.moves(served, 'answered', '2024-07-10T10:00:00Z', { reason: 'served_by_another' });
    const recordAt = async (asOf: string) => (await peopleOf(scene, programme, [later], { asOf }))[0]?.record ?? null;
    expect(await recordAt('2024-07-09T00:00:00Z')).toBeNull();
    expect(await recordAt('2024-07-11T00:00:00Z')).toMatchObject({ basis: 'confirmed' });
  });

  it('do not seem to have stayed where they were, when one question served two waves', async () => {
    const { scene, cohort, look } = await aScene();
    const ada = await scene.alumnus(cohort);
    const served = await scene.checkIn(ada, 6);
    const asked = await scene.answered(ada, working());
    await scene.db.update(checkIns).set({ servedBy: asked }).where(eq(checkIns.id, served));
    await scene.moves(served, 'answered', '2024-07-02T10:00:00Z', { reason: 'served_by_another' });
    expect((await look())[0]).toMatchObject({ previous: null, record: { basis: 'confirmed' } });
  });

  it('count once in two pooled cohorts: in the latest that has come to the wave', async () => {
    const { scene, programme, cohort } = await aScene();
    const later = await scene.cohort(programme, 'ARENA 3.0', '2024-01-31');
    const ada = await scene.alumnus(cohort);
    await scene.alumnus(later, { name: 'Ben' });
    await scene.answered(ada, working({ track: 'governance' }));
    const again = await scene.joins(later, ada.personId);
    await scene.answered(again, working({ track: 'non_ai' }), { at: '2025-02-03T10:00:00Z' });
    const at = async (asOf: string, batch: number) =>
      (await peopleOf(scene, programme, [cohort, later], { asOf, batch })).map((each) => [
        each.name,
        each.cohortName,
        each.record?.activities[0]?.track,
      ]);
    for (const batch of [1, 2, 3]) {
      expect(await at('2024-08-01T00:00:00Z', batch)).toEqual([
        ['Ada', 'ARENA 2.0', 'governance'],
        ['Ben', 'ARENA 3.0', undefined],
      ]);
      expect((await at('2025-03-01T00:00:00Z', batch))[0]).toEqual(['Ada', 'ARENA 3.0', 'non_ai']);
    }
  });

  it('carry their consent to be named in this programme alone', async () => {
    const { scene, programme, cohort, look } = await aScene();
    const ada = await scene.alumnus(cohort, { consent: 'named' });
    const other = await scene.programme({}, { name: 'MATS' });
    const mats = await scene.cohort(other, 'MATS 5');
    await scene.joins(mats, ada.personId);
    expect((await look())[0]?.namesConsent).toBe('named');
    expect((await peopleOf(scene, other, [mats]))[0]?.namesConsent).toBe('not_asked');
    expect(await peopleOf(scene, programme, [])).toEqual([]);
  });
});

describeOnBoth('waves of cohorts', (open) => {
  it('are told with whether anybody had been asked by then', async () => {
    const scene = new ReportScene((await open()).db);
    const cohort = await scene.cohort(await scene.programme());
    const [ada, ben] = [await scene.alumnus(cohort), await scene.alumnus(cohort, { name: 'Ben' })];
    await scene.asked(ada, 3, '2023-10-02T10:00:00Z');
    await scene.checkIn(ben, 3);
    await scene.asked(ben, 12, '2024-07-01T10:00:00Z');
    await scene.checkIn(ada, 24);
    const waves = (asOf: string) => scene.ports.reports.waves([cohort.id], new Date(asOf));
    expect(await waves('2024-06-30T00:00:00Z')).toEqual([
      { waveMonths: 3, asked: true },
      { waveMonths: 12, asked: false },
      { waveMonths: 24, asked: false },
    ]);
    expect((await waves('2024-07-02T00:00:00Z'))[1]).toEqual({ waveMonths: 12, asked: true });
    expect(await scene.ports.reports.waves([], new Date())).toEqual([]);
  });
});
