import type { CareerUpdate } from '../domain/career-update.js';
import { participationIn } from '../domain/check-in.js';
import type { Conversation, Reply } from '../domain/conversation.js';
import { ground } from '../domain/grounding.js';
import { mayModelRead } from '../domain/notice.js';
import { decideOnReply, type Read } from '../domain/on-reply.js';
import type { Reading, ReplyText } from '../domain/reply.js';
import { DAY_MS, DEFAULT_SETTINGS } from '../domain/settings.js';
import type { OwnTracks } from '../domain/tracks.js';
import type { Ports, SettledReply } from '../ports.js';
import { correctUpdate } from '../reading/correct-update.js';
import { findOptOut } from '../reading/opt-out.js';
import { correctedInOwnTracks } from '../reading/own-tracks.js';
import { inOwnWords } from '../reading/own-words.js';

const BATCH = 50;
const AT_ONCE = 4;
const AFTERTHOUGHT_MS = 28 * DAY_MS;

/** Reads every reply that has been quiet long enough, and acts on it. Run by the tick, so a crash between the two costs nothing. */
export async function settleReplies(ports: Ports): Promise<number> {
  let settled = 0;
  for (;;) {
    const now = ports.clock.now();
    const quiet = await ports.conversations.settled(now, BATCH);
    if (quiet.length === 0) return settled;
    settled += await settleSome(ports, quiet, now);
  }
}

/** Several at once, so that a model that is slow with one holds up few others; those of one person one after the other. */
async function settleSome(ports: Ports, quiet: readonly SettledReply[], now: Date): Promise<number> {
  const byPerson = new Map<number, SettledReply[]>();
  for (const reply of quiet) byPerson.set(reply.personId, [...(byPerson.get(reply.personId) ?? []), reply]);
  const waiting = [...byPerson.values()];
  let settled = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      for (const reply of next) if (await settleOne(ports, reply, now)) settled += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return settled;
}

async function settleOne(ports: Ports, reply: SettledReply, now: Date): Promise<boolean> {
  try {
    const conversation = await ports.conversations.conversation(reply.personId);
    const read = conversation && (await readIt(ports, conversation, reply, now));
    if (!read) return false;
    const seen = conversation.replies.find((each) => each.id === reply.replyId)?.stored ?? null;
    const settled = { replyId: reply.replyId, version: reply.version, messages: reply.messages.length, seen };
    const decided = await ports.conversations.change(reply.personId, now, (current) => ({
      changes: decideOnReply(current, settled, read, now),
    }));
    if (decided && decided.changes.length > 0) ports.wakeSender();
    return true;
  } catch (error) {
    // Only the kind of error: its message could hold what the person wrote.
    ports.log.error('settle_failed', { replyId: reply.replyId, error: error instanceof Error ? error.name : typeof error });
    await ports.conversations.putOffReply(reply.replyId, new Date(now.getTime() + 60_000 * 2 ** Math.min(reply.attempts, 8)));
    return false;
  }
}

/** Which of its words are to be read, and against what: a further message may correct what stands on the card. */
async function readIt(ports: Ports, conversation: Conversation, settled: SettledReply, now: Date): Promise<Read> {
  const { messages, readMessages } = settled;
  if (messages.length === 0) return { kind: 'nothing' };
  const reply = conversation.replies.find((each) => each.id === settled.replyId);
  const participation = reply ? participationIn(conversation, reply.programmeId) : null;
  const own = participation?.programme.settings.tracks ?? null;
  const news = messages.slice(readMessages);
  const writer = conversation.person.name;
  const knowsOfModel = participation !== null && mayModelRead(participation, ports.model);
  const reading = async (some: readonly string[], asksModel = true) => {
    const text = { ...settled.text, writer, mayUseModel: knowsOfModel && asksModel, messages: some };
    return inOwnWords(await readGrounded(ports, text), participation?.programme.settings ?? DEFAULT_SETTINGS);
  };
  if (reply?.stored && readMessages > 0 && news.length > 0) {
    const onCard = reply.stored.update;
    const corrected = correctUpdate(onCard, { ...settled.text, messages: news });
    return readMore({ reading, settled, reply, news }, correctedInOwnTracks(onCard, corrected, news, own));
  }
  const afterthought = reply ? findAfterthought(conversation, reply, settled, own, now) : null;
  return afterthought ?? { kind: 'whole', reading: await reading(messages) };
}

type More = {
  readonly reading: (messages: readonly string[], mayUseModel?: boolean) => Promise<Reading>;
  readonly settled: SettledReply;
  readonly reply: Reply;
  readonly news: readonly string[];
};

async function readMore({ reading: read, settled, reply, news }: More, corrected: CareerUpdate | null): Promise<Read> {
  // What only corrects the card is understood already: a model has nothing to add to it.
  const reading = await read(news, corrected === null);
  const isFresh = corrected === null && reading.optOut === null && reading.update.intent === 'update';
  // Nobody has touched the card yet, so the whole is read anew: the later words may bear on the earlier ones. A stop among those has been acted on.
  if (isFresh && reply.stored?.basis === 'read')
    return { kind: 'whole', reading: { ...(await read(settled.messages)), optOut: null } };
  return { kind: 'more', reading, corrected };
}

/** Something said soon after a card, that only puts it right, whatever else was said in between. */
function findAfterthought(
  conversation: Conversation,
  reply: Reply,
  settled: SettledReply,
  own: OwnTracks,
  now: Date,
): Read | null {
  const before = conversation.replies.findLast(
    (each) => each.id !== reply.id && each.programmeId === reply.programmeId && each.stored !== null,
  );
  const isStanding = before?.state === 'confirmed' || before?.state === 'read';
  if (!before?.stored || !isStanding || now.getTime() - before.openedAt.getTime() > AFTERTHOUGHT_MS) return null;
  if (isAskedSince(conversation, reply, before.openedAt) || findOptOut(settled.messages) !== null) return null;
  const onCard = before.stored.update;
  const corrected = correctedInOwnTracks(onCard, correctUpdate(onCard, settled.text), settled.messages, own);
  return corrected === null ? null : { kind: 'afterthought', about: before.id, corrected };
}

/** An answer to a newer question is an answer, however short: "Same, but part time". */
const isAskedSince = (conversation: Conversation, reply: Reply, then: Date) =>
  conversation.checkIns.some(
    (each) => each.programmeId === reply.programmeId && each.deliveredAt !== null && each.deliveredAt > then,
  );

async function readGrounded(ports: Ports, text: ReplyText): Promise<Reading> {
  const reading = await ports.readReply(text);
  return { ...reading, update: ground(text, reading.update) };
}
