import { readFileSync } from 'node:fs';
import type { Activity, CareerUpdate } from '../../src/domain/career-update.js';
import type { ReplyText } from '../../src/domain/reply.js';

/** A reply with the record that a careful person made of it. */
export type Labelled = {
  readonly id: string;
  readonly reply: ReplyText;
  readonly gold: CareerUpdate;
  /** What is hard about it, as the one who wrote it said. */
  readonly tags: readonly string[];
};

type Row = {
  id: string;
  tags?: string[];
  programme: string;
  cohort: string;
  cohort_end: string;
  received: string;
  messages: string[];
  gold: { intent: CareerUpdate['intent']; activities: Activity[]; influence: CareerUpdate['influence']; help_wanted: boolean };
};

export const FILES = ['dev', 'dev-2', 'train-a', 'train-b', 'train-c', 'train-d', 'train-e', 'arena-1'] as const;
/** Made up for training alone, never scored; in `further` only what weights are trained on is coded. */
export const DRILLS = ['paraphrases', 'further'] as const;
export type FileName = (typeof FILES)[number] | (typeof DRILLS)[number];

export function readLabelled(file: FileName): readonly Labelled[] {
  const isDrill = DRILLS.some((drill) => drill === file);
  const path = new URL(isDrill ? `./${file}.jsonl` : `../../test/replies/${file}.jsonl`, import.meta.url);
  return readFileSync(path, 'utf8').trim().split('\n').filter(Boolean).map(parse);
}

function parse(line: string): Labelled {
  const row = JSON.parse(line) as Row;
  const { intent, activities, influence, help_wanted: helpWanted } = row.gold;
  const reply = {
    programme: row.programme,
    cohort: row.cohort,
    cohortEnd: row.cohort_end,
    received: row.received,
    messages: row.messages,
  };
  return { id: row.id, reply, gold: { intent, activities, influence, helpWanted }, tags: row.tags ?? [] };
}
