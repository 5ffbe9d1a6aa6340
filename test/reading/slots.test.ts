import { describe, expect, it } from 'vitest';
import type { Kind } from '../../src/domain/career-update.js';
import { asksForHelp } from '../../src/reading/intent.js';
import { readReplyOffline } from '../../src/reading/read-reply.js';
import { commitmentIn } from '../../src/reading/slots.js';
import { topicIn } from '../../src/reading/topics.js';
import { extentOf } from '../../src/reading/when.js';

function readIn(received: string, words: string) {
  return readReplyOffline({ programme: 'ARENA', cohort: 'ARENA 2.0', cohortEnd: '2023-06-30', received, messages: [words] })
    .update.activities;
}

describe('topicIn', () => {
  const TOPICS: readonly (readonly [string, Kind, string | null, string | null])[] = [
    ['my red teaming job at Haize and then on tuesday Haize laid half of us off', 'employment', 'Haize Labs', 'red teaming'],
    ['In a SERI MATS stream at the moment', 'fellowship', 'MATS', null],
    ['Looking for work in evals roles mainly', 'job_search', null, 'evals'],
    ['joined Apollo in May as a research engineer on scheming evals', 'employment', 'Apollo Research', 'scheming evals'],
    ['job at Cadenza Labs, lie detection in LLMs, from mid-Jan', 'employment', 'Cadenza Labs', 'lie detection in LLMs'],
    ['PhD at Leeds since October, soil fungi', 'study', 'Leeds', 'soil fungi'],
    ['Still at Camden Council (housing)', 'employment', 'Camden Council', 'housing'],
    ['our goal misgeneralisation paper made the ICLR workshop', 'publication', 'ICLR', 'goal misgeneralisation'],
    ['i wash pots in a pub in Hackney', 'employment', null, null],
    ['I start at FAR on 13 Oct', 'employment', 'FAR AI', null],
    ['in the running for MATS 9, interview is on friday', 'fellowship', 'MATS', null],
    ['a postdoc, three days a week, hourly', 'employment', null, null],
    ['final rounds for the red team at UK AISI', 'employment', 'UK AISI', 'red teaming'],
  ];
  it.each(TOPICS)('%s', (words, kind, organisation, topic) => {
    expect(topicIn(words, kind, organisation)).toBe(topic);
  });
});

describe('commitmentIn', () => {
  it.each([
    ['on tuesday they laid half of us off', 'employment', null],
    ['a 2 week trial starting monday', 'work_trial', null],
    ['every Friday I hold a seminar', 'community_building', null],
    ['running the reading group on thursdays', 'community_building', null],
    ['I teach on thursdays', 'employment', 'part_time'],
    ['red teamer for OpenAI, a few hrs a week', 'employment', 'part_time'],
    ['zwei Tage die Woche im Lager', 'employment', 'part_time'],
    ['half my week is Palisade', 'employment', 'part_time'],
  ] as const)('%s', (words, kind, commitment) => {
    expect(commitmentIn(words, kind)).toBe(commitment);
  });
});

describe('extentOf', () => {
  it.each([
    ['job at Cadenza Labs, from mid-Jan', 'employment', 'current', '2024-02-26', '2024-01', null],
    ['Between January and July of this year I consulted', 'employment', 'past', '2025-10-20', '2025-01', '2025-07'],
    ['since eight months by Siemens', 'employment', 'current', '2025-12-15', '2025-04', null],
    ['xAI, scaling. 18 months now', 'employment', 'current', '2025-07-01', '2024-01', null],
    ['from the 22nd I shall be teaching cello', 'employment', 'upcoming', '2025-09-08', '2025-09-22', null],
    ['My internship wraps on the 31st', 'internship', 'current', '2023-08-21', null, '2023-08-31'],
    ['three weeks into a work trial with LEAP Labs', 'work_trial', 'current', '2023-12-18', '2023-11', null],
    ['a paid one-week trial in May', 'work_trial', 'upcoming', '2025-04-07', '2025-05', null],
    ['6 months starting march', 'independent_research', 'current', '2025-01-20', '2025-03', '2025-09'],
    ['MSc, done next summer', 'study', 'current', '2025-12-01', null, '2026'],
    ['as of this monday', 'employment', 'current', '2024-02-28', '2024-02-26', null],
  ] as const)('%s', (words, kind, status, received, start, end) => {
    expect(extentOf(words, { kind, status }, received)).toEqual({ start, end });
  });

  it('takes what starts after the reply for upcoming', () => {
    const [grant] = readIn('2025-01-20', 'got the OpenPhil career transition grant!! 6 months starting march');
    expect(grant).toMatchObject({ status: 'upcoming', start: '2025-03', end: '2025-09' });
  });

  it('reads a lay-off aloud without a wince', () => {
    const [job] = readIn('2025-01-20', 'my red teaming job at Haize, and then on tuesday Haize laid half of us off lol');
    expect(job).toMatchObject({ organisation: 'Haize Labs', topic: 'red teaming', commitment: null });
  });
});

describe('asksForHelp', () => {
  it.each([
    'leads v welcome',
    'a referral would do wonders',
    'SEND US PEOPLE',
    'Anyone know scholarships that do not need a UK visa?',
    'I would like to meet anyone at Coefficient Giving.',
    'could one of you have a look over my cv',
    'ajuda se souberem de estágio fora!',
  ])('hears "%s"', (words) => {
    expect(asksForHelp([words])).toBe(true);
  });

  it.each([
    'one of the mentors introduced us to our first customer',
    'would not recommend, need a nap. The referral from James did it',
    'Automatic reply: for anything urgent please contact Joana.',
  ])('leaves "%s"', (words) => {
    expect(asksForHelp([words])).toBe(false);
  });
});
