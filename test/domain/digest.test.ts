import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DigestInput, type DigestUpdate, digestMessage } from '../../src/domain/digest.js';
import type { Message, Part } from '../../src/domain/message.js';

const aQuietWeek: DigestInput = {
  programme: 'ARENA',
  weekLabel: '1 to 7 July 2024',
  audience: 'organisers',
  newUpdates: [],
  counts: { asked: 0, answered: 0, confirmed: 0 },
  standings: [{ cohort: 'ARENA 2.0', waveMonths: 12, answered: 20, asked: 27, roster: 28 }],
  asks: [],
  needsHuman: [],
  comingUp: [{ cohort: 'ARENA 3.0', waveMonths: 6, dueOn: '2024-07-10', people: 24 }],
  resolved: [],
  reportLine: null,
};

const anUpdate: DigestUpdate = {
  who: 'Ada',
  cohort: 'ARENA 2.0',
  waveMonths: 12,
  lines: ['Research engineer at EleutherAI, since Feb 2024'],
  carriedForward: false,
};

const aFullWeek: DigestInput = {
  ...aQuietWeek,
  newUpdates: [
    anUpdate,
    { ...anUpdate, who: 'Ben', carriedForward: true },
    { ...anUpdate, who: null, lines: ['Work at a secret place'] },
  ],
  counts: { asked: 12, answered: 3, confirmed: 1 },
  asks: [{ who: 'Ada', text: 'an introduction at CHAI' }],
  needsHuman: [{ name: 'Cai', why: 'direct messages are closed', whatToDo: 'Write to them and send the link.' }],
  resolved: [
    {
      id: 'p1',
      text: null,
      author: 'Callum',
      class: { track: 'capabilities', scope: 'main' },
      comparator: 'less_than',
      threshold: 0.1,
      waveMonths: 12,
      probability: 0.8,
      closesOn: '2024-07-05',
      outcome: 'true',
      counts: { roster: 28, known: 20, count: 1 },
      bounds: { low: 0, high: 1 / 28 },
      moreAnswersNeeded: null,
      toSettle: null,
      score: { brier: 0.04, log: -0.22 },
      probabilityIfAlike: 1,
    },
  ],
  reportLine: 'The whole picture: /alumni report',
};

function words(part: Part): readonly string[] {
  switch (part.kind) {
    case 'list':
      return part.items;
    case 'fields':
      return part.fields.map(({ label, value }) => `${label}: ${value}`);
    case 'heading':
    case 'paragraph':
    case 'note':
      return [part.text];
    default:
      throw new Error(`a digest has no ${part.kind}`);
  }
}
const wordsOf = (message: Message | null) => (message?.parts ?? []).flatMap(words);

describe('digestMessage', () => {
  it('is silent about a week that held nothing', () => {
    expect(digestMessage(aQuietWeek)).toBeNull();
    expect(
      digestMessage({ ...aQuietWeek, audience: 'public', asks: aFullWeek.asks, needsHuman: aFullWeek.needsHuman }),
    ).toBeNull();
  });

  it('tells organisers what came in, what stands, who needs them and what comes', () => {
    expect(wordsOf(digestMessage(aFullWeek))).toEqual([
      'ARENA, 1 to 7 July 2024',
      '12 people were asked, 3 answered and 1 confirmed what was understood.',
      'What came in',
      'Ada (ARENA 2.0, a year after the end): Research engineer at EleutherAI, since Feb 2024',
      'Ben (ARENA 2.0, a year after the end): still the same. Research engineer at EleutherAI, since Feb 2024',
      '1 more answer came in that counts only in the totals.',
      'So far',
      'ARENA 2.0, a year after the end: 20 of 28 answered, 27 asked',
      'A prediction came due',
      'Callum predicted less than 10% mainly in capabilities. True. The share is at most 3.6%, whatever the unknown do. Brier score 0.04: 0 is best, 0.25 what a coin gets.',
      'Where you could help',
      'Ada: an introduction at CHAI',
      'Needs one of you',
      'Cai: direct messages are closed. Write to them and send the link.',
      'Coming up',
      'ARENA 3.0, six months after the end: 24 people from 10 July 2024',
      'The whole picture: /alumni report',
      'Names stand beside answers only where people agreed to it.',
    ]);
  });

  it('tells the public counts of answers, and nothing of anybody', () => {
    expect(wordsOf(digestMessage({ ...aFullWeek, audience: 'public' }))).toEqual([
      'ARENA, 1 to 7 July 2024',
      '12 people were asked, 3 answered and 1 confirmed what was understood.',
      'So far',
      'ARENA 2.0, a year after the end: 20 of 28 answered, 27 asked',
      '1 prediction came due and was resolved.',
      'Coming up',
      'ARENA 3.0, six months after the end: 24 people from 10 July 2024',
      'Only counts of answers are shown here, nothing that anybody said.',
    ]);
  });

  it('never shows the words of somebody who has not agreed to be named', () => {
    const lines = wordsOf(digestMessage({ ...aFullWeek, newUpdates: [{ ...anUpdate, who: null }] }));
    expect(lines.join(' ')).not.toContain('EleutherAI');
    expect(lines).toContain('1 answer came in that counts only in the totals.');
  });

  it.each([
    [{ asked: 1, answered: 0, confirmed: 0 }, '1 person was asked.'],
    [{ asked: 0, answered: 1, confirmed: 0 }, '1 person answered.'],
    [{ asked: 0, answered: 2, confirmed: 1 }, '2 people answered and 1 confirmed what was understood.'],
  ])('counts %j in right words', (counts, line) => {
    expect(wordsOf(digestMessage({ ...aQuietWeek, counts }))[1]).toBe(line);
  });

  it('cuts long lists itself, and says how many it left out', () => {
    const lines = wordsOf(digestMessage({ ...aFullWeek, newUpdates: Array.from({ length: 23 }, () => anUpdate) }));
    expect(lines.filter((line) => line.startsWith('Ada (')).length).toBe(20);
    expect(lines).toContain('And 3 more.');
  });

  it('keeps names and tracks from the public, whatever the week held', () => {
    const someWeek = fc
      .record({ asked: fc.nat(3), answered: fc.nat(3), confirmed: fc.nat(3), updates: fc.nat(3), carriedForward: fc.boolean() })
      .map(({ updates, carriedForward, ...counts }): DigestInput => {
        const newUpdates = Array.from({ length: updates }, () => ({ ...anUpdate, carriedForward }));
        return { ...aFullWeek, audience: 'public', counts, newUpdates };
      });
    fc.assert(
      fc.property(someWeek, (week) => {
        const text = wordsOf(digestMessage(week)).join('\n');
        expect(text).not.toMatch(/Ada|Ben|Cai|Callum|CHAI|EleutherAI|capabilities|NaN|undefined|!/);
      }),
    );
  });
});
