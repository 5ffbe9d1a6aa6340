import { expect, it } from 'vitest';
import { readLog } from '../../db/programmes.js';
import type { Report } from '../../src/domain/report.js';
import { makeReport, type ReportRequest } from '../../src/flows/report.js';
import { ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

async function reportOf(scene: ReportScene, request: ReportRequest): Promise<Report> {
  const made = await makeReport(scene.ports, request);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

async function refusalOf(scene: ReportScene, request: ReportRequest) {
  const made = await makeReport(scene.ports, request);
  return made.ok ? null : made.error;
}

describeOnBoth('makeReport', (open) => {
  async function aScene() {
    const scene = new ReportScene((await open()).db);
    const programme = await scene.programme();
    const cohort = await scene.cohort(programme);
    const request = { programme, audience: 'organisers' } as const;
    return { scene, programme, cohort, request };
  }

  it('counts everybody of the programme at the newest wave that anybody was asked at', async () => {
    const { scene, cohort, request } = await aScene();
    const [ada, ben, cai, dan] = [
      await scene.alumnus(cohort, { name: 'Ada' }),
      await scene.alumnus(cohort, { name: 'Ben' }),
      await scene.alumnus(cohort, { name: 'Cai' }),
      await scene.alumnus(cohort, { name: 'Dan' }),
    ];
    await scene.answered(ada, working(), { waveMonths: 6, at: '2024-01-05T10:00:00Z' });
    await scene.answered(ada, working({ track: 'capabilities' }));
    await scene.asked(ben);
    await scene.moves(await scene.checkIn(cai), 'stopped', '2024-06-20T10:00:00Z', { asked: false });
    await scene.checkIn(dan, 24);
    const report = await reportOf(scene, request);
    expect(report).toMatchObject({ programme: 'ARENA', cohorts: ['ARENA 2.0'], waveMonths: 12, audience: 'organisers' });
    expect(report.people).toMatchObject({ roster: 4, answered: 1, silent: 1, refused: 1, notAsked: 1, asked: 2, confirmed: 1 });
    expect(report.tracks.capabilities?.main).toMatchObject({ roster: 4, known: 1, count: 1, unclear: 0 });
    expect(report.moves).toEqual([{ from: 'alignment', to: 'capabilities', people: 1 }]);
  });

  it('counts people who are in two pooled cohorts once', async () => {
    const { scene, programme, cohort, request } = await aScene();
    const later = await scene.cohort(programme, 'ARENA 3.0', '2023-09-30');
    const ada = await scene.alumnus(cohort);
    await scene.answered(ada, working());
    await scene.answered(await scene.joins(later, ada.personId), working(), { at: '2024-10-02T10:00:00Z' });
    await scene.alumnus(later, { name: 'Ben' });
    const report = await reportOf(scene, { ...request, cohorts: ['arena 3.0 ', 'ARENA 2.0'] });
    expect(report.cohorts).toEqual(['ARENA 2.0', 'ARENA 3.0']);
    expect(report.people).toMatchObject({ roster: 2, answered: 1, notAsked: 1 });
  });

  it('says the same of yesterday, whatever is stored today', async () => {
    const { scene, programme, cohort, request } = await aScene();
    const [ada, ben] = [await scene.alumnus(cohort), await scene.alumnus(cohort, { name: 'Ben' })];
    await scene.answered(ada, working());
    const asked = await scene.asked(ben);
    scene.now = new Date('2024-07-20T12:00:00Z');
    const before = await reportOf(scene, { ...request, asOf: '2024-07-19' });
    const replyId = await scene.says(asked, '2024-07-20T13:00:00Z', working({ track: 'non_ai' }));
    await scene.card(replyId, '2024-07-20T13:00:10Z');
    await scene.moves(asked, 'answered', '2024-07-20T13:00:00Z');
    await scene.says(asked, '2024-07-20T14:00:00Z', working(), { basis: 'organiser' });
    await scene.asked(ada, 24, '2024-07-20T13:00:00Z');
    const newcomer = await scene.alumnus(cohort, { name: 'Cai', addedAt: '2024-07-20T13:00:00Z' });
    await scene.asked(newcomer, 12, '2024-07-20T13:30:00Z');
    await scene.cohort(programme, 'ARENA 3.0', '2024-01-31', '2024-07-20T13:00:00Z');
    scene.now = new Date('2025-03-01T12:00:00Z');
    expect(await reportOf(scene, { ...request, asOf: '2024-07-19' })).toEqual(before);
    expect((await reportOf(scene, { ...request, waveMonths: 12 })).people.answered).toBe(2);
  });

  it('takes a day to its end on the programme’s clock', async () => {
    const { scene, request } = await aScene();
    const programme = await scene.programme({ timeZone: 'America/Los_Angeles' }, { name: 'MATS' });
    const cohort = await scene.cohort(programme, 'MATS 5');
    await scene.answered(await scene.alumnus(cohort), working(), { at: '2024-07-03T06:59:00Z' });
    const answered = async (asOf: string) =>
      (await reportOf(scene, { ...request, programme, waveMonths: 12, asOf })).people.answered;
    expect(await answered('2024-07-02')).toBe(1);
    expect(await answered('2024-07-02T23:59:00Z')).toBe(0);
    expect(await answered('2024-07-01')).toBe(0);
  });

  it('makes a report of nobody, before the first wave', async () => {
    const { scene, request } = await aScene();
    expect(await reportOf(scene, request)).toMatchObject({ waveMonths: null, people: { roster: 0 } });
    const empty = await scene.programme({}, { name: 'Empty' });
    expect(await reportOf(scene, { ...request, programme: empty })).toMatchObject({ cohorts: [], people: { roster: 0 } });
  });

  it('refuses cohorts and waves that are not there, and says which are', async () => {
    const { scene, request } = await aScene();
    expect(await refusalOf(scene, { ...request, cohorts: ['ARENA 9'] })).toEqual({
      kind: 'no_such_cohort',
      message: 'ARENA has no cohort "ARENA 9". There is ARENA 2.0.',
    });
    expect(await refusalOf(scene, { ...request, waveMonths: 7 })).toEqual({
      kind: 'no_such_wave',
      message: 'There is no wave 7 months after the end. ARENA asks after 3, 6, 12, 24, 36, 48 and 60 months.',
    });
  });

  it('refuses dates that are none, or have not come', async () => {
    const { scene, request } = await aScene();
    for (const asOf of ['soon', '2025-02-30', '2025-01-02']) {
      expect((await refusalOf(scene, { ...request, asOf }))?.kind).toBe('bad_date');
    }
    expect(await refusalOf(scene, { ...request, asOf: '2025-01-01' })).toBeNull();
  });

  it('never gives the public another date than now, nor what anybody does', async () => {
    const { scene, programme, cohort } = await aScene();
    await scene.answered(await scene.alumnus(cohort), working());
    expect((await refusalOf(scene, { programme, audience: 'public', asOf: '2024-12-01' }))?.kind).toBe('as_of_for_public');
    const report = await reportOf(scene, { programme, audience: 'public' });
    expect(report.people.answered).toBe(1);
    expect(report.tracks.alignment?.main).toMatchObject({ hidden: true, count: null });
  });

  it('shows the public large numbers, by the least that the programme has set, and over several cohorts none that is hidden in one', async () => {
    const { scene, programme, cohort } = await aScene();
    const other = await scene.cohort(programme, 'ARENA 3.0', '2023-06-30');
    for (const track of [...Array(6).fill('alignment'), ...Array(3).fill('governance'), 'non_ai'] as const)
      await scene.answered(await scene.alumnus(cohort), working({ track }));
    for (const track of ['alignment', 'alignment', 'alignment', 'non_ai', 'non_ai', 'non_ai'] as const)
      await scene.answered(await scene.alumnus(other), working({ track }));
    const three = { ...programme, settings: { ...programme.settings, minCell: 3 } };
    const tracksOf = async (cohorts: readonly string[]) =>
      (await reportOf(scene, { programme: three, audience: 'public', cohorts })).tracks;
    const first = await tracksOf(['ARENA 2.0']);
    expect(first.non_ai?.main).toMatchObject({ hidden: true, fewerThan: 3 });
    expect(first.field_building?.main).toMatchObject({ count: 0 });
    expect((await tracksOf(['ARENA 3.0'])).non_ai?.main).toMatchObject({ count: 3, known: 6 });
    expect((await tracksOf(['ARENA 2.0', 'ARENA 3.0'])).non_ai?.main).toMatchObject({ hidden: true, count: null, bounds: null });
    const five = await reportOf(scene, { programme, audience: 'public', cohorts: ['ARENA 3.0'] });
    expect(five.tracks.non_ai?.main).toMatchObject({ hidden: true, count: null });
  });

  it('shows the public the same until the answers of k people have changed, or the wave has lapsed', async () => {
    const { scene, programme, cohort } = await aScene();
    const answers = async (at: string) => scene.answered(await scene.alumnus(cohort), working(), { at });
    for (let nth = 0; nth < 6; nth++) await answers('2024-07-02T10:00:00Z');
    const shown = async (at: string, audience: 'public' | 'organisers' = 'public') => {
      scene.now = new Date(at);
      const { people, newAnswers, asOf } = await reportOf(scene, { programme, audience, waveMonths: 12 });
      return { answered: people.answered, newAnswers, asOf };
    };
    expect(await shown('2024-07-03T10:00:00Z')).toMatchObject({ answered: 6, newAnswers: 0 });
    await answers('2024-07-04T10:00:00Z');
    expect(await shown('2024-07-05T10:00:00Z')).toEqual({ answered: 6, newAnswers: 1, asOf: '2024-07-03T10:00:00.000Z' });
    expect(await shown('2024-07-05T10:00:00Z', 'organisers')).toMatchObject({ answered: 7 });
    for (let nth = 0; nth < 4; nth++) await answers('2024-07-06T10:00:00Z');
    expect(await shown('2024-07-07T10:00:00Z')).toMatchObject({ answered: 11, newAnswers: 0 });
    await answers('2024-07-08T10:00:00Z');
    expect(await shown('2024-07-09T10:00:00Z')).toMatchObject({ answered: 11, newAnswers: 1 });
    expect(await shown('2024-08-20T10:00:00Z')).toMatchObject({ answered: 12, newAnswers: 0 });
  });

  it('writes down which organiser looked at what, and nothing for the public', async () => {
    const { scene, programme, cohort, request } = await aScene();
    await scene.asked(await scene.alumnus(cohort));
    await reportOf(scene, { ...request, openedBy: 'slack:U1' });
    await reportOf(scene, { programme, audience: 'public', openedBy: 'slack:U2' });
    await reportOf(scene, request);
    expect(await readLog(scene.db, programme.id, 10)).toMatchObject([
      { actor: 'slack:U1', what: 'report_opened', detail: { cohortIds: [cohort.id], waveMonths: 12 }, at: scene.now },
    ]);
  });
});

describeOnBoth('a report of real conversations', (open) => {
  it('follows them from the question to the confirmed answer', async () => {
    const world = new World(await open(), '2025-08-01T09:00:00Z');
    const people = [
      { name: 'Ada', slack: 'U1' },
      { name: 'Ben', slack: 'U2' },
      { name: 'Cai', slack: 'U3' },
    ];
    const { programme } = await world.cohort('2025-06-30', people, { spreadMs: 0 });
    const scene = new ReportScene(world.test.db);
    const peopleAt = async (asOf?: string) => {
      scene.now = world.time;
      return (await reportOf(scene, { programme, audience: 'organisers', ...(asOf ? { asOf } : {}) })).people;
    };
    await world.until('2025-09-30T10:05:00Z');
    expect(await peopleAt()).toMatchObject({ roster: 3, asked: 3, silent: 3 });
    const card = await world.answers('U1', 'I work full time as an alignment researcher at Redwood Research since August.');
    expect(await peopleAt()).toMatchObject({ answered: 0, partial: 1, silent: 2 });
    await world.presses('U1', card, 'track', { value: 'alignment' });
    await world.presses('U1', card, 'right');
    await world.answers('U2', 'stop');
    expect(await peopleAt()).toMatchObject({ answered: 1, partial: 0, refused: 1, silent: 1, asked: 3, confirmed: 1 });
    expect(await peopleAt('2025-09-29')).toMatchObject({ roster: 3, asked: 0, notAsked: 3 });
    const report = await reportOf(scene, { programme, audience: 'organisers' });
    expect(report.tracks.alignment?.main).toMatchObject({ roster: 3, known: 1, count: 1 });
  });
});
