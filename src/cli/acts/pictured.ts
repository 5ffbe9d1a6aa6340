import type { Programme } from '../../domain/people.js';
import { movesPicture, peoplePicture, responsePicture } from '../../domain/pictures.js';
import type { Report } from '../../domain/report.js';
import type { Drawn } from '../../domain/report-page.js';
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

/** Every picture that these reports give, as SVG. */
export async function drawAll(waves: readonly Report[]): Promise<readonly Drawn[]> {
  const last = waves.at(-1);
  const pictures = [peoplePicture(waves), responsePicture(waves), last ? movesPicture(last) : null].filter(
    (each) => each !== null,
  );
  const { drawSvg } = await import('../../../adapters/charts/draw.js');
  const drawn: Drawn[] = [];
  for (const picture of pictures) drawn.push({ picture, svg: await drawSvg(picture, picture.kind) });
  return drawn;
}
