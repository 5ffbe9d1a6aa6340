import type { Message } from '../domain/message.js';
import {
  SAMPLE,
  SAMPLE_COHORT,
  SAMPLE_SETTINGS,
  SAMPLE_THERE,
  sampleEndedOn,
  sampleMade,
  sampleRows,
} from '../domain/on-organiser-sample.js';
import type { Programme } from '../domain/people.js';
import type { RosterOutcome, RosterRow } from '../domain/roster.js';
import { dayIn } from '../domain/wording.js';
import type { Ports } from '../ports.js';

type Needs = Pick<Ports, 'programmes' | 'clock' | 'wakeSender'> & {
  readonly importRoster: (order: {
    readonly programme: Programme;
    readonly cohortName: string;
    readonly endedOn: string;
    readonly rows: readonly RosterRow[];
    readonly now: Date;
    readonly dryRun: boolean;
  }) => Promise<RosterOutcome>;
};

/** Makes a small programme to try things on, whose people are asked at once; a second time it only says that it is there. */
export async function makeSample(ports: Needs): Promise<Message> {
  const now = ports.clock.now();
  if (await ports.programmes.programmeNamed(SAMPLE)) return SAMPLE_THERE;
  const programme = await ports.programmes.createProgramme(SAMPLE, SAMPLE_SETTINGS, now);
  const endedOn = sampleEndedOn(dayIn(SAMPLE_SETTINGS.timeZone, now));
  const outcome = await ports.importRoster({
    programme,
    cohortName: SAMPLE_COHORT,
    endedOn,
    rows: sampleRows(),
    now,
    dryRun: false,
  });
  if (outcome.kind === 'refused') throw new Error(`the sample was refused: ${outcome.problems[0]?.message ?? ''}`);
  ports.wakeSender();
  return sampleMade(endedOn);
}
