import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRosterCsv } from '../../adapters/roster-csv.js';
import { rosterText } from '../../src/domain/roster.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function read(file: string | Uint8Array) {
  const table = readRosterCsv(typeof file === 'string' ? bytesOf(file) : file);
  if (!table.ok) throw new Error(rosterText(table.error));
  return table.value;
}

function problemsOf(file: string | Uint8Array): string {
  const table = readRosterCsv(typeof file === 'string' ? bytesOf(file) : file);
  return rosterText(table.ok ? table.value.unreadable : table.error);
}

const namesIn = (file: string | Uint8Array) => read(file).lines.map(({ line, cells }) => [line, cells.name]);

const PLAIN = 'name,slack,discord,email,timezone\nAda Lovelace,U1,,ada@example.org,Europe/London\nGrace,,42,,\n';

describe('the file of a roster', () => {
  it('becomes lines with their numbers', () => {
    expect(read(PLAIN)).toEqual({
      lines: [
        {
          line: 2,
          cells: { name: 'Ada Lovelace', slack: 'U1', discord: '', email: 'ada@example.org', timezone: 'Europe/London' },
        },
        { line: 3, cells: { name: 'Grace', slack: '', discord: '42', email: '', timezone: '' } },
      ],
      notes: [],
      unreadable: [],
    });
  });

  it.each([
    ['a byte order mark', `\ufeff${PLAIN}`],
    ['Windows line ends', PLAIN.replaceAll('\n', '\r\n')],
    ['old Mac line ends', PLAIN.replaceAll('\n', '\r')],
    ['a byte order mark, semicolons and Windows line ends', `\ufeff${PLAIN.replaceAll('\n', '\r\n').replaceAll(',', ';')}`],
    ['tabs', PLAIN.replaceAll(',', '\t')],
    ['no line end at the end', PLAIN.trimEnd()],
    ['spaces around everything', PLAIN.replaceAll(',', ' ,  ').replaceAll('\n', ' \n ')],
    ['quotes around everything', PLAIN.replace(/[^,\n]+/g, '"$&"')],
    ['capitals in the header', PLAIN.replace(/^.*/, (header) => header.toUpperCase())],
    ['other words in the header', PLAIN.replace(/^.*/, 'Full name,Slack ID,discord_id,E-Mail,Time Zone')],
    ['empty lines at the end', `${PLAIN}\n \n,,,,\n`],
    ['empty cells that a spreadsheet adds', PLAIN.replaceAll('\n', ',,\n')],
  ])('means the same with %s', (_, file) => {
    expect(read(file)).toEqual(read(PLAIN));
  });

  it('may have its columns in any order, and others besides, which it names', () => {
    const { lines, notes } = read('Shoe size,email,NAME\n44,ada@example.org,Ada\n');
    expect(lines).toEqual([{ line: 2, cells: { name: 'Ada', slack: '', discord: '', email: 'ada@example.org', timezone: '' } }]);
    expect(notes).toEqual(['the column "Shoe size" is not used']);
  });

  it('is read on past a line with too many cells, and up to a quotation mark that is never closed', () => {
    const { lines, unreadable } = read('name,slack\nAda,U1,U2\nBo,not an id\n"Cy,U3\n');
    expect(lines.map(({ line }) => line)).toEqual([3]);
    expect(unreadable.map(({ line }) => line)).toEqual([2, 4]);
  });

  it.each(['\n', '\r\n', '\r'])('counts lines as an editor does: blank ones, and those within quotes (%j)', (lineEnd) => {
    const file = ['name,slack', '', 'Ada,U1', '"Grace', '', 'Hopper",U2', 'Alan,U3', '', '"Mary', 'S",U4', 'Bo,U5'].join(lineEnd);
    expect(namesIn(file).map(([line]) => line)).toEqual([3, 4, 7, 9, 11]);
  });

  it('notes that there is nobody below the header', () => {
    expect(read('name,slack\n')).toEqual({
      lines: [],
      notes: ['there is nobody in the file: it has no lines below its header'],
      unreadable: [],
    });
  });

  it('brings back any name as it was written', () => {
    const aName = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((name) => name.trim() === name && name !== '');
    const spiced = fc.oneof(
      aName,
      fc.constantFrom(
        'עדה, "ה"',
        'عائشة\r\nمحمد',
        'O\'Neill; "Bo"',
        '=cmd|x',
        'a\tb',
        '""',
        'e\u0301',
        '李 小龙',
        '👩‍🚀',
        'a\u2028b',
      ),
    );
    const aFile = fc.record({
      names: fc.array(spiced, { minLength: 1, maxLength: 8 }),
      delimiter: fc.constantFrom(',', ';', '\t'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      mark: fc.constantFrom('', '\ufeff'),
    });
    fc.assert(
      fc.property(aFile, ({ names, delimiter, lineEnd, mark }) => {
        const quoted = names.map((name, at) => [`"${name.replaceAll('"', '""')}"`, `U${at}`].join(delimiter));
        const file = mark + [['name', 'slack'].join(delimiter), ...quoted, ''].join(lineEnd);
        const { lines } = read(file);
        expect(lines.map(({ cells }) => cells.name)).toEqual(names);
        expect(lines.map(({ cells }) => cells.slack)).toEqual(names.map((_, at) => `U${at}`));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever the bytes', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.constantFrom('name,slack', '\n', '"', ',', '\r', 'Ada', ';', '\t', '\ufeff'), { maxLength: 30 })
        .map((parts) => bytesOf(parts.join(''))),
    );
    fc.assert(
      fc.property(anything, (bytes) => typeof readRosterCsv(bytes).ok === 'boolean'),
      { numRuns: 500 },
    );
  });

  it('is read in less than a second of work where it has 20,000 lines', () => {
    const line = (n: number) => `"Person, ${n}",U${n},${n}0000000,p${n}@example.org,Europe/London`;
    const file = bytesOf(
      `name,slack,discord,email,timezone\n${Array.from({ length: 20_000 }, (_, n) => line(n + 1)).join('\n')}\n`,
    );
    const before = process.cpuUsage();
    expect(read(file).lines.at(-1)?.line).toBe(20_001);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});

describe('what is wrong with the file of a roster', () => {
  it.each([
    ['', 'the file is empty'],
    [' \n\n', 'the file is empty'],
    [',,\n', 'the file holds nothing'],
    ['email,slack\n', 'line 1: the columns found are "email", "slack": expected name and at least one of'],
    ['\n\nname,telephone\nAda,1\n', 'line 3: the columns found are "name", "telephone"'],
    ['name,email,E-Mail\n', 'line 1: more than one column stands for email'],
    ['name,slack\nAda,U1\nBo,U2,U3\nCy\n', 'line 3: the values here are 3, the columns in the header 2'],
    ['name,slack\nAda,U1\nBo,U2,U3\nCy\n', '\nline 4: the values here are 1, the columns in the header 2'],
    ['name,slack\nAda,U1\n"Bo,U2\nCy,U3\n', 'line 3: a quotation mark opens here and is never closed'],
    ['name,slack\nAda,U1\n"Bo,U2\nCy,U3\n"Di",U4\n', 'line 3: the quotation marks do not pair up from here on'],
    ['name,slack\nAda "Countess" L,U1\n', 'line 2: the quotation marks do not pair up from here on'],
  ])('is said for %j', (file, problem) => {
    expect(problemsOf(file)).toContain(problem);
  });

  it('is the line of the first character that is not UTF-8', () => {
    const latin = Buffer.from('name,slack\nAda,U1\nZoë,U2\nRené,U3\n', 'latin1');
    expect(problemsOf(latin)).toMatch(/^line 3: here stand characters that are not UTF-8.*CSV UTF-8/);
    expect(problemsOf(Buffer.from('name,slack\rAda,U1\rZoë,U2\r', 'latin1'))).toMatch(/^line 3:/);
    expect(problemsOf(Buffer.from([...bytesOf('name,slack\nAda,U1\n'), 0xe2, 0x82]))).toMatch(/^line 3:/);
  });

  it('is UTF-16, with and without a byte order mark', () => {
    const little = Buffer.from(PLAIN, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const file of [
      little,
      big,
      Buffer.from(`\ufeff${PLAIN}`, 'utf16le'),
      Buffer.from(`\ufeff${PLAIN}`, 'utf16le').swap16(),
    ]) {
      expect(problemsOf(file)).toMatch(/UTF-16.*CSV UTF-8/);
    }
  });

  it('is a spreadsheet that was never saved as a CSV', () => {
    expect(problemsOf(Buffer.from('PK\u0003\u0004 and so on', 'latin1'))).toContain('spreadsheet');
  });

  it('is more than 20 MB', () => {
    expect(problemsOf(new Uint8Array(20 * 1024 * 1024 + 1))).toContain('larger than 20 MB');
  });
});
