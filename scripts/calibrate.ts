// Fits the weights of the reader's confidence (src/reading/confidence.ts) to what it makes of each writer with weights trained without
// them, and prints them to be copied there: npx tsx scripts/calibrate.ts, after `npm run train`.
import { fitted, surenessOf } from './score/calibration.js';
import { readUnseen } from './score/held-out.js';
import { SCORED } from './train/training-set.js';

const all = SCORED.flatMap((writer) =>
  readUnseen(writer).flatMap(({ labelled, activities }) => surenessOf(writer, labelled, activities) ?? []),
);
for (const field of ['kind', 'track'] as const)
  console.log(
    `const ${field.toUpperCase()}_WEIGHTS: readonly number[] = ${JSON.stringify(fitted(all, field)).replaceAll(',', ', ')};`,
  );
