import { readFileSync } from 'node:fs';
import { type ReadActivity, readActivities } from '../../src/reading/activities.js';
import { analyse } from '../../src/reading/analysis.js';
import type { Models } from '../../src/reading/learned/models.js';
import { decodeModels } from '../../src/reading/learned/weights.js';
import { readWith } from '../../src/reading/read-reply.js';
import { DRILLS, type Labelled, readLabelled } from '../train/labelled.js';
import { WRITERS, type Writer } from '../train/training-set.js';
import type { Read } from './figures.js';

/** Writers of whom nobody read a line while writing rules, lists and features: only figures of them are ever printed. */
export const UNREAD: readonly Writer[] = ['b', 'c', 'e'];

/** A writer's scored replies. */
export function writtenBy(writer: Writer): readonly Labelled[] {
  return WRITERS[writer].filter((file) => !DRILLS.some((drill) => drill === file)).flatMap(readLabelled);
}

/** The weights that were trained without a line of this writer. */
export function modelsWithout(writer: Writer): Models {
  return decodeModels(readFileSync(new URL(`../../test/replies/held-out/${writer}.bin`, import.meta.url)));
}

export type ReadUnseen = Read & { readonly writer: Writer; readonly activities: readonly ReadActivity[] };

/** A writer's replies, each as read by somebody who has never seen them write. */
export function readUnseen(writer: Writer): readonly ReadUnseen[] {
  const models = modelsWithout(writer);
  return writtenBy(writer).map((labelled) => {
    const reading = readWith(() => models, labelled.reply);
    const kept = new Set(reading.update.activities.map(({ evidence }) => evidence));
    const activities = readActivities(analyse(labelled.reply), models).filter(({ activity }) => kept.has(activity.evidence));
    return { writer, labelled, reading, activities };
  });
}
