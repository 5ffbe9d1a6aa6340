import type { Activity } from '../../../src/domain/career-update.js';

const nothing = {
  organisation: null,
  role: null,
  topic: null,
  track: 'unclear',
  start: null,
  end: null,
  commitment: null,
  funder: null,
  people: [],
};

/** A model's answer, whole, of these activities and whatever else is said. */
export function anAnswer(
  activities: readonly (Partial<Activity> & Pick<Activity, 'evidence'>)[],
  rest: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    activities: activities.map((each) => ({ kind: 'employment', status: 'current', ...nothing, ...each })),
    intent: activities.length > 0 ? 'update' : 'other',
    influence_rating: null,
    influence_channels: [],
    help_wanted: false,
    ...rest,
  });
}
