import { expect, it } from 'vitest';
import { accounts } from '../../db/schema.js';
import { showHome } from '../../src/flows/home.js';
import { makeReport } from '../../src/flows/report.js';
import { wordsIn } from '../support/fake-messenger.js';
import { ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const ADA = { platform: 'slack', id: 'UADA' } as const;

describeOnBoth('what somebody sees at home of their cohort', (open) => {
  /** Ada has answered, and so have others; `minCell` is the programme's own. */
  async function atHome({ inAlignment = 6, inGovernance = 0, inFields = 0, unasked = 3, minCell = 5, hasAnswered = true } = {}) {
    const test = await open();
    const world = new World(test, '2024-07-10T10:00:00Z');
    const scene = new ReportScene(test.db);
    scene.now = world.time;
    const programme = await scene.programme({ minCell });
    const cohort = await scene.cohort(programme);
    const ada = await scene.alumnus(cohort);
    await test.db
      .insert(accounts)
      .values({ personId: ada.personId, platform: ADA.platform, account: ADA.id, linkedAt: world.time });
    for (let nth = hasAnswered ? 0 : 1; nth < inAlignment + inGovernance + inFields; nth += 1)
      await scene.answered(
        nth === 0 ? ada : await scene.alumnus(cohort),
        working({ track: nth < inAlignment ? 'alignment' : nth < inAlignment + inGovernance ? 'governance' : 'field_building' }),
      );
    for (let nth = 0; nth < unasked; nth += 1) await scene.alumnus(cohort);
    const publicReport = async (...[about, name, waveMonths]: Parameters<Parameters<typeof showHome>[0]['publicReport']>) => {
      const made = await makeReport(scene.ports, { programme: about, cohorts: [name], waveMonths, audience: 'public' });
      return made.ok ? made.value : null;
    };
    return wordsIn(await showHome({ ...world.ports, publicReport }, ADA));
  }

  it('is the public picture, once they have answered', async () => {
    const home = await atHome({ inAlignment: 6, inGovernance: 6 });
    expect(home).toContain('12 of 12 have answered');
    expect(home).toContain('alignment: 6 of 12 known');
    expect(home).toContain('governance: 6 of 12 known');
  });

  it('has words for what is hidden from everybody', async () => {
    const home = await atHome({ inAlignment: 6, inGovernance: 2 });
    expect(home).toContain('What they mainly do is not shown');
    expect(home).not.toMatch(/(alignment|governance): \d/);
  });

  it('says of a class of a few that it is one, and of those that would tell its number nothing', async () => {
    const home = await atHome({ inAlignment: 7, inGovernance: 6, inFields: 2 });
    expect(home).toContain('field building: fewer than 5');
    expect(home).toMatch(/not shown, since the rest would follow from it/);
    expect(home).not.toMatch(/field building: \d/);
  });

  it('is no number that the programme lets its own organisers see alone', async () => {
    expect(await atHome({ inAlignment: 6, inGovernance: 2, minCell: 1 })).not.toContain('governance:');
  });

  it('is nothing before they have answered', async () => {
    expect(await atHome({ hasAnswered: false })).not.toMatch(/have answered|alignment:/);
  });
});
