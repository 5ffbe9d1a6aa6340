import { afterEach, expect, it } from 'vitest';
import { DiscordStage } from '../support/discord/discord-stage.js';
import { newest } from '../support/platform-stage.js';
import { describeOnBoth } from '../support/test-db.js';

describeOnBoth('coming to Discord and leaving it', (openDb) => {
  let stage: DiscordStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });

  it('opens the direct messages of whoever presses it, and of nobody else', async () => {
    stage = await DiscordStage.open({ test: await openDb(), startsAt: '2024-05-06T09:00:00Z' });
    const [ada, grace, tom] = [stage.person('Ada Lovelace'), stage.person('Grace Hopper'), stage.person('Tom Okafor')];
    await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
    await stage.cli('organiser', 'add', `discord:${ada.id}`, '--programme', 'ARENA');
    const channel = stage.channel('arena-3', [ada, grace, tom]);
    await ada.commands('/alumni add ARENA 3.0 --ended 2024-04-30', channel.id);
    await ada.commands('/alumni invite ARENA 3.0', channel.id);
    await stage.pass(1_000);
    expect(channel.sees()).toHaveLength(1);
    await grace.presses('keep', { on: channel.sees()[0]?.id ?? '' });
    await stage.pass(1_000);
    expect(grace.sees().length + grace.told().length).toBeGreaterThan(0);
    await stage.until('2024-08-01T00:00:00Z');
    expect(newest(grace).words).toContain('ARENA 3.0');
    expect(tom.sees()).toEqual([]);
    const opened = stage.discord.requestsTo(/^POST \/users\/@me\/channels$/).map(({ body }) => body);
    expect(opened).toEqual([{ recipient_id: grace.id }]);
  });

  it('carries out the plain word of somebody who left the server, though Discord keeps the answer from them', async () => {
    stage = await DiscordStage.open({ test: await openDb(), startsAt: '2023-07-03T00:00:00Z' });
    const mara = stage.person('Mara Lind', { timeZone: 'Europe/London' });
    await stage.cli('programme', 'set', 'ARENA', '--waves', '3,6', '--timezone', 'Europe/London');
    await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [mara]);
    await stage.until('2023-10-04T00:00:00Z');
    mara.person.leaves();
    await mara.says('stop');
    await stage.pass(1_000);
    expect(mara.sees()).toHaveLength(1);
    const listed: readonly { readonly state: string }[] = JSON.parse(await stage.cli('checkins', '--json'));
    expect(listed.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  });
});
