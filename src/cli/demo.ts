import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readRosterCsv } from '../../adapters/roster-csv.js';
import { hasColour } from '../../adapters/terminal/render.js';
import type { Programme } from '../domain/people.js';
import { reportText } from '../domain/report-text.js';
import { checkRoster } from '../domain/roster.js';
import { DEFAULT_SETTINGS, type Settings } from '../domain/settings.js';
import { registerPrediction } from '../flows/predict.js';
import { makeReport } from '../flows/report.js';
import { READER_VERSION } from '../reading/read-reply.js';
import { COHORT, FOUNDERS, FOUNDERS_BUT_ONE, type Part, type RosterFile, rosterBytes, scriptedReplies } from './demo/cast.js';
import { type Engine, openEngine } from './demo/engine.js';
import { narrate } from './demo/narrate.js';
import { type Show, showOn } from './demo/show.js';
import { Stage } from './demo/stage.js';

export type DemoOptions = {
  readonly fast: boolean;
  readonly scene: string;
  /** Where to keep the database; null: thrown away at the end. */
  readonly keep: string | null;
};

export const SCENES = ['two-years', 'arena-1'] as const;

/** Something about how the demo was called; its message is for who called it. */
export class DemoRefusal extends Error {
  override readonly name = 'DemoRefusal';
}

const CODEBOOK_VERSION = '1';
const WEEK_MS = 7 * 86_400_000;

class TurnedClock {
  constructor(private time: Date) {}
  now(): Date {
    return new Date(this.time);
  }
  turnTo(time: Date): void {
    if (time > this.time) this.time = time;
  }
}

/** Plays a scene through the real engine, on a database of its own; only the clock and the people are simulated. */
export async function runDemo({ fast, scene, keep }: DemoOptions): Promise<void> {
  if (!SCENES.some((each) => each === scene))
    throw new DemoRefusal(`There is no scene "${scene}": choose ${SCENES.join(' or ')}.`);
  const folder = keep === null ? mkdtempSync(join(tmpdir(), 'afterwards-demo-')) : await emptyFolder(keep);
  const show = showOn(process.stdout, fast, hasColour(process.stdout, process.env));
  try {
    await (scene === 'arena-1' ? playFounding(folder, show) : playTwoYears(folder, show));
    if (keep !== null)
      await show.words(
        `The database is kept in ${keep}. Try: AFTERWARDS_DATA=${keep} npm run afterwards -- report ARENA --wave 12`,
      );
  } finally {
    if (keep === null) rmSync(folder, { recursive: true, force: true });
  }
}

async function emptyFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  await mkdir(path, { recursive: true, mode: 0o700 });
  if ((await readdir(path)).length > 0)
    throw new DemoRefusal(`${folder} is not empty: the demo keeps its database only in a new or empty folder.`);
  return path;
}

type Play = { readonly engine: Engine; readonly stage: Stage; readonly clock: TurnedClock; readonly show: Show };

async function withPlay(
  folder: string,
  show: Show,
  startsAt: string,
  parts: readonly Part[],
  run: (play: Play) => Promise<void>,
): Promise<void> {
  const clock = new TurnedClock(new Date(startsAt));
  const stage = new Stage({
    clock,
    parts,
    replies: scriptedReplies(),
    tell: narrate(show, clock, [BUT_ONE, ...FOUNDERS_BUT_ONE.map((part) => part.name)]),
  });
  const engine = await openEngine(folder, clock, stage);
  try {
    stage.open(engine.ports);
    await run({ engine, stage, clock, show });
  } finally {
    await engine.close();
  }
}

/** Lets time pass until an instant, stopping wherever the bot, the people or the weekly digest have something to do. */
async function passUntil({ engine, stage, clock, show }: Play, until: string): Promise<void> {
  const start = clock.now().getTime();
  const end = new Date(until);
  for (;;) {
    const now = clock.now();
    const digest = new Date((Math.floor((now.getTime() - MONDAY_NINE) / WEEK_MS) + 1) * WEEK_MS + MONDAY_NINE);
    const moments = [await engine.nextMoment(now), stage.nextCue(), digest].filter((each) => each !== null);
    const next = new Date(Math.max(Math.min(...moments.map((each) => each.getTime())), now.getTime() + 1));
    if (next >= end) break;
    clock.turnTo(next);
    await stage.play();
    await engine.tick();
    show.progress((next.getTime() - start) / (end.getTime() - start), next);
  }
  clock.turnTo(end);
  await engine.tick();
}

/** Monday 5 January 1970, 09:00 UTC: the digests of the demo leave a whole number of weeks after it. */
const MONDAY_NINE = Date.UTC(1970, 0, 5, 9);

