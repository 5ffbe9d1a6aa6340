import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { careerUpdates } from '../../db/schema.js';
import { readerOf } from '../../src/cli/reader.js';
import { anAnswer } from '../adapters/llm/answers.js';
import { controlsIn, wordsIn } from '../support/fake-messenger.js';
import { StubModel } from '../support/stub-model.js';
import { describeOnBoth, type TestDb } from '../support/test-db.js';
import { World } from '../support/world.js';

let stub: StubModel;
beforeAll(async () => {
  stub = await StubModel.open();
});
afterAll(() => stub.close());

const WORDS = 'I work at Conjecture since January as a research engineer, on interpretability.';
const JOB = {
  evidence: 'I work at Conjecture since January as a research engineer, on interpretability',
  organisation: 'Conjecture',
  role: 'research engineer',
  topic: 'interpretability',
  track: 'alignment',
  start: '2024-01',
} as const;

/** A small bot whose server has a language model. */
function worldWithModel(test: TestDb): World {
  const world = new World(test, '2024-06-20T09:00:00Z');
  setModel(world, true);
  return world;
}

function setModel(world: World, isThere: boolean): void {
  const access = { provider: 'openai-compatible', baseUrl: stub.url, model: 'small-1', apiKey: null } as const;
  const reader = readerOf({ model: isThere ? access : null }, world.ports);
  Object.assign(world.ports, { readReply: reader.readReply, model: reader.model });
}

/** Asked by their first question, on a day of the window. */
async function asked(world: World, settings: Parameters<World['cohort']>[2] = {}) {
  await world.cohort('2023-06-30', [{ name: 'Ana Duarte', slack: 'UANA', timeZone: 'Europe/London' }], {
    waves: [12, 24],
    spreadMs: 0,
    ...settings,
  });
  await world.until('2024-07-01T10:00:00Z');
  return wordsIn(world.last('UANA').message);
}

const chosenIn = (world: World, verb: string) =>
  controlsIn(world.last('UANA').message).flatMap((control) =>
    control.kind === 'select' && control.id.startsWith(`aw:${verb}:`) ? [control.chosen] : [],
  );

describeOnBoth('a bot whose server has a language model', (open) => {
  it('tells people so before anything is sent to it, reads their reply by it, and keeps what it took and never a word of it', async () => {
    const world = worldWithModel(await open());
    stub.does({ say: anAnswer([JOB]) });
    const notice = await asked(world);
    expect(notice).toContain('What you write is read by a language model on the organisers’ own machines.');
    const card = wordsIn((await world.answers('UANA', WORDS)).message);
    expect(card).toContain('This is what I understood:');
    expect(card).toContain('Research engineer at Conjecture');
    expect(chosenIn(world, 'track')).toEqual(['alignment']);
    expect(stub.first.words).not.toContain('Duarte');
    const [stored] = await world.test.db.select().from(careerUpdates);
    expect(stored).toMatchObject({
      reader: 'small-1',
      trace: { outcome: 'read', promptVersion: 'p1', inputTokens: 1200, outputTokens: 80 },
    });
    expect(JSON.stringify(stored?.trace)).not.toContain('Conjecture');
    expect(JSON.stringify(world.logged)).not.toMatch(/Conjecture|interpretability|Duarte/);
  });

  it('asks the one thing in which model and rules differ', async () => {
    const world = worldWithModel(await open());
    stub.does({ say: anAnswer([{ ...JOB, track: 'capabilities' }]) });
    await asked(world);
    await world.answers('UANA', WORDS);
    expect(chosenIn(world, 'track')).toEqual([null]);
    expect(chosenIn(world, 'kind')).toEqual(['employment']);
    await world.presses('UANA', world.last('UANA'), 'track', { value: 'alignment' });
    expect(chosenIn(world, 'track')).toEqual(['alignment']);
  });

  it('makes the card from the rules where the model fails, and says in the record that it did', async () => {
    const world = worldWithModel(await open());
    stub.does({ status: 401 });
    await asked(world);
    const card = wordsIn((await world.answers('UANA', WORDS)).message);
    expect(card).toContain('at Conjecture');
    const [stored] = await world.test.db.select().from(careerUpdates);
    expect(stored).toMatchObject({ reader: 'offline', trace: { model: 'small-1', outcome: 'refused' } });
  });

  it('stops on the word, without asking the model', async () => {
    const world = worldWithModel(await open());
    stub.does({ say: anAnswer([JOB]) });
    await asked(world);
    await world.answers('UANA', 'stop please, I work at Conjecture');
    expect(await world.stateOf('Ana Duarte', 24)).toBe('stopped');
    expect(stub.heard).toEqual([]);
  });

  it('sends nothing where the programme keeps models out, and says that none reads', async () => {
    const world = worldWithModel(await open());
    stub.does({ say: anAnswer([JOB]) });
    expect(await asked(world, { model: 'off' })).toContain('No language model reads what you write');
    await world.answers('UANA', WORDS);
    expect(stub.heard).toEqual([]);
  });

  it('sends nothing of somebody who was told that no model reads, until a question has told them of it', async () => {
    const world = worldWithModel(await open());
    setModel(world, false);
    stub.does({ say: anAnswer([JOB]) });
    await asked(world);
    setModel(world, true);
    await world.answers('UANA', WORDS);
    expect(stub.heard).toEqual([]);
    await world.until('2025-06-30T10:00:00Z');
    expect(wordsIn(world.last('UANA').message)).toContain(
      'What you write is read by a language model on the organisers’ own machines',
    );
    await world.answers('UANA', WORDS);
    expect(stub.heard).toHaveLength(1);
  });

  it('understands a correction of the card by the rules alone, and reads the whole anew where more is told', async () => {
    const world = worldWithModel(await open());
    stub.does({ say: anAnswer([JOB]) });
    await asked(world);
    await world.answers('UANA', WORDS);
    const before = stub.heard.length;
    await world.answers('UANA', 'actually it is part time');
    expect(stub.heard).toHaveLength(before);
    expect(wordsIn(world.last('UANA').message)).toContain('part time');
    const versions = await world.test.db.select().from(careerUpdates).where(eq(careerUpdates.basis, 'corrected'));
    expect(versions.map(({ trace }) => trace)).toEqual([null]);
  });
});
