import { playOn } from '../support/shared-story.js';
import { SlackStage } from '../support/slack/slack-stage.js';
import { ALL_SHARED_STORIES } from './shared-stories.js';

playOn('slack', SlackStage.open, ALL_SHARED_STORIES);
