import { expect, it } from 'vitest';
import { DiscordStage } from '../support/discord/discord-stage.js';
import type { Stage } from '../support/platform-stage.js';
import { SlackStage } from '../support/slack/slack-stage.js';
import { describeOnBoth } from '../support/test-db.js';

const STARTS = '2023-07-03T00:00:00Z';
const SECOND_MS = 1_000;

/** Six people answer, and the Monday after that comes; returns the id of the channel with the digest. */
async function anAnsweredWeek(stage: Stage): Promise<string> {
  const people = ['Mara Lind', 'Tom Okafor', 'Ines Duarte', 'Yuki Sato', 'Amir Haddad', 'Lea Brandt'].map((name) =>
    stage.person(name, { timeZone: 'Europe/London' }),
  );
  const { id } = stage.channel('alumni-news', people);
  await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
  await stage.cli('programme', 'set', 'ARENA', '--channel', `${stage.platform}:${id}`);
  await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, people);
  await stage.until('2023-10-04T00:00:00Z');
  for (const each of people) await each.says('I am a research engineer at Redwood Research, working on alignment.');
  await stage.until('2023-10-09T08:30:00Z');
  for (let look = 0; look < 3; look += 1) await stage.pass(SECOND_MS);
  return id;
}

describeOnBoth('the digest with its picture', (openDb) => {
  it('stands in a Slack channel with the picture in its thread, named by its key and told in words', async () => {
    const stage = await SlackStage.open({ test: await openDb(), startsAt: STARTS });
    const id = await anAnsweredWeek(stage);
    const messages = stage.slack.workspace.channels.get(id)?.messages ?? [];
    const digest = messages.find((each) => each.threadTs === null || each.threadTs === undefined);
    const [picture, ...more] = messages.filter((each) => each !== digest);
    expect(more).toEqual([]);
    expect(picture?.threadTs).toBe(digest?.ts);
    expect(picture?.files).toMatchObject([
      { title: 'what-became-of-arena-arena-2-0.png', altText: expect.stringContaining('6 people') },
    ]);
    expect([...(picture?.files[0]?.bytes.slice(1, 4) ?? [])]).toEqual([...Buffer.from('PNG')]);
    await stage.close();
  });

  it('stands in a Discord channel with the picture as an answer to it', async () => {
    const stage = await DiscordStage.open({ test: await openDb(), startsAt: STARTS });
    const id = await anAnsweredWeek(stage);
    const [digest, picture, ...more] = stage.discord.state.messagesIn(id);
    expect(more).toEqual([]);
    const body = stage.discord.requestsTo(new RegExp(`^POST /channels/${id}/messages$`)).at(-1)?.body;
    expect(body).toMatchObject({ message_reference: { message_id: digest?.id } });
    expect(picture?.attachments).toMatchObject([{ description: expect.stringContaining('6 people') }]);
    expect([...(picture?.attachments[0]?.bytes.slice(1, 4) ?? [])]).toEqual([...Buffer.from('PNG')]);
    await stage.close();
  });
});
