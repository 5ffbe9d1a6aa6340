import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityLine, dateWords } from '../../src/domain/activity-line.js';
import { type Activity, activitySchema } from '../../src/domain/career-update.js';
import { anActivity, someActivity } from './at-wave.js';

describe('activityLine', () => {
  it.each<[string, Partial<Activity>]>([
    [
      'Research engineer at EleutherAI on interpretability, since Feb 2024, full time',
      {
        role: 'research engineer',
        organisation: 'EleutherAI',
        topic: 'interpretability',
        start: '2024-02',
        commitment: 'full_time',
      },
    ],
    ['Work at DeepMind', { organisation: 'DeepMind' }],
    ['Internship at CHAI, until Sep 2023', { kind: 'internship', status: 'past', organisation: 'CHAI', end: '2023-09' }],
    ['Research engineer (internship) at CHAI', { kind: 'internship', role: 'research engineer', organisation: 'CHAI' }],
    ['Research intern at CHAI', { kind: 'internship', role: 'research intern', organisation: 'CHAI' }],
    [
      'PhD student at Oxford, from Jan 2025',
      { kind: 'study', status: 'upcoming', role: 'PhD student', organisation: 'Oxford', start: '2025-01' },
    ],
    ['Study of mathematics, to come', { kind: 'study', status: 'upcoming', topic: 'mathematics' }],
    ['Fellowship at MATS, applied', { kind: 'fellowship', status: 'applying', organisation: 'MATS' }],
    ['Founding Apollo, 2023 to 2024', { kind: 'founding', status: 'past', organisation: 'Apollo', start: '2023', end: '2024' }],
    ['Study at Oxford, in 2023', { kind: 'study', status: 'past', organisation: 'Oxford', start: '2023', end: '2023' }],
    ['Co-founder of Apollo', { kind: 'founding', role: 'co-founder', organisation: 'Apollo' }],
    [
      'Independent research on evals with Ann, Ben and Cai, funded by LTFF, part time',
      { kind: 'independent_research', topic: 'evals', people: ['Ann', 'Ben', 'Cai'], funder: 'LTFF', commitment: 'part_time' },
    ],
    ['Looking for work in policy', { kind: 'job_search', topic: 'policy' }],
    [
      'Looking for work as research engineer in interpretability',
      { kind: 'job_search', role: 'research engineer', topic: 'interpretability' },
    ],
    ['Career break, since 2024, until Mar 2025', { kind: 'career_break', start: '2024', end: '2025-03' }],
    ['Interpretability researcher', { role: 'Interpretability researcher', topic: 'interpretability' }],
    ['Publication on evals, out', { kind: 'publication', status: 'past', topic: 'evals' }],
  ])('%s', (line, activity) => {
    expect(activityLine(anActivity(activity))).toBe(line);
  });

  it('is one tidy line, whatever the activity', () => {
    const word = fc.option(fc.constantFrom('research', 'MATS', 'evals'));
    const date = fc.option(fc.constantFrom('2024', '2024-02', '2024-02-05'));
    const details = fc.record({ role: word, organisation: word, topic: word, funder: word, start: date, end: date });
    fc.assert(
      fc.property(someActivity, details, (activity, more) => {
        const line = activityLine(activitySchema.parse({ ...activity, ...more }));
        expect(line).toMatch(/^[A-Z][^\n]*[a-zA-Z0-9)]$/);
        expect(line).not.toMatch(/ {2}|,,|null|undefined|_|\b(you|they)\b/i);
      }),
    );
  });
});

describe('dateWords', () => {
  it('is as precise as the date, and no more', () => {
    expect(['2024', '2024-02', '2024-02-05'].map(dateWords)).toEqual(['2024', 'Feb 2024', '5 Feb 2024']);
  });
});
