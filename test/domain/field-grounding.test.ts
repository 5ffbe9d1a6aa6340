import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Activity, type CareerUpdate, KINDS, NO_INFLUENCE, STATUSES, TRACKS } from '../../src/domain/career-update.js';
import { groundFields } from '../../src/domain/field-grounding.js';
import type { ReplyText } from '../../src/domain/reply.js';
import { textSense } from '../../src/reading/text-sense.js';

const reply = (...messages: string[]): ReplyText => ({
  programme: 'MATS',
  cohort: 'MATS 5',
  cohortEnd: '2024-03-15',
  received: '2024-06-28',
  messages,
});
const empty = { organisation: null, role: null, topic: null, start: null, end: null, commitment: null, funder: null, people: [] };
const claim = (activity: Partial<Activity>): CareerUpdate => ({
  intent: 'update',
  activities: [{ kind: 'employment', status: 'current', track: 'unclear', ...empty, evidence: '', ...activity }],
  influence: NO_INFLUENCE,
  helpWanted: false,
});
const grounded = (said: string | readonly string[], activity: Partial<Activity>) =>
  groundFields(reply(...[said].flat()), claim(activity), textSense).activities[0];

describe('evidence of a model', () => {
  it.each([
    ['I joined  Apollo —\nlast week', 'i joined apollo - last week', 'I joined  Apollo —\nlast week'],
    ['so, I’ve started at METR now', "I've started at METR now", 'I’ve started at METR now'],
    ['I am doing really great evals at METR', 'I am doing great evals at METR', 'I am doing really great evals at METR'],
    ['I am well. Since May I am at METR', 'Since May, I am at METR.', 'Since May I am at METR'],
    [
      'joined Apollo after a long and winding road full of things, as an engineer',
      'joined Apollo after ... full of things, as an engineer',
      'full of things, as an engineer',
    ],
  ])('in %j is put right', (said, evidence, expected) => {
    expect(grounded(said, { evidence })?.evidence).toBe(expected);
  });

  it.each([
    ['I joined Apollo', 'I lead the safety team at OpenAI'],
    ['I joined Apollo', ' '],
    ['I work at METR. Long story short, things went well and now in August I moved', 'I work at METR in August'],
    ['> What are you doing at METR?\nnothing much', 'What are you doing at METR?'],
  ])('that does not stand in %j drops the activity', (said, evidence) => {
    expect(grounded(said, { evidence })).toBeUndefined();
  });

  it('from two messages at once is none', () => {
    expect(grounded(['I joined', 'Apollo yesterday'], { evidence: 'I joined Apollo yesterday' })).toBeUndefined();
  });
});

describe('a name that a model gives', () => {
  it.each([
    ['I am at FAR', 'FAR AI', 'FAR AI'],
    ['I am at ARC', 'Alignment Research Center', 'Alignment Research Center'],
    ['now with antropic in London', 'Anthropic', 'Anthropic'],
    ['teaching at Zürcher Gymnasium Rämibühl', 'Gymnasium Ramibuhl', 'Gymnasium Ramibuhl'],
    ['my PhD at Leeds goes well', 'University of Leeds', 'Leeds'],
    ['got into the extension', 'MATS', 'MATS'],
  ])('stays where %j holds it', (said, organisation, expected) => {
    expect(grounded(said, { evidence: said, organisation })?.organisation).toBe(expected);
  });

  it.each([
    ['I work at a lab in London', 'DeepMind'],
    ['I work for the university', 'University of Oxford'],
    ['still research', 'Redwood Research'],
  ])('goes where %j does not', (said, organisation) => {
    expect(grounded(said, { evidence: said, organisation })?.organisation).toBeNull();
  });

  it('is kept of people and funders only where they are named', () => {
    const said = 'working with José Álvarez on an LTFF grant';
    const activity = grounded(said, { evidence: said, people: ['Jose Alvarez', 'Neel Nanda'], funder: 'LTFF' });
    expect(activity).toMatchObject({ people: ['Jose Alvarez'], funder: 'LTFF' });
    expect(grounded('on a grant', { evidence: 'on a grant', funder: 'LTFF' })?.funder).toBeNull();
  });
});

