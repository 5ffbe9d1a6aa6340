import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { LastingPlatform, Worker } from '../support/kill-platform.js';
import { HELD_STEPS, SUDDEN_STEPS } from '../support/kill-steps.js';
import type { Dump } from '../support/killed-worker.js';
import { freshFolder, freshPostgresUrl, hasPostgres } from '../support/test-db.js';

type Place = ConstructorParameters<typeof Worker>[1];

/** What a round of one delivery of each kind comes to when nobody dies: what was sent to whom, and whether it still stands. */
const ONE_ROUND = [
  'reminder question',
  'reminder reminder',
  'card question',
  'card card',
  'edit question',
  'edit card',
  'removal question (removed)',
  'removal farewell',
  'question question',
  'news card',
  'note note',
  'farewell farewell',
  'channel digest',
];

/** The messages of a round as the platform has them, each as often as it is there. */
function onPlatform(platform: LastingPlatform, { sent }: Dump, suffix: string): string[] {
  const kindOf = new Map(sent.map((row) => [row.key, row.kind]));
  return platform.standing
    .filter((each) => each.to.endsWith(`-${suffix}`))
    .map((each) => `${each.to.split('-')[0]} ${kindOf.get(each.key as never)}${each.isRemoved ? ' (removed)' : ''}`)
    .sort();
}

/** What the database says must be what stands on the platform. */
function expectAgreement(platform: LastingPlatform, dump: Dump, suffix: string): void {
  for (const row of dump.sent) {
    expect(row, row.what).toMatchObject({ isLeased: false, isShown: true });
    expect(['sent', 'removed'], row.what).toContain(row.state);
    const standing = platform.standing.filter((each) => each.key === row.key);
    expect(standing, row.what).toHaveLength(1);
    if (row.state === 'removed') expect(standing[0]?.isRemoved).toBe(true);
    if (row.ref !== null) expect(row.ref).toBe(standing[0]?.ref);
    // Of somebody erased nothing stays behind.
    if (row.personId === null && row.kind !== 'digest') expect(row, row.what).toMatchObject({ address: null, ref: null });
  }
  const checkIn = (what: string) => dump.checkIns.find((each) => each.account === `${what}-${suffix}`);
  expect(checkIn('question')).toMatchObject({ state: 'delivered', reason: null, events: 'sending delivered' });
  expect(checkIn('reminder')).toMatchObject({ state: 'delivered', reminders_sent: 1, events: 'sending delivered' });
  expect(checkIn('card')).toMatchObject({ state: 'answered', events: 'sending delivered answered' });
  expect(checkIn('edit')).toMatchObject({ state: 'answered' });
  const [, card] = platform.standing.filter((each) => each.to === `edit-${suffix}`);
  expect(card?.words).toContain('The organisers see your answers with your name.');
  const question = platform.standing.find((each) => each.to === `card-${suffix}`);
  expect(question?.words).toContain('Answered, thank you.');
}

/** What is left undone at each death, by the group of receivers. */
const DEATHS = [...SUDDEN_STEPS.map((step) => ({ step, groups: 1 })), { step: null, groups: HELD_STEPS.length }];

type Run = { readonly platform: LastingPlatform; readonly place: Place; readonly forgetsTries?: boolean };

/** One worker after another: each finishes what the one before left behind, and dies in its turn. */
async function dieAgainAndAgain(
  { platform, place, forgetsTries = false }: Run,
  deaths: typeof DEATHS,
  check: (dump: Dump, round: number, groups: number) => void,
): Promise<void> {
  const workers = [new Worker(platform, place)];
  try {
    for (const [round, { step, groups }] of deaths.entries()) {
      const [victim, next] = [workers[round] as Worker, new Worker(platform, place)];
      workers.push(next);
      await victim.does({ do: 'prepare', round, groups });
      expect(await victim.diesOf({ do: 'deliver', dies: step ?? { round } })).toBe('SIGKILL');
      await next.does({ do: 'deliver', dies: null, forgetsTries });
      const { dump } = await next.does({ do: 'dump' });
      if (!dump) throw new Error('nothing was dumped');
      check(dump, round, groups);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.ends()));
  }
}

async function dieAtEveryStep(place: Place): Promise<void> {
  const platform = new LastingPlatform();
  await dieAgainAndAgain({ platform, place }, DEATHS, (dump, round, groups) => {
    for (let group = 0; group < groups; group += 1) {
      const suffix = `${round}-${group}`;
      expect(onPlatform(platform, dump, suffix), suffix).toEqual([...ONE_ROUND].sort());
      expectAgreement(platform, dump, suffix);
    }
  });
  expect(platform.standing).toHaveLength(ONE_ROUND.length * (SUDDEN_STEPS.length + HELD_STEPS.length));
}

/** Which messages come twice where the platform is not asked, by the step at which the process died. */
async function doublesOf(run: Run): Promise<Record<string, string[]>> {
  const doubles: Record<string, string[]> = {};
  const only = DEATHS.filter(({ step }) => step === null);
  await dieAgainAndAgain(run, only, (dump, round) => {
    for (const [group, step] of HELD_STEPS.entries()) {
      const all = onPlatform(run.platform, dump, `${round}-${group}`);
      doubles[step] = all.filter((each, at) => all.indexOf(each) !== at);
    }
  });
  return doubles;
}

/** A migrated embedded database in a folder, as a first start leaves it. */
function aFolder(): string {
  const folder = freshFolder();
  const database = join(folder, 'database');
  mkdirSync(database);
  execFileSync('tar', ['-xPf', inject('pgliteSnapshot'), '-C', database, '--strip-components=0', '--transform=s,^/,,']);
  return folder;
}

const SENT = ['channel digest', 'farewell farewell', 'news card', 'note note', 'question question', 'reminder reminder'];
const DOUBLED = {
  'before the try is written down': [],
  'the try is written down': [],
  'before the request leaves': [],
  'the platform took it and has not answered': SENT,
  'the platform answered': SENT,
  'before the record': SENT,
  'it is recorded': [],
};

describe('delivered once, whenever the process dies', () => {
  it.skipIf(!hasPostgres)('on PostgreSQL, killed at every step between claim and record', { timeout: 300_000 }, async () => {
    await dieAtEveryStep({ postgres: await freshPostgresUrl() });
  });

  it('on the embedded database, killed at every step between claim and record', { timeout: 300_000 }, async () => {
    await dieAtEveryStep({ folder: aFolder() });
  });

  it('is no accident: twice, after a death beyond the request, from a platform that never finds what it has', {
    timeout: 300_000,
  }, async () => {
    const place = hasPostgres ? { postgres: await freshPostgresUrl() } : { folder: aFolder() };
    const platform = new LastingPlatform();
    platform.isBlind = true;
    expect(await doublesOf({ platform, place })).toEqual(DOUBLED);
  });

  it('is no accident: twice as well where the sender does not know of the earlier try', { timeout: 300_000 }, async () => {
    const place = hasPostgres ? { postgres: await freshPostgresUrl() } : { folder: aFolder() };
    expect(await doublesOf({ platform: new LastingPlatform(), place, forgetsTries: true })).toEqual(DOUBLED);
  });
});
