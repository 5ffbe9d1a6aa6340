import { describe, expect, it } from 'vitest';
import { sweepDrafts } from '../../db/drafts.js';
import { say } from '../../src/domain/message.js';
import { cohortAndWave, organiserCommand, programmeIn } from '../../src/domain/organiser-command.js';
import { wordsOf } from '../../src/domain/organiser-words.js';
import type { Account } from '../../src/domain/people.js';
import { answerOrganiser, suggestNames } from '../../src/flows/answer-organiser.js';
import type { Suggested } from '../../src/platform-ports.js';
import { aRosterRow } from '../support/builders.js';
import { wordsIn } from '../support/fake-messenger.js';
import { ADA, messageIn, organiserDesk, saidIn } from '../support/organiser-desk.js';
import { describeOnBoth } from '../support/test-db.js';

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
          class: { track: 'field-building', scope: 'any' },
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

describeOnBoth('answers to organisers', (open) => {
  it('refuse everybody else in one line, and write nothing down', async () => {
    const { says, log, world } = await organiserDesk(await open());
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
    const { says, world, programme, directory } = await organiserDesk(await open());
    const grace: Account = { platform: 'slack', id: 'UGRACE' };
    await world.ports.programmes.addOrganiser(programme.id, { kind: 'email', email: 'grace@example.org' }, world.time);
    expect(await says('cohorts', grace)).toContain('you are not on the list');
    directory.add('UGRACE', { email: 'Grace@example.org' });
    expect(await says('cohorts', grace)).toContain('ARENA 2.0');
    directory.add('UGRACE', { email: 'grace@example.org', standing: 'external' });
    expect(await says('cohorts', grace)).toContain('you are not on the list');
  });

  it('know an organiser by a user group, and nobody while it cannot be looked up', async () => {
    const { says, world, programme, directory } = await organiserDesk(await open());
    const grace: Account = { platform: 'slack', id: 'UGRACE' };
    directory.add('UGRACE').add('UTOM');
    directory.groups.set('S0ORG', { name: 'organisers', members: ['UGRACE'] });
    await world.ports.programmes.addOrganiser(
      programme.id,
      { kind: 'group', group: { platform: 'slack', id: 'S0ORG' } },
      world.time,
    );
    expect(await says('cohorts', grace)).toContain('ARENA 2.0');
    expect(await says('cohorts', { platform: 'slack', id: 'UTOM' })).toContain('you are not on the list');
    expect(await says('organisers')).toContain('slack:S0ORG');
    directory.failure = { kind: 'no_answer' };
    expect(await says('cohorts', grace)).toContain('you are not on the list');
    expect(world.logged.map((each) => each.event)).toContain('look_up_failed');
  });

  it('ask which programme is meant, and take its name first', async () => {
    const { says, world } = await organiserDesk(await open());
    await world.cohort('2024-02-06', [{ name: 'Tom' }], {}, { programme: 'MATS Winter', cohort: 'One' });
    const mats = await world.ports.programmes.programmeNamed('MATS Winter');
    if (mats) await world.ports.programmes.addOrganiser(mats.id, { kind: 'account', account: ADA }, world.time);
    expect(await says('cohorts')).toContain('You organise ARENA and MATS Winter: which one is it about?');
    expect(await says('mats winter cohorts')).toContain('One');
    expect(await says('"MATS Winter" cohorts')).not.toContain('ARENA 2.0');
    expect(await says('help')).toContain('Only you see the answer');
  });

  it('let whoever sits at the terminal ask about any programme, and tell them how to begin where there is none', async () => {
    const { ports, world } = await organiserDesk(await open());
    const from = { platform: 'terminal', id: 'organiser' } as const;
    const request = { from, eventId: 'c0', channelId: null, file: null };
    const says = async (text: string, programme: string | null) =>
      wordsIn((await answerOrganiser(ports, { ...request, text, programme })).answer ?? say());
    expect(await says('cohorts', 'arena')).toContain('ARENA 2.0');
    expect(await says('cohorts', 'MATS')).toContain('no programme “MATS”');
    const arena = await world.ports.programmes.programmeNamed('ARENA');
    const none = { ...ports, programmes: { ...ports.programmes, allProgrammes: async () => [] } };
    expect(arena).not.toBeNull();
    expect(wordsIn((await answerOrganiser(none, { ...request, text: 'status' })).answer ?? say())).toContain(
      'There is no programme yet',
    );
  });

  it('show who was asked, a wave and a person at a time', async () => {
    const { says, world } = await organiserDesk(await open());
    expect(await says('status')).toContain('0 of 3 answered, 3 still to come');
    await world.until('2024-05-06T15:59:00Z');
    await world.answers('UMARA', "I'm a research engineer at Conjecture");
    expect(await says('status')).toContain('1 of 3 answered, 1 not answered yet, 1 still to come');
    const people = await says('status arena 2.0');
    expect(people).toContain('Mara Lindqvist: answered (three months after the end)');
    expect(people).toContain('Ada Lovelace: asked on 6 May 2024 (three months after the end), silent so far');
    expect(people).toMatch(/Jun Watanabe: next asked around 7 May 2024/);
    expect(await says('status Nowhere')).toContain('ARENA has no cohort “Nowhere”. There is ARENA 2.0.');
  });

  it('show what was read beside a name only where that was agreed to, and never one’s own', async () => {
    const { says, world } = await organiserDesk(await open());
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
    const { says, world } = await organiserDesk(await open());
    world.messenger.failures.set('UMARA', [{ kind: 'unreachable', why: 'messages_closed' }]);
    world.messenger.failures.set('UADA', [{ kind: 'unreachable', why: 'left' }]);
    await world.until('2024-05-06T15:59:00Z');
    const check = await says('check');
    expect(check).toContain('Mara Lindqvist (ARENA 2.0): their direct messages are closed. You could write: “Hi Mara,');
    expect(check).not.toContain('Ada Lovelace');
  });

  it('add a cohort once, and write down who did', async () => {
    const { says, log } = await organiserDesk(await open());
    expect(await says('add ARENA 3.0 --ended 2024-04-30')).toContain('ARENA 3.0 is there now');
    expect(await says('add arena 3.0 --ended 2024-04-29')).toContain('already, which ended on 30 April 2024');
    expect(await says('cohorts')).toContain('ARENA 3.0: 0 people, ended on 30 April 2024');
    expect((await log()).map((each) => [each.what, each.actor])).toEqual([['cohort_added', 'slack:UADA']]);
    expect(await says('log')).toContain('6 May 2024: cohort added, by slack:UADA');
  });

  it('pause a cohort and let it go on', async () => {
    const { says, world } = await organiserDesk(await open());
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
    const { says, world, log } = await organiserDesk(await open());
    expect(await says('settings show')).toContain('waves: 3,6,12  (months after the end)');
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
    const { says, asked } = await organiserDesk(await open());
    expect(await says('report ARENA 2.0 6')).toBe('No report in this test.');
    await says('report');
    await says('predict --cohort "ARENA 2.0" --wave 12 --track alignment --more-than 10% --probability 80% --closes 2025-08-31');
    expect(asked).toMatchObject([
      { cohorts: ['ARENA 2.0'], waveMonths: 6, openedBy: 'slack:UADA', audience: 'organisers' },
      { cohorts: [], openedBy: 'slack:UADA' },
      { author: 'slack:UADA', authorAlso: ['slack:UADA'], waveMonths: 12 },
    ]);
    expect(await says('predictions')).toContain('Nobody has predicted anything about ARENA yet');
    expect(await says('digest')).toContain('Nothing has come in since the last digest.');
  });

  it('fill in a prediction as a form, with what is wrong at its field and the rest kept', async () => {
    const { asks, fills, asked } = await organiserDesk(await open());
    const { form } = await asks('predict');
    expect(form?.sections.every((section) => section.fields.length <= 5)).toBe(true);
    const empty = await fills(form, {});
    expect(empty).toMatchObject({ kind: 'errors' });
    expect(empty.kind === 'errors' && empty.errors.map((each) => each.field)).toEqual([
      'cohort',
      'wave',
      'track',
      'share',
      'probability',
      'closes',
    ]);
    const right = { cohort: 'ARENA 2.0', wave: '12', track: 'alignment', share: '10%', probability: '80%', closes: '2025-08-31' };
    expect(await fills(form, { ...right, share: '0' })).toMatchObject({
      errors: [{ section: 1, field: 'share', message: 'nothing is less than 0%: choose a threshold above 0.' }],
    });
    expect(asked).toEqual([]);
    // This one is only refused where it would be put on record.
    expect(
      await fills(form, { ...right, scope: 'any', comparator: 'more_than', seen: 'yes', text: ' Most of them. ' }),
    ).toMatchObject({
      errors: [{ section: 1, field: 'closes', message: 'No prediction in this test.' }],
    });
    expect(asked).toMatchObject([
      {
        cohorts: ['ARENA 2.0'],
        waveMonths: 12,
        class: { track: 'alignment', scope: 'any' },
        comparator: 'more_than',
        threshold: 0.1,
        probability: 0.8,
        closesOn: '2025-08-31',
        author: 'slack:UADA',
        text: 'Most of them.',
        seenData: true,
      },
    ]);
  });

  it('add a cohort by a form, by the same rules as in words, once however often it is sent', async () => {
    const { asks, fills, says, log } = await organiserDesk(await open());
    const { form } = await asks('add');
    expect(await fills(form, { name: ' ', ended: '2024-02-30' })).toMatchObject({
      kind: 'errors',
      errors: [{ field: 'name' }, { field: 'ended', message: '“2024-02-30” is not a day: write it as 2023-06-30.' }],
    });
    const dark = 'ARENA\u202e3';
    expect(await fills(form, { name: dark, ended: '2024-04-30' })).toMatchObject({ errors: [{ field: 'name' }] });
    expect(await says(`add ${dark} --ended 2024-04-30`)).toContain('marks that turn text around');
    expect(await fills(form, { name: 'arena 2.0', ended: '2024-04-30' })).toMatchObject({
      errors: [{ field: 'name', message: 'There is a cohort ARENA 2.0 already, which ended on 6 February 2024.' }],
    });
    const sent = { name: 'ARENA 3.0', ended: '2024-04-30' };
    const [saved, again] = [await fills(form, sent, { eventId: 'same' }), await fills(form, sent, { eventId: 'same' })];
    expect(saved.kind === 'saved' && wordsIn(saved.answer ?? say())).toContain('ARENA 3.0 is there now');
    expect(again).toEqual({ kind: 'saved', answer: null });
    expect((await log()).map((each) => each.what)).toEqual(['cohort_added']);
  });

  it('change settings by a form: what that does is shown first, and done by the press of a button, once', async () => {
    const { asks, fills, presses, world, log } = await organiserDesk(await open());
    const { form } = await asks('settings');
    expect(form?.sections.flatMap((each) => each.fields.map(({ name, value }) => [name, value]))).toContainEqual([
      'waves',
      '3,6,12',
    ]);
    expect(form?.sections.every((section) => section.fields.length <= 5)).toBe(true);
    expect(await fills(form, { window: '16:00-10:00', lapse: 'soon' })).toMatchObject({
      kind: 'errors',
      errors: [
        { section: 0, field: 'window' },
        { section: 1, field: 'lapse', message: '“soon” is not a length of time: write 45s, 10m, 6h or 4d.' },
      ],
    });
    const unchanged = await fills(form, {});
    expect(unchanged.kind === 'saved' && wordsIn(unchanged.answer ?? say())).toBe('Nothing was changed.');
    const settings = async () => (await world.ports.programmes.programmeNamed('ARENA'))?.settings;

    const sent = await fills(form, { waves: '3,24', 'min-cell': '3' });
    const preview = sent.kind === 'saved' ? sent.answer : null;
    expect(wordsIn(preview ?? say())).toContain('waves would go from 3,6,12 to 3,24; min-cell would go from 5 to 3.');
    expect(wordsIn(preview ?? say())).toContain('Wave 24: 3 people will be asked around 6 February 2026');
    expect(await settings()).toMatchObject({ waves: [3, 6, 12], minCell: 5 });
    const done = await presses(preview, 'Do it');
    expect(wordsIn(done.answer ?? say())).toContain('waves was 3,6,12, and is 3,24 from now on; min-cell was 5, and is 3');
    expect(await settings()).toMatchObject({ waves: [3, 24], minCell: 3 });
    expect(wordsIn((await presses(preview, 'Do it')).answer ?? say())).toContain('done already');
    expect((await log()).map((each) => each.detail)).toEqual([
      { waves: { from: '3,6,12', to: '3,24' }, 'min-cell': { from: '5', to: '3' } },
    ]);
  });

  it('do nothing for somebody who is no organiser any more, nor for another who presses or sends their form', async () => {
    const { asks, fills, presses, world, programme, says } = await organiserDesk(await open());
    const add = (await asks('add')).form;
    const settings = (await asks('settings')).form;
    const sent = await fills(settings, { waves: '3,24' });
    const preview = sent.kind === 'saved' ? sent.answer : null;
    const mara: Account = { platform: 'slack', id: 'UMARA' };
    expect(wordsIn((await presses(preview, 'Do it', mara)).answer ?? say())).toContain('done already, or too old');
    const other = await fills(add, { name: 'Mine', ended: '2024-04-30' }, { from: mara });
    expect(other.kind === 'saved' && wordsIn(other.answer ?? say())).toContain('you are not on the list');
    await world.ports.programmes.removeOrganiser(programme.id, { kind: 'account', account: ADA });
    await world.ports.programmes.addOrganiser(programme.id, { kind: 'account', account: mara }, world.time);
    expect(wordsIn((await presses(preview, 'Do it')).answer ?? say())).toContain('you are not on the list');
    expect(await says('settings waves', mara)).toContain('waves is 3,6,12');
    expect(await says('cohorts', mara)).not.toContain('Mine');
  });

  it('keep what was begun for a day', async () => {
    const { asks, fills, presses, world } = await organiserDesk(await open());
    const sent = await fills((await asks('settings')).form, { waves: '3,24' });
    await world.pass(86_400_001);
    const pressed = await presses(sent.kind === 'saved' ? sent.answer : null, 'Do it');
    expect(wordsIn(pressed.answer ?? say())).toContain('done already, or too old');
    expect(await sweepDrafts(world.test.db, world.time)).toBe(1);
  });

  it('page through a long cohort and a long log, and leave nothing out', async () => {
    const { asks, presses, ports, programme, says } = await organiserDesk(await open());
    const rows = Array.from({ length: 60 }, (_, at) =>
      aRosterRow({ line: at + 2, name: `Person ${String(at).padStart(2, '0')}`, slack: `U7${at}` }),
    );
    const order = { programme, cohortName: 'Long', endedOn: '2024-04-30', rows, now: ports.clock.now(), dryRun: false };
    await ports.importRoster(order);
    const first = await asks('status long');
    expect(saidIn(first)).toContain('Person 24');
    expect(saidIn(first)).not.toContain('Person 25');
    expect(saidIn(first)).toContain('Page 1 of 3');
    const second = await presses(messageIn(first), 'Next');
    const third = await presses(messageIn(second), 'Next');
    expect(saidIn(third)).toContain('Person 59');
    expect(saidIn(third)).not.toContain('[Next]');
    expect(saidIn(await presses(messageIn(third), 'Back'))).toContain('Person 25');
    expect(await says('status ARENA 2.0')).not.toContain('Page');

    for (let at = 0; at < 30; at += 1) await says(`settings min-cell ${at % 2 === 0 ? 3 : 4}`);
    const newest = await asks('log');
    expect(messageIn(newest)?.parts.flatMap((part) => (part.kind === 'list' ? part.items : []))).toHaveLength(25);
    const older = await presses(messageIn(newest), 'Next');
    const looksAtNames = 2;
    expect(messageIn(older)?.parts.flatMap((part) => (part.kind === 'list' ? part.items : []))).toHaveLength(5 + looksAtNames);
    expect(saidIn(older)).not.toContain('[Next]');
  });

  it('change who is an organiser, by mention, handle, address or group, and never take the last one off', async () => {
    const { says, directory, log } = await organiserDesk(await open());
    directory.add('UGRACE', { handle: 'grace' });
    directory.groups.set('S0ORG', { name: 'arena-team', members: [] });
    expect(await says('organisers remove <@UADA|ada>')).toContain('slack:UADA is the last one on the list');
    expect(await says('organisers add @grace')).toContain('slack:UGRACE is an organiser of ARENA from now on');
    expect(await says('organisers add <@UGRACE>')).toContain('already');
    expect(await says('organisers add @arena-team')).toContain('slack:S0ORG');
    expect(await says('organisers add Grace@Example.org')).toContain('grace@example.org');
    expect(await says('organisers add @nobody')).toContain('I do not know who “@nobody” is');
    expect(await says('organisers remove @grace')).toContain('no longer an organiser');
    expect(await says('organisers remove @grace')).toContain('is not on the list');
    expect(await says('organisers')).toContain('slack:UADA\nslack:S0ORG\ngrace@example.org');
    // An address is personal, and the log holds none.
    expect((await log()).map(({ what, detail }) => [what, detail])).toEqual([
      ['organiser_removed', { account: 'slack:UGRACE' }],
      ['organiser_added', {}],
      ['organiser_added', { account: 'slack:S0ORG' }],
      ['organiser_added', { account: 'slack:UGRACE' }],
    ]);
  });

  it('complete names while an organiser types, out of their own programmes alone', async () => {
    const { ports, world } = await organiserDesk(await open());
    await world.cohort(
      '2024-02-06',
      [{ name: 'Marta Other', slack: 'UMARTA' }],
      {},
      { programme: 'MATS Winter', cohort: 'Mats One' },
    );
    const suggest = (what: Suggested, start: string, from: Account = ADA) => suggestNames(ports, from, what, start);
    expect(await suggest('person', 'mar')).toEqual(['Mara Lindqvist']);
    expect(await suggest('person', 'lind')).toEqual(['Mara Lindqvist']);
    expect(await suggest('person', '%')).toEqual([]);
    expect(await suggest('person', '')).toEqual(['Ada Lovelace', 'Jun Watanabe', 'Mara Lindqvist']);
    expect(await suggest('cohort', '2.')).toEqual(['ARENA 2.0']);
    expect(await suggest('programme', 'm')).toEqual([]);
    expect(await suggest('programme', 'ar')).toEqual(['ARENA']);
    expect(await suggest('person', '', { platform: 'slack', id: 'UMARA' })).toEqual([]);
  });

  it('say in the help what there is to do next', async () => {
    const { says } = await organiserDesk(await open());
    expect(await says('help')).toContain('Next: say where the weekly digest is posted');
    await says('add Autumn --ended 2024-04-30');
    expect(await says('help')).toContain('Next: bring people into Autumn, with “import” or “invite Autumn”.');
  });

  it('name what was probably meant', async () => {
    const { says } = await organiserDesk(await open());
    expect(await says('staus')).toContain('Did you mean “status”? Write it so: /alumni status ARENA 2.0');
    expect(await says('organizers')).toContain('Did you mean “organisers”?');
    expect(await says('status AREAN 2.0')).toContain('ARENA has no cohort “AREAN 2.0”. Did you mean ARENA 2.0?');
    expect(await says('settings wave 3,6')).toContain('There is no setting “wave”. Did you mean waves?');
    expect(await says('xyzzy')).toContain('“help” lists what you can ask for');
  });

  it('pass on what somebody asks for only after a yes', async () => {
    const { says, world } = await organiserDesk(await open());
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
    const { says, world, woken } = await organiserDesk(await open(), '2024-05-06T10:01:00Z');
    const answer = await says('ask-now ARENA 2.0');
    expect(answer).toContain('2 people are being asked now.');
    expect(answer).toContain('1 person has to wait, the first until 7 May 2024 at 01:00 (Etc/UTC)');
    expect(woken()).toBe(1);
    await world.pass(1_000);
    expect(['UMARA', 'UADA', 'UJUN'].map((each) => world.messenger.to(each).length)).toEqual([1, 1, 0]);
  });

  it('asks nobody a second time', async () => {
    const { says, world } = await organiserDesk(await open(), '2024-05-06T10:01:00Z');
    await says('ask-now ARENA 2.0');
    await says('ask-now ARENA 2.0 3');
    await world.pass(1_000);
    await says('ask-now ARENA 2.0');
    await world.pass(1_000);
    expect(world.messenger.to('UMARA')).toHaveLength(1);
  });

  it('leaves the later waves where they were', async () => {
    const { says, world } = await organiserDesk(await open(), '2024-05-06T10:01:00Z');
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
    const { says } = await organiserDesk(await open(), '2024-05-06T10:01:00Z');
    expect(await says('ask-now ARENA 2.0 6')).toContain('is due on 6 August 2024, and I ask nobody before that');
    expect(await says('ask-now ARENA 2.0 7')).toContain('There is no wave 7: ARENA asks 3, 6 and 12 months after the end.');
    expect(await says('ask-now Nowhere')).toContain('I know no cohort “Nowhere”');
    expect(await says('ask-now 6')).toContain('Which cohort?');
    await says('pause ARENA 2.0');
    expect(await says('ask-now ARENA 2.0')).toContain('First write: resume ARENA 2.0');
  });

  it('asks nobody outside the window, on a weekend', async () => {
    const { says, world } = await organiserDesk(await open(), '2024-05-11T12:00:00Z');
    const answer = await says('ask-now ARENA 2.0');
    expect(answer).toContain('3 people have to wait, the first until 13 May 2024 at 01:00 (Etc/UTC)');
    await world.pass(1_000);
    expect(world.messenger.taken).toEqual([]);
  });
});
