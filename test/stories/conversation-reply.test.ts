import { expect, it } from 'vitest';
import { settleReplies } from '../../src/flows/settle-replies.js';
import { takeInMessage } from '../../src/flows/take-in.js';
import { controlsIn, type Taken, wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1', timeZone: 'Europe/Stockholm' };
const ASKED = '2023-10-04T00:00:00Z';
const WORK = 'I joined Redwood Research as a research engineer in August.';

const chosen = (card: Taken, verb: string) => {
  const control = controlsIn(card.message).find((each) => each.id.startsWith(`aw:${verb}:`));
  return control?.kind === 'select' ? control.chosen : undefined;
};
const verbs = (card: Taken) => controlsIn(card.message).map((each) => each.id.split(':')[1]);

describeOnBoth('the reply', (open) => {
  const asked = async (waves: readonly number[] = [3]) => {
    const world = new World(await open(), '2023-09-25T00:00:00Z');
    await world.cohort('2023-06-30', [MARA], { waves });
    await world.until(ASKED);
    return world;
  };
  const answeredAndConfirmed = async (waves: readonly number[] = [3]) => {
    const world = await asked(waves);
    const card = await world.answers('U1', WORK);
    await world.presses('U1', card, 'right');
    return { world, card };
  };
  const cards = (world: World) => world.messenger.to('U1').slice(1);

  it('takes several messages as one reply, with their edits and deletions, and answers with one card', async () => {
    const world = await asked();
    const first = await world.says('U1', 'I joined Anthropic');
    await world.pass(30_000);
    const second = await world.says('U1', 'and I keep bees');
    await world.pass(30_000);
    expect(cards(world)).toHaveLength(0);
    await world.edits('U1', first, WORK);
    await world.deletes('U1', second);
    await world.pass(30_000);
    expect(cards(world)).toHaveLength(0);
    await world.pass(16_000);
    expect(cards(world)).toHaveLength(1);
    const card = world.last('U1');
    expect(wordsIn(card.message)).toContain('Redwood Research');
    expect(wordsIn(card.message)).not.toMatch(/Anthropic|bees/);
    expect(verbs(card).slice(0, 5)).toEqual(['kind', 'track', 'right', 'change', 'undo']);
  });

  it('takes a message that comes twice, or an edit that leaves the text alone, as nothing new', async () => {
    const world = await asked();
    const id = await world.says('U1', WORK);
    await world.says('U1', WORK, id);
    await world.pass(46_000);
    const { ref } = world.last('U1');
    const edits = world.messenger.edits.length;
    await world.edits('U1', id, WORK);
    await world.says('U1', WORK, id);
    await world.pass(46_000);
    expect(world.last('U1').ref).toBe(ref);
    expect(world.messenger.edits).toHaveLength(edits);
  });

  it('takes an edit that overtakes its message for both, and a deletion that does so as the end of it', async () => {
    const world = await asked();
    await world.edits('U1', 'late', WORK);
    await world.says('U1', 'I joined Anthropic', 'late');
    await world.deletes('U1', 'gone');
    await world.says('U1', 'I keep bees', 'gone');
    await world.pass(46_000);
    expect(wordsIn(world.last('U1').message)).toContain('Redwood Research');
    expect(wordsIn(world.last('U1').message)).not.toMatch(/Anthropic|bees/);
    const said = await world.ports.conversations.wordsOf(
      (await world.ports.conversations.personAt({ platform: 'slack', id: 'U1' })) ?? (0 as never),
    );
    expect(said.map((each) => each.text)).toEqual([WORK]);
  });

  it('reads the whole again where a message arrives after a later one', async () => {
    const world = await asked();
    const sentAt = world.time;
    await world.pass(5_000);
    await world.answers('U1', 'Full time, by the way.');
    const from = { platform: 'slack', id: 'U1' } as const;
    await takeInMessage(world.ports, { kind: 'new', from, externalId: 'slow', text: WORK, sentAt });
    await world.pass(46_000);
    expect(cards(world)).toHaveLength(1);
    expect(wordsIn(world.last('U1').message)).toContain('Redwood Research');
    expect(await world.stateOf('Mara Lind', 3)).toBe('answered');
  });

  it('settles again where a message arrives between the reading and the saving', async () => {
    const world = await asked();
    await world.says('U1', 'I joined Anthropic as a research engineer.');
    const { readReply } = world.ports;
    let isFirst = true;
    const ports = {
      ...world.ports,
      readReply: async (text: Parameters<typeof readReply>[0]) => {
        if (isFirst) {
          isFirst = false;
          await world.says('U1', 'And I teach maths at a school, part time.');
        }
        return readReply(text);
      },
    };
    world.time = new Date(world.time.getTime() + 46_000);
    await settleReplies(ports);
    await world.tick();
    expect(cards(world)).toHaveLength(0);
    await world.pass(46_000);
    expect(cards(world)).toHaveLength(1);
    expect(wordsIn(world.last('U1').message)).toContain('Anthropic');
    expect(wordsIn(world.last('U1').message).toLowerCase()).toContain('teach');
  });

  it('keeps a tap that comes while a correction is being read', async () => {
    const world = await asked();
    const card = await world.answers('U1', WORK);
    await world.says('U1', "no, it's part time");
    const { readReply } = world.ports;
    let isFirst = true;
    const ports = {
      ...world.ports,
      readReply: async (text: Parameters<typeof readReply>[0]) => {
        if (isFirst) {
          isFirst = false;
          await world.presses('U1', card, 'track', { value: 'governance' });
        }
        return readReply(text);
      },
    };
    world.time = new Date(world.time.getTime() + 46_000);
    await settleReplies(ports);
    await world.tick();
    expect(chosen(card, 'track')).toBe('governance');
    expect(wordsIn(card.message)).toContain('part time');
  });

  it.each([
    ['an emoji', '🎉'],
    ['control characters', '\u0000\u0007\u001b[31m\u200b'],
    ['a hundred kilobytes', 'lorem ipsum '.repeat(8_500)],
  ])('gives %s the same card, empty, and the check-in stays open until a tap', async (_, text) => {
    const world = await asked();
    const card = await world.answers('U1', text);
    expect(wordsIn(card.message)).toContain('Which comes closest to what you do now?');
    expect([chosen(card, 'kind'), chosen(card, 'track')]).toEqual([null, null]);
    expect(await world.stateOf('Mara Lind', 3)).toBe('delivered');
    await world.presses('U1', card, 'kind', { value: 'study' });
    expect(chosen(card, 'kind')).toBe('study');
    expect(await world.stateOf('Mara Lind', 3)).toBe('answered');
    expect(world.logged.filter((each) => each.level === 'error')).toEqual([]);
  });

  it('keeps words from right to left as they are, and answers them with a card', async () => {
    const world = await asked();
    const card = await world.answers('U1', '\u202eأعمل باحثا في الجامعة\u202c');
    expect(verbs(card)).toContain('track');
    expect(await world.commands('U1', 'data')).toContain('أعمل باحثا في الجامعة');
  });

  it('lets "same as before" after an unreadable message carry the last record forward', async () => {
    const { world } = await answeredAndConfirmed([3, 6]);
    await world.until('2024-01-05T00:00:00Z');
    const card = await world.answers('U1', '👍');
    await world.answers('U1', 'nothing new');
    expect(wordsIn(card.message)).toContain('So this still holds:');
    expect(wordsIn(card.message)).toContain('Redwood Research');
    expect(await world.stateOf('Mara Lind', 6)).toBe('answered');
  });

  it('adds what is said after the card to it', async () => {
    const world = await asked();
    const card = await world.answers('U1', WORK);
    await world.presses('U1', card, 'track', { value: 'alignment' });
    await world.answers('U1', 'I also started a PhD in statistics at Oxford in September.');
    expect(wordsIn(card.message)).toContain('Redwood Research');
    expect(wordsIn(card.message)).toContain('Oxford');
    expect(cards(world)).toHaveLength(1);
  });

  it('takes a correction in words shortly after confirming, also behind a word of thanks, and asks again whether it is right', async () => {
    const { world, card } = await answeredAndConfirmed();
    await world.answers('U1', 'Thanks!');
    expect(cards(world)).toHaveLength(1);
    await world.answers('U1', "no, it's part time");
    expect(cards(world)).toHaveLength(1);
    expect(wordsIn(card.message)).toContain('part time');
    expect(verbs(card)).toContain('right');
  });

  it('leaves what was confirmed alone where the message behind it is edited', async () => {
    const world = await asked();
    const id = await world.says('U1', WORK);
    await world.pass(46_000);
    const card = world.last('U1');
    await world.presses('U1', card, 'kind', { value: 'fellowship' });
    await world.presses('U1', card, 'right');
    await world.edits('U1', id, `${WORK} :)`);
    await world.pass(46_000);
    expect(wordsIn(card.message)).toContain('Saved, thank you.');
    expect(chosen(card, 'kind')).toBe('fellowship');
  });

  it('reads an edited message anew before it is confirmed, without undoing a tap', async () => {
    const world = await asked();
    const id = await world.says('U1', WORK);
    await world.pass(46_000);
    const card = world.last('U1');
    await world.presses('U1', card, 'track', { value: 'governance' });
    await world.edits('U1', id, WORK.replace('Redwood Research', 'METR'));
    await world.pass(46_000);
    expect(wordsIn(card.message)).toContain('METR');
    expect(chosen(card, 'track')).toBe('governance');
    expect(cards(world)).toHaveLength(1);
  });
});
