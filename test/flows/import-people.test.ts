import { expect, it } from 'vitest';
import { alumni } from '../../db/schema.js';
import { importFile } from '../../src/flows/answer-organiser.js';
import { wordsIn } from '../support/fake-messenger.js';
import { ADA, bytesOf, messageIn, organiserDesk, saidIn } from '../support/organiser-desk.js';
import { describeOnBoth } from '../support/test-db.js';

const LIST = `name,slack,email
Mara Lindqvist,UMARA,
Grace Hopper,,grace@example.org
Tom Kilburn,@tom,
`;

describeOnBoth('people who are brought in by a list', (open) => {
  /** Ada's desk, on a Slack where Grace has an address and Tom a handle. */
  async function desk() {
    const made = await organiserDesk(await open());
    made.directory
      .add('UMARA', { name: 'Mara' })
      .add('UJUN')
      .add('UADA')
      .add('UGRACE', { email: 'grace@example.org' })
      .add('UTOM', { handle: 'tom', standing: 'guest' });
    const states = async (name: string) => (await made.world.checkIns()).filter((each) => each.alumnus === name).length;
    return { ...made, states };
  }

  it('are shown first, with addresses and handles looked up, and come in by the press of a button', async () => {
    const { asks, fills, presses, states, log, world, says } = await desk();
    const { form } = await asks('import');
    const sent = await fills(form, { cohort: 'ARENA 2.0' }, { file: bytesOf(LIST) });
    const review = saidIn(sent);
    expect(review).toContain('3 people for ARENA 2.0, which ended on 6 February 2024: first question around');
    expect(review).toContain(
      '2 would be new to it; 1 is on its list as they stand here; 2 of the cohort are not in this list, and stay in it.',
    );
    expect(review).toContain('Grace Hopper (Slack, grace@example.org)');
    expect(review).toContain('Tom Kilburn (Slack)');
    expect(await states('Tom Kilburn')).toBe(0);

    const done = await presses(messageIn(sent), 'Import these 3');
    expect(saidIn(done)).toContain('2 people added to ARENA 2.0');
    expect(await states('Tom Kilburn')).toBe(3);
    expect(await states('Grace Hopper')).toBe(3);
    expect(saidIn(await presses(messageIn(sent), 'Import these 3'))).toContain('done already');
    expect((await log()).map(({ what, detail }) => [what, detail.added, detail.cameBy])).toEqual([
      ['roster_imported', 2, 'roster'],
    ]);
    expect(await says('cohorts')).toContain('ARENA 2.0: 5 people');
    expect((await world.ports.conversations.personAt({ platform: 'slack', id: 'UTOM' })) !== null).toBe(true);
  });

  it('may be of a new cohort, named in the form', async () => {
    const { asks, fills, presses, says } = await desk();
    const { form } = await asks('import');
    expect(await fills(form, {}, { file: bytesOf(LIST) })).toMatchObject({ errors: [{ field: 'name' }] });
    expect(await fills(form, { name: 'ARENA 3.0' }, { file: bytesOf(LIST) })).toMatchObject({ errors: [{ field: 'ended' }] });
    expect(await fills(form, { name: 'ARENA 3.0', ended: '2024-04-30' })).toMatchObject({ errors: [{ field: 'file' }] });
    const sent = await fills(form, { name: 'ARENA 3.0', ended: '2024-04-30' }, { file: bytesOf(LIST) });
    expect(saidIn(sent)).toContain(
      '3 people for ARENA 3.0, a new cohort, which ended on 30 April 2024: first question around 30 July 2024',
    );
    expect(await says('cohorts')).not.toContain('ARENA 3.0');
    expect(saidIn(await presses(messageIn(sent), 'Cancel'))).toBe('Nobody was imported.');
    expect(await says('cohorts')).not.toContain('ARENA 3.0');
    await presses(
      messageIn(await fills(form, { name: 'ARENA 3.0', ended: '2024-04-30' }, { file: bytesOf(LIST) })),
      'Import these 3',
    );
    expect(await says('cohorts')).toContain('ARENA 3.0: 3 people, ended on 30 April 2024');
  });

  it('are none where a line is bad: all of those come back, and the form can be filled in again as it was', async () => {
    const { asks, fills, presses, states } = await desk();
    const { form } = await asks('import');
    const bad = `name,slack,email\n${Array.from({ length: 30 }, (_, at) => `Person ${at},nobody at all,`).join('\n')}\n,UTOM,\n`;
    const sent = await fills(form, { cohort: 'ARENA 2.0' }, { file: bytesOf(bad) });
    expect(saidIn(sent)).toContain('Nothing was imported: there are 31 things to mend in the list.');
    expect(saidIn(sent)).toContain('line 2, slack: "nobody at all" is not a Slack member id: expected something like U012AB3CD');
    expect(saidIn(sent)).not.toContain('line 32');
    expect(saidIn(await presses(messageIn(sent), 'Next'))).toContain('line 32, name: the name is missing');
    const again = await presses(messageIn(sent), 'Try again');
    expect(again.form?.sections[0]?.fields.find((each) => each.name === 'cohort')?.value).toBe('ARENA 2.0');
    expect(await states('Person 1')).toBe(0);
    const unknown = await fills(again.form, {}, { file: bytesOf('name,slack\nTim,@tim\n') });
    expect(saidIn(unknown)).toContain('line 2, slack: "@tim" is nobody on Slack');
    expect(await states('Tim')).toBe(0);
  });

  it('come from the channel of the cohort, without bots, people elsewhere and its organisers', async () => {
    const { asks, presses, directory, world } = await desk();
    directory
      .add('UBOT', { name: 'Helper', standing: 'bot' })
      .add('UEXT', { name: 'Guest from afar', standing: 'external' })
      .add('UOFF', { name: 'Gone', standing: 'deactivated' });
    directory.channels.set('C2', ['UMARA', 'UADA', 'UTOM', 'UBOT', 'UEXT', 'UOFF']);
    expect(saidIn(await asks('import members ARENA 2.0'))).toContain('Which channel?');
    const asked = await asks('import members arena 2.0', ADA, { channelId: 'C2' });
    const review = saidIn(asked);
    expect(review).toContain('2 people for ARENA 2.0');
    expect(review).toContain(
      '4 left out: 1 an organiser of this programme; a list can bring them in, if they took part, 1 a bot',
    );
    expect(review).toContain('Left out: Guest from afar (of another workspace, where I cannot write)');
    expect(saidIn(await presses(messageIn(asked), 'Import these 2'))).toContain('1 person added to ARENA 2.0');
    const rows = await world.test.db.select({ cameBy: alumni.cameBy }).from(alumni);
    expect(rows.filter((each) => each.cameBy === 'channel')).toHaveLength(1);
  });

  it('stay on the list where a file names somebody whose account is switched off, since totals count everybody', async () => {
    const { asks, fills, presses, directory, states } = await desk();
    directory.add('UOFF', { name: 'Gone', standing: 'deactivated' }).add('UBOT', { name: 'Helper', standing: 'bot' });
    const { form } = await asks('import ARENA 2.0');
    const review = await fills(form, {}, { file: bytesOf('name,slack\nGone Girl,UOFF\nHelper,UBOT\n') });
    expect(saidIn(review)).toContain('Cannot be written to: Gone Girl (the account is switched off)');
    expect(saidIn(review)).toContain('Left out: Helper (a bot)');
    await presses(messageIn(review), 'Import this one');
    expect(await states('Gone Girl')).toBeGreaterThan(0);
    expect(await states('Helper')).toBe(0);
  });

  it('come with a role or user group, by its name or mention', async () => {
    const { asks, presses, directory, world } = await desk();
    directory.groups.set('S0ALUM', { name: 'alumni-2', members: ['UGRACE', 'UTOM'] });
    expect(saidIn(await asks('import --group @nobody ARENA 2.0'))).toContain('I know no user group or role “nobody”');
    for (const group of ['@alumni-2', '<!subteam^S0ALUM|@alumni-2>', 'S0ALUM']) {
      expect(saidIn(await asks(`import --group ${group} ARENA 2.0`))).toContain('2 people for ARENA 2.0');
    }
    await presses(messageIn(await asks('import --role @alumni-2 ARENA 2.0')), 'Import these 2');
    const rows = await world.test.db.select({ cameBy: alumni.cameBy }).from(alumni);
    expect(rows.filter((each) => each.cameBy === 'role')).toHaveLength(2);
  });

  it('are asked for their cohort where nobody has named it', async () => {
    const { asks, fills, presses, directory } = await desk();
    directory.channels.set('C2', ['UTOM']);
    const { form, answer } = await asks('import members', ADA, { channelId: 'C2' });
    expect([form?.title, answer]).toEqual(['Which cohort?', null]);
    const sent = await fills(form, { cohort: 'ARENA 2.0' });
    expect(saidIn(await presses(messageIn(sent), 'Import this one'))).toContain('1 person added');
    const withFile = await asks('import', ADA, { file: bytesOf(LIST) });
    expect(withFile.form?.title).toBe('Which cohort?');
    expect(saidIn(await asks('import Arena 2.O', ADA, { file: bytesOf(LIST) }))).toContain('Did you mean ARENA 2.0?');
  });

  it('may stand in a file that an organiser sends by itself, once however often that is heard', async () => {
    const { ports, presses, fills, world, programme } = await desk();
    const first = await importFile(ports, ADA, bytesOf(LIST), 'e1');
    expect(await importFile(ports, ADA, bytesOf(LIST), 'e1')).toBeNull();
    expect(first && wordsIn(first)).toContain('A list of 3 people. Which cohort are they of?');
    const { form } = await presses(first, 'Choose the cohort');
    expect(saidIn(await fills(form, { cohort: 'ARENA 2.0' }))).toContain('2 would be new to it');
    const refused = await importFile(ports, { platform: 'slack', id: 'UMARA' }, bytesOf(LIST), 'e2');
    expect(refused && wordsIn(refused)).toContain('you are not on the list of one');
    const other = await world.ports.programmes.createProgramme('MATS', programme.settings, world.time);
    await world.ports.programmes.addOrganiser(other.id, { kind: 'account', account: ADA }, world.time);
    const two = await importFile(ports, ADA, bytesOf(LIST), 'e3');
    expect((await presses(two, 'MATS')).form?.sections[0]?.fields[0]).toMatchObject({ name: 'cohort', choices: [{ value: '' }] });
  });

  it('stay out for now where they cannot be looked up, and nothing of the list is lost', async () => {
    const { asks, directory, presses } = await desk();
    const many = `name,slack,email\n${Array.from({ length: 40 }, (_, at) => `Person ${at},,p${at}@example.org`).join('\n')}\n`;
    const asked = await asks('import ARENA 2.0', ADA, { file: bytesOf(many) });
    expect(saidIn(asked)).toContain('A list of 40 people. I look 40 of them up first');
    directory.failure = { kind: 'rate_limited', retryAfterMs: 1_000, what: 'sending' };
    // Whether Ada is an organiser does not hang on the directory: she is named by her account.
    expect(saidIn(await presses(messageIn(asked), 'Look at it'))).toContain('I could not look everybody up just now');
    directory.failure = null;
    directory.add('UP1', { email: 'p1@example.org' });
    const review = await presses(messageIn(asked), 'Look at it');
    expect(saidIn(review)).toContain('I cannot write to 39 people: nobody is there under that address or id');
    expect(saidIn(review)).toContain('Page 1 of 4');
    expect(saidIn(await presses(messageIn(review), 'Next'))).toContain('Page 2 of 4');
  });

  it('are told apart from those who had everything erased, who are not written to', async () => {
    const { asks, world } = await desk();
    const mara = await world.ports.conversations.personAt({ platform: 'slack', id: 'UMARA' });
    if (mara) await world.ports.conversations.change(mara, world.time, () => ({ changes: [{ kind: 'erase' }] }));
    expect(saidIn(await asks('import ARENA 2.0', ADA, { file: bytesOf(LIST) }))).toContain(
      '1 person had everything about them erased, so that one is left out',
    );
  });
});
