import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelChecks } from '../../adapters/llm/doctor.js';
import type { ModelAccess } from '../../src/domain/model-access.js';
import { anAnswer } from '../adapters/llm/answers.js';
import { StubModel } from '../support/stub-model.js';
import { freshFolder } from '../support/test-db.js';
import { afterwards } from './run-cli.js';

let stub: StubModel;
beforeAll(async () => {
  stub = await StubModel.open();
});
afterAll(() => stub.close());

const about = { programme: 'ARENA', cohort: 'ARENA 2.0', cohort_end: '2023-06-30', received: '2024-06-28' };
const lines = (...messages: string[]) =>
  messages.map((text, id) => JSON.stringify({ id, ...about, messages: [text] })).join('\n');
const withModel = () => ({
  AFTERWARDS_LLM_PROVIDER: 'openai-compatible',
  AFTERWARDS_LLM_BASE_URL: stub.url,
  AFTERWARDS_LLM_MODEL: 'small-1',
});

describe('afterwards parse --llm', () => {
  it('reads by the model, in the order of the lines, and sends no opt-out', async () => {
    stub.does(({ words }) => {
      const evidence = /I work at \w+/.exec(words.split('<reply>').at(-1) ?? '')?.[0] ?? '';
      return { say: anAnswer([{ evidence, organisation: evidence.split(' ').at(-1) ?? null }]) };
    });
    const input = lines(
      'I work at METR',
      'stop',
      'I work at Timaeus',
      'I work at Conjecture',
      'I work at Goodfire',
      'I work at Lakera',
    );
    const said = await afterwards(['parse', '--llm'], { env: withModel(), input });
    expect(said).toMatchObject({ exitCode: 0, err: '' });
    const read = said.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(read.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(read.map(({ activities }) => activities[0]?.organisation ?? null)).toEqual([
      'METR',
      null,
      'Timaeus',
      'Conjecture',
      'Goodfire',
      'Lakera',
    ]);
    expect(Object.keys(read[0])).toEqual(['id', 'intent', 'activities', 'influence', 'help_wanted']);
    expect(stub.heard).toHaveLength(5);
  });

  it('says how many the rules had to read instead, and why', async () => {
    stub.does({ status: 401 });
    const said = await afterwards(['parse', '--llm'], { env: withModel(), input: lines('I work at METR', 'I work at Faculty') });
    expect(said.exitCode).toBe(0);
    expect(said.err).toBe('2 read by the rules alone, since the model was refusing.\n');
  });

  it('asks for a model where none is set, and reads by the rules where it is not wanted', async () => {
    expect(await afterwards(['parse', '--llm'], { input: lines('hello'), cwd: freshFolder() })).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--llm needs a language model: set AFTERWARDS_LLM_PROVIDER'),
    });
    stub.does({ status: 500 });
    await afterwards(['parse'], { env: withModel(), input: lines('I work at METR') });
    expect(stub.heard).toEqual([]);
  });
});

describe('the doctor of a language model', () => {
  const access = (): ModelAccess => ({ provider: 'openai-compatible', baseUrl: stub.url, model: 'small-1', apiKey: 'secret' });
  const good = () => anAnswer([{ evidence: 'I work at Redwood Research', organisation: 'Redwood Research' }]);

  it('finds it well, with a reply that nobody wrote', async () => {
    stub.does({ status: 400 }, { say: good() });
    const [check] = await modelChecks(access());
    expect(check).toMatchObject({ what: 'Language model small-1 at 127.0.0.1', state: 'ok' });
    expect(check?.detail).toMatch(/asked as a JSON object; what people write stays on your own machines/);
    expect(stub.first.words).toContain('programme: Test');
  });

  it.each([
    [401, 'AFTERWARDS_LLM_API_KEY'],
    [404, 'AFTERWARDS_LLM_MODEL'],
  ])('says what to mend where it refuses with %i', async (status, mend) => {
    stub.does({ status });
    const [check] = await modelChecks(access());
    expect(check).toMatchObject({ state: 'fail', detail: `refuses (HTTP ${status})`, mend: expect.stringContaining(mend) });
    expect(JSON.stringify(check)).not.toContain('secret');
  });

  it('says that nobody answers, or that the answer is no record', async () => {
    stub.does({ say: 'hello' });
    expect((await modelChecks(access()))[0]).toMatchObject({ state: 'fail', detail: 'answers, but not with a record' });
    const nowhere = { ...access(), baseUrl: 'http://127.0.0.1:1/v1' };
    expect((await modelChecks(nowhere))[0]).toMatchObject({
      state: 'fail',
      mend: expect.stringContaining('http://127.0.0.1:1/v1'),
    });
  });

  it('warns of one that answers and understands nothing', async () => {
    stub.does({ say: anAnswer([]) });
    expect((await modelChecks(access()))[0]).toMatchObject({ state: 'warn', mend: expect.stringContaining('a larger model') });
  });
});
