import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Activity, type CareerUpdate, NO_INFLUENCE } from '../../src/domain/career-update.js';
import { ground } from '../../src/domain/grounding.js';
import type { ReplyText } from '../../src/domain/reply.js';

function reply(...messages: string[]): ReplyText {
  return { programme: 'ARENA', cohort: 'ARENA 2.0', cohortEnd: '2023-06-30', received: '2024-06-28', messages };
}

function stating(...evidence: string[]): CareerUpdate {
  return { intent: 'update', activities: evidence.map(activity), influence: NO_INFLUENCE, helpWanted: false };
}

function activity(evidence: string): Activity {
  const empty = {
    organisation: null,
    role: null,
    topic: null,
    start: null,
    end: null,
    commitment: null,
    funder: null,
    people: [],
  };
  return { kind: 'employment', status: 'current', track: 'unclear', evidence, ...empty };
}

function kept(update: CareerUpdate): readonly string[] {
  return update.activities.map(({ evidence }) => evidence);
}

describe('ground', () => {
  it('keeps what stands in a message, letter for letter', () => {
    expect(kept(ground(reply('hi', 'joined EleutherAI in Feb'), stating('joined EleutherAI')))).toEqual(['joined EleutherAI']);
  });

  it('drops words that no message holds, another case included', () => {
    expect(kept(ground(reply('joined EleutherAI in Feb'), stating('Joined EleutherAI', 'hired by METR')))).toEqual([]);
  });

  it('drops evidence that runs from one message into the next', () => {
    expect(kept(ground(reply('joined', 'EleutherAI'), stating('joined EleutherAI', 'joined\nEleutherAI')))).toEqual([]);
  });

  it('drops empty evidence, which stands everywhere and states nothing', () => {
    expect(kept(ground(reply('joined EleutherAI'), stating('', ' ')))).toEqual([]);
  });

  it('changes nothing more when done twice', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.string({ unit: 'binary' })), (messages, evidence) => {
        const once = ground(reply(...messages), stating(...evidence));
        expect(ground(reply(...messages), once)).toEqual(once);
      }),
    );
  });
});
