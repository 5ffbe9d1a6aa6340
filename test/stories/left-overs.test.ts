import { expect, it } from 'vitest';
import { reportStoreIn } from '../../db/reports.js';
import { groupOf, type PeopleGroup } from '../../src/domain/partition.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1', timeZone: 'Europe/Stockholm' };
const WORK = 'I joined Redwood Research as a research engineer in August.';
const DAY_MS = 86_400_000;

describeOnBoth('answers that say little', (open) => {
  const asked = async () => {
    const world = new World(await open(), '2023-09-25T00:00:00Z');
    const { programme, cohort } = await world.cohort('2023-06-30', [MARA], { waves: [3] });
    await world.until('2023-10-04T00:00:00Z');
    const group = async (): Promise<PeopleGroup | null> => {
      const query = { programmeId: programme.id, cohortIds: [cohort.id], waveMonths: 3, asOf: world.time, batch: 10 };
      for await (const person of reportStoreIn(world.test.db).peopleAtWave(query)) return groupOf(person);
      return null;
    };
    return { world, group };
  };

  it.each(['ok', '👍', 'Здравствуйте, я на месте'])(
    'count as unclear, not as silence, and end the reminders: %s',
    async (text) => {
      const { world, group } = await asked();
      expect(await group()).toBe('silent');
      expect(wordsIn((await world.answers('U1', text)).message)).toContain('Which comes closest to what you do now?');
      expect(await group()).toBe('partial');
      const sent = world.messenger.to('U1').length;
      await world.pass(12 * DAY_MS);
      expect(world.messenger.to('U1')).toHaveLength(sent);
      const card = world.last('U1');
      await world.presses('U1', card, 'track', { value: 'alignment' });
      await world.presses('U1', card, 'right');
      expect(await world.stateOf('Mara Lind', 3)).toBe('answered');
      expect(await group()).toBe('answered');
    },
  );

  it('are answered shortly beside a card that waits', async () => {
    const { world } = await asked();
    const card = await world.answers('U1', WORK);
    const before = wordsIn(card.message);
    expect(wordsIn((await world.answers('U1', '🙂')).message)).toContain('The card above stands as it is');
    expect(wordsIn(card.message)).toBe(before);
    await world.pass(60_000);
    expect(world.messenger.to('U1')).toHaveLength(3);
  });

  it('leave what was taken back alone, and say so', async () => {
    const { world } = await asked();
    const id = await world.says('U1', WORK);
    await world.pass(46_000);
    await world.presses('U1', world.last('U1'), 'undo');
    await world.edits('U1', id, `${WORK} Part time.`);
    await world.pass(46_000);
    expect(wordsIn(world.last('U1').message)).toContain('You took that back, so I leave it be.');
    expect(wordsIn((await world.answers('U1', WORK)).message)).toContain('This is what I understood:');
  });
});