type Setting = {
  readonly programme: string;
  readonly cohort: string;
  readonly endedOn: string;
  readonly roster: RosterFile;
};

async function setUp({ engine, clock }: Play, setting: Setting, settings: Partial<Settings>): Promise<Programme> {
  const now = clock.now();
  const channel = { platform: 'terminal', id: `${setting.programme} organisers` } as const;
  const all: Settings = { ...DEFAULT_SETTINGS, timeZone: 'Etc/UTC', channel, channelAudience: 'organisers', ...settings };
  const programme = await engine.ports.programmes.createProgramme(setting.programme, all, now);
  const table = readRosterCsv(rosterBytes(setting.roster));
  const rows = table.ok ? checkRoster(table.value, { emailReaches: true }) : table;
  if (!rows.ok) throw new Error('the roster of the demo cannot be read');
  const order = { programme, cohortName: setting.cohort, endedOn: setting.endedOn, rows: rows.value, now, dryRun: false };
  const outcome = await engine.importRoster(order);
  if (outcome.kind !== 'imported') throw new Error('the roster of the demo was refused');
  return programme;
}

async function predict(engine: Engine, programme: Programme, claim: Parameters<typeof registerPrediction>[1]): Promise<void> {
  const registered = await registerPrediction(engine.ports, { ...claim, programme });
  if (!registered.ok) throw new Error(registered.error.message);
}

async function showReport({ engine, show }: Play, programme: Programme, waveMonths: number): Promise<void> {
  const report = await makeReport(engine.ports, { programme, waveMonths, audience: 'organisers' });
  if (!report.ok) throw new Error(report.error.message);
  await show.words(reportText(report.value));
}

async function playTwoYears(folder: string, show: Show): Promise<void> {
  await show.title('Two years of one cohort');
  await show.words(
    'ARENA 4.0 has ended: 28 people, all of them invented. Their words are labelled replies that were written for this purpose.\nBefore any answer is in, the organisers put two predictions on record.',
  );
  await withPlay(folder, show, '2024-10-07T08:00:00Z', COHORT, async (play) => {
    const setting: Setting = { programme: 'ARENA', cohort: 'ARENA 4.0', endedOn: '2024-10-04', roster: 'roster.csv' };
    const programme = await setUp(play, setting, { waves: [3, 6, 12, 24] });
    const common = { programme, cohorts: ['ARENA 4.0'], waveMonths: 12, closesOn: '2025-12-01', seenData: false };
    const versions = { codebookVersion: CODEBOOK_VERSION, readerVersion: READER_VERSION };
    await predict(play.engine, programme, {
      ...common,
      ...versions,
      class: { track: 'capabilities', scope: 'main' },
      comparator: 'less_than',
      threshold: 0.1,
      probability: 0.8,
      author: 'Programme lead',
      text: 'Fewer than 10 % of the cohort work on capabilities after a year',
    });
    await predict(play.engine, programme, {
      ...common,
      ...versions,
      class: { track: 'alignment', scope: 'main' },
      comparator: 'more_than',
      threshold: 0.4,
      probability: 0.7,
      author: 'Programme lead',
      text: 'At least 40 % of the cohort work in alignment after a year',
    });
    await passUntil(play, '2026-11-09T12:00:00Z');
    await show.title('What became of them: the report on the first year, with both predictions');
    await showReport(play, programme, 12);
    await show.title('And after two years');
    await showReport(play, programme, 24);
  });
}

const FOUNDING = { endedOn: '2022-12-16', cohort: 'ARENA 1.0' } as const;
const BUT_ONE = 'ARENA, had one been silent';

async function playFounding(folder: string, show: Show): Promise<void> {
  await show.title('The founding story: what became of ARENA 1.0?');
  await show.words('Five people took part, and a year later all five are asked. The people are invented, the outcomes are not.');
  await withPlay(folder, show, '2022-12-19T09:00:00Z', [...FOUNDERS, ...FOUNDERS_BUT_ONE], async (play) => {
    const programme = await setUp(play, { ...FOUNDING, programme: 'ARENA', roster: 'founding.csv' }, { waves: [12] });
    const butOne = await setUp(play, { ...FOUNDING, programme: BUT_ONE, roster: 'founding-but-one.csv' }, { waves: [12] });
    await passUntil(play, '2024-01-29T12:00:00Z');
    await show.title('All five answered');
    await showReport(play, programme, 12);
    await show.title('Had one of the five been silent');
    await showReport(play, butOne, 12);
  });
}
