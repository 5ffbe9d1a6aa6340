import { expect, it } from 'vitest';
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

describeOnBoth('the card', (open) => {
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

  it('shows what was understood in plain words with the evidence, puts a kind or track right with one tap, and still asks whether it is right', async () => {
    const world = await asked();
    const card = await world.answers('U1', WORK);
    expect(wordsIn(card.message)).toContain('This is what I understood:');
    expect(wordsIn(card.message)).toMatch(/Redwood Research/);
    expect(card.message.parts.some((part) => part.kind === 'quote' && WORK.includes(part.text))).toBe(true);
    await world.presses('U1', card, 'track', { value: 'governance' });
    await world.presses('U1', card, 'kind', { value: 'fellowship' });
    expect([chosen(card, 'kind'), chosen(card, 'track')]).toEqual(['fellowship', 'governance']);
    expect(verbs(card)).toContain('right');
    await world.presses('U1', card, 'right');
    await world.presses('U1', card, 'right').catch(() => {});
    expect(wordsIn(card.message)).toContain('Saved, thank you.');
    expect(verbs(card)).not.toContain('right');
    expect(cards(world)).toHaveLength(1);
  });

  it('leaves a select empty with a question where it is not sure', async () => {
    const world = await asked();
    const card = await world.answers('U1', 'I work at OpenAI now.');
    expect(chosen(card, 'track')).toBeNull();
    expect(wordsIn(card.message)).toContain('<Which field comes closest? = >');
    await world.presses('U1', card, 'track', { value: 'unclear' });
    expect(chosen(card, 'track')).toBe('unclear');
  });

  it('fills the form with the record, keeps entries with an error, and takes changes, additions and removals', async () => {
    const world = await asked();
    const card = await world.answers('U1', WORK);
    const { form } = await world.presses('U1', card, 'change');
    const [first, added] = form?.sections ?? [];
    const values = Object.fromEntries((first?.fields ?? []).map((field) => [field.name, field.value ?? '']));
    expect(values).toMatchObject({ organisation: 'Redwood Research', start: '2023-08', status: 'current' });
    expect(added?.title).toBe('Something to add');
    const wrong = await world.submits('U1', card.key, [
      { ...values, start: 'soonish' },
      { kind: '', organisation: 'Oxford' },
    ]);
    expect(wrong).toEqual({
      kind: 'errors',
      errors: [
        {
          section: 0,
          field: 'start',
          message: '“soonish” is not a date I can read: write it such as 2024, Feb 2024 or 2024-02-11.',
        },
        { section: 1, field: 'kind', message: 'Choose what kind of thing this is.' },
      ],
    });
    expect(wordsIn(card.message)).toContain('This is what I understood:');
    const saved = await world.submits('U1', card.key, [
      { ...values, start: 'July 2023', commitment: 'part_time' },
      { kind: 'study', organisation: 'Oxford', topic: 'statistics' },
    ]);
    expect(saved).toEqual({ kind: 'saved', answer: null });
    expect(wordsIn(card.message)).toMatch(/since Jul 2023, part time/);
    expect(wordsIn(card.message)).toContain('Oxford');
    expect(wordsIn(card.message)).toContain('Saved, thank you.');
    await world.submits('U1', card.key, [{ kind: 'remove' }, {}, { kind: '' }]);
    expect(wordsIn(card.message)).not.toContain('Redwood');
    expect(wordsIn(card.message)).toContain('Oxford');
  });

  it('takes the whole reply back: the check-in is as if unanswered, nobody is nagged, and a new answer counts', async () => {
    const { world, card } = await answeredAndConfirmed();
    await world.presses('U1', card, 'undo');
    expect(wordsIn(card.message)).toContain('Taken back: it is not counted, and nobody sees it.');
    expect(verbs(card)).toEqual([]);
    expect(await world.stateOf('Mara Lind', 3)).toBe('lapsed');
    await world.until('2023-12-01T00:00:00Z');
    expect(cards(world)).toHaveLength(1);
    const again = await world.answers('U1', 'I am at METR now, as a researcher.');
    expect(again.ref).not.toBe(card.ref);
    expect(wordsIn(again.message)).toContain('May the organisers see your answers with your name');
    expect(await world.stateOf('Mara Lind', 3)).toBe('answered');
  });

  it('takes the reply back when all of its messages are deleted, and not before', async () => {
    const world = await asked();
    const first = await world.says('U1', WORK);
    const second = await world.says('U1', 'It is full time.');
    await world.pass(46_000);
    const card = world.last('U1');
    await world.presses('U1', card, 'right');
    await world.deletes('U1', second);
    await world.pass(46_000);
    expect(wordsIn(card.message)).toContain('Saved, thank you.');
    await world.deletes('U1', first);
    await world.pass(46_000);
    expect(wordsIn(card.message)).toContain('Taken back');
    expect(await world.stateOf('Mara Lind', 3)).toBe('lapsed');
  });

  it('does not bring back what was taken back when one of its messages is deleted', async () => {
    const world = await asked();
    await world.says('U1', WORK);
    const second = await world.says('U1', 'It is full time.');
    await world.pass(46_000);
    const card = world.last('U1');
    await world.presses('U1', card, 'undo');
    await world.deletes('U1', second);
    await world.pass(46_000);
    expect(wordsIn(card.message)).toContain('Taken back');
    expect(await world.stateOf('Mara Lind', 3)).toBe('lapsed');
  });

  it('asks for consent to names once, on the first card only, and lets `data` change it', async () => {
    const { world, card } = await answeredAndConfirmed([3, 6]);
    const question = 'May the organisers see your answers with your name, or only in totals?';
    expect(wordsIn(card.message)).toContain(question);
    await world.presses('U1', card, 'names', { choice: 'named' });
    expect(wordsIn(card.message)).toContain('The organisers see your answers with your name.');
    await world.until('2024-01-05T00:00:00Z');
    expect(wordsIn(world.last('U1').message)).toContain('The organisers of ARENA see your answer with your name.');
    const second = await world.answers('U1', 'I am at METR now, as a researcher.');
    expect(wordsIn(second.message)).not.toContain(question);
    await world.says('U1', 'data');
    await world.tick();
    const data = world.last('U1');
    expect(wordsIn(data.message)).toContain('The organisers of ARENA see your answers with your name.');
    expect(wordsIn(data.message)).toContain(WORK);
    const { answer } = await world.presses('U1', data, 'names');
    expect(wordsIn(answer ?? { parts: [] })).toBe('The organisers of ARENA see your answers only in totals.');
    expect(wordsIn(card.message)).toContain('only in totals');
  });

  it('asks about influence once, at the first answer confirmed, and takes no for an answer', async () => {
    const { world, card } = await answeredAndConfirmed([3, 6]);
    expect(wordsIn(card.message)).toContain('how much did ARENA have to do with it?');
    await world.presses('U1', card, 'influence', { value: '4' });
    expect(chosen(card, 'influence')).toBe('4');
    await world.presses('U1', card, 'channels', { value: 'skills' });
    expect(chosen(card, 'channels')).toBe('skills');
    await world.presses('U1', card, 'influence', { value: 'skip' });
    expect(wordsIn(card.message)).not.toContain('have to do with it?');
    await world.until('2024-01-05T00:00:00Z');
    const second = await world.answers('U1', 'I am at METR now, as a researcher.');
    await world.presses('U1', second, 'right');
    expect(wordsIn(second.message)).not.toContain('have to do with it?');
  });

  it('passes on what is asked for only after a yes of its own', async () => {
    const world = await asked();
    const card = await world.answers('U1', `${WORK} Could you introduce me to somebody at METR?`);
    expect(wordsIn(card.message)).toContain('Shall I pass your message on to them, with your name?');
    await world.presses('U1', card, 'help', { choice: 'no' });
    expect(wordsIn(card.message)).toContain('Your request stays between us.');
    const question = await world.answers('U1', 'Who reads what I write here?');
    expect(wordsIn(question.message)).toContain('I cannot answer that myself.');
    const { answer } = await world.presses('U1', question, 'help', { choice: 'yes' });
    expect(wordsIn(answer ?? { parts: [] })).toBe('Passed on to the organisers, with your name.');
  });

  it('changes nothing on a press of somebody else, or of a button that was never sent', async () => {
    const world = await asked();
    await world.cohort('2023-06-30', [{ name: 'Tom Okafor', slack: 'U2' }], {}, { programme: 'ARENA', cohort: 'ARENA 2.5' });
    const card = await world.answers('U1', WORK);
    const before = wordsIn(card.message);
    for (const verb of ['right', 'undo', 'change', 'track']) {
      const { answer, form } = await world.presses('U2', card, verb, { value: 'governance' });
      expect(form).toBeNull();
      expect(wordsIn(answer ?? { parts: [] })).toContain('nothing has changed');
    }
    expect((await world.submits('U2', card.key, [{ kind: 'study' }])).kind).toBe('not_yours');
    expect((await world.submits('U1', 'key-999999', [{ kind: 'study' }])).kind).toBe('not_yours');
    expect(wordsIn(card.message)).toBe(before);
  });
});
