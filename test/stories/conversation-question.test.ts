import { expect, it } from 'vitest';
import { controlsIn, wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1', timeZone: 'Europe/Stockholm' };
const ASKED = '2023-10-04T00:00:00Z';

describeOnBoth('the question', (open) => {
  const start = async (waves: readonly number[]) => {
    const world = new World(await open(), '2023-07-03T00:00:00Z');
    const made = await world.cohort('2023-06-30', [MARA], { waves });
    return { world, ...made };
  };
  it('says with the first message who asks, why, and how to leave, and never again', async () => {
    const { world } = await start([3, 6]);
    await world.until(ASKED);
    const first = wordsIn(world.last('U1').message);
    expect(first).toMatch(/^Hi Mara\.\nI am Afterwards, a bot\. The organisers of ARENA asked me/);
    expect(first).toContain('your address comes from their list');
    expect(first).toContain('with at most two reminders each time');
    expect(first).toContain('No language model reads what you write');
    expect(first).toContain('Write “stop” and I never write again');
    expect(first).toContain('[Tell me more]');
    expect(first).toContain('[Nothing changed] [Ask me later] [Stop these]');
    const { answer } = await world.presses('U1', world.last('U1'), 'more');
    expect(wordsIn(answer ?? { parts: [] })).toContain(
      'ARENA 2.0 ended on 30 June 2023. I ask one question after three months and six months',
    );

    await world.presses('U1', world.last('U1'), 'later', { value: 'two_weeks' });
    await world.until('2023-10-20T00:00:00Z');
    const again = world.messenger.to('U1');
    expect(again).toHaveLength(2);
    expect(wordsIn(world.last('U1').message)).not.toContain('I am Afterwards');
    expect(wordsIn(world.last('U1').message)).toMatch(/^Hi Mara\. You asked me to come back around now\. This is about ARENA\./);
    await world.until('2024-01-05T00:00:00Z');
    expect(
      again
        .slice(1)
        .map((each) => wordsIn(each.message))
        .join('\n'),
    ).not.toContain('I am Afterwards');
  });

  it('repeats in one line what was last known, and keeps saying so after the answer', async () => {
    const { world } = await start([3, 6]);
    await world.until(ASKED);
    const card = await world.answers('U1', 'I joined Redwood Research as a research engineer in August.');
    await world.presses('U1', card, 'right');
    await world.until('2024-01-05T00:00:00Z');
    const question = world.last('U1');
    expect(wordsIn(question.message)).toContain('Last time (October 2023): ');
    expect(wordsIn(question.message)).toContain('Redwood Research');
    await world.answers('U1', 'I work at the Swedish tax agency now, in accounting.');
    expect(wordsIn(question.message)).toContain('Answered, thank you.');
    expect(wordsIn(question.message)).toContain('Last time (October 2023): ');
    expect(wordsIn(question.message)).not.toContain('tax agency');
  });

  it('counts "Nothing changed" as an answer, once however often it is pressed, and nobody is reminded', async () => {
    const { world } = await start([3, 6]);
    await world.until(ASKED);
    const card = await world.answers('U1', 'I joined Redwood Research as a research engineer in August.');
    await world.presses('U1', card, 'right');
    await world.until('2024-01-05T00:00:00Z');
    const question = world.last('U1');
    await world.presses('U1', question, 'no_change', { eventId: 'twice' });
    expect(await world.stateOf('Mara Lind', 6)).toBe('answered');
    expect(wordsIn(world.last('U1').message)).toContain('Noted: nothing changed. Thank you.');
    const sent = world.messenger.to('U1').length;
    const key = question.key;
    const { takeInPress } = await import('../../src/flows/take-in.js');
    for (const eventId of ['twice', 'thrice']) {
      const ref = { verb: 'no_change', key, choice: null } as const;
      await takeInPress(world.ports, { from: { platform: 'slack', id: 'U1' }, eventId, ref, value: null });
    }
    await world.until('2024-03-01T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(sent);
  });

  it('asks for words where "Nothing changed" has nothing to carry forward', async () => {
    const { world } = await start([3]);
    await world.until(ASKED);
    const { answer } = await world.presses('U1', world.last('U1'), 'no_change');
    expect(wordsIn(answer ?? { parts: [] })).toContain('I have nothing from before to carry forward.');
    expect(await world.stateOf('Mara Lind', 3)).toBe('delivered');
    const sent = world.messenger.to('U1').length;
    await world.until('2023-11-01T00:00:00Z');
    const reminders = world.messenger.to('U1').slice(sent);
    expect(reminders).toHaveLength(2);
    for (const { message } of reminders) expect(wordsIn(message)).not.toContain('counts too');
  });

  it('counts a press on an old question for the open wave, and the old message says so', async () => {
    const { world } = await start([3, 6]);
    await world.until('2023-09-01T00:00:00Z');
    const card = await world.answers('U1', 'I joined Redwood Research as a research engineer in August.');
    await world.presses('U1', card, 'right');
    await world.until(ASKED);
    const old = world.last('U1');
    await world.until('2024-01-05T00:00:00Z');
    expect(await world.stateOf('Mara Lind', 3)).toBe('lapsed');
    await world.presses('U1', old, 'no_change');
    expect(await world.stateOf('Mara Lind', 6)).toBe('answered');
    expect(await world.stateOf('Mara Lind', 3)).toBe('lapsed');
    expect(wordsIn(old.message)).toContain('A newer question has come since');
    expect(controlsIn(old.message).map((each) => each.id.split(':')[1])).not.toContain('no_change');
  });
});
