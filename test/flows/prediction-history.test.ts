import { expect, it } from 'vitest';
import { boundsPicture } from '../../src/domain/bounds-picture.js';
import { registerPrediction } from '../../src/flows/predict.js';
import { boundsOverTime } from '../../src/flows/prediction-history.js';
import { ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

describeOnBoth('what was known of a prediction, over time', (open) => {
  it('closes in as people answer, on the list that was committed to, and shrinks again where one is erased', async () => {
    const scene = new ReportScene((await open()).db);
    const programme = await scene.programme();
    const cohort = await scene.cohort(programme);
    const people = [];
    for (const name of ['Ada', 'Ben', 'Cai', 'Dora']) people.push(await scene.alumnus(cohort, { name }));
    const [ada, ben, cai] = people;
    if (!ada || !ben || !cai) throw new Error('there are four');
    scene.now = new Date('2024-06-20T00:00:00Z');
    const made = await registerPrediction(scene.ports, {
      programme,
      cohorts: ['ARENA 2.0'],
      waveMonths: 12,
      class: { track: 'capabilities', scope: 'main' },
      comparator: 'less_than',
      threshold: 0.5,
      probability: 0.8,
      closesOn: '2024-08-05',
      author: 'Callum',
      seenData: false,
      codebookVersion: '1',
      readerVersion: '1',
    });
    if (!made.ok) throw new Error(made.error.message);
    await scene.answered(ada, working({ track: 'capabilities' }), { at: '2024-07-03T10:00:00Z' });
    await scene.answered(ben, working({ track: 'alignment' }), { at: '2024-07-20T10:00:00Z' });
    await scene.answered(await scene.alumnus(cohort, { name: 'Late', addedAt: '2024-07-01T00:00:00Z' }), working());
    const registered = await scene.ports.predictions.find(made.value.id);
    if (!registered) throw new Error('it was registered');

    const points = await boundsOverTime(scene.ports, registered, new Date('2024-09-01T00:00:00Z'));
    expect(points).toHaveLength(10);
    expect(points[0]).toEqual({ day: '2024-06-30', roster: 4, known: 0, count: 0 });
    expect(points.find(({ day }) => day === '2024-07-08')).toEqual({ day: '2024-07-08', roster: 4, known: 1, count: 1 });
    expect(points.at(-1)).toEqual({ day: '2024-08-05', roster: 4, known: 2, count: 1 });

    const picture = boundsPicture(registered.reported, points);
    expect(picture).toMatchObject({ kind: 'bounds', threshold: 2, thresholdLabel: 'fewer than 2 of 4 makes it true' });
    expect(picture?.alt).toContain('30 June 2024: 0 to 4.');
    expect(picture?.alt).toContain('5 August 2024: 1 to 3.');
    expect(picture?.alt).not.toContain('%');

    await scene.erases(ada.personId, '2024-08-10T00:00:00Z');
    const after = await boundsOverTime(scene.ports, registered, new Date('2024-09-01T00:00:00Z'));
    expect(after.at(-1)).toEqual({ day: '2024-08-05', roster: 4, known: 1, count: 0 });
  });

  it('is a line before anything was asked, and nothing on the day on which it was made', async () => {
    const scene = new ReportScene((await open()).db);
    const programme = await scene.programme();
    await scene.alumnus(await scene.cohort(programme));
    scene.now = new Date('2024-05-20T00:00:00Z');
    const made = await registerPrediction(scene.ports, {
      programme,
      cohorts: ['ARENA 2.0'],
      waveMonths: 12,
      class: { track: 'capabilities', scope: 'main' },
      comparator: 'more_than',
      threshold: 0.5,
      probability: 0.8,
      closesOn: '2024-08-05',
      author: 'Callum',
      seenData: false,
      codebookVersion: '1',
      readerVersion: '1',
    });
    if (!made.ok) throw new Error(made.error.message);
    const registered = await scene.ports.predictions.find(made.value.id);
    if (!registered) throw new Error('it was registered');
    const at = async (now: string) =>
      boundsPicture(registered.reported, await boundsOverTime(scene.ports, registered, new Date(now)));
    expect(await at('2024-05-20T12:00:00Z')).toBeNull();
    expect((await at('2024-05-22T12:00:00Z'))?.alt).toContain('20 May 2024: 0 to 1. 21 May 2024: 0 to 1. 22 May 2024: 0 to 1.');
  });
});
