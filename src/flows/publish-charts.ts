import { chartMessage } from '../domain/digest-chart.js';
import type { Message } from '../domain/message.js';
import type { Audience, Programme } from '../domain/people.js';
import type { Report } from '../domain/report.js';
import { DAY_MS } from '../domain/settings.js';
import type { MakeReport, PostedDigest, ReportPorts } from '../report-ports.js';

type Needs = Pick<ReportPorts, 'digests' | 'log'>;

/** A picture that comes days after its digest belongs to no week any more. */
const FRESH_MS = 2 * DAY_MS;

/** Writes down the picture for every digest that has come to stand in its channel, each once; returns how many are to be posted. */
export async function publishCharts(ports: Needs, now: Date, makeReport: MakeReport): Promise<number> {
  let posted = 0;
  for (const digest of await ports.digests.withoutChart(new Date(now.getTime() - FRESH_MS))) {
    try {
      if (await publishOne(ports, digest, now, makeReport)) posted += 1;
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      ports.log.error('chart_failed', { programmeId: digest.programmeId, error: name });
    }
  }
  return posted;
}

async function publishOne(ports: Needs, digest: PostedDigest, now: Date, makeReport: MakeReport): Promise<boolean> {
  const { programme } = await ports.digests.programme(digest.programmeId);
  const pictureFor = async (audience: Audience): Promise<Message | null> =>
    chartMessage(await reportsByWave(programme, audience, makeReport));
  const forAll = await pictureFor('public');
  // As the digest was written, and as the channel is meant now; who reads it is looked at when it is sent.
  const isForOrganisers = digest.isForOrganisers && programme.settings.channelAudience === 'organisers';
  const forOrganisers = forAll && isForOrganisers ? await pictureFor('organisers') : null;
  const payloads = forOrganisers ? { payload: forOrganisers, publicPayload: forAll } : { payload: forAll, publicPayload: null };
  const added = await ports.digests.addChart({ digest, ...payloads }, now);
  return added && forAll !== null;
}

/** At every wave that anybody was asked at, up to the newest. */
async function reportsByWave(programme: Programme, audience: Audience, makeReport: MakeReport): Promise<readonly Report[]> {
  const newest = await makeReport({ programme, audience });
  if (!newest.ok) return [];
  const { waveMonths: last } = newest.value;
  const before: Report[] = [];
  for (const waveMonths of programme.settings.waves.filter((wave) => last !== null && wave < last)) {
    const made = await makeReport({ programme, audience, waveMonths });
    if (made.ok && made.value.people.asked > 0) before.push(made.value);
  }
  return [...before, newest.value];
}
