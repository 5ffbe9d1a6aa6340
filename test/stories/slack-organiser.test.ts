import { afterEach } from 'vitest';
import { SlackStage } from '../support/slack/slack-stage.js';
import { describeOnBoth } from '../support/test-db.js';
import { firstTenMinutes, ORGANISER_STARTS } from './platform-organiser.js';

describeOnBoth('an organiser’s first ten minutes on Slack', (openDb) => {
  let stage: SlackStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });
  firstTenMinutes(async () => {
    stage = await SlackStage.open({ test: await openDb(), startsAt: ORGANISER_STARTS });
    return stage;
  });
});
