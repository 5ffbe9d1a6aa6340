import { decideDue } from '../domain/plan.js';
import type { Ports } from '../ports.js';

const BATCH = 500;

/**
 * Decides for everybody whose time has come: ask, remind, let lapse, or look again later. Returns how many people that were.
 * One whose turn cannot be decided is logged and holds nobody else up.
 */
export async function planCheckIns(ports: Pick<Ports, 'conversations' | 'clock' | 'log'>): Promise<number> {
  const now = ports.clock.now();
  let looked = 0;
  for (;;) {
    const people = await ports.conversations.changeDue(now, BATCH, (conversation) => {
      try {
        return decideDue(conversation, now);
      } catch (error) {
        ports.log.error('plan_failed', { personId: conversation.person.id, error: String(error) });
        return conversation.checkIns
          .filter((each) => each.lookAt !== null && each.lookAt <= now)
          .map((checkIn) => ({ kind: 'check_in', checkIn: { ...checkIn, lookAt: new Date(now.getTime() + 3_600_000) } }));
      }
    });
    looked += people;
    if (people === 0) return looked;
  }
}
