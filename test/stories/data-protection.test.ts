import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { erasedCopyAt, erasedCopyPath } from '../../adapters/erased-copy.js';
import { connectEmbedded } from '../../db/connect.js';
import { erasedStoreIn } from '../../db/erased-list.js';
import { dropOldWords } from '../../db/retention.js';
import { erasedKeeper } from '../../src/flows/keep-erased.js';
import { everythingIn } from '../support/everything.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth, freshFolder, type TestDb } from '../support/test-db.js';
import { fingerprintOf, World } from '../support/world.js';

const SLOW_MS = 180_000;
/** All that could give her away: name, address, account, words, and where she works by her own words. */
const HER = ['Grace', 'Hopper', 'UGRACE', 'grace@example.org', 'Bletchley', 'nightshift'];

const tracesIn = (text: string | Buffer) => HER.filter((each) => text.includes(each));

function filesWith(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return entry.isFile() && tracesIn(readFileSync(path)).length > 0 ? [`${entry.name}: ${tracesIn(readFileSync(path))}`] : [];
  });
}

/** Grace and Tom were asked; both answered, she allowed her name. */
async function answered(test: TestDb): Promise<World> {
  const world = new World(test, '2023-07-01T08:00:00Z');
  const people = [
    { name: 'Grace Hopper', slack: 'UGRACE', email: 'grace@example.org' },
    { name: 'Tom', slack: 'U2' },
  ];
  await world.cohort('2023-06-30', people, { waves: [3], retainMs: 5 * 365 * 86_400_000 });
  await world.until('2023-10-03T12:00:00Z');
  await world.answers('UGRACE', 'I am a research engineer at Bletchley Labs since May, mostly on the nightshift.');
  await world.answers('U2', 'I am a policy researcher at GovAI, full time. It is good fun.');
  await world.presses('UGRACE', world.last('UGRACE'), 'right');
  return world;
}

async function erase(world: World): Promise<void> {
  await world.says('UGRACE', 'erase');
  await world.pass(46_000);
  const asked = world.last('UGRACE');
  await world.presses('UGRACE', asked, 'erase', { choice: 'yes' });
}

describeOnBoth('whoever has themselves erased', (open) => {
  it(
    'is in no table and no log from the next second on, and nobody else is touched',
    async () => {
      const world = await answered(await open());
      expect(tracesIn(await everythingIn(world.test.db))).toEqual(HER);
      await erase(world);
      await world.pass(1_000);
      // The bot's farewell is still on its way to her account until it is sent.
      expect(tracesIn(await everythingIn(world.test.db))).toEqual([]);
      expect(tracesIn(JSON.stringify(world.logged))).toEqual([]);
      expect(
        world.messenger
          .to('UGRACE')
          .filter((each) => !each.isRemoved)
          .map((each) => wordsIn(each.message)),
      ).toEqual([expect.stringContaining('erased')]);
      expect(await everythingIn(world.test.db)).toContain('GovAI');
    },
    SLOW_MS,
  );
});

describe('whoever has themselves erased (a folder)', () => {
  it(
    'is in none of its files, and one keyed hash an address stands beside the database',
    async () => {
      const folder = freshFolder();
      const connection = await connectEmbedded(folder);
      try {
        await connection.migrate();
        const world = await answered({ db: connection.db, kind: 'embedded' });
        await connection.db.execute(sql`checkpoint`);
        expect(filesWith(folder)).not.toEqual([]);
        await erase(world);
        await world.pass(1_000);
        const keep = erasedKeeper({
          erased: erasedStoreIn({ db: connection.db, token: () => 'x', fingerprint: fingerprintOf }),
          copy: erasedCopyAt(erasedCopyPath(folder), () => 'the same'),
          clock: world.ports.clock,
          log: world.ports.log,
          scrub: async () => connection.scrub?.(),
        });
        await keep();
        expect(filesWith(folder)).toEqual([]);
        const kept = readFileSync(erasedCopyPath(folder), 'utf8');
        expect(kept).toContain(fingerprintOf('slack:UGRACE'));
        expect(kept).toContain(fingerprintOf('email:grace@example.org'));
      } finally {
        await connection.close();
      }
      expect(filesWith(folder)).toEqual([]);
    },
    SLOW_MS,
  );
});

describeOnBoth('words that are kept for five years', (open) => {
  it(
    'go then, and what was noted down stays',
    async () => {
      const world = await answered(await open());
      const { db } = world.test;
      expect(await dropOldWords(db, new Date('2028-09-20T00:00:00Z'))).toBe(0);
      expect(await dropOldWords(db, new Date('2028-10-15T00:00:00Z'))).toBeGreaterThan(3);
      expect(await dropOldWords(db, new Date('2028-10-15T00:00:00Z'))).toBe(0);
      const left = await everythingIn(db);
      expect(left).not.toMatch(/since May, mostly|good fun/);
      expect(left).toMatch(/"organisation": "GovAI"/);
      const data = await world.commands('U2', 'data');
      expect(data).toContain('GovAI');
      expect(data).toContain('You have not written anything');
    },
    SLOW_MS,
  );
});
