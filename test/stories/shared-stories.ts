import type { SharedStory } from '../support/shared-story.js';
import { AN_ALUMNUS_ASKED } from './platform-answers.js';
import { A_BAD_DAY } from './platform-bad-day.js';
import { AN_ORGANISER_AT_WORK } from './platform-lists.js';
import { AN_ORGANISER } from './platform-organiser.js';
import { AN_ALUMNUS } from './platform-year.js';

/** What is played on Slack, on Discord and in the terminal alike, by whom it is about. */
export const SHARED_STORIES: Readonly<
  Record<'an alumnus' | 'an organiser' | 'an operator on a bad day', readonly SharedStory[]>
> = {
  'an alumnus': [...AN_ALUMNUS, ...AN_ALUMNUS_ASKED],
  'an organiser': [...AN_ORGANISER, ...AN_ORGANISER_AT_WORK],
  'an operator on a bad day': A_BAD_DAY,
};

export const ALL_SHARED_STORIES: readonly SharedStory[] = Object.values(SHARED_STORIES).flat();
