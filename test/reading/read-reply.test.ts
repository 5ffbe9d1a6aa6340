import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/domain/career-update.js';
import type { ReplyText } from '../../src/domain/reply.js';
import { nameKey } from '../../src/reading/organisations.js';
import { readReplyOffline } from '../../src/reading/read-reply.js';

function said(...messages: string[]): ReplyText {
  return { programme: 'ARENA', cohort: 'ARENA 1.0', cohortEnd: '2022-12-16', received: '2023-12-18', messages };
}

type Core = readonly [Activity['kind'], Activity['status'], Activity['track'], string | null];

/** Kind, status, track and organisation of what a reply states; names compared as the score does. */
function coresOf(...messages: string[]): readonly Core[] {
  return readReplyOffline(said(...messages)).update.activities.map(coreOf);
}

function coreOf({ kind, status, track, organisation }: Activity): Core {
  return [kind, status, track, organisation === null ? null : nameKey(organisation)];
}

const CHAI: Core = ['internship', 'past', 'alignment', 'chai'];
const WITH_OWAIN: Core = ['collaboration', 'current', 'alignment', null];
const PAPER: Core = ['publication', 'past', 'alignment', null];
const COMMUNITY: Core = ['community_building', 'current', 'field_building', null];
const ELEUTHER: Core = ['employment', 'current', 'alignment', 'eleutherai'];
const MATS: Core = ['fellowship', 'current', 'alignment', 'mats'];
const TRIAL: Core = ['work_trial', 'current', 'alignment', 'leaplabs'];
const ELK: Core = ['independent_research', 'current', 'alignment', null];

const WORDINGS: readonly (readonly [string, readonly Core[]])[] = [
  ['Spent the summer as a CHAI intern', [CHAI]],
  ['I had an internship at CHAI, which ended in September.', [CHAI]],
  ['Interned with the folks at CHAI (Berkeley) for three months, done now', [CHAI]],
  ['was a research intern at CHAI until autumn', [CHAI]],
  ['co-authoring with Owain Evans; our paper came out in May', [WITH_OWAIN, PAPER]],
  ['I am collaborating with Owain Evans on situational awareness in LLMs', [WITH_OWAIN]],
  ["Working with Owain Evans' group on out-of-context reasoning. Our first preprint is out.", [WITH_OWAIN, PAPER]],
  ['still working with Owain Evans on introspection in language models', [WITH_OWAIN]],
  [
    'maintain TransformerLens and run its Slack community',
    [['community_building', 'current', 'field_building', 'transformerlens']],
  ],
  ['I run an open-source interpretability community: Discord, office hours, the lot', [COMMUNITY]],
  ['Building the community around an open source library for mechanistic interpretability', [COMMUNITY]],
  ["I'm at EleutherAI now doing interp", [ELEUTHER]],
  ['Hired by EleutherAI in August as an interpretability researcher', [ELEUTHER]],
  ['I work full time for EleutherAI on interpretability', [ELEUTHER]],
  ['EleutherAI took me on in the summer; interpretability research, full-time', [ELEUTHER]],
  ['working at eleuther since august, interpretability', [ELEUTHER]],
  ['accepted into the MATS summer cohort and in the middle of it now', [MATS]],
  ['Currently a SERI MATS scholar', [MATS]],
  ['doing a SERI MATS stream right now', [MATS]],
  ["I'm in the current SERI MATS cohort.", [MATS]],
  ['on trial at LEAP Labs', [TRIAL]],
  ['Currently on a work trial at LEAP Labs (model interpretability)', [TRIAL]],
  ['doing a paid work trial with Leap Labs right now', [TRIAL]],
  ["I'm in the third week of a work trial at LEAP Labs", [TRIAL]],
  ['got a grant from Open Phil to do ELK research on my own', [ELK]],
  ['LTFF-funded independent research on ELK', [ELK]],
  ['Independent researcher on an LTFF grant, working on eliciting latent knowledge', [ELK]],
  ["I've been doing independent ELK research since October, paid by the Long-Term Future Fund", [ELK]],
  ['self-directed research on ELK with a grant from the LTFF', [ELK]],
  ['I have an LTFF grant to work independently on ELK', [ELK]],
];