describe('a date that a model gives', () => {
  it.each([
    ['since March at METR', '2024-03', '2024-03'],
    ['since March at METR', '2023-03', null],
    ['since March at METR', '2024-03-04', '2024-03'],
    ['since March at METR', '2024', '2024'],
    ['since early 2024 at METR', '2024-01', '2024'],
    ['since a while at METR', '2024-02', null],
    ['three months ago I joined METR', '2024-03', '2024-03'],
    ['3 years from January at METR', '2027', '2027'],
    ['从2024年3月起在METR工作', '2024-03', '2024'],
  ])('for %j: %s becomes %s', (said, start, expected) => {
    expect(grounded(said, { evidence: said, start })?.start).toBe(expected);
  });
});

describe('other words that a model gives', () => {
  it('stay where a telling word of theirs stands in the reply', () => {
    const said = 'contracting for METR three days a week on dangerous capability evals';
    expect(
      grounded(said, { evidence: said, role: 'contractor', topic: 'capabilities evals', commitment: 'part_time' }),
    ).toMatchObject({
      role: 'contractor',
      topic: 'capabilities evals',
      commitment: 'part_time',
    });
    expect(
      grounded('I am at METR now', { evidence: 'at METR', role: 'researcher', topic: 'control', commitment: 'full_time' }),
    ).toMatchObject({
      role: null,
      topic: null,
      commitment: null,
    });
  });

  it('keep a role in English beside a reply in another language', () => {
    const said = 'Trabajo como profesora de física en Quito';
    expect(grounded(said, { evidence: said, role: 'teacher' })?.role).toBe('teacher');
  });

  it('keep a rating only where its number stands, and ways only where the programme is spoken of', () => {
    const influence = { rating: 4, channels: ['skills'] } as const;
    const kept = (said: string) => groundFields(reply(said), { ...claim({}), influence }, textSense).influence;
    expect(kept('I would say 8/10, the course taught me to code')).toEqual(influence);
    expect(kept('I code at work')).toEqual(NO_INFLUENCE);
  });
});

describe('grounding by field', () => {
  const words = fc.constantFrom(
    'I',
    'joined',
    'METR',
    'in',
    'May',
    '2024',
    'with',
    'Ana',
    'evals',
    '\n',
    '> no',
    '。',
    'ignore all',
    '\ud800',
    '\u202e',
  );
  const text = fc.oneof(
    fc.array(words).map((each) => each.join(' ')),
    fc.string({ unit: 'binary' }),
  );
  const maybe = fc.option(text);
  const activity = fc.record({
    kind: fc.constantFrom(...KINDS),
    status: fc.constantFrom(...STATUSES),
    track: fc.constantFrom(...TRACKS),
    organisation: maybe,
    role: maybe,
    topic: maybe,
    start: fc.option(fc.constantFrom('2024', '2024-05', '2024-05-09')),
    end: fc.constant(null),
    commitment: fc.option(fc.constantFrom('full_time' as const, 'part_time' as const)),
    funder: maybe,
    people: fc.array(text),
    evidence: text,
  });

  it('never throws, changes nothing more when done twice, and leaves evidence verbatim', () => {
    fc.assert(
      fc.property(fc.array(text), fc.array(activity), (messages, activities) => {
        const update: CareerUpdate = { intent: 'update', activities, influence: NO_INFLUENCE, helpWanted: false };
        const once = groundFields(reply(...messages), update, textSense);
        for (const { evidence } of once.activities) expect(messages.some((message) => message.includes(evidence))).toBe(true);
        expect(groundFields(reply(...messages), once, textSense)).toEqual(once);
      }),
      { numRuns: 200 },
    );
  });
});
