import { type Message, say } from '../domain/message.js';
import type { RosterRow } from '../domain/roster.js';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.js';
import { waveDueOn } from '../domain/wave.js';
import { dayIn } from '../domain/wording.js';
import type { Room } from './room.js';

const PROGRAMME = 'Sample programme';
const COHORT = 'Sample cohort';
const NAMES = ['Ana Duarte', 'Ben Okafor', 'Chloé Martin', 'Dev Patel', 'Emi Tanaka'];
/** Whoever tries it out does not wait for office hours. */
const AT_ONCE: Partial<Settings> = {
  window: { fromMinute: 0, toMinute: 1440 },
  sendDays: [1, 2, 3, 4, 5, 6, 7],
  spreadMs: 0,
  settleMs: 2_000,
};

/** A programme with a cohort of invented people that ended three months ago, so that they are asked at once. */
export async function makeSample({ ports, importRoster }: Room): Promise<Message> {
  const { programmes, clock } = ports;
  if (await programmes.programmeNamed(PROGRAMME))
    return say(`The ${PROGRAMME.toLowerCase()} is there already: /people shows who is in it.`);
  const now = clock.now();
  const programme = await programmes.createProgramme(PROGRAMME, { ...DEFAULT_SETTINGS, ...AT_ONCE }, now);
  const endedOn = waveDueOn(dayIn(programme.settings.timeZone, now), -3);
  const rows = NAMES.map(
    (name, place): RosterRow => ({ line: place + 2, name, slack: null, discord: null, email: null, timeZone: null }),
  );
  await importRoster({ programme, cohortName: COHORT, endedOn, rows, now, dryRun: false });
  return say(
    `Made: ${PROGRAMME}, with ${COHORT} of five invented people. They are being asked now what they do, three months after the end.`,
    'Be one of them: /be Ana',
  );
}
