import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { checkBackup, openBackup, writeBackup } from '../../adapters/backup-file.js';
import { backUp } from '../../db/backup.js';
import { backupTables, NOT_BACKED_UP } from '../../db/backup-tables.js';
import { type Connection, connectEmbedded, connectPostgres, type Db } from '../../db/connect.js';
import { erasedStoreIn } from '../../db/erased-list.js';
import { knownMigrations, migrationsUpTo } from '../../db/migrate.js';
import { platformMemoryIn } from '../../db/platform-memory.js';
import { checkRestorable, restoredFact, restoreInto } from '../../db/restore.js';
import { catchUpOn } from '../../src/flows/catch-up.js';
import { lookBackOn } from '../../src/flows/look-back.js';
import { takeInMessage } from '../../src/flows/take-in.js';
import type { ErasedList } from '../../src/ports.js';
import { everythingIn } from '../support/everything.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth, freshFolder, freshPostgresUrl, hasPostgres, type TestDb } from '../support/test-db.js';
import { fingerprintOf, World } from '../support/world.js';

const SLOW_MS = 180_000;
const ORDER = { madeAt: '2023-10-20T12:00:00.000Z', secretCheck: 'the same' };

async function backedUp(db: Db, madeAt = ORDER.madeAt): Promise<string> {
  const path = join(freshFolder(), 'a.backup');
  await writeBackup(path, (write) => backUp(db, { ...ORDER, madeAt }, write));
  return path;
}

/** An empty database of the other kind, so that each test moves as well. */
async function elsewhere({ kind }: TestDb): Promise<Connection> {
  if (kind === 'postgres' || !hasPostgres) return connectEmbedded({ snapshot: null });
  return connectPostgres(await freshPostgresUrl({ migrated: false }), { poolSize: 3 });
}

async function restoredInto(target: Connection, path: string, restoredAt: Date): Promise<void> {
  const file = await openBackup(path);
  await checkBackup(file);
  await checkRestorable(target);
  await restoreInto(target, { header: file.header, lines: file.lines(), restoredAt });
}

const eraseAgain = (db: Db, list: ErasedList, now: Date) =>
  erasedStoreIn({ db, token: () => crypto.randomUUID(), fingerprint: fingerprintOf }).applyAgain(list, now);

/** Another copy of the bot on the restored database, on the platform as it is by now. */
async function wakeUp(before: World, target: Connection, heard: Readonly<Record<string, string>>): Promise<World> {
  const world = new World({ db: target.db, kind: target.kind }, before.time.toISOString());
  world.messenger.taken.push(...before.messenger.taken);
  const restored = await restoredFact(target.db);
  if (!restored) throw new Error('the database does not know that it was restored');
  Object.assign(world.ports, { lookBack: lookBackOn(world.ports, restored) });
  for (const [account, text] of Object.entries(heard)) {
    const from = { platform: 'slack', id: account } as const;
    world.messenger.unheard.set(account, [{ kind: 'new', from, externalId: `in-${account}`, text, sentAt: before.time }]);
  }
  return world;
}

/** Reads what was written since the backup, as the running bot does little by little. */
async function hear(world: World): Promise<void> {
  const takeIn = (incoming: Parameters<typeof takeInMessage>[1]) => takeInMessage(world.ports, incoming).then(() => {});
  const catchUp = catchUpOn({ ...world.ports, memory: platformMemoryIn(world.test.db), takeIn });
  await catchUp.connected('slack');
  for (let look = 0; look < 4; look += 1) await catchUp.look(() => true);
}

