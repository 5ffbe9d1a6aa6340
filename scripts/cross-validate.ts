// Scores the reader on the looked-at files, each with weights trained without it: the figures by which settings, features and rules
// are chosen, and the ones that its confidence is fitted to. Flattering in one way: rules and lists were written from these files.
//
//   npx tsx scripts/cross-validate.ts                figures by file and pooled, and what a probability proved to be worth
//   npx tsx scripts/cross-validate.ts --keep DIR     keeps the weights in DIR, and takes them from there where they are
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readActivities } from '../src/reading/activities.js';
import { analyse } from '../src/reading/analysis.js';
import { mainActivity } from '../src/reading/confidence.js';
import type { Models } from '../src/reading/learned/models.js';
import { decodeModels, encodeModels } from '../src/reading/learned/weights.js';
import { readWith } from '../src/reading/read-reply.js';
import { figuresOf, type Read } from './score/figures.js';
import { pairUp } from './score/matching.js';
import { figuresTable } from './score/table.js';
import { type FileName, readLabelled } from './train/labelled.js';
import { modelsWithout } from './train/training-set.js';

const GROUPS: readonly (readonly FileName[])[] = [['dev', 'dev-2', 'arena-1'], ['train-a'], ['train-d']];

type Sure = { readonly kind: readonly [said: number, right: boolean]; readonly track: readonly [said: number, right: boolean] };

function weightsWithout(group: readonly FileName[], kept: string | undefined): Models {
  const path = kept && `${kept}/${group[0]}.bin`;
  if (path && existsSync(path)) return decodeModels(readFileSync(path));
  const bytes = encodeModels(modelsWithout(group));
  if (kept && path) {
    mkdirSync(kept, { recursive: true });
    writeFileSync(path, bytes);
  }
  return decodeModels(bytes);
}

/** The main activity's own probabilities, and whether it was found, rightly paired and right. */
function surenessOf({ labelled }: Read, models: Models): readonly Sure[] {
  const { reply, gold } = labelled;
  const main = mainActivity(readActivities(analyse(reply), models));
  if (!main) return [];
  const pair = pairUp(reply, gold.activities, [main.activity])[0];
  return [
    {
      kind: [main.kindProbability, pair?.gold.kind === main.activity.kind],
      track: [main.trackProbability, pair?.gold.track === main.activity.track],
    },
  ];
}

const EDGES = [0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.01];

function worthTable(sure: readonly Sure[], field: 'kind' | 'track'): string {
  const lines = EDGES.slice(1).map((to, at) => {
    const bin = sure.map((each) => each[field]).filter(([said]) => said >= (EDGES[at] ?? 0) && said < to);
    const mean = bin.reduce((sum, [said]) => sum + said, 0) / bin.length;
    return `  ${mean.toFixed(3)} proved ${(bin.filter(([, right]) => right).length / bin.length).toFixed(2)} of ${bin.length}`;
  });
  return [field, ...lines].join('\n');
}

const keepAt = process.argv.indexOf('--keep');
const kept = keepAt > 0 ? process.argv[keepAt + 1] : undefined;
const reads: Read[] = [];
const sure: Sure[] = [];
const rows: [string, ReturnType<typeof figuresOf>][] = [];
for (const group of GROUPS) {
  const models = weightsWithout(group, kept);
  const own = group.flatMap(readLabelled).map((labelled) => ({ labelled, reading: readWith(() => models, labelled.reply) }));
  rows.push([group.join('+'), figuresOf(own)]);
  sure.push(...own.flatMap((read) => surenessOf(read, models)));
  reads.push(...own);
}
console.log(figuresTable([...rows, ['pooled', figuresOf(reads)]]));
console.log('\nWhat a probability of the main activity proved to be worth:');
for (const field of ['kind', 'track'] as const) console.log(worthTable(sure, field));
