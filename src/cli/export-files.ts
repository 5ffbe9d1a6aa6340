import { csvText } from '../../adapters/csv-text.js';
import { EXPORT_COLUMNS, EXPORT_HEADER, type ExportRow, exportRow, inNoOrder } from '../domain/export-rows.js';
import type { Message, Part } from '../domain/message.js';
import type { Programme } from '../domain/people.js';
import type { Report } from '../domain/report.js';
import { reportPage } from '../domain/report-page.js';
import { REPORT_COLUMNS, reportRows } from '../domain/report-rows.js';
import { inTracks, tracksOf } from '../domain/tracks.js';
import { makeReport } from '../flows/report.js';
import { drawAll } from './acts/pictured.js';
import type { Room } from './room.js';
import { failed, jsonText } from './shell.js';

export type ExportFile = { readonly name: string; readonly text: string };
type Needs = Pick<Room, 'ports'>;

const BATCH = 1_000;

/** Everything of a programme as files, which an organiser (`actor`) asked for; names and words only of people who agreed to that. */
export async function exportFiles(room: Needs, programme: Programme, actor: string): Promise<readonly ExportFile[]> {
  const reports = await reportsAtAllWaves(room, programme, actor);
  const rows = await rowsOf(room, programme, reports);
  const last = reports.at(-1);
  const detail = { waves: reports.map(({ waveMonths }) => waveMonths) };
  const { clock, programmes } = room.ports;
  await programmes.writeLog({ programmeId: programme.id, at: clock.now(), actor, what: 'exported', detail });
  return [
    { name: 'answers.csv', text: csvText([EXPORT_HEADER, ...rows.map((row) => EXPORT_HEADER.map((column) => row[column]))]) },
    { name: 'answers.jsonl', text: rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
    { name: 'data-dictionary.json', text: jsonText({ answers: EXPORT_COLUMNS, report: REPORT_COLUMNS }) },
    { name: 'report.csv', text: csvText(reportRows(reports)) },
    { name: 'report.json', text: jsonText(reports) },
    ...(last ? [{ name: 'report.html', text: reportPage(last, await drawAll(reports)) }] : []),
  ];
}

/** What a chat platform takes in one message without asking for more. */
const MOST_BYTES = 7_000_000;

/** The message with the exports in it made, right before it is sent: what it holds is in no queue. */
export async function withExportsMade(room: Needs, message: Message): Promise<Message> {
  const parts = await Promise.all(message.parts.map((part) => (part.kind === 'export' ? made(room, part) : [part])));
  return { parts: parts.flat() };
}

async function made(room: Needs, { programme: name, askedBy }: Extract<Part, { kind: 'export' }>): Promise<readonly Part[]> {
  const programme = await room.ports.programmes.programmeNamed(name);
  if (!programme) return [{ kind: 'paragraph', text: `${name} is there no longer.` }];
  const files = await exportFiles(room, programme, askedBy);
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes <= MOST_BYTES) return files.map(({ name: fileName, text }) => ({ kind: 'file', fileName, text }));
  return [
    { kind: 'paragraph', text: 'They are too large for a message. Whoever runs me gets them on the command line, with:' },
    { kind: 'preformatted', text: `afterwards export "${name}" --out answers` },
  ];
}

async function reportsAtAllWaves({ ports }: Needs, programme: Programme, openedBy: string): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const waveMonths of programme.settings.waves) {
    const made = await makeReport(ports, { programme, waveMonths, audience: 'organisers', openedBy });
    if (!made.ok) throw failed(made.error.message);
    if (made.value.people.asked + made.value.people.answered > 0) reports.push(made.value);
  }
  return reports;
}

async function rowsOf({ ports }: Needs, programme: Programme, reports: readonly Report[]): Promise<readonly ExportRow[]> {
  const cohortIds = (await ports.reports.cohorts(programme.id)).map((cohort) => cohort.id);
  const [salt, asOf] = [ports.random.token(), ports.clock.now()];
  const told = new Set(tracksOf(programme.settings.tracks));
  const rows: ExportRow[] = [];
  for (const { waveMonths } of reports) {
    const query = { programmeId: programme.id, cohortIds, waveMonths, asOf, batch: BATCH };
    for await (const person of ports.reports.peopleAtWave(query))
      rows.push(exportRow(inTracks(told, person), waveMonths ?? 0, salt));
  }
  return inNoOrder(rows);
}
