import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { KINDS, TRACKS } from '../../domain/career-update.js';

/** A reply of the labelled set, with what its writer meant by it: the people of the demo put the card right by that. */
export type ScriptedReply = z.infer<typeof replySchema>;
const replySchema = z.object({
  id: z.string(),
  messages: z.array(z.string()),
  meant: z.object({ kind: z.enum(KINDS), track: z.enum(TRACKS) }).nullable(),
  rating: z.number().nullable(),
});

/** What somebody does about one question. Days count from it. */
export type Act =
  | {
      readonly kind: 'writes';
      readonly reply: string;
      readonly afterDays?: number;
      /** What they do with the card; left out: they put it right and confirm it. */
      readonly card?: 'leaves it' | 'takes it back';
      /** What they write once they saw the card, before they confirm it. */
      readonly corrects?: string;
    }
  | { readonly kind: 'presses'; readonly verb: 'no_change' | 'stop' | 'later'; readonly afterDays?: number; readonly next?: Act }
  | { readonly kind: 'is silent' };

export type Part = {
  readonly name: string;
  /** By wave; a wave that is not here is met with silence. */
  readonly acts: Readonly<Partial<Record<number, Act>>>;
  readonly names?: 'named' | 'totals';
  /** ISO day on which their account is deactivated. */
  readonly accountLostOn?: string;
  /** Something they write of their own accord. */
  readonly unasked?: { readonly on: string; readonly text: string; readonly confirms?: 'erase' };
};

const writes = (reply: string, more: Omit<Extract<Act, { kind: 'writes' }>, 'kind' | 'reply'> = {}): Act => ({
  kind: 'writes',
  reply,
  ...more,
});
const presses = (verb: 'no_change' | 'stop' | 'later', more: { afterDays?: number; next?: Act } = {}): Act => ({
  kind: 'presses',
  verb,
  ...more,
});
const same = presses('no_change');

/** Twenty-eight invented people. Their words are texts of the labelled replies. */
export const COHORT: readonly Part[] = [
  { name: 'Mara Lindqvist', names: 'named', acts: { 3: writes('dev-031'), 6: same, 12: writes('ta-084'), 24: same } },
  {
    name: 'Tomasz Wolny',
    names: 'named',
    acts: { 3: writes('ta-008'), 6: writes('dev-145', { afterDays: 2 }), 12: writes('ta-147'), 24: same },
  },
  {
    name: 'Aisha Rahman',
    names: 'totals',
    acts: { 6: writes('ta-121'), 12: writes('ta-133', { afterDays: 5 }), 24: writes('td-029') },
  },
  {
    name: 'Ben Achterberg',
    names: 'named',
    acts: { 3: writes('td-009'), 12: writes('dev-024', { corrects: "no, it's part time" }), 24: same },
  },
  { name: 'Chiara Fontana', acts: { 3: writes('ta-088', { card: 'leaves it' }), 12: writes('td-041'), 24: same } },
  { name: 'Daniel Osei', names: 'totals', acts: { 6: writes('dev-158'), 12: writes('ta-105'), 24: same } },
  { name: 'Elif Kaya', acts: { 3: writes('ta-065'), 12: writes('ta-100', { afterDays: 1 }) } },
  {
    name: 'Felix Brandt',
    names: 'named',
    acts: { 3: presses('later', { next: writes('ta-037') }), 12: writes('ta-029'), 24: same },
  },
  { name: 'Grace Mwangi', names: 'named', acts: { 6: writes('dev-004'), 12: writes('ta-137', { afterDays: 12 }), 24: same } },
  { name: 'Hiro Tanabe', acts: { 12: writes('dev-193'), 24: same } },
  { name: 'Ines Duarte', names: 'totals', acts: { 3: writes('td-169'), 6: same, 12: writes('dev-058'), 24: same } },
  { name: 'Jonas Petersen', names: 'named', acts: { 3: writes('td-037'), 12: writes('ta-046'), 24: same } },
  { name: 'Kavya Nair', acts: { 12: writes('dev-131', { afterDays: 4 }), 24: same } },
  { name: 'Liam O’Rourke', acts: { 3: writes('ta-144') } },
  { name: 'Mei-Lin Chou', names: 'totals', acts: { 6: writes('td-139'), 12: writes('ta-060'), 24: writes('ta-151') } },
  { name: 'Noor van Dijk', names: 'named', acts: { 3: presses('no_change'), 12: writes('dev-181'), 24: same } },
  { name: 'Oscar Villalba', acts: { 12: writes('dev-002', { afterDays: 33 }) } },
  { name: 'Priya Raman', names: 'named', acts: { 12: writes('ta-025'), 24: same } },
  { name: 'Quentin Masson', acts: { 6: writes('td-097'), 12: writes('ta-078') } },
  { name: 'Rosa Delgado', acts: { 12: writes('dev-001') } },
  { name: 'Samir Haddad', names: 'named', acts: { 3: writes('dev-145'), 12: writes('dev-004', { afterDays: 6 }) } },
  { name: 'Thea Nygaard', acts: { 12: writes('dev-031'), 24: same } },
  { name: 'Umar Siddiqui', acts: {}, accountLostOn: '2025-08-15' },
  { name: 'Vera Kovacs', acts: { 3: writes('ta-088'), 12: presses('later', { afterDays: 3 }) } },
  { name: 'Will Ashdown', acts: {} },
  { name: 'Xiaoyu Ren', acts: { 6: presses('stop') } },
  {
    name: 'Yael Stern',
    acts: {},
    unasked: { on: '2026-05-11', text: 'please delete everything you have about me', confirms: 'erase' },
  },
  { name: 'Zoltan Marek', acts: {} },
];

const founder = (name: string, place: number): Part => ({ name, names: 'named', acts: { 12: writes(`arena-1-${place + 1}`) } });

/** The five of the founding story; all answer after a year. */
export const FOUNDERS: readonly Part[] = ['Ada Novak', 'Ivo Lang', 'Salma Idris', 'Peter Quist', 'Jun Park'].map(founder);

/** Five others who give the same answers, but for the last, who is silent. */
export const FOUNDERS_BUT_ONE: readonly Part[] = ['Maja Holm', 'Tarek Aziz', 'Lena Sommer', 'Pablo Ruiz', 'Emi Sato'].map(
  (name, place) => (place === 4 ? { name, acts: {} } : founder(name, place)),
);

/** The labelled replies that the demo's people write, by id. */
export function scriptedReplies(): ReadonlyMap<string, ScriptedReply> {
  const lines = readFileSync(new URL('data/replies.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return new Map(lines.map((line) => replySchema.parse(JSON.parse(line))).map((reply) => [reply.id, reply]));
}

export type RosterFile = 'roster.csv' | 'founding.csv' | 'founding-but-one.csv';

export function rosterBytes(file: RosterFile): Uint8Array {
  return readFileSync(new URL(`data/${file}`, import.meta.url));
}
