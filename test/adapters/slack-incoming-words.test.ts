import { describe, expect, it } from 'vitest';
import { commandFrom, wordsFrom } from '../../adapters/slack/incoming-words.js';

describe('what somebody typed, out of what Slack makes of it', () => {
  it('reads links, mentions and signs as they were typed', () => {
    expect(wordsFrom('I joined <https://chai.org|CHAI> &amp; <@U012|tom>, see <#C012|general> <mailto:a@b.org|a@b.org>')).toBe(
      'I joined CHAI & @tom, see #general a@b.org',
    );
  });

  it('keeps in a command which channel, person or group is meant', () => {
    expect(commandFrom('invite <#C012|general> --to <@U012|tom> <!subteam^S012|@alumni>')).toBe(
      'invite <#C012|general> --to <@U012|tom> <!subteam^S012|@alumni>',
    );
  });

  it('still unpacks addresses and signs in a command', () => {
    expect(commandFrom('organisers add <mailto:ada@example.org|ada@example.org> R&amp;D &lt;3')).toBe(
      'organisers add ada@example.org R&D <3',
    );
  });
});
