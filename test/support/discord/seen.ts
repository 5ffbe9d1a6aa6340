import type { Seen } from '../platform-stage.js';
import type { FakeDiscord } from './fake-discord.js';
import { bodiesIn, textIn } from './message-bodies.js';
import type { Body, Message } from './state.js';

/** What a body says, without Discord's marks. */
export function wordsIn(body: Body): string {
  const embeds = bodiesIn(body, 'embeds').map((each) => textIn(each, 'description') ?? '');
  const files = bodiesIn(body, 'attachments').map((each) => `[${textIn(each, 'description') ?? textIn(each, 'filename') ?? ''}]`);
  return [textIn(body, 'content') ?? '', ...embeds, ...files]
    .filter((each) => each !== '')
    .join('\n')
    .split('\n')
    .map((line) => line.replace(/^(?:#{1,3} |-# |> |- )/, '').replaceAll('**', ''))
    .map((line) => line.replaceAll(/\\([^A-Za-z0-9\s])/g, '$1'))
    .join('\n');
}

/** The buttons and selects of a message, in order. */
export function componentsIn(body: Body): readonly Body[] {
  return bodiesIn(body, 'components').flatMap((row) => bodiesIn(row, 'components'));
}

export const seen = (message: Message): Seen => ({
  id: message.id,
  words: wordsIn(message as unknown as Body),
  controls: componentsIn(message as unknown as Body).map((each) => String(each.custom_id)),
});

/** The Discord environment that a made-up Discord stands for. */
export const environmentFor = (discord: FakeDiscord) => ({
  DISCORD_TOKEN: discord.token,
  DISCORD_GUILD_ID: discord.guild.id,
  DISCORD_API_URL: discord.apiUrl,
});
