import { expect } from 'vitest';
import { newest, type OrganisersStage } from '../support/platform-stage.js';
import type { SharedStory } from '../support/shared-story.js';
import { YEAR_STARTS } from './platform-year.js';

async function asked(stage: OrganisersStage) {
  const mara = stage.person('Mara Lind', { timeZone: 'Europe/Stockholm' });
  await stage.cli('programme', 'set', 'ARENA', '--waves', '3,12', '--timezone', 'Europe/London');
  const ada = await stage.organiser('Ada Lovelace', 'ARENA');
  await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [mara]);
  await stage.until('2023-10-04T00:00:00Z');
  return { mara, ada };
}

const WORK = 'I am a research engineer at Redwood Research, full time.';

/** What is asked beside the question, and what else somebody can say. */
export const AN_ALUMNUS_ASKED: readonly SharedStory[] = [
  {
    feature: 'follow-up question by a tap',
    tells: 'asks by a tap what it could not read, and takes the tap for the answer',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara } = await asked(stage);
      await mara.says('Still busy with the usual, nothing special.');
      await stage.pass(46_000);
      const card = newest(mara);
      expect(card.words).toContain('Which comes closest to what you do now?');
      await mara.presses('kind', { value: 'independent_research', on: card.id });
      await stage.pass(1_000);
      await mara.presses('track', { value: 'alignment', on: card.id });
      await stage.pass(1_000);
      expect(newest(mara).id).toBe(card.id);
      expect(newest(mara).words).toMatch(/independent research/i);
      expect(await stage.cli('checkins', '--json')).toMatch(/"answered"/);
    },
  },
  {
    feature: 'influence question',
    tells: 'asks once, when an answer is confirmed, how much the programme had to do with it, and through what',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara } = await asked(stage);
      await mara.says(WORK);
      await stage.pass(46_000);
      const card = newest(mara);
      expect(card.words).not.toContain('how much did ARENA have to do with it?');
      await mara.presses('right', { on: card.id });
      await stage.pass(1_000);
      expect(newest(mara).words).toContain('how much did ARENA have to do with it?');
      await mara.presses('influence', { value: '4', on: card.id });
      await stage.pass(1_000);
      await mara.presses('channels', { value: 'skills', on: card.id });
      await stage.pass(1_000);
      const { influence } = JSON.parse(await stage.cli('report', 'ARENA', '--wave', '3', '--format', 'json'));
      expect(influence).toMatchObject({ ratings: { n: 1, mean: 4 }, channels: { skills: 1 } });
      await stage.until('2024-07-03T00:00:00Z');
      await mara.says('I joined Apollo Research in June as an engineer, full time.');
      await stage.pass(46_000);
      await mara.presses('right');
      await stage.pass(1_000);
      expect(newest(mara).words).toContain('Saved, thank you.');
      expect(newest(mara).words).not.toContain('how much did ARENA have to do with it?');
    },
  },
  {
    feature: 'consent to names',
    tells: 'asks once whether organisers may see the name, and shows them nothing of it before a yes',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara, ada } = await asked(stage);
      await mara.says(WORK);
      await stage.pass(46_000);
      await ada.commands('/alumni check');
      expect(ada.told().at(-1)).not.toContain('Redwood');
      await mara.presses('names', { choice: 'named' });
      await stage.pass(1_000);
      expect(newest(mara).words).toContain('The organisers see your answers with your name.');
      await ada.commands('/alumni check');
      expect(ada.told().at(-1)).toMatch(/Mara Lind.*Redwood Research/s);
    },
  },
  {
    feature: 'help wanted, with a consent of its own',
    tells: 'passes a wish for help on to the organisers only with a yes of its own',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara, ada } = await asked(stage);
      await mara.says(`${WORK} Could you introduce me to somebody at CHAI?`);
      await stage.pass(46_000);
      await mara.presses('right');
      await stage.pass(1_000);
      await ada.commands('/alumni asks');
      expect(ada.told().at(-1)).not.toContain('CHAI');
      await mara.presses('help', { choice: 'yes' });
      await stage.pass(1_000);
      await ada.commands('/alumni asks');
      expect(ada.told().at(-1)).toMatch(/Mara Lind.*CHAI/s);
    },
  },
  {
    feature: '“Ask me later”',
    tells: 'comes back later where somebody wishes that, and asks anew then',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara } = await asked(stage);
      await mara.presses('later');
      await stage.pass(1_000);
      expect(newest(mara).words).toContain('I will ask again around');
      await mara.presses('later', { value: 'month' });
      await stage.pass(1_000);
      expect(newest(mara).words).toContain('November 2023');
      await stage.until('2023-11-01T00:00:00Z');
      expect(mara.sees()).toHaveLength(1);
      await stage.until('2023-11-10T00:00:00Z');
      expect(mara.sees()).toHaveLength(2);
      expect(newest(mara).words).toContain('You asked me to come back around now.');
    },
  },
  {
    feature: '`/checkin pause` and `resume`',
    tells: 'is quiet for as long as a pause lasts, and goes on at a word',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara } = await asked(stage);
      await mara.commands('/checkin pause 3 months');
      expect(mara.told().at(-1)).toContain('I will be quiet until');
      await stage.until('2023-12-20T00:00:00Z');
      expect(mara.sees()).toHaveLength(1);
      await mara.commands('/checkin resume');
      expect(mara.told().at(-1)).toContain('Good to have you back.');
    },
  },
  {
    feature: 'every command as a plain word',
    tells: 'does at a plain word what its commands do',
    startsAt: YEAR_STARTS,
    play: async (stage) => {
      const { mara } = await asked(stage);
      const said = async (words: string) => {
        await mara.says(words);
        await stage.pass(1_000);
        return newest(mara).words;
      };
      expect(await said('data')).toContain('What I hold about you');
      expect(await said('timezone Tokyo')).toContain('I go by the clock of Asia/Tokyo');
      expect(await said('pause until March')).toContain('I will be quiet until');
      expect(await said('resume')).toContain('Good to have you back.');
      expect(await said('link')).toMatch(/Your code is \w+/);
      expect(await said('help')).toContain('pause 3 months');
      expect(await said('stop')).toContain('I will not write to you about ARENA again.');
      expect(await stage.cli('checkins', '--json')).toMatch(/"stopped"/);
    },
  },
  {
    feature: 'time zone asked at enrolment',
    tells: 'asks somebody new where they are, and goes by the clock there',
    startsAt: '2024-05-06T09:00:00Z',
    notOn: { slack: 'Slack itself says where people are', terminal: 'nobody is invited there' },
    play: async (stage) => {
      await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
      const ada = await stage.organiser('Ada Lovelace', 'ARENA');
      const grace = stage.person('Grace Hopper');
      const channel = stage.channel('arena-3', [ada, grace]);
      await ada.commands('/alumni add ARENA 3.0 --ended 2024-04-30', channel.id);
      await ada.commands('/alumni invite ARENA 3.0', channel.id);
      await stage.pass(1_000);
      await grace.presses('keep', { on: channel.sees()[0]?.id ?? '' });
      await stage.pass(1_000);
      await grace.presses('zone', { value: 'America/Los_Angeles' });
      await stage.pass(1_000);
      expect(newest(grace).words).toContain('I go by the clock of America/Los_Angeles');
      const before = grace.sees().length;
      await stage.until('2024-07-30T16:59:00Z');
      expect(grace.sees()).toHaveLength(before);
      await stage.until('2024-07-31T23:30:00Z');
      expect(grace.sees()).toHaveLength(before + 1);
    },
  },
  {
    feature: '`/checkin link`: a second account',
    tells: 'knows a new account by a code that works once, and goes on asking there',
    startsAt: YEAR_STARTS,
    notOn: { terminal: 'one has no second account there' },
    play: async (stage) => {
      const { mara } = await asked(stage);
      await mara.commands('/checkin link');
      const code = /Your code is (\w+)/.exec(mara.told().at(-1) ?? '')?.[1] ?? '';
      const second = stage.person('Mara elsewhere');
      const thief = stage.person('Tom Okafor');
      await second.says(`link ${code}`);
      await stage.pass(1_000);
      await thief.says(`link ${code}`);
      await stage.pass(1_000);
      await second.says(WORK);
      await stage.pass(46_000);
      expect(newest(second).words).toContain('Redwood Research');
      expect(await stage.cli('checkins', '--json')).toMatch(/"answered"/);
      await stage.until('2024-07-03T00:00:00Z');
      expect(newest(second).words).toContain('It has been a year since ARENA 2.0 ended.');
      expect(newest(mara).words).toContain('three months');
      expect(thief.sees().map(({ words }) => words)).not.toContainEqual(expect.stringContaining('ARENA 2.0'));
    },
  },
];
