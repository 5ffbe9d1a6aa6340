import { afterEach } from 'vitest';
import { DiscordStage } from '../support/discord/discord-stage.js';
import { describeOnBoth } from '../support/test-db.js';
import { firstTenMinutes, ORGANISER_STARTS } from './platform-organiser.js';

describeOnBoth('an organiser’s first ten minutes on Discord', (openDb) => {
  let stage: DiscordStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });
  firstTenMinutes(async () => {
    stage = await DiscordStage.open({ test: await openDb(), startsAt: ORGANISER_STARTS });
    return stage;
  });
});
