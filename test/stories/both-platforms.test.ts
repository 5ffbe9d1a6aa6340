import { afterEach, expect, it } from 'vitest';
// Before Slack's library: the two share a dispatcher of requests, as in the bot itself.
import { DiscordStage } from '../support/discord/discord-stage.js';
import { TurnedClock } from '../support/platform-bot.js';
import { newest } from '../support/platform-stage.js';
import { FakeSlack } from '../support/slack/fake-slack.js';
import { environmentFor } from '../support/slack/seen.js';
import { plugTo, SlackStage } from '../support/slack/slack-stage.js';
import { describeOnBoth } from '../support/test-db.js';

const STARTS = '2023-07-03T00:00:00Z';

describeOnBoth('one person on Slack and on Discord, served by one process', (openDb) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  /** Mara is on the list by her account on Slack alone; Discord knows somebody of her name. */
  async function twoPlatforms() {
    const clock = new TurnedClock(new Date(STARTS));
    const fake = await FakeSlack.open(clock.now);
    let plug: ReturnType<typeof plugTo> | undefined;
    const beside = {
      environment: environmentFor(fake),
      plug: (log: Parameters<typeof plugTo>[2]) => {
        plug = plugTo(fake, 'socket', log);
        return plug;
      },
    };
    const discord = await DiscordStage.open({ test: await openDb(), startsAt: STARTS, clock, beside });
    closing.push(
      () => discord.close(),
      async () => {
        await fake.close();
        expect(fake.refused).toEqual([]);
      },
    );
    if (!plug) throw new Error('Slack was not plugged in');
    const slack = SlackStage.beside(discord.bot, fake, plug);
    const onSlack = slack.person('Mara Lind', { timeZone: 'Europe/Stockholm' });
    const onDiscord = discord.person('Mara Lind');
    await slack.cli('programme', 'set', 'ARENA', '--waves', '3,6,12', '--timezone', 'Europe/London');
    await slack.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [onSlack]);
    return { slack, discord, fake, onSlack, onDiscord };
  }

  async function linked() {
    const scene = await twoPlatforms();
    await scene.onSlack.commands('/checkin link');
    const code = /code is (\w+)\./.exec(scene.onSlack.told().at(-1) ?? '')?.[1] ?? '';
    await scene.onDiscord.says(`link ${code}`);
    await scene.discord.pass(1_000);
    return { ...scene, code };
  }

  it('knows who is new on Discord by a code from Slack, which works once', async () => {
    const { discord, onDiscord, onSlack, code } = await linked();
    expect(newest(onDiscord).words).toContain('Done: I know both accounts as you now.');
    const tom = discord.person('Tom Okafor');
    await tom.says(`link ${code}`);
    await discord.pass(1_000);
    expect(newest(tom).words).toContain('I do not know that code.');
    await onSlack.commands('/checkin data');
    expect(onSlack.told().at(-1)).toContain(onDiscord.id);
  });

  it('asks where she last wrote, and nowhere else', async () => {
    const { slack, discord, onDiscord, onSlack } = await linked();
    await discord.until('2023-10-04T00:00:00Z');
    expect(newest(onDiscord).words).toContain('It has been three months since ARENA 2.0 ended.');
    expect(onSlack.sees()).toEqual([]);
    await onSlack.says('I am a research engineer at Redwood Research, full time.');
    await slack.pass(46_000);
    expect(newest(onSlack).words).toContain('Redwood Research');
    const before = onDiscord.sees().length;
    await slack.until('2024-01-04T00:00:00Z');
    expect(newest(onSlack).words).toContain('ARENA 2.0');
    expect(newest(onSlack).words).toContain('Last time (October 2023)');
    expect(onDiscord.sees()).toHaveLength(before);
  });

  it('asks on the other where the first lets no message in any more, and she is not counted as unreachable', async () => {
    const { discord, onDiscord, onSlack } = await linked();
    onDiscord.person.closesMessages();
    await discord.until('2023-10-04T00:00:00Z');
    expect(newest(onSlack).words).toContain('It has been three months since ARENA 2.0 ended.');
    const [first] = JSON.parse(await discord.cli('checkins', '--json'));
    expect(first).toMatchObject({ alumnus: 'Mara Lind', waveMonths: 3, state: 'delivered' });
    await onSlack.says('I am a research engineer at Redwood Research, full time.');
    await discord.pass(46_000);
    expect(newest(onSlack).words).toContain('Redwood Research');
  });
});