describeOnBoth('a backup', (open) => {
  it(
    'goes into a database of the other kind, which then sends nothing a second time',
    async () => {
      const before = new World(await open(), '2023-07-01T08:00:00Z');
      const people = ['U1', 'U2', 'U3'].map((slack) => ({ name: `Person ${slack}`, slack }));
      await before.cohort('2023-06-30', people, { waves: [3, 6] });
      await before.until('2023-10-20T12:00:00Z');
      await before.answers('U1', 'I joined Apollo Research, full time.');
      await before.ports.silences.heardNow('slack', before.time);
      const path = await backedUp(before.test.db, before.time.toISOString());
      // What the backup does not know of: an answer with its card, a reminder, and the next wave.
      await before.pass(3_600_000);
      await before.says('U2', 'I am at Redwood Research now, full time.', 'in-U2');
      await before.until('2024-01-10T12:00:00Z');
      const sent = before.messenger.taken.length;
      expect(
        before.messenger
          .to('U2')
          .map((each) => wordsIn(each.message))
          .join(),
      ).toContain('Redwood');
      const target = await elsewhere(before.test);
      try {
        await restoredInto(target, path, before.time);
        const after = await wakeUp(before, target, { U2: 'I am at Redwood Research now, full time.' });
        await after.tick();
        await hear(after);
        for (const day of ['2024-01-11', '2024-01-12', '2024-01-15']) await after.until(`${day}T12:00:00Z`);
        expect(after.messenger.taken.slice(sent).map((each) => `${each.to}: ${wordsIn(each.message)}`)).toEqual([]);
        expect(await after.stateOf('Person U1', 3)).toBe('answered');
        expect(await after.stateOf('Person U1', 6)).toBe('delivered');
        // What was found is known from now on: the answer to it counts.
        await after.says('U1', 'still at Apollo Research', 'in-after');
        await after.pass(46_000);
        expect(wordsIn(after.last('U1').message)).toContain('Apollo');
        expect(await after.stateOf('Person U1', 6)).toBe('answered');
      } finally {
        await target.close();
      }
    },
    SLOW_MS,
  );

  it(
    'leaves what cannot be told to a human, and waits with a question until what its receiver wrote has been read',
    async () => {
      const before = new World(await open(), '2023-07-01T08:00:00Z');
      await before.cohort(
        '2023-06-30',
        [
          { name: 'Ada', slack: 'U1' },
          { name: 'Tom', slack: 'U2' },
        ],
        { waves: [3] },
      );
      await before.ports.silences.heardNow('slack', before.time);
      const path = await backedUp(before.test.db, before.time.toISOString());
      before.time = new Date('2023-10-02T15:00:00Z');
      const target = await elsewhere(before.test);
      try {
        await restoredInto(target, path, before.time);
        const after = await wakeUp(before, target, { U2: 'stop' });
        const find = after.messenger.find.bind(after.messenger);
        after.messenger.find = async (key, to) =>
          (to.id === 'U1' ? { kind: 'cannot_tell' } : find(key, to)) as ReturnType<typeof find>;
        for (let minute = 0; minute < 5; minute += 1) await after.pass(60_000);
        expect(after.messenger.taken).toEqual([]);
        await hear(after);
        for (let minute = 0; minute < 5; minute += 1) await after.pass(60_000);
        expect(await after.stateOf('Ada', 3)).toBe('unsure');
        expect(await after.stateOf('Tom', 3)).toBe('stopped');
        expect(
          after.messenger
            .to('U2')
            .map((each) => wordsIn(each.message))
            .join(),
        ).not.toContain('What are you doing');
      } finally {
        await target.close();
      }
    },
    SLOW_MS,
  );

  it(
    'that is older than an erasure brings nobody back',
    async () => {
      const before = new World(await open(), '2023-07-01T08:00:00Z');
      await before.cohort(
        '2023-06-30',
        [
          { name: 'Grace Hopper', slack: 'UGRACE', email: 'grace@example.org' },
          { name: 'Tom', slack: 'U2' },
        ],
        { waves: [3] },
      );
      await before.until('2023-10-10T12:00:00Z');
      await before.answers('UGRACE', 'I joined Anthropic as a policy researcher.');
      const path = await backedUp(before.test.db);
      const personId = await before.ports.conversations.personAt({ platform: 'slack', id: 'UGRACE' });
      if (personId === null) throw new Error('she is there');
      await before.ports.conversations.change(personId, before.time, () => ({ changes: [{ kind: 'erase' }] }));
      const list = await erasedStoreIn({ db: before.test.db, token: () => 'x', fingerprint: fingerprintOf }).list();
      expect(gunzipSync(readFileSync(path)).toString()).toContain('Grace Hopper');
      expect(gunzipSync(readFileSync(path)).toString()).not.toContain(fingerprintOf('slack:UGRACE'));
      const target = await elsewhere(before.test);
      try {
        await restoredInto(target, path, before.time);
        expect(await eraseAgain(target.db, list, before.time)).toBe(1);
        // What the bot had sent her is taken off the platform, and with it goes where it was sent.
        await (await wakeUp(before, target, {})).tick();
        expect(await everythingIn(target.db)).not.toMatch(/Grace|UGRACE|Anthropic|grace@example/);
        expect(await everythingIn(target.db)).toContain('Tom');
        // A later restart finds that the database knows as much as the list.
        expect(await eraseAgain(target.db, list, before.time)).toBe(0);
      } finally {
        await target.close();
      }
    },
    SLOW_MS,
  );

  it('has every table but those that are left out for a reason', async () => {
    const { db } = await open();
    const rows = await db.select({ name: sql<string>`tablename::text` }).from(sql`pg_tables`).where(sql`schemaname = 'public'`);
    expect(rows.map((each) => each.name).sort()).toEqual([...backupTables(), ...Object.keys(NOT_BACKED_UP)].sort());
  });

  it(
    'of an older version is brought up to date',
    async () => {
      const [first] = await knownMigrations();
      const folder = first && (await migrationsUpTo(first));
      if (!folder) throw new Error('there is a first migration');
      const old = await elsewhere(await open());
      const target = await elsewhere(await open());
      try {
        await old.migrate(folder.folder);
        await old.db.execute(
          sql`insert into programmes (name, settings, created_at) values ('ARENA', '{}', '2023-01-01T00:00:00Z')`,
        );
        const path = await backedUp(old.db);
        await restoredInto(target, path, new Date('2024-01-01T00:00:00Z'));
        const rows = await target.db.select({ name: sql<string>`name` }).from(sql`programmes`);
        expect(rows).toEqual([{ name: 'ARENA' }]);
        await target.db.execute(
          sql`insert into programmes (name, settings, created_at) values ('SPAR', '{}', '2023-01-01T00:00:00Z')`,
        );
        await expect(checkRestorable(target)).rejects.toThrow('not empty');
      } finally {
        await folder.drop();
        await Promise.all([old.close(), target.close()]);
      }
    },
    SLOW_MS,
  );
});

