import { expect, it } from 'vitest';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1', timeZone: 'Europe/Stockholm' };
const ASKED = '2023-10-04T00:00:00Z';

describeOnBoth('waves, news and silence', (open) => {
  const start = async (waves: readonly number[]) => {
    const world = new World(await open(), '2023-07-03T00:00:00Z');
    const made = await world.cohort('2023-06-30', [MARA], { waves });
    return { world, ...made };
  };
  const questionsTo = (world: World) =>
    world.messenger.to('U1').filter((each) => wordsIn(each.message).includes('[Nothing changed]'));

  it('counts an answer after the lapse for its wave until the next one opens', async () => {
    const { world } = await start([3, 6]);
    await world.until('2023-11-20T00:00:00Z');
    expect(await world.stateOf('Mara Lind', 3)).toBe('lapsed');
    await world.answers('U1', 'Sorry for the delay! I joined METR as a researcher.');
    expect(await world.stateOf('Mara Lind', 3)).toBe('answered');
    await world.until('2024-01-05T00:00:00Z');
    expect(await world.stateOf('Mara Lind', 6)).toBe('delivered');
  });

  it('counts news that nobody asked for within 28 days of a wave, and then does not ask', async () => {
    const { world } = await start([3, 6]);
    await world.until('2023-09-10T00:00:00Z');
    await world.answers('U1', 'News: I started at METR as a researcher.');
    expect(await world.stateOf('Mara Lind', 3)).toBe('answered');
    await world.until('2023-11-10T00:00:00Z');
    expect(questionsTo(world)).toHaveLength(0);
    await world.until('2024-01-05T00:00:00Z');
    expect(questionsTo(world)).toHaveLength(1);
  });

  it('plans the wave again where such news is taken back', async () => {
    const { world } = await start([3]);
    await world.until('2023-09-10T00:00:00Z');
    const card = await world.answers('U1', 'News: I started at METR as a researcher.');
    await world.presses('U1', card, 'undo');
    expect(await world.stateOf('Mara Lind', 3)).toBe('planned');
    await world.until(ASKED);
    expect(await world.stateOf('Mara Lind', 3)).toBe('delivered');
  });

  it('holds the question back while somebody is writing what may answer it', async () => {
    const { world } = await start([3]);
    await world.until('2023-10-01T00:00:00Z');
    const { sql } = await import('drizzle-orm');
    const due = (await world.test.db.execute(sql`select due_at from check_ins`)) as unknown as {
      rows: { due_at: string | Date }[];
    };
    world.time = new Date(new Date(due.rows[0]?.due_at ?? 0).getTime() - 10_000);
    await world.says('U1', 'I started at METR as a researcher.');
    await world.pass(15_000);
    await world.pass(60_000);
    await world.until('2023-10-10T00:00:00Z');
    expect(questionsTo(world)).toHaveLength(0);
    expect(await world.stateOf('Mara Lind', 3)).toBe('answered');
  });

  it('stops reminding once something came in, even where it could not be read', async () => {
    const { world } = await start([3]);
    await world.until(ASKED);
    await world.answers('U1', '👍');
    const sent = world.messenger.to('U1').length;
    await world.until('2023-10-25T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(sent);
    expect(await world.stateOf('Mara Lind', 3)).toBe('delivered');
    await world.until('2023-11-15T00:00:00Z');
    expect(await world.stateOf('Mara Lind', 3)).toBe('lapsed');
  });

  it('asks once about two cohorts of one programme, and gives each its own time', async () => {
    const world = new World(await open(), '2023-07-03T00:00:00Z');
    await world.cohort('2022-10-01', [MARA], { waves: [3, 12] }, { programme: 'ARENA', cohort: 'ARENA 1.0' });
    await world.cohort('2023-06-30', [MARA], { waves: [3, 12] }, { programme: 'ARENA', cohort: 'ARENA 2.0' });
    await world.until('2023-10-20T00:00:00Z');
    expect(world.messenger.to('U1').filter((each) => wordsIn(each.message).includes('It has been'))).toHaveLength(1);
    const words = wordsIn(world.messenger.to('U1')[0]?.message ?? { parts: [] });
    expect(words).toContain('a year since ARENA 1.0');
    expect(words).toContain('three months since ARENA 2.0');
  });

  it('neither asks nor reminds once the programme is archived, and lets the check-in lapse', async () => {
    const { world, programme } = await start([3, 6]);
    await world.until(ASKED);
    await world.ports.programmes.archiveProgramme(programme.id, world.time);
    await world.until('2024-02-10T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(1);
    expect((await world.checkIns()).map((each) => each.state)).toEqual(['lapsed', 'not_asked']);
  });

  it('neither asks nor reminds while the cohort is paused, and goes on afterwards', async () => {
    const { world, cohort } = await start([3]);
    await world.ports.programmes.markCohort(cohort.id, 'pause', world.time);
    await world.until('2023-10-10T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(0);
    await world.ports.programmes.markCohort(cohort.id, 'resume', world.time);
    await world.tick();
    await world.until('2023-10-14T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(1);
  });
});
