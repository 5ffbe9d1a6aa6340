import { expect, it } from 'vitest';
import { predictionStoreIn } from '../../db/predictions.js';
import { reportStoreIn } from '../../db/reports.js';
import { cardMessage } from '../../src/domain/card.js';
import { peoplePicture } from '../../src/domain/pictures.js';
import { reportPage } from '../../src/domain/report-page.js';
import { reportText } from '../../src/domain/report-text.js';
import { parseTracks } from '../../src/domain/tracks.js';
import { registerPrediction } from '../../src/flows/predict.js';
import { makeReport } from '../../src/flows/report.js';
import { controlsIn, type Taken, wordsIn } from '../support/fake-messenger.js';
import { NURSING } from '../support/nursing.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const NURSES = [
  { name: 'Ama Owusu', slack: 'U1' },
  { name: 'Ben Cole', slack: 'U2' },
  { name: 'Cleo Diaz', slack: 'U3' },
];

const trackOn = ({ message }: Taken) => {
  const select = controlsIn(message).find((each) => each.id.startsWith('aw:track:'));
  return select?.kind === 'select' ? { chosen: select.chosen, labels: select.choices.map(({ label }) => label) } : null;
};

describeOnBoth('a nursing fellowship, which has fields of its own and asks for plans at the end', (open) => {
  const fellowship = async () => {
    const tracks = parseTracks(NURSING);
    if (!tracks.ok) throw new Error(tracks.error);
    const world = new World(await open(), '2023-06-20T00:00:00Z');
    const settings = { waves: [0, 6], tracks: tracks.value };
    const { programme } = await world.cohort('2023-06-30', NURSES, settings, {
      programme: 'Ward Fellows',
      cohort: 'Spring 2023',
    });
    const ports = {
      reports: reportStoreIn(world.test.db),
      predictions: predictionStoreIn(world.test.db),
      clock: world.ports.clock,
      random: { token: () => 'a-salt-of-22-characters' },
    };
    const report = async (waveMonths: number) => {
      const made = await makeReport(ports, { programme, waveMonths, audience: 'organisers' });
      if (!made.ok) throw new Error(made.error.message);
      return made.value;
    };
    return { world, programme, ports, report };
  };

  it('finds them in replies, puts them to people in their order, and counts and forecasts in those words', async () => {
    const { world, programme, ports, report } = await fellowship();
    const predicted = await registerPrediction(ports, {
      programme,
      cohorts: ['Spring 2023'],
      waveMonths: 6,
      class: { track: 'icu nursing', scope: 'main' },
      comparator: 'more_than',
      threshold: 0.2,
      probability: 0.6,
      closesOn: '2024-03-01',
      author: 'Sister Mary',
      seenData: false,
      codebookVersion: 'CODEBOOK',
      readerVersion: '1',
    });
    expect(predicted).toMatchObject({
      ok: true,
      value: {
        class: { track: 'ICU_nursing' },
        text: 'More than 20% mainly in ICU nursing: Spring 2023, six months after the end',
        codebookVersion: 'CODEBOOK, with the tracks bedside_nursing, midwifery, ICU_nursing, teaching',
      },
    });

    await world.until('2023-07-02T00:00:00Z');
    expect(wordsIn(world.last('U1').message)).toContain('What are you planning to do next?');
    const plan = await world.answers('U1', 'I will join the Royal Infirmary as a staff nurse in August.');
    expect(trackOn(plan)).toEqual({
      chosen: 'bedside_nursing',
      labels: ['Bedside nursing', 'Midwifery', 'ICU nursing', 'Teaching', 'Hard to say'],
    });
    await world.presses('U1', plan, 'right');
    const other = await world.answers('U2', 'I start as a midwife at City Hospital in September.');
    await world.presses('U2', other, 'right');
    const atEnd = await report(0);
    expect(atEnd.people).toMatchObject({ roster: 3, answered: 2, silent: 1 });
    expect(atEnd.tracks.midwifery?.main).toMatchObject({ count: 1, known: 2 });
    expect(reportText(atEnd)).toContain('WHAT THEY MAINLY PLAN TO DO');

    await world.until('2024-01-05T00:00:00Z');
    const card = await world.answers('U1', 'I work at the Royal Infirmary in intensive care.');
    expect(trackOn(card)?.chosen).toBe('ICU_nursing');
    await world.presses('U1', card, 'right');
    const second = await world.answers('U2', 'I work as a nurse at City Hospital.');
    expect(trackOn(second)?.chosen).toBeNull();
    const corrected = await world.answers('U2', 'no, it is midwifery');
    expect(trackOn(corrected)?.chosen).toBe('midwifery');
    await world.presses('U2', corrected, 'right');

    const later = await report(6);
    expect(Object.keys(later.tracks)).toEqual(['bedside_nursing', 'midwifery', 'ICU_nursing', 'teaching']);
    expect(later.planned).toEqual({
      people: 2,
      asPlanned: 1,
      moves: [
        { from: 'bedside_nursing', to: 'ICU_nursing', people: 1 },
        { from: 'midwifery', to: 'midwifery', people: 1 },
      ],
    });
    expect(later.moves).toEqual([]);
    const text = reportText(later);
    expect(text).toContain('Of 2 people both are known: 1 does what they had planned.');
    expect(text).toContain('planned bedside nursing, now ICU nursing  1');
    expect(text).toContain('More than 20% mainly in ICU nursing');
    const told = [text, reportPage(later, []), JSON.stringify(peoplePicture([atEnd, later])), JSON.stringify(later)].join('\n');
    expect(told).not.toMatch(/alignment|capabilities|governance|outside AI/);
  });

  it('counts what it no longer tells apart as unclear, and says so on the card with an empty select', async () => {
    const { world, programme, ports } = await fellowship();
    await world.until('2023-07-02T00:00:00Z');
    const card = await world.answers('U1', 'I work as a midwife at City Hospital.');
    await world.presses('U1', card, 'right');
    const fewer = parseTracks('bedside nursing; teaching');
    if (!fewer.ok) throw new Error(fewer.error);
    await world.ports.programmes.saveSettings(programme, { ...programme.settings, tracks: fewer.value }, world.time);
    const now = (await world.ports.programmes.programmeNamed('Ward Fellows')) ?? programme;
    const made = await makeReport(ports, { programme: now, waveMonths: 0, audience: 'organisers' });
    expect(made).toMatchObject({ ok: true, value: { people: { answered: 0, partial: 1 } } });
    const personId = await world.ports.conversations.personAt({ platform: 'slack', id: 'U1' });
    const conversation = personId && (await world.ports.conversations.conversation(personId));
    const reply = conversation?.replies[0];
    if (!conversation || !reply) throw new Error('they have answered');
    expect(trackOn({ message: cardMessage(conversation, reply) } as Taken)?.chosen).toBeNull();
  });
});
