import { afterEach } from 'vitest';
import { DiscordStage } from '../support/discord/discord-stage.js';
import { describeOnBoth } from '../support/test-db.js';
import { aYearOfOneAlumnus, YEAR_STARTS } from './platform-year.js';

describeOnBoth('a year of one alumnus on Discord', (openDb) => {
  let stage: DiscordStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });
  aYearOfOneAlumnus(async () => {
    stage = await DiscordStage.open({ test: await openDb(), startsAt: YEAR_STARTS });
    return stage;
  });
});
