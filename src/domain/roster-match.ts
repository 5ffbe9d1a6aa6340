import type { PersonId } from './ids.js';
import type { Person } from './people.js';
import { fail, ok, type Result } from './result.js';
import type { RosterChange, RosterField, RosterProblem, RosterRow } from './roster.js';
import { shown } from './roster-fields.js';
import { takesOver } from './time-zone.js';

export type Identifier = 'slack' | 'discord' | 'email';
/** Somebody who is known under an identifier that stands on this line. */
export type RosterMatch = { readonly line: number; readonly personId: PersonId; readonly by: Identifier };

/** Who each line is about, by its number; lines about people nobody knows yet are missing. Where that cannot be told: every such line. */
export function peopleOfRows(
  rows: readonly RosterRow[],
  matches: readonly RosterMatch[],
): Result<ReadonlyMap<number, PersonId>, readonly RosterProblem[]> {
  const matchesOf = new Map<number, RosterMatch[]>();
  for (const match of matches) matchesOf.set(match.line, [...(matchesOf.get(match.line) ?? []), match]);
  const people = new Map<number, PersonId>();
  const lineOf = new Map<PersonId, number>();
  const problems: RosterProblem[] = [];
  for (const row of rows) {
    const found = matchesOf.get(row.line) ?? [];
    const [first] = found;
    if (!first) continue;
    const taken = lineOf.get(first.personId);
    if (found.some((each) => each.personId !== first.personId)) problems.push(twoPeople(row, found));
    else if (taken !== undefined) problems.push(samePerson(row, taken));
    people.set(row.line, first.personId);
    if (taken === undefined) lineOf.set(first.personId, row.line);
  }
  return problems.length > 0 ? fail(problems) : ok(people);
}

function twoPeople(row: RosterRow, found: readonly RosterMatch[]): RosterProblem {
  const named = found.map(({ by }) => `${by} ${shown(row[by] ?? '')}`).join(' and ');
  const message = `${named} belong to different people who are known already: take one off this line, or let the person join their accounts with /checkin link`;
  return { line: row.line, column: null, message };
}

function samePerson(row: RosterRow, taken: number): RosterProblem {
  const message = `this is the person of line ${taken}, who is known by what stands on both: expected one line a person`;
  return { line: row.line, column: null, message };
}

/**
 * What a row says that is not known yet. What it leaves empty stays as it is, an account once known is kept beside a new one, and
 * where somebody lives they and their profile know better.
 */
export function changesOf(
  row: RosterRow,
  person: Pick<Person, 'name' | 'email' | 'timeZone' | 'timeZoneFrom' | 'accounts'>,
): readonly RosterChange[] {
  const change = (field: RosterField, from: string | null, to: string | null): RosterChange[] =>
    to === null ? [] : [{ line: row.line, name: row.name, field, from, to }];
  const account = (platform: 'slack' | 'discord') => {
    const known = person.accounts.filter((each) => each.platform === platform).map(({ id }) => id);
    return known.includes(row[platform] ?? '') ? [] : change(platform, known[0] ?? null, row[platform]);
  };
  return [
    ...(row.name === person.name ? [] : change('name', person.name, row.name)),
    ...(row.email?.toLowerCase() === person.email?.toLowerCase() ? [] : change('email', person.email, row.email)),
    ...(row.timeZone === person.timeZone || !takesOver(person, 'roster')
      ? []
      : change('time zone', person.timeZone, row.timeZone)),
    ...account('slack'),
    ...account('discord'),
  ];
}
