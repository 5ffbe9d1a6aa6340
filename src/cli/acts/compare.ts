import { csvText } from '../../../adapters/csv-text.js';
import { type Compared, comparisonText } from '../../domain/comparison-text.js';
import type { Programme } from '../../domain/people.js';
import { reportRows } from '../../domain/report-rows.js';
import { makeReport } from '../../flows/report.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, failed, jsonText, type Voice } from '../shell.js';
import { theProgramme } from './find.js';

/** Cohorts of one programme side by side, or whole programmes; each as `report` shows it by itself. */
export async function sayComparison({ ports }: Room, request: RequestOf<'compare'>, voice: Voice): Promise<number> {
  const { programmes: names, cohorts, waveMonths, asOf, audience, format } = request;
  const programmes: Programme[] = [];
  for (const name of names) programmes.push(await theProgramme(ports.programmes, name));
  const [only] = programmes;
  const isOfCohorts = programmes.length === 1 && only !== undefined;
  const columns = isOfCohorts
    ? (await cohortsOf(ports, only, cohorts)).map((cohort) => ({ name: cohort, programme: only, cohorts: [cohort] }))
    : programmes.map((programme) => ({ name: programme.name, programme, cohorts: [] }));
  if (columns.length < 2)
    throw failed(
      isOfCohorts
        ? `${only.name} has ${columns.length === 1 ? 'one cohort' : 'no cohorts'}: name another programme to compare it with`
        : 'Name at least two things to compare',
    );
  const compared: Compared[] = [];
  for (const { name, ...about } of columns) {
    const made = await makeReport(ports, {
      ...about,
      audience,
      openedBy: COMMAND_LINE,
      ...(waveMonths === null ? {} : { waveMonths }),
      ...(asOf === null ? {} : { asOf }),
    });
    if (!made.ok) throw failed(made.error.message);
    compared.push({ name, report: made.value });
  }
  const reports = compared.map(({ report }) => report);
  voice.out(
    format === 'json'
      ? jsonText({ audience, waveMonths, compared: reports })
      : format === 'csv'
        ? csvText(reportRows(reports))
        : comparisonText(compared),
  );
  return DONE;
}

async function cohortsOf({ reports }: Room['ports'], { id }: Programme, wanted: readonly string[]): Promise<readonly string[]> {
  return wanted.length > 0 ? wanted : (await reports.cohorts(id)).map((cohort) => cohort.name);
}
