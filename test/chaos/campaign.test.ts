import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { campaign, type Orders } from '../../scripts/chaos/campaign.js';
import { hasPostgres } from '../support/test-db.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
/** The campaign makes and crashes a server of its own. */
const isPossible = hasPostgres && !process.env.TEST_DATABASE_URL && existsSync(MAIN);
const SLOW_MS = 300_000;

const MUTANTS = ['send-twice', 'digest-key-ignored', 'stop-ignored', 'reconcile-dropped', 'stored-after-acknowledgement'];

const SHORT: Orders = {
  seed: 7,
  database: 'postgres',
  minutes: 0.3,
  faults: 60,
  mutant: 'none',
  people: 3,
  waves: Array.from({ length: 20 }, (_, at) => (at + 1) * 3),
  speed: 3,
  untilBreach: false,
  say: () => {},
};

describe.skipIf(!isPossible)('the built bot in bad weather', () => {
  it(
    'breaks no promise',
    async () => {
      const { breaches, faults, sends } = await campaign(SHORT);
      expect(breaches.map(({ rule, story }) => `${rule}\n${story}`)).toEqual([]);
      expect(faults).toBeGreaterThan(5);
      expect(sends).toBeGreaterThan(0);
    },
    SLOW_MS,
  );

  it.each(MUTANTS)(
    'is caught where a fault is planted in it: %s',
    async (mutant) => {
      const { breaches } = await campaign({ ...SHORT, mutant, minutes: 2, faults: 500, untilBreach: true });
      expect(breaches.length).toBeGreaterThan(0);
    },
    SLOW_MS,
  );
});