describeOnBoth('a backup that is not as it was written', (open) => {
  async function looked(change: (text: string) => string | Buffer): Promise<string> {
    const world = new World(await open(), '2023-07-01T08:00:00Z');
    await world.cohort('2023-06-30', [{ name: 'Ada', slack: 'U1' }], { waves: [3] });
    const path = await backedUp(world.test.db);
    const changed = change(gunzipSync(readFileSync(path)).toString());
    writeFileSync(path, typeof changed === 'string' ? gzipSync(changed) : changed);
    return openBackup(path)
      .then(checkBackup)
      .then(
        () => 'found nothing wrong',
        (error: Error) => error.message,
      );
  }

  it.each([
    ['as it was', (text: string) => text, 'found nothing wrong'],
    ['a name changed', (text: string) => text.replace('Ada', 'Eve'), 'the rows of people are not those that were written'],
    ['a row less', (text: string) => text.replace(/\{[^\n]*Ada[^\n]*\n/, ''), 'people has 0 rows, and should have 1'],
    [
      'a table less',
      (text: string) => text.replace(/\["table","alumni"[\s\S]*?\["end","alumni"[^\n]*\n/, ''),
      'not what was written',
    ],
    ['cut off between two lines', (text: string) => text.slice(0, text.indexOf('["end","people"')), 'breaks off before its end'],
    ['cut off in the packed file', (text: string) => gzipSync(text).subarray(0, -20), 'breaks off before its end'],
    ['another file', () => 'name,slack\nAda,U1\n', 'no backup of Afterwards'],
    ['a file that is not packed', () => Buffer.from('name,slack\nAda,U1\n'), 'cannot be unpacked'],
    ['of a newer format', (text: string) => text.replace('"format":1', '"format":2'), 'newer Afterwards'],
    ['something after its end', (text: string) => `${text}{"id":1}\n`, 'not what was written'],
  ])('says so: %s', async (_what, change, words) => {
    expect(await looked(change)).toContain(words);
  });
});
