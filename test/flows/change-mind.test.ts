import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { amendPrediction, verifyPredictions, withdrawPrediction } from '../../src/flows/change-prediction.js';
import { listPredictions, registerPrediction } from '../../src/flows/predict.js';
import { organiserDesk, saidIn } from '../support/organiser-desk.js';
import { ReportScene } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

const GRACE = { platform: 'slack', id: 'UGRACE' } as const;
const FORECAST =
  'predict --cohort "ARENA 2.0" --wave 6 --track capabilities --less-than 10% --probability 80% --closes 2025-03-01';

describeOnBoth('an organiser who predicts from a chat', (open) => {
  async function aDesk() {
    const test = await open();
    const desk = await organiserDesk(test);
    const scene = new ReportScene(test.db);
    scene.now = desk.world.time;
    await desk.world.ports.programmes.addOrganiser(desk.programme.id, { kind: 'account', account: GRACE }, desk.world.time);
    Object.assign(desk.ports.numbers, {
      predict: (request: never) =>
        registerPrediction(scene.ports, { ...(request as object), codebookVersion: 'C', readerVersion: '1' } as never),
      predictions: (programme: never) => listPredictions(scene.ports, programme),
      amend: (change: never) => amendPrediction(scene.ports, change),
      withdraw: (change: never) => withdrawPrediction(scene.ports, change),
      verify: (programme: never, hash: string | null) => verifyPredictions(scene.ports, programme, hash),
    });
    expect(await desk.says(FORECAST)).toContain(
      'On record as p1: slack:UADA is 80% sure of less than 10% mainly in capabilities',
    );
    return { ...desk, db: test.db };
  }

  it('is given the words to publish, with the hash', async () => {
    const { says } = await aDesk();
    const shown = await says('predict show P1');
    expect(shown).toContain('To put anywhere public before the answers come in:');
    expect(shown).toMatch(/SHA-256 [0-9a-f]{64}/);
    expect(await says('predict show p7')).toContain('ARENA has no prediction “p7”');
    expect(await says('predict show')).toContain('Which prediction?');
  });

  it('changes their mind in words or by a form, beside what was said first', async () => {
    const { says, asks, fills } = await aDesk();
    expect(await says('predict amend p1 --probability 60% --reason "two of them joined a lab"')).toMatch(
      /Amended on .* by slack:UADA, with 0 answers in: now 60% sure\. “two of them joined a lab” It is scored as it was first made\./,
    );
    const { form } = await asks('predict amend p1');
    expect(saidIn(await fills(form, {}))).toContain('Say how sure you are now');
    expect(saidIn(await fills(form, { probability: '110%' }))).toContain('"probability"');
    expect(saidIn(await fills(form, { text: 'Hardly any of them' }))).toContain('now in these words: “Hardly any of them”');
    const all = await says('predictions');
    expect(all).toContain('80% sure');
    expect(all).toContain('now 60% sure');
    expect(all).toContain('decided 0 of 1');
  });

  it('withdraws it for everybody to see, and nobody else can', async () => {
    const { says, asks, fills } = await aDesk();
    expect(await says('predict withdraw p1', GRACE)).toContain('p1 is slack:UADA’s own');
    const { form } = await asks('predict amend p1', GRACE);
    expect(saidIn(await fills(form, { change: 'withdraw' }, { from: GRACE }))).toContain('slack:UADA’s own');
    expect(await says('predict withdraw p1 --reason "wrong cohort"')).toContain('“wrong cohort”');
    expect(await says('predict amend p1 --probability 10%')).toContain('was withdrawn, and stays so');
  });

  it('follows the chain, and is told the first link that is broken', async () => {
    const { says, db } = await aDesk();
    await says('predict amend p1 --probability 60%');
    await says(FORECAST);
    expect(await says('predict verify')).toContain('The chain is whole: 3 entries');
    expect(await says(`predict verify ${'0'.repeat(64)}`)).toContain('No entry bears the hash that you noted.');
    await db.execute(
      sql`update prediction_entries set body = (body::jsonb || '{"probability": 0.1}'::jsonb)::json where sequence = 2`,
    );
    expect(await says('predict verify')).toMatch(/The chain is broken, first at \S+ \(entry 2\): it is not what was hashed/);
  });
});
