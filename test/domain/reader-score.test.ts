import { describe, expect, it } from 'vitest';
import { type Activity, type CareerUpdate, NO_INFLUENCE } from '../../src/domain/career-update.js';
import { confirmedLine } from '../../src/domain/confirmed-line.js';
import { scoreLines, scoreReader } from '../../src/domain/reader-score.js';

const empty = { organisation: null, role: null, topic: null, start: null, end: null, commitment: null, funder: null, people: [] };
const job = (activity: Partial<Activity> = {}): Activity => ({
  kind: 'employment',
  status: 'current',
  track: 'alignment',
  ...empty,
  evidence: 'at METR',
  ...activity,
});
const told = (...activities: Activity[]): CareerUpdate => ({
  intent: 'update',
  activities,
  influence: NO_INFLUENCE,
  helpWanted: false,
});
const read = (track: number, ...activities: Activity[]) => ({
  update: told(...activities),
  optOut: null,
  snoozeUntil: null,
  confidence: { kind: 0.8, track },
  reader: 'offline',
  readerVersion: '3',
});

describe('the score on what people confirmed', () => {
  it('counts what was found, what was made up, and which fields are right', () => {
    const score = scoreReader([
      { confirmed: told(job({ organisation: 'METR' })), reading: read(0.95, job({ organisation: 'metr' })) },
      {
        confirmed: told(job(), job({ kind: 'study', evidence: 'a PhD' })),
        reading: read(0.6, job({ track: 'governance' }), job({ evidence: 'thing' })),
      },
    ]);
    expect(score).toMatchObject({
      replies: 2,
      activities: { confirmed: 3, read: 3, found: 2 },
      fields: { kind: { right: 2, of: 2 }, track: { right: 1, of: 2 }, organisation: { right: 2, of: 2 } },
      mainTrack: { right: 1, of: 2 },
      mainTrackWhereSure: { right: 1, of: 1 },
    });
    expect(scoreLines(score)[1]).toBe('  activities: 2 of 3 found, and 1 read that were none');
  });
});

describe('a confirmed reply as a labelled line', () => {
  it('has the form of the labelled replies, and no name in words or record', () => {
    const reply = {
      programme: 'ARENA',
      cohort: 'ARENA 2.0',
      cohortEnd: '2023-06-30',
      received: '2024-06-28',
      messages: ['Ana Duarte here, at Duarte Labs with Neel Nanda, a@b.example'],
      writer: 'Ana Duarte',
    };
    const line = confirmedLine(
      'confirmed-001',
      reply,
      told(job({ organisation: 'Duarte Labs', people: ['Neel Nanda'], evidence: 'at Duarte Labs with Neel Nanda' })),
    );
    expect(Object.keys(line)).toEqual(['id', 'programme', 'cohort', 'cohort_end', 'received', 'messages', 'gold']);
    expect(JSON.stringify(line)).not.toMatch(/Duarte|Ana\b|Neel|Nanda|b\.example/);
    const [activity] = line.gold.activities;
    expect(line.messages[0]).toContain(activity?.evidence);
    expect(activity?.organisation).toMatch(/^\[NAME_\d\] Labs$/);
  });
});
