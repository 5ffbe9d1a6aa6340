import type { Models } from '../../src/reading/learned/models.js';
import { FILES, readLabelled } from './labelled.js';
import { prepare, trainModels } from './pipeline.js';

/** Weights from everything but the named files. */
export function modelsWithout(left: readonly string[]): Models {
  const replies = [...FILES, 'paraphrases' as const].filter((file) => !left.includes(file)).flatMap(readLabelled);
  return trainModels(replies.map(prepare));
}
