import { afterEach } from 'vitest';
import { SlackStage } from '../support/slack/slack-stage.js';
import { describeOnBoth } from '../support/test-db.js';
import { aYearOfOneAlumnus, YEAR_STARTS } from './platform-year.js';

describeOnBoth('a year of one alumnus on Slack', (openDb) => {
  let stage: SlackStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });
  aYearOfOneAlumnus(async () => {
    stage = await SlackStage.open({ test: await openDb(), startsAt: YEAR_STARTS });
    return stage;
  });
});
