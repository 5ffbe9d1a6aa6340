import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectPostgres, type Db } from '../../db/connect.js';
import { importRoster, type RosterImport } from '../../db/roster.js';
import {
  accounts,
  alumni,
  checkInEvents,
  checkIns,
  cohorts,
  erasedIdentifiers,
  participations,
  people,
} from '../../db/schema.js';
import type { Programme } from '../../src/domain/people.js';
import type { RosterOutcome, RosterRow } from '../../src/domain/roster.js';
import { rosterText } from '../../src/domain/roster.js';
import { aCohort, anAlumnus, aPerson, aProgramme, aRosterRow } from '../support/builders.js';
import { describeOnBoth, freshPostgresUrl, hasPostgres } from '../support/test-db.js';

const now = new Date('2026-01-05T12:00:00Z');
const fingerprint = (identifier: string) => `hash of ${identifier}`;

const ADA = aRosterRow({ line: 2, name: 'Ada Lovelace', slack: 'U1', email: 'ada@example.org', timeZone: 'Europe/London' });
const GRACE = aRosterRow({ line: 3, name: 'Grace Hopper', discord: '42' });

type Wish = Partial<Omit<RosterImport, 'rows' | 'programme'>>;
type Imported = Extract<RosterOutcome, { kind: 'imported' }>;

const importInto = (db: Db, programme: Programme, rows: readonly RosterRow[], wish: Wish = {}) =>
  importRoster(db, { programme, rows, cohortName: 'ARENA 2.0', endedOn: '2025-12-31', now, dryRun: false, fingerprint, ...wish });

async function imported(db: Db, programme: Programme, rows: readonly RosterRow[], wish: Wish = {}): Promise<Imported> {
  const outcome = await importInto(db, programme, rows, wish);
  if (outcome.kind === 'refused') throw new Error(rosterText(outcome.problems));
  return outcome;
}

async function refused(db: Db, programme: Programme, rows: readonly RosterRow[]): Promise<string> {
  const outcome = await importInto(db, programme, rows);
  return outcome.kind === 'refused' ? rosterText(outcome.problems) : 'it was imported';
}

/** All that an import writes, as it stands. */
async function everything(db: Db) {
  return {
    people: await db.select().from(people).orderBy(people.id),
    accounts: await db.select().from(accounts).orderBy(accounts.platform, accounts.account),
    cohorts: await db.select().from(cohorts).orderBy(cohorts.id),
    alumni: await db.select().from(alumni).orderBy(alumni.id),
    participations: await db.select().from(participations).orderBy(participations.personId, participations.programmeId),
    checkIns: await db.select().from(checkIns).orderBy(checkIns.id),
    events: await db.select().from(checkInEvents).orderBy(checkInEvents.id),
  };
}

const namesIn = async (db: Db) =>
  (await db.select({ name: people.name }).from(people).orderBy(people.id)).map(({ name }) => name);
const checkInsOf = (db: Db, personId: number) =>
  db.select().from(checkIns).where(eq(checkIns.personId, personId)).orderBy(checkIns.cohortId, checkIns.waveMonths);

