import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/reading/analysis.js';
import { namedInOneBreath } from '../../src/reading/coordination.js';

function beside(name: string, text: string): readonly string[] {
  const reply = { programme: 'ARENA', cohort: 'ARENA 1.0', cohortEnd: '2022-12-16', received: '2023-12-18', messages: [text] };
  const analysis = analyse(reply);
  const spans = [{ message: 0, from: 0, to: analysis.messages[0]?.tokens.length ?? 0 }];
  return namedInOneBreath({ analysis, spans, at: 0 }, name).map((body) => body.name);
}

describe('bodies named in one breath', () => {
  it('finds all of a list, from whichever of them one begins', () => {
    const text = 'applied to METR, Apollo Research and Redwood Research';
    expect(beside('METR', text)).toEqual(['Apollo Research', 'Redwood Research']);
    expect(beside('Redwood Research', text)).toEqual(['METR', 'Apollo Research']);
  });

  it('leaves out what stands in another clause', () => {
    expect(beside('METR', 'applied to METR after two years with Redwood Research')).toEqual([]);
  });

  it('finds nothing beside a name that is not known', () => {
    expect(beside('Quillhaven', 'applied to Quillhaven and METR')).toEqual([]);
  });
});
