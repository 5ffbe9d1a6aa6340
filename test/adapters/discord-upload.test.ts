// Before anything of Discord: the two libraries share a dispatcher of requests, and with this one loaded first uploads used to die.
import '@slack/bolt';
import { expect, it } from 'vitest';
import { discordPlug } from '../../adapters/discord/plug.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { FakeDiscord } from '../support/discord/fake-discord.js';

it('uploads a picture to Discord where Slack’s library was loaded first', async () => {
  const fake = await FakeDiscord.open();
  try {
    const silent = { info: () => {}, warn: () => {}, error: () => {} };
    const config = { token: fake.token, guildId: fake.guild.id, apiUrl: fake.apiUrl };
    const { messenger } = discordPlug(config, { log: silent, clock: { now: () => new Date() } });
    const channel = fake.channel('digest');
    const png = new Uint8Array(70_000).fill(7);
    const message = { parts: [{ kind: 'image', png, fileName: 'cohort.png', alt: 'The cohort' } as const] };
    const sent = await messenger.send({ platform: 'discord', id: channel.id, what: 'channel' }, 'chart' as DeliveryKey, message);
    expect(sent.ok).toBe(true);
    expect(fake.state.messagesIn(channel.id)[0]?.attachments[0]?.bytes).toEqual(png);
    expect(fake.problems).toEqual([]);
  } finally {
    await fake.close();
  }
});
