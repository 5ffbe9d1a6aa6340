import { describe, expect, it } from 'vitest';
import { nameFor } from '../../src/reading/names.js';
import { organisationNamed } from '../../src/reading/organisations.js';

function named(written: string): string | null {
  const organisation = organisationNamed(written);
  return organisation && nameFor(organisation, written);
}

describe('nameFor', () => {
  it.each([
    ['SERI MATS', 'MATS'],
    ['Redwood', 'Redwood Research'],
    ['FAR.AI', 'FAR AI'],
    ['LEAP Labs', 'LEAP Labs'],
    ['Leap Labs', 'LEAP Labs'],
    ['GDM', 'Google DeepMind'],
    ['DeepMind', 'Google DeepMind'],
    ['gdm', 'Google DeepMind'],
    ['LASR', 'LASR Labs'],
    ['Scale', 'Scale AI'],
    ['Lambda Labs', 'Lambda'],
    ['apollo', 'Apollo Research'],
  ])('writes the usual name for %s', (written, name) => {
    expect(named(written)).toBe(name);
  });

  it.each(['CAIS', 'CLTR', 'CMU', 'BBC World Service', 'RAND Europe', 'FernUni Hagen', 'Press Association', 'Wikimedia'])(
    "keeps the writer's %s",
    (written) => {
      expect(named(written)).toBe(written);
    },
  );
});
