import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { PersonId, ProgrammeId } from '../src/domain/ids.js';
import type { Account, Platform, Programme } from '../src/domain/people.js';
import type { OrganiserName } from '../src/ports.js';
import type { Db } from './connect.js';
import { asBrand, asProgramme } from './rows.js';
import { accounts, deliveries, organisers, people, programmes } from './schema.js';

/** Whose account it is. In a terminal everybody is known by their number. */
export async function personAt(db: Db, account: Account): Promise<PersonId | null> {
  if (account.platform === 'terminal') {
    const id = /^\d{1,15}$/.test(account.id) ? Number(account.id) : 0;
    const [row] = await db.select({ id: people.id, erasedAt: people.erasedAt }).from(people).where(eq(people.id, id));
    return row && row.erasedAt === null ? asBrand<PersonId>(row.id) : null;
  }
  const [row] = await db
    .select({ id: accounts.personId })
    .from(accounts)
    .where(and(eq(accounts.platform, account.platform), eq(accounts.account, account.id)));
  return row ? asBrand<PersonId>(row.id) : null;
}

/** To whom the message with this key went. */
export async function ownerOf(db: Db, key: string): Promise<PersonId | null> {
  const [row] = await db.select({ id: deliveries.personId }).from(deliveries).where(eq(deliveries.key, key));
  return row?.id == null ? null : asBrand<PersonId>(row.id);
}

const nameColumns = (name: OrganiserName) =>
  name.kind === 'email'
    ? { email: name.email.toLowerCase(), platform: null, account: null }
    : { email: null, platform: name.account.platform, account: name.account.id };

const isNamed = (name: OrganiserName) =>
  name.kind === 'email'
    ? eq(sql`lower(${organisers.email})`, name.email.toLowerCase())
    : and(eq(organisers.platform, name.account.platform), eq(organisers.account, name.account.id));

/** False where they were one already. */
export async function addOrganiser(db: Db, programmeId: ProgrammeId, name: OrganiserName, now: Date): Promise<boolean> {
  const rows = await db
    .insert(organisers)
    .values({ programmeId, ...nameColumns(name), addedAt: now })
    .onConflictDoNothing()
    .returning({ id: organisers.id });
  return rows.length > 0;
}

/** False where they were none. */
export async function removeOrganiser(db: Db, programmeId: ProgrammeId, name: OrganiserName): Promise<boolean> {
  const rows = await db
    .delete(organisers)
    .where(and(eq(organisers.programmeId, programmeId), isNamed(name)))
    .returning({ id: organisers.id });
  return rows.length > 0;
}

export async function organisersOf(db: Db, programmeId: ProgrammeId): Promise<readonly OrganiserName[]> {
  const rows = await db.select().from(organisers).where(eq(organisers.programmeId, programmeId)).orderBy(asc(organisers.id));
  return rows.map(
    (row): OrganiserName =>
      row.email !== null
        ? { kind: 'email', email: row.email }
        : { kind: 'account', account: { platform: row.platform as Platform, id: row.account ?? '' } },
  );
}

/** The programmes that somebody organises, by their account or the e-mail address that the platform vouches for. */
export async function programmesOrganisedBy(db: Db, account: Account, email: string | null): Promise<readonly Programme[]> {
  const named = or(isNamed({ kind: 'account', account }), ...(email === null ? [] : [isNamed({ kind: 'email', email })]));
  const rows = await db
    .selectDistinctOn([programmes.id], { programme: programmes })
    .from(organisers)
    .innerJoin(programmes, eq(programmes.id, organisers.programmeId))
    .where(named)
    .orderBy(asc(programmes.id));
  return rows.map((row) => asProgramme(row.programme));
}
