import { expect, it } from 'vitest';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1', timeZone: 'Europe/Stockholm' };
const TOM = { name: 'Tom Okafor', slack: 'U2', timeZone: 'America/New_York' };

describeOnBoth('a year of two alumni', (open) => {
  it('asks once a wave inside the window, reminds twice, and lets the check-in lapse', async () => {
    const world = new World(await open(), '2023-07-03T00:00:00Z');
    await world.cohort('2023-06-30', [MARA, TOM], { waves: [3, 12] });
    await world.until('2023-11-20T00:00:00Z');
    const sent = world.messenger.to('U2');
    expect(sent).toHaveLength(3);
    for (const { at } of sent) {
      const local = new Intl.DateTimeFormat('en-GB', {
        timeZone: 'America/New_York',
        hour: '2-digit',
        weekday: 'short',
        hourCycle: 'h23',
      }).formatToParts(at);
      const hour = Number(local.find((part) => part.type === 'hour')?.value);
      expect(hour).toBeGreaterThanOrEqual(10);
      expect(hour).toBeLessThan(16);
      expect(['Sat', 'Sun']).not.toContain(local.find((part) => part.type === 'weekday')?.value);
    }
    expect(await world.stateOf('Tom Okafor', 3)).toBe('lapsed');
    expect(wordsIn(sent[2]?.message ?? { parts: [] })).toContain('I will not ask again this time');
  });

  it('turns an answer into a card, takes a correction in words, and saves it on a tap', async () => {
    const world = new World(await open(), '2023-07-03T00:00:00Z');
    await world.cohort('2023-06-30', [MARA], { waves: [3, 12] });
    await world.until('2023-10-04T00:00:00Z');
    const question = world.last('U1');
    expect(wordsIn(question.message)).toContain('It has been three months since ARENA 2.0 ended.');
    const card = await world.answers('U1', 'EleutherAI hired me in August, full time, for interpretability.');
    expect(wordsIn(card.message)).toContain('EleutherAI');
    expect(await world.stateOf('Mara Lind', 3)).toBe('answered');
    const again = await world.answers('U1', "no, it's part time");
    expect(again.ref).toBe(card.ref);
    expect(wordsIn(again.message)).toContain('part time');
    await world.presses('U1', card, 'right');
    expect(wordsIn(card.message)).toContain('Saved, thank you.');
    await world.presses('U1', card, 'names', { choice: 'named' });
    await world.presses('U1', card, 'influence', { value: '4' });
    const thanks = world.messenger.to('U1').length;
    await world.answers('U1', 'Thanks!');
    expect(world.messenger.to('U1')).toHaveLength(thanks);
    await world.until('2024-07-03T00:00:00Z');
    expect(wordsIn(world.last('U1').message)).toContain('Last time (October 2023)');
  });

  it('ends for good on one word, and nothing more goes out', async () => {
    const world = new World(await open(), '2023-07-03T00:00:00Z');
    await world.cohort('2023-06-30', [MARA], { waves: [3, 6, 12] });
    await world.until('2023-10-04T00:00:00Z');
    await world.says('U1', 'stop');
    await world.tick();
    const until = world.messenger.to('U1').length;
    await world.until('2024-08-01T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(until);
    expect((await world.checkIns()).map((each) => each.state)).toEqual(['stopped', 'stopped', 'stopped']);
  });

  it('erases everything on a word and a yes, takes its own messages back, and says goodbye', async () => {
    const world = new World(await open(), '2023-07-03T00:00:00Z');
    await world.cohort('2023-06-30', [MARA, TOM], { waves: [3] });
    await world.until('2023-10-04T00:00:00Z');
    const card = await world.answers('U1', 'I am a research engineer at Redwood Research.');
    await world.presses('U1', card, 'right');
    await world.says('U1', 'erase');
    await world.tick();
    const asked = world.last('U1');
    await world.presses('U1', asked, 'erase', { choice: 'yes' });
    await world.tick();
    const all = world.messenger.to('U1');
    expect(all.filter((each) => !each.isRemoved)).toHaveLength(1);
    expect(wordsIn(world.last('U1').message)).toContain('Everything I held about you is erased');
    expect((await world.checkIns()).map((each) => [each.alumnus, each.state])).toEqual([
      [null, 'erased'],
      ['Tom Okafor', 'delivered'],
    ]);
  });
});
