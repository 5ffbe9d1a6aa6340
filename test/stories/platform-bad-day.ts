import { expect } from 'vitest';
import { newest, type OrganisersStage } from '../support/platform-stage.js';
import type { SharedStory } from '../support/shared-story.js';
import { YEAR_STARTS } from './platform-year.js';

const NOTHING_BETWEEN = 'nothing lies between it and whoever sits at it';
const UNDERSTOOD = 'This is what I understood';

/** Three people who are asked this autumn; `prepare` comes before the day on which they are. */
async function autumn(stage: OrganisersStage, prepare: () => void = () => {}) {
  const people = ['Mara Lind', 'Tom Okafor', 'Ines Duarte'].map((name) => stage.person(name, { timeZone: 'Europe/London' }));
  await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
  await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, people);
  prepare();
  await stage.until('2023-10-04T00:00:00Z');
  const [mara] = people;
  if (!mara) throw new Error('nobody');
  const questions = () => people.map((each) => each.sees().filter(({ words }) => words.includes('It has been three')).length);
  const cards = () => mara.sees().filter(({ words }) => words.includes(UNDERSTOOD));
  return { mara, questions, cards };
}

/** What goes wrong between the bot and its platform. */
export const A_BAD_DAY: readonly SharedStory[] = [
  {
    feature: 'a question whose arrival nobody heard of is not sent twice',
    tells: 'asks nobody twice where the platform took a question and the bot never heard of that',
    startsAt: YEAR_STARTS,
    notOn: { terminal: NOTHING_BETWEEN },
    play: async (stage) => {
      const { questions } = await autumn(stage, () => stage.trouble.answersLost(3));
      expect(questions()).toEqual([1, 1, 1]);
      await stage.pass(120_000);
      await stage.until('2023-10-05T00:00:00Z');
      expect(questions()).toEqual([1, 1, 1]);
      expect(await stage.cli('checkins', '--json')).not.toMatch(/"sending"|"unsure"/);
    },
  },
  {
    feature: 'a question that was lost is sent again',
    tells: 'sends again what was lost on its way, once it is sure of that',
    startsAt: YEAR_STARTS,
    notOn: { terminal: NOTHING_BETWEEN },
    play: async (stage) => {
      const { questions } = await autumn(stage, () => stage.trouble.sendsLost(2));
      await stage.until('2023-10-05T00:00:00Z');
      expect(questions()).toEqual([1, 1, 1]);
    },
  },
  {
    feature: 'a platform that asks for a pause gets it',
    tells: 'waits where the platform asks for that, and then says each thing once',
    startsAt: YEAR_STARTS,
    notOn: { terminal: NOTHING_BETWEEN },
    play: async (stage) => {
      const { mara, cards } = await autumn(stage);
      stage.trouble.tooFast(30);
      await mara.says('I am a research engineer at Redwood Research.');
      await stage.pass(46_000);
      expect(cards()).toHaveLength(0);
      await stage.pass(31_000);
      expect(cards()).toHaveLength(1);
      await stage.pass(90_000);
      expect(cards()).toHaveLength(1);
    },
  },
  {
    feature: 'an event that comes twice counts once',
    tells: 'takes once whatever the platform tells it twice',
    startsAt: YEAR_STARTS,
    notOn: { terminal: NOTHING_BETWEEN },
    play: async (stage) => {
      const { mara, cards } = await autumn(stage);
      stage.trouble.eventsTwice();
      await mara.says('I am a research engineer at Redwood Research.');
      await stage.pass(46_000);
      expect(cards()).toHaveLength(1);
      const standing = mara.sees().length;
      await stage.pass(120_000);
      await mara.presses('right');
      await stage.pass(1_000);
      expect(mara.sees()).toHaveLength(standing);
      expect(newest(mara).words).toContain('Saved, thank you.');
    },
  },
  {
    feature: 'an edit that overtakes its message is what counts',
    tells: 'goes by an edit that comes before its message, which then changes nothing',
    startsAt: YEAR_STARTS,
    notOn: { terminal: NOTHING_BETWEEN },
    play: async (stage) => {
      const { mara, cards } = await autumn(stage);
      await stage.trouble.editOvertakes(mara, 'I work at Redwood Research.', 'I am a research engineer at Apollo Research.');
      await stage.pass(46_000);
      expect(cards()).toHaveLength(1);
      expect(cards()[0]?.words).toContain('Apollo Research');
      expect(cards()[0]?.words).not.toContain('Redwood');
    },
  },
  {
    feature: 'no word of a reply, no name and no token in the log',
    tells: 'writes no word of a reply, no name and no token into its log',
    startsAt: YEAR_STARTS,
    notOn: { terminal: 'what is shown there is the conversation itself' },
    play: async (stage) => {
      const { mara } = await autumn(stage);
      stage.trouble.sendsLost(1);
      await mara.says('I am a research engineer at Redwood Research.');
      await stage.pass(46_000);
      expect(stage.trouble.log()).not.toMatch(/Redwood|Mara|xoxb|xapp|a-token-of-the-fake/);
      expect(stage.trouble.log()).not.toBe('[]');
    },
  },
];
