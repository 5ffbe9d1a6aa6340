// Scores the language model that AFTERWARDS_LLM_… names, on labelled replies: each is sent once. Prints figures only, never a reply.
//
//   npm run score -- --llm                  on 60 replies of train-b, train-c and train-e, evenly spread
//   npm run score -- --llm --sample 470     on so many
//   npm run score -- --llm --file train-d   of another file
//
// The model's record is scored as the bot would store it: held against the words, and read by the rules where the model failed. None
// of the scored replies is in the prompt. Confidence is left out: the rules have been trained on these files, so that theirs would flatter.
import { modelReader } from '../adapters/llm/reader.js';
import { environmentOf } from '../src/cli/environment.js';
import { readConfig } from '../src/config.js';
import { selectedActivity } from '../src/domain/card.js';
import type { Reading } from '../src/domain/reply.js';
import { readReplyOffline } from '../src/reading/read-reply.js';
import { textSense } from '../src/reading/text-sense.js';
import { figuresOf, type Read } from './score/figures.js';
import { pairUp } from './score/matching.js';
import { figuresTable } from './score/table.js';
import { FILES, type FileName, type Labelled, readLabelled } from './train/labelled.js';

const HELD_BACK: readonly FileName[] = ['train-b', 'train-c', 'train-e'];
const SAMPLE = 60;
const AT_ONCE = 4;

/** What it costs, how often it fails, and how right it is; `model` and `rules` read the same replies. */
export async function scoreModel(argv: readonly string[]): Promise<string> {
  const config = readConfig(environmentOf({ env: process.env, cwd: process.cwd() }));
  if (!config.ok) throw new Error(config.error.join('\n'));
  const access = config.value.model;
  if (access === null) throw new Error('set AFTERWARDS_LLM_PROVIDER and its fellows first: docs/model-reader.md says how');
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const clock = { now: () => new Date() };
  const { read } = modelReader({ access, offline: readReplyOffline, sense: textSense, clock, log: silent });
  const sample = sampleOf(argv);
  const model: Read[] = [];
  const waiting = [...sample];
  const work = async () => {
    for (let labelled = waiting.shift(); labelled; labelled = waiting.shift())
      model.push({ labelled, reading: await read(labelled.reply) });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const rules = sample.map((labelled) => ({ labelled, reading: readReplyOffline(labelled.reply) }));
  return [
    figuresTable([
      [access.model, figuresOf(model)],
      ['rules (trained on these)', figuresOf(rules)],
    ]),
    '',
    costs(model.map(({ reading }) => reading)),
    worth(model),
  ].join('\n');
}

function sampleOf(argv: readonly string[]): readonly Labelled[] {
  const named = FILES.find((file) => file === argv[argv.indexOf('--file') + 1]);
  const all = (argv.includes('--file') && named ? [named] : HELD_BACK).flatMap(readLabelled);
  const wanted = argv.includes('--sample') ? Number(argv[argv.indexOf('--sample') + 1]) : SAMPLE;
  if (!Number.isInteger(wanted) || wanted < 1) throw new Error('--sample needs a number of replies, such as 60');
  const count = Math.min(wanted, all.length);
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]).filter(
    (each) => each !== undefined,
  );
}

function costs(readings: readonly Reading[]): string {
  const traces = readings.flatMap(({ trace }) => trace ?? []);
  const outcomes = new Map<string, number>([['not sent: an opt-out, or nothing to read', readings.length - traces.length]]);
  for (const { outcome } of traces) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const times = traces.flatMap(({ latencyMs }) => latencyMs ?? []).sort((a, b) => a - b);
  const at = (share: number) => ((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) / 1000).toFixed(1);
  const mean = (pick: (trace: (typeof traces)[number]) => number | null) =>
    Math.round(traces.reduce((sum, trace) => sum + (pick(trace) ?? 0), 0) / Math.max(1, traces.length));
  return [
    `Of ${readings.length} replies: ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}.`,
    `A reply takes ${at(0.5)} s (one in twenty over ${at(0.95)} s), ${mean((each) => each.inputTokens)} tokens in and ${mean((each) => each.outputTokens)} out.`,
  ].join('\n');
}

/** What stands in `MODEL_WORTH` (src/domain/fuse-readings.ts) is a guess until this was looked at. */
function worth(reads: readonly Read[]): string {
  const mains = reads.flatMap(({ labelled, reading }) => {
    const main = reading.update.activities[selectedActivity(reading.update) ?? -1];
    if (!main || reading.reader === 'offline') return [];
    const pair = pairUp(labelled.reply, labelled.gold.activities, reading.update.activities).find(({ read }) => read === main);
    return [{ kind: pair?.gold.kind === main.kind, track: pair?.gold.track === main.track }];
  });
  const share = (field: 'kind' | 'track') =>
    `${mains.filter((each) => each[field]).length} of ${mains.length} with the right ${field}`;
  return `The main activity that it read: ${share('kind')}, ${share('track')}.`;
}
