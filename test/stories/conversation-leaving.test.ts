import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { settleReplies } from '../../src/flows/settle-replies.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1', timeZone: 'Europe/Stockholm', email: 'mara@example.org' };
const TOM = { name: 'Tom Okafor', slack: 'U2', timeZone: 'Europe/London' };
const ASKED = '2023-10-04T00:00:00Z';
const WORK = 'I joined Redwood Research as a research engineer in August.';

describeOnBoth('leaving, pausing and coming back', (open) => {
  const asked = async (waves: readonly number[] = [3]) => {
    const world = new World(await open(), '2023-09-25T00:00:00Z');
    const made = await world.cohort('2023-06-30', [MARA], { waves });
    await world.until(ASKED);
    return Object.assign(world, { made });
  };
  const states = async (world: World) => (await world.checkIns()).map((each) => each.state);
  const sentTo = (world: World, account = 'U1') => world.messenger.to(account).length;

  it('ends both of two programmes on a bare stop, at once, and says so', async () => {
    const world = await asked([3, 6]);
    await world.cohort('2023-05-31', [MARA], { waves: [12] }, { programme: 'MATS', cohort: 'MATS 4' });
    await world.says('U1', 'Stop.');
    await world.tick();
    expect(wordsIn(world.last('U1').message)).toContain('I will not write to you about ARENA and MATS again.');
    expect(await states(world)).toEqual(['stopped', 'stopped', 'stopped']);
    const sent = sentTo(world);
    await world.until('2024-08-01T00:00:00Z');
    expect(sentTo(world)).toBe(sent);
  });

  it.each(['please stop sending me these messages', 'Bitte keine Nachrichten mehr', 'no me escribas más'])(
    'acts on "%s" at the next tick',
    async (text) => {
      const world = await asked();
      await world.says('U1', text);
      await world.tick();
      expect(wordsIn(world.last('U1').message)).toContain('Done: I will not write to you about ARENA again.');
      expect(await states(world)).toEqual(['stopped']);
    },
  );

  it('keeps what was told beside a stop, and makes no card of it', async () => {
    const world = await asked([3, 6]);
    await world.answers('U1', `${WORK} Please stop messaging me.`);
    expect(await states(world)).toEqual(['answered', 'stopped']);
    expect(sentTo(world)).toBe(2);
  });

  it('sends nothing more after a stop, not even the card of what was written just before it', async () => {
    const world = await asked();
    await world.says('U1', WORK);
    await world.pass(10_000);
    await world.says('U1', 'stop');
    await world.tick();
    const sent = sentTo(world);
    await world.pass(120_000);
    expect(sentTo(world)).toBe(sent);
    expect(await states(world)).toEqual(['answered']);
  });

  it('ends on the button, and starts again on the next one, as far as it is still to come', async () => {
    const world = await asked([3, 6]);
    const question = world.last('U1');
    await world.presses('U1', question, 'stop');
    expect(await states(world)).toEqual(['stopped', 'stopped']);
    expect(wordsIn(question.message)).toContain('[Start again]');
    const { answer } = await world.presses('U1', question, 'resume');
    expect(wordsIn(answer ?? { parts: [] })).toContain('My last question still stands');
    expect(await states(world)).toEqual(['delivered', 'planned']);
    expect(wordsIn(question.message)).toContain('[Nothing changed]');
  });

  it('names the next question when somebody comes back in words', async () => {
    const world = await asked([3, 6]);
    await world.says('U1', 'stop');
    await world.until('2023-11-20T00:00:00Z');
    expect(await world.commands('U1', 'resume')).toContain('The next question comes around 30 December 2023.');
    await world.until('2024-01-05T00:00:00Z');
    expect(await states(world)).toEqual(['stopped', 'delivered']);
  });

  it('asks back what may only be a thought of stopping', async () => {
    const world = await asked();
    await world.answers('U1', 'Maybe you should stop asking me?');
    expect(wordsIn(world.last('U1').message)).toContain('Do you want me to stop writing to you?');
    expect(await states(world)).toEqual(['delivered']);
    const { answer } = await world.presses('U1', world.last('U1'), 'stop', { choice: 'no' });
    expect(wordsIn(answer ?? { parts: [] })).toBe('All right, we carry on as before.');
    await world.presses('U1', world.last('U1'), 'stop', { choice: 'yes' });
    expect(await states(world)).toEqual(['stopped']);
  });

  it.each([
    ['two_weeks', '18 October 2023'],
    ['month', '4 November 2023'],
    ['three_months', '4 January 2024'],
  ])('puts the question off by %s, and asks afresh then', async (value, day) => {
    const world = await asked();
    const question = world.last('U1');
    await world.presses('U1', question, 'later', { value });
    expect(wordsIn(question.message)).toContain(`All right, I will ask again around ${day}.`);
    expect(await states(world)).toEqual(['snoozed']);
    await world.until('2024-01-12T00:00:00Z');
    const texts = world.messenger.to('U1').map((each) => wordsIn(each.message));
    expect(texts.filter((text) => text.includes('It has been three months'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('Hi Mara. You asked me to come back around now.'))).toHaveLength(1);
  });

  it('reads the day out of the words, and a snooze past the next wave folds into it', async () => {
    const world = await asked([3, 6]);
    await world.answers('U1', 'Ask me in February please');
    expect(wordsIn(world.last('U1').message)).toBe('All right, I will ask again around 1 February 2024.');
    const sent = sentTo(world);
    await world.until('2024-03-15T00:00:00Z');
    const after = world.messenger
      .to('U1')
      .slice(sent)
      .filter((each) => wordsIn(each.message).includes('It has been'));
    expect(after).toHaveLength(1);
    expect((await world.checkIns()).filter((each) => each.state === 'delivered' || each.state === 'lapsed')).toHaveLength(2);
  });

  it('pauses until the day that is named, and reminds as ever after it', async () => {
    const world = await asked();
    expect(await world.commands('U1', 'pause')).toContain('Until when?');
    expect(await world.commands('U1', 'pause 3 months')).toContain('I will be quiet until 4 January 2024.');
    const sent = sentTo(world);
    await world.until('2024-01-03T00:00:00Z');
    expect(sentTo(world)).toBe(sent);
    await world.until('2024-01-12T00:00:00Z');
    expect(sentTo(world)).toBe(sent + 2);
    expect(wordsIn(world.last('U1').message)).toContain('this is about ARENA. I asked on 4 January 2024');
  });

  it('asks again soon after a pause is ended early', async () => {
    const world = await asked();
    await world.commands('U1', 'pause 3 months');
    await world.pass(86_400_000);
    await world.commands('U1', 'resume');
    const sent = sentTo(world);
    await world.until('2023-10-07T00:00:00Z');
    expect(sentTo(world)).toBe(sent + 1);
  });

  it('takes a sentence that only begins like a command for the reply it is', async () => {
    const world = await asked();
    await world.answers('U1', 'Pause from work, I am on parental leave');
    expect(wordsIn(world.last('U1').message)).not.toContain('Until when?');
    expect(await states(world)).not.toEqual(['snoozed']);
  });

  it('asks once before erasing, then leaves neither words nor records nor names behind', async () => {
    const world = await asked([3, 6]);
    await world.cohort('2023-06-30', [TOM], { waves: [3] }, { programme: 'ARENA', cohort: 'ARENA 2.5' });
    const card = await world.answers('U1', WORK);
    await world.presses('U1', card, 'names', { choice: 'named' });
    await world.answers('U1', 'Please delete everything you have about me.');
    const question = world.last('U1');
    expect(wordsIn(question.message)).toContain('Shall I erase everything I hold about you');
    await world.presses('U1', question, 'erase', { choice: 'no' });
    expect(await states(world)).toContain('answered');
    await world.says('U1', 'erase');
    await world.tick();
    await world.says('U1', 'and one thing more');
    await world.presses('U1', world.last('U1'), 'erase', { choice: 'yes' });
    await world.pass(60_000);
    const standing = world.messenger.to('U1').filter((each) => !each.isRemoved);
    expect(standing.map((each) => wordsIn(each.message))).toEqual([
      expect.stringContaining('Everything I held about you is erased'),
    ]);
    const { rows: tables } = (await world.test.db.execute(
      sql`select tablename from pg_tables where schemaname = 'public'`,
    )) as unknown as { rows: { tablename: string }[] };
    for (const { tablename } of tables) {
      const { rows } = (await world.test.db.execute(sql.raw(`select * from "${tablename}"`))) as unknown as { rows: unknown[] };
      expect(JSON.stringify(rows), tablename).not.toMatch(/Mara|mara@|Redwood|one thing more|"U1"/);
    }
    expect((await world.checkIns()).filter((each) => each.alumnus === null).map((each) => each.state)).toEqual([
      'erased',
      'erased',
    ]);
    await world.until('2024-02-01T00:00:00Z');
    expect(world.messenger.to('U1').filter((each) => !each.isRemoved)).toHaveLength(1);
    expect(world.messenger.to('U2').length).toBeGreaterThan(0);
  });

  it('stores nothing of somebody erased while their words were being read, and drops the fingerprint on "forget"', async () => {
    const world = await asked();
    await world.says('U1', 'erase');
    await world.tick();
    const question = world.last('U1');
    await world.says('U1', WORK);
    const { readReply } = world.ports;
    const ports = {
      ...world.ports,
      readReply: async (text: Parameters<typeof readReply>[0]) => {
        await world.presses('U1', question, 'erase', { choice: 'yes' });
        return readReply(text);
      },
    };
    world.time = new Date(world.time.getTime() + 46_000);
    await settleReplies(ports);
    await world.pass(60_000);
    const left = await world.test.db.execute(
      sql`select 1 from messages union all select 1 from replies union all select 1 from career_updates`,
    );
    expect((left as unknown as { rows: unknown[] }).rows).toEqual([]);
    expect(world.messenger.to('U1').filter((each) => !each.isRemoved)).toHaveLength(1);
    await world.says('U1', 'forget');
    await world.tick();
    expect(wordsIn(world.last('U1').message)).toContain('The fingerprint is dropped.');
    const hashes = await world.test.db.execute(sql`select 1 from erased_identifiers`);
    expect((hashes as unknown as { rows: unknown[] }).rows).toEqual([]);
  });

  it('joins a second account by a code that works once, and says so to whoever has none', async () => {
    const world = await asked();
    const code = /code is ([a-z0-9]+)/.exec(await world.commands('U1', 'link'))?.[1] ?? '';
    await world.says('U9', 'link nosuchcode');
    await world.tick();
    expect(wordsIn(world.last('U9').message)).toContain('I do not know that code.');
    await world.says('U9', `link ${code}`, 'joining');
    await world.says('U9', `link ${code}`, 'joining');
    await world.tick();
    expect(sentTo(world, 'U9')).toBe(2);
    expect(wordsIn(world.last('U9').message)).toContain('I know both accounts as you now.');
    await world.says('U9', WORK);
    await world.pass(46_000);
    expect(await states(world)).toEqual(['answered']);
    await world.says('U8', `link ${code}`);
    await world.tick();
    expect(wordsIn(world.last('U8').message)).toContain('I do not know that code.');
  });

  it('does not join somebody who is on a list of their own, and keeps the code good', async () => {
    const world = await asked();
    await world.cohort('2023-06-30', [TOM], { waves: [12] }, { programme: 'ARENA', cohort: 'ARENA 2.5' });
    const code = /code is ([a-z0-9]+)/.exec(await world.commands('U1', 'link'))?.[1] ?? '';
    await world.says('U2', `link ${code}`);
    await world.tick();
    expect(wordsIn(world.last('U2').message)).toContain('This account is on a list of its own already');
    await world.says('U9', `link ${code}`);
    await world.tick();
    expect(wordsIn(world.last('U9').message)).toContain('I know both accounts as you now.');
  });

  it('gives a stranger one polite line, ever', async () => {
    const world = await asked();
    for (const text of ['hello?', 'help', 'stop', 'data', 'are you there?']) {
      await world.says('U7', text);
      await world.pass(60_000);
    }
    expect(sentTo(world, 'U7')).toBe(1);
    expect(wordsIn(world.last('U7').message)).toContain('I do not find you on any list of mine.');
  });

  it('never lets an answer cross from one programme to another, nor what one person said to another', async () => {
    const world = await asked([3]);
    await world.cohort('2023-05-31', [MARA, TOM], { waves: [6] }, { programme: 'MATS', cohort: 'MATS 4' });
    const card = await world.answers('U1', WORK);
    await world.presses('U1', card, 'right');
    await world.presses('U1', card, 'names', { choice: 'named' });
    await world.until('2023-12-10T00:00:00Z');
    const question = world.messenger.to('U1').find((each) => wordsIn(each.message).includes('MATS 4'));
    if (!question) throw new Error('nobody asked about MATS');
    expect(wordsIn(question.message)).not.toContain('Redwood');
    expect(wordsIn(question.message)).toContain('I am Afterwards, a bot. The organisers of MATS');
    const { answer } = await world.presses('U1', question, 'no_change');
    expect(wordsIn(answer ?? { parts: [] })).toContain('I have nothing from before');
    const second = await world.answers('U1', 'I teach physics at a school in Lund.');
    expect(wordsIn(second.message)).toContain('May the organisers see your answers with your name');
    expect((await world.checkIns()).map((each) => [each.alumnus, each.cohort, each.state])).toEqual([
      ['Mara Lind', 'ARENA 2.0', 'answered'],
      ['Mara Lind', 'MATS 4', 'answered'],
      ['Tom Okafor', 'MATS 4', 'delivered'],
    ]);
    expect(
      world.messenger
        .to('U2')
        .map((each) => wordsIn(each.message))
        .join(),
    ).not.toMatch(/Mara|Redwood|Lund/);
  });
});
