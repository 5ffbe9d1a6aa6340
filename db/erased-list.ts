import { asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { PersonId } from '../src/domain/ids.js';
import type { Platform } from '../src/domain/people.js';
import type { ErasedList, ErasedStore } from '../src/ports.js';
import type { Db } from './connect.js';
import type { Tools } from './conversation-store.js';
import { loadConversations } from './conversations.js';
import { ERASURES, erasePerson, identifiersOf } from './erase.js';
import { fact } from './platform-memory.js';
import { asBrand } from './rows.js';
import { accounts, erasedIdentifiers, installation, people } from './schema.js';

const PEOPLE_AT_ONCE = 1_000;
const ROWS_AT_ONCE = 500;

/** The fingerprints of erased people as the database has them; a copy is kept beside it. */
export function erasedStoreIn(tools: Tools): ErasedStore {
  const { db } = tools;
  const version = async () => Number((await fact(db, ERASURES)) ?? 0);
  return {
    version,
    list: () =>
      db.transaction(
        async (tx) => {
          const rows = await tx
            .select()
            .from(erasedIdentifiers)
            .orderBy(asc(erasedIdentifiers.erasedAt), asc(erasedIdentifiers.hash));
          return { version: Number((await fact(tx, ERASURES)) ?? 0), fingerprints: rows };
        },
        { isolationLevel: 'repeatable read' },
      ),
    applyAgain: (list, now) => applyAgain(tools, list, now),
  };
}

/** Takes the list over and erases whoever is on it; only then does the database count as knowing all of it, so that a stop on the way is made good by a repeat. */
async function applyAgain(tools: Tools, { version, fingerprints }: ErasedList, now: Date): Promise<number> {
  const { db } = tools;
  for (let at = 0; at < fingerprints.length; at += ROWS_AT_ONCE)
    await db
      .insert(erasedIdentifiers)
      .values(fingerprints.slice(at, at + ROWS_AT_ONCE).map((each) => ({ ...each })))
      .onConflictDoNothing();
  const erased = new Set(fingerprints.map(({ hash }) => hash));
  let people = 0;
  for await (const personId of peopleWith(tools, erased)) {
    await eraseAgain(tools, personId, now);
    people += 1;
  }
  const next = version + 1;
  await db
    .insert(installation)
    .values({ name: ERASURES, value: String(next) })
    .onConflictDoUpdate({
      target: installation.name,
      set: { value: sql`greatest(${installation.value}::bigint + 1, ${next}::bigint)::text` },
    });
  return people;
}

async function* peopleWith({ db, fingerprint }: Tools, erased: ReadonlySet<string>): AsyncGenerator<PersonId> {
  for (let after = 0; ; ) {
    const rows = await batchAfter(db, after);
    for (const { id, email, accounts: theirs } of rows)
      if (identifiersOf({ email, accounts: theirs }).some((each) => erased.has(fingerprint(each)))) yield asBrand<PersonId>(id);
    const last = rows.at(-1);
    if (!last || rows.length < PEOPLE_AT_ONCE) return;
    after = last.id;
  }
}

async function batchAfter(db: Db, after: number) {
  const some = db
    .select({ id: people.id, email: people.email })
    .from(people)
    .where(sql`${isNull(people.erasedAt)} and ${gt(people.id, after)}`)
    .orderBy(asc(people.id))
    .limit(PEOPLE_AT_ONCE)
    .as('some');
  const rows = await db
    .select({ id: some.id, email: some.email, platform: accounts.platform, account: accounts.account })
    .from(some)
    .leftJoin(accounts, eq(accounts.personId, some.id))
    .orderBy(asc(some.id));
  const found = new Map<number, { id: number; email: string | null; accounts: { platform: Platform; id: string }[] }>();
  for (const { id, email, platform, account } of rows) {
    const person = found.get(id) ?? { id, email, accounts: [] };
    found.set(id, person);
    if (platform !== null && account !== null) person.accounts.push({ platform: platform as Platform, id: account });
  }
  return [...found.values()];
}

async function eraseAgain(tools: Tools, personId: PersonId, now: Date): Promise<void> {
  await tools.db.transaction(async (tx) => {
    const conversation = (await loadConversations(tx, [personId], true)).get(personId);
    if (conversation && conversation.person.erasedAt === null)
      await erasePerson(tx, { conversation, now, token: tools.token, fingerprint: tools.fingerprint, farewell: null });
  });
}
