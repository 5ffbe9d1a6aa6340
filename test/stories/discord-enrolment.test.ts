import { afterEach, expect, it } from 'vitest';
import { DiscordStage } from '../support/discord/discord-stage.js';
import { newest } from '../support/platform-stage.js';
import { describeOnBoth } from '../support/test-db.js';

describeOnBoth('enrolment by a button on Discord', (openDb) => {
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
});
