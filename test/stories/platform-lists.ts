import { expect } from 'vitest';
import { newest, type OrganisersStage } from '../support/platform-stage.js';
import type { SharedStory } from '../support/shared-story.js';
import { ORGANISER_STARTS } from './platform-organiser.js';

async function desk(stage: OrganisersStage) {
  await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
  const ada = await stage.organiser('Ada Lovelace', 'ARENA');
  return { ada };
}

const COHORT = { programme: 'ARENA', cohort: 'ARENA 3.0', ended: '2024-04-30' };
const NO_CHANNELS = 'it has no channels in which people are';

/** Lists, forms and forecasts of organisers. */
export const AN_ORGANISER_AT_WORK: readonly SharedStory[] = [
  {
    feature: 'long lists by pages',
    tells: 'shows a long list a page at a time, to and fro',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { ada } = await desk(stage);
      const people = Array.from({ length: 30 }, (_, at) => stage.person(`Person ${String(at + 1).padStart(2, '0')}`));
      await stage.import(COHORT, people);
      await ada.commands('/alumni status ARENA 3.0');
      expect(ada.reads()).toContain('Page 1 of 2');
      expect(ada.reads()).toContain('Person 01');
      await ada.presses('ask', { choice: 'p2' });
      expect(ada.reads()).toContain('Page 2 of 2');
      expect(ada.reads()).toContain('Person 30');
      await ada.presses('ask', { choice: 'p1' });
      expect(ada.reads()).toContain('Page 1 of 2');
    },
  },
  {
    feature: 'import of a channel',
    tells: 'brings in everybody of a channel, and leaves bots and organisers out',
    startsAt: ORGANISER_STARTS,
    notOn: { terminal: NO_CHANNELS },
    play: async (stage) => {
      stage.letsMembersBeListed();
      const { ada } = await desk(stage);
      const [grace, tom] = [stage.person('Grace Hopper'), stage.person('Tom Okafor')];
      const channel = stage.channel('arena-3', [ada, grace, tom], { isPrivate: true });
      await ada.commands('/alumni import members ARENA 3.0 --ended 2024-04-30', channel.id);
      expect(ada.reads()).toMatch(/left out: .*1 an organiser/);
      await ada.presses('ask', { choice: 'do' });
      expect(ada.reads()).toContain('people added to ARENA 3.0');
      const listed = await stage.cli('checkins', '--json');
      expect(listed).toContain('Grace Hopper');
      expect(listed).toContain('Tom Okafor');
      expect(listed).not.toContain('Ada');
    },
  },
  {
    feature: 'import of a role or user group',
    tells: 'brings in everybody with a role or in a user group',
    startsAt: ORGANISER_STARTS,
    notOn: { terminal: 'it has no roles or groups' },
    play: async (stage) => {
      stage.letsMembersBeListed();
      const { ada } = await desk(stage);
      const [grace, tom] = [stage.person('Grace Hopper'), stage.person('Tom Okafor')];
      const group = stage.group('arena-3', [grace]);
      await ada.commands(`/alumni import --role ${group.id} ARENA 3.0 --ended 2024-04-30`);
      expect(ada.reads()).toContain('1 person for ARENA 3.0, a new cohort');
      await ada.presses('ask', { choice: 'do' });
      const listed = await stage.cli('checkins', '--json');
      expect(listed).toContain('Grace Hopper');
      expect(listed).not.toContain(tom.name);
    },
  },
  {
    feature: 'a list sent as a file (attachment)',
    tells: 'takes a list as a file that is simply sent, and asks which cohort it is of',
    startsAt: ORGANISER_STARTS,
    notOn: { terminal: 'a file is named there, in the form' },
    play: async (stage) => {
      const { ada } = await desk(stage);
      const grace = stage.person('Grace Hopper', { timeZone: 'Europe/London' });
      await ada.sendsList(stage.listOf([grace]));
      await stage.pass(1_000);
      if (ada.form() === null) await ada.presses('ask', { choice: 'cohort' });
      await ada.fills([{ name: 'ARENA 3.0', ended: '2024-04-30' }]);
      await ada.presses('ask', { choice: 'do' });
      expect(ada.reads()).toContain('1 person added to ARENA 3.0');
      await stage.until('2024-08-01T00:00:00Z');
      expect(newest(grace).words).toContain('It has been three months since ARENA 3.0 ended.');
    },
  },
  {
    feature: 'forms keep what was entered; errors, *Try again*',
    tells: 'keeps what was entered in a form with a mistake in it, says what is wrong, and takes it once it is mended',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { ada } = await desk(stage);
      await stage.import(COHORT, [stage.person('Grace Hopper')]);
      await ada.commands('/alumni settings');
      await ada.fills([{ waves: '3,twelve', window: '11:00-15:00' }]);
      expect(ada.form()?.errors).toEqual([expect.stringContaining('twelve')]);
      expect(ada.form()?.sections[0]).toMatchObject({ waves: '3,twelve' });
      await ada.fills([{ waves: '3,12' }]);
      expect(ada.reads()).toContain('11:00-15:00');
      expect(await stage.cli('programme', 'list', '--json')).not.toContain('11:00');
      await ada.presses('ask', { choice: 'do' });
      await ada.commands('/alumni settings show');
      expect(ada.told().at(-1)).toContain('11:00-15:00');
    },
  },
  {
    feature: 'predictions by a form',
    tells: 'puts a forecast on record by a form, and lists it',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { ada } = await desk(stage);
      await stage.import(COHORT, [stage.person('Grace Hopper')]);
      await ada.commands('/alumni predict');
      await ada.fills([
        { cohort: 'ARENA 3.0', wave: '3', track: 'capabilities' },
        { share: '10%', probability: '80%', closes: '2024-12-31' },
      ]);
      await ada.commands('/alumni predictions');
      expect(ada.told().at(-1)).toMatch(/ARENA 3\.0/);
      expect(await stage.cli('predict', 'list', 'ARENA', '--json')).toContain('capabilities');
    },
  },
  {
    feature: 'names offered while one types',
    tells: 'offers programmes, cohorts and people that begin so while a name is typed, to organisers',
    startsAt: ORGANISER_STARTS,
    notOn: {
      slack: 'it offers nothing while one types; whoever mistypes a name is told which there are',
      terminal: 'it offers nothing while one types; whoever mistypes a name is told which there are',
    },
    play: async (stage) => {
      const { ada } = await desk(stage);
      await stage.import(COHORT, [stage.person('Grace Hopper')]);
      await ada.commands('/alumni add Bootcamp --ended 2024-04-30');
      expect(await ada.isOffered('report', 'cohort', 'are')).toEqual(['ARENA 3.0']);
      expect(await ada.isOffered('report', 'programme', '')).toEqual(['ARENA']);
      expect(await ada.isOffered('check', 'name', 'hop')).toEqual(['Grace Hopper']);
      expect(await stage.person('Tom Okafor').isOffered('report', 'cohort', '')).toEqual([]);
    },
  },
  {
    feature: 'a mistyped name is understood',
    tells: 'says which cohorts there are where a name is mistyped, and which was probably meant',
    startsAt: ORGANISER_STARTS,
    play: async (stage) => {
      const { ada } = await desk(stage);
      await stage.import(COHORT, [stage.person('Grace Hopper')]);
      await ada.commands('/alumni status ARENA 3.O');
      expect(ada.told().at(-1)).toContain('Did you mean ARENA 3.0?');
    },
  },
  {
    feature: 'digest with its chart and alt text',
    tells: 'posts the week’s picture beside its words, once, told in words for whoever cannot see it',
    startsAt: '2023-07-03T00:00:00Z',
    notOn: { terminal: NO_CHANNELS },
    play: async (stage) => {
      const people = ['Mara Lind', 'Tom Okafor', 'Ines Duarte', 'Yuki Sato', 'Amir Haddad', 'Lea Brandt'].map((name) =>
        stage.person(name, { timeZone: 'Europe/London' }),
      );
      const channel = stage.channel('alumni-news', people);
      await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
      await stage.cli('programme', 'set', 'ARENA', '--channel', `${stage.platform}:${channel.id}`);
      await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, people);
      await stage.until('2023-10-04T00:00:00Z');
      for (const each of people) await each.says('I am a research engineer at Redwood Research, working on alignment.');
      await stage.until('2023-10-09T08:30:00Z');
      for (let look = 0; look < 3; look += 1) await stage.pass(1_000);
      const pictures = channel.pictures();
      expect(pictures).toMatchObject([{ told: expect.stringContaining('6 people'), answersTo: channel.sees()[0]?.id }]);
      expect([...(pictures[0]?.bytes.slice(1, 4) ?? [])]).toEqual([...Buffer.from('PNG')]);
    },
  },
];
