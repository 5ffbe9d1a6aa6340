import { describe, expect, it } from 'vitest';
import { decideOnSettings } from '../../src/domain/on-organiser-settings.js';
import { DEFAULT_SETTINGS, keptSettingsSchema } from '../../src/domain/settings.js';
import { formatTracks, parseTracks, trackNamed, tracksOf } from '../../src/domain/tracks.js';
import { trackChoices } from '../../src/domain/wording.js';
import { NURSING } from '../support/nursing.js';

const parsed = (text: string) => {
  const read = parseTracks(text);
  return read.ok ? read.value : read.error;
};

describe('the fields of a programme of its own', () => {
  it('are typed with their words, and printed as they are typed', () => {
    const own = parsed(NURSING);
    expect(formatTracks(own as never)).toBe(NURSING);
    expect(tracksOf(own as never)).toEqual(['bedside_nursing', 'midwifery', 'ICU_nursing', 'teaching']);
    expect(formatTracks(parsed('default') as never)).toBe('default');
    expect(tracksOf(null)).toEqual(['alignment', 'governance', 'field_building', 'capabilities', 'applied_ai', 'non_ai']);
  });

  it('are found by name or id, whatever the capitals', () => {
    const own = parsed(NURSING) as never;
    expect(['icu nursing', 'ICU_NURSING', 'icu-nursing', 'ICU  nursing'].map((typed) => trackNamed(typed, own))).toEqual(
      Array(4).fill('ICU_nursing'),
    );
    expect(trackNamed('capabilities', own)).toBeUndefined();
    expect(trackNamed('field-building', null)).toBe('field_building');
  });

  it('are put to alumni in their order, with "hard to say" last', () => {
    expect(trackChoices(parsed(NURSING) as never).map(({ label }) => label)).toEqual([
      'Bedside nursing',
      'Midwifery',
      'ICU nursing',
      'Teaching',
      'Hard to say',
    ]);
  });

  it.each([
    ['midwifery: midwife', 'Name at least two fields'],
    ['', 'Name at least two fields'],
    ['seeking: job hunt; midwifery: midwife', '“seeking” means something else in a report'],
    ['Unclear; midwifery', '“Unclear” means something else in a report'],
    ['midwifery; Midwifery', '“Midwifery” stands there twice'],
    [': ward; midwifery', 'A field needs a name before the colon'],
    ['midwifery: a; teaching', '“a”, by which “midwifery” is to be found, is too short'],
    ['4th floor; teaching', '“4th floor” cannot be the name of a field'],
    [`${'x'.repeat(41)}; teaching`, 'has at most 40 characters'],
    [Array.from({ length: 21 }, (_, at) => `field ${String.fromCharCode(97 + at)}x`).join(';'), 'at most 20 fields, not 21'],
  ])('are refused as %s', (text, problem) => {
    expect(parsed(text)).toContain(problem);
  });

  it('are a setting like any other, and default where an earlier version kept none', () => {
    const programme = { id: 1, name: 'Nurses', settings: DEFAULT_SETTINGS, archivedAt: null, pausedAt: null } as never;
    const decided = decideOnSettings(programme, [{ name: 'tracks', value: NURSING }]);
    expect(decided).toMatchObject({ ok: true, value: { changed: [{ name: 'tracks', from: 'default', to: NURSING }] } });
    const { tracks: _, ...older } = DEFAULT_SETTINGS;
    expect(keptSettingsSchema.parse(older).tracks).toBeNull();
  });
});
