import { expect, it } from 'vitest';
import { cohortsNamed } from '../../src/domain/compare-command.js';
import { makeReport } from '../../src/flows/report.js';
import { wordsIn } from '../support/fake-messenger.js';
import { ADA, organiserDesk } from '../support/organiser-desk.js';
import { ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

it.each([
  [['ARENA', '2.0', 'arena', '3.0'], { cohorts: ['ARENA 2.0', 'ARENA 3.0'], waveMonths: null }],
  [['ARENA 2.0', 'ARENA', '3.0', '12'], { cohorts: ['ARENA 2.0', 'ARENA 3.0'], waveMonths: 12 }],
  [['6'], { cohorts: [], waveMonths: 6 }],
  [[], { cohorts: [], waveMonths: null }],
])('reads the cohorts and the wave in %j', (words, value) => {
  expect(cohortsNamed(words, ['ARENA', 'ARENA 2.0', 'ARENA 3.0'])).toEqual({ ok: true, value });
});

it('gives back the words that name no cohort', () => {
  expect(cohortsNamed(['ARENA', '2.0', 'ARENA', '9.0'], ['ARENA 2.0', 'ARENA 3.0'])).toEqual({ ok: false, error: 'ARENA 9.0' });
});

describeOnBoth('cohorts side by side, for an organiser', (open) => {
  async function aDesk() {
    const test = await open();
    const desk = await organiserDesk(test);
    const scene = new ReportScene(test.db);
    scene.now = desk.world.time;
    desk.ports.numbers.report = (wanted) => makeReport(scene.ports, wanted);
    return { ...desk, scene };
  }

  it('are set beside each other with their numbers, and that they were opened is in the log', async () => {
    const { scene, programme, says, log } = await aDesk();
    const later = await scene.cohort(programme, 'ARENA 3.0', '2024-02-01', '2024-01-01T00:00:00Z');
    for (let nth = 0; nth < 5; nth += 1)
      await scene.answered(await scene.alumnus(later), working(), { waveMonths: 3, at: '2024-05-03T10:00:00Z' });
    const all = await says('compare');
    expect(all).toContain('WHO ANSWERED');
    expect(all).toMatch(/ARENA 3\.0 +5 +5 +5/);
    expect(all).toMatch(/ARENA 2\.0 +3 +0 +0/);
    expect(await says('compare "ARENA 3.0" "ARENA 2.0" --wave 3')).toMatch(/ARENA 3\.0 +5 of 5/);
    const opened = (await log()).filter(({ what }) => what === 'report_opened');
    expect(opened).toHaveLength(4);
    expect(opened[0]?.actor).toBe(`${ADA.platform}:${ADA.id}`);
  });

  it('come as files into the direct messages of whoever asks, once however often the platform tells of it', async () => {
    const { asks, says, world } = await aDesk();
    expect(await says('export')).toContain('send them to you alone in a direct message');
    await asks('export', ADA, { eventId: 'again' });
    await asks('export', ADA, { eventId: 'again' });
    await world.tick();
    const sent = world.messenger.to('UADA').filter(({ message }) => wordsIn(message).includes('[export of ARENA]'));
    expect(sent).toHaveLength(2);
  });

  it('are got on the command line by whoever sits at it', async () => {
    const { says } = await aDesk();
    const atTheTerminal = { platform: 'terminal', id: 'organiser' } as const;
    expect(await says('export', atTheTerminal)).toContain('afterwards export "ARENA" --out answers');
  });

  it('need to be two, of those that there are, at a wave that is asked at', async () => {
    const { scene, programme, says } = await aDesk();
    expect(await says('compare')).toContain('at least two cohorts');
    await scene.cohort(programme, 'ARENA 3.0', '2024-02-01');
    expect(await says('compare "ARENA 2.0"')).toContain('at least two cohorts');
    expect(await says('compare "ARENA 2.0" "ARENA 4.0"')).toContain('no cohort “ARENA 4.0”');
    expect(await says('compare 7')).toContain('no wave 7 months after the end');
    expect(await says('compare --wave soon')).toContain('soon');
  });
});
