// Trains the offline reader's weights from the labelled replies, the same on every machine.
//   npm run train            writes src/reading/data/weights.bin (from everything) and, for each writer, the weights that the score
//                            reads that writer with (test/replies/held-out/<writer>.bin, trained without a line of theirs)
//   npm run train -- b       that writer's alone; `all` for the reader's own
import { mkdirSync, writeFileSync } from 'node:fs';
import { encodeModels } from '../src/reading/learned/weights.js';
import { allWritings, modelsWithout, SCORED } from './train/training-set.js';

const writings = allWritings();

function trainWithout(left: string | null, path: URL): void {
  const began = Date.now();
  const bytes = encodeModels(modelsWithout(left === null ? [] : [left], writings));
  writeFileSync(path, bytes);
  process.stderr.write(`${left ? `without ${left}` : 'all'}: ${Math.round(bytes.length / 1024)} kB, ${Date.now() - began} ms\n`);
}

mkdirSync(new URL('../test/replies/held-out/', import.meta.url), { recursive: true });
const only = process.argv[2];
for (const writer of SCORED)
  if (!only || only === writer) trainWithout(writer, new URL(`../test/replies/held-out/${writer}.bin`, import.meta.url));
if (!only || only === 'all') trainWithout(null, new URL('../src/reading/data/weights.bin', import.meta.url));
