import { expect, it } from 'vitest';
import { reportStoreIn } from '../../db/reports.js';
import { importRoster } from '../../db/roster.js';
import { aRosterRow } from '../support/builders.js';
import { wordsIn } from '../support/fake-messenger.js';
import { messageIn, organiserDesk, saidIn } from '../support/organiser-desk.js';
import { describeOnBoth } from '../support/test-db.js';
import { fingerprintOf } from '../support/world.js';

const WORK = { kind: 'employment', track: 'governance', organisation: 'the AI Office', role: 'policy officer' };

describeOnBoth('what an organiser knows of somebody', (open) => {
  const atDesk = async () => {
    const desk = await organiserDesk(await open());
    await desk.world.until('2024-05-08T12:00:00Z');
    const enters = async (who: string, fields: Record<string, string> = {}) => {
      const { form } = await desk.asks(`check ${who}`);
      return desk.fills(form, { ...WORK, ...fields });
    };
    const ofMara = async () => {
      const reports = reportStoreIn(desk.world.test.db);
      const cohortIds = [desk.cohort.id];
      const query = { programmeId: desk.programme.id, cohortIds, waveMonths: 3, asOf: desk.world.time, batch: 10 };
      for await (const person of reports.peopleAtWave(query)) if (person.name === 'Mara Lindqvist') return person;
      throw new Error('Mara is on the roster');
    };
    return { ...desk, enters, ofMara };
  };

  it('is entered by name, stands in the list that is to be checked, and is nobody’s own answer', async () => {
    const desk = await atDesk();
    const said = saidIn(await desk.enters('mara lindqvist'));
    expect(said).toContain('Noted of Mara Lindqvist, three months after the end: Policy officer at the AI Office.');
    expect(said).toContain('They see it under “data”');
    expect(await desk.says('check')).toContain('Mara Lindqvist (ARENA 2.0): Policy officer at the AI Office');
    const mara = await desk.ofMara();
    expect(mara).toMatchObject({ record: null, checkIn: { state: 'delivered' } });
    expect(mara.thirdParty?.activities).toMatchObject([{ track: 'governance' }]);
    expect((await desk.log()).map(({ what }) => what)).toContain('entry_made');
    expect(JSON.stringify(await desk.log())).not.toMatch(/Mara|AI Office/);
  });

  it('is shown to the person, who can say that it is not so: then it counts nowhere, and cannot be entered again', async () => {
    const desk = await atDesk();
    await desk.enters('Mara Lindqvist');
    const data = await desk.world.commands('UMARA', 'data');
    expect(data).toContain('What organisers noted of you. It is not your answer, and counts as none:');
    expect(data).toContain('ARENA, 8 May 2024: Policy officer at the AI Office');
    await desk.world.says('UMARA', 'data');
    await desk.world.tick();
    const told = desk.world.last('UMARA');
    const pressed = await desk.world.presses('UMARA', told, 'undo');
    expect(pressed.answer && wordsIn(pressed.answer)).toContain('Noted: that is not so, and it counts nowhere.');
    expect((await desk.ofMara()).thirdParty).toBeNull();
    expect(await desk.world.commands('UMARA', 'data')).not.toContain('AI Office');
    expect(await desk.says('check')).not.toContain('AI Office');
    expect(saidIn(await desk.enters('Mara Lindqvist'))).toContain('is not so. Nothing more can be entered');
  });

  it('is told with the next question, and gives way to their own words', async () => {
    const desk = await atDesk();
    await desk.enters('Mara Lindqvist');
    await desk.world.until('2024-08-08T12:00:00Z');
    expect(wordsIn(desk.world.last('UMARA').message)).toContain(
      'An organiser of ARENA noted of you: Policy officer at the AI Office. That is not your answer, and counts as none.',
    );
    await desk.world.answers('UMARA', 'I am an alignment researcher at Redwood Research.');
    await desk.world.until('2025-02-10T12:00:00Z');
    const asked = wordsIn(desk.world.last('UMARA').message);
    expect(asked).toContain('Redwood Research');
    expect(asked).not.toContain('AI Office');
  });

  it('is refused about oneself, about nobody, and where it cannot be told about whom', async () => {
    const desk = await atDesk();
    expect(saidIn(await desk.enters('Ada Lovelace'))).toContain('That is you');
    expect(saidIn(await desk.enters('Mara Lindqist'))).toContain('Did you mean Mara Lindqvist?');
    expect(saidIn(await desk.enters('Mara Lindqvist', { kind: '' }))).toContain('Choose one of the kinds.');
    const rows = [aRosterRow({ name: 'Mara Lindqvist', slack: 'UTWIN' })];
    const { db } = desk.world.test;
    const { programme } = desk;
    const order = { programme, rows, cohortName: 'ARENA 1.0', endedOn: '2024-01-06', now: desk.world.time, dryRun: false };
    await importRoster(db, { ...order, fingerprint: fingerprintOf });
    expect(saidIn(await desk.enters('Mara Lindqvist'))).toContain('2 people are called “Mara Lindqvist”. Choose the cohort: ');
    expect(messageIn(await desk.enters('Mara Lindqvist', { cohort: 'ARENA 2.0' }))).not.toBeNull();
    expect(saidIn(await desk.enters('slack:UTWIN'))).toContain('Noted of Mara Lindqvist');
  });
});
