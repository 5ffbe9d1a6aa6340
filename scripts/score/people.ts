import { ASK_BELOW, selectedActivity } from '../../src/domain/card.js';
import type { Activity, CareerUpdate } from '../../src/domain/career-update.js';
import { positionOf, standing } from '../../src/domain/main-activity.js';
import type { Confidence } from '../../src/domain/reply.js';
import { type Read, type Share, share } from './figures.js';

/**
 * People who say what they do now, and whether the card says so of them: their main track by the design's definition (seeking and on a
 * break are places of their own, `unclear` is one more). A tap sets one of the card's two selects to the truth.
 */
export type PeopleFigures = {
  readonly people: number;
  readonly untouched: Share;
  /** The reader's one question answered: the empty select, the field before the kind. */
  readonly afterQuestion: Share;
  readonly afterTwoTaps: Share;
  /** Taps to a right card, for those whom two taps help; and how many need the form. */
  readonly meanTaps: number;
  readonly needForm: Share;
};

type Select = 'kind' | 'track';

export function peopleFigures(reads: readonly Read[]): PeopleFigures {
  const people = reads.filter(({ labelled }) => standing(labelled.gold.activities).kind !== 'nothing');
  const taps = people.map(tapsNeeded);
  const mended = taps.filter((each) => each !== null);
  return {
    people: people.length,
    untouched: share(taps.filter((each) => each === 0).length, people.length),
    afterQuestion: share(people.filter(isRightOnceAsked).length, people.length),
    afterTwoTaps: share(mended.length, people.length),
    meanTaps: mended.reduce<number>((sum, each) => sum + each, 0) / mended.length,
    needForm: share(taps.length - mended.length, people.length),
  };
}

/** Whether two records put a person in the same place. */
export function samePlace(one: readonly Activity[], other: readonly Activity[]): boolean {
  const [a, b] = [standing(one), standing(other)];
  return a.kind === b.kind && (a.kind !== 'working' || b.kind !== 'working' || a.track === b.track);
}

function tapsNeeded({ labelled, reading }: Read): number | null {
  const gold = labelled.gold.activities;
  const isRight = (selects: readonly Select[]): boolean => samePlace(tapped(reading.update, gold, selects), gold);
  if (isRight([])) return 0;
  if (isRight(['track']) || isRight(['kind'])) return 1;
  return isRight(['kind', 'track']) ? 2 : null;
}

function isRightOnceAsked({ labelled, reading }: Read): boolean {
  const asked = questionOf(reading.update, reading.confidence);
  return samePlace(tapped(reading.update, labelled.gold.activities, asked ? [asked] : []), labelled.gold.activities);
}

/** The select that stands empty for being unsure; where both would, the field, which decides more. */
function questionOf(update: CareerUpdate, { kind, track }: Confidence): Select | null {
  const place = selectedActivity(update);
  if (place === null || track < ASK_BELOW || update.activities[place]?.track === 'unclear') return 'track';
  return kind < ASK_BELOW ? 'kind' : null;
}

/** The record once the person has set these selects to what is true; on an empty card a select makes the activity. */
function tapped(update: CareerUpdate, gold: readonly Activity[], selects: readonly Select[]): readonly Activity[] {
  const truth = positionOf(gold);
  const now = standing(gold);
  const place = selectedActivity(update);
  if (place === null) return selects.length > 0 ? gold : [];
  return update.activities.map((activity, at) => {
    if (at !== place) return activity;
    return {
      ...activity,
      ...(selects.includes('kind') && truth.kind !== null ? { kind: truth.kind } : {}),
      ...(selects.includes('track') && now.kind === 'working' ? { track: now.track } : {}),
    };
  });
}
