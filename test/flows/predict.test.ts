import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { predictionEntries, predictionMembers } from '../../db/schema.js';
import type { Programme } from '../../src/domain/people.js';
import { type PredictionView, scoresByAuthor } from '../../src/domain/prediction-record.js';
import { amendPrediction, verifyPredictions, withdrawPrediction } from '../../src/flows/change-prediction.js';
import {
  listPredictions,
  type PredictRequest,
  registerPrediction,
  resolveDue,
  resolvePrediction,
  showPrediction,
} from '../../src/flows/predict.js';
import { makeReport } from '../../src/flows/report.js';
import { ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

const aClaim = (programme: Programme, given: Partial<PredictRequest> = {}): PredictRequest => ({
  programme,
  cohorts: ['ARENA 2.0'],
  waveMonths: 12,
  class: { track: 'capabilities', scope: 'main' },
  comparator: 'less_than',
  threshold: 0.5,
  probability: 0.8,
  closesOn: '2024-08-15',
  author: 'Callum',
  seenData: false,
  codebookVersion: '1',
  readerVersion: '1',
  ...given,
});

async function registered(scene: ReportScene, request: PredictRequest): Promise<PredictionView> {
  const done = await registerPrediction(scene.ports, request);
  if (!done.ok) throw new Error(done.error.message);
  return done.value;
}

describeOnBoth('predictions', (open) => {
  async function aScene(zone = 'Etc/UTC') {
    const scene = new ReportScene((await open()).db);
    scene.now = new Date('2024-01-05T12:00:00Z');
    const programme = await scene.programme({ timeZone: zone });
    const cohort = await scene.cohort(programme);
    const people = [];
    for (const name of ['Ada', 'Ben', 'Cai']) people.push(await scene.alumnus(cohort, { name }));
    const [ada, ben, cai] = people;
    if (!ada || !ben || !cai) throw new Error('three were made');
    return { scene, programme, cohort, ada, ben, cai };
  }

  it('go on record with all that decides them', async () => {
    const { scene, programme, ada } = await aScene();
    await scene.answered(ada, working(), { at: '2024-01-02T10:00:00Z' });
    for (const openedBy of ['slack:U1', 'Callum', 'slack:U2']) {
      await makeReport(scene.ports, { programme, audience: 'organisers', openedBy });
    }
    await makeReport(scene.ports, { programme, audience: 'organisers', openedBy: 'slack:U1', waveMonths: 6 });
    const made = await registered(scene, aClaim(programme, { authorAlso: ['slack:U1'], seenData: true }));
    expect(made).toMatchObject({
      text: 'Less than 50% mainly in capabilities: ARENA 2.0, a year after the end',
      author: 'Callum',
      cohorts: ['ARENA 2.0'],
      roster: 3,
      class: { track: 'capabilities', scope: 'main' },
      waveMonths: 12,
      comparator: 'less_than',
      threshold: 0.5,
      probability: 0.8,
      closesOn: '2024-08-15',
      seenData: { declared: true, computed: { answers: 1, reportsOpened: 2 } },
      createdAt: '2024-01-05T12:00:00.000Z',
      outcome: null,
      resolution: null,
      score: null,
    });
    expect(await showPrediction(scene.ports, made.id)).toEqual({ ok: true, value: made });
    expect(await listPredictions(scene.ports, programme)).toEqual([made]);
  });

  it('are refused where they cannot be decided fairly, with a sentence that says why', async () => {
    const { scene, programme } = await aScene();
    const empty = await scene.programme({}, { name: 'MATS' });
    await scene.cohort(empty, 'MATS 5');
    const refusal = async (given: Partial<PredictRequest>) => {
      const done = await registerPrediction(scene.ports, aClaim(programme, given));
      return done.ok ? null : `${done.error.kind}: ${done.error.message}`;
    };
    expect(await refusal({ cohorts: ['ARENA 9'] })).toBe('no_such_cohort: ARENA has no cohort "ARENA 9". There is ARENA 2.0.');
    expect(await refusal({ cohorts: [] })).toMatch(/^no_cohort/);
    expect(await refusal({ waveMonths: 13 })).toMatch(/^no_such_wave/);
    expect(await refusal({ class: { track: 'unclear', scope: 'main' } })).toMatch(
      /^no_such_track: “unclear” is not a field of ARENA: there are alignment, governance, field_building, /,
    );
    expect(await refusal({ probability: 1.2 })).toMatch(/^bad_number/);
    expect(await refusal({ comparator: 'more_than', threshold: 1 })).toMatch(/^bad_number/);
    expect(await refusal({ author: ' ' })).toMatch(/^no_author/);
    expect(await refusal({ programme: empty, cohorts: ['MATS 5'] })).toMatch(/^nobody/);
    expect(await listPredictions(scene.ports, programme)).toEqual([]);
  });

  it('close only after the last question of the wave has lapsed, wherever it was asked', async () => {
    const { scene, programme, cohort } = await aScene();
    // due on Sunday 30 June, so asked on Monday 1 July, and lapsed 28 days later
    const closing = async (closesOn: string) => {
      const done = await registerPrediction(scene.ports, aClaim(programme, { closesOn }));
      return done.ok ? 'registered' : done.error.message;
    };
    expect(await closing('2024-07-28')).toMatch(/until 2024-07-29/);
    expect(await closing('2024-07-29')).toBe('registered');
    await scene.alumnus(cohort, { name: 'Hina', timeZone: 'Pacific/Honolulu' });
    expect(await closing('2024-07-29')).toMatch(/until 2024-07-30/);
    expect(await closing('soon')).toMatch(/not a day/);
  });

  it('are resolved by rule after the close date, and not before its end on the programme’s clock', async () => {
    const { scene, programme, ada, ben, cai } = await aScene('America/Los_Angeles');
    const { id } = await registered(scene, aClaim(programme));
    await scene.answered(ada, working(), { at: '2024-07-02T10:00:00Z' });
    await scene.answered(ben, working(), { at: '2024-08-16T06:59:59Z' });
    await scene.asked(cai);
    scene.now = new Date('2024-08-16T06:59:59Z');
    expect(await resolvePrediction(scene.ports, id)).toMatchObject({ ok: false, error: { kind: 'too_early' } });
    expect(await resolveDue(scene.ports)).toBe(0);
    scene.now = new Date('2024-08-16T07:00:00Z');
    const done = await resolvePrediction(scene.ports, id);
    expect(done).toMatchObject({
      ok: true,
      value: {
        outcome: 'true',
        resolution: {
          counts: { roster: 3, known: 2, count: 0 },
          bounds: { low: 0, high: 1 / 3 },
          asOf: '2024-08-16T06:59:59.999Z',
        },
      },
    });
    expect(done.ok && done.value.score?.brier).toBeCloseTo(0.04, 12);
  });

  it('stay as they were resolved, whatever is answered later', async () => {
    const { scene, programme, ada, ben, cai } = await aScene();
    const { id } = await registered(scene, aClaim(programme));
    await scene.answered(ada, working());
    scene.now = new Date('2024-08-20T12:00:00Z');
    expect(await resolveDue(scene.ports)).toBe(1);
    expect(await resolveDue(scene.ports)).toBe(0);
    const [first] = await listPredictions(scene.ports, programme);
    expect(first).toMatchObject({
      outcome: 'undecided',
      score: null,
      resolution: { moreAnswersNeeded: 1, resolvedAt: scene.now.toISOString() },
    });
    for (const each of [ben, cai]) await scene.answered(each, working(), { at: '2024-08-21T12:00:00Z' });
    scene.now = new Date('2024-09-01T12:00:00Z');
    expect(await resolvePrediction(scene.ports, id)).toEqual({ ok: true, value: first });
    expect(await scene.problems).toEqual([]);
  });

  it('are decided late on the records of the close date, if nobody was there on it', async () => {
    const { scene, programme, ada, ben } = await aScene();
    await registered(scene, aClaim(programme));
    await scene.answered(ada, working({ track: 'capabilities' }));
    await scene.answered(ben, working({ track: 'capabilities' }), { at: '2024-08-16T00:00:00Z' });
    scene.now = new Date('2024-12-01T12:00:00Z');
    await resolveDue(scene.ports);
    const [resolved] = await listPredictions(scene.ports, programme);
    expect(resolved?.resolution?.counts).toEqual({ roster: 3, known: 1, count: 1 });
  });

  it('count the list they were made on: newcomers do not join it, and who is erased stays in its number', async () => {
    const { scene, programme, cohort, ada, ben } = await aScene();
    await registered(scene, aClaim(programme));
    const newcomer = await scene.alumnus(cohort, { name: 'Dan', addedAt: '2024-03-01T00:00:00Z' });
    for (const each of [ada, ben, newcomer]) await scene.answered(each, working({ track: 'capabilities' }));
    await scene.erases(ben.personId, '2024-08-01T00:00:00Z');
    scene.now = new Date('2024-08-20T12:00:00Z');
    await resolveDue(scene.ports);
    const [resolved] = await listPredictions(scene.ports, programme);
    expect(resolved?.resolution?.counts).toEqual({ roster: 3, known: 1, count: 1 });
  });

  it('are not decided by what an organiser entered, nor by what nobody has checked', async () => {
    const { scene, programme, ada, ben } = await aScene();
    await registered(scene, aClaim(programme));
    await scene.says(await scene.asked(ada), '2024-07-02T10:00:00Z', working(), { basis: 'organiser' });
    await scene.says(await scene.asked(ben), '2024-07-02T10:00:00Z', working(), { basis: 'read' });
    scene.now = new Date('2024-08-20T12:00:00Z');
    await resolveDue(scene.ports);
    const [resolved] = await listPredictions(scene.ports, programme);
    expect(resolved).toMatchObject({ outcome: 'undecided', resolution: { counts: { roster: 3, known: 0, count: 0 } } });
  });

  it('stand in every report on the same people, as they stood by its date', async () => {
    const { scene, programme, ada, ben } = await aScene();
    await scene.cohort(programme, 'ARENA 3.0', '2023-09-30', '2024-06-01T00:00:00Z');
    const { id } = await registered(scene, aClaim(programme));
    for (const each of [ada, ben]) await scene.answered(each, working());
    scene.now = new Date('2024-08-20T12:00:00Z');
    await resolveDue(scene.ports);
    const predictions = async (given: object) => {
      const made = await makeReport(scene.ports, {
        programme,
        audience: 'organisers',
        cohorts: ['ARENA 2.0'],
        waveMonths: 12,
        ...given,
      });
      return made.ok ? made.value.predictions : made.error;
    };
    expect(await predictions({})).toMatchObject([{ id, outcome: 'true', bounds: { low: 0, high: 1 / 3 } }]);
    expect(await predictions({ asOf: '2024-08-01' })).toMatchObject([{ id, outcome: null, bounds: null }]);
    expect(await predictions({ asOf: '2024-01-04' })).toEqual([]);
    expect(await predictions({ waveMonths: 6 })).toMatchObject([{ id, waveMonths: 12 }]);
    expect(await predictions({ cohorts: ['ARENA 2.0', 'ARENA 3.0'] })).toEqual([]);
    expect(await predictions({ audience: 'public' })).toMatchObject([{ id, outcome: null, bounds: null, hidden: true }]);
    expect(Object.keys(((await predictions({})) as object[])[0] ?? {})).not.toContain('memberCommitment');
  });

  it('are scored by author, decided out of all', async () => {
    const { scene, programme, ada, ben } = await aScene();
    await registered(scene, aClaim(programme));
    await registered(scene, aClaim(programme, { comparator: 'more_than', threshold: 0.1 }));
    await registered(scene, aClaim(programme, { author: 'Ada', probability: 0.5 }));
    for (const each of [ada, ben]) await scene.answered(each, working());
    scene.now = new Date('2024-08-20T12:00:00Z');
    await resolveDue(scene.ports);
    expect(scoresByAuthor(await listPredictions(scene.ports, programme))).toMatchObject([
      { author: 'Ada', decided: 1, of: 1, brier: 0.25 },
      { author: 'Callum', decided: 1, of: 2 },
    ]);
  });

  it('carry a change of mind beside them, and are scored as they were first made', async () => {
    const { scene, programme, ada, ben } = await aScene();
    const { id } = await registered(scene, aClaim(programme));
    for (const each of [ada, ben]) await scene.answered(each, working(), { at: '2024-07-02T10:00:00Z' });
    scene.now = new Date('2024-07-03T12:00:00Z');
    const request = { id, probability: 0.99, text: null, reason: ' Two answers are in. ' };
    const amended = await amendPrediction(scene.ports, request);
    expect(amended).toMatchObject({
      ok: true,
      value: {
        probability: 0.8,
        amendments: [
          { by: 'Callum', at: '2024-07-03T12:00:00.000Z', probability: 0.99, reason: 'Two answers are in.', answers: 2 },
        ],
      },
    });
    scene.now = new Date('2024-08-20T12:00:00Z');
    expect(await amendPrediction(scene.ports, request)).toMatchObject({ ok: false, error: { kind: 'too_late' } });
    await resolveDue(scene.ports);
    expect(await amendPrediction(scene.ports, request)).toMatchObject({ ok: false, error: { kind: 'resolved' } });
    const [view] = await listPredictions(scene.ports, programme);
    expect(view).toMatchObject({ outcome: 'true', score: { brier: expect.closeTo(0.04, 12) } });
    expect((await verifyPredictions(scene.ports, programme, null)).chain).toMatchObject({ kind: 'whole', entries: 3 });
  });

  it('are withdrawn for everybody to see, never resolved, and still count among those their author made', async () => {
    const { scene, programme, ada } = await aScene();
    const { id } = await registered(scene, aClaim(programme));
    await registered(scene, aClaim(programme));
    const withdrawn = await withdrawPrediction(scene.ports, { id, reason: null, by: 'Ada' });
    expect(withdrawn).toMatchObject({
      ok: true,
      value: { withdrawnAt: '2024-01-05T12:00:00.000Z', withdrawal: { by: 'Ada', answers: 0 } },
    });
    expect(await withdrawPrediction(scene.ports, { id, reason: null })).toMatchObject({
      ok: false,
      error: { kind: 'withdrawn' },
    });
    expect(await amendPrediction(scene.ports, { id, probability: 0.5, text: null, reason: null })).toMatchObject({ ok: false });
    await scene.answered(ada, working());
    scene.now = new Date('2024-08-20T12:00:00Z');
    expect(await resolveDue(scene.ports)).toBe(1);
    expect(await resolvePrediction(scene.ports, id)).toMatchObject({ ok: false, error: { kind: 'withdrawn' } });
    expect(scoresByAuthor(await listPredictions(scene.ports, programme))).toMatchObject([{ author: 'Callum', of: 2 }]);
  });

  it('stay verifiable when somebody of their list is erased, and tell when the list was changed', async () => {
    const { scene, programme, ada, ben } = await aScene();
    const { id, hash } = await registered(scene, aClaim(programme));
    const verified = () => verifyPredictions(scene.ports, programme, hash);
    expect(await verified()).toMatchObject({
      chain: { kind: 'whole', entries: 1, lastHash: hash },
      lists: [{ id, list: 'fits' }],
      noted: id,
    });
    await scene.db.delete(predictionMembers).where(eq(predictionMembers.personId, ben.personId));
    expect(await verified()).toMatchObject({ lists: [{ list: 'changed' }] });
    await scene.erases(ada.personId, '2024-02-01T00:00:00Z');
    expect(await verified()).toMatchObject({ chain: { kind: 'whole' }, lists: [{ id, list: 'erased' }] });
    expect(JSON.stringify(await scene.ports.predictions.chain(programme.id))).not.toContain('salt');
    expect(await verifyPredictions(scene.ports, programme, 'f'.repeat(64))).toMatchObject({ noted: null });
  });

  it('name the first entry that was tampered with', async () => {
    const { scene, programme } = await aScene();
    const [first, second, third] = [
      await registered(scene, aClaim(programme)),
      await registered(scene, aClaim(programme, { author: 'Ada' })),
      await registered(scene, aClaim(programme, { author: 'Ben' })),
    ];
    const broken = async () => (await verifyPredictions(scene.ports, programme, null)).chain;
    const row = (id: string) => eq(predictionEntries.id, Number(id.slice(1)));
    await scene.db
      .update(predictionEntries)
      .set({ at: new Date('2023-01-01T00:00:00Z') })
      .where(row(third.id));
    expect(await broken()).toEqual({ kind: 'broken', at: 2, id: third.id, why: 'column' });
    const body = { ...((await scene.ports.predictions.chain(programme.id))[1]?.entry ?? {}), probability: 0.1 };
    await scene.db.update(predictionEntries).set({ body }).where(row(second.id));
    expect(await broken()).toEqual({ kind: 'broken', at: 1, id: second.id, why: 'content' });
    await scene.db
      .update(predictionEntries)
      .set({ previousHash: 'f'.repeat(64) })
      .where(row(first.id));
    expect(await broken()).toEqual({ kind: 'broken', at: 0, id: first.id, why: 'link' });
  });

  it('say so where there is none of that id', async () => {
    const { scene } = await aScene();
    for (const id of ['p99', 'x', '']) {
      expect(await showPrediction(scene.ports, id)).toMatchObject({ ok: false, error: { kind: 'no_such_prediction' } });
      expect(await resolvePrediction(scene.ports, id)).toMatchObject({ ok: false, error: { kind: 'no_such_prediction' } });
    }
  });
});
