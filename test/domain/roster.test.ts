import { describe, expect, it } from 'vitest';
import { checkRoster, type RosterLine, type RosterProblem, rosterText } from '../../src/domain/roster.js';
import { changesOf, peopleOfRows } from '../../src/domain/roster-match.js';
import { aRosterRow } from '../support/builders.js';

const id = (n: number) => n as Parameters<typeof peopleOfRows>[1][number]['personId'];

const aLine = (cells: Partial<RosterLine['cells']>, line = 2): RosterLine => ({
  line,
  cells: { name: 'Ada', slack: '', discord: '', email: '', timezone: '', ...cells },
});

function check(lines: readonly RosterLine[], emailReaches = true) {
  return checkRoster({ lines, notes: [], unreadable: [] }, { emailReaches });
}

function problemsOf(lines: readonly RosterLine[], emailReaches = true): readonly RosterProblem[] {
  const checked = check(lines, emailReaches);
  return checked.ok ? [] : checked.error;
}

function rowOf(cells: Partial<RosterLine['cells']>) {
  const checked = check([aLine(cells)]);
  if (!checked.ok) throw new Error(rosterText(checked.error));
  return checked.value[0];
}

describe('a line of a roster', () => {
  it('becomes a row, and what is empty becomes null', () => {
    expect(rowOf({ name: 'Ada Lovelace', slack: 'U012AB3CD', timezone: 'Europe/London' })).toEqual({
      line: 2,
      name: 'Ada Lovelace',
      slack: 'U012AB3CD',
      discord: null,
      email: null,
      timeZone: 'Europe/London',
    });
  });

  it.each([
    ['slack', '<@U012AB3CD>', 'U012AB3CD'],
    ['slack', '<@W012AB3CD|ada>', 'W012AB3CD'],
    ['discord', '<@80351110224678912>', '80351110224678912'],
    ['discord', '<@!80351110224678912>', '80351110224678912'],
    ['email', 'Ada@Example.ORG', 'ada@example.org'],
    ['email', '\u200bada@example.org\u2060', 'ada@example.org'],
  ] as const)('takes the %s %s', (column, written, meant) => {
    expect(rowOf({ slack: 'U1', [column]: written })?.[column]).toBe(meant);
  });

  it.each([
    ['europe/london', 'Europe/London'],
    ['US/Eastern', 'US/Eastern'],
    ['Etc/UTC', 'Etc/UTC'],
  ])('takes the time zone %s', (written, meant) => {
    expect(rowOf({ slack: 'U1', timezone: written })?.timeZone?.toLowerCase()).toBe(meant.toLowerCase());
  });

  it('keeps a name as people write it, on one line', () => {
    expect(rowOf({ slack: 'U1', name: 'عائشة "Countess" O’Neill' })?.name).toBe('عائشة "Countess" O’Neill');
    expect(rowOf({ slack: 'U1', name: 'Ada\u0000\r\n Lovelace' })?.name).toBe('Ada Lovelace');
  });
});

