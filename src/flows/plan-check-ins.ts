import type { Change, CheckIn, Conversation } from '../domain/conversation.js';
import { decideDue } from '../domain/plan.js';
import type { Ports } from '../ports.js';

const BATCH = 500;
const LATER_MS = 3_600_000;

type Needs = Pick<Ports, 'conversations' | 'clock' | 'log'>;

/**
 * Decides for everybody whose time has come: ask, remind, let lapse, or look again later. Returns how many people that were.
 * One whose turn cannot be decided is logged and holds nobody else up.
 */
export async function planCheckIns(ports: Needs): Promise<number> {
  const now = ports.clock.now();
  let looked = 0;
  for (;;) {
    const people = await ports.conversations.changeDue(now, BATCH, (conversation) => decideOrPutOff(ports, conversation, now));
    looked += people;
    if (people === 0) return looked;
  }
}

/** Every check-in that is due leaves with a decision, or is looked at again in an hour: else it would be due for ever. */
function decideOrPutOff(ports: Needs, conversation: Conversation, now: Date): readonly Change[] {
  const decided = decide(ports, conversation, now);
  const touched = new Set(decided.flatMap((change) => (change.kind === 'check_in' ? [change.checkIn.id] : [])));
  const isLeft = (checkIn: CheckIn) => checkIn.lookAt !== null && checkIn.lookAt <= now && !touched.has(checkIn.id);
  const left = conversation.checkIns.filter(isLeft);
  for (const { id: checkInId, state } of left) ports.log.error('plan_undecided', { checkInId, state });
  const later = new Date(now.getTime() + LATER_MS);
  return [...decided, ...left.map((checkIn): Change => ({ kind: 'check_in', checkIn: { ...checkIn, lookAt: later } }))];
}

function decide(ports: Needs, conversation: Conversation, now: Date): readonly Change[] {
  try {
    return decideDue(conversation, now);
  } catch (error) {
    ports.log.error('plan_failed', {
      personId: conversation.person.id,
      error: error instanceof Error ? error.name : typeof error,
    });
    return [];
  }
}
