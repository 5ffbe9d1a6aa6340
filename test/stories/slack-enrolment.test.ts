import { afterEach, expect, it } from 'vitest';
import type { Organiser } from '../support/platform-stage.js';
import { newest } from '../support/platform-stage.js';
import { SlackStage } from '../support/slack/slack-stage.js';
import type { SlackUser } from '../support/slack/workspace.js';
import { describeOnBoth } from '../support/test-db.js';

describeOnBoth('enrolment by a button on Slack', (openDb) => {
  let stage: SlackStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });

  /** A channel in which the cohort still is together, with their organiser Ada. */
  async function together(...others: readonly (readonly [name: string, about: Partial<SlackUser>])[]) {
    const at = await SlackStage.open({ test: await openDb(), startsAt: '2024-05-06T09:00:00Z' });
    stage = at;
    const [ada, grace, tom] = [at.person('Ada Lovelace'), at.person('Grace Hopper'), at.person('Tom Okafor')];
    const more = others.map(([name, about]) => {
      const person = at.person(name);
      Object.assign(at.slack.workspace.users.get(person.id) ?? {}, about);
      return person;
    });
    await at.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
    await at.cli('organiser', 'add', `slack:${ada.id}`, '--programme', 'ARENA');
    const channel = at.channel('arena-3', [ada, grace, tom, ...more]);
    await ada.commands('/alumni add ARENA 3.0 --ended 2024-04-30', channel.id);
    const presses = (who: Organiser) => who.presses('keep', { on: channel.sees()[0]?.id ?? 'no invitation' });
    return { stage: at, ada, grace, tom, more, channel, presses };
  }

  it('posts the invitation where the organiser asks for it, and writes to whoever presses, and to nobody else', async () => {
    const { stage, ada, grace, tom, channel, presses } = await together();
    await ada.commands('/alumni invite ARENA 3.0', channel.id);
    await stage.pass(1_000);
    expect(ada.told().at(-1)).toContain('The invitation for ARENA 3.0 is on its way.');
    expect(channel.sees()).toHaveLength(1);
    expect(channel.sees()[0]?.words).toContain('Keep in touch after ARENA 3.0');
    expect(channel.sees()[0]?.words).toContain('It is up to you');

    await presses(grace);
    await stage.pass(1_000);
    expect(grace.told()).toEqual([expect.stringContaining('Good, you are on the list.')]);
    expect(grace.sees()).toHaveLength(1);
    expect(newest(grace).words).toContain('you pressed “Keep in touch” yourself');

    await presses(grace);
    await stage.pass(1_000);
    expect(grace.told().at(-1)).toContain('You are on the list of ARENA 3.0 already');
    expect(grace.sees()).toHaveLength(1);

    await stage.until('2024-08-01T00:00:00Z');
    expect(newest(grace).words).toContain('It has been three months since ARENA 3.0 ended.');
    expect([ada.sees(), tom.sees()]).toEqual([[], []]);
    expect(channel.sees()).toHaveLength(1);
  });

  it('posts it in another channel that is mentioned, with its flag and without', async () => {
    const { stage, ada, grace, channel, presses } = await together();
    await ada.commands('/alumni invite ARENA 3.0 #arena-3');
    await stage.pass(1_000);
    expect(channel.sees()).toHaveLength(1);
    await presses(grace);
    await stage.pass(1_000);
    expect(newest(grace).words).toContain('ARENA');
    await ada.commands('/alumni invite ARENA 3.0 --channel #arena-3');
    await stage.pass(1_000);
    expect(channel.sees()).toHaveLength(2);
  });

  it('takes in a guest, and keeps out bots and people of another workspace, saying why', async () => {
    const { stage, ada, more, channel, presses } = await together(
      ['Gus Guest', { isGuest: true }],
      ['Robo', { isBot: true }],
      ['Eve Elsewhere', { team: 'T0OTHER' }],
    );
    await ada.commands('/alumni invite ARENA 3.0', channel.id);
    await stage.pass(1_000);
    for (const each of more) await presses(each);
    await stage.pass(1_000);
    expect(more.map((each) => each.told())).toEqual([
      [expect.stringContaining('Good, you are on the list.')],
      [expect.stringContaining('This is for people.')],
      [expect.stringContaining('your account belongs to another one')],
    ]);
    expect(more.map((each) => each.sees().length)).toEqual([1, 0, 0]);
    const listed = await stage.cli('checkins', '--json');
    expect(listed).toContain('Gus Guest');
    expect(listed).not.toMatch(/Robo|Eve/);
  });

  it('tells the organiser, and posts nothing, where the cohort is not there or somebody else asks', async () => {
    const { stage, ada, grace, channel } = await together();
    await ada.commands('/alumni invite ARENA 9.0', channel.id);
    expect(ada.told().at(-1)).toContain('ARENA 3.0');
    await grace.commands('/alumni invite ARENA 3.0', channel.id);
    expect(grace.told().at(-1)).not.toContain('on its way');
    await stage.pass(1_000);
    expect(channel.sees()).toEqual([]);
  });
});
