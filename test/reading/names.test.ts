import { describe, expect, it } from 'vitest';
import { nameFor, plainName } from '../../src/reading/names.js';
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

describe('plainName', () => {
  it.each([
    ['Wardlight Ltd', 'Wardlight'],
    ['Guide Dogs in Forfar', 'Guide Dogs'],
    ['Director of Adaptation for the City of Rotterdam', 'City of Rotterdam'],
    ['Women in Data', 'Women in Data'],
    ['Bank of England', 'Bank of England'],
  ])('makes of %s %s', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });
});
