import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { messages } from '../../db/schema.js';
import { eventually } from '../support/platform-bot.js';
import { newest } from '../support/platform-stage.js';
import { SlackStage, type SlackStageOptions } from '../support/slack/slack-stage.js';
import { describeOnBoth, type TestDb } from '../support/test-db.js';

const STARTS = '2023-07-03T00:00:00Z';
const DUE = '2023-10-04T00:00:00Z';
const MINUTE_MS = 60_000;
const EVERYBODY = ['Mara Lind', 'Tom Okafor', 'Ines Duarte'];

describeOnBoth('a bad day on Slack', (openDb) => {
  const stages: SlackStage[] = [];
  afterEach(async () => {
    for (const stage of stages.splice(0)) await stage.close();
  });

  /** Three people who are asked this autumn; `prepare` comes before the day on which they are. */
  async function autumn(
    test: TestDb,
    prepare: (stage: SlackStage) => void = () => {},
    how: Pick<SlackStageOptions, 'mode' | 'timeoutMs'> = {},
  ) {
    const stage = await SlackStage.open({ test, startsAt: STARTS, ...how });
    stages.push(stage);
    const people = EVERYBODY.map((name) => stage.person(name, { timeZone: 'Europe/London' }));
    await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
    await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, people);
    prepare(stage);
    await stage.until(DUE);
    const [mara, tom, ines] = people;
    if (!mara || !tom || !ines) throw new Error('nobody');
    return { stage, mara, tom, ines, people };
  }
  const asked = (words: string) => words.includes('It has been three months');
  const questionsTo = (stage: SlackStage, id: string) => stage.slack.fromBot(id).filter((each) => asked(each.text)).length;
  const posts = (stage: SlackStage) => stage.slack.calls.filter((each) => each.method === 'chat.postMessage').length;

  it('takes in what was written while the socket was down, once, and goes on', async () => {
    const { stage, mara } = await autumn(await openDb());
    stage.slack.faults.add('apps.connections.open', { kind: 'status', status: 503 }, 2);
    stage.slack.connections.drop();
    await eventually(() => stage.bot.logged.some((each) => each.event === 'slack_disconnected'), 'the drop');
    const text = 'I am a research engineer at Redwood Research.';
    await stage.slack.says(mara.id, text);
    await stage.pass(5 * MINUTE_MS);
    await eventually(() => stage.slack.connections.sockets.size === 1, 'a new socket', 20_000);
    await eventually(
      () => stage.bot.logged.filter((each) => each.event === 'slack_connected').length === 2,
      'the second connection',
    );
    for (let look = 0; look < 4; look += 1) await stage.pass(MINUTE_MS);
    expect(mara.sees().filter((each) => each.words.includes('Redwood Research')).length).toBeGreaterThanOrEqual(2);
    const seen = mara.sees().length;
    await stage.slack.retry();
    await stage.pass(2 * MINUTE_MS);
    expect(mara.sees()).toHaveLength(seen);
  });

  it('asks once where a call hung for longer than it waits', async () => {
    const { stage, people } = await autumn(
      await openDb(),
      ({ slack }) => slack.faults.add('chat.postMessage', { kind: 'hang' }),
      { timeoutMs: 1_000 },
    );
    await stage.until('2023-10-05T00:00:00Z');
    expect(people.map(({ id }) => questionsTo(stage, id))).toEqual([1, 1, 1]);
    expect(posts(stage)).toBe(4);
  });

  it('leaves a reply that it cannot store with Slack, and stores it once when it comes again', async () => {
    const test = await openDb();
    const { stage, mara } = await autumn(test, () => {}, { mode: 'http' });
    await test.db.execute(sql`alter table messages rename to messages_away`);
    try {
      await mara.says('I am a research engineer at Redwood Research.');
    } finally {
      await test.db.execute(sql`alter table messages_away rename to messages`);
    }
    expect(stage.slack.unacked).toHaveLength(1);
    expect(stage.bot.logged.filter((each) => each.event === 'slack_message_not_stored')).toHaveLength(1);
    await stage.slack.retry();
    expect(stage.slack.unacked).toEqual([]);
    await stage.pass(46_000);
    await stage.pass(2 * MINUTE_MS);
    expect(mara.sees().filter((each) => each.words.includes('This is what I understood'))).toHaveLength(1);
    const stored = await test.db.select({ text: messages.text }).from(messages);
    expect(stored).toEqual([{ text: 'I am a research engineer at Redwood Research.' }]);
  });

  it('holds back for whoever left, says why, and keeps the reason for the organisers', async () => {
    const { stage, people } = await autumn(await openDb(), (before) => {
      const left = before.slack.workspace.users.get(before.person('Tom Okafor').id);
      if (left) left.isDeleted = true;
    });
    expect(people.map(({ id }) => questionsTo(stage, id))).toEqual([1, 0, 1]);
    expect(await stage.cli('checkins', '--json')).toMatch(/"Tom Okafor"[^\n]*"unreachable"/);
  });
});

describeOnBoth('Slack over HTTP', (openDb) => {
  it('asks, hears, shows a card, opens its form and saves it', async () => {
    const stage = await SlackStage.open({ test: await openDb(), startsAt: STARTS, mode: 'http' });
    const mara = stage.person('Mara Lind', { timeZone: 'Europe/London' });
    await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
    await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [mara]);
    await stage.until(DUE);
    await mara.says('I am a research engineer at Redwood Research.');
    await stage.pass(46_000);
    await mara.presses('change');
    await mara.fills([{ organisation: 'Apollo Research' }]);
    await stage.pass(1_000);
    expect(newest(mara).words).toContain('Apollo Research');
    await mara.commands('/checkin data');
    expect(mara.told().at(-1)).toContain('Apollo Research');
    expect(stage.slack.connections.opened).toBe(0);
    await stage.close();
  });
});