const GOLD = readFileSync(new URL('../replies/arena-1.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');

describe('readReplyOffline', () => {
  it.each(GOLD)('reads the first cohort as people did: %s', (line) => {
    const { programme, cohort, cohort_end: cohortEnd, received, messages, gold } = JSON.parse(line);
    const { update } = readReplyOffline({ programme, cohort, cohortEnd, received, messages });
    expect(update.intent).toBe(gold.intent);
    expect(update.activities.map((activity) => ({ ...activity, evidence: '' }))).toEqual(
      gold.activities.map((activity: Activity) => ({ ...activity, evidence: '' })),
    );
    expect(update.influence).toEqual(gold.influence);
  });

  it.each(WORDINGS)('reads "%s"', (words, cores) => {
    expect(coresOf(words)).toEqual(cores);
  });

  it('names who pays, with whom and about what', () => {
    const [grant] = readReplyOffline(said('got a grant from Open Phil to do ELK research on my own')).update.activities;
    expect(grant?.funder).toBe('Open Philanthropy');
    const [work] = readReplyOffline(said('I am collaborating with Owain Evans on situational awareness in LLMs')).update
      .activities;
    expect(work?.people).toEqual(['Owain Evans']);
    expect(work?.topic).toContain('situational awareness');
  });

  it.each(['Thanks!', 'thank you :)', '👍', 'great, looks right', '🎉🎉', ''])('finds nothing to code in "%s"', (words) => {
    expect(readReplyOffline(said(words)).update).toMatchObject({ intent: 'other', activities: [] });
  });

  it.each([
    ['ask me again in March', '2024-03-01'],
    ['swamped, ping me in two weeks please', '2024-01-01'],
    ['try me on the 28th', '2023-12-28'],
    ['later pls', null],
  ])('snoozes at "%s"', (words, until) => {
    const reading = readReplyOffline(said(words));
    expect(reading.update.intent).toBe('snooze');
    expect(reading.snoozeUntil).toBe(until);
  });

  it('keeps what a person who stops has said', () => {
    const reading = readReplyOffline(said("pls remove me from this list, I'm at OpenAI now and don't need the pings"));
    expect(reading.update.intent).toBe('stop');
    expect(reading.update.activities[0]?.organisation).toBe('OpenAI');
  });

  it('takes an ambiguous opt-out for no opt-out', () => {
    const reading = readReplyOffline(said('maybe we should stop this?'));
    expect(reading.optOut).toEqual({ wants: 'stop', certainty: 'ambiguous' });
    expect(['stop', 'erase']).not.toContain(reading.update.intent);
  });

  it('reads nothing into quoted lines of the question', () => {
    expect(coresOf('> e.g. "Research engineer at Apollo since May"\nno news')).toEqual([]);
  });
});

describe('whatever is sent', () => {
  const anything = fc.array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 })),
    { maxLength: 5 },
  );

  it('never throws, never invents, and says the same twice', () => {
    fc.assert(
      fc.property(anything, fc.string(), (messages, received) => {
        const reply = { ...said(...messages), received };
        const reading = readReplyOffline(reply);
        for (const { evidence } of reading.update.activities)
          expect(messages.some((message) => message.includes(evidence))).toBe(true);
        expect(readReplyOffline(reply)).toEqual(reading);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps to the words when they are about work', () => {
    const scraps = fc.constantFrom(
      'joined Apollo',
      ' since March',
      '\n',
      ', ',
      'PhD at Oxford',
      '👩‍💻',
      '\u202eشغل',
      ' and ',
      '. ',
      'left Meta',
      '\u0000',
      'ＭＡＴＳ',
      '’s',
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.array(scraps, { maxLength: 12 }).map((parts) => parts.join('')),
          { maxLength: 3 },
        ),
        (messages) => {
          const { activities } = readReplyOffline(said(...messages)).update;
          for (const { evidence } of activities) expect(messages.some((message) => message.includes(evidence))).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ['100 kB of prose', 'I joined Apollo in May and left Meta in June. '.repeat(2200)],
    ['100 kB without a space', 'a'.repeat(100_000)],
    ['pictographs', '🎉'.repeat(20_000)],
    ['right to left', 'أعمل في شركة '.repeat(5000)],
    ['control characters', '\u0000\u0001\u200b\u202e'.repeat(5000)],
    ['lone surrogates', '\ud83c'.repeat(1000)],
  ])('reads %s in bounded time', (_, message) => {
    const began = performance.now();
    expect(() => readReplyOffline(said(message))).not.toThrow();
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
