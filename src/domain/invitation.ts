import { isUnsent, participationIn } from './check-in.js';
import type { Change, Conversation } from './conversation.js';
import { button, controls, type Message, note, OWN_KEY, paragraph, say } from './message.js';
import type { Account, Cohort, Programme } from './people.js';
import { unreachable } from './result.js';
import type { Settings } from './settings.js';
import { inZone } from './time-zone.js';
import { resumed, withChanges, zoneOf } from './transitions.js';
import { dayIn, dayInWords, LABELS, listInWords, monthsInWords } from './wording.js';

/** What an invitation brings people into. */
export type Invitation = { readonly programme: Programme; readonly cohort: Cohort };

/** Posted where the cohort still is together: who asks, why, what happens, and that it is voluntary. */
export function invitationMessage({ programme, cohort }: Invitation): Message {
  return {
    parts: [
      { kind: 'heading', text: `Keep in touch after ${cohort.name}` },
      paragraph(
        `The organisers of ${programme.name} would like to know what becomes of you all, also when it is something quite different: it is how they learn what the programme is worth. I am Afterwards, a bot, and I ask for them.`,
      ),
      paragraph(
        `If you press the button, I write to you${howOften(programme.settings)}, with one question: what are you doing these days? One line is enough. They see totals, and your name beside an answer only if you allow it.`,
      ),
      controls(button('keep', OWN_KEY, LABELS.keep, { style: 'primary' })),
      note('It is up to you, and “stop” ends it at any time.'),
    ],
  };
}

function howOften({ waves }: Settings): string {
  const after = waves.filter((months) => months > 0).map(monthsInWords);
  if (after.length === 0) return ' once';
  return ` ${listInWords(after.slice(0, 3))} after its end${after.length > 3 ? ', and now and then later' : ''}`;
}

export const invitedText = (cohort: string): Message =>
  say(
    `The invitation for ${cohort} is on its way. Whoever presses its button is on the list, and gets a message from me at once.`,
  );

/** Why nobody is invited into it, in a sentence; null where they may be. */
export function whyNoInvitation({ programme, cohort }: Invitation): string | null {
  const archived = programme.archivedAt ? programme.name : cohort.archivedAt ? cohort.name : null;
  return archived === null ? null : `${archived} is archived: nobody joins it any more.`;
}

type Standing = 'member' | 'guest' | 'external' | 'bot' | 'deactivated' | 'left';

/** What to say to somebody who cannot be taken in; null where they can. */
export function whyNotTakenIn(standing: Standing): Message | null {
  switch (standing) {
    case 'member':
    case 'guest':
      return null;
    case 'external':
      return say(
        'I can only write to people of this place, and your account belongs to another one. Ask the organisers to put you on their list with an account of yours here.',
      );
    case 'bot':
      return say('This is for people. Thank you all the same.');
    case 'deactivated':
      return say('Your account here is switched off, so I could not write to you.');
    case 'left':
      return say('You are not here any more, so I could not write to you.');
    default:
      return unreachable(standing);
  }
}

export const ASK_AGAIN_SOON = say(
  'I could not look up who you are just now, so nothing has happened. Please press again in a minute.',
);

type Newcomer = Invitation & {
  readonly account: Account;
  /** As their profile says. */
  readonly timeZone: string | null;
  readonly isNew: boolean;
  readonly now: Date;
};

/** Somebody pressed “Keep in touch”, and is on the list by now: what they stopped or paused begins again, and they are told once what this is. */
export function decideOnKeep(
  conversation: Conversation,
  { programme, cohort, account, timeZone, isNew, now }: Newcomer,
): { readonly changes: readonly Change[]; readonly answer: Message } {
  const { stoppedAt, pausedUntil, noticedAt } = participationIn(conversation, programme.id);
  const isBack = stoppedAt !== null || pausedUntil !== null;
  const moved = timeZone === null ? [] : inZone(conversation, timeZone, 'profile', now);
  const back = isBack ? resumed(withChanges(conversation, moved), [programme.id], now) : [];
  const delivery = {
    what: `notice:${conversation.person.id}:${programme.id}`,
    kind: 'notice',
    programmeId: programme.id,
    checkInId: null,
    replyId: null,
    payload: null,
    dueAt: now,
    to: account,
  } as const;
  const changes: readonly Change[] = [...moved, ...back, ...(noticedAt === null ? [{ kind: 'deliver' as const, delivery }] : [])];
  const next = nextWords(withChanges(conversation, changes), programme.id, now);
  if (isNew || isBack) {
    const told = noticedAt === null ? ' I have sent you a message of your own that says who I am and how to leave.' : '';
    return { changes, answer: say(`${isNew ? 'Good, you are on the list' : 'Good to have you back'}.${told}${next}`) };
  }
  return { changes, answer: say(`You are on the list of ${cohort.name} already, so there is nothing more to do.${next}`) };
}

function nextWords(conversation: Conversation, programmeId: Programme['id'], now: Date): string {
  const next = conversation.checkIns.find(
    (each) => each.programmeId === programmeId && isUnsent(each) && each.servedBy === null && each.dueAt > now,
  );
  return next ? ` I will ask around ${dayInWords(dayIn(zoneOf(conversation, programmeId), next.dueAt))}.` : '';
}
