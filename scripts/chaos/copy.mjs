// One copy of the built bot, as `afterwards start` runs it, in a time that whoever started it turns. Its first message tells the time.
import { paceOf } from '../../dist/adapters/slack/pace.js';
import { start } from '../../dist/src/cli/start.js';
import { THE_MACHINE } from '../../dist/src/cli/surroundings.js';
import { MUTANTS } from './mutants.mjs';

const TICK_MS = 200;
const TIMEOUT_MS = 1_000;
/** Outlasts every send, as the real one does. */
const LEASE_MS = 8_000;
/** Of a minute of the real one, so much is left: whoever dies while reading histories is soon followed. */
const CATCH_UP_LEASE_MS = 3_000;

const [, , mutant = 'none'] = process.argv;

let offsetMs = await new Promise((resolve) => process.once('message', (told) => resolve(told.offsetMs)));
process.on('message', (told) => {
  offsetMs = told.offsetMs;
});
// Whoever turned its time is gone.
process.on('disconnect', () => process.exit());

function often(tick) {
  let current = Promise.resolve();
  let isDone = true;
  const timer = setInterval(() => {
    if (!isDone) return;
    isDone = false;
    process.send?.('ticks');
    current = tick().finally(() => {
      isDone = true;
    });
  }, TICK_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await current;
    },
  };
}

const around = {
  ...THE_MACHINE,
  clock: { now: () => new Date(Date.now() + offsetMs) },
  pace: { batch: 40, atOnce: 8, leaseMs: LEASE_MS, reconcileAfterMs: 1_000 },
  timeoutMs: TIMEOUT_MS,
  slackPace: paceOf({ perSecond: Number.POSITIVE_INFINITY, channelMs: 0 }),
  ticking: often,
  memory: (memory) => ({
    ...memory,
    holdLease: (name, holder, ms) =>
      memory.holdLease(name, holder, name.startsWith('catch_up:') ? Math.min(ms, CATCH_UP_LEASE_MS) : ms),
  }),
  ...MUTANTS[mutant],
};

const shell = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  input: process.stdin,
};
try {
  process.exitCode = await start(shell, around);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
process.disconnect?.();
setTimeout(() => process.exit(), 200).unref();
