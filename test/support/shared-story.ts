import { afterEach, it } from 'vitest';
import type { Platform } from '../../src/domain/people.js';
import type { OrganisersStage } from './platform-stage.js';
import { describeOnBoth, type TestDb } from './test-db.js';

/** A story that every platform plays, told as a claim. */
export type SharedStory = {
  /** In a few words, for a table. */
  readonly feature: string;
  readonly tells: string;
  readonly startsAt: string;
  /** Where it cannot be played by the nature of the platform, and why. */
  readonly notOn?: Partial<Readonly<Record<Platform, string>>>;
  readonly play: (stage: OrganisersStage) => Promise<void>;
};

type Open = (options: { readonly test: TestDb; readonly startsAt: string }) => Promise<OrganisersStage>;

const PLATFORMS: readonly Platform[] = ['slack', 'discord', 'terminal'];

/** Which platform plays a story on PostgreSQL too: each in turn, since its queries are the same on all of them. */
function onPostgres({ notOn }: SharedStory, place: number): Platform | undefined {
  const able = PLATFORMS.filter((each) => notOn?.[each] === undefined);
  return able[place % able.length];
}

/** Plays the stories on one platform; what its nature does not allow is skipped with the reason. */
export function playOn(platform: Platform, open: Open, stories: readonly SharedStory[]): void {
  describeOnBoth(`the shared stories on ${platform}`, (openDb, database) => {
    let stage: OrganisersStage | undefined;
    afterEach(async () => {
      await stage?.close();
      stage = undefined;
    });
    for (const [place, story] of stories.entries()) {
      const { tells, startsAt, notOn, play } = story;
      const reason = notOn?.[platform];
      if (database === 'PostgreSQL' && onPostgres(story, place) !== platform) continue;
      if (reason !== undefined) it.skip(`${tells}: ${reason}`);
      else
        it(tells, async () => {
          stage = await open({ test: await openDb(), startsAt });
          await play(stage);
        });
    }
  });
}
