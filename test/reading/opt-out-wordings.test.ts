import { describe, expect, it } from 'vitest';
import { findOptOut } from '../../src/reading/opt-out.js';
import { ERASURES, HEDGED, NEITHER, STOPS } from './wordings/opt-outs.js';

const listed = (wordings: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(wordings).flatMap(([language, all]) => all.map((words) => [language, words] as const));

describe('findOptOut, in ten languages and between them', () => {
  it.each(listed(STOPS))('stops (%s): %s', (_, words) => {
    expect(findOptOut([words])).toEqual({ wants: 'stop', certainty: 'clear' });
  });

  it.each(listed(ERASURES))('erases (%s): %s', (_, words) => {
    expect(findOptOut([words])).toEqual({ wants: 'erase', certainty: 'clear' });
  });

  it.each(HEDGED)('asks back at: %s', (words) => {
    expect(findOptOut([words])?.certainty).toBe('ambiguous');
  });

  it.each(NEITHER)('leaves alone: %s', (words) => {
    expect(findOptOut([words])).toBeNull();
  });
});
