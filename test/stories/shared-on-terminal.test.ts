import { playOn } from '../support/shared-story.js';
import { TerminalStage } from '../support/terminal-stage.js';
import { ALL_SHARED_STORIES } from './shared-stories.js';

playOn('terminal', TerminalStage.open, ALL_SHARED_STORIES);
