import { describe, expect, it } from 'vitest';
import { organiserListsIn } from '../../db/organiser-lists.js';
import { importRoster } from '../../db/roster.js';
import { cohortAndWave, organiserCommand, programmeIn } from '../../src/domain/organiser-command.js';
import { wordsOf } from '../../src/domain/organiser-words.js';
import type { Account } from '../../src/domain/people.js';
import { answerOrganiser, type OrganiserPorts } from '../../src/flows/answer-organiser.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth, type TestDb } from '../support/test-db.js';
import { World } from '../support/world.js';

describe('what an organiser typed', () => {
  const read = (text: string) => organiserCommand(wordsOf(text));
  const problem = (text: string) => {
    const command = read(text);
    return command.ok ? 'no problem' : command.error;
  };

  it.each([
    ['pause "ARENA 2.0"', ['pause', 'ARENA 2.0']],
    ['pause “ARENA 2.0”', ['pause', 'ARENA 2.0']],
    ['add X —ended 2024-01-31', ['add', 'X', '--ended', '2024-01-31']],
    ['report --cohort="ARENA 2.0"', ['report', '--cohort=ARENA 2.0']],
    ['  a   b  ', ['a', 'b']],
    ['', []],
  ])('takes %s apart', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('is help where nothing is said', () => {
    expect(read('')).toEqual({ ok: true, value: { kind: 'help' } });
    expect(problem('dance')).toContain('I do not know “dance”');
    expect(problem('constructor')).toContain('I do not know “constructor”');
  });

  it('reads a new cohort, quoted or not', () => {
    const expected = { ok: true, value: { kind: 'add', name: 'ARENA 2.0', endedOn: '2023-06-30' } };
    expect(read('add ARENA 2.0 --ended 2023-06-30')).toEqual(expected);
    expect(read('add "ARENA 2.0" --ended=2023-06-30')).toEqual(expected);
    expect(problem('add ARENA 2.0')).toContain('when it ended');
    expect(problem('add ARENA --ended 2023-02-30')).toContain('“2023-02-30” is not a day');
    expect(problem('add ARENA --ends 2023-02-20')).toContain('I do not know --ends');
    expect(problem('add ARENA --ended')).toContain('Something is missing behind --ended');
  });

  it('reads a prediction with the flags of the command line', () => {
    const typed =
      'predict --cohort "ARENA 2.0" --cohort A3 --wave 12 --track field-building --any --more-than 10% --probability 0.8 --closes 2024-08-31 --author Ada --seen-data';
    expect(read(typed)).toEqual({
      ok: true,
      value: {
        kind: 'predict',
        forecast: {
          cohorts: ['ARENA 2.0', 'A3'],
          waveMonths: 12,
          class: { track: 'field_building', scope: 'any' },
          comparator: 'more_than',
          threshold: 0.1,
          probability: 0.8,
          closesOn: '2024-08-31',
          author: 'Ada',
          text: null,
          seenData: true,
        },
      },
    });
  });

  it.each([
    ['predict --cohort A', 'also needs --wave, --track, --probability and --closes'],
    [
      'predict --cohort A --wave 12 --track alignment --probability 80% --closes 2024-08-31',
      'Say either --less-than or --more-than',
    ],
    [
      'predict --cohort A --wave 12 --track unclear --less-than 9% --probability 80% --closes 2024-08-31',
      '“unclear” is not a field',
    ],
    ['predict --cohort A --wave x --track alignment --less-than 9% --probability 80% --closes 2024-08-31', '“x” is not a wave'],
    [
      'predict --cohort A --wave 12 --track alignment --less-than 0 --probability 80% --closes 2024-08-31',
      'nothing is less than 0%',
    ],
    ['predict something', 'I do not know what to do with “something”'],
  ])('says what is wrong with %s', (text, words) => {
    expect(problem(text)).toContain(words);
  });

  it('tells a wave from a number in a name', () => {
    const cohorts = ['ARENA', 'ARENA 2', 'SPAR 6 12'];
    const at = (text: string) => cohortAndWave(wordsOf(text), cohorts);
    expect(at('arena 2')).toEqual({ ok: true, value: { cohort: 'ARENA 2', waveMonths: null } });
    expect(at('ARENA 2 6')).toEqual({ ok: true, value: { cohort: 'ARENA 2', waveMonths: 6 } });
    expect(at('ARENA 12')).toEqual({ ok: true, value: { cohort: 'ARENA', waveMonths: 12 } });
    expect(at('SPAR 6 12')).toEqual({ ok: true, value: { cohort: 'SPAR 6 12', waveMonths: null } });
    expect(at('6')).toEqual({ ok: true, value: { cohort: null, waveMonths: 6 } });
    expect(at('MATS 6').ok).toBe(false);
  });

  it('finds a programme whose name comes first, however long it is', () => {
    const names = ['ARENA', 'ARENA Europe', 'status'];
    expect(programmeIn(wordsOf('arena europe report'), names)).toEqual({ name: 'ARENA Europe', rest: ['report'] });
    expect(programmeIn(wordsOf('ARENA'), names)).toEqual({ name: 'ARENA', rest: [] });
    expect(programmeIn(wordsOf('status'), names)).toBeNull();
    expect(programmeIn(wordsOf('ARENA dance'), names)).toBeNull();
  });
});

const ADA: Account = { platform: 'slack', id: 'UADA' };

/** ARENA with a cohort of three that ended three months ago; Ada organises it. */
async function scene(test: TestDb, startsAt = '2024-05-06T09:00:00Z') {
  const world = new World(test, startsAt);
  const people = [
    { name: 'Mara Lindqvist', slack: 'UMARA' },
    { name: 'Jun Watanabe', slack: 'UJUN', timeZone: 'Asia/Tokyo' },
    { name: 'Ada Lovelace', slack: 'UADA', email: 'ada@example.org' },
  ];
  const { programme, cohort } = await world.cohort('2024-02-06', people, { waves: [3, 6, 12] });
  await world.ports.programmes.addOrganiser(programme.id, { kind: 'account', account: ADA }, world.time);
  let woken = 0;
  const asked: unknown[] = [];
  const ports: OrganiserPorts = {
    ...world.ports,
    wakeSender: () => {
      woken += 1;
    },
    lists: organiserListsIn(test.db),
    importRoster: (order) => importRoster(test.db, { ...order, fingerprint: (text) => text }),
    numbers: {
      report: async (wanted) => {
        asked.push(wanted);
        return { ok: false, error: { message: 'No report in this test.' } };
      },
      predict: async (forecast) => {
        asked.push(forecast);
        return { ok: false, error: { message: 'No prediction in this test.' } };
      },
      predictions: async () => [],
      digest: async () => null,
    },
  };
  const says = async (text: string, from: Account = ADA, email: string | null = null) =>
    wordsIn((await answerOrganiser(ports, { from, email, text })).message);
  const log = () => world.ports.programmes.readLog(programme.id, 20);
  return { world, programme, cohort, ports, says, log, asked, woken: () => woken };
}

describeOnBoth('answers to organisers', (open) => {
  it('refuse everybody else in one line, and write nothing down', async () => {
    const { says, log, world } = await scene(await open());
    const mara: Account = { platform: 'slack', id: 'UMARA' };
    const refusals = [
      await says('check on Jun', mara),
      await says('help', mara),
      await says('', { platform: 'slack', id: 'U0' }),
    ];
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain('you are not on the list of one');
    expect(await log()).toEqual([]);
    expect(JSON.stringify(world.logged)).not.toContain('Jun');
  });

  it('know an organiser by the address that the platform vouches for', async () => {
    const { says, world, programme } = await scene(await open());
    await world.ports.programmes.addOrganiser(programme.id, { kind: 'email', email: 'grace@example.org' }, world.time);
    expect(await says('cohorts', { platform: 'discord', id: '77' }, 'Grace@example.org')).toContain('ARENA 2.0');
    expect(await says('cohorts', { platform: 'discord', id: '77' })).toContain('you are not on the list');
  });

  it('ask which programme is meant, and take its name first', async () => {
    const { says, world } = await scene(await open());
    await world.cohort('2024-02-06', [{ name: 'Tom' }], {}, { programme: 'MATS Winter', cohort: 'One' });
    const mats = await world.ports.programmes.programmeNamed('MATS Winter');
    if (mats) await world.ports.programmes.addOrganiser(mats.id, { kind: 'account', account: ADA }, world.time);
    expect(await says('cohorts')).toContain('You organise ARENA and MATS Winter: which one is it about?');
    expect(await says('mats winter cohorts')).toContain('One');
    expect(await says('"MATS Winter" cohorts')).not.toContain('ARENA 2.0');
    expect(await says('help')).toContain('Only you see the answer');
  });

  it('let whoever sits at the terminal ask about any programme, and tell them how to begin where there is none', async () => {
    const { ports, world } = await scene(await open());
    const request = { from: { platform: 'terminal', id: 'organiser' }, email: null, isLocalOrganiser: true } as const;
    const says = async (text: string, programme: string | null) =>
      wordsIn((await answerOrganiser(ports, { ...request, text, programme })).message);
    expect(await says('cohorts', 'arena')).toContain('ARENA 2.0');
    expect(await says('cohorts', 'MATS')).toContain('no programme “MATS”');
    const arena = await world.ports.programmes.programmeNamed('ARENA');
    const none = { ...ports, programmes: { ...ports.programmes, allProgrammes: async () => [] } };
    expect(arena).not.toBeNull();
    expect(wordsIn((await answerOrganiser(none, { ...request, text: 'status' })).message)).toContain('There is no programme yet');
  });

  it('show who was asked, a wave and a person at a time', async () => {
    const { says, world } = await scene(await open());
    expect(await says('status')).toContain('0 of 3 answered, 3 still to come');
    await world.until('2024-05-06T15:59:00Z');
    await world.answers('UMARA', "I'm a research engineer at Conjecture");
    expect(await says('status')).toContain('1 of 3 answered, 1 asked, no answer yet, 1 still to come');
    const people = await says('status arena 2.0');
    expect(people).toContain('Mara Lindqvist: answered (three months after the end)');
    expect(people).toContain('Ada Lovelace: asked on 6 May 2024 (three months after the end), silent so far');
    expect(people).toMatch(/Jun Watanabe: next asked around 7 May 2024/);
    expect(await says('status Nowhere')).toContain('ARENA has no cohort “Nowhere”. There is ARENA 2.0.');
  });

  it('show what was read beside a name only where that was agreed to, and never one’s own', async () => {
    const { says, world } = await scene(await open());
    await world.until('2024-05-07T15:59:00Z');
    for (const account of ['UMARA', 'UJUN', 'UADA']) {
      const card = await world.answers(account, "I'm a research engineer at Conjecture");
      if (account !== 'UJUN') await world.presses(account, card, 'names', { choice: 'named' });
    }
    const check = await says('check');
    expect(check).toContain('Mara Lindqvist (ARENA 2.0): Research engineer at Conjecture');
    expect(check).not.toContain('Jun Watanabe');
    expect(check).not.toContain('Ada Lovelace');
    const mara = world.last('UMARA');
    await world.presses('UMARA', mara, 'right');
    expect(await says('check')).toContain('Nothing waits for you');
  });

  it('list people who could not be reached with a note to send them, but not oneself', async () => {
    const { says, world } = await scene(await open());
    world.messenger.failures.set('UMARA', [{ kind: 'unreachable', why: 'messages_closed' }]);
    world.messenger.failures.set('UADA', [{ kind: 'unreachable', why: 'left' }]);
    await world.until('2024-05-06T15:59:00Z');
    const check = await says('check');
    expect(check).toContain('Mara Lindqvist (ARENA 2.0): their direct messages are closed. You could write: “Hi Mara,');
    expect(check).not.toContain('Ada Lovelace');
  });

  it('add a cohort once, and write down who did', async () => {
    const { says, log } = await scene(await open());
    expect(await says('add ARENA 3.0 --ended 2024-04-30')).toContain('ARENA 3.0 is there now');
    expect(await says('add arena 3.0 --ended 2024-04-29')).toContain('already, which ended on 30 April 2024');
    expect(await says('cohorts')).toContain('ARENA 3.0: 0 people, ended on 30 April 2024');
    expect((await log()).map((each) => [each.what, each.actor])).toEqual([['cohort_added', 'slack:UADA']]);
    expect(await says('log')).toContain('6 May 2024: cohort added, by slack:UADA');
  });

  it('pause a cohort and let it go on', async () => {
    const { says, world } = await scene(await open());
    expect(await says('resume ARENA 2.0')).toBe('ARENA 2.0 is not paused.');
    expect(await says('pause ARENA 2.0')).toContain('is paused');
    expect(await says('pause ARENA 2.0')).toBe('ARENA 2.0 is paused already.');
    await world.until('2024-05-07T15:00:00Z');
    expect(world.messenger.taken).toEqual([]);
    expect(await says('resume ARENA 2.0')).toContain('goes on');
    await world.pass(1_000);
    expect(world.messenger.to('UMARA')).toHaveLength(1);
  });

  it('show a setting, refuse an impossible one with the reason, and change one after showing what that does', async () => {
    const { says, world, log } = await scene(await open());
    expect(await says('settings')).toContain('waves: 3,6,12  (months after the end)');
    expect(await says('settings waves')).toContain('waves is 3,6,12');
    expect(await says('settings window 16:00-10:00')).toMatch(/ends before it starts.*\nNothing was changed\./s);
    expect(await says('settings reminders 4d,40d')).toContain('must come before the question lapses');
    expect(await says('settings colour red')).toContain('There is no setting “colour”');
    expect(await says('settings waves 3,24')).toContain('settings waves 3,24 --yes');
    expect((await world.ports.programmes.programmeNamed('ARENA'))?.settings.waves).toEqual([3, 6, 12]);
    const done = await says('settings waves 3,24 --yes');
    expect(done).toContain('waves was 3,6,12, and is 3,24 from now on.');
    expect(done).toContain('Wave 24: 3 people will be asked around 6 February 2026');
    expect((await world.ports.programmes.programmeNamed('ARENA'))?.settings.waves).toEqual([3, 24]);
    expect(await says('settings min-cell 3')).toContain('min-cell was 5, and is 3');
    expect((await log()).map((each) => each.detail)).toEqual([
      { 'min-cell': { from: '5', to: '3' } },
      { waves: { from: '3,6,12', to: '3,24' } },
    ]);
  });

  it('open a report in the organiser’s name, and a prediction as well', async () => {
    const { says, asked } = await scene(await open());
    expect(await says('report ARENA 2.0 6')).toBe('No report in this test.');
    await says('report');
    await says('predict --cohort "ARENA 2.0" --wave 12 --track alignment --more-than 10% --probability 80% --closes 2025-08-31');
    expect(asked).toMatchObject([
      { cohorts: ['ARENA 2.0'], waveMonths: 6, openedBy: 'slack:UADA', audience: 'organisers' },
      { cohorts: [], openedBy: 'slack:UADA' },
      { author: 'slack:UADA', authorAlso: ['slack:UADA'], waveMonths: 12 },
    ]);
    expect(await says('predict')).toContain('A prediction looks like this');
    expect(await says('predictions')).toContain('Nobody has predicted anything about ARENA yet');
    expect(await says('digest')).toContain('Nothing has come in since the last digest.');
  });

  it('pass on what somebody asks for only after a yes', async () => {
    const { says, world } = await scene(await open());
    await world.until('2024-05-06T15:59:00Z');
    const card = await world.answers(
      'UMARA',
      "I'm looking for a job in policy. Could somebody introduce me to people at GovAI? I'd love some help.",
    );
    expect(await says('asks')).toContain('Nobody has asked');
    await world.presses('UMARA', card, 'help', { choice: 'yes' });
    const asks = await says('asks');
    expect(asks).toContain('Mara Lindqvist');
    expect(asks).toContain('introduce me to people at GovAI');
  });
});

describeOnBoth('asking a cohort now', (open) => {
  it('asks within the window those whose hour has not come, and says who waits', async () => {
    const { says, world, woken } = await scene(await open(), '2024-05-06T10:01:00Z');
    const answer = await says('ask-now ARENA 2.0');
    expect(answer).toContain('2 people are being asked now.');
    expect(answer).toContain('1 person has to wait, the first until 7 May 2024 at 01:00 (Etc/UTC)');
    expect(woken()).toBe(1);
    await world.pass(1_000);
    expect(['UMARA', 'UADA', 'UJUN'].map((each) => world.messenger.to(each).length)).toEqual([1, 1, 0]);
  });

  it('asks nobody a second time', async () => {
    const { says, world } = await scene(await open(), '2024-05-06T10:01:00Z');
    await says('ask-now ARENA 2.0');
    await says('ask-now ARENA 2.0 3');
    await world.pass(1_000);
    await says('ask-now ARENA 2.0');
    await world.pass(1_000);
    expect(world.messenger.to('UMARA')).toHaveLength(1);
  });

  it('leaves the later waves where they were', async () => {
    const { says, world } = await scene(await open(), '2024-05-06T10:01:00Z');
    const due = async () => {
      const rows: string[] = [];
      await world.ports.programmes.eachCheckIn(null, (batch) =>
        rows.push(...batch.map((each) => `${each.alumnus} ${each.waveMonths} ${each.dueAt.toISOString()}`)),
      );
      return rows.filter((each) => / (6|12) /.test(each)).sort();
    };
    const before = await due();
    await says('ask-now ARENA 2.0');
    expect(await due()).toEqual(before);
  });

  it('explains why not', async () => {
    const { says } = await scene(await open(), '2024-05-06T10:01:00Z');
    expect(await says('ask-now ARENA 2.0 6')).toContain('is due on 6 August 2024, and I ask nobody before that');
    expect(await says('ask-now ARENA 2.0 7')).toContain('There is no wave 7: ARENA asks 3, 6 and 12 months after the end.');
    expect(await says('ask-now Nowhere')).toContain('I know no cohort “Nowhere”');
    expect(await says('ask-now 6')).toContain('Which cohort?');
    await says('pause ARENA 2.0');
    expect(await says('ask-now ARENA 2.0')).toContain('First write: resume ARENA 2.0');
  });

  it('asks nobody outside the window, on a weekend', async () => {
    const { says, world } = await scene(await open(), '2024-05-11T12:00:00Z');
    const answer = await says('ask-now ARENA 2.0');
    expect(answer).toContain('3 people have to wait, the first until 13 May 2024 at 01:00 (Etc/UTC)');
    await world.pass(1_000);
    expect(world.messenger.taken).toEqual([]);
  });
});
