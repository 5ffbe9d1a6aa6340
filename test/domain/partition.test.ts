import { describe, expect, it } from 'vitest';
import type { CheckInState } from '../../src/domain/check-in-state.js';
import { basisOf, countsAsKnown, groupOf, type PeopleGroup } from '../../src/domain/partition.js';
import { anActivity, aPerson, aRecord } from './at-wave.js';

const day = (text: string) => new Date(`${text}T12:00:00Z`);

describe('basisOf', () => {
  const asOf = day('2024-07-08');
  const shown = { confirmedAt: null, shownAt: day('2024-07-01'), trackConfidence: 0.9 };

  it('is shown once the card has stood for seven days and the reader was sure', () => {
    expect(basisOf(shown, asOf)).toBe('shown');
    expect(basisOf(shown, new Date(asOf.getTime() - 1))).toBe('read');
    expect(basisOf({ ...shown, trackConfidence: 0.899 }, asOf)).toBe('read');
    expect(basisOf({ ...shown, shownAt: null }, asOf)).toBe('read');
  });

  it('is confirmed from the confirmation on, however unsure the reader', () => {
    const confirmed = { confirmedAt: asOf, shownAt: null, trackConfidence: 0.1 };
    expect(basisOf(confirmed, asOf)).toBe('confirmed');
    expect(basisOf(confirmed, day('2024-07-07'))).toBe('read');
  });

  it('lets only what a person saw decide a class', () => {
    expect((['confirmed', 'shown', 'read'] as const).map((basis) => countsAsKnown({ basis }))).toEqual([true, true, false]);
  });
});

describe('groupOf', () => {
  it('takes what the person said before how their check-in ended', () => {
    expect(groupOf(aPerson({ checkIn: { state: 'stopped', asked: true } }))).toBe('answered');
    expect(groupOf(aPerson({ checkIn: null }))).toBe('answered');
  });

  it('takes erasure before all', () => {
    expect(groupOf(aPerson({ erased: true }))).toBe('erased');
    expect(groupOf(aPerson({ checkIn: { state: 'erased', asked: true } }))).toBe('erased');
  });

  it('counts who seeks or rests as answered', () => {
    expect(groupOf(aPerson({ record: aRecord({ activities: [anActivity({ kind: 'job_search' })] }) }))).toBe('answered');
    expect(groupOf(aPerson({ record: aRecord({ activities: [anActivity({ kind: 'career_break' })] }) }))).toBe('answered');
  });

  it('counts an unclear track, an empty record and an unseen reading as partial', () => {
    expect(groupOf(aPerson({ record: aRecord({ activities: [anActivity({ track: 'unclear' })] }) }))).toBe('partial');
    expect(groupOf(aPerson({ record: aRecord({ activities: [] }) }))).toBe('partial');
    expect(groupOf(aPerson({ record: aRecord({ basis: 'read' }) }))).toBe('partial');
    expect(groupOf(aPerson({ record: null }))).toBe('partial');
  });

  it('takes a reply that says nothing of work for no answer', () => {
    const later = aRecord({ intent: 'snooze', activities: [] });
    expect(groupOf(aPerson({ record: later, checkIn: { state: 'snoozed', asked: true } }))).toBe('silent');
    const stop = aRecord({ intent: 'stop', activities: [] });
    expect(groupOf(aPerson({ record: stop, checkIn: { state: 'stopped', asked: true } }))).toBe('refused');
  });

  it.each<[CheckInState, boolean, PeopleGroup]>([
    ['planned', false, 'notAsked'],
    ['sending', false, 'notAsked'],
    ['snoozed', false, 'notAsked'],
    ['snoozed', true, 'silent'],
    ['planned', true, 'silent'],
    ['unsure', false, 'notAsked'],
    ['not_asked', false, 'notAsked'],
    ['delivered', true, 'silent'],
    ['lapsed', true, 'silent'],
    ['stopped', false, 'refused'],
    ['unreachable', true, 'unreachable'],
    ['answered', true, 'partial'],
  ])('puts an unanswered check-in that is %s (asked: %s) with the %s', (state, asked, group) => {
    expect(groupOf(aPerson({ record: null, checkIn: { state, asked } }))).toBe(group);
  });

  it('puts somebody without a check-in with those not asked, whatever an organiser knows of them', () => {
    expect(groupOf(aPerson({ record: null, checkIn: null, thirdParty: { activities: [anActivity()] } }))).toBe('notAsked');
  });
});
