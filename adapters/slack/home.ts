import type { types } from '@slack/bolt';
import type { Message } from '../../src/domain/message.js';
import { inOne, VIEW_ROOM } from './fit.js';
import { unitsOf } from './units.js';

/** A message as the App Home shows it. */
export function homeView(message: Message): types.HomeView {
  return { type: 'home', blocks: [...inOne(unitsOf(message, 'short'), VIEW_ROOM)] };
}
