import { groupOf } from '../domain/partition.js';
import type { Programme } from '../domain/people.js';
import { memberCommitment, type VerifiedPredictions, verifyStored } from '../domain/prediction-chain.js';
import { type AmendRequest, type PredictionView, viewOf, type WithdrawRequest } from '../domain/prediction-record.js';
import { fail, ok, type Result } from '../domain/result.js';
import { addDays } from '../domain/schedule-days.js';
import { instantOf } from '../domain/schedule-zones.js';
import { dayInWords } from '../domain/wording.js';
import type { RegisteredPrediction, ReportPorts } from '../report-ports.js';

export type ChangeRefusal = {
  readonly kind: 'no_such_prediction' | 'withdrawn' | 'resolved' | 'too_late' | 'nothing_to_change' | 'bad_number';
  /** A sentence for who asked. */
  readonly message: string;
};

type Needs = Pick<ReportPorts, 'reports' | 'predictions' | 'clock'>;

const BATCH = 1_000;

const refused = (kind: ChangeRefusal['kind'], message: string) => fail<ChangeRefusal>({ kind, message });

/** Writes a change of mind beside a prediction, for everybody to see. It is resolved and scored as it was first made. */
export async function amendPrediction(ports: Needs, request: AmendRequest): Promise<Result<PredictionView, ChangeRefusal>> {
  const { probability, text } = request;
  if (probability === null && text === null)
    return refused('nothing_to_change', 'Say what changes: the probability, or the words. What is claimed cannot change.');
  if (probability !== null && !(probability >= 0 && probability <= 1))
    return refused('bad_number', `A probability is between 0 and 1, not ${probability}.`);
  const now = ports.clock.now();
  const found = await stillOpen(ports, request.id, now);
  if (!found.ok) return found;
  const note = await noteOn(ports, found.value, request, now);
  return unlessResolved(await ports.predictions.amend(request.id, { ...note, probability, text }));
}

/** Ends a prediction before its close date, for everybody to see: it is never resolved, and still counts among those its author made. */
export async function withdrawPrediction(ports: Needs, request: WithdrawRequest): Promise<Result<PredictionView, ChangeRefusal>> {
  const now = ports.clock.now();
  const found = await stillOpen(ports, request.id, now);
  if (!found.ok) return found;
  return unlessResolved(await ports.predictions.withdraw(request.id, await noteOn(ports, found.value, request, now)));
}

async function stillOpen(ports: Needs, id: string, now: Date): Promise<Result<RegisteredPrediction, ChangeRefusal>> {
  const found = await ports.predictions.find(id);
  if (!found)
    return refused(
      'no_such_prediction',
      `There is no prediction "${id.trim()}": the list of predictions shows their ids, such as p3.`,
    );
  if (found.withdrawal) return refused('withdrawn', 'That prediction was withdrawn, and stays so.');
  if (found.resolution) return refused('resolved', 'That prediction is resolved, and stays so.');
  const { closesOn } = found.prediction;
  const { timeZone } = (await ports.predictions.programmeOf(found.programmeId)).settings;
  const isOver = instantOf({ day: addDays(closesOn, 1), minute: 0 }, timeZone).at <= now;
  return isOver ? refused('too_late', `It closed on ${dayInWords(closesOn)}, and is about to be resolved.`) : ok(found);
}

/** Somebody may have resolved it in the moment between. */
function unlessResolved(after: RegisteredPrediction): Result<PredictionView, ChangeRefusal> {
  return after.resolution ? refused('resolved', 'That prediction is resolved, and stays so.') : ok(viewOf(after));
}

async function noteOn(
  ports: Needs,
  { prediction, programmeId, cohortIds }: RegisteredPrediction,
  request: WithdrawRequest,
  now: Date,
) {
  const query = { programmeId, cohortIds, waveMonths: prediction.waveMonths, asOf: now, batch: BATCH, memberOf: prediction.id };
  let answers = 0;
  for await (const person of ports.reports.peopleAtWave(query)) {
    const group = groupOf(person);
    if (group === 'answered' || group === 'partial') answers += 1;
  }
  return {
    at: now.toISOString(),
    by: request.by?.trim() || prediction.author,
    reason: request.reason?.trim() || null,
    answers,
  };
}

/** Follows a programme's chain from its start, and holds each list against its commitment. Entries cut off at the end show only by a hash noted before. */
export async function verifyPredictions(
  ports: Pick<ReportPorts, 'predictions'>,
  programme: Programme,
  notedHash: string | null,
): Promise<VerifiedPredictions> {
  const entries = await ports.predictions.chain(programme.id);
  const commitments = new Map(entries.map(({ id, entry }) => [id, entry.memberCommitment]));
  const lists = (await ports.predictions.memberLists(programme.id)).map(({ id, members, salt }) => {
    if (salt === null) return { id, list: 'erased' as const };
    return { id, list: memberCommitment(members, salt) === commitments.get(id) ? ('fits' as const) : ('changed' as const) };
  });
  const noted = notedHash === null ? null : entries.find(({ entry }) => entry.hash === notedHash.trim().toLowerCase());
  return { chain: verifyStored(entries), lists, ...(notedHash === null ? {} : { noted: noted?.id ?? null }) };
}
