import fc from 'fast-check';
import {
  type Activity,
  CHANNELS,
  COMMITMENTS,
  INTENTS,
  KINDS,
  NO_INFLUENCE,
  STATUSES,
  TRACKS,
} from '../../src/domain/career-update.js';
import { CHECK_IN_STATES } from '../../src/domain/check-in-state.js';
import type { OwnRecord, PersonAtWave } from '../../src/domain/partition.js';
import type { Report, TrackEstimates } from '../../src/domain/report.js';

export function anActivity(given: Partial<Activity> = {}): Activity {
  return {
    kind: 'employment',
    status: 'current',
    organisation: null,
    role: null,
    topic: null,
    track: 'alignment',
    start: null,
    end: null,
    commitment: null,
    funder: null,
    people: [],
    evidence: 'a job',
    ...given,
  };
}

export function aRecord(given: Partial<OwnRecord> = {}): OwnRecord {
  return {
    activities: [anActivity()],
    influence: NO_INFLUENCE,
    intent: 'update',
    basis: 'confirmed',
    carriedForward: false,
    ...given,
  };
}

/** Somebody who was asked and has answered, unless told otherwise. */
export function aPerson(given: Partial<PersonAtWave> = {}): PersonAtWave {
  return {
    erased: false,
    checkIn: { state: 'answered', asked: true },
    record: aRecord(),
    previous: null,
    planned: null,
    thirdParty: null,
    ...given,
  };
}

export const someActivity: fc.Arbitrary<Activity> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    status: fc.constantFrom(...STATUSES),
    track: fc.constantFrom(...TRACKS),
    commitment: fc.constantFrom(...COMMITMENTS, null),
  })
  .map(anActivity);

export const someActivities = fc.array(someActivity, { maxLength: 4 });

const someBasis = fc.constantFrom('confirmed' as const, 'shown' as const, 'read' as const);

export const somePerson: fc.Arbitrary<PersonAtWave> = fc.record({
  erased: fc.boolean(),
  checkIn: fc.option(fc.record({ state: fc.constantFrom(...CHECK_IN_STATES), asked: fc.boolean() })),
  record: fc.option(
    fc.record({
      activities: someActivities,
      influence: fc.record({
        rating: fc.option(fc.integer({ min: 1, max: 5 })),
        channels: fc.array(fc.constantFrom(...CHANNELS)),
      }),
      intent: fc.constantFrom(...INTENTS),
      basis: someBasis,
      carriedForward: fc.boolean(),
    }),
  ),
  previous: fc.option(fc.record({ activities: someActivities, basis: someBasis })),
  planned: fc.option(fc.record({ activities: someActivities, basis: someBasis })),
  thirdParty: fc.option(fc.record({ activities: someActivities })),
});

/** What a report says of a track that it must tell apart. */
export function trackIn({ tracks }: Pick<Report, 'tracks'>, track: string): TrackEstimates {
  const found = tracks[track];
  if (!found) throw new Error(`the report tells no ${track} apart`);
  return found;
}
