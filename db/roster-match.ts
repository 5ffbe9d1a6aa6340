import { and, asc, eq, sql } from 'drizzle-orm';
import type { PersonId } from '../src/domain/ids.js';
import { type Person, type Platform, ZONE_SOURCES } from '../src/domain/people.js';
import type { RosterRow } from '../src/domain/roster.js';
import type { Identifier, RosterMatch } from '../src/domain/roster-match.js';
import { idList } from './changes.js';
import type { Db } from './connect.js';
import { type Fingerprint, identifiersOf } from './erase.js';
import { asBrand } from './rows.js';
import { accounts, erasedIdentifiers, people } from './schema.js';

const CHUNK = 2_000;

export type Known = Pick<Person, 'id' | 'name' | 'email' | 'timeZone' | 'timeZoneFrom' | 'accounts'>;

export async function inChunks<T>(items: readonly T[], step: (chunk: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += CHUNK) await step(items.slice(from, from + CHUNK));
}

type WithoutErased = {
  /** Without the identifiers that somebody had erased: those are never stored again. */
  readonly usable: readonly RosterRow[];
  /** The lines on which there was one. Unless they are about somebody who has come back since, they are left out. */
  readonly touched: ReadonlySet<number>;
};

/** Takes off the rows what belongs to nobody any more at their own wish. */
export async function withoutErased(tx: Db, rows: readonly RosterRow[], fingerprint: Fingerprint): Promise<WithoutErased> {
  const hashOf = (row: RosterRow, by: Identifier) => {
    const id = row[by];
    if (id === null) return '';
    const [identifier = ''] = identifiersOf(
      by === 'email' ? { email: id, accounts: [] } : { email: null, accounts: [{ platform: by, id }] },
    );
    return fingerprint(identifier);
  };
  const hashed = rows.map((row) => ({
    row,
    hashes: { slack: hashOf(row, 'slack'), discord: hashOf(row, 'discord'), email: hashOf(row, 'email') },
  }));
  const erased = new Set<string>();
  await inChunks(hashed, async (chunk) => {
    const wanted = chunk.flatMap(({ hashes }) => Object.values(hashes));
    const found = await tx
      .select({ hash: erasedIdentifiers.hash })
      .from(erasedIdentifiers)
      .where(sql`${erasedIdentifiers.hash} = any(array(select jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb)))`);
    for (const { hash } of found) erased.add(hash);
  });
  const touched = hashed.filter(({ hashes }) => Object.values(hashes).some((hash) => erased.has(hash)));
  const usable = hashed.map(({ row, hashes }) => ({
    ...row,
    slack: erased.has(hashes.slack) ? null : row.slack,
    discord: erased.has(hashes.discord) ? null : row.discord,
    email: erased.has(hashes.email) ? null : row.email,
  }));
  return { usable, touched: new Set(touched.map(({ row }) => row.line)) };
}

/** Who is known under what stands on the lines, with their rows locked: looked up until everybody found is locked already. */
export async function lockedMatches(
  tx: Db,
  rows: readonly RosterRow[],
  also: readonly PersonId[],
): Promise<readonly RosterMatch[]> {
  const locked = new Set<PersonId>();
  for (;;) {
    const matches = await matchesOf(tx, rows);
    const wanted = new Set([...also, ...matches.map(({ personId }) => personId)]);
    const missing = [...wanted].filter((id) => !locked.has(id));
    if (missing.length === 0) return matches;
    // In one order for everybody who locks several, and before anything of theirs is touched.
    const isMissing = sql`${people.id} = any(${idList(missing)})`;
    await tx.select({ id: people.id }).from(people).where(isMissing).orderBy(asc(people.id)).for('update');
    for (const id of missing) locked.add(id);
  }
}

async function matchesOf(tx: Db, rows: readonly RosterRow[]): Promise<readonly RosterMatch[]> {
  const matches: RosterMatch[] = [];
  await inChunks(rows, async (chunk) => {
    const lines = JSON.stringify(chunk.map(({ line, slack, discord, email }) => ({ line, slack, discord, email })));
    const table = sql`jsonb_to_recordset(${lines}::jsonb) as n(line int, slack text, discord text, email text)`;
    const line = sql<number>`n.line`;
    for (const by of ['slack', 'discord'] as const) {
      const isTheirs = and(eq(accounts.platform, by), sql`${accounts.account} = ${sql.raw(`n.${by}`)}`);
      const found = await tx.select({ line, personId: accounts.personId }).from(accounts).innerJoin(table, isTheirs);
      matches.push(...found.map((each) => ({ line: each.line, personId: asBrand<PersonId>(each.personId), by })));
    }
    const found = await tx
      .select({ line, personId: people.id })
      .from(people)
      .innerJoin(table, sql`lower(${people.email}) = lower(n.email)`);
    matches.push(...found.map((each) => ({ line: each.line, personId: asBrand<PersonId>(each.personId), by: 'email' as const })));
  });
  return matches;
}

export async function knownPeople(tx: Db, ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Known>> {
  const known = new Map<PersonId, Known & { accounts: { platform: Platform; id: string }[] }>();
  await inChunks(ids, async (chunk) => {
    const found = await tx
      .select()
      .from(people)
      .where(sql`${people.id} = any(${idList(chunk)})`);
    for (const { id, name, email, timeZone, timeZoneFrom: from } of found) {
      const timeZoneFrom = ZONE_SOURCES.find((each) => each === from) ?? null;
      known.set(asBrand<PersonId>(id), { id: asBrand<PersonId>(id), name, email, timeZone, timeZoneFrom, accounts: [] });
    }
    const theirs = await tx
      .select()
      .from(accounts)
      .where(sql`${accounts.personId} = any(${idList(chunk)})`)
      .orderBy(sql`${accounts.linkedAt} desc`, asc(accounts.account));
    for (const { personId, platform, account } of theirs) {
      known.get(asBrand<PersonId>(personId))?.accounts.push({ platform: platform as Platform, id: account });
    }
  });
  return known;
}
