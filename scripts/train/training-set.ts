import type { Models } from '../../src/reading/learned/models.js';
import { type FileName, readLabelled } from './labelled.js';
import { prepare, trainModels, type Writing } from './pipeline.js';

/** Whose replies are scored. */
export const SCORED = ['dev', 'a', 'b', 'c', 'd', 'e'] as const;
export type Writer = (typeof SCORED)[number];

/** Who wrote which files; the paraphrases reword arena-1, and the drills are made up for training alone. */
export const WRITERS: Readonly<Record<Writer | 'drills', readonly FileName[]>> = {
  dev: ['dev', 'dev-2', 'arena-1', 'paraphrases'],
  a: ['train-a'],
  b: ['train-b'],
  c: ['train-c'],
  d: ['train-d'],
  e: ['train-e'],
  drills: ['further'],
};

export function allWritings(): readonly Writing[] {
  return Object.entries(WRITERS).map(([writer, files]) => ({ writer, prepared: files.flatMap(readLabelled).map(prepare) }));
}

/** Weights from everything that the named writers did not write. */
export function modelsWithout(left: readonly string[], writings = allWritings()): Models {
  return trainModels(writings.filter(({ writer }) => !left.includes(writer)));
}