describeOnBoth('importing a roster', (open) => {
  it('makes the cohort, the people, and a check-in for each wave', async () => {
    const { db } = await open();
    const programme = await aProgramme(db, { settings: { waves: [3, 6] } });
    const outcome = await imported(db, programme, [ADA, GRACE]);
    expect(outcome).toEqual({
      kind: 'imported',
      cohortId: outcome.cohortId,
      created: true,
      redated: null,
      added: 2,
      changed: [],
      unchanged: 0,
      notInFile: 0,
      erased: 0,
      replanned: [],
      planned: 4,
    });
    const stored = await everything(db);
    expect(stored.cohorts.map(({ id, name, endedOn }) => ({ id, name, endedOn }))).toEqual([
      { id: outcome.cohortId, name: 'ARENA 2.0', endedOn: '2025-12-31' },
    ]);
    expect(stored.people.map(({ name, email, timeZone }) => [name, email, timeZone])).toEqual([
      ['Ada Lovelace', 'ada@example.org', 'Europe/London'],
      ['Grace Hopper', null, null],
    ]);
    expect(stored.accounts.map(({ platform, account, personId }) => [platform, account, personId])).toEqual([
      ['discord', '42', stored.people[1]?.id],
      ['slack', 'U1', stored.people[0]?.id],
    ]);
    expect(stored.participations.map(({ stoppedAt, namesConsent }) => [stoppedAt, namesConsent])).toEqual([
      [null, 'not_asked'],
      [null, 'not_asked'],
    ]);
    expect(stored.checkIns.map(({ waveMonths, state, dueOn }) => [waveMonths, state, dueOn])).toEqual([
      [3, 'planned', '2026-03-31'],
      [6, 'planned', '2026-06-30'],
      [3, 'planned', '2026-03-31'],
      [6, 'planned', '2026-06-30'],
    ]);
  });

  it('changes nothing the second time', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await imported(db, programme, [ADA, GRACE]);
    const before = await everything(db);
    const again = await imported(db, programme, [ADA, GRACE], {
      now: new Date('2026-02-01T00:00:00Z'),
      cohortName: ' arena 2.0 ',
    });
    expect(again).toMatchObject({ created: false, added: 0, changed: [], unchanged: 2, notInFile: 0, replanned: [], planned: 0 });
    expect(await everything(db)).toEqual(before);
  });

  it('finds a cohort again whose name has letters that only some databases know the small ones of', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await imported(db, programme, [ADA], { cohortName: 'ÉTÉ 2025' });
    expect(await imported(db, programme, [ADA], { cohortName: 'ÉTÉ 2025' })).toMatchObject({ created: false, unchanged: 1 });
  });

  it('tells in a dry run what it would do, and does nothing', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await imported(db, programme, [ADA]);
    const before = await everything(db);
    const rows = [{ ...ADA, name: 'Ada King' }, GRACE];
    const wish = { endedOn: '2025-11-30' };
    const told = await imported(db, programme, rows, { ...wish, dryRun: true });
    expect(await everything(db)).toEqual(before);
    expect(await imported(db, programme, rows, wish)).toEqual(told);
    expect(told).toMatchObject({ added: 1, changed: [{ field: 'name' }] });
  });

  it('makes no cohort in a dry run', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    expect(await imported(db, programme, [ADA], { dryRun: true })).toMatchObject({ created: true, added: 1, planned: 7 });
    expect(await db.$count(cohorts)).toBe(0);
  });

  it('keeps one person in two cohorts, found by an e-mail address in any capitals', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    const other = await aProgramme(db, { name: 'MATS' });
    const cohort = await aCohort(db, programme, { name: 'ARENA 1.0' });
    const { personId } = await anAlumnus(db, programme, cohort, { name: 'Ada Lovelace', email: 'ADA@example.org' });
    const row = aRosterRow({ name: 'Ada Lovelace', email: 'ada@example.org' });
    expect(await imported(db, programme, [row])).toMatchObject({ added: 1, changed: [], planned: 7 });
    expect(await imported(db, other, [row])).toMatchObject({ created: true, added: 1, changed: [], planned: 7 });
    const stored = await everything(db);
    expect(stored.people).toHaveLength(1);
    expect(stored.alumni.map((each) => each.personId)).toEqual([personId, personId, personId]);
    expect(stored.participations.map((each) => each.programmeId)).toEqual([programme.id, other.id]);
  });

  it('applies what changed about somebody, and reports it from what to what', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await imported(db, programme, [{ ...ADA, email: null, timeZone: null }]);
    const line = { line: 2, name: 'Ada King' };
    const row = { ...ADA, name: 'Ada King', discord: '77' };
    expect((await imported(db, programme, [row])).changed).toEqual([
      { ...line, field: 'name', from: 'Ada Lovelace', to: 'Ada King' },
      { ...line, field: 'email', from: null, to: 'ada@example.org' },
      { ...line, field: 'time zone', from: null, to: 'Europe/London' },
      { ...line, field: 'discord', from: null, to: '77' },
    ]);
    const stored = await everything(db);
    expect(stored.people).toMatchObject([{ name: 'Ada King', email: 'ada@example.org', timeZone: 'Europe/London' }]);
    expect(stored.accounts.map(({ account }) => account)).toEqual(['77', 'U1']);
    expect(await imported(db, programme, [row])).toMatchObject({ changed: [], unchanged: 1 });
  });

  it('leaves alone what a row leaves empty', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await imported(db, programme, [ADA]);
    const bare = aRosterRow({ name: 'Ada Lovelace', slack: 'U1' });
    expect(await imported(db, programme, [bare])).toMatchObject({ changed: [], unchanged: 1 });
    expect((await everything(db)).people).toMatchObject([{ email: 'ada@example.org', timeZone: 'Europe/London' }]);
  });

  it('moves what is unsent to the slot in a new time zone, in every programme, and leaves what was sent', async () => {
    const { db } = await open();
    const settings = { waves: [3, 6, 12], spreadMs: 0 };
    const programme = await aProgramme(db, { settings });
    const other = await aProgramme(db, { name: 'MATS', settings });
    const row = { ...ADA, timeZone: 'Europe/London' };
    await imported(db, other, [row]);
    await imported(db, programme, [row]);
    const sent = { state: 'delivered', deliveredAt: now, lookAt: now };
    await db.update(checkIns).set(sent).where(sql`programme_id = ${programme.id} and wave_months = 3`);
    await imported(db, programme, [{ ...row, timeZone: 'Asia/Tokyo' }]);
    const moved = await db.select().from(checkIns).orderBy(checkIns.programmeId, checkIns.waveMonths);
    expect(moved.map(({ dueAt }) => dueAt.toISOString())).toEqual([
      '2026-03-31T09:00:00.000Z', // delivered: ten o'clock in London's summer
      '2026-06-30T01:00:00.000Z',
      '2026-12-31T01:00:00.000Z',
      '2026-03-31T01:00:00.000Z',
      '2026-06-30T01:00:00.000Z',
      '2026-12-31T01:00:00.000Z',
    ]);
    expect(
      moved.filter(({ state }) => state === 'planned').map(({ lookAt, dueAt }) => lookAt?.getTime() === dueAt.getTime()),
    ).toEqual(Array(5).fill(true));
  });

  it('replans a cohort whose end date it changes, for those who are not in the file too', async () => {
    const { db } = await open();
    const programme = await aProgramme(db, { settings: { waves: [3, 6] } });
    await imported(db, programme, [ADA, GRACE]);
    const outcome = await imported(db, programme, [GRACE], { endedOn: '2026-01-31' });
    expect(outcome).toMatchObject({ redated: { from: '2025-12-31', to: '2026-01-31' }, notInFile: 1, unchanged: 1, planned: 0 });
    expect(outcome.replanned).toEqual([
      { kind: 'moved', waveMonths: 3, from: '2026-03-31', to: '2026-04-30', people: 2 },
      { kind: 'moved', waveMonths: 6, from: '2026-06-30', to: '2026-07-31', people: 2 },
    ]);
    const stored = await everything(db);
    expect(stored.cohorts).toMatchObject([{ endedOn: '2026-01-31' }]);
    expect(stored.checkIns.map(({ dueOn }) => dueOn).sort()).toEqual(['2026-04-30', '2026-04-30', '2026-07-31', '2026-07-31']);
  });

  it('keeps those on the roster whom the file no longer names', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await imported(db, programme, [ADA, GRACE]);
    expect(await imported(db, programme, [])).toMatchObject({ notInFile: 2, unchanged: 0 });
    expect(await db.$count(alumni)).toBe(2);
  });

  it('writes down as stopped what falls due for somebody who had stopped', async () => {
    const { db } = await open();
    const programme = await aProgramme(db, { settings: { waves: [3, 6] } });
    const cohort = await aCohort(db, programme, { name: 'ARENA 1.0' });
    const { personId } = await anAlumnus(db, programme, cohort, { slack: 'U1', stoppedAt: now });
    const outcome = await imported(db, programme, [ADA, GRACE]);
    expect(outcome).toMatchObject({ added: 2, planned: 2 });
    const theirs = (await checkInsOf(db, personId)).filter(({ cohortId }) => cohortId === outcome.cohortId);
    expect(theirs.map(({ state, lookAt, waveMonths }) => [state, lookAt, waveMonths])).toEqual([
      ['stopped', null, 3],
      ['stopped', null, 6],
    ]);
    const events = await db.select().from(checkInEvents).orderBy(checkInEvents.id);
    expect(events.map(({ checkInId, state, asked }) => [checkInId, state, asked])).toEqual(
      theirs.map(({ id }) => [id, 'stopped', false]),
    );
  });

  it.each(['slack:U1', 'email:ada@example.org'])('never brings back somebody who had %s erased', async (identifier) => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await db.insert(erasedIdentifiers).values({ hash: fingerprint(identifier), erasedAt: now });
    expect(await imported(db, programme, [ADA, GRACE])).toMatchObject({ added: 1, erased: 1, unchanged: 0, notInFile: 0 });
    expect(await namesIn(db)).toEqual(['Grace Hopper']);
    expect((await everything(db)).accounts.map(({ account }) => account)).toEqual(['42']);
  });

  it('knows somebody who came back after erasing, and still does not store what they had erased', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await aPerson(db, { name: 'Ada', slack: 'U1' });
    await db.insert(erasedIdentifiers).values({ hash: fingerprint('email:ada@example.org'), erasedAt: now });
    const outcome = await imported(db, programme, [ADA]);
    expect(outcome).toMatchObject({ added: 1, erased: 0 });
    expect(outcome.changed.map(({ field }) => field)).toEqual(['name', 'time zone']);
    expect((await everything(db)).people).toMatchObject([{ email: null }]);
    expect(await imported(db, programme, [ADA])).toMatchObject({ unchanged: 1, erased: 0, changed: [] });
  });

  it('counts an erased person of the cohort neither as missing from the file nor as in it', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await imported(db, programme, [ADA, GRACE]);
    await db.delete(accounts).where(eq(accounts.account, 'U1'));
    await db.update(people).set({ name: null, email: null, timeZone: null, erasedAt: now }).where(eq(people.name, ADA.name));
    await db.insert(erasedIdentifiers).values({ hash: fingerprint('slack:U1'), erasedAt: now });
    expect(await imported(db, programme, [ADA, GRACE])).toMatchObject({ added: 0, erased: 1, unchanged: 1, notInFile: 0 });
    expect(await namesIn(db)).toEqual([null, 'Grace Hopper']);
  });

  it('refuses a line that fits two people and lines that fit one, all at once, and imports nothing', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    await aPerson(db, { name: 'Ada', slack: 'U1' });
    await aPerson(db, { name: 'Lady Lovelace', email: 'ada@example.org' });
    await aPerson(db, { name: 'Grace', slack: 'U5', discord: '42' });
    const before = await everything(db);
    const text = await refused(db, programme, [
      ADA,
      GRACE,
      aRosterRow({ line: 4, slack: 'U5' }),
      aRosterRow({ line: 5, slack: 'U6' }),
    ]);
    expect(text.split('\n').map((line) => line.slice(0, 60))).toEqual([
      'line 2: slack "U1" and email "ada@example.org" belong to dif',
      'line 4: this is the person of line 3, who is known by what s',
    ]);
    expect(await everything(db)).toEqual(before);
  });

  it('takes an empty roster', async () => {
    const { db } = await open();
    expect(await imported(db, await aProgramme(db), [])).toMatchObject({ created: true, added: 0, planned: 0 });
  });

  it('comes to the same however a roster is cut up and repeated', async () => {
    const { db } = await open();
    const all = Array.from({ length: 8 }, (_, n) =>
      aRosterRow({
        line: n + 2,
        name: `Person ${n}`,
        slack: n % 2 ? `U${n}` : null,
        email: n % 3 ? `p${n}@example.org` : null,
        discord: `${n + 1}`,
      }),
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.subarray(all), { maxLength: 4 }), async (parts) => {
        round += 1;
        const programme = await aProgramme(db, { name: `Programme ${round}`, settings: { waves: [3] } });
        for (const part of [...parts, all]) await imported(db, programme, part);
        const again = await imported(db, programme, all);
        expect(again).toMatchObject({ added: 0, changed: [], unchanged: 8, notInFile: 0, planned: 0 });
        expect(await db.$count(people)).toBe(8);
        expect(await db.$count(checkIns, eq(checkIns.programmeId, programme.id))).toBe(8);
      }),
      { numRuns: 6 },
    );
  });
});

