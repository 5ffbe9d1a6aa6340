import type { BoundsPoint } from '../domain/bounds-picture.js';
import { classOf } from '../domain/main-activity.js';
import { countsAsKnown, isAnswer } from '../domain/partition.js';
import { addDays, daysBetween } from '../domain/schedule-days.js';
import { instantOf } from '../domain/schedule-zones.js';
import { waveDueOn } from '../domain/wave.js';
import { dayIn } from '../domain/wording.js';
import type { RegisteredPrediction, ReportPorts } from '../report-ports.js';

type Needs = Pick<ReportPorts, 'reports' | 'predictions'>;

const MOST_POINTS = 10;
const BATCH = 1_000;

/**
 * What was known of a prediction's list by the ends of some days, from the day on which its wave came up until now, or until it closed; on the
 * programme's clock. Before the wave: from the day on which it was made.
 */
export async function boundsOverTime(ports: Needs, registered: RegisteredPrediction, now: Date): Promise<readonly BoundsPoint[]> {
  const { prediction, programmeId, cohortIds } = registered;
  const { timeZone } = (await ports.predictions.programmeOf(programmeId)).settings;
  const cohorts = (await ports.reports.cohorts(programmeId)).filter(({ id }) => cohortIds.includes(id));
  const today = dayIn(timeZone, now);
  const last = prediction.closesOn < today ? prediction.closesOn : today;
  const due = cohorts.map(({ endedOn }) => waveDueOn(endedOn, prediction.waveMonths)).sort()[0] ?? last;
  const first = due < last ? due : dayIn(timeZone, new Date(prediction.createdAt));
  const points: BoundsPoint[] = [];
  for (const day of daysAcross(first, last)) {
    const end = instantOf({ day: addDays(day, 1), minute: 0 }, timeZone).at.getTime() - 1;
    points.push({ day, ...(await knownBy(ports, registered, new Date(Math.min(end, now.getTime())))) });
  }
  return points;
}

/** Evenly, the first and the last among them. */
function daysAcross(first: string, last: string): readonly string[] {
  const days = Math.max(0, daysBetween(first, last));
  const steps = Math.min(days, MOST_POINTS - 1);
  return Array.from({ length: steps + 1 }, (_, step) => addDays(first, steps === 0 ? 0 : Math.round((step * days) / steps)));
}

/** On the list that was committed to: who was erased stays in its number, and is not known. */
async function knownBy(ports: Needs, registered: RegisteredPrediction, asOf: Date): Promise<Omit<BoundsPoint, 'day'>> {
  const { prediction, programmeId, cohortIds } = registered;
  const { id, waveMonths, roster, class: predicted } = prediction;
  let [known, count] = [0, 0];
  const all = ports.reports.alikeAtWave({ programmeId, cohortIds, waveMonths, asOf, batch: BATCH, memberOf: id });
  for await (const { person, people } of all) {
    const { erased, record } = person;
    if (erased || !isAnswer(record) || !countsAsKnown(record)) continue;
    const membership = classOf(record.activities, predicted.track, predicted.scope);
    if (membership !== 'unknown') known += people;
    if (membership === 'yes') count += people;
  }
  return { roster, known, count };
}
