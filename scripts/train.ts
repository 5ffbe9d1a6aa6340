// Trains the offline reader's weights from the labelled replies and a seed; the same weights on every machine.
//   npm run train            writes src/reading/data/weights.bin (from everything) and one held-out set of weights
//                            for each file that the score is measured on (test/replies/held-out/<file>.bin, trained without it)
import { mkdirSync, writeFileSync } from 'node:fs';
import { encodeModels } from '../src/reading/learned/weights.js';
import { HELD_OUT } from './score/held-out.js';
import { modelsWithout } from './train/training-set.js';

function trainWithout(left: string | null, path: URL): void {
  const began = Date.now();
  const bytes = encodeModels(modelsWithout(left === null ? [] : [left]));
  writeFileSync(path, bytes);
  process.stderr.write(`${left ? `without ${left}` : 'all'}: ${Math.round(bytes.length / 1024)} kB, ${Date.now() - began} ms\n`);
}

mkdirSync(new URL('../test/replies/held-out/', import.meta.url), { recursive: true });
const only = process.argv[2];
for (const file of HELD_OUT)
  if (!only || only === file) trainWithout(file, new URL(`../test/replies/held-out/${file}.bin`, import.meta.url));
if (!only || only === 'all') trainWithout(null, new URL('../src/reading/data/weights.bin', import.meta.url));
