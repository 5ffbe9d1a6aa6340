import { asc, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { predictionStoreIn } from '../../db/predictions.js';
import { predictionEntries, predictionMembers } from '../../db/schema.js';
import type { Json } from '../../src/domain/canonical-json.js';
import type { PersonId } from '../../src/domain/ids.js';
import type { Cohort, Programme } from '../../src/domain/people.js';
import { CHAIN_START, memberCommitment, verifyChain } from '../../src/domain/prediction-chain.js';
import type { RecordedResolution } from '../../src/domain/prediction-record.js';
import type { NewPrediction } from '../../src/report-ports.js';
import { ReportScene } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

const SALT = 'a salt that nobody guesses';

const aDraft = (programme: Programme, cohort: Cohort, given: Partial<NewPrediction> = {}): NewPrediction => ({
  programmeId: programme.id,
  cohortIds: [cohort.id],
  salt: SALT,
  text: 'Fewer than „viele“ in capabilities\u2028',
  author: 'Callum',
  cohorts: [cohort.name],
  roster: 2,
  memberCommitment: 'none',
  class: { track: 'capabilities', scope: 'any' },
  comparator: 'less_than',
  threshold: 0.1 + 0.2,
  waveMonths: 12,
  probability: 1 / 3,
  closesOn: '2024-08-01',
  seenData: { declared: false, computed: { answers: 0, reportsOpened: 0 } },
  codebookVersion: '1',
  readerVersion: '1',
  createdAt: '2024-01-05T12:00:00.000Z',
  ...given,
});

const aResolution: RecordedResolution = {
  outcome: 'undecided',
  bounds: { low: 0, high: 1 },
  moreAnswersNeeded: 1,
  toSettle: { asTrue: 2, asFalse: 1 },
  probabilityIfAlike: null,
  counts: { roster: 2, known: 0, count: 0 },
  asOf: '2024-08-01T23:59:59.999Z',
  resolvedAt: '2024-08-02T00:00:00.000Z',
};

describeOnBoth('the chain of predictions', (open) => {
  async function aScene() {
    const scene = new ReportScene((await open()).db);
    const programme = await scene.programme();
    const cohort = await scene.cohort(programme);
    return { scene, programme, cohort, store: predictionStoreIn(scene.db) };
  }

  async function chainOf(scene: ReportScene, programme: Programme) {
    const rows = await scene.db
      .select()
      .from(predictionEntries)
      .where(eq(predictionEntries.programmeId, programme.id))
      .orderBy(asc(predictionEntries.sequence));
    return rows.map((row) => ({
      ...(row.body as { [key: string]: Json }),
      hash: row.hash,
      previousHash: row.previousHash ?? '',
    }));
  }

  it('is whole as it was stored, numbers and letters included', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const first = await store.register(aDraft(programme, cohort), []);
    await store.resolve(first.prediction.id, aResolution);
    const last = await store.register(aDraft(programme, cohort, { author: 'Ada' }), []);
    const chain = await chainOf(scene, programme);
    expect(verifyChain(chain)).toEqual({ kind: 'whole', entries: 3 });
    expect(first.prediction).toMatchObject({ previousHash: CHAIN_START, threshold: 0.1 + 0.2, probability: 1 / 3 });
    expect(last.prediction.previousHash).toBe(chain[1]?.hash);
  });

  it('is not forked by two at once', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const [other, otherStore] = [await scene.programme({}, { name: 'MATS' }), predictionStoreIn((await open()).db)];
    const otherCohort = await scene.cohort(other, 'MATS 5');
    await Promise.all([
      ...[1, 2, 3, 4].map((nth) => (nth % 2 ? store : otherStore).register(aDraft(programme, cohort, { author: `A${nth}` }), [])),
      store.register(aDraft(other, otherCohort), []),
    ]);
    expect(verifyChain(await chainOf(scene, programme))).toEqual({ kind: 'whole', entries: 4 });
    expect(verifyChain(await chainOf(scene, other))).toEqual({ kind: 'whole', entries: 1 });
    expect(new Set((await store.list(programme.id)).map(({ prediction }) => prediction.id)).size).toBe(4);
  });

  it('shows an edit in the table', async () => {
    const { scene, programme, cohort, store } = await aScene();
    await store.register(aDraft(programme, cohort), []);
    const [entry] = await scene.db.select().from(predictionEntries);
    await scene.db.update(predictionEntries).set({ body: { ...(entry?.body as object), probability: 0.9 } });
    expect(verifyChain(await chainOf(scene, programme))).toEqual({ kind: 'broken', at: 0, why: 'content' });
  });

  it('keeps the list beside it, which the commitment fixes and an erasure shortens', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const [ada, ben] = [await scene.alumnus(cohort), await scene.alumnus(cohort, { name: 'Ben' })];
    const members = [ben.personId, ada.personId];
    const { prediction } = await store.register(
      aDraft(programme, cohort, { memberCommitment: memberCommitment(members, SALT) }),
      members,
    );
    const kept = async () => (await scene.db.select().from(predictionMembers)).map((row) => row.personId as PersonId);
    expect(memberCommitment(await kept(), SALT)).toBe(prediction.memberCommitment);
    await scene.erases(ada.personId, '2024-02-01T00:00:00Z');
    expect(await kept()).toEqual([ben.personId]);
    expect(verifyChain(await chainOf(scene, programme)).kind).toBe('whole');
  });

  it('takes one resolution of a prediction, the first, also from two at once', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const { prediction } = await store.register(aDraft(programme, cohort), []);
    const resolve = (outcome: 'true' | 'false') => store.resolve(prediction.id, { ...aResolution, outcome });
    const [one, other] = await Promise.all([resolve('true'), resolve('false')]);
    expect(one).toEqual(other);
    expect(await store.resolve(prediction.id, { ...aResolution, outcome: 'undecided' })).toEqual(one);
    expect(verifyChain(await chainOf(scene, programme))).toEqual({ kind: 'whole', entries: 2 });
    expect(one.resolution).toEqual({ ...aResolution, outcome: one.resolution?.outcome });
  });

  it('gives those that close by a day and are still open, of all programmes', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const other = await scene.programme({}, { name: 'MATS' });
    const otherCohort = await scene.cohort(other, 'MATS 5');
    const resolved = await store.register(aDraft(programme, cohort), []);
    await store.resolve(resolved.prediction.id, aResolution);
    const open = await store.register(aDraft(other, otherCohort, { closesOn: '2024-08-01' }), []);
    await store.register(aDraft(programme, cohort, { closesOn: '2024-08-02' }), []);
    const due = await store.closingBy('2024-08-01');
    expect(due.map(({ registered, programme: of }) => [registered.prediction.id, of.name])).toEqual([
      [open.prediction.id, 'MATS'],
    ]);
  });

  it('finds a prediction by its id alone, never a resolution', async () => {
    const { programme, cohort, store } = await aScene();
    const made = await store.register(aDraft(programme, cohort), []);
    await store.resolve(made.prediction.id, aResolution);
    const bare = made.prediction.id.slice(1);
    expect((await store.find(` ${bare}`))?.prediction).toEqual(made.prediction);
    expect(await store.find(`p${Number(bare) + 1}`)).toBeNull();
    expect(await store.find('p1; drop table people')).toBeNull();
  });
});
