import type { CellValue } from '../src/domain/report-rows.js';

/** What a spreadsheet would run as a formula (OWASP, "CSV Injection"), full-width twins included. */
const STARTS_A_FORMULA = /^[\s\u200b-\u200f\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** A table as CSV (RFC 4180): comma, CRLF, quotes where needed. A text that a spreadsheet would run gets an apostrophe before it; numbers stay numbers. */
export function csvText(rows: readonly (readonly CellValue[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(value: CellValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = STARTS_A_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
