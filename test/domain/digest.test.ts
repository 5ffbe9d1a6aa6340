import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMessage as onDiscord } from '../../adapters/discord/render.js';
import { renderMessage as onSlack } from '../../adapters/slack/render.js';
import { renderMessage as inTerminal } from '../../adapters/terminal/render.js';
import { type DigestInput, digestMessage } from '../../src/domain/digest.js';
import type { Message, Part } from '../../src/domain/message.js';
import { aFullWeek, anUpdate, aQuietWeek, SITUATIONS } from './digest-situations.js';

function words(part: Part): readonly string[] {
  switch (part.kind) {
    case 'list':
      return part.items;
    case 'fields':
      return part.fields.map(({ label, value }) => `${label}: ${value}`);
    case 'heading':
    case 'paragraph':
    case 'note':
      return [part.text];
    default:
      throw new Error(`a digest has no ${part.kind}`);
  }
}
const wordsOf = (message: Message | null) => (message?.parts ?? []).flatMap(words);

describe('digestMessage', () => {
  it('is silent about a week that held nothing', () => {
    expect(digestMessage(aQuietWeek)).toBeNull();
    expect(
      digestMessage({ ...aQuietWeek, audience: 'public', asks: aFullWeek.asks, needsHuman: aFullWeek.needsHuman }),
    ).toBeNull();
  });

  it('says this of these weeks, to organisers and to everybody', async () => {
    const told = Object.entries(SITUATIONS).map(([name, week]) =>
      [
        `=== ${name}`,
        ...wordsOf(digestMessage(week)),
        '--- to everybody',
        ...wordsOf(digestMessage({ ...week, audience: 'public' })),
      ].join('\n'),
    );
    await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot('digest-words.txt');
  });

  it.each(['everything at once', 'a burst of 300', 'several who cannot be reached', 'five programmes, 1: ARENA'])(
    'reads like this where it is posted: %s',
    async (name) => {
      const message = digestMessage(SITUATIONS[name] ?? aQuietWeek) ?? { parts: [] };
      const shown = [
        '=== in the terminal',
        inTerminal(message, { colour: false, width: 78, numbered: false }),
        '=== on Slack',
        onSlack(message).text,
        `in blocks: ${onSlack(message).blocks.map(({ type }) => type)}`,
        '=== on Discord',
        ...onDiscord(message, null).body.embeds.map(({ description }) => description),
      ].join('\n');
      await expect(`${shown}\n`).toMatchFileSnapshot(`digest-shown/${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.txt`);
    },
  );

  it('stays short enough for twenty seconds, whatever the week held', () => {
    for (const [name, week] of Object.entries(SITUATIONS)) {
      const count = wordsOf(digestMessage(week)).join(' ').split(/\s+/).length;
      expect(count, name).toBeLessThanOrEqual(name === 'everything at once' || name === 'a burst of 300' ? 170 : 120);
    }
  });

  it('has no heading without something under it, and no line that says nothing', () => {
    for (const [name, week] of Object.entries(SITUATIONS))
      for (const audience of ['organisers', 'public'] as const) {
        const parts = digestMessage({ ...week, audience })?.parts ?? [];
        parts.forEach(({ kind }, place) => {
          if (kind === 'heading') expect(parts[place + 1]?.kind, name).toMatch(/paragraph|list|fields/);
        });
        for (const line of parts.flatMap(words)) expect(line, name).not.toMatch(/^\s*$|NaN|undefined|null|!/);
      }
  });

  it('never shows the words of somebody who has not agreed to be named', () => {
    const lines = wordsOf(digestMessage({ ...aFullWeek, newUpdates: [{ ...anUpdate, who: null }] }));
    expect(lines.join(' ')).not.toContain('EleutherAI');
    expect(lines).toContain('1 answer counts only in the totals.');
  });

  it('cuts long lists itself, and says how many it left out', () => {
    const newUpdates = Array.from({ length: 11 }, () => anUpdate);
    const lines = wordsOf(digestMessage({ ...aFullWeek, newUpdates }));
    expect(lines.filter((line) => line.startsWith('Ada: Research')).length).toBe(8);
    expect(lines).toContain('And 3 more.');
  });

  it('keeps names and tracks from the public, whatever the week held', () => {
    const someWeek = fc
      .record({ asked: fc.nat(3), answered: fc.nat(3), confirmed: fc.nat(3), updates: fc.nat(3), carriedForward: fc.boolean() })
      .map(({ updates, carriedForward, ...counts }): DigestInput => {
        const newUpdates = Array.from({ length: updates }, () => ({ ...anUpdate, carriedForward }));
        return { ...aFullWeek, audience: 'public', counts, newUpdates };
      });
    fc.assert(
      fc.property(someWeek, (week) => {
        const text = wordsOf(digestMessage(week)).join('\n');
        expect(text).not.toMatch(/Ada|Ben|Cai|Callum|CHAI|EleutherAI|capabilities|NaN|undefined|!/);
      }),
    );
  });
});
