import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discordApi } from '../../adapters/discord/api.js';
import { discordChecks } from '../../adapters/discord/doctor.js';
import { registerCommands } from '../../adapters/discord/registration.js';
import { FakeDiscord } from '../support/discord/fake-discord.js';
import { EMBEDS, SEES } from '../support/discord/state.js';

let fake: FakeDiscord;
beforeEach(async () => {
  fake = await FakeDiscord.open();
});
afterEach(async () => {
  await fake.close();
  expect(fake.problems).toEqual([]);
});

const settings = (about: { token?: string; guildId?: string } = {}) => ({
  token: fake.token,
  guildId: fake.guild.id,
  apiUrl: fake.apiUrl,
  ...about,
});
const states = async (...args: Parameters<typeof discordChecks>) =>
  Object.fromEntries((await discordChecks(...args)).map(({ what, state }) => [what.replace(/^Discord /, ''), state]));
const oneOf = async (what: string, ...args: Parameters<typeof discordChecks>) =>
  (await discordChecks(...args)).find((each) => each.what.includes(what));

describe('What doctor says of Discord', () => {
  it('is that all is well where it is, after nothing but looking', async () => {
    fake.gateway.privileged.add('guildMembers');
    const where = { applicationId: fake.state.bot.id, guildId: fake.guild.id };
    await registerCommands(discordApi({ token: fake.token, url: fake.apiUrl }), where);
    const channel = fake.channel('digest');
    fake.requests.length = 0;
    expect(await states(settings(), [{ programme: 'ARENA', id: channel.id }])).toEqual({
      token: 'ok',
      server: 'ok',
      intents: 'ok',
      commands: 'ok',
      'command visibility': 'warn',
      'direct messages': 'warn',
      'digest channel of ARENA': 'ok',
    });
    expect([...new Set(fake.requests.map(({ method }) => method))]).toEqual(['GET']);
  });

  it('is where to copy the token, where it is wrong', async () => {
    const [token, ...others] = await discordChecks(settings({ token: 'wrong' }), []);
    expect(token).toMatchObject({ state: 'fail', mend: expect.stringContaining('"Bot" page') });
    expect(others).toEqual([]);
  });

  it('is the link that takes the bot onto the server, where it is not there', async () => {
    expect(await oneOf('server', settings({ guildId: '42' }), [])).toMatchObject({
      state: 'fail',
      mend: expect.stringContaining(
        `client_id=${fake.state.bot.id}&scope=bot+applications.commands&permissions=117760&guild_id=42`,
      ),
    });
  });

  it('is what comes of an intent that is off, and that commands are not there yet', async () => {
    expect(await oneOf('intents', settings(), [])).toMatchObject({
      state: 'warn',
      mend: expect.stringContaining('Server Members Intent'),
    });
    expect(await oneOf('commands', settings(), [])).toMatchObject({ state: 'warn', mend: expect.stringContaining('"start"') });
  });

  it('is which permission the bot lacks in the digest’s channel', async () => {
    const everyone = { id: fake.guild.id, type: 0 as const, allow: '0' };
    const bare = fake.channel('bare', [{ ...everyone, deny: EMBEDS.toString() }]);
    const hidden = fake.channel('hidden', [{ ...everyone, deny: SEES.toString() }]);
    const of = (id: string) => oneOf('digest', settings(), [{ programme: 'ARENA', id }]);
    expect(await of(bare.id)).toMatchObject({ state: 'fail', detail: 'in #bare the bot lacks: Embed Links' });
    expect(await of(hidden.id)).toMatchObject({ state: 'fail', detail: expect.stringContaining('does not see') });
  });

  it('is how fast conversations are opened, and that more is a risk', async () => {
    const of = (most: number) => oneOf('direct messages', { ...settings(), openings: { most, withinMs: 600_000 } }, []);
    expect(await of(10)).toMatchObject({ detail: expect.stringMatching(/: 10 in 10 minutes \(DISCORD_OPENINGS\)$/) });
    expect(await of(50)).toMatchObject({ detail: expect.stringContaining('faster than is known to go well') });
  });

  it('is that Discord does not answer, where it does not', async () => {
    fake.faults.next(/applications/, { kind: 'status', status: 502 });
    expect(await oneOf('token', settings(), [])).toMatchObject({ state: 'fail', detail: 'Discord does not answer' });
  });
});
