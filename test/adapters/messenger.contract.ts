import { beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { button, controls, type Message, say } from '../../src/domain/message.js';
import type { Address } from '../../src/domain/people.js';
import type { Messenger } from '../../src/ports.js';

/** A platform under test, fresh for each claim. `now` and `pass` are its own clock, which stamps what it takes. */
export type PlatformUnderTest = {
  readonly messenger: Messenger;
  readonly person: Address;
  readonly somebodyElse: Address;
  readonly channel: Address;
  readonly now: () => Date;
  readonly pass: (ms: number) => void;
  /** What stands there now under this reference, as plain words; null where nothing does. */
  readonly standing: (address: Address, ref: string) => Promise<string | null>;
};

const HOUR_MS = 3_600_000;
const key = (name: string) => name.padEnd(22, '0') as DeliveryKey;
const card = (text: string, under: DeliveryKey): Message => ({
  parts: [...say(text).parts, controls(button('right', under, 'Looks right'))],
});

/** What every messenger must do, so that nobody is asked twice and nothing that was sent is lost sight of. */
export function messengerContract(name: string, open: () => Promise<PlatformUnderTest>): void {
  describe(`${name}: the contract of a messenger`, () => {
    let at: PlatformUnderTest;
    let start: Date;
    beforeEach(async () => {
      at = await open();
      start = new Date(at.now().getTime() - 60_000);
    });
    const sent = async (text: string, under: DeliveryKey, to = at.person) => {
      const result = await at.messenger.send(to, under, card(text, under));
      if (!result.ok) throw new Error(`not sent: ${JSON.stringify(result.error)}`);
      return result.value;
    };

    it('finds by its key what it sent', async () => {
      const ref = await sent('What are you doing these days?', key('question'));
      await sent('Another one', key('another'));
      expect(await at.messenger.find(key('question'), at.person, start)).toEqual({ kind: 'found', ref });
      expect(await at.standing(at.person, ref)).toContain('What are you doing these days?');
    });

    it('finds nothing under a key that was never sent', async () => {
      await sent('Hello', key('question'));
      expect(await at.messenger.find(key('never'), at.person, start)).toEqual({ kind: 'not_found' });
    });

    it('finds a message only where it went', async () => {
      await sent('Hello', key('question'));
      expect(await at.messenger.find(key('question'), at.somebodyElse, start)).toEqual({ kind: 'not_found' });
      expect(await at.messenger.find(key('question'), at.channel, start)).toEqual({ kind: 'not_found' });
    });

    it('finds what went to a channel', async () => {
      const ref = await sent('The week', key('digest'), at.channel);
      expect(await at.messenger.find(key('digest'), at.channel, start)).toEqual({ kind: 'found', ref });
    });

    it('does not look further back than it is asked to', async () => {
      await sent('Hello', key('question'));
      at.pass(2 * HOUR_MS);
      expect(await at.messenger.find(key('question'), at.person, new Date(at.now().getTime() - HOUR_MS))).toEqual({
        kind: 'not_found',
      });
      expect((await at.messenger.find(key('question'), at.person, start)).kind).toBe('found');
    });

    it('keeps the key on a message that it edits', async () => {
      const ref = await sent('This is what I understood:', key('card'));
      const edited = await at.messenger.edit(at.person, ref, key('card'), card('Saved, thank you.', key('card')));
      expect(edited.ok).toBe(true);
      expect((await at.messenger.find(key('card'), at.person, start)).kind).toBe('found');
      expect(await at.standing(at.person, edited.ok ? edited.value : ref)).toContain('Saved, thank you.');
    });

    it('sends nothing new when it edits', async () => {
      const ref = await sent('One', key('card'));
      await at.messenger.edit(at.person, ref, key('card'), say('Two'));
      await at.messenger.edit(at.person, ref, key('card'), say('Three'));
      expect(await at.messenger.find(key('card'), at.person, start)).toEqual({ kind: 'found', ref });
    });

    it('does not find what it removed', async () => {
      const ref = await sent('Hello', key('question'));
      expect(await at.messenger.remove(at.person, ref)).toEqual({ ok: true, value: null });
      expect(await at.messenger.find(key('question'), at.person, start)).toEqual({ kind: 'not_found' });
      expect(await at.standing(at.person, ref)).toBeNull();
    });

    it('takes a second removal for done', async () => {
      const ref = await sent('Hello', key('question'));
      await at.messenger.remove(at.person, ref);
      expect((await at.messenger.remove(at.person, ref)).ok).toBe(true);
    });

    it('refuses to edit what was removed, and sends nothing instead', async () => {
      const ref = await sent('Hello', key('question'));
      await at.messenger.remove(at.person, ref);
      const edited = await at.messenger.edit(at.person, ref, key('question'), say('Again'));
      expect(edited.ok).toBe(false);
      expect(await at.messenger.find(key('question'), at.person, start)).toEqual({ kind: 'not_found' });
    });
  });
}
