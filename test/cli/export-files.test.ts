import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { exportFiles } from '../../src/cli/export-files.js';
import { ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

/** As pandas and R read it: one header, every row as long as it, nothing forgiven. */
const strictly = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, record_delimiter: '\r\n', relax_quotes: false, relax_column_count: false });

describeOnBoth('an export', (open) => {
  async function aCohort() {
    const test = await open();
    const scene = new ReportScene(test.db);
    const world = new World(test, '2025-01-01T12:00:00Z');
    const programme = await scene.programme({ waves: [12] });
    const cohort = await scene.cohort(programme, '=HYPERLINK("https://evil.example","ARENA")');
    const named = await scene.alumnus(cohort, { name: '=cmd|"/c calc"!A1', consent: 'named' });
    await scene.answered(named, working({ organisation: '+49 Labs, "Ltd"\nBerlin', role: '@SUM(A1)' }));
    const silent = await scene.alumnus(cohort, { name: 'Zoë Sólo, Dr.', consent: 'totals' });
    await scene.answered(silent, working({ organisation: 'Secret Org', role: 'spy', track: 'non_ai' }));
    const entered = await scene.asked(await scene.alumnus(cohort, { name: 'Quiet Person' }));
    await scene.says(entered, '2024-07-05T10:00:00Z', working({ track: 'governance' }), { basis: 'organiser' });
    const files = await exportFiles({ ports: { ...world.ports, ...scene.ports } }, programme, 'slack:UADA');
    const textOf = (name: string) => files.find((each) => each.name === name)?.text ?? '';
    return { textOf, files };
  }

  it('opens without hand work, row by row as long as its header, and runs nothing', async () => {
    const { textOf } = await aCohort();
    const rows = strictly(textOf('answers.csv'));
    expect(rows).toHaveLength(3);
    expect(rows.find((each) => each.name !== '')).toMatchObject({
      name: '\'=cmd|"/c calc"!A1',
      organisation: '\'+49 Labs, "Ltd"\nBerlin',
      role: "'@SUM(A1)",
      place: 'alignment',
    });
    const numbers = strictly(textOf('report.csv'));
    for (const row of [...rows, ...numbers]) for (const value of Object.values(row)) expect(value).not.toMatch(/^\s*[=+@]|^-\D/);
    expect(numbers.find(({ section, item }) => section === 'third_party' && item === 'people')).toMatchObject({ count: '1' });
  });

  it('names nobody who has not agreed, and tells an organiser’s entry apart', async () => {
    const { files, textOf } = await aCohort();
    expect(files.map(({ text }) => text).join('\n')).not.toMatch(/Zoë|Secret Org|spy|Quiet Person/);
    const entered = strictly(textOf('answers.csv')).find((each) => each.third_party === 'true');
    expect(entered).toMatchObject({ group: 'silent', place: '', third_party_place: 'governance' });
  });

  it('explains every field that it has', async () => {
    const { textOf } = await aCohort();
    const dictionary = JSON.parse(textOf('data-dictionary.json')) as Record<'answers' | 'report', Record<string, string>>;
    const lines = textOf('answers.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const [header] = strictly(textOf('answers.csv'));
    expect(Object.keys(header ?? {})).toEqual(Object.keys(dictionary.answers));
    for (const line of lines) expect(Object.keys(line)).toEqual(Object.keys(dictionary.answers));
    expect(Object.keys(strictly(textOf('report.csv'))[0] ?? {})).toEqual(Object.keys(dictionary.report));
    for (const meaning of [...Object.values(dictionary.answers), ...Object.values(dictionary.report)])
      expect(meaning).toMatch(/^[A-Za-z(].{8,}\.$/);
  });
});
