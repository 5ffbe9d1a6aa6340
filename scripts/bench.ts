import { cpus, totalmem } from 'node:os';
import { startPostgres } from '../test/support/postgres.js';
import { benchDiscord } from './bench/discord.js';
import { benchOutbox } from './bench/outbox.js';
import { benchPlanning } from './bench/planning.js';
import { benchReader } from './bench/reader.js';
import { benchReports } from './bench/reports.js';
import { benchSlack } from './bench/slack.js';
import { benchStart } from './bench/start.js';

/** One measured figure, with what it is a figure of. */
export type Figure = { readonly what: string; readonly value: number; readonly unit: string };

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 1_000_000);
/** Each has five records. */
const REPORTED = Number(process.env.BENCH_REPORTED ?? 100_000);
const DELIVERIES = Number(process.env.BENCH_DELIVERIES ?? 2_000);
const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 2_000);

const server = await startPostgres();
try {
  const figures: Figure[] = [
    ...(server ? await benchPlanning(server.url, PEOPLE) : []),
    ...(await benchReports(server?.url ?? null, REPORTED)),
    ...(await benchOutbox(server?.url ?? null, DELIVERIES)),
    ...benchReader(),
    ...(await benchStart()),
    ...(await benchDiscord(server?.url ?? null, MESSAGES)),
    ...(await benchSlack(server?.url ?? null, MESSAGES)),
  ];
  if (!server) process.stderr.write('No PostgreSQL found: its figures are missing.\n');
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  console.log(JSON.stringify({ machine, figures }, null, 2));
  const width = Math.max(...figures.map(({ what }) => what.length));
  console.log(`\nOn ${machine.cores} cores, Node ${machine.node}:`);
  for (const { what, value, unit } of figures) console.log(`${what.padEnd(width)}  ${String(value).padStart(10)} ${unit}`);
} finally {
  await server?.stop();
}
