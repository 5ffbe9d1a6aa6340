import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf, mainActivity, placeOf, positionOf, standing } from '../../src/domain/main-activity.js';
import { tracksOf } from '../../src/domain/tracks.js';
import { anActivity, someActivities } from './at-wave.js';

describe('mainActivity', () => {
  it('takes full-time before unsaid before part-time, whatever the kind', () => {
    const partTimeJob = anActivity({ kind: 'employment', commitment: 'part_time' });
    const fullTimeStudy = anActivity({ kind: 'study', commitment: 'full_time' });
    const volunteering = anActivity({ kind: 'volunteering', commitment: null });
    expect(mainActivity([partTimeJob, volunteering, fullTimeStudy])).toBe(fullTimeStudy);
    expect(mainActivity([partTimeJob, volunteering])).toBe(volunteering);
  });

  it.each([
    ['employment', 'founding'],
    ['founding', 'independent_research'],
    ['independent_research', 'fellowship'],
    ['fellowship', 'study'],
    ['study', 'internship'],
    ['internship', 'work_trial'],
    ['work_trial', 'collaboration'],
    ['collaboration', 'community_building'],
    ['community_building', 'volunteering'],
    ['volunteering', 'other'],
    ['other', 'publication'],
  ] as const)('takes %s before %s', (first, second) => {
    expect(mainActivity([anActivity({ kind: second }), anActivity({ kind: first })])?.kind).toBe(first);
  });

  it('takes the one named first among equals', () => {
    const [one, other] = [anActivity({ organisation: 'CHAI' }), anActivity({ organisation: 'EleutherAI' })];
    expect(mainActivity([one, other])).toBe(one);
  });

  it.each(['past', 'upcoming', 'applying'] as const)('passes over what is %s', (status) => {
    expect(mainActivity([anActivity({ status })])).toBeNull();
  });
});

describe('standing', () => {
  it('is working while anything is, even when also looking', () => {
    const job = anActivity({ commitment: 'part_time', track: 'non_ai' });
    expect(standing([anActivity({ kind: 'job_search' }), job])).toEqual({ kind: 'working', activity: job, track: 'non_ai' });
  });

  it('is seeking for somebody who both seeks and rests', () => {
    expect(standing([anActivity({ kind: 'career_break' }), anActivity({ kind: 'job_search' })])).toEqual({ kind: 'seeking' });
    expect(standing([anActivity({ kind: 'career_break' })])).toEqual({ kind: 'on_break' });
  });

  it('is nothing without a current activity', () => {
    expect(standing([])).toEqual({ kind: 'nothing' });
    expect(standing([anActivity({ kind: 'job_search', status: 'past' })])).toEqual({ kind: 'nothing' });
  });
});

describe('positionOf', () => {
  it('has the kind of the main activity, or of what somebody does instead of one', () => {
    expect(positionOf([anActivity({ kind: 'study', track: 'unclear' })])).toEqual({
      place: null,
      kind: 'study',
      tracks: ['unclear'],
    });
    expect(positionOf([anActivity({ kind: 'job_search' })])).toEqual({ place: 'seeking', kind: 'job_search', tracks: [] });
    expect(positionOf([anActivity({ kind: 'career_break' })])).toEqual({ place: 'on_break', kind: 'career_break', tracks: [] });
    expect(positionOf([])).toEqual({ place: null, kind: null, tracks: [] });
  });
});

describe('classOf', () => {
  const job = anActivity({ track: 'capabilities', commitment: 'full_time' });
  const sideProject = anActivity({ kind: 'collaboration', track: 'alignment', commitment: 'part_time' });
  const vague = anActivity({ kind: 'volunteering', track: 'unclear', commitment: 'part_time' });

  it('looks at the main activity alone, or at all current work', () => {
    expect(classOf([job, sideProject], 'alignment', 'main')).toBe('no');
    expect(classOf([job, sideProject], 'alignment', 'any')).toBe('yes');
    expect(classOf([job, sideProject], 'governance', 'any')).toBe('no');
  });

  it('rules a track out only when every current activity has a known other one', () => {
    expect(classOf([job, vague], 'alignment', 'main')).toBe('no');
    expect(classOf([job, vague], 'alignment', 'any')).toBe('unknown');
    expect(classOf([job, vague], 'capabilities', 'any')).toBe('yes');
    expect(classOf([job, { ...vague, status: 'past' }], 'alignment', 'any')).toBe('no');
  });

  it('knows that who seeks or rests is on no track', () => {
    for (const kind of ['job_search', 'career_break'] as const) {
      expect(classOf([anActivity({ kind, track: 'capabilities' })], 'capabilities', 'main')).toBe('no');
      expect(classOf([anActivity({ kind, track: 'capabilities' })], 'capabilities', 'any')).toBe('no');
    }
  });

  it('knows nothing of an empty record or an unclear main track', () => {
    expect(classOf([], 'alignment', 'main')).toBe('unknown');
    expect(classOf([], 'alignment', 'any')).toBe('unknown');
    expect(classOf([{ ...job, track: 'unclear' }, sideProject], 'alignment', 'main')).toBe('unknown');
  });

  it('puts everybody whose place is known in one main track at most, and in any that they are mainly in', () => {
    fc.assert(
      fc.property(someActivities, (activities) => {
        const main = tracksOf(null).filter((track) => classOf(activities, track, 'main') === 'yes');
        const place = placeOf(activities);
        expect(main).toEqual(tracksOf(null).filter((track) => track === place));
        for (const track of main) expect(classOf(activities, track, 'any')).toBe('yes');
        const isUnknown = tracksOf(null).map((track) => classOf(activities, track, 'main') === 'unknown');
        expect(new Set(isUnknown)).toEqual(new Set([place === null]));
      }),
    );
  });
});
