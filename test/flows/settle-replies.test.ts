import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { settleReplies } from '../../src/flows/settle-replies.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const ADA = { name: 'Ada Lovelace', slack: 'U1', timeZone: 'Europe/London' };
const TOM = { name: 'Tom Okafor', slack: 'U2', timeZone: 'Europe/London' };

describeOnBoth('settling replies', (open) => {
  it('holds nobody up for one that cannot be read, tries it again later, and logs none of its words', async () => {
    const world = new World(await open(), '2023-09-29T00:00:00Z');
    await world.cohort('2023-06-30', [ADA, TOM], { waves: [3] });
    await world.until('2023-10-03T00:00:00Z');
    await world.says('U1', 'a secret of mine: I joined METR as a researcher');
    await world.says('U2', 'I teach physics at a school in Leeds.');
    const { readReply } = world.ports;
    let isBroken = true;
    const ports = {
      ...world.ports,
      readReply: async (text: Parameters<typeof readReply>[0]) => {
        if (isBroken && text.messages.join().includes('secret')) throw new Error('cannot read: a secret of mine');
        return readReply(text);
      },
    };
    world.time = new Date(world.time.getTime() + 46_000);
    expect(await settleReplies(ports)).toBe(1);
    expect(await settleReplies(ports)).toBe(0);
    expect(JSON.stringify(world.logged)).not.toContain('secret');
    expect(world.logged.filter((each) => each.event === 'settle_failed')).toHaveLength(1);
    await world.tick();
    expect(wordsIn(world.last('U2').message)).toContain('This is what I understood:');
    isBroken = false;
    world.time = new Date(world.time.getTime() + 61_000);
    expect(await settleReplies(ports)).toBe(1);
    await world.tick();
    expect(wordsIn(world.last('U1').message)).toContain('METR');
  });

  it('does not act anew on a stop that was acted on, when somebody who came back goes on writing', async () => {
    const world = new World(await open(), '2023-09-29T00:00:00Z');
    await world.cohort('2023-06-30', [ADA], { waves: [3, 6] });
    await world.until('2023-10-03T00:00:00Z');
    await world.answers('U1', 'I joined METR as a researcher. Please stop messaging me.');
    expect(await world.stateOf('Ada Lovelace', 6)).toBe('stopped');
    await world.presses('U1', world.last('U1'), 'resume');
    await world.answers('U1', 'I also started a PhD in statistics at Oxford.');
    expect(await world.stateOf('Ada Lovelace', 6)).toBe('planned');
    expect(wordsIn(world.last('U1').message)).toContain('Oxford');
  });

  it('acts once where two copies of the bot settle the same reply', async () => {
    const world = new World(await open(), '2023-09-29T00:00:00Z');
    await world.cohort('2023-06-30', [ADA, TOM], { waves: [3] });
    await world.until('2023-10-03T00:00:00Z');
    await world.says('U1', 'I joined METR as a researcher.');
    await world.says('U2', 'Maybe you should stop asking me?');
    world.time = new Date(world.time.getTime() + 46_000);
    await Promise.all([settleReplies(world.ports), settleReplies(world.ports)]);
    await world.tick();
    const rowsOf = async (query: ReturnType<typeof sql>) =>
      ((await world.test.db.execute(query)) as unknown as { rows: unknown[] }).rows;
    expect(await rowsOf(sql`select 1 from career_updates`)).toHaveLength(1);
    expect(world.messenger.to('U1')).toHaveLength(2);
    expect(world.messenger.to('U2')).toHaveLength(2);
    expect(world.messenger.edits.filter((ref) => ref === world.last('U1').ref)).toEqual([]);
  });
});
