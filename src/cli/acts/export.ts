import { csvText } from '../../../adapters/csv-text.js';
import { EXPORT_COLUMNS, EXPORT_HEADER, type ExportRow, exportRow, inNoOrder } from '../../domain/export-rows.js';
import type { Programme } from '../../domain/people.js';
import type { Report } from '../../domain/report.js';
import { reportPage } from '../../domain/report-page.js';
import { reportRows } from '../../domain/report-rows.js';
import { makeReport } from '../../flows/report.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, failed, jsonText, type Voice } from '../shell.js';
import { theProgramme } from './find.js';
import { drawAll } from './pictured.js';

const BATCH = 1_000;

/** The files of an export, as JSON for the caller to write: who holds the database need not be able to write where they are wanted. */
export async function exportProgramme(room: Room, request: RequestOf<'export'>, voice: Voice): Promise<number> {
  const { ports } = room;
  const programme = await theProgramme(ports.programmes, request.programme);
  const reports = await reportsAtAllWaves(room, programme);
  const rows = await rowsOf(room, programme, reports);
  const last = reports.at(-1);
  const detail = { waves: reports.map(({ waveMonths }) => waveMonths) };
  await ports.programmes.writeLog({
    programmeId: programme.id,
    at: ports.clock.now(),
    actor: COMMAND_LINE,
    what: 'exported',
    detail,
  });
  const files = [
    { name: 'answers.csv', text: csvText([EXPORT_HEADER, ...rows.map((row) => EXPORT_HEADER.map((column) => row[column]))]) },
    { name: 'answers.jsonl', text: rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
    { name: 'data-dictionary.json', text: jsonText(EXPORT_COLUMNS) },
    { name: 'report.csv', text: csvText(reportRows(reports)) },
    { name: 'report.json', text: jsonText(reports) },
    ...(last ? [{ name: 'report.html', text: reportPage(last, await drawAll(reports)) }] : []),
  ];
  voice.out(jsonText({ files }));
  return DONE;
}

async function reportsAtAllWaves({ ports }: Room, programme: Programme): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const waveMonths of programme.settings.waves) {
    const made = await makeReport(ports, { programme, waveMonths, audience: 'organisers', openedBy: COMMAND_LINE });
    if (!made.ok) throw failed(made.error.message);
    if (made.value.people.asked + made.value.people.answered > 0) reports.push(made.value);
  }
  return reports;
}

async function rowsOf({ ports }: Room, programme: Programme, reports: readonly Report[]): Promise<readonly ExportRow[]> {
  const cohortIds = (await ports.reports.cohorts(programme.id)).map((cohort) => cohort.id);
  const [salt, asOf] = [ports.random.token(), ports.clock.now()];
  const rows: ExportRow[] = [];
  for (const { waveMonths } of reports) {
    const query = { programmeId: programme.id, cohortIds, waveMonths, asOf, batch: BATCH };
    for await (const person of ports.reports.peopleAtWave(query)) rows.push(exportRow(person, waveMonths ?? 0, salt));
  }
  return inNoOrder(rows);
}
