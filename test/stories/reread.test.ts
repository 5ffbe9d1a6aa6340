import { asc } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { careerUpdates } from '../../db/schema.js';
import { readerOf } from '../../src/cli/reader.js';
import { rereadReplies } from '../../src/flows/reread-replies.js';
import { anAnswer } from '../adapters/llm/answers.js';
import { wordsIn } from '../support/fake-messenger.js';
import { StubModel } from '../support/stub-model.js';
import { TerminalStage } from '../support/terminal-stage.js';
import { describeOnBoth, type TestDb } from '../support/test-db.js';
import { World } from '../support/world.js';

let stub: StubModel;
beforeAll(async () => {
  stub = await StubModel.open();
});
afterAll(() => stub.close());

const PEOPLE = ['ANA', 'BEN', 'CAT', 'DEV'].map((name) => ({ name, slack: `U${name}`, timeZone: 'Europe/London' }));
const FIRST = 'I am a research engineer at Conjecture';

/** Four people who were told of a model that was out of order when they answered: Ana leaves her card, Ben confirms it, Cat puts it right, Dev says that nothing changed. */
async function answered(test: TestDb) {
  const world = new World(test, '2024-06-20T09:00:00Z');
  const access = { provider: 'openai-compatible', baseUrl: stub.url, model: 'small-1', apiKey: null } as const;
  const { readReply, model } = readerOf({ model: access }, world.ports);
  Object.assign(world.ports, { readReply, model });
  stub.does({ status: 404 });
  await world.cohort('2023-06-30', PEOPLE, { waves: [12], spreadMs: 0 });
  await world.until('2024-07-01T10:00:00Z');
  for (const account of ['UANA', 'UBEN', 'UCAT']) await world.answers(account, FIRST);
  await world.answers('UDEV', 'nothing new');
  await world.presses('UBEN', world.last('UBEN'), 'right');
  await world.presses('UCAT', world.last('UCAT'), 'track', { value: 'governance' });
  stub.does({
    say: anAnswer([
      { evidence: FIRST, organisation: 'Conjecture', role: 'research engineer', track: 'alignment', commitment: 'part_time' },
      { evidence: 'I am', kind: 'study', role: 'engineer' },
    ]),
  });
  const programme = await world.ports.programmes.programmeNamed('ARENA');
  if (!programme) throw new Error('no programme');
  const records = async () =>
    (await test.db.select().from(careerUpdates).orderBy(asc(careerUpdates.id))).map(
      ({ reader, basis, record }) => `${reader} ${basis} ${record.activities.length}`,
    );
  return { world, programme, records };
}

describeOnBoth('replies read again', (open) => {
  it('show what would change and change nothing, as long as it is only tried', async () => {
    const { world, programme, records } = await answered(await open());
    const before = await records();
    const summary = await rereadReplies(world.ports, programme, true);
    expect(summary.changed).toMatchObject([{ cohort: 'ARENA 2.0', waveMonths: 12, reader: 'small-1' }]);
    expect(summary.changed[0]?.before.activities).toHaveLength(1);
    expect(summary.changed[0]?.after.activities).toHaveLength(2);
    expect(summary).toMatchObject({ failed: 0, optOuts: [], leftAlone: { settled_by_the_person: 2 } });
    expect(await records()).toEqual(before);
  });

  it('take the place of what nobody confirmed, on the card too, and the earlier record stays', async () => {
    const { world, programme, records } = await answered(await open());
    const before = await records();
    const untouched = ['UBEN', 'UCAT'].map((account) => wordsIn(world.last(account).message));
    await world.pass(86_400_000);
    await rereadReplies(world.ports, programme, false);
    await world.tick();
    expect((await records()).slice(0, before.length)).toEqual(before);
    expect((await records()).slice(before.length)).toEqual(['small-1 read 2']);
    expect(wordsIn(world.last('UANA').message)).toMatch(/\nEngineer\b/);
    expect(['UBEN', 'UCAT'].map((account) => wordsIn(world.last(account).message))).toEqual(untouched);
    expect((await rereadReplies(world.ports, programme, false)).changed).toEqual([]);
    expect(JSON.stringify(world.logged)).not.toContain('Conjecture');
  });

  it('leave a card alone that its owner presses in the meantime', async () => {
    const { world, programme, records } = await answered(await open());
    const read = world.ports.readReply;
    Object.assign(world.ports, {
      readReply: async (text: Parameters<typeof read>[0]) => {
        const reading = await read(text);
        await world.presses('UANA', world.last('UANA'), 'right');
        return reading;
      },
    });
    await rereadReplies(world.ports, programme, false);
    expect((await records()).at(-1)).toBe('offline confirmed 1');
  });
});

describeOnBoth('afterwards reread', (open) => {
  it('is carried out by the running bot, names nobody, and says it as JSON too', async () => {
    const test = await open();
    const stage = await TerminalStage.open({ test, startsAt: '2024-06-20T09:00:00Z' });
    await stage.cli('programme', 'set', 'ARENA', '--timezone', 'Europe/London', '--waves', '12', '--spread', '0s');
    const ana = stage.person('Ana Duarte', { timeZone: 'Europe/London' });
    await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [ana]);
    await stage.until('2024-07-01T10:00:00Z');
    await ana.says(FIRST);
    await stage.pass(50_000);
    // As an earlier version may have read it.
    await test.db
      .update(careerUpdates)
      .set({ record: { intent: 'other', activities: [], influence: { rating: null, channels: [] }, helpWanted: false } });
    const tried = await stage.cli('reread', '--programme', 'ARENA', '--dry-run');
    expect(tried).toContain('ARENA: 1 reply read again; 1 would be different.');
    expect(tried).toMatch(
      /Reply \d+, ARENA 2.0 after a year, read by offline\n {4}was: nothing\n {4}now: Research engineer at Conjecture/,
    );
    expect(tried).not.toContain('Ana');
    const json = JSON.parse(await stage.cli('reread', '--programme', 'ARENA', '--json'));
    expect(json).toMatchObject({
      programme: 'ARENA',
      dryRun: false,
      unchanged: 0,
      failed: 0,
      changed: [{ waveMonths: 12, reader: 'offline' }],
    });
    expect(await stage.cli('reread', '--programme', 'ARENA')).toContain('0 are different');
    expect(await stage.cli('train-on-confirmed', '--programme', 'ARENA')).toBe('');
    await ana.presses('right');
    expect(JSON.parse(await stage.cli('train-on-confirmed', '--programme', 'ARENA', '--json'))).toMatchObject({
      withoutConsent: 1,
      lines: [],
    });
    await ana.presses('names', { choice: 'named' });
    const [line, ...more] = (await stage.cli('train-on-confirmed', '--programme', 'ARENA')).trim().split('\n');
    expect(more).toEqual([]);
    expect(JSON.parse(line ?? '')).toMatchObject({
      id: 'confirmed-001',
      cohort: 'ARENA 2.0',
      cohort_end: '2023-06-30',
      received: '2024-07-01',
      messages: [FIRST],
      gold: { intent: 'update', activities: [{ organisation: 'Conjecture' }] },
    });
    await stage.close();
  });
});
