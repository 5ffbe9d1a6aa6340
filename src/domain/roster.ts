import type { CohortId } from './ids.js';
import { fail, ok, type Result } from './result.js';
import { isBlank, type ReadCell, readDiscordId, readEmail, readName, readSlackId, readTimeZone, shown } from './roster-fields.js';
import type { PlanChangeLine } from './schedule-changes.js';

export const ROSTER_COLUMNS = ['name', 'slack', 'discord', 'email', 'timezone'] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];

/** A roster as it was written, before anything of it is checked. */
export type RosterTable = {
  readonly lines: readonly RosterLine[];
  /** What was left aside, in words for the person who made the file. */
  readonly notes: readonly string[];
  /** Lines that could not be told apart into cells: with one of them nothing is imported, but the rest is checked all the same. */
  readonly unreadable: readonly RosterProblem[];
};
/** `line` counts from 1, the header's; a cell that is not there is empty. */
export type RosterLine = { readonly line: number; readonly cells: Readonly<Record<RosterColumn, string>> };

/** Somebody to be on the roster of a cohort. No two rows have the same line, nor the same identifier. */
export type RosterRow = {
  readonly line: number;
  readonly name: string;
  /** A member id of Slack, such as `U012AB3CD`. */
  readonly slack: string | null;
  /** A user id of Discord: digits. */
  readonly discord: string | null;
  /** In small letters. */
  readonly email: string | null;
  readonly timeZone: string | null;
};

/** Something that keeps a roster from being imported. No line: it is about the whole file. */
export type RosterProblem = { readonly line: number | null; readonly column: string | null; readonly message: string };

export type RosterField = 'name' | 'email' | 'time zone' | 'slack' | 'discord';
/** What an import changed about somebody who was known before. */
export type RosterChange = {
  readonly line: number;
  readonly name: string;
  readonly field: RosterField;
  readonly from: string | null;
  readonly to: string;
};

export type RosterOutcome =
  | {
      readonly kind: 'imported';
      /** After a dry run that would have created the cohort: a number that stands for nothing. */
      readonly cohortId: CohortId;
      readonly created: boolean;
      /** The cohort's end date, where the import changed it. */
      readonly redated: { readonly from: string; readonly to: string } | null;
      /** People new to the cohort, whether or not they were known from another. */
      readonly added: number;
      /** In the order of the lines; somebody may be changed and added. */
      readonly changed: readonly RosterChange[];
      /** Lines that brought nothing new. */
      readonly unchanged: number;
      /** People of the cohort whom the file does not name: they stay. */
      readonly notInFile: number;
      /** Lines about people who had themselves erased: left out. */
      readonly erased: number;
      /** What a changed end date does to the check-ins of those who were in the cohort before. */
      readonly replanned: readonly PlanChangeLine[];
      /** Check-ins planned for those who were added. */
      readonly planned: number;
    }
  | { readonly kind: 'refused'; readonly problems: readonly RosterProblem[] };

export type Reach = {
  /** Whether an e-mail address finds somebody: on Slack it does. */
  readonly emailReaches: boolean;
};

/** Every problem of every line, else the rows. */
export function checkRoster(table: RosterTable, reach: Reach): Result<readonly RosterRow[], readonly RosterProblem[]> {
  const readZone = remembered(readTimeZone);
  const read = table.lines.map((line) => readLine(line, reach, readZone));
  const rows = read.map(({ row }) => row);
  const problems = [...table.unreadable, ...read.flatMap((each) => each.problems), ...repeats(rows)];
  if (problems.length > 0) return fail(problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  return ok(rows);
}

type ReadLine = { readonly row: RosterRow; readonly problems: readonly RosterProblem[] };

function readLine({ line, cells }: RosterLine, { emailReaches }: Reach, readZone: (value: string) => ReadCell): ReadLine {
  const problems: RosterProblem[] = [];
  const take = (column: RosterColumn, read: (value: string) => ReadCell): string | null => {
    const value = read(cells[column]);
    if (value.ok) return value.value;
    problems.push({ line, column, message: value.error });
    return null;
  };
  const takeIfThere = (column: RosterColumn, read: (value: string) => ReadCell) =>
    isBlank(cells[column]) ? null : take(column, read);
  const row: RosterRow = {
    line,
    name: take('name', readName) ?? '',
    slack: takeIfThere('slack', readSlackId),
    discord: takeIfThere('discord', readDiscordId),
    email: takeIfThere('email', readEmail),
    timeZone: takeIfThere('timezone', readZone),
  };
  const ways: readonly RosterColumn[] = emailReaches ? ['slack', 'discord', 'email'] : ['slack', 'discord'];
  if (ways.every((column) => isBlank(cells[column]))) problems.push({ line, column: null, message: noWay(row, emailReaches) });
  return { row, problems };
}

function noWay({ name, email }: RosterRow, emailReaches: boolean): string {
  const who = name === '' ? 'this person' : shown(name);
  if (emailReaches) return `there is no way to reach ${who}: expected a Slack member id, a Discord user id or an e-mail address`;
  const why = email === null ? '' : ' (an e-mail address counts only where Slack is connected)';
  return `there is no way to reach ${who}: expected a Slack member id or a Discord user id${why}`;
}

/** The same identifier on two lines is the same person twice, or a slip: only who wrote it can tell. */
function repeats(rows: readonly RosterRow[]): RosterProblem[] {
  return (['slack', 'discord', 'email'] as const).flatMap((column) => {
    const firstLineOf = new Map<string, number>();
    return rows.flatMap((row): RosterProblem[] => {
      const value = row[column];
      if (value === null) return [];
      const first = firstLineOf.get(value);
      if (first === undefined) firstLineOf.set(value, row.line);
      const message = `${shown(value)} stands on line ${first} already: expected one line a person`;
      return first === undefined ? [] : [{ line: row.line, column, message }];
    });
  });
}

/** Asking the runtime about a zone is slow, and a roster names few. */
function remembered(read: (value: string) => ReadCell): (value: string) => ReadCell {
  const known = new Map<string, ReadCell>();
  return (value) => {
    const cell = known.get(value) ?? read(value);
    known.set(value, cell);
    return cell;
  };
}

/** One line a problem. */
export function rosterText(problems: readonly RosterProblem[]): string {
  return problems.map(problemLine).join('\n');
}

/** With its place in the file. */
export function problemLine({ line, column, message }: RosterProblem): string {
  const place = [...(line === null ? [] : [`line ${line}`]), ...(column === null ? [] : [column])].join(', ');
  return place === '' ? message : `${place}: ${message}`;
}
