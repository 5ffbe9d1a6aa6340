import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import { fail, ok, type Result } from '../src/domain/result.js';
import {
  ROSTER_COLUMNS,
  type RosterColumn,
  type RosterLine,
  type RosterProblem,
  type RosterTable,
} from '../src/domain/roster.js';
import { shown } from '../src/domain/roster-fields.js';

const LARGEST_MB = 20;
const EXPECTED = 'expected name and at least one of slack, discord and email (and timezone, if you know it)';
const SAVE_AS = 'save it as "CSV UTF-8" and import that';

const SYNONYMS: Readonly<Record<RosterColumn, readonly string[]>> = {
  name: ['name', 'fullname'],
  slack: ['slack', 'slackid', 'slackmemberid', 'slackuserid'],
  discord: ['discord', 'discordid', 'discorduserid'],
  email: ['email', 'emailaddress'],
  timezone: ['timezone', 'tz'],
};

type Problems = readonly RosterProblem[];
/** One record, its first line, and its cells without the spaces around them. */
type CsvRecord = { readonly line: number; readonly cells: readonly string[] };
type Header = { readonly columns: readonly (RosterColumn | null)[]; readonly notes: readonly string[] };

/** Reads the file of a roster as spreadsheets and people write it. Says what is wrong with it as a file; what stands in it is checked later. */
export function readRosterCsv(bytes: Uint8Array): Result<RosterTable, Problems> {
  const text = decode(bytes);
  if (!text.ok) return text;
  if (text.value.trim() === '') return failure(null, `the file is empty: ${EXPECTED} in its first line`);
  const { read, unreadable } = parseRecords(bytes, delimiterOf(text.value));
  const [first, ...rest] = read;
  if (!first)
    return unreadable.length > 0 ? fail(unreadable) : failure(null, `the file holds nothing: ${EXPECTED} in its first line`);
  const header = readHeader(first);
  if (!header.ok) return header;
  const counts = rest.map((record) => ({ record, problems: countProblem(record, first.cells.length) }));
  const whole = counts.filter(({ problems }) => problems.length === 0).map(({ record }) => lineOf(record, header.value));
  const nobody = rest.length === 0 ? ['there is nobody in the file: it has no lines below its header'] : [];
  return ok({
    lines: whole,
    notes: [...header.value.notes, ...nobody],
    unreadable: [...counts.flatMap(({ problems }) => problems), ...unreadable],
  });
}

const failure = (line: number | null, message: string): Result<never, Problems> => fail([{ line, column: null, message }]);

function decode(bytes: Uint8Array): Result<string, Problems> {
  if (bytes.length > LARGEST_MB * 1024 * 1024) {
    return failure(null, `the file is larger than ${LARGEST_MB} MB: split it, and import one part after the other`);
  }
  const [a, b, c, d] = bytes;
  if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04)
    return failure(null, `the file is a spreadsheet, not a CSV: ${SAVE_AS}`);
  const hasMark = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  if (hasMark || (bytes.length > 1 && (a === 0) !== (b === 0))) return failure(1, `the file is written in UTF-16: ${SAVE_AS}`);
  const text = textOf(bytes);
  if (text !== null) return ok(text);
  return failure(firstBadLine(bytes), `here stand characters that are not UTF-8 (the first in the file): ${SAVE_AS}`);
}

/** Null where it is no UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** No byte of a character in UTF-8 looks like a line end, so that every line can be tried alone. */
function firstBadLine(bytes: Uint8Array): number {
  const lineEnd = bytes.includes(0x0a) ? 0x0a : 0x0d;
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const found = bytes.indexOf(lineEnd, from);
    const to = found < 0 ? bytes.length : found + 1;
    if (textOf(bytes.subarray(from, to)) === null) return line;
    from = to;
  }
  return line;
}

/** Whichever stands in the header most often, quoted names left aside. */
function delimiterOf(text: string): string {
  const header = /[^\r\n]*\S[^\r\n]*/.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? '';
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

type Records = { readonly read: readonly CsvRecord[]; readonly unreadable: Problems };

/** Lines with nothing on them, or nothing but delimiters, are skipped. Reads as far as the quotation marks allow. */
function parseRecords(bytes: Uint8Array, delimiter: string): Records {
  const records: CsvRecord[] = [];
  let doubleCounted = 0;
  let lastEnd = 0;
  const keep = (cells: readonly string[], counted: number) => {
    const broken = cells.filter((cell) => /[\r\n]/.test(cell)).join();
    doubleCounted += broken.split('\r\n').length - 1; // the parser takes a Windows line end within quotes for two
    lastEnd = counted - doubleCounted;
    const line = lastEnd - (broken.split(/\r\n|\r|\n/).length - 1);
    if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells: cells.map((cell) => cell.trim()) });
  };
  try {
    parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true, // counted by `countProblem`, all lines at once
      skip_empty_lines: true,
      trim: true,
      onRecord: (cells: string[], { lines }: InfoRecord) => {
        keep(cells, lines);
        return null;
      },
    });
    return { read: records, unreadable: [] };
  } catch (error) {
    if (error instanceof CsvError) return { read: records, unreadable: [quoteProblem(error, lastEnd + 1)] };
    throw error;
  }
}

/** `from`: the line on which the record begins that could not be read. */
function quoteProblem({ code }: CsvError, from: number): RosterProblem {
  const pair = 'close every quotation mark, and write one that belongs to the text twice, as in "Ada ""Countess"" Lovelace"';
  const what =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quotation mark opens here and is never closed'
      : code === 'INVALID_OPENING_QUOTE' || code === 'CSV_INVALID_CLOSING_QUOTE'
        ? 'the quotation marks do not pair up from here on'
        : `the file cannot be read from here on (${code})`;
  return { line: from, column: null, message: `${what}: ${pair}` };
}

function readHeader({ line, cells }: CsvRecord): Result<Header, Problems> {
  const columns = cells.map(columnOf);
  const has = (column: RosterColumn) => columns.includes(column);
  if (!has('name') || !(has('slack') || has('discord') || has('email'))) {
    return failure(line, `the columns found are ${cells.map(shown).join(', ')}: ${EXPECTED}`);
  }
  const twice = ROSTER_COLUMNS.filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (twice.length > 0) return failure(line, `more than one column stands for ${twice.join(' and for ')}: expected one each`);
  const unknown = cells.filter((cell, at) => columns[at] === null && cell !== '');
  return ok({ columns, notes: unknown.map((cell) => `the column ${shown(cell)} is not used`) });
}

function columnOf(heading: string): RosterColumn | null {
  const plain = heading.toLowerCase().replace(/[\s_.-]+/g, '');
  return ROSTER_COLUMNS.find((column) => SYNONYMS[column].includes(plain)) ?? null;
}

/** Empty cells beyond the last column are how spreadsheets end a line. */
function countProblem({ line, cells }: CsvRecord, expected: number): Problems {
  const filled = cells.findLastIndex((cell) => cell !== '') + 1;
  if (cells.length >= expected && filled <= expected) return [];
  const hint =
    filled > expected
      ? 'put a value that holds the separator in quotation marks'
      : 'leave a value empty, but not its separator away';
  return [{ line, column: null, message: `the values here are ${cells.length}, the columns in the header ${expected}: ${hint}` }];
}

function lineOf({ line, cells }: CsvRecord, { columns }: Header): RosterLine {
  const cell = (column: RosterColumn) => cells[columns.indexOf(column)] ?? '';
  return {
    line,
    cells: {
      name: cell('name'),
      slack: cell('slack'),
      discord: cell('discord'),
      email: cell('email'),
      timezone: cell('timezone'),
    },
  };
}
