import { participationIn } from '../domain/check-in.js';
import { type ConfirmedLine, confirmedLine } from '../domain/confirmed-line.js';
import { ground } from '../domain/grounding.js';
import { textAgain } from '../domain/on-reread.js';
import type { Programme } from '../domain/people.js';
import { type ReaderScore, type ScoredReply, scoreReader } from '../domain/reader-score.js';
import type { OldReply, Ports } from '../ports.js';
import { inOwnWords } from '../reading/own-words.js';

const BATCH = 100;

export type Confirmed = {
  readonly lines: readonly ConfirmedLine[];
  readonly score: ReaderScore;
  /** Confirmed, but of people who did not agree to be named beside their answers: they are in neither. */
  readonly withoutConsent: number;
};

type Needs = Pick<Ports, 'conversations' | 'readReply' | 'model'>;

/** What people confirmed of their replies, to learn from; and how the present reader does on these. Reads only, and trains nothing. */
export async function confirmedReplies(ports: Needs, programme: Programme): Promise<Confirmed> {
  const lines: ConfirmedLine[] = [];
  const scored: ScoredReply[] = [];
  let withoutConsent = 0;
  for (let after = 0; ; ) {
    const batch = await ports.conversations.repliesOf(programme.id, after, BATCH);
    const last = batch.at(-1);
    if (!last) break;
    after = last.replyId;
    for (const old of batch) {
      const found = await confirmedOne(ports, programme, old);
      if (found === 'without_consent') withoutConsent += 1;
      else if (found !== null) {
        lines.push(confirmedLine(`confirmed-${String(lines.length + 1).padStart(3, '0')}`, found.text, found.scored.confirmed));
        scored.push(found.scored);
      }
    }
  }
  return { lines, score: scoreReader(scored), withoutConsent };
}

async function confirmedOne(ports: Needs, programme: Programme, { personId, replyId, text: words }: OldReply) {
  const conversation = await ports.conversations.conversation(personId);
  const reply = conversation?.replies.find((each) => each.id === replyId);
  if (!conversation || !reply?.stored || reply.stored.basis !== 'confirmed' || reply.stored.carriedForward) return null;
  if (participationIn(conversation, programme.id).namesConsent !== 'named') return 'without_consent' as const;
  const text = textAgain(conversation, reply, words, ports.model);
  const read = await ports.readReply(text);
  const reading = inOwnWords({ ...read, update: ground(text, read.update) }, programme.settings);
  return { text, scored: { confirmed: reply.stored.update, reading } };
}
