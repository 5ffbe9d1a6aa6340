import { describe, expect, it } from 'vitest';
import { moreAbout, noticeParts } from '../../src/domain/notice.js';
import { monthsInWords, nudge, resumedText, stoppedText, whoReads, whyNow } from '../../src/domain/wording.js';
import { wordsIn } from '../support/fake-messenger.js';

describe('what the question says', () => {
  it.each([
    [[['ARENA 2.0', 12]], 'It has been a year since ARENA 2.0 ended.'],
    [[['ARENA 2.0', 1]], 'It has been a month since ARENA 2.0 ended.'],
    [[['ARENA 2.0', 18]], 'It has been 18 months since ARENA 2.0 ended.'],
    [[['ARENA 2.0', 0]], 'ARENA 2.0 has just ended.'],
    [
      [
        ['A', 0],
        ['B', 0],
      ],
      'A and B have just ended.',
    ],
    [
      [
        ['A', 6],
        ['B', 6],
      ],
      'It has been six months since A and B ended.',
    ],
    [
      [
        ['A', 24],
        ['B', 6],
      ],
      'It has been two years since A and six months since B ended.',
    ],
    [
      [
        ['A', 24],
        ['B', 0],
      ],
      'It has been two years since A ended. B has just ended.',
    ],
  ] as const)('of %j is "%s"', (cohorts, words) => {
    expect(whyNow(cohorts.map(([name, waveMonths]) => ({ name, waveMonths })))).toBe(words);
  });

  it('reminds of plans where it asked for plans', () => {
    expect(nudge('2023-06-30', 0, { isLast: false, hasRecord: true })).toBe(
      'I asked on 30 June 2023 what you are planning to do next. A line is enough.',
    );
    expect(nudge('2023-06-30', 3, { isLast: true, hasRecord: true })).toMatch(
      /“nothing changed” counts too\. I will not ask again this time\.$/,
    );
  });

  it('tells who has allowed their name so', () => {
    expect(whoReads('ARENA', 'named')).toContain('see your answer with your name');
    expect(whoReads('ARENA', 'totals')).toContain('only in totals');
    expect(whoReads('ARENA', 'not_asked')).toContain('only in totals');
  });

  it.each([
    [0, 'I ask a few times over the years. '],
    [1, 'with at most one reminder each time. '],
    [3, 'with at most three reminders each time. '],
  ])('promises no more than %i reminders', (reminders, words) => {
    const facts = {
      programme: 'ARENA',
      cohort: 'ARENA 2.0',
      cameBy: 'roster' as const,
      endedOn: '2023-06-30',
      waves: [0],
      reminders,
      retainMs: null,
      model: 'a model of Acme',
    };
    const notice = wordsIn({ parts: noticeParts(facts) });
    expect(notice).toContain(words);
    expect(notice.split('\n')).toHaveLength(4);
    expect(notice).toContain(
      'What you write is read by a model of Acme. Your name, addresses, links and phone numbers are masked before.',
    );
    expect(wordsIn(moreAbout(facts))).toContain('I ask one question: what are you doing these days?');
  });

  it('speaks of none, one and several programmes alike', () => {
    expect(stoppedText([])).toMatch(/^Done: I will not write to you again\./);
    expect(stoppedText(['ARENA', 'MATS'])).toContain('about ARENA and MATS again.');
    expect(resumedText(['ARENA'], '2024-01-01', false)).toContain('The next question comes around 1 January 2024.');
    expect(resumedText(['ARENA'], null, false)).toContain('Nothing is planned at the moment.');
    expect(resumedText(['ARENA'], null, true)).toContain('My last question still stands');
    expect(monthsInWords(36)).toBe('three years');
  });
});
