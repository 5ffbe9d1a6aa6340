import { describe, expect, it } from 'vitest';
import { keyIn, renderMessage } from '../../adapters/discord/render.js';
import { button, controls, paragraph, say } from '../../src/domain/message.js';
import { discordProblems } from '../support/discord/limits.js';

const KEY = 'abcdefghijklmnopqrstu_';

describe('a message on Discord', () => {
  it('carries its key in its controls, and is plain content then', () => {
    const { body } = renderMessage({ parts: [paragraph('How are you?'), controls(button('later', KEY, 'Later'))] }, KEY);
    expect(discordProblems(body)).toEqual([]);
    expect(body.content).toBe('How are you?');
    expect(keyIn(body)).toBe(KEY);
  });

  it('carries its key in the address of an embed where it has no controls', () => {
    const { body } = renderMessage(say('Done.'), KEY);
    expect(discordProblems(body)).toEqual([]);
    expect(body.embeds[0]).toMatchObject({ description: 'Done.', url: `https://discord.com/#${KEY}` });
    expect(keyIn(body)).toBe(KEY);
  });

  it('shows what people wrote as they typed it', () => {
    const { body } = renderMessage(say('*x* <@1> @everyone https://a.example :smile: ||no||'), null);
    expect(body.content).toBe('\\*x\\* \\<\\@1> \\@everyone https\\://a.example \\:smile: \\|\\|no\\|\\|');
    expect(body.allowed_mentions).toEqual({ parse: [] });
  });
});
