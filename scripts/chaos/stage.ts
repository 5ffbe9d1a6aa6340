import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterwards } from '../../test/cli/run-cli.js';
import { freePort } from '../../test/support/postgres.js';
import type { Dice } from './dice.js';
import { discordSide } from './discord-side.js';
import { Ledger } from './ledger.js';
import { type Alumnus, type Roster, rosterOn } from './roster.js';
import { Line, mountDisk, OwnPostgres } from './server.js';
import type { Side } from './side.js';
import { slackSide } from './slack-side.js';

/** The database's own clock is the machine's: a campaign that ends before it stays in its past. */
export const STARTS_AT = Date.parse('2019-02-04T06:00:00Z');

export type Database =
  | { readonly kind: 'postgres'; readonly server: OwnPostgres; readonly line: Line }
  | { readonly kind: 'embedded'; readonly folder: string; readonly hasOwnDisk: boolean };

/** The campaign's time. Only whoever runs it turns it, and only forward. */
export class Time {
  offsetMs = STARTS_AT - Date.now();
  now = () => Date.now() + this.offsetMs;
}

/** Made-up platforms, a database, and a roster that was put in by the command line. */
export type Stage = {
  readonly time: Time;
  readonly ledger: Ledger;
  readonly sides: readonly Side[];
  readonly roster: Roster;
  readonly database: Database;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs a command of the command line; what it said. */
  cli(...argv: readonly string[]): Promise<string>;
  close(): Promise<void>;
};

export type StageOptions = {
  readonly database: Database['kind'];
  readonly people: number;
  readonly waves: readonly number[];
  readonly dice: Dice;
};

export async function openStage({ database: kind, people, waves, dice }: StageOptions): Promise<Stage> {
  const time = new Time();
  const ledger = new Ledger(time.now);
  const now = () => new Date(time.now());
  const sides = [await slackSide(now, ledger, dice), await discordSide(now, ledger, dice)];
  const roster = rosterOn(sides, { startsAt: STARTS_AT, people, waves });
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-chaos-'));
  const database = await openDatabase(kind, folder);
  const environment = {
    ...Object.assign({}, ...sides.map((each) => each.environment)),
    ...(database.kind === 'postgres'
      ? { DATABASE_URL: `postgres://postgres@127.0.0.1:${database.line.port}/postgres` }
      : { AFTERWARDS_DATA: database.folder }),
    AFTERWARDS_SECRET: 'a secret of the campaign',
    PORT: '0',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  } as Readonly<Record<string, string>>;
  const cli = async (...argv: readonly string[]) => {
    const offset = `${time.offsetMs < 0 ? '-' : ''}${Math.round(Math.abs(time.offsetMs) / 1_000)}s`;
    const said = await afterwards(argv, { env: { ...environment, AFTERWARDS_CLOCK_OFFSET: offset }, cwd: folder });
    if (said.exitCode !== 0) throw new Error(`${argv.join(' ')}: ${said.err}`);
    return said.out;
  };
  const close = async () => {
    await Promise.all(sides.map((each) => each.close()));
    if (database.kind === 'postgres') {
      await database.line.close();
      await database.server.close();
    } else if (database.hasOwnDisk) await promisify(execFile)('umount', ['-l', database.folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await putIn(roster, folder, cli);
  } catch (error) {
    await close();
    throw error;
  }
  return { time, ledger, sides, roster, database, folder, environment, cli, close };
}

async function openDatabase(kind: Database['kind'], folder: string): Promise<Database> {
  if (kind === 'embedded') {
    const data = mkdtempSync(join(folder, 'data-'));
    return { kind, folder: data, hasOwnDisk: mountDisk(data) };
  }
  const server = await OwnPostgres.open(await freePort());
  return { kind, server, line: await Line.to(server.port) };
}

/** Time leaps by hours and days here: somebody who may be written to in some hours alone would be leapt over again and again. */
const ANY_TIME = ['--send-window', '00:00-24:00', '--send-days', 'mon-sun', '--spread', '0s'];

async function putIn({ programmes, alumni, waves }: Roster, folder: string, cli: Stage['cli']): Promise<void> {
  for (const { name, channel, platform, audience, organisers } of programmes) {
    const where = ['--channel', `${platform}:${channel}`, '--channel-audience', audience];
    await cli('programme', 'set', name, '--waves', waves.join(','), ...ANY_TIME, ...where);
    for (const each of organisers) await cli('organiser', 'add', `${platform}:${each.id}`, '--programme', name);
  }
  for (const cohort of new Set(alumni.map((each) => each.cohort))) {
    const members = alumni.filter((each) => each.cohort === cohort);
    const [first] = members;
    if (!first) continue;
    const file = join(folder, 'roster.csv');
    writeFileSync(file, csvOf(members));
    await cli('cohort', 'import', file, '--programme', first.programme, '--cohort', cohort, '--ended', first.endedOn);
  }
}

const csvOf = (members: readonly Alumnus[]): string =>
  [
    'name,slack,discord,timezone',
    ...members.map(({ name, side, account, timeZone }) =>
      [name, side.platform === 'slack' ? account.id : '', side.platform === 'discord' ? account.id : '', timeZone].join(','),
    ),
  ].join('\n');
