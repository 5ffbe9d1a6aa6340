import { expect, vi } from 'vitest';
import { newest, type OrganisersStage } from '../support/platform-stage.js';
import type { SharedStory } from '../support/shared-story.js';

export const ORGANISER_STARTS = '2024-05-06T09:00:00Z';

async function desk(stage: OrganisersStage) {
  await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
  const ada = await stage.organiser('Ada Lovelace', 'ARENA');
  const grace = stage.person('Grace Hopper', { email: 'grace@example.org', timeZone: 'Europe/London' });
  const [columns] = stage.listOf([]).split('\n');
  const roster = (...lines: readonly string[]) => ({ file: `${[columns, ...lines].join('\n')}\n` });
  return { ada, grace, roster };
}

/** An organiser's first ten minutes: from a programme of the command line's to people who will be asked. */
export const AN_ORGANISER: readonly SharedStory[] = [
  {
    feature: 'import by a form with a file, shown first',
    tells: 'brings people in by a file, shows them first, and asks them when they are due',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { ada, grace } = await desk(stage);
      await ada.commands('/alumni import');
      expect(ada.form()?.title).toBe('Bring people in');
      await ada.fills([{ name: 'ARENA 3.0', ended: '2024-04-30' }], { file: stage.listOf([grace]) });
      expect(ada.reads()).toContain('1 person for ARENA 3.0, a new cohort');
      expect(await stage.cli('checkins', '--json')).not.toContain('Grace');
      await ada.presses('ask', { choice: 'do' });
      expect(ada.reads()).toContain('1 person added to ARENA 3.0');
      await ada.commands('/alumni cohorts');
      expect(ada.told().at(-1)).toMatch(/ARENA 3\.0:?\s+1 person/);
      await stage.until('2024-08-01T00:00:00Z');
      expect(newest(grace).words).toContain('It has been three months since ARENA 3.0 ended.');
      expect(ada.sees()).toEqual([]);
    },
  },

  {
    feature: 'a bad list imports nothing',
    tells: 'gives a file with bad lines back with all of them, and imports nothing',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { ada, roster } = await desk(stage);
      await ada.commands('/alumni import');
      await ada.fills([{ name: 'ARENA 3.0', ended: '2024-04-30' }], roster('Tom Okafor,nobody at all,', ',,'));
      expect(ada.reads()).toContain('Nothing was imported');
      expect(await stage.cli('checkins', '--json')).not.toContain('Tom');
    },
  },
  {
    feature: 'cohorts by a form; a mistyped command is understood',
    tells: 'adds a cohort by a form, and says what was meant by a mistyped command',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { ada } = await desk(stage);
      await ada.commands('/alumni add');
      await ada.fills([{ name: 'ARENA 4.0', ended: '2024-04-30' }]);
      await ada.commands('/alumni cohorts');
      expect(ada.told().at(-1)).toContain('ARENA 4.0');
      await ada.commands('/alumni statsu');
      expect(ada.told().at(-1)).toContain('status');
    },
  },
  {
    feature: 'organisers’ commands for organisers only',
    tells: 'answers no organiser’s command of anybody else',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { grace } = await desk(stage);
      await stage.import({ programme: 'ARENA', cohort: 'ARENA 3.0', ended: '2024-04-30' }, [grace]);
      await grace.commands('/alumni cohorts');
      expect(grace.told()).toHaveLength(1);
      expect(grace.told().at(-1)).not.toContain('ARENA 3.0');
    },
  },
  {
    feature: '`status` and `report`',
    tells: 'shows who was asked and who answered, and what became of them',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { ada, grace } = await desk(stage);
      await stage.import({ programme: 'ARENA', cohort: 'ARENA 3.0', ended: '2024-04-30' }, [grace]);
      await stage.until('2024-08-01T00:00:00Z');
      await grace.says('I am a research engineer at Redwood Research, full time.');
      await stage.pass(46_000);
      await grace.presses('right');
      await stage.pass(1_000);
      await ada.commands('/alumni status');
      expect(ada.told().at(-1)).toContain('1 of 1 answered');
      await ada.commands('/alumni report');
      expect(ada.told().at(-1)).toContain('WHO ANSWERED');
      expect(ada.told().join()).not.toContain('Redwood');
    },
  },
  {
    feature: '`export` as files in a direct message',
    tells: 'sends whoever asks everything as files, once, with names only of those who agreed',
    startsAt: ORGANISER_STARTS,
    notOn: { terminal: 'there is a command for it on the command line' },
    play: async (stage) => {
      const { ada, grace } = await desk(stage);
      await stage.import({ programme: 'ARENA', cohort: 'ARENA 3.0', ended: '2024-04-30' }, [grace]);
      await stage.until('2024-08-01T00:00:00Z');
      await grace.says('I am a research engineer at Redwood Research, full time.');
      await stage.pass(46_000);
      await grace.presses('right');
      await stage.pass(1_000);
      await ada.commands('/alumni export');
      expect(ada.told().at(-1)).toContain('send them to you alone');
      const withFiles = () => ada.sees().filter(({ words }) => /answers\S*\.csv\]/.test(words));
      await stage.pass(1_000);
      // What draws the report is loaded with the first picture.
      await vi.waitFor(() => expect(withFiles()).toHaveLength(1), { timeout: 30_000, interval: 50 });
      await stage.pass(1_000);
      expect(withFiles()).toHaveLength(1);
      for (const file of ['answers.jsonl', 'data-dictionary.json', 'report.csv', 'report.json', 'report.html'])
        expect(withFiles()[0]?.words).toContain(`[${file}]`);
      expect(grace.sees().some(({ words }) => words.includes('answers.csv'))).toBe(false);
    },
  },
  {
    feature: 'invitation with *Keep in touch*',
    tells: 'puts up a button in a channel, and asks whoever presses it and nobody else',
    startsAt: ORGANISER_STARTS,
    notOn: { terminal: 'it has no channels in which people are' },
    play: async (stage) => {
      const { ada, grace } = await desk(stage);
      const tom = stage.person('Tom Okafor');
      const channel = stage.channel('arena-3', [ada, grace, tom]);
      await ada.commands('/alumni add ARENA 3.0 --ended 2024-04-30', channel.id);
      await ada.commands('/alumni invite ARENA 3.0', channel.id);
      await stage.pass(1_000);
      expect(channel.sees()).toHaveLength(1);
      await grace.presses('keep', { on: channel.sees()[0]?.id ?? '' });
      await stage.pass(1_000);
      await stage.until('2024-08-01T00:00:00Z');
      expect(newest(grace).words).toContain('ARENA 3.0');
      expect(tom.sees()).toEqual([]);
    },
  },
  {
    feature: 'weekly digest, once',
    tells: 'posts the week to its channel, once, and without names where others read it',
    startsAt: ORGANISER_STARTS,
    notOn: { terminal: 'it has no channels in which people are' },
    play: async (stage) => {
      const { ada, grace } = await desk(stage);
      const channel = stage.channel('alumni-news', [ada, grace]);
      await stage.cli('programme', 'set', 'ARENA', '--channel', `${stage.platform}:${channel.id}`);
      await stage.import({ programme: 'ARENA', cohort: 'ARENA 3.0', ended: '2024-04-30' }, [grace]);
      await stage.until('2024-08-01T00:00:00Z');
      await grace.says('I am a research engineer at Redwood Research, full time.');
      await stage.pass(46_000);
      await grace.presses('right');
      await stage.until('2024-08-06T00:00:00Z');
      const weeks = channel.sees().filter(({ words }) => words.includes('answered'));
      expect(weeks).toHaveLength(1);
      expect(
        channel
          .sees()
          .map(({ words }) => words)
          .join(),
      ).not.toMatch(/Grace|Redwood/);
    },
  },
];
