import { describe, expect, it } from 'vitest';
import { type Activity, type CareerUpdate, NO_INFLUENCE } from '../../src/domain/career-update.js';
import type { ReplyText } from '../../src/domain/reply.js';
import { correctUpdate } from '../../src/reading/correct-update.js';

function said(...messages: string[]): ReplyText {
  return { programme: 'ARENA', cohort: 'ARENA 2.0', cohortEnd: '2023-06-30', received: '2024-06-28', messages };
}

const WORK: Activity = {
  kind: 'employment',
  status: 'current',
  organisation: 'Anthropic',
  role: null,
  topic: null,
  track: 'unclear',
  start: null,
  end: null,
  commitment: null,
  funder: null,
  people: [],
  evidence: "I'm at Anthropic now",
};
const GROUP: Activity = {
  ...WORK,
  kind: 'community_building',
  organisation: 'AISST',
  track: 'field_building',
  evidence: 'helping run AISST',
};
const RECORD: CareerUpdate = { intent: 'update', activities: [GROUP, WORK], influence: NO_INFLUENCE, helpWanted: false };

function mainAfter(...messages: string[]): Activity | undefined {
  return correctUpdate(RECORD, said(...messages))?.activities[1];
}

describe('correctUpdate', () => {
  it.each([
    ["no, it's part time", { commitment: 'part_time' }],
    ['full-time', { commitment: 'full_time' }],
    ["actually it's governance", { track: 'governance' }],
    ["it's alignment, not governance", { track: 'alignment' }],
    ['not Anthropic, OpenAI', { organisation: 'OpenAI' }],
    ['OpenAI, not Anthropic', { organisation: 'OpenAI' }],
    ['sorry, I meant METR', { organisation: 'METR' }],
    ['I meant since May', { start: '2024-05' }],
    ['no, an internship', { kind: 'internship' }],
    ["actually it's an internship, part time", { kind: 'internship', commitment: 'part_time' }],
    ['until December', { end: '2024-12' }],
  ])('takes "%s" as a change of the main activity', (words, change) => {
    expect(mainAfter(words)).toEqual({ ...WORK, ...change });
  });

  it('changes the activity that is named rather than the main one', () => {
    expect(correctUpdate(RECORD, said('no, AISST is since March'))?.activities[0]?.start).toBe('2024-03');
  });

  it.each(['Thanks!', 'looks right', 'great, thank you so much', '👍', ''])('takes "%s" for no correction', (words) => {
    expect(correctUpdate(RECORD, said(words))).toBeNull();
  });

  it('leaves news of its own to be read afresh', () => {
    expect(
      correctUpdate(
        RECORD,
        said("I've also started a PhD at Oxford on interpretability with Yarin Gal, since October last year."),
      ),
    ).toBeNull();
  });

  it('has nothing to correct in an empty record', () => {
    expect(correctUpdate({ ...RECORD, activities: [] }, said("no, it's part time"))).toBeNull();
  });
});
