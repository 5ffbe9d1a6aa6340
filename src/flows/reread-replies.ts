import { ground } from '../domain/grounding.js';
import type { ReplyId } from '../domain/ids.js';
import { decideOnReread, type LeftAlone, type Reread, rereadable, rereadOf, textAgain } from '../domain/on-reread.js';
import type { Programme } from '../domain/people.js';
import type { OldReply, Ports } from '../ports.js';
import { inOwnWords } from '../reading/own-words.js';

const BATCH = 100;
const AT_ONCE = 4;

export type RereadReply = Reread & {
  readonly replyId: ReplyId;
  readonly cohort: string | null;
  readonly waveMonths: number | null;
  /** Who read it this time. */
  readonly reader: string;
};
export type RereadSummary = {
  readonly changed: readonly RereadReply[];
  readonly unchanged: number;
  /** The words ask to be left alone or erased, as they are read now; at the time they were not taken so. For a human to look at. */
  readonly optOuts: readonly ReplyId[];
  /** Could not be read or stored; they stay as they are. */
  readonly failed: number;
  readonly leftAlone: Readonly<Record<LeftAlone, number>>;
};

type Outcome =
  | { readonly kind: 'changed'; readonly reply: RereadReply }
  | { readonly kind: 'unchanged' | 'failed' }
  | { readonly kind: 'opt_out'; readonly replyId: ReplyId }
  | { readonly kind: 'left_alone'; readonly why: LeftAlone };

type Needs = Pick<Ports, 'conversations' | 'readReply' | 'model' | 'clock' | 'log' | 'wakeSender'>;

/** Reads the replies of a programme again as they would be read today; unless `isTrial`, puts the new records in place of the old. */
export async function rereadReplies(ports: Needs, programme: Programme, isTrial: boolean): Promise<RereadSummary> {
  const outcomes: Outcome[] = [];
  for (let after = 0; ; ) {
    const batch = await ports.conversations.repliesOf(programme.id, after, BATCH);
    const last = batch.at(-1);
    if (!last) break;
    after = last.replyId;
    const waiting = [...batch];
    const work = async () => {
      for (let old = waiting.shift(); old; old = waiting.shift()) outcomes.push(await rereadOne(ports, programme, old, isTrial));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
  if (!isTrial && outcomes.some(({ kind }) => kind === 'changed')) ports.wakeSender();
  return summaryOf(outcomes);
}

async function rereadOne(ports: Needs, programme: Programme, old: OldReply, isTrial: boolean): Promise<Outcome> {
  const { replyId, personId, version, cohort, waveMonths } = old;
  try {
    const conversation = await ports.conversations.conversation(personId);
    if (!conversation || conversation.person.erasedAt !== null) return { kind: 'left_alone', why: 'no_record' };
    const found = rereadable(conversation, replyId);
    if (typeof found === 'string') return { kind: 'left_alone', why: found };
    const text = textAgain(conversation, found.reply, old.text, ports.model);
    const read = await ports.readReply(text);
    if (read.optOut?.certainty === 'clear') return { kind: 'opt_out', replyId };
    const reading = inOwnWords({ ...read, update: ground(text, read.update) }, programme.settings);
    const change = rereadOf(found.stored, reading);
    if (change === null) return { kind: 'unchanged' };
    if (!isTrial) {
      const now = ports.clock.now();
      const decided = await ports.conversations.change(personId, now, (current) => ({
        changes: decideOnReread(current, { replyId, version, stored: found.stored }, reading, now),
      }));
      if (!decided || decided.changes.length === 0) return { kind: 'left_alone', why: 'settled_by_the_person' };
    }
    return { kind: 'changed', reply: { ...change, replyId, cohort, waveMonths, reader: reading.reader } };
  } catch (error) {
    // Only the kind of error: its message could hold what the person wrote.
    ports.log.error('reread_failed', { replyId, error: error instanceof Error ? error.name : typeof error });
    return { kind: 'failed' };
  }
}

function summaryOf(outcomes: readonly Outcome[]): RereadSummary {
  const leftAlone = { settled_by_the_person: 0, no_record: 0, carried_forward: 0 };
  const changed: RereadReply[] = [];
  const optOuts: ReplyId[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === 'changed') changed.push(outcome.reply);
    else if (outcome.kind === 'opt_out') optOuts.push(outcome.replyId);
    else if (outcome.kind === 'left_alone') leftAlone[outcome.why] += 1;
  }
  const count = (kind: Outcome['kind']) => outcomes.filter((each) => each.kind === kind).length;
  return {
    changed: changed.sort((a, b) => a.replyId - b.replyId),
    unchanged: count('unchanged'),
    optOuts: optOuts.sort((a, b) => a - b),
    failed: count('failed'),
    leftAlone,
  };
}
