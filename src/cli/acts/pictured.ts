import { boundsPicture } from '../../domain/bounds-picture.js';
import type { Programme } from '../../domain/people.js';
import { movesPicture, type Picture, peoplePicture, responsePicture } from '../../domain/pictures.js';
import type { Report } from '../../domain/report.js';
import type { Drawn } from '../../domain/report-page.js';
import { boundsOverTime } from '../../flows/prediction-history.js';
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

/** More would make a page of pictures. */
const MOST_PREDICTIONS = 2;

/** How the bounds of the predictions on this very wave closed in; for organisers, since the public gets no look back. */
export async function boundsPictures({ ports }: Pick<Room, 'ports'>, report: Report): Promise<readonly (Picture | null)[]> {
  if (report.audience === 'public') return [];
  const now = ports.clock.now();
  const asOf = Date.parse(report.asOf);
  const pictures: (Picture | null)[] = [];
  for (const each of report.predictions.filter(({ waveMonths }) => waveMonths === report.waveMonths).slice(0, MOST_PREDICTIONS)) {
    const found = await ports.predictions.find(each.id);
    const until = new Date(Math.min(now.getTime(), asOf));
    if (found) pictures.push(boundsPicture(each, await boundsOverTime(ports, found, until)));
  }
  return pictures;
}

/** Every picture that these reports give, and some more, as SVG. */
export async function drawAll(waves: readonly Report[], more: readonly (Picture | null)[] = []): Promise<readonly Drawn[]> {
  const last = waves.at(-1);
  const pictures = [peoplePicture(waves), responsePicture(waves), last ? movesPicture(last) : null, ...more].filter(
    (each) => each !== null,
  );
  const { drawSvg } = await import('../../../adapters/charts/draw.js');
  const drawn: Drawn[] = [];
  for (const [place, picture] of pictures.entries())
    drawn.push({ picture, svg: await drawSvg(picture, `${picture.kind}-${place}`) });
  return drawn;
}
