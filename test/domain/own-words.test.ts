import { describe, expect, it } from 'vitest';
import { settingsProblems } from '../../src/domain/durations.js';
import { formatOrganisations, formatTriggers, parseOrganisations, parseTriggers } from '../../src/domain/own-words.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';

describe('organisations of a programme’s own', () => {
  it('are typed with their other names and their field, and shown as they are typed', () => {
    const typed = 'Harbour Trust = HT, the Harbour: non_ai; Acme Safety: alignment; Foo Lab';
    const all = parseOrganisations(` Harbour  Trust=HT , the Harbour :non ai;Acme Safety: alignment\nFoo Lab; `);
    expect(all).toEqual({
      ok: true,
      value: [
        { name: 'Harbour Trust', also: ['HT', 'the Harbour'], track: 'non_ai' },
        { name: 'Acme Safety', also: [], track: 'alignment' },
        { name: 'Foo Lab', also: [], track: null },
      ],
    });
    expect(all.ok && formatOrganisations(all.value)).toBe(typed);
    expect(parseOrganisations('none')).toEqual({ ok: true, value: [] });
  });

  it.each([
    [': alignment', 'needs a name'],
    ['A', '“A” is too short'],
    ['One: a: b', 'is not written as NAME = OTHER NAME'],
    ['One = Two; two', '“two” stands there twice'],
    ['x'.repeat(90), 'at most 80 characters'],
    [Array.from({ length: 200 }, (_, at) => `Organisation number ${at}`).join(';'), '2800 fit'],
  ])('are refused with the reason: %.30s', (typed, reason) => {
    expect(parseOrganisations(typed)).toEqual({ ok: false, error: expect.stringContaining(reason) });
  });
});

describe('words of a programme’s own', () => {
  it('are typed behind the field or kind that they say', () => {
    const all = parseTriggers('Governance: Statehouse , bill drafting; internship: stage');
    expect(all.ok && formatTriggers(all.value)).toBe('Governance: statehouse, bill drafting; internship: stage');
  });

  it.each([
    ['governance', 'is not written as FIELD: WORD'],
    ['governance: x', '“x” is too short'],
    ['governance: bill; alignment: bill', '“bill” stands there twice'],
  ])('are refused with the reason: %s', (typed, reason) => {
    expect(parseTriggers(typed)).toEqual({ ok: false, error: expect.stringContaining(reason) });
  });

  it('must mean a field that the programme tells apart, or a kind', () => {
    const problems = (change: object) => settingsProblems({ ...DEFAULT_SETTINGS, ...change });
    expect(
      problems({
        triggers: [
          { means: 'Governance', words: ['bill'] },
          { means: 'internship', words: ['stage'] },
        ],
      }),
    ).toEqual([]);
    expect(problems({ triggers: [{ means: 'midwifery', words: ['birth'] }] })).toEqual([
      expect.stringContaining('“midwifery” is neither a field nor a kind: the fields are alignment'),
    ]);
    const tracks = [
      { name: 'midwifery', words: ['birth'] },
      { name: 'ward', words: ['ward'] },
    ];
    expect(problems({ tracks, organisations: [{ name: 'Harbour Trust', also: [], track: 'midwifery' }] })).toEqual([]);
    expect(problems({ tracks, organisations: [{ name: 'Acme', also: [], track: 'alignment' }] })).toEqual([
      expect.stringContaining('“alignment”, the field of Acme, is not told apart: the fields are midwifery, ward'),
    ]);
  });
});
