import { expect } from 'vitest';
import { newest, type Stage } from '../support/platform-stage.js';
import type { SharedStory } from '../support/shared-story.js';

export const YEAR_STARTS = '2023-07-03T00:00:00Z';

async function asked(stage: Stage) {
  const mara = stage.person('Mara Lind', { timeZone: 'Europe/Stockholm' });
  await stage.cli('programme', 'set', 'ARENA', '--waves', '3,12', '--timezone', 'Europe/London');
  await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [mara]);
  await stage.until('2023-10-04T00:00:00Z');
  return { mara };
}

/** A year of one alumnus of ARENA 2.0. */
export const AN_ALUMNUS: readonly SharedStory[] = [
  {
    feature: 'question, reply, one card edited in place, its form',
    tells: 'asks, hears, shows one card, and edits it in place from then on',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara } = await asked(stage);
      expect(mara.sees()).toHaveLength(1);
      expect(newest(mara).words).toContain('It has been three months since ARENA 2.0 ended.');

      await mara.says('EleutherAI hired me in August, full time, for interpretability. See https://eleuther.ai');
      await stage.pass(46_000);
      const card = newest(mara);
      expect(card.words).toContain('EleutherAI');
      const standing = mara.sees().length;

      await mara.presses('track', { value: 'governance', on: card.id });
      await stage.pass(1_000);
      await mara.presses('change', { on: card.id });
      expect(mara.form()?.sections[0]).toMatchObject({ organisation: 'EleutherAI', track: 'governance' });
      await mara.fills([{ role: 'policy researcher', start: 'soon' }]);
      expect(mara.form()?.errors).toEqual([expect.stringContaining('“soon” is not a date')]);
      await mara.fills([{ role: 'policy researcher', start: 'Aug 2023' }]);
      expect(mara.form()).toBeNull();
      await stage.pass(1_000);
      expect(mara.sees()).toHaveLength(standing);
      expect(newest(mara).id).toBe(card.id);
      expect(newest(mara).words).toContain('Saved, thank you.');
      expect(newest(mara).words).toMatch(/policy researcher/i);

      await mara.presses('names', { choice: 'named', on: card.id });
      await mara.presses('influence', { value: '4', on: card.id });
      await stage.pass(1_000);
      await mara.says('Thanks!');
      await stage.pass(60_000);
      expect(mara.sees().filter((each) => each.words.includes('EleutherAI on interpretability'))).toHaveLength(1);
      await stage.until('2024-07-03T00:00:00Z');
      expect(newest(mara).words).toContain('Last time (October 2023)');
    },
  },

  {
    feature: 'corrections in words, edits and deletions of messages',
    tells: 'takes a correction in words and an edit of the message, and forgets what is deleted',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara } = await asked(stage);
      const id = await mara.says('I am a research engineer at Redwood Research.');
      await stage.pass(46_000);
      expect(newest(mara).words).toContain('Redwood Research');
      await mara.edits(id, 'I am a research engineer at Apollo Research.');
      await stage.pass(46_000);
      expect(newest(mara).words).toContain('Apollo Research');
      expect(newest(mara).words).not.toContain('Redwood');
      await mara.deletes(id);
      await stage.pass(46_000);
      expect(mara.sees().some((each) => each.words.includes('Apollo'))).toBe(false);
    },
  },

  {
    feature: '`/checkin data`, stop and erase',
    tells: 'shows what is held to whoever asks, ends on one word, and erases on a word and a yes',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara } = await asked(stage);
      await mara.says('I am a research engineer at Redwood Research.');
      await stage.pass(46_000);
      await mara.presses('right');
      await stage.pass(1_000);
      await mara.commands('/checkin data');
      expect(mara.told().at(-1)).toContain('Redwood Research');
      await mara.says('stop');
      await stage.pass(1_000);
      const said = mara.sees().length;
      await stage.until('2024-08-01T00:00:00Z');
      expect(mara.sees()).toHaveLength(said);
      await mara.says('erase');
      await stage.pass(1_000);
      await mara.presses('erase', { choice: 'yes' });
      await stage.pass(1_000);
      expect(newest(mara).words).toContain('Everything I held about you is erased');
      expect(mara.sees().filter((each) => each.controls.length > 0)).toEqual([]);
    },
  },

  {
    feature: 'somebody else’s button does nothing',
    tells: 'says to whoever presses somebody else’s button that it is not theirs, and does nothing',
    startsAt: YEAR_STARTS,
    notOn: { terminal: 'one presses there only what is in front of oneself' },
    play: async (stage) => {
      const { mara } = await asked(stage);
      await mara.says('I am a research engineer at Redwood Research.');
      await stage.pass(46_000);
      const card = newest(mara);
      const tom = stage.person('Tom Okafor');
      await tom.pressesOf(mara, 'undo', card.id);
      await stage.pass(1_000);
      expect(tom.told().join()).not.toBe('');
      expect(newest(mara)).toEqual(card);
    },
  },
];
