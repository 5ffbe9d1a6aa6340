import { DiscordStage } from '../support/discord/discord-stage.js';
import { playOn } from '../support/shared-story.js';
import { ALL_SHARED_STORIES } from './shared-stories.js';

playOn('discord', DiscordStage.open, ALL_SHARED_STORIES);
