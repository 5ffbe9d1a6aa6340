import { afterEach, it } from 'vitest';
import type { Platform } from '../../src/domain/people.js';
import type { OrganisersStage } from './platform-stage.js';
import { describeOnBoth, type TestDb } from './test-db.js';

/** A story that every platform plays, told as a claim. */
export type SharedStory = {
  readonly tells: string;
  readonly startsAt: string;
  /** Where it cannot be played by the nature of the platform, and why. */
  readonly notOn?: Partial<Readonly<Record<Platform, string>>>;
  readonly play: (stage: OrganisersStage) => Promise<void>;
};

type Open = (options: { readonly test: TestDb; readonly startsAt: string }) => Promise<OrganisersStage>;

/** Plays the stories on one platform, on both databases; what its nature does not allow is skipped with the reason. */
export function playOn(platform: Platform, open: Open, stories: readonly SharedStory[]): void {
  describeOnBoth(`the shared stories on ${platform}`, (openDb) => {
    let stage: OrganisersStage | undefined;
    afterEach(async () => {
      await stage?.close();
      stage = undefined;
    });
    for (const { tells, startsAt, notOn, play } of stories) {
      const reason = notOn?.[platform];
      if (reason !== undefined) it.skip(`${tells}: ${reason}`);
      else
        it(tells, async () => {
          stage = await open({ test: await openDb(), startsAt });
          await play(stage);
        });
    }
  });
}
