import type { Programme } from '../../domain/people.js';
import type { Report } from '../../domain/report.js';
import { makeReport } from '../../flows/report.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';

/** The report at every wave that anybody was asked at, up to the one that was asked for, which comes last. */
export async function reportsByWave(
  { ports }: Room,
  programme: Programme,
  { cohorts, asOf, audience }: Pick<RequestOf<'report'>, 'cohorts' | 'asOf' | 'audience'>,
  last: Report,
): Promise<readonly Report[]> {
  const before: Report[] = [];
  for (const waveMonths of programme.settings.waves.filter((wave) => last.waveMonths !== null && wave < last.waveMonths)) {
    const about = { programme, cohorts, waveMonths, audience, openedBy: COMMAND_LINE, ...(asOf === null ? {} : { asOf }) };
    const made = await makeReport(ports, about);
    if (made.ok && made.value.people.asked > 0) before.push(made.value);
  }
  return [...before, last];
}
