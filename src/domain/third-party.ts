import { type Activity, type CareerUpdate, EMPTY_ACTIVITY, NO_INFLUENCE } from './career-update.js';
import type { Change, CheckIn, Conversation, OrganiserEntry } from './conversation.js';
import type { ProgrammeId } from './ids.js';
import type { Asker } from './people.js';
import { isSameAccount } from './people.js';
import { fail, ok, type Result } from './result.js';
import { zoneOf } from './transitions.js';
import { dayIn } from './wording.js';

/** In the place of a reader, on what an organiser entered of somebody. */
export const THIRD_PARTY_READER = 'organiser';

/** What an organiser knows of somebody's work now. */
export type Entered = Pick<Activity, 'kind' | 'track' | 'organisation' | 'role'>;

export type EntryRefusal = 'oneself' | 'erased' | 'too_early' | 'rejected';

/** It goes on now, and nobody's words stand for it. */
export const activityOf = (entered: Entered): Activity => ({ ...EMPTY_ACTIVITY, ...entered });

const asUpdate = (entered: Entered): CareerUpdate => ({
  intent: 'update',
  activities: [activityOf(entered)],
  influence: NO_INFLUENCE,
  helpWanted: false,
});

/** The newest wave that has fallen due for somebody in a programme: what is known of them now is about that. */
function newestDue(conversation: Conversation, programmeId: ProgrammeId, now: Date): CheckIn | null {
  const today = dayIn(zoneOf(conversation, programmeId), now);
  return conversation.checkIns.findLast((each) => each.programmeId === programmeId && each.dueOn <= today) ?? null;
}

const isOneself = ({ person }: Conversation, { account, email }: Asker) =>
  person.accounts.some((each) => isSameAccount(each, account)) ||
  (email !== null && person.email?.toLowerCase() === email.toLowerCase());

/** An organiser's entry beside whatever the person says themselves; it never takes the place of that. */
export function enter(
  conversation: Conversation,
  { programmeId, asker, entered }: { readonly programmeId: ProgrammeId; readonly asker: Asker; readonly entered: Entered },
  now: Date,
): { readonly changes: readonly Change[]; readonly outcome: Result<CheckIn, EntryRefusal> } {
  const refused = (why: EntryRefusal) => ({ changes: [], outcome: fail(why) });
  if (conversation.person.erasedAt !== null) return refused('erased');
  if (isOneself(conversation, asker)) return refused('oneself');
  const checkIn = newestDue(conversation, programmeId, now);
  if (checkIn === null) return refused('too_early');
  const before = conversation.entries.find((each) => each.checkInId === checkIn.id);
  if (before?.isRejected) return refused('rejected');
  return {
    changes: [{ kind: 'entry', programmeId, checkInId: checkIn.id, isRejected: false, update: asUpdate(entered) }],
    outcome: ok(checkIn),
  };
}

/** What organisers entered of somebody and they have not rejected; the newest last. */
export const standingEntries = ({ entries }: Conversation): readonly OrganiserEntry[] =>
  entries.filter((each) => !each.isRejected);

/** The person says that an entry is not so: it counts nowhere from then on, and none can be made again for that wave. */
export function reject(conversation: Conversation, checkInId: number): readonly Change[] | null {
  const entry = standingEntries(conversation).find((each) => each.checkInId === checkInId);
  if (!entry) return null;
  const { programmeId, update } = entry;
  return [
    { kind: 'entry', programmeId, checkInId: entry.checkInId, isRejected: true, update },
    { kind: 'log', programmeId, what: 'entry_rejected', detail: { checkInId: entry.checkInId } },
  ];
}