const crowd = (size: number) =>
  Array.from({ length: size }, (_, n) =>
    aRosterRow({
      line: n + 2,
      name: `Person ${n}`,
      slack: `U${n}`,
      discord: `${n + 1}`,
      email: `p${n}@example.org`,
      timeZone: 'Asia/Tokyo',
    }),
  );

describeOnBoth('two imports, or an import and the bot', (open) => {
  it('make nobody twice when they run at once', async () => {
    const { db } = await open();
    const programme = await aProgramme(db);
    const outcomes = await Promise.all([imported(db, programme, crowd(50)), imported(db, programme, crowd(50))]);
    expect(outcomes.map(({ added }) => added).sort()).toEqual([0, 50]);
    expect(await db.$count(people)).toBe(50);
  });

  it('never bring back somebody who is being erased at that moment', async () => {
    const { db, kind } = await open();
    if (kind === 'embedded') return; // one connection: nothing happens at once there, and the import would wait for ever
    const programme = await aProgramme(db);
    const personId = await aPerson(db, { name: 'Ada', slack: 'U1' });
    let importing: Promise<Imported> | undefined;
    await db.transaction(async (tx) => {
      await tx.select().from(people).where(eq(people.id, personId)).for('update');
      importing = imported(db, programme, [ADA]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx.insert(erasedIdentifiers).values({ hash: fingerprint('slack:U1'), erasedAt: now });
      await tx.delete(accounts).where(eq(accounts.personId, personId));
      await tx.update(people).set({ name: null, erasedAt: now }).where(eq(people.id, personId));
    });
    expect(await importing).toMatchObject({ added: 0, erased: 1 });
    expect(await namesIn(db)).toEqual([null]);
  });
});

describe.skipIf(!hasPostgres)('a roster of 20,000', () => {
  it('is imported at once, and found unchanged', { timeout: 240_000 }, async () => {
    const connection = await connectPostgres(await freshPostgresUrl(), { poolSize: 1 });
    try {
      const { db } = connection;
      const programme = await aProgramme(db, { settings: { waves: [3] } });
      const rows = crowd(20_000);
      expect(await imported(db, programme, rows)).toMatchObject({ added: 20_000, planned: 20_000 });
      expect(await imported(db, programme, rows)).toMatchObject({ added: 0, unchanged: 20_000, changed: [] });
    } finally {
      await connection.close();
    }
  });
});