describe('what is wrong with a line', () => {
  it.each([
    [{ slack: '@ada' }, 'line 2, slack: "@ada" is not a Slack member id', 'Copy member ID'],
    [{ slack: 'Ada Lovelace' }, 'line 2, slack: "Ada Lovelace" is not', 'U012AB3CD'],
    [{ slack: 'u012ab3cd' }, 'line 2, slack: "u012ab3cd" is not', 'U012AB3CD'],
    [{ discord: 'ada#1234' }, 'line 2, discord: "ada#1234" is not a Discord user id', 'Copy User ID'],
    [{ discord: '123456789012345678901' }, 'line 2, discord:', 'only digits'],
    [{ discord: '8.0351E+16' }, 'line 2, discord:', 'format the column as text'],
    [{ email: 'ada@' }, 'line 2, email: "ada@" is not an e-mail address', 'expected something like ada@example.org'],
    [{ email: 'ada@localhost' }, 'line 2, email:', 'ada@example.org'],
    [{ email: 'ada@a.org, ada@b.org' }, 'line 2, email:', 'ada@example.org'],
    [{ slack: 'U1', timezone: 'London' }, 'line 2, timezone: "London" is not a time zone', 'did you mean Europe/London?'],
    [{ slack: 'U1', timezone: 'new york' }, 'line 2, timezone:', 'did you mean America/New_York?'],
    [{ slack: 'U1', timezone: 'USA/Los Angeles' }, 'line 2, timezone:', 'did you mean America/Los_Angeles?'],
    [{ slack: 'U1', timezone: '+02:00' }, 'line 2, timezone:', 'Europe/London or America/New_York'],
    [{ name: '', slack: 'U1' }, 'line 2, name: the name is missing', 'every line needs one'],
    [{ name: 'x'.repeat(201), slack: 'U1' }, 'line 2, name:', 'at most 200'],
    [{}, 'line 2: there is no way to reach "Ada"', 'e-mail address'],
  ])('is said for %j', (cells, start, part) => {
    const text = rosterText(problemsOf([aLine(cells)]));
    expect(text.split('\n')).toHaveLength(1);
    expect(text.startsWith(start), text).toBe(true);
    expect(text).toContain(part);
  });

  it('counts an e-mail address as a way only where one finds people', () => {
    const lines = [aLine({ email: 'ada@example.org' })];
    expect(problemsOf(lines, true)).toEqual([]);
    expect(rosterText(problemsOf(lines, false))).toContain('an e-mail address counts only where Slack is connected');
  });

  it('is told for every line at once, in their order', () => {
    const lines = [
      aLine({ name: '', email: 'x', timezone: 'y' }, 2),
      aLine({ slack: 'U1' }, 3),
      aLine({}, 4),
      aLine({ slack: 'U1' }, 5),
    ];
    expect(problemsOf(lines).map(({ line, column }) => [line, column])).toEqual([
      [2, 'name'],
      [2, 'email'],
      [2, 'timezone'],
      [4, null],
      [5, 'slack'],
    ]);
  });

  it('quotes a value short, on one line, and without marks that turn text around', () => {
    const text = rosterText(problemsOf([aLine({ email: `\u202e\u0007${'é'.repeat(50)}\n` })]));
    expect(text).toContain(`"${'é'.repeat(39)}…"`);
    expect([...'\u0007\u202e\n'].filter((mark) => text.includes(mark))).toEqual([]);
  });

  it.each([
    ['slack', 'U1', '<@U1>'],
    ['discord', '12', '<@12>'],
    ['email', 'ada@example.org', 'ADA@example.org'],
  ])('names both lines where the same %s stands twice', (column, one, other) => {
    const lines = [aLine({ [column]: one }, 4), aLine({ slack: 'U9', [column]: other }, 9)];
    expect(rosterText(problemsOf(lines))).toMatch(new RegExp(`^line 9, ${column}: .* stands on line 4 already`));
  });
});

describe('matching a roster with those who are known', () => {
  const row = aRosterRow({ line: 7, slack: 'U1', email: 'ada@example.org' });

  it('takes several ways to the same person for one', () => {
    const found = peopleOfRows(
      [row],
      [
        { line: 7, personId: id(1), by: 'slack' },
        { line: 7, personId: id(1), by: 'email' },
      ],
    );
    expect(found.ok && [...found.value]).toEqual([[7, 1]]);
  });

  it('refuses a line that fits two people, and names what belongs to whom', () => {
    const found = peopleOfRows(
      [row],
      [
        { line: 7, personId: id(1), by: 'slack' },
        { line: 7, personId: id(2), by: 'email' },
      ],
    );
    expect(found.ok ? '' : rosterText(found.error)).toMatch(
      /^line 7: slack "U1" and email "ada@example.org" belong to different/,
    );
  });

  it('refuses two lines that fit one person, and names both', () => {
    const found = peopleOfRows(
      [row, aRosterRow({ line: 9, discord: '5' })],
      [
        { line: 7, personId: id(1), by: 'slack' },
        { line: 9, personId: id(1), by: 'discord' },
      ],
    );
    expect(found.ok ? '' : rosterText(found.error)).toMatch(/^line 9: this is the person of line 7/);
  });

  it('finds nothing new in what is known, and nothing in what is left empty', () => {
    const known = {
      name: 'Ada Lovelace',
      email: 'Ada@Example.org',
      timeZone: 'Asia/Tokyo',
      timeZoneFrom: null,
      accounts: [
        { platform: 'slack' as const, id: 'U2' },
        { platform: 'slack' as const, id: 'U1' },
      ],
    };
    expect(changesOf(row, known)).toEqual([]);
    expect(changesOf(aRosterRow({ line: 7, slack: 'U3', timeZone: 'Europe/London' }), known)).toEqual([
      { line: 7, name: 'Ada Lovelace', field: 'time zone', from: 'Asia/Tokyo', to: 'Europe/London' },
      { line: 7, name: 'Ada Lovelace', field: 'slack', from: 'U2', to: 'U3' },
    ]);
  });
});
