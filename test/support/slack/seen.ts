import type { Seen } from '../platform-stage.js';
import { elementsIn, type FakeSlack, seenIn } from './fake-slack.js';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET } from './server.js';
import type { SlackMessage } from './workspace.js';

/** A message as people see it. */
export const seen = (message: SlackMessage): Seen => ({
  id: message.ts,
  words: [seenIn(message.blocks) || message.text, ...message.files.map((file) => `[${file.title ?? file.name}]`)].join('\n'),
  controls: elementsIn(message.blocks).flatMap(({ element }) => element.action_id ?? []),
});

/** The Slack environment that a made-up Slack stands for. */
export const environmentFor = (slack: FakeSlack, mode: 'socket' | 'http' = 'socket') => ({
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_API_URL: slack.apiUrl,
  ...(mode === 'socket' ? { SLACK_APP_TOKEN: APP_TOKEN } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
});
