import { and, asc, eq, or, sql } from 'drizzle-orm';
import type { PersonId, ProgrammeId } from '../src/domain/ids.js';
import type { Account, Asker, OrganiserName, Platform, Programme } from '../src/domain/people.js';
import { unreachable } from '../src/domain/result.js';
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

/** Joins an account to whoever is on a list by this address; null where nobody is, and where the account is somebody else's already. */
export async function joinByEmail(db: Db, email: string, account: Account, now: Date): Promise<PersonId | null> {
  return db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: people.id })
      .from(people)
      .where(eq(sql`lower(${people.email})`, email.toLowerCase()))
      .for('update');
    if (!person) return null;
    await tx
      .insert(accounts)
      .values({ platform: account.platform, account: account.id, personId: person.id, linkedAt: now })
      .onConflictDoNothing();
    const holder = await personAt(tx, account);
    return holder === person.id ? holder : null;
  });
}

/** They wrote or pressed from there: it is where they are asked from now on. */
export async function usedNow(tx: Db, account: Account, now: Date): Promise<void> {
  await tx
    .update(accounts)
    .set({ lastUsedAt: now })
    .where(and(eq(accounts.platform, account.platform), eq(accounts.account, account.id)));
}

/** To whom the message with this key went. */
export async function ownerOf(db: Db, key: string): Promise<PersonId | null> {
  const [row] = await db.select({ id: deliveries.personId }).from(deliveries).where(eq(deliveries.key, key));
  return row?.id == null ? null : asBrand<PersonId>(row.id);
}

/** A group stands where an account does, told apart by how its id begins: Slack's user groups by their letter, a Discord role by a word. */
const ROLE = 'role:';
const groupAccount = ({ platform, id }: Account) => (platform === 'slack' ? id : `${ROLE}${id}`);
const isGroup = (platform: string, account: string) =>
  platform === 'slack' ? account.startsWith('S') : account.startsWith(ROLE);

function nameColumns(name: OrganiserName) {
  switch (name.kind) {
    case 'email':
      return { email: name.email.toLowerCase(), platform: null, account: null };
    case 'account':
      return { email: null, platform: name.account.platform, account: name.account.id };
    case 'group':
      return { email: null, platform: name.group.platform, account: groupAccount(name.group) };
    default:
      return unreachable(name);
  }
}

function isNamed(name: OrganiserName) {
  const { email, platform, account } = nameColumns(name);
  return email === null
    ? and(eq(organisers.platform, platform ?? ''), eq(organisers.account, account ?? ''))
    : eq(sql`lower(${organisers.email})`, email);
}

function nameIn(row: typeof organisers.$inferSelect): OrganiserName {
  if (row.email !== null) return { kind: 'email', email: row.email };
  const account = { platform: row.platform as Platform, id: row.account ?? '' };
  if (!isGroup(account.platform, account.id)) return { kind: 'account', account };
  return { kind: 'group', group: { ...account, id: account.id.replace(ROLE, '') } };
}

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
  return rows.map(nameIn);
}

/** The user groups or roles of a platform that stand on any list of organisers. */
export async function organiserGroups(db: Db, platform: Platform): Promise<readonly string[]> {
  const rows = await db.selectDistinct({ account: organisers.account }).from(organisers).where(eq(organisers.platform, platform));
  return rows.flatMap(({ account }) => (account !== null && isGroup(platform, account) ? [account.replace(ROLE, '')] : []));
}

/** The programmes that somebody organises, by their account, the e-mail address that the platform vouches for, or a group of theirs. */
export async function programmesOrganisedBy(db: Db, { account, email, groups }: Asker): Promise<readonly Programme[]> {
  const names: readonly OrganiserName[] = [
    { kind: 'account', account },
    ...(email === null ? [] : [{ kind: 'email' as const, email }]),
    ...groups.map((id) => ({ kind: 'group' as const, group: { platform: account.platform, id } })),
  ];
  const rows = await db
    .selectDistinctOn([programmes.id], { programme: programmes })
    .from(organisers)
    .innerJoin(programmes, eq(programmes.id, organisers.programmeId))
    .where(or(...names.map(isNamed)))
    .orderBy(asc(programmes.id));
  return rows.map((row) => asProgramme(row.programme));
}
