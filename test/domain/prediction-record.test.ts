import { describe, expect, it } from 'vitest';
import type { Prediction } from '../../src/domain/prediction.js';
import { changeLines, scoreLine, scoresByAuthor, statementText, viewOf } from '../../src/domain/prediction-record.js';

const prediction: Prediction = {
  id: 'p1',
  text: 'Hardly anybody does.',
  author: 'Callum',
  cohorts: ['ARENA 2.0'],
  roster: 28,
  memberCommitment: 'c'.repeat(64),
  class: { track: 'capabilities', scope: 'main' },
  comparator: 'less_than',
  threshold: 0.1,
  waveMonths: 12,
  probability: 0.8,
  closesOn: '2024-08-01',
  seenData: { declared: false, computed: { answers: 0, reportsOpened: 0 } },
  codebookVersion: '1',
  readerVersion: '1',
  createdAt: '2024-01-05T12:00:00.000Z',
  previousHash: '0'.repeat(64),
  hash: 'f'.repeat(64),
};
const untouched = { prediction, resolution: null, amendments: [], withdrawal: null };
const change = { id: 'p2', at: '2024-02-01T12:00:00.000Z', by: 'Ada', reason: 'New facts.', answers: 2, hash: 'e'.repeat(64) };

describe('a prediction and what became of it', () => {
  it('is put in a text to publish, with its id, its time and its hash', () => {
    expect(statementText(viewOf(untouched))).toBe(`Prediction p1, made at 2024-01-05T12:00:00.000Z
by Callum, who is 80% sure: less than 10% mainly in capabilities,
ARENA 2.0, a year after the end, 28 people on the roster.
“Hardly anybody does.”
Closes on 2024-08-01.
SHA-256 ${'f'.repeat(64)}
after   ${'0'.repeat(64)}
The hash is over canonical JSON (RFC 8785) of {"entry": …, "previousHash": …}; afterwards predict verify follows the chain.
`);
  });

  it('tells every change of mind, and what was known by then', () => {
    const lines = changeLines({ amendments: [{ ...change, probability: 0.6, text: null }], withdrawal: change });
    expect(lines).toEqual([
      'Amended on 2024-02-01 by Ada, with 2 answers in: now 60% sure. “New facts.” It is scored as it was first made.',
      'Withdrawn on 2024-02-01 by Ada, with 2 answers in. “New facts.”',
    ]);
  });

  it('is scored by author, decided out of all, withdrawn ones among them', () => {
    const all = [viewOf(untouched), viewOf({ ...untouched, withdrawal: change })];
    expect(scoresByAuthor(all).map(scoreLine)).toEqual(['Callum: decided 0 of 2']);
  });
});
